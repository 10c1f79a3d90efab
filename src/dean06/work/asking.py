"""Tasks from the side of whoever set them, and counts over all the groups a reader sits in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from dean06.offices.types import Viewer
from dean06.work.models import Coordination, Extension, Matter, Task
from dean06.work.rows import info
from dean06.work.types import OPEN_STATES, Status, TaskInfo

OPEN = [status.value for status in OPEN_STATES]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersOwed:
    """What of a group's work waits for a word of those who answer for it.

    Attributes:
        reported: how many tasks are reported as done and wait to be accepted.
        extensions: the (id, number) of tasks for which more time is asked, in the order of asking.
        matters: how many matters wait to be decided.
    """

    reported: int = 0
    extensions: tuple[tuple[int, int], ...] = ()
    matters: int = 0


def answers_owed(viewer: Viewer, group_id: int, *, see_all: frozenset[str]) -> AnswersOwed:
    """Return what waits for a word in a group, for a reader who sees the whole of it; three queries."""
    if not any(seat.group_id == group_id and seat.role in see_all and not seat.reading for seat in viewer.capacities):
        return AnswersOwed()
    asked = Extension.objects.filter(group_id=group_id, answer="").order_by("pk")
    return AnswersOwed(
        reported=Task.objects.filter(group_id=group_id, status=Status.REPORTED.value).count(),
        extensions=tuple(asked.values_list("task_id", "task__number")),
        matters=Matter.objects.filter(group_id=group_id, settled_at=None).count(),
    )


def assigned_by(viewer: Viewer, group_id: int, most: int = 20) -> tuple[TaskInfo, ...]:
    """Return the open tasks that a reader set in a group where they sit, the nearest last day first."""
    if not viewer.sits_in(group_id):
        return ()
    rows = Task.objects.filter(group_id=group_id, status__in=OPEN, assigned_by_account=viewer.account)
    found = rows.select_related("group", "came_from").prefetch_related("coordinations").order_by("due", "number")
    return tuple(info(row) for row in found[:most])


def _past(at: Mapping[int, datetime]) -> Q:
    """Say of a task that its bound is past, by the present instant of its group."""
    groups: dict[datetime, list[int]] = {}
    for group_id, now in at.items():
        groups.setdefault(now, []).append(group_id)
    past = Q(pk__in=[])
    for now, ids in groups.items():
        past |= Q(bound__lte=now, group_id__in=ids)
    return past


def open_by_group(
    viewer: Viewer, at: Mapping[int, datetime], see_all: Mapping[int, frozenset[str]]
) -> dict[int, tuple[int, int]]:
    """Return (open, overdue) tasks of a reader by group, as far as they may see; one query.

    `at` is the present instant of each group, which a demonstration moves; `see_all` names the roles that see the whole
    of it.
    """
    mine = Q(pk__in=[])
    for seat in viewer.capacities:
        if seat.reading:
            continue
        if seat.role in see_all.get(seat.group_id, frozenset()):
            mine |= Q(group_id=seat.group_id)
        elif seat.agency:
            beside = Coordination.objects.filter(group_id=seat.group_id, agency=seat.agency).values("task_id")
            mine |= Q(group_id=seat.group_id) & (Q(lead=seat.agency) | Q(pk__in=beside))
    rows = Task.objects.filter(mine, status__in=OPEN).values("group_id")
    counted = rows.annotate(open=Count("pk"), late=Count("pk", filter=_past(at))).order_by("group_id")
    return {row["group_id"]: (row["open"], row["late"]) for row in counted}
