"""Lists of tasks, as far as a reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from dean06.offices.types import Viewer
from dean06.orthography import service as orthography
from dean06.work.models import Task, TaskEvent
from dean06.work.rows import info, not_found
from dean06.work.types import OPEN_STATES, Claim, EventInfo, Filters, Page, TaskInfo

NO_FILTERS = Filters()
NO_ROLES: frozenset[str] = frozenset()


def _seen_by(viewer: Viewer, group_id: int, see_all: frozenset[str]) -> QuerySet[Task]:
    """Narrow tasks to those a reader may see.

    `see_all` names the roles that see the whole group; the charter says which, this room does not.
    """
    rows = Task.objects.filter(group_id=group_id)
    held = [capacity for capacity in viewer.capacities if capacity.group_id == group_id]
    if any(capacity.role in see_all for capacity in held):
        return rows
    own = sorted({capacity.agency for capacity in held if capacity.agency})
    if not own:
        return rows.none()
    mine = Q(lead__in=own) | Q(pk__in=_coordinated(group_id, own))
    if any(capacity.reading for capacity in held):
        mine |= Q(pk__in=_taken_over(viewer))
    return rows.filter(mine)


def _taken_over(viewer: Viewer) -> QuerySet[Task, int | None]:
    """Return the tasks whose continuation an agency of the reader leads: who goes on with a task reads how it began."""
    mine = Q(pk__in=[])
    for seat in viewer.capacities:
        if seat.agency and not seat.reading:
            mine |= Q(group_id=seat.group_id, lead=seat.agency)
    return Task.objects.filter(mine, came_from__isnull=False).values_list("came_from", flat=True)


def _coordinated(group_id: int, agencies: Iterable[str]) -> QuerySet[Task, int]:
    return Task.objects.filter(group_id=group_id, coordinations__agency__in=agencies).values_list("pk", flat=True)


def _narrowed(rows: QuerySet[Task], group_id: int, filters: Filters) -> QuerySet[Task]:
    if filters.statuses:
        rows = rows.filter(status__in=[status.value for status in filters.statuses])
    if filters.agency:
        rows = rows.filter(Q(lead=filters.agency) | Q(pk__in=_coordinated(group_id, [filters.agency])))
    if filters.origin:
        rows = rows.filter(origin=filters.origin.value)
    if filters.overdue_at:
        rows = rows.filter(status__in=[status.value for status in OPEN_STATES], bound__lte=filters.overdue_at)
    for word in orthography.search_key(filters.text).split():
        rows = rows.filter(search__contains=word)
    return rows


def tasks(
    viewer: Viewer,
    group_id: int,
    filters: Filters = NO_FILTERS,
    *,
    see_all: frozenset[str] = NO_ROLES,
    number: int = 1,
    size: int = 50,
) -> Page:
    """Return a page of the tasks a reader may see in a group, the nearest last day first."""
    rows = _narrowed(_seen_by(viewer, group_id, see_all), group_id, filters)
    total = rows.count()
    number = max(number, 1)
    start = (number - 1) * size
    ordered = rows.select_related("group", "came_from").prefetch_related("coordinations").order_by("due", "number")
    return Page(items=tuple(info(row) for row in ordered[start : start + size]), total=total, number=number, size=size)


def named(viewer: Viewer, group_id: int, *, see_all: frozenset[str] = NO_ROLES) -> list[tuple[int, int, str]]:
    """Return (number, id, title) of every task a reader may see in a group, by number; one query."""
    rows = _seen_by(viewer, group_id, see_all).order_by("number")
    return list(rows.values_list("number", "pk", "title"))


def task(viewer: Viewer, task_id: int, *, see_all: frozenset[str] = NO_ROLES) -> TaskInfo:
    """Return one task, if the reader may see it."""
    for group_id in sorted(viewer.groups):
        row = _seen_by(viewer, group_id, see_all).select_related("group", "came_from").filter(pk=task_id).first()
        if row is not None:
            return info(row)
    raise not_found(task_id)


def events(viewer: Viewer, task_id: int, *, see_all: frozenset[str] = NO_ROLES) -> tuple[EventInfo, ...]:
    """Return what happened to a task, oldest first, if the reader may see it."""
    seen = task(viewer, task_id, see_all=see_all)
    return tuple(
        EventInfo(
            at=row.at,
            kind=row.kind,
            actor=row.actor,
            role=row.role,
            agency=row.agency,
            note=row.note,
            done=row.done,
            total=row.total,
            proof=row.proof,
        )
        for row in TaskEvent.objects.filter(task_id=seen.id, group_id=seen.group_id).order_by("pk")
    )


def task_for_flow(task_id: int) -> TaskInfo:
    """Return one task for the house's own work: a flow that answers a run, a paper that quotes it."""
    row = Task.objects.select_related("group").filter(pk=task_id).first()
    if row is None:
        raise not_found(task_id)
    return info(row)


def tasks_for_flow(task_ids: Iterable[int]) -> dict[int, TaskInfo]:
    """Return many tasks by their number, for a paper that counts them; two queries whatever their number."""
    rows = (
        Task.objects.select_related("group", "came_from").prefetch_related("coordinations").filter(pk__in=set(task_ids))
    )
    return {row.pk: info(row) for row in rows}


def tasks_of_group(group_id: int) -> tuple[TaskInfo, ...]:
    """Return every task of a group, for the duties that are judged from them; two queries whatever their number."""
    rows = Task.objects.filter(group_id=group_id).select_related("group", "came_from").prefetch_related("coordinations")
    return tuple(info(row) for row in rows.order_by("number"))


def continuations(viewer: Viewer, task_id: int) -> tuple[TaskInfo, ...]:
    """Return the tasks in which a handed-over one goes on, as far as the reader sits in their groups."""
    rows = Task.objects.filter(came_from_id=task_id, group_id__in=viewer.groups).select_related("group")
    return tuple(info(row) for row in rows.order_by("pk"))


def claims(group_id: int, span: tuple[datetime, datetime]) -> list[Claim]:
    """Return what agencies said they had corrected, in a span (its end excluded)."""
    said = TaskEvent.objects.filter(group_id=group_id, kind="claimed", at__gte=span[0], at__lt=span[1])
    return [
        Claim(task_id=row.task_id, origin_ref=row.task.origin_ref, agency=row.agency, at=row.at, count=row.done)
        for row in said.select_related("task").order_by("at", "pk")
    ]
