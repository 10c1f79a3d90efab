"""The face of spending: a request, its approval by another, payments with documents, the settlement, reversals."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Prefetch

from dean06.charter.types import Permit
from dean06.funds import posting
from dean06.funds.errors import FundsRefused
from dean06.funds.models import Payment, SpendingRequest
from dean06.funds.posting import Rests
from dean06.funds.spending_rows import entered, info, locked, not_found, record, ref_of, require, rows_of
from dean06.funds.types import (
    MOST,
    Filters,
    Kind,
    NewPayment,
    NewRequest,
    RequestInfo,
    Slot,
    State,
)
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.orthography import service as orthography

NO_FILTERS = Filters()

__all__ = [
    "act_digest",
    "approve",
    "ask",
    "attach_paper",
    "cancel",
    "for_flow",
    "numbered",
    "of_flow",
    "pay",
    "refuse",
    "request",
    "requests",
    "reserve",
    "reverse_payment",
    "settle",
]


def reserve(group_id: int) -> Slot:
    """Keep the next number of a group for a request, inside the caller's transaction."""
    with transaction.atomic():
        number = posting.next_number(posting.hold(group_id), "requests")
    return Slot(group_id=group_id, number=number, ref=f"{offices.group_by_id(group_id).slug}:CHI-{number}")


def act_digest(info: RequestInfo, act: str, note: str = "") -> str:
    """Return what the permit for an act on a request binds: the request as it stands, the act, and its words."""
    return digest_of(ref=info.ref, state=info.state.value, amount=info.amount, paid=info.paid, act=act, note=note)


def ask(by: Permit, new: NewRequest) -> RequestInfo:
    """Enter a request; nothing is reserved until another approves it."""
    _check(new)
    with transaction.atomic():
        line = posting.locked_line(new.slot.group_id, new.line_id)
        posting.require_open(line.group_id, line.source.year)
        row = SpendingRequest.objects.create(
            group_id=new.slot.group_id,
            number=new.slot.number,
            line=line,
            title=new.title,
            ground=new.ground,
            search=orthography.search_key(f"{new.slot.number} {new.title} {new.ground} {line.name}")[:600],
            items=[[one.content, one.quantity, one.unit, one.price] for one in new.items],
            amount=new.amount,
            asked_by=by.actor.account,
            asked_role=by.actor.role,
            asked_agency=by.actor.agency or "",
            asked_at=by.at,
            permit=by.digest(),
        )
        record(by, row, "asked", amount=new.amount, bound=new.digest())
    return info(row)


def _check(new: NewRequest) -> None:
    if not new.title or not new.ground:
        raise FundsRefused("Đề nghị chi cần nội dung và căn cứ chi.", "A request wants what it is for, and its ground.")
    whole = all(one.content and one.unit and one.quantity > 0 and one.price > 0 for one in new.items)
    if not new.items or not whole or new.amount > MOST:
        raise FundsRefused(
            "Mỗi dòng cần nội dung, số lượng, đơn vị tính và đơn giá là số đồng nguyên lớn hơn 0.",
            "Each line wants its content, quantity, unit and a price in whole đồng above 0.",
        )


def approve(by: Permit, other: Permit, request_id: int) -> RequestInfo:
    """Approve a request and reserve its sum.

    Args:
        by: the permit of the group's charter to use its funds.
        other: the permit of the house that the request is another's; both are of one account.
        request_id: the request.
    """
    with transaction.atomic():
        counter, row = locked(request_id)
        before = info(row)
        require(row, State.REQUESTED)
        if by.actor.account != other.actor.account or by.actor.account == row.asked_by:
            raise FundsRefused(
                "Người đề nghị không tự duyệt: người khác có thẩm quyền duyệt.",
                "Nobody approves their own request: another with the power does.",
            )
        line = posting.locked_line(row.group_id, row.line_id)
        rests = Rests(on=_day(by), note=row.title[:400], request=row)
        posting.post(by, counter, line, Kind.RESERVED, row.amount, rests)
        row.state = State.APPROVED.value
        row.save(update_fields=["state"])
        record(by, row, "approved", amount=row.amount, bound=act_digest(before, "approve"))
        entered(other, row, act_digest(before, "another"))
    return info(row)


def refuse(by: Permit, request_id: int, reason: str) -> RequestInfo:
    """Refuse a request, with a reason."""
    return _end(by, request_id, State.REFUSED, "refuse", reason)


def cancel(by: Permit, request_id: int, reason: str) -> RequestInfo:
    """Take a request off; what was reserved for it is released. Nothing may have been paid."""
    return _end(by, request_id, State.CANCELLED, "cancel", reason)


def _end(by: Permit, request_id: int, state: State, act: str, reason: str) -> RequestInfo:
    if not reason:
        raise FundsRefused("Ghi lý do.", "Give the reason.")
    with transaction.atomic():
        counter, row = locked(request_id)
        before = info(row)
        allowed = (State.REQUESTED,) if state is State.REFUSED else (State.REQUESTED, State.APPROVED)
        require(row, *allowed)
        if row.paid:
            raise FundsRefused(
                f"Đề nghị chi số {row.number} đã có khoản chi: đảo khoản chi hoặc quyết toán.",
                f"Request {row.number} has payments: reverse them, or settle it.",
            )
        if row.state == State.APPROVED:
            line = posting.locked_line(row.group_id, row.line_id)
            rests = Rests(on=_day(by), note=reason[:400], request=row)
            posting.post(by, counter, line, Kind.RELEASED, row.amount, rests)
        row.state = state.value
        row.save(update_fields=["state"])
        record(by, row, state.value, note=reason, bound=act_digest(before, act, reason))
    return info(row)


def pay(by: Permit, request_id: int, new: NewPayment) -> RequestInfo:
    """Enter a payment of an approved request with its document."""
    if not (new.content and new.document.label and new.document.sha256):
        raise FundsRefused(
            "Khoản chi cần nội dung, số, ngày chứng từ và tệp chứng từ.",
            "A payment wants what it is for, number and date of its document, and the document's file.",
        )
    with transaction.atomic():
        counter, row = locked(request_id)
        require(row, State.APPROVED)
        _require_left(row, new.amount)
        line, made = posting.locked_line(row.group_id, row.line_id), row.payments.count()
        paper = new.document
        rests = Rests(on=new.on, paper=paper.label, paper_on=paper.dated, note=new.content, request=row)
        movement = posting.post(by, counter, line, Kind.SPENT, new.amount, rests)
        Payment.objects.create(
            group_id=row.group_id,
            request=row,
            amount=new.amount,
            on=new.on,
            content=new.content,
            document=paper.label,
            document_on=paper.dated,
            sha256=paper.sha256,
            suffix=paper.suffix,
            file_name=paper.file_name,
            movement=movement,
        )
        row.paid += new.amount
        row.save(update_fields=["paid"])
        record(by, row, "paid", amount=new.amount, note=new.content, bound=new.digest(ref_of(row), made))
    return info(row)


def _require_left(row: SpendingRequest, amount: int) -> None:
    if amount > row.amount - row.paid:
        left = f"{row.amount - row.paid:,}".replace(",", ".")
        raise FundsRefused(
            f"Đề nghị chi số {row.number} chỉ còn {left} đồng chưa chi: sửa lại số tiền.",
            f"Only {left} đồng of request {row.number} are not paid yet: change the sum.",
        )


def settle(by: Permit, request_id: int) -> RequestInfo:
    """Settle a request: what was reserved for it and not spent is released."""
    with transaction.atomic():
        counter, row = locked(request_id)
        before = info(row)
        require(row, State.APPROVED)
        if not row.paid:
            raise FundsRefused(
                f"Đề nghị chi số {row.number} chưa chi khoản nào: hủy thay vì quyết toán.",
                f"Nothing of request {row.number} was paid: cancel it instead.",
            )
        left = row.amount - row.paid
        if left:
            line = posting.locked_line(row.group_id, row.line_id)
            posting.post(by, counter, line, Kind.RELEASED, left, Rests(on=_day(by), request=row))
        row.state = State.SETTLED.value
        row.save(update_fields=["state"])
        record(by, row, "settled", amount=row.paid, bound=act_digest(before, "settle"))
    return info(row)


def reverse_payment(by: Permit, request_id: int, payment_id: int, reason: str) -> RequestInfo:
    """Undo a payment by an entry of its own; of a settled request the sum is left for others again."""
    if not reason:
        raise FundsRefused("Ghi lý do đảo khoản chi.", "Give the reason for the reversal.")
    with transaction.atomic():
        counter, row = locked(request_id)
        before = info(row)
        require(row, State.APPROVED, State.SETTLED)
        payment = row.payments.select_related("movement").filter(pk=payment_id).first()
        if payment is None:
            raise not_found(request_id)
        line = posting.locked_line(row.group_id, row.line_id)
        rests = Rests(on=_day(by), note=reason[:400], request=row)
        posting.reverse(by, counter, line, payment.movement, rests)
        if row.state == State.SETTLED:
            posting.post(by, counter, line, Kind.RELEASED, payment.amount, rests)
        row.paid -= payment.amount
        row.save(update_fields=["paid"])
        bound = act_digest(before, f"reverse {payment_id}", reason)
        record(by, row, "reversed", amount=payment.amount, note=reason, bound=bound)
    return info(row)


def attach_paper(request_id: int, paper_id: int) -> None:
    """Remember the letter that was drafted from a request; the draft has an entry of its own."""
    SpendingRequest.objects.filter(pk=request_id).update(paper_id=paper_id)


def _day(by: Permit) -> date:
    return by.at.date()


def requests(
    viewer: Viewer, group_id: int, filters: Filters = NO_FILTERS, *, start: int = 0, size: int | None = None
) -> tuple[tuple[RequestInfo, ...], int]:
    """Return the requests of a group, newest first, and how many there are, to those who sit in it."""
    if not viewer.sits_in(group_id):
        return (), 0
    rows = rows_of(group_id)
    if filters.year is not None:
        rows = rows.filter(line__source__year=filters.year)
    if filters.states:
        rows = rows.filter(state__in=[one.value for one in filters.states])
    for word in orthography.search_key(filters.text).split():
        rows = rows.filter(search__contains=word)
    total, ordered = rows.count(), rows.order_by("-number")
    shown = ordered[start:] if size is None else ordered[start : start + size]
    return tuple(info(row) for row in shown), total


def request(viewer: Viewer, group_id: int, request_id: int) -> RequestInfo:
    """Return one request with its payments and everything that happened to it."""
    if not viewer.sits_in(group_id):
        raise not_found(request_id)
    payments = Prefetch("payments", Payment.objects.select_related("movement__reversed_by"))
    row = rows_of(group_id).prefetch_related(payments, "events").filter(pk=request_id).first()
    if row is None:
        raise not_found(request_id)
    return info(row, whole=True)


def for_flow(group_id: int, request_id: int) -> RequestInfo:
    """Return one request of a group for a flow."""
    row = rows_of(group_id).filter(pk=request_id).first()
    if row is None:
        raise not_found(request_id)
    return info(row)


def numbered(group_id: int, number: int) -> RequestInfo | None:
    """Return one request of a group by its number, for the house's own work."""
    row = rows_of(group_id).filter(number=number).first()
    return info(row) if row is not None else None


def of_flow(group_id: int) -> tuple[RequestInfo, ...]:
    """Return every request of a group for the house's own work."""
    return tuple(info(row) for row in rows_of(group_id).order_by("number"))
