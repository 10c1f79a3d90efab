"""Reading orders and findings: lists by cursor, one at a time, each with its ETag."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.clock import service as clock
from dean06.corrections import service as corrections
from dean06.corrections.types import DispositionInfo, FindingInfo, OrderInfo, OrderState, OrdersWanted, Status
from dean06.flows import machine_reading
from dean06.machines.types import Scope
from dean06.web.api import shapes
from dean06.web.api.door import Purpose, Software, answered, caller, purpose_of, shown
from dean06.web.api.problems import Problem

router = Router()
PAGE, MOST = 50, 200
NUMBERS = 2**31 - 1
ERRORS = {400: shapes.ProblemDetails, 401: shapes.ProblemDetails, 403: shapes.ProblemDetails}
ERRORS |= {429: shapes.ProblemDetails, 503: shapes.ProblemDetails}
ABSENT = {404: shapes.ProblemDetails}
SAME = {304: None}

Cursor = Annotated[str, Query("", max_length=60, description="Where the last part ended: its `next`.")]
Limit = Annotated[int, Query(PAGE, ge=1, le=MOST)]
Number = Annotated[int, Path(ge=1, le=NUMBERS, description="The order's number.")]
Fingerprint = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="The finding's fingerprint.")]

__all__ = ["Fingerprint", "disposition_shape", "finding_shape", "router"]


def _read(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        told = base64.urlsafe_b64decode(cursor.encode() + b"==").decode()
    except (binascii.Error, ValueError) as error:
        raise _bad_cursor() from error
    if not told.isascii() or not told.isdecimal() or len(told) > 18:
        raise _bad_cursor()
    return int(told)


def _bad_cursor() -> Problem:
    return Problem(
        "bad-request",
        "Con trỏ không đúng: dùng nguyên `next` của phần trước.",
        "The cursor is wrong: use `next` of the last part as it is.",
    )


def _written(last: int) -> str:
    return base64.urlsafe_b64encode(str(last).encode()).decode().rstrip("=")


def _order(one: OrderInfo, today: date) -> shapes.Order:
    cited = Citation(article=one.article, clause=one.clause or None, point=one.point or None) if one.article else None
    state: Literal["open", "done", "void"] = "open" if one.proved < one.total else "done"
    state = "void" if one.voided_at else state
    return shapes.Order(
        number=one.number,
        ref=one.ref,
        source=one.source,
        cause=one.cause,
        cause_vi=corrections.causes()[one.cause].vi,
        agency=one.agency,
        clause=charters.clause_label(cited) if cited else "",
        state=state,
        opened_at=one.opened_at,
        due=one.due,
        overdue=state == "open" and one.due < today,
        findings=one.total,
        proved=one.proved,
    )


def disposition_shape(found: FindingInfo, last: DispositionInfo | None) -> shapes.Disposition:
    """Return what was said last of a finding."""
    if last is None:
        return shapes.Disposition(
            finding=found.fingerprint, version=0, kind=None, reason="", reference="", outcome="", at=None
        )
    return shapes.Disposition(
        finding=found.fingerprint,
        version=last.version,
        kind=last.kind.value,
        reason=last.reason,
        reference=last.reference,
        outcome=last.outcome.value,
        at=last.at,
    )


def finding_shape(found: FindingInfo, order: OrderInfo, last: DispositionInfo | None) -> shapes.Finding:
    """Return a finding without any value."""
    return shapes.Finding(
        finding=found.fingerprint,
        order=order.number,
        field=found.field,
        rule=found.rule,
        cause=found.cause,
        severity=found.severity,
        sheet=found.sheet,
        row=found.dong,
        status=found.status.value,
        opened_at=found.opened_at,
        reopened=found.reopened,
        disposition=disposition_shape(found, last),
    )


@router.get(
    "/orders",
    auth=Software(Scope.ORDERS),
    response={200: shapes.Orders, **SAME, **ERRORS},
    url_name="api-orders",
    operation_id="listOrders",
    summary="Đơn sửa của cơ quan, cũ trước (the agency's orders, the oldest first)",
)
def orders(
    request: HttpRequest,
    purpose: Purpose,
    state: Annotated[OrderState | None, Query(None)],
    due_before: Annotated[date | None, Query(None)],
    source: Annotated[str, Query("", max_length=60, pattern="^[a-z0-9-]*$")],
    cursor: Cursor,
    limit: Limit,
) -> HttpResponse:
    """Give one part of the list of orders."""
    purpose_of(purpose)
    who = caller(request)
    group = machine_reading.group_of(who.machine)
    wanted = OrdersWanted(state=state, due_before=due_before, source=source)
    found = corrections.orders_after(who.viewer, group.id, wanted, after=_read(cursor), size=limit + 1)
    today = clock.today(group)
    more = _written(found[limit - 1].number) if len(found) > limit else None
    return shown(request, shapes.Orders(items=[_order(one, today) for one in found[:limit]], next=more))


@router.get(
    "/orders/{number}",
    auth=Software(Scope.ORDERS),
    response={200: shapes.Order, **SAME, **ERRORS, **ABSENT},
    url_name="api-order",
    operation_id="getOrder",
    summary="Một đơn sửa (one order)",
)
def order(request: HttpRequest, number: Number, purpose: Purpose) -> HttpResponse:
    """Give one order of the agency; one of another agency or group is not there."""
    purpose_of(purpose)
    who = caller(request)
    group = machine_reading.group_of(who.machine)
    found = corrections.order_numbered(who.viewer, group.id, number)
    return shown(request, _order(found, clock.today(group)))


@router.get(
    "/orders/{number}/findings",
    auth=Software(Scope.ORDERS),
    response={200: shapes.Findings, **SAME, **ERRORS, **ABSENT},
    url_name="api-findings",
    operation_id="listFindings",
    summary="Sai lệch của một đơn: ở đâu, vì sao, không có giá trị của ai (an order's findings, no values)",
)
def findings(
    request: HttpRequest,
    number: Number,
    purpose: Purpose,
    status: Annotated[Status | None, Query(None)],
    cursor: Cursor,
    limit: Limit,
) -> HttpResponse:
    """Give one part of the findings of an order."""
    purpose_of(purpose)
    who = caller(request)
    held = corrections.order_numbered(who.viewer, who.machine.group_id, number)
    statuses = frozenset({status}) if status else frozenset()
    found = corrections.findings_after(held.id, statuses, after=_read(cursor), size=limit + 1)
    said = corrections.latest_answers(one.id for one in found[:limit])
    more = _written(found[limit - 1].id) if len(found) > limit else None
    items = [finding_shape(one, held, said.get(one.id)) for one in found[:limit]]
    return shown(request, shapes.Findings(items=items, next=more))


@router.get(
    "/findings/{finding}",
    auth=Software(Scope.ORDERS),
    response={200: shapes.Finding, **SAME, **ERRORS, **ABSENT},
    url_name="api-finding",
    operation_id="getFinding",
    summary="Một sai lệch, không có giá trị của ai (one finding, no values)",
)
def finding(request: HttpRequest, finding: Fingerprint, purpose: Purpose) -> HttpResponse:
    """Give one finding that an order of the agency holds."""
    purpose_of(purpose)
    who = caller(request)
    found, held = corrections.finding_of(who.viewer, who.machine.group_id, finding)
    said = corrections.latest_answers([found.id])
    return shown(request, finding_shape(found, held, said.get(found.id)))


@router.get(
    "/findings/{finding}/values",
    auth=Software(Scope.VALUES),
    response={200: shapes.Values, **ERRORS, **ABSENT},
    url_name="api-values",
    operation_id="getValues",
    summary="Giá trị ở trường của một sai lệch; mỗi lần xem được ghi lại (its values; each look is recorded)",
)
def values(request: HttpRequest, finding: Fingerprint, purpose: Purpose) -> HttpResponse:
    """Give what the list and the register say in one field of one row, after the look was recorded."""
    told = purpose_of(purpose)
    who = caller(request)
    found, held = corrections.finding_of(who.viewer, who.machine.group_id, finding)
    row = machine_reading.values(who.machine, held, found, told)
    if row is None:
        raise Problem("not-found", "Lô dữ liệu không còn dòng này.", "The delivery holds this row no more.")
    values_shape = shapes.Values(
        finding=finding,
        record=row.key,
        field=found.field,
        listed=row.value,
        registered=row.registered,
        reason=row.reason,
    )
    return answered(request, HttpResponse(values_shape.model_dump_json(), content_type="application/json"))
