"""Counts of tasks for a report: by what had happened up to the end of its span, whatever happened later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dean06.work.models import TaskEvent
from dean06.work.rows import by_ids
from dean06.work.types import Counts

MOVES = ("opened", "inherited", "closed", "reopened", "cancelled", "handed_over", "ended")
SAID = ("reported", "sent_back")
OWED = ("opened", "inherited", "reopened")


def counts(group_id: int, span: tuple[datetime, datetime]) -> Counts:
    """Return the facts of a span, its end excluded, as lists of task ids; later events change nothing in them."""
    since, until = span
    moves = TaskEvent.objects.filter(group_id=group_id, kind__in=(*MOVES, *SAID), at__lt=until, undone=False)
    last: dict[int, tuple[str, datetime]] = {}
    done: dict[int, datetime] = {}  # a result that was accepted counts from the day it came in
    came: dict[int, datetime] = {}  # a result that waits to be accepted
    within: dict[str, set[int]] = {kind: set() for kind in MOVES}
    closings = dict(moves.filter(kind="closed", at__gte=since).values_list("pk", "before"))
    for event, task_id, kind, at in moves.order_by("at", "pk").values_list("pk", "task_id", "kind", "at"):
        came.pop(task_id, None)
        if kind in SAID:
            came |= {task_id: at} if kind == "reported" else {}
            continue
        reported = closings.get(event, {}).get("reported_at")
        last[task_id] = (kind, at)
        if reported:
            done[task_id] = datetime.fromisoformat(reported)
        else:
            done.pop(task_id, None)
        if at >= since:
            within[kind].add(task_id)
    closed = {task_id: at for task_id, (kind, at) in last.items() if kind == "closed" and at >= since}
    owed = [task_id for task_id, (kind, _) in last.items() if kind in OWED]
    bounds = _bounds(group_id, {*closed, *owed}) | _bounds_at(group_id, until)
    return Counts(
        opened=_sorted(within["opened"]),
        done_in_time=_sorted(task_id for task_id, at in closed.items() if done.get(task_id, at) < bounds[task_id]),
        done_late=_sorted(task_id for task_id, at in closed.items() if done.get(task_id, at) >= bounds[task_id]),
        open=_sorted(owed),
        overdue=_sorted(one for one in owed if bounds[one] <= until and came.get(one, until) >= bounds[one]),
        reopened=_sorted(within["reopened"]),
        cancelled=_sorted(t for t in within["cancelled"] if last[t][0] == "cancelled"),
    )


def _bounds(group_id: int, task_ids: Iterable[int]) -> dict[int, datetime]:
    return {
        pk: bound
        for rows in by_ids(task_ids)
        for pk, bound in rows.filter(group_id=group_id).values_list("pk", "bound")
    }


def _bounds_at(group_id: int, until: datetime) -> dict[int, datetime]:
    """Return the bounds that stood at an instant of tasks that were given more time later."""
    later = TaskEvent.objects.filter(group_id=group_id, kind="extended", at__gte=until, undone=False)
    stood: dict[int, datetime] = {}
    for task_id, before in later.order_by("at", "pk").values_list("task_id", "before"):
        if "bound" in before:
            stood.setdefault(task_id, datetime.fromisoformat(before["bound"]))
    return stood


def _sorted(ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(ids))
