"""Plans as read: where each stands, how far its lines' tasks are, and what of it a reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from dean06.offices.types import Viewer
from dean06.work.errors import TaskRefused
from dean06.work.models import Plan, PlanLine
from dean06.work.rows import info
from dean06.work.types import OPEN_STATES, LineInfo, PlanInfo, PlanKind, PlanState, Status

SHARED = (PlanState.ISSUED.value, PlanState.FILED.value, PlanState.APPROVED.value)
NO_ROLES: frozenset[str] = frozenset()

__all__ = [
    "plan",
    "plan_lines",
    "plan_of",
    "plan_ref",
    "plans",
    "plans_of_group",
    "seen_plans",
]


def plan_ref(slug: str, number: int) -> str:
    """Return the id under which permits, tasks and the ledger name a plan."""
    return f"{slug}:KH-{number}"


def _seen_by(viewer: Viewer, group_id: int, see_all: frozenset[str]) -> QuerySet[Plan]:
    """Narrow plans to those a reader may see: an unfinished detailed plan is its agency's, and the overseers'."""
    rows = Plan.objects.filter(group_id=group_id).exclude(state=PlanState.DROPPED.value)
    if not viewer.sits_in(group_id):
        return rows.none()
    if any(seat.group_id == group_id and seat.role in see_all for seat in viewer.capacities):
        return rows
    own = viewer.agencies_in(group_id)
    return rows.exclude(pk__in=rows.filter(kind=PlanKind.SUBPLAN.value, state="draft").exclude(agency__in=own))


def seen_plans(viewer: Viewer, group_id: int, ids: Iterable[int], *, see_all: frozenset[str]) -> frozenset[int]:
    """Return which of these plans a reader may see."""
    rows = _seen_by(viewer, group_id, see_all).filter(pk__in=list(ids))
    return frozenset(rows.order_by().values_list("pk", flat=True))


def plans(
    viewer: Viewer, group_id: int, year: int | None = None, *, see_all: frozenset[str] = NO_ROLES
) -> list[PlanInfo]:
    """Return the plans a reader may see in a group, of a year where one is given; two queries."""
    rows = _seen_by(viewer, group_id, see_all)
    if year is not None:
        rows = rows.filter(year=year)
    return _told(rows)


def plan(viewer: Viewer, group_id: int, plan_id: int, *, see_all: frozenset[str] = NO_ROLES) -> PlanInfo | None:
    """Return one plan of a group, if the reader may see it."""
    return next(iter(_told(_seen_by(viewer, group_id, see_all).filter(pk=plan_id))), None)


def plan_of(plan_id: int) -> PlanInfo:
    """Return one plan for the house's own work."""
    found = _told(Plan.objects.filter(pk=plan_id))
    if not found:
        raise TaskRefused("Không có kế hoạch này trong tổ.", "There is no such plan in the group.")
    return found[0]


def plans_of_group(group_id: int) -> list[PlanInfo]:
    """Return every plan of a group, for the duties that are judged from them."""
    return _told(Plan.objects.filter(group_id=group_id))


def _told(rows: QuerySet[Plan]) -> list[PlanInfo]:
    listed = list(rows.select_related("group"))
    by_plan: dict[int, list[PlanLine]] = {}
    for line in PlanLine.objects.filter(plan__in=[row.pk for row in listed]).select_related("task"):
        by_plan.setdefault(line.plan_id, []).append(line)
    return [_info(row, by_plan.get(row.pk, [])) for row in listed]


def plan_lines(plan_id: int) -> tuple[LineInfo, ...]:
    """Return the lines of a plan that the reader may see already, each with its task."""
    rows = PlanLine.objects.filter(plan_id=plan_id)
    listed = rows.select_related("task__group", "task__came_from").prefetch_related("task__coordinations")
    return tuple(
        LineInfo(
            id=row.pk,
            place=row.place,
            key=row.key,
            label=row.label,
            heading=row.heading,
            content=row.content,
            lead=row.lead,
            coordinating=tuple(row.coordinating),
            due=row.due,
            due_words=row.due_words,
            product=row.product,
            task=info(row.task) if row.task else None,
            gone=row.gone,
        )
        for row in listed
    )


def _share(lines: Iterable[PlanLine]) -> int:
    """Return how far a plan is: the mean of its lines, one without a task counting nothing."""
    shares = []
    for line in lines:
        task = line.task
        if task is None:
            shares.append(0)
        elif task.status == Status.DONE.value:
            shares.append(100)
        else:
            shares.append(task.done * 100 // task.total if task.total else task.percent)
    return sum(shares) // len(shares) if shares else 0


def _late(line: PlanLine) -> bool:
    task = line.task
    if task is None:
        return False
    closed: datetime | None = task.reported_at or task.closed_at
    return task.status == Status.DONE.value and closed is not None and closed >= task.bound


def _info(row: Plan, lines: list[PlanLine]) -> PlanInfo:
    live = [line for line in lines if not line.gone]
    made = [line for line in live if line.task is not None]
    owed = {one.value for one in OPEN_STATES}
    return PlanInfo(
        id=row.pk,
        ref=plan_ref(row.group.slug, row.number),
        group_id=row.group_id,
        number=row.number,
        kind=PlanKind(row.kind),
        year=row.year,
        title=row.title,
        agency=row.agency,
        higher=row.higher,
        reason=row.reason,
        state=PlanState(row.state),
        drafted_at=row.drafted_at,
        drafted_by=row.drafted_by,
        submitted_by=row.submitted_by,
        approved_at=row.approved_at,
        approved_by=row.approved_by,
        cites=tuple(row.cites),
        charter_hash=row.charter_hash,
        returned=row.returned,
        paper=row.paper,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        issued_label=row.issued_label,
        lines=len(live),
        tasks=len(made),
        done=sum(line.task is not None and line.task.status not in owed for line in live),
        late=sum(_late(line) for line in live),
        share=_share(live),
    )
