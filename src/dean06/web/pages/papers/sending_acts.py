"""What is done in sending a paper: queued, tried again, marked by hand, taken back; and the list that is signed on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import sending
from dean06.jobs import service as jobs
from dean06.papers.service import dispatching, documents, registers
from dean06.papers.service.dispatching import Channel, DispatchInfo, State
from dean06.papers.service.withdrawing import Kind, Withdraw
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.papers import post_marks
from dean06.web.pages.papers.folders import printed
from dean06.web.pages.papers.one import found
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Pager, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import REASON

SIZE = 50
MARKS = {"giao": State.SENT, "nhan": State.RECEIVED, "tu-choi": State.REFUSED}

__all__ = ["again", "hand_list", "mark", "send", "unsent", "withdraw", "withdraw_mark"]


def _back(reader: Reader, paper_id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reader.url('papers-one', paper_id)}#gui-van-ban")


def _reason(request: HttpRequest) -> str | None:
    return request.POST.get(REASON) or None


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not text.isdecimal() or len(text) > 18:
        raise BadInput("Mở lại trang văn bản rồi chọn nơi nhận.", "Open the paper's page again and choose a recipient.")
    return int(text)


@require_POST
@group_page
def send(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Queue an issued paper for those who were ticked and those who were added; it leaves at once, in the worker."""
    found(reader, paper_id)
    added = [line.strip() for line in request.POST.get("them", "").splitlines()]
    names = [*request.POST.getlist("noi_nhan"), *added]
    routes = sending.queue(reader.account, reader.group, paper_id, names, reason=_reason(request))
    jobs.ask_post(reader.group.id, reader.account)
    lost = sum(1 for one in routes if one.channel is Channel.NONE)
    told = words(f"Đã xếp hàng gửi {len(routes)} nơi nhận.", f"Queued for {len(routes)} recipients.")
    if lost:
        told += words(f" {lost} nơi chưa có kênh gửi: xem việc phải làm ở dưới.", f" {lost} have no way yet.")
    messages.success(request, told)
    return _back(reader, paper_id)


@require_POST
@group_page
def again(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Try a recipient again, by the way the address book gives today."""
    found(reader, paper_id)
    sending.retry(reader.account, reader.group, paper_id, _number(request, "noi_nhan"), reason=_reason(request))
    jobs.ask_post(reader.group.id, reader.account)
    messages.success(request, words("Đã xếp hàng gửi lại.", "Queued again."))
    return _back(reader, paper_id)


@require_POST
@group_page
def mark(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Write down by hand that a paper was handed over, that its receipt was signed, or that it was refused."""
    found(reader, paper_id)
    state = MARKS.get(request.POST.get("viec", ""))
    if state is None:
        raise BadInput("Chọn đã giao, đã nhận hoặc từ chối.", "Choose handed over, received or refused.")
    note = " ".join(request.POST.get("ghi_chu", "").split())[:500]
    one = _number(request, "noi_nhan")
    sending.mark(reader.account, reader.group, paper_id, one, state, note=note, reason=_reason(request))
    messages.success(request, words("Đã ghi nhận.", "Written down."))
    return _back(reader, paper_id)


@require_POST
@group_page
def withdraw(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Recall, replace or void an issued paper, for a reason; every electronic recipient is told."""
    found(reader, paper_id)
    kind = request.POST.get("cach", "")
    if kind not in Kind.values:
        raise BadInput("Chọn thu hồi, thay thế hoặc bỏ số.", "Choose to recall, replace or void.")
    by = request.POST.get("bang", "")
    one = Withdraw(
        paper_id=paper_id,
        kind=Kind(kind),
        reason=request.POST.get(REASON, ""),
        by_paper_id=int(by) if by.isdecimal() and len(by) <= 18 else None,
    )
    sending.withdraw(reader.account, reader.group, one)
    jobs.ask_post(reader.group.id, reader.account)
    messages.success(request, words("Đã ghi; mọi nơi nhận điện tử được báo.", "Done; every recipient is told."))
    return _back(reader, paper_id)


@require_POST
@group_page
def withdraw_mark(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Write down that a recipient gave a withdrawn paper back, and by what it is known."""
    found(reader, paper_id)
    note = request.POST.get("ghi_chu", "")
    sending.mark_notice(reader.account, reader.group, paper_id, _number(request, "thong_bao"), note)
    messages.success(request, words("Đã ghi nhận.", "Written down."))
    return _back(reader, paper_id)


@group_page
def hand_list(_request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Hand out the list with which printed copies go, for receivers to sign on."""
    found(reader, paper_id)
    listed = registers.hand_list(reader.viewer, paper_id)
    return printed(registers.sheet_pdf(listed, reader.now) if listed else None, f"danh-sach-gui-{paper_id}")


def _to_do(one: DispatchInfo) -> str:
    if one.channel is Channel.PAPER:
        return words(
            "In phiếu gửi, giao bản giấy rồi ghi đã giao.", "Print the list, hand the copy over, write that down."
        )
    if one.state is State.REFUSED:
        return words("Hỏi bên nhận, gửi lại bằng văn bản khác.", "Ask the receiver; send another paper.")
    return words("Tự gửi trong ít phút.", "Leaves by itself within minutes.")


def _unsent_row(reader: Reader, one: DispatchInfo, label: str) -> Row:
    href = reader.url("papers-one", one.paper_id)
    return Row(
        cells=(
            format_html('<a href="{}#gui-van-ban">{}</a>', href, label),
            one.recipient,
            post_marks.channel(one.channel),
            post_marks.state(one.state, one.channel),
            writing.instant(one.queued_at),
            one.note or _to_do(one),
        )
    )


def _unsent_table(rows: tuple[Row, ...], pager: Pager) -> Table:
    return Table(
        caption=words("Nơi nhận chưa gửi xong", "Recipients not reached yet"),
        columns=(
            Column(label=words("Văn bản", "Paper"), nowrap=True),
            Column(label=words("Nơi nhận", "Recipient"), kind="text"),
            Column(label=words("Kênh", "Way"), nowrap=True),
            Column(label=words("Trạng thái", "State"), nowrap=True),
            Column(label=words("Từ lúc", "Since"), nowrap=True),
            Column(label=words("Phải làm gì", "What to do"), kind="text"),
        ),
        rows=rows,
        pager=pager if pager.pages > 1 else None,
        keys=True,
    )


@group_page
def unsent(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show every recipient who has not been reached: what waits, has no way, failed, was refused."""
    every = dispatching.unsettled(reader.viewer, reader.group.id)
    text = words(f"{len(every)} nơi nhận", f"{len(every)} recipients")
    listed, pager = sliced(every, page_number(request), SIZE, text=text, query="")
    labels = {one.id: one.label for one in documents.papers(reader.viewer, reader.group.id)} if listed else {}
    book = Action(label=words("Sổ địa chỉ, danh sách", "Address book"), href=reader.url("papers-addresses"))
    shown = {
        "head": PageHead(
            title=words("Chưa gửi xong", "Not sent yet"),
            crumb=Link(label=words("Văn bản", "Papers"), href=reader.url("papers")),
            meta=(text,),
            actions=(book,),
        ),
        "found": listed,
        "table": _unsent_table(tuple(_unsent_row(reader, one, labels.get(one.paper_id, "…")) for one in listed), pager),
        "empty": Empty(
            title=words("Mọi văn bản đã tới nơi nhận", "Every paper has reached its recipients"),
            text=words(
                "Văn bản đang chờ gửi, chưa có kênh, gửi không được sẽ hiện ở đây.",
                "What waits, has no way or failed appears here.",
            ),
            sign="ok",
        ),
    }
    return render(request, "dean06/pages/table_page.html", shown)
