"""The picture of a group's scores: every source and commune of one month on one axis, and a year of each source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dean06.offices.types import Viewer
from dean06.reconcile.models import Run, Score
from dean06.reconcile.service import thresholds
from dean06.reconcile.service.scores import judged, measures, without_few
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
    asked = _Asked(viewer, group_id, {pk: (source, period) for source, pk in found.items()})
    return Month(period=period, runs=found, cells=_worst(asked, codes))


def trends(viewer: Viewer, group_id: int, until: str, codes: Sequence[str]) -> dict[str, list[tuple[str, Measure]]]:
    """Return, for each source, its last twelve months up to one: what decided the whole list in each."""
    known = _newest(viewer, group_id)
    last = [period for period in sorted(known) if period <= until][-YEAR:]
    runs = {pk: (source, period) for period in last for source, pk in known[period].items()}
    cells = _worst(_Asked(viewer, group_id, runs), codes, whole=True)
    found: dict[str, list[tuple[str, Measure]]] = {}
    for period in last:
        for source, pk in known[period].items():
            if (one := cells.get((pk, WHOLE))) is not None:
                found.setdefault(source, []).append((period, one))
    return found


class _Asked:
    """Runs by number with their source and period, the thresholds each is judged by, and whether cells of few show."""

    def __init__(self, viewer: Viewer, group_id: int, runs: Mapping[int, tuple[str, str]]) -> None:
        self.runs = runs
        self.open = viewer.sits_in(group_id)
        known = thresholds.decided(group_id)
        self.decided = {
            pk: thresholds.in_force(known, source, thresholds.judged_on(period))
            for pk, (source, period) in runs.items()
        }

    def target(self, run_id: int, code: str) -> float | None:
        """Return what a measure of a run must reach."""
        own = self.decided[run_id].get(code)
        return float(own.value) if own is not None and own.value is not None else measures()[code].target


def _worst(asked: _Asked, codes: Sequence[str], *, whole: bool = False) -> dict[Key, Measure]:
    """Return for each run and commune the measure that decides; where none has a threshold, the first measured.

    Whoever sits above the group is told no cell of few, and none that would give one away.
    """
    if not asked.open:
        return _told(asked, codes, whole=whole)
    known = measures()
    chosen: dict[Key, tuple[tuple[bool, float], str, Count]] = {}
    for key, code, count in _rows(list(asked.runs), codes, whole=whole):
        good, total, _ = count
        target = asked.target(key[0], code)
        if target is None:
            rank = (True, float(codes.index(code)))
        else:
            exact = known[code].by_low and not count[2]
            rank = (False, (interval(good, total)[0] if exact else good / total) - target)
        if key not in chosen or rank < chosen[key][0]:
            chosen[key] = (rank, code, count)
    return {key: _judged(asked, key, code, count) for key, (_, code, count) in chosen.items()}


def _judged(asked: _Asked, key: Key, code: str, count: Count) -> Measure:
    good, total, detail = count
    return judged(code, good, total, asked.decided[key[0]], detail)


def _told(asked: _Asked, codes: Sequence[str], *, whole: bool) -> dict[Key, Measure]:
    cells: dict[int, dict[tuple[str, str], Measure]] = {pk: {} for pk in asked.runs}
    for key, code, count in _rows(list(asked.runs), codes, whole=False):
        cells[key[0]][key[1], code] = _judged(asked, key, code, count)
    found: dict[Key, list[Measure]] = {}
    for pk, own in cells.items():
        for (commune, _), one in without_few(own).items():
            if commune == WHOLE or not whole:
                found.setdefault((pk, commune), []).append(one)
    order = {code: place for place, code in enumerate(codes)}
    return {key: min(there, key=lambda one: _rank(one, order)) for key, there in found.items()}


def _rank(one: Measure, order: Mapping[str, int]) -> tuple[bool, bool, float]:
    """Put what is told before what is hidden, then what decides, the furthest below its threshold first."""
    return one.hidden, not one.decides, one.gap if one.decides else float(order[one.code])


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
