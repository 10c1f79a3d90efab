"""Requests to spend as stored, as the room hands them out, and as what happened to them is written down."""

from __future__ import annotations

from django.db.models import QuerySet

from dean06.charter.types import Permit
from dean06.funds import posting
from dean06.funds.errors import FundsNotFound, FundsRefused
from dean06.funds.models import Counter, Payment, SpendingEvent, SpendingRequest
from dean06.funds.types import EventInfo, Item, Paper, PaymentInfo, RequestInfo, State
from dean06.ledger import service as ledger


def require(row: SpendingRequest, *states: State) -> None:
    """Refuse an act on a request that has left the step it belongs to."""
    if row.state not in states:
        raise FundsRefused(
            f"Đề nghị chi số {row.number} không còn ở bước này: mở lại trang.",
            f"Request {row.number} is not at this step any more: open the page again.",
        )


def locked(request_id: int) -> tuple[Counter, SpendingRequest]:
    """Hold the group, then the request: every act takes the two in this order."""
    found = SpendingRequest.objects.filter(pk=request_id).values_list("group_id", flat=True).first()
    if found is None:
        raise not_found(request_id)
    counter = posting.hold(found)
    rows = SpendingRequest.objects.select_for_update(of=("self",)).select_related("group", "line__source")
    return counter, rows.get(pk=request_id)


def ref_of(row: SpendingRequest) -> str:
    """Return the id under which permits and the ledger name a request."""
    return f"{row.group.slug}:CHI-{row.number}"


def not_found(request_id: int) -> FundsNotFound:
    """Return the one answer for a request that is not there or not for the reader."""
    return FundsNotFound(
        f"Không có đề nghị chi {request_id} trong phạm vi của bạn: mở lại danh sách đề nghị chi.",
        f"There is no request {request_id} within your reach: open the list again.",
    )


def payment_info(row: Payment) -> PaymentInfo:
    """Return a stored payment as other rooms know it."""
    return PaymentInfo(
        id=row.pk,
        amount=row.amount,
        on=row.on,
        content=row.content,
        document=Paper(
            label=row.document,
            dated=row.document_on,
            sha256=row.sha256,
            suffix=row.suffix,
            file_name=row.file_name,
        ),
        movement_id=row.movement_id,
        movement=row.movement.number,
        reversed=getattr(row.movement, "reversed_by", None) is not None,
    )


def event_info(row: SpendingEvent) -> EventInfo:
    """Return a stored event as other rooms know it."""
    return EventInfo(
        at=row.at,
        kind=row.kind,
        account=row.account,
        role=row.role,
        agency=row.agency,
        note=row.note,
        amount=row.amount,
        clauses=tuple((line, label) for line, label in row.clauses),
    )


def info(row: SpendingRequest, *, whole: bool = False) -> RequestInfo:
    """Return a stored request as other rooms know it; `whole` adds its payments and events."""
    return RequestInfo(
        id=row.pk,
        ref=ref_of(row),
        group_id=row.group_id,
        number=row.number,
        line_id=row.line_id,
        line=row.line.name,
        source_id=row.line.source_id,
        source=row.line.source.name,
        year=row.line.source.year,
        title=row.title,
        ground=row.ground,
        items=tuple(Item(content=one[0], quantity=one[1], unit=one[2], price=one[3]) for one in row.items),
        amount=row.amount,
        state=State(row.state),
        asked_by=row.asked_by,
        asked_role=row.asked_role,
        asked_agency=row.asked_agency,
        asked_at=row.asked_at,
        paid=row.paid,
        paper_id=row.paper_id,
        payments=tuple(payment_info(one) for one in row.payments.all()) if whole else (),
        events=tuple(event_info(one) for one in row.events.all()) if whole else (),
    )


def rows_of(group_id: int) -> QuerySet[SpendingRequest]:
    """Return the requests of a group."""
    return SpendingRequest.objects.filter(group_id=group_id).select_related("group", "line__source")


def record(by: Permit, row: SpendingRequest, kind: str, *, bound: str, amount: int = 0, note: str = "") -> None:
    """Write down one thing that happened to a request, and enter it in the ledger."""
    SpendingEvent.objects.create(
        group_id=row.group_id,
        request=row,
        at=by.at,
        kind=kind,
        account=by.actor.account,
        role=by.actor.role,
        agency=by.actor.agency or "",
        note=note[:400],
        amount=amount,
        clauses=posting.clauses_of(by),
        permit=by.digest(),
    )
    entered(by, row, bound, act=kind, amount=amount)


def entered(by: Permit, row: SpendingRequest, bound: str, **note: str | int) -> None:
    """Enter an act on a request in the ledger: sums and codes, no words."""
    told = {name: value for name, value in note.items() if value}
    ledger.append(
        by, scope=row.group.slug, kind="spending", object_id=ref_of(row), digest=bound, bound=bound, note=told
    )
