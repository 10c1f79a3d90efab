"""The newest scores of many groups at once, by source: what a board and a parent group see, never a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from dean06.offices.types import Viewer
from dean06.reconcile.disclosure import Cells
from dean06.reconcile.models import Run, Score
from dean06.reconcile.service import thresholds
from dean06.reconcile.service.scores import AXES, Axis, judged, measure_of_axis, without_few
from dean06.reconcile.types import WHOLE, Measure

__all__ = ["Scored", "newest_scores"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The measures of a group's newest finished run of one source, and those of the period before."""

    group_id: int
    source: str
    period: str
    now: dict[str, Measure]
    before: dict[str, Measure]

    def worst(self, axis: Axis) -> Measure | None:
        """Return the measure that decides an axis now."""
        return measure_of_axis(self.now, axis)

    @property
    def weakest(self) -> tuple[Axis, Measure] | None:
        """Return the axis furthest below its threshold, or nearest above it, with its measure."""
        found = [(axis, worst) for axis in AXES if (worst := self.worst(axis)) is not None]
        return min(found, key=lambda one: one[1].gap, default=None)


def newest_scores(viewer: Viewer, groups: Iterable[int], until: datetime) -> list[Scored]:
    """Return the newest scores of each group and source that the reader may see, as of an instant; three queries.

    Of a group in which the reader does not sit, no measure of few is told.
    """
    wanted = [one for one in groups if viewer.sees_summaries_of(one)]
    rows = Run.objects.filter(group_id__in=wanted, state=Run.State.DONE, finished_at__lte=until)
    listed = rows.exclude(delivery__state="undone").order_by("-delivery__period", "-pk")
    periods: dict[tuple[int, str], dict[str, int]] = {}
    for pk, group_id, source, period in listed.values_list("pk", "group_id", "delivery__source", "delivery__period"):
        periods.setdefault((group_id, source), {}).setdefault(period, pk)
    chosen = {key: sorted(found.items(), reverse=True)[:2] for key, found in periods.items()}
    asked = {pk: (*key, period) for key, found in chosen.items() for period, pk in found}
    measured = _measured(viewer, asked)
    return [
        Scored(
            group_id=group_id,
            source=source,
            period=found[0][0],
            now=measured.get(found[0][1], {}),
            before=measured.get(found[1][1], {}) if len(found) > 1 else {},
        )
        for (group_id, source), found in chosen.items()
    ]


def _measured(viewer: Viewer, runs: Mapping[int, tuple[int, str, str]]) -> dict[int, dict[str, Measure]]:
    """Return the measures of runs, each given with its group, source and period."""
    decided = thresholds.decided_by_groups({group_id for group_id, _, _ in runs.values()})
    standing = {
        pk: thresholds.in_force(decided.get(group_id, ()), source, thresholds.judged_on(period))
        for pk, (group_id, source, period) in runs.items()
    }
    cells: dict[int, Cells] = {}
    whole_or_foreign = Q(commune=WHOLE) | ~Q(group_id__in=viewer.groups)
    for row in Score.objects.filter(whole_or_foreign, run_id__in=list(runs)):
        measured = judged(row.measure, row.good, row.total, standing[row.run_id], row.detail)
        cells.setdefault(row.run_id, {})[(row.commune, row.measure)] = measured
    told = {pk: own if viewer.sits_in(runs[pk][0]) else without_few(own) for pk, own in cells.items()}
    return {pk: {code: one for (place, code), one in own.items() if place == WHOLE} for pk, own in told.items()}
