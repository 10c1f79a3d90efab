"""The picture of a group's scores: every source and commune of one month on one axis, and a year of each source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dean06.offices.types import Viewer
from dean06.reconcile.models import Run, Score
from dean06.reconcile.service.scores import judged, measures
from dean06.reconcile.types import WHOLE, Measure
from dean06.reconcile.wilson import interval

YEAR = 12

__all__ = ["Month", "month", "periods", "trends"]

Key = tuple[int, str]  # a run and a commune
Count = tuple[int, int, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The newest runs of a month by source, and what decides each commune of each on the measures asked for."""

    period: str
    runs: Mapping[str, int]
    cells: Mapping[Key, Measure]

    @property
    def communes(self) -> list[str]:
        """Return the communes that any list of the month speaks of."""
        return sorted({commune for _, commune in self.cells if commune != WHOLE})

    def cell(self, source: str, commune: str) -> Measure | None:
        """Return what decides a commune in a source; None where nothing was measured."""
        return self.cells.get((self.runs[source], commune))


def _newest(viewer: Viewer, group_id: int) -> dict[str, dict[str, int]]:
    """Return the newest finished run of each source by period, those of deliveries taken back left out."""
    if not viewer.sees_summaries_of(group_id):
        return {}
    rows = Run.objects.filter(group_id=group_id, state=Run.State.DONE).exclude(delivery__state="undone").order_by("pk")
    found: dict[str, dict[str, int]] = {}
    for pk, source, period in rows.values_list("pk", "delivery__source", "delivery__period"):
        found.setdefault(period, {})[source] = pk
    return found


def periods(viewer: Viewer, group_id: int) -> list[str]:
    """Return the months in which the group has a finished run, the newest first."""
    return sorted(_newest(viewer, group_id), reverse=True)


def month(viewer: Viewer, group_id: int, period: str, codes: Sequence[str]) -> Month:
    """Return one month of a group on some measures: in each cell the one furthest below its threshold."""
    found = _newest(viewer, group_id).get(period, {})
    return Month(period=period, runs=found, cells=_worst(found.values(), codes))


def trends(viewer: Viewer, group_id: int, until: str, codes: Sequence[str]) -> dict[str, list[tuple[str, Measure]]]:
    """Return, for each source, its last twelve months up to one: what decided the whole list in each."""
    known = _newest(viewer, group_id)
    last = [period for period in sorted(known) if period <= until][-YEAR:]
    runs = [pk for period in last for pk in known[period].values()]
    cells = _worst(runs, codes, whole=True)
    found: dict[str, list[tuple[str, Measure]]] = {}
    for period in last:
        for source, pk in known[period].items():
            if (one := cells.get((pk, WHOLE))) is not None:
                found.setdefault(source, []).append((period, one))
    return found


def _worst(runs: Iterable[int], codes: Sequence[str], *, whole: bool = False) -> dict[Key, Measure]:
    """Return for each run and commune the measure that decides; where none has a threshold, the first measured."""
    known = measures()
    chosen: dict[Key, tuple[tuple[bool, float], str, Count]] = {}
    for key, code, count in _rows(list(runs), codes, whole=whole):
        good, total, _ = count
        info = known[code]
        if info.target is None:
            rank = (True, float(codes.index(code)))
        else:
            exact = info.by_low and not count[2]
            rank = (False, (interval(good, total)[0] if exact else good / total) - info.target)
        if key not in chosen or rank < chosen[key][0]:
            chosen[key] = (rank, code, count)
    return {key: judged(code, *count) for key, (_, code, count) in chosen.items()}


def _rows(runs: list[int], codes: Sequence[str], *, whole: bool) -> Iterable[tuple[Key, str, Count]]:
    """Yield the scores of runs; what a sample said comes with its detail, which the many others do without."""
    rows = Score.objects.filter(run_id__in=runs, total__gt=0)
    rows = rows.filter(commune=WHOLE) if whole else rows
    detailed = [code for code in codes if measures()[code].by_low]
    plain = [code for code in codes if code not in detailed]
    listed = rows.filter(measure__in=plain).values_list("run_id", "commune", "measure", "good", "total")
    for run_id, commune, code, good, total in listed.iterator(chunk_size=5000):
        yield (run_id, commune), code, (good, total, {})
    if detailed:
        more = rows.filter(measure__in=detailed).values_list("run_id", "commune", "measure", "good", "total", "detail")
        for run_id, commune, code, good, total, detail in more:
            yield (run_id, commune), code, (good, total, detail)
