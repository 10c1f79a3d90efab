"""Lists for an agency's software: from one place to the next, in an order that stays as it is while rows are added."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from dean06.corrections.errors import OrderNotFound
from dean06.corrections.models import Finding, Order
from dean06.corrections.orders import OWED
from dean06.corrections.rows import finding_info, order_infos, run_labels
from dean06.corrections.types import FindingInfo, OrderInfo, OrderState, OrdersWanted, Status
from dean06.offices.types import Viewer

__all__ = ["finding_of", "findings_after", "order_numbered", "orders_after"]


def _own(viewer: Viewer, group_id: int) -> QuerySet[Order]:
    return Order.objects.filter(group_id=group_id, agency__in=sorted(viewer.agencies_in(group_id)))


def orders_after(viewer: Viewer, group_id: int, wanted: OrdersWanted, *, after: int, size: int) -> list[OrderInfo]:
    """Return the orders of the reader's agencies that come after a number, the oldest first."""
    owed = Exists(Finding.objects.filter(order=OuterRef("pk"), status__in=OWED))
    rows = _own(viewer, group_id).filter(number__gt=after)
    match wanted.state:
        case OrderState.OPEN:
            rows = rows.filter(owed, voided_at=None)
        case OrderState.DONE:
            rows = rows.filter(~owed, voided_at=None)
        case OrderState.VOID:
            rows = rows.exclude(voided_at=None)
        case None:
            pass
    if wanted.due_before:
        rows = rows.filter(due__lt=wanted.due_before)
    if wanted.source:
        rows = rows.filter(source=wanted.source)
    return order_infos(rows.select_related("group").order_by("number")[:size])


def order_numbered(viewer: Viewer, group_id: int, number: int) -> OrderInfo:
    """Return the order of a number, if it is of the reader's agencies."""
    row = _own(viewer, group_id).select_related("group").filter(number=number).first()
    if row is None:
        raise OrderNotFound("Không có đơn sửa này.", "There is no such order.")
    return order_infos([row])[0]


def findings_after(order_id: int, statuses: frozenset[Status], *, after: int, size: int) -> list[FindingInfo]:
    """Return the findings of an order that come after an id, in the order of their ids."""
    rows = Finding.objects.filter(order_id=order_id, pk__gt=after)
    if statuses:
        rows = rows.filter(status__in=[status.value for status in statuses])
    listed = list(rows.order_by("pk")[:size])
    labels = run_labels(listed[0].group_id) if listed else {}
    return [finding_info(row, labels) for row in listed]


def finding_of(viewer: Viewer, group_id: int, fingerprint: str) -> tuple[FindingInfo, OrderInfo]:
    """Return a finding by its fingerprint, with the order that holds it, if that is of the reader's agencies."""
    row = (
        Finding.objects.filter(fingerprint=fingerprint, order__in=_own(viewer, group_id))
        .select_related("order__group")
        .first()
    )
    if row is None or row.order is None:
        raise OrderNotFound("Không có sai lệch này trong đơn sửa nào.", "No order holds such a finding.")
    return finding_info(row, run_labels(group_id)), order_infos([row.order])[0]
