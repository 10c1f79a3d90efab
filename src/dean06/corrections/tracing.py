"""From a task or a run back to its order or outcome, for the journeys that join rooms."""

from __future__ import annotations

from collections.abc import Iterable

from dean06.corrections.models import Order, Run
from dean06.corrections.rows import order_infos
from dean06.corrections.tallies import outcome
from dean06.corrections.types import OrderInfo, Outcome


def order_of_task(task_id: int) -> OrderInfo | None:
    """Return the order that a task carries, or None for a task of another kind."""
    row = Order.objects.select_related("group").filter(task_id=task_id).first()
    return order_infos([row])[0] if row else None


def order_by_ref(group_id: int, ref: str) -> OrderInfo | None:
    """Return the order of a group that permits and the ledger name so, or None where there is none."""
    number = ref.rpartition(":")[2]
    rows = Order.objects.select_related("group").filter(group_id=group_id)
    row = rows.filter(number=int(number)).first() if number.isdecimal() else None
    return order_infos([row])[0] if row else None


def orders_of_tasks(task_ids: Iterable[int]) -> dict[int, int]:
    """Return the order that each of these tasks carries, by the task's number."""
    rows = Order.objects.filter(task_id__in=set(task_ids)).values_list("task_id", "pk")
    return {task_id: order_id for task_id, order_id in rows if task_id is not None}


def last_recorded(group_id: int, source: str) -> str:
    """Return the run recorded last of a source, empty when there is none."""
    row = Run.objects.filter(group_id=group_id, source=source).order_by("-pk").only("run_id").first()
    return row.run_id if row else ""


def outcome_of(group_id: int, run_id: str) -> Outcome | None:
    """Return what a recorded run changed, or None when it was never recorded."""
    row = Run.objects.filter(group_id=group_id, run_id=run_id).first()
    return outcome(row) if row else None


def orders_of_source(group_id: int, source: str) -> list[OrderInfo]:
    """Return the orders of a source that stand, for work, each with what it holds now."""
    rows = Order.objects.select_related("group").filter(group_id=group_id, source=source, voided_at=None)
    return order_infos(rows.order_by("number"))


def permit_of_order(order_id: int | None) -> str:
    """Return the digest of the permit under which an order was opened; empty where there is none."""
    row = Order.objects.filter(pk=order_id).only("permit").first() if order_id is not None else None
    return row.permit if row else ""


def numbers_of(order_ids: Iterable[int]) -> dict[int, int]:
    """Return the number of each of these orders within its group."""
    return dict(Order.objects.filter(pk__in=set(order_ids)).values_list("pk", "number"))
