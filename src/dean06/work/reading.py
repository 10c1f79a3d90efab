"""Lists of tasks, as far as a reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from dean06.offices.types import Viewer
from dean06.orthography import service as orthography
from dean06.work.models import Coordination, Task, TaskEvent, TaskFile
from dean06.work.rows import by_ids, info, not_found
from dean06.work.types import (
    OPEN_STATES,
    Addressed,
    Claim,
    DueOn,
    EventInfo,
    FileInfo,
    Filters,
    Page,
    Part,
    Role,
    Status,
    Tally,
    TaskDuty,
    TaskInfo,
    TaskResult,
)

NO_FILTERS = Filters()
NO_ROLES: frozenset[str] = frozenset()
OWED = [status.value for status in Status if status is not Status.CANCELLED]
# A result that came in is not late any more: it waits for somebody else.
UNREPORTED = [status.value for status in OPEN_STATES if status is not Status.REPORTED]


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


def seen_tasks(viewer: Viewer, group_id: int, ids: Iterable[int], *, see_all: frozenset[str]) -> frozenset[int]:
    """Return which of these tasks a reader may see."""
    rows = _seen_by(viewer, group_id, see_all).filter(pk__in=list(ids))
    return frozenset(rows.order_by().values_list("pk", flat=True))


def _taken_over(viewer: Viewer) -> QuerySet[Task, int | None]:
    """Return the tasks whose continuation an agency of the reader leads: who goes on with a task reads how it began."""
    mine = Q(pk__in=[])
    for seat in viewer.capacities:
        if seat.agency and not seat.reading:
            mine |= Q(group_id=seat.group_id, lead=seat.agency)
    return Task.objects.filter(mine, came_from__isnull=False).values_list("came_from", flat=True)


def _coordinated(group_id: int, agencies: Iterable[str], part: Part | None = None) -> QuerySet[Coordination, int]:
    """Return the tasks that agencies coordinate in, or follow."""
    beside = Coordination.objects.filter(group_id=group_id, agency__in=list(agencies))
    if part is not None:
        beside = beside.filter(part=part.value)
    return beside.values_list("task_id", flat=True)


def _of_agency(group_id: int, filters: Filters) -> Q:
    match filters.role:
        case Role.LEADS:
            return Q(lead=filters.agency)
        case Role.COORDINATES:
            return Q(pk__in=_coordinated(group_id, [filters.agency], Part.COORDINATES))
        case Role.FOLLOWS:
            return Q(pk__in=_coordinated(group_id, [filters.agency], Part.FOLLOWS))
        case _:
            return Q(lead=filters.agency) | Q(pk__in=_coordinated(group_id, [filters.agency]))


def _narrowed(rows: QuerySet[Task], group_id: int, filters: Filters) -> QuerySet[Task]:
    exact = {
        "origin": filters.origin.value if filters.origin else None,
        "origin_ref": filters.origin_ref or None,
        "important": filters.important,
        "due__gte": filters.due_from,
        "due__lte": filters.due_to,
        "pk__in": filters.ids,
        "status__in": [status.value for status in filters.statuses] or None,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    if filters.agency:
        rows = rows.filter(_of_agency(group_id, filters))
    if filters.started is not None:
        begun = Q(percent__gt=0) | Q(done__gt=0)
        rows = rows.filter(begun if filters.started else ~begun)
    if filters.overdue_at:
        rows = rows.filter(status__in=UNREPORTED, bound__lte=filters.overdue_at)
    for word in orthography.search_key(filters.text).split():
        rows = rows.filter(search__contains=word)
    return rows


def tally(
    viewer: Viewer, group_id: int, filters: Filters, now: datetime, *, see_all: frozenset[str] = NO_ROLES
) -> Tally:
    """Return how many tasks a reader may see in each state, and how many are overdue; one query."""
    rows = _narrowed(_seen_by(viewer, group_id, see_all), group_id, filters)
    late = Count("pk", filter=Q(bound__lte=now))
    found = {
        status: (count, overdue)
        for status, count, overdue in rows.order_by()
        .values("status")
        .annotate(count=Count("pk"), late=late)
        .values_list("status", "count", "late")
    }
    return Tally(
        by_status={Status(status): count for status, (count, _) in found.items()},
        overdue=sum(overdue for status, (_, overdue) in found.items() if status in UNREPORTED),
    )


def by_day(
    viewer: Viewer, group_id: int, filters: Filters, *, see_all: frozenset[str] = NO_ROLES, most: int = 2000
) -> list[DueOn]:
    """Return the tasks of a span by their last day, as a calendar shows them; one query."""
    rows = _narrowed(_seen_by(viewer, group_id, see_all), group_id, filters).order_by("due", "number")
    listed = rows.values_list("pk", "number", "title", "lead", "status", "due", "bound", "important")[:most]
    return [
        DueOn(id=pk, number=no, title=title, lead=lead, status=Status(status), due=due, bound=bound, important=flag)
        for pk, no, title, lead, status, due, bound, flag in listed
    ]


def owed_before(group_id: int, until: datetime) -> tuple[TaskInfo, ...]:
    """Return what is owed in a group with a bound before an instant, for whoever reminds; two queries."""
    rows = Task.objects.filter(group_id=group_id, status__in=UNREPORTED, bound__lte=until)
    listed = rows.select_related("group", "came_from").prefetch_related("coordinations").order_by("due", "number")
    return tuple(info(row) for row in listed)


def files(viewer: Viewer, task_id: int, *, see_all: frozenset[str] = NO_ROLES) -> tuple[FileInfo, ...]:
    """Return the files that show how far a task is, if the reader may see it."""
    seen = task(viewer, task_id, see_all=see_all)
    return tuple(
        FileInfo(
            id=row.pk,
            name=row.name,
            suffix=row.suffix,
            size=row.size,
            sha256=row.kept_sha256,
            at=row.at,
            agency=row.agency,
        )
        for row in TaskFile.objects.filter(task_id=seen.id, group_id=seen.group_id)
    )


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


def named(
    viewer: Viewer, group_id: int, *, see_all: frozenset[str] = NO_ROLES, among: Iterable[int] | None = None
) -> list[tuple[int, int, str]]:
    """Return (number, id, title) of the tasks a reader may see in a group, all or those among some; one query."""
    rows = _seen_by(viewer, group_id, see_all).order_by("number")
    if among is not None:
        rows = rows.filter(pk__in=list(among))
    return list(rows.values_list("number", "pk", "title"))


def numbered(
    viewer: Viewer, group_id: int, numbers: Iterable[int], *, see_all: frozenset[str] = NO_ROLES
) -> list[tuple[int, int, str]]:
    """Return (number, id, title) of the tasks with these numbers that a reader may see in a group; one query."""
    rows = _seen_by(viewer, group_id, see_all).filter(number__in=list(numbers))
    return list(rows.order_by("number").values_list("number", "pk", "title"))


def open_titles(viewer: Viewer, group_id: int, *, see_all: frozenset[str] = NO_ROLES) -> list[tuple[int, str, str]]:
    """Return (number, title, lead agency) of the open tasks that a reader may see in a group; one query."""
    rows = _seen_by(viewer, group_id, see_all).filter(status__in=[one.value for one in OPEN_STATES])
    return list(rows.order_by("number").values_list("number", "title", "lead"))


def late_by_lead(viewer: Viewer, group_id: int, now: datetime, *, see_all: frozenset[str] = NO_ROLES) -> dict[str, int]:
    """Return how many open tasks past their bound a reader may see in a group, by lead agency; one query."""
    rows = _seen_by(viewer, group_id, see_all).filter(status__in=UNREPORTED, bound__lte=now)
    return dict(rows.order_by().values("lead").annotate(count=Count("pk")).values_list("lead", "count"))


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
            id=row.pk,
            account=row.actor,
            words=row.words,
            percent=row.percent,
            undone=row.undone,
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


def results_of(task_ids: Iterable[int]) -> dict[int, TaskResult]:
    """Return what came of tasks by their number, for whoever counts many; a query for each ten thousand."""
    named = ("pk", "number", "lead", "done", "closed_by")
    return {
        pk: TaskResult(number=number, lead=lead, done=done, closed_by=closed_by)
        for rows in by_ids(task_ids)
        for pk, number, lead, done, closed_by in rows.values_list(*named)
    }


def tasks_of_group(group_id: int) -> tuple[TaskInfo, ...]:
    """Return every task of a group, for its end or a change of its charter; two queries whatever their number."""
    rows = Task.objects.filter(group_id=group_id).select_related("group", "came_from").prefetch_related("coordinations")
    return tuple(info(row) for row in rows.order_by("number"))


def duties_of_tasks(group_id: int, due: tuple[datetime, datetime] | None = None) -> tuple[TaskDuty, ...]:
    """Return the tasks that a group's own members owe, none taken over and none cancelled; one query.

    With `due` only those whose last instant before their bound lies in that span (its end excluded).
    """
    rows = Task.objects.filter(group_id=group_id, came_from=None, addressed=Addressed.MEMBER, status__in=OWED)
    if due is not None:
        rows = rows.filter(bound__gt=due[0], bound__lte=due[1])
    named = ("number", "lead", "assigned_by_role", "opened_at", "bound", "status", "reported_at", "closed_at")
    return tuple(
        TaskDuty(
            number=number,
            lead=lead,
            assigned_by_role=role,
            opened_at=opened,
            bound=bound,
            done_at=(reported or closed) if status == Status.DONE else None,
        )
        for number, lead, role, opened, bound, status, reported, closed in rows.order_by("number").values_list(*named)
    )


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
