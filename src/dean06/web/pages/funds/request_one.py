"""One request to spend with its whole way, and each step of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.flows import funding
from dean06.flows import spending as flow
from dean06.funds.service import spending
from dean06.funds.types import NewPayment, PaymentInfo, RequestInfo, State
from dean06.orthography import service as orthography
from dean06.papers.service import pieces
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite_in
from dean06.web.pages.days import day_given
from dean06.web.pages.funds.money import given_sum, names_of, sum_words, timeline
from dean06.web.pages.funds.requests import state_chip
from dean06.web.pages.slips import Misfilled
from dean06.web.pages.uploads import upload
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, Stepper, SummaryList
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import people_who_can

HAPPENED = {
    "asked": ("pen", "", "Lập đề nghị", "Asked"),
    "approved": ("ok", "ok", "Duyệt, giữ tiền", "Approved, money reserved"),
    "refused": ("no", "bad", "Từ chối", "Refused"),
    "cancelled": ("none", "", "Hủy đề nghị", "Cancelled"),
    "paid": ("out", "", "Chi", "Paid"),
    "reversed": ("left", "warn", "Đảo khoản chi", "Payment reversed"),
    "settled": ("ok2", "ok", "Quyết toán", "Settled"),
}
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}

__all__ = ["approve", "cancel", "document", "letter", "one", "pay", "refuse", "reverse", "settle"]


def _items(found: RequestInfo) -> Table:
    return Table(
        caption=words("Chi tiết đề nghị, đồng", "What is asked for, in đồng"),
        show_caption=True,
        columns=(
            Column(label=words("Nội dung", "Content"), kind="text"),
            Column(label=words("Số lượng", "Quantity"), kind="num"),
            Column(label=words("Đơn vị", "Unit")),
            Column(label=words("Đơn giá", "Price"), kind="num"),
            Column(label=words("Thành tiền", "Sum"), kind="num"),
        ),
        rows=tuple(
            Row(
                cells=(
                    item.content,
                    writing.number(item.quantity),
                    item.unit,
                    writing.number(item.price),
                    writing.number(item.amount),
                )
            )
            for item in found.items
        ),
        total=Row(cells=(words("Cộng", "Total"), "", "", "", writing.number(found.amount))),
    )


def _payment(reader: Reader, found: RequestInfo, one: PaymentInfo) -> Row:
    where = reader.url("funds-document", found.id, one.id)
    state = marks.chip("mute", words("đã đảo", "reversed"), with_sign="left") if one.reversed else ""
    return Row(
        cells=(
            writing.day(one.on),
            format_html("{} {}", one.content, state) if state else one.content,
            format_html('<a href="{}">{}</a>, {}', where, one.document.label, writing.day(one.document.dated)),
            str(one.movement),
            writing.number(one.amount),
        )
    )


def _payments(reader: Reader, found: RequestInfo) -> Table:
    return Table(
        caption=words("Các khoản đã chi, đồng", "Payments, in đồng"),
        show_caption=True,
        columns=(
            Column(label=words("Ngày", "Day"), nowrap=True),
            Column(label=words("Nội dung", "Content"), kind="text"),
            Column(label=words("Chứng từ", "Document")),
            Column(label=words("Bút toán", "Entry"), kind="num"),
            Column(label=words("Số tiền", "Sum"), kind="num"),
        ),
        rows=tuple(_payment(reader, found, one) for one in found.payments),
        total=Row(cells=("", words("Đang tính", "Standing"), "", "", writing.number(found.paid))),
        heading=1,
    )


def _steps(found: RequestInfo) -> Stepper:
    at = {State.REQUESTED: 2, State.APPROVED: 4 if found.paid else 3, State.SETTLED: 5}
    return Stepper(
        steps=(
            words("Đề nghị", "Asked"),
            words("Duyệt", "Approval"),
            words("Chi", "Payment"),
            words("Quyết toán", "Settlement"),
        ),
        current=at.get(found.state, 2),
        label=words("Đường đi của đề nghị", "The way of the request"),
    )


def _facts(reader: Reader, found: RequestInfo) -> SummaryList:
    names = names_of(reader)
    asked = ", ".join(
        part
        for part in (names.get(found.asked_by, ""), reader.agency(found.asked_agency) if found.asked_agency else "")
        if part
    )
    facts = [
        Fact(term=words("Tình trạng", "State"), value=state_chip(found.state)),
        Fact(
            term=words("Số tiền", "Sum"),
            value=f"{sum_words(found.amount)} ({orthography.amount_in_words(found.amount)})",
        ),
        Fact(term=words("Khoản", "Line"), value=f"{found.line} ({found.source})"),
        Fact(term=words("Căn cứ chi", "Ground"), value=found.ground),
        Fact(term=words("Người đề nghị", "Asked by"), value=asked),
    ]
    if found.paid:
        facts.append(Fact(term=words("Đã chi", "Paid"), value=sum_words(found.paid)))
    if found.left:
        facts.append(Fact(term=words("Chưa chi", "Not paid yet"), value=sum_words(found.left)))
    return SummaryList(facts=tuple(facts))


def _approval(reader: Reader, found: RequestInfo) -> dict[str, object] | None:
    """Say whether the reader may approve, under which clause; and who can where they may not."""
    if found.state is not State.REQUESTED or reader.ending:
        return None
    decision = flow.approving_answer(reader.account, reader.group, found).decision
    own = found.asked_by == reader.account
    return {
        "may": decision.outcome == "allowed" and not own,
        "own": own,
        "sentence": decision.sentence(current_language()),
        "cites": [cite_in(reader, decision.charter, one) for one in decision.citations[:2]],
        "people": [] if decision.outcome == "allowed" and not own else people_who_can(reader, decision),
    }


@group_page
def one(request: HttpRequest, reader: Reader, request_id: int) -> HttpResponse:
    """Show one request: what for, on what ground, where it stands, what was paid by which document."""
    found = spending.request(reader.viewer, reader.group.id, request_id)
    manages = not reader.ending and (
        funding.sits_for_manager(reader.account, reader.group) or not funding.manager(reader.group).agency
    )
    open_ = found.state in (State.REQUESTED, State.APPROVED)
    shown = {
        "head": PageHead(
            title=found.title,
            crumb=Link(label=words("Đề nghị chi", "Requests"), href=reader.url("funds-requests")),
            meta=(words(f"Đề nghị chi số {found.number}", f"Request no. {found.number}"),),
        ),
        "found": found,
        "steps": _steps(found) if found.state not in (State.REFUSED, State.CANCELLED) else None,
        "facts": _facts(reader, found),
        "items": _items(found),
        "payments": _payments(reader, found) if found.payments else None,
        "timeline": timeline(reader, found.events, HAPPENED),
        "approval": _approval(reader, found),
        "can_pay": manages and found.state is State.APPROVED and found.left > 0,
        "can_settle": manages and found.state is State.APPROVED and found.paid > 0,
        "undoable": [one for one in found.payments if not one.reversed] if manages else [],
        "can_cancel": open_ and not found.paid and not reader.ending and (found.asked_by == reader.account or manages),
        "paper_href": reader.url("papers-one", found.paper_id) if found.paper_id else "",
        "today": writing.day(reader.today),
        "left": writing.number(found.left),
        "hrefs": {
            name: reader.url(f"funds-{name}", found.id)
            for name in ("approve", "refuse", "cancel", "pay", "settle", "undo", "letter")
        },
    }
    return render(request, "dean06/pages/funds/request.html", shown)


def _back(request: HttpRequest, reader: Reader, request_id: int, vi: str, en: str) -> HttpResponse:
    messages.success(request, words(vi, en))
    return HttpResponseRedirect(reader.url("funds-request", request_id))


def _why(request: HttpRequest) -> str:
    return " ".join(request.POST.get("vi_sao", "").split())[:400]


def _reason(request: HttpRequest) -> str | None:
    return request.POST.get("ly_do") or None


@require_POST
@group_page
def approve(request: HttpRequest, reader: Reader, request_id: int) -> HttpResponse:
    """Approve a request of another."""
    by_law = request.POST.get("dung_luat") == "1"
    flow.approve(reader.account, reader.group, request_id, by_law=by_law, reason=_reason(request))
    return _back(request, reader, request_id, "Đã duyệt; tiền đã được giữ.", "Approved; the money is reserved.")


@require_POST
@group_page
def refuse(request: HttpRequest, reader: Reader, request_id: int) -> HttpResponse:
    """Refuse a request, with a reason."""
    flow.refuse(reader.account, reader.group, request_id, _why(request))
    return _back(request, reader, request_id, "Đã từ chối, có lý do.", "Refused, with the reason.")


@require_POST
@group_page
def cancel(request: HttpRequest, reader: Reader, request_id: int) -> HttpResponse:
    """Take a request off, with a reason."""
    flow.cancel(reader.account, reader.group, request_id, _why(request))
    return _back(request, reader, request_id, "Đã hủy đề nghị.", "The request is taken off.")


@require_POST
@group_page
def pay(request: HttpRequest, reader: Reader, request_id: int) -> HttpResponse:
    """Enter a payment with its document."""
    spending.for_flow(reader.group.id, request_id)
    post = request.POST
    label = " ".join(post.get("so", "").split())[:80]
    if not label:
        raise Misfilled("so", "Ghi số chứng từ.", "Give the number of the document.")
    dated = day_given(post.get("ngay", ""), words("Ngày chứng từ", "Day of the document"))
    amount = given_sum(post.get("so_tien", ""), words("Số tiền", "The sum"))
    on = day_given(post.get("ngay_chi", ""), words("Ngày chi", "Day of the payment"))
    data = upload(request, "tep")
    given = request.FILES["tep"]
    name = (given.name if not isinstance(given, list) else None) or "chung-tu"
    new = NewPayment(
        amount=amount,
        on=on,
        content=" ".join(post.get("noi_dung", "").split())[:300],
        document=flow.keep_document(data, name, label, dated),
    )
    flow.pay(reader.account, reader.group, request_id, new, reason=_reason(request))
    return _back(request, reader, request_id, "Đã ghi khoản chi.", "The payment is entered.")


@require_POST
@group_page
def settle(request: HttpRequest, reader: Reader, request_id: int) -> HttpResponse:
    """Settle a request."""
    flow.settle(reader.account, reader.group, request_id, reason=_reason(request))
    return _back(request, reader, request_id, "Đã quyết toán; tiền dư thôi giữ.", "Settled; what is left is released.")


@require_POST
@group_page
def reverse(request: HttpRequest, reader: Reader, request_id: int) -> HttpResponse:
    """Undo a payment by an entry of its own."""
    given = request.POST.get("khoan_chi", "")
    payment = int(given) if given.isdecimal() and len(given) < 12 else 0
    flow.reverse(reader.account, reader.group, request_id, payment, _why(request), reason=_reason(request))
    return _back(request, reader, request_id, "Đã ghi bút toán đảo.", "An entry undoes the payment.")


@require_POST
@group_page
def letter(_request: HttpRequest, reader: Reader, request_id: int) -> HttpResponse:
    """Draft the letter that asks for the money."""
    paper = flow.draft_letter(reader.account, reader.group, request_id)
    return HttpResponseRedirect(reader.url("papers-one", paper.id))


@group_page
def document(_request: HttpRequest, reader: Reader, request_id: int, payment_id: int) -> HttpResponse | FileResponse:
    """Hand out the document of a payment."""
    found = spending.request(reader.viewer, reader.group.id, request_id)
    payment = next((one for one in found.payments if one.id == payment_id), None)
    if payment is None:
        raise Http404
    path = pieces.kept_upload(payment.document.sha256, payment.document.suffix)
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=payment.document.file_name,
        content_type=TYPES[payment.document.suffix],
    )
    response["Cache-Control"] = "no-store"
    return response
