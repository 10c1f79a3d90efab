"""Thresholds that a group decided, by measure, source and day; the shipped ones stand until it does.

A run is judged by what is in force on the last day of its period, so a later decision never changes how an earlier
month was judged; nor does one that reaches back, for it may not reach a month that is frozen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from dean06.clock import service as clock
from dean06.offices.types import Viewer
from dean06.reconcile.models import Threshold
from dean06.reconcile.types import ThresholdInfo

__all__ = ["decided", "decided_by_groups", "decisions", "in_force", "info", "judged_on", "judging"]


def judged_on(period: str) -> date:
    """Return the day whose thresholds judge a period: its last."""
    year, month = (int(part) for part in period.split("-"))
    return date(year + month // 12, month % 12 + 1, 1) - date.resolution


def info(row: Threshold) -> ThresholdInfo:
    """Return a stored decision as other rooms know it."""
    return ThresholdInfo(
        id=row.pk,
        source=row.source,
        measure=row.measure,
        value=row.value,
        from_day=row.from_day,
        decision=row.decision,
        decided_on=row.decided_on,
        set_by=str(row.set_by),
        set_at=row.set_at,
    )


@clock.once_a_moment
def decided(group_id: int) -> tuple[ThresholdInfo, ...]:
    """Return everything a group has decided on thresholds, in the order in which it takes force."""
    return tuple(info(row) for row in Threshold.objects.filter(group_id=group_id))


def decided_by_groups(group_ids: Collection[int]) -> dict[int, list[ThresholdInfo]]:
    """Return what many groups have decided, in one query."""
    found: dict[int, list[ThresholdInfo]] = {}
    for row in Threshold.objects.filter(group_id__in=list(group_ids)):
        found.setdefault(row.group_id, []).append(info(row))
    return found


def decisions(viewer: Viewer, group_id: int) -> list[ThresholdInfo]:
    """Return the decisions of a group that the reader may see, the newest first."""
    return list(reversed(decided(group_id))) if viewer.sees_summaries_of(group_id) else []


def in_force(known: Iterable[ThresholdInfo], source: str, on: date) -> dict[str, ThresholdInfo]:
    """Return the decisions that set the thresholds of one source on a day, by measure.

    A decision on the source goes before one on every source; one that gives an earlier up leaves what is behind it.
    """
    own: dict[str, ThresholdInfo] = {}
    general: dict[str, ThresholdInfo] = {}
    for one in known:
        if one.from_day <= on and one.source in {"", source}:
            (own if one.source else general)[one.measure] = one
    return {code: one for layer in (general, own) for code, one in layer.items() if one.value is not None}


def judging(group_id: int, source: str, period: str) -> dict[str, ThresholdInfo]:
    """Return the decisions that judge a source's period, by measure; where there is none, the starting ones do."""
    return in_force(decided(group_id), source, judged_on(period))
