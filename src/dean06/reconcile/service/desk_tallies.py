"""How a desk goes: who read how much and how fast, how far two readers agree, what the readings say of the scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import QuerySet

from dean06.clock import service as clock
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.reconcile.kappa import Kappa, kappa
from dean06.reconcile.models import Desk, DeskDecision, DeskRow, Run
from dean06.reconcile.service.desk_reading import READERS, SKIPPED
from dean06.reconcile.service.desks import settings

__all__ = ["Kappa", "Pace", "agreement", "came_to", "mine", "pace"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What one reader decided at a desk: today, in all, and rows per hour of reading today (None under two rows)."""

    account: str
    today: int
    per_hour: float | None
    whole: int


def _said(viewer: Viewer, run_id: int) -> QuerySet[DeskDecision]:
    rows = DeskDecision.objects.filter(
        row__desk__run_id=run_id, group_id__in=viewer.groups, undoes=None, undone_by=None
    ).exclude(choice=SKIPPED)
    return rows.order_by("pk")


def _midnight(run_id: int) -> datetime:
    """Return when the day of the run's group began."""
    group = Run.objects.values_list("group_id", flat=True).get(pk=run_id)
    return clock.at_start_of(clock.today(offices.group_by_id(group)))


def pace(viewer: Viewer, run_id: int) -> list[Pace]:
    """Return what each reader decided at a desk, who read most today first."""
    times: dict[str, list[datetime]] = {}
    for account, at in _said(viewer, run_id).values_list("account", "at"):
        times.setdefault(str(account), []).append(at)
    if not times:
        return []
    since = _midnight(run_id)
    made = [_pace(one, [at for at in told if at >= since], len(told)) for one, told in times.items()]
    return sorted(made, key=lambda one: (-one.today, -one.whole, one.account))


def mine(viewer: Viewer, run_id: int) -> Pace | None:
    """Return what the reader decided; None where they decided nothing."""
    own = _said(viewer, run_id).filter(account=viewer.account)
    whole = own.count()
    if not whole:
        return None
    return _pace(viewer.account, list(own.filter(at__gte=_midnight(run_id)).values_list("at", flat=True)), whole)


def _pace(account: str, today: Sequence[datetime], whole: int) -> Pace:
    return Pace(account=account, today=len(today), per_hour=_per_hour(sorted(today)), whole=whole)


def _per_hour(times: Sequence[datetime]) -> float | None:
    """Return rows per hour of reading; a long pause is none, and the first row's own time is not known."""
    gaps = [(after - before).total_seconds() for before, after in pairwise(times)]
    worked = [gap for gap in gaps if gap <= settings().idle_seconds]
    spent = sum(worked)
    return 3600 * len(worked) / spent if spent else None


def agreement(viewer: Viewer, run_id: int) -> Kappa | None:
    """Return how far the first two readers of the rows read twice agree beyond chance; None where no desk is open."""
    if not Desk.objects.filter(run_id=run_id, group_id__in=viewer.groups).exists():
        return None
    rows = _said(viewer, run_id).filter(row__double=True)
    said: dict[int, list[str]] = {}
    for row_id, choice in rows.order_by("row__place", "pk").values_list("row_id", "choice"):
        said.setdefault(row_id, []).append(choice)
    return kappa([(one[0], one[1]) for one in said.values() if len(one) >= READERS])


def came_to(viewer: Viewer, run_id: int) -> list[tuple[float, str, bool]]:
    """Return of each row settled by people its posterior, what it came to, and whether an earlier run gave the answer.

    What it came to is `0` where none of the candidates is the person, else the candidate's place.
    """
    rows = DeskRow.objects.filter(desk__run_id=run_id, group_id__in=viewer.groups).exclude(result="")
    told = rows.order_by("place").values_list("posterior", "result", "carried_id")
    return [(float(posterior), str(result), carried is not None) for posterior, result, carried in told]
