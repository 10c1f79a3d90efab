"""The scorecard: measures A/B on four axes, by commune, from one run; the worst axis decides."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from django.db import transaction
from ruamel.yaml import YAML

from dean06.clock import service as clock
from dean06.offices.types import Viewer
from dean06.places import service as places
from dean06.population import service as population
from dean06.reconcile import disclosure
from dean06.reconcile.disclosure import Cells
from dean06.reconcile.models import Run, Score
from dean06.reconcile.service import measuring, runs, thresholds
from dean06.reconcile.types import Measure, ThresholdInfo
from dean06.reconcile.wilson import interval
from dean06.sources import live as contracts
from dean06.sources import service as sources
from dean06.sources.types import DeliveryInfo

__all__ = [
    "AXES",
    "Axis",
    "MeasureInfo",
    "axis_of",
    "by_commune",
    "for_work",
    "judged",
    "measure_of_axis",
    "measures",
    "of_run",
    "record",
    "table_sha256",
    "without_few",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One of the four: its code, words, and measures."""

    code: str
    vi: str
    en: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureInfo:
    """A measure as the table of measures has it; `target` is the threshold until a group decides its own.

    `counts` is `records` where it counts every record once, `deliveries` where it counts no people; `standard` names
    the characteristic of ISO/IEC 25012.
    """

    code: str
    axis: str
    target: float | None
    vi: str
    en: str
    counts: str = ""
    standard: str = ""


def _bytes() -> bytes:
    return resources.files("dean06.reconcile").joinpath("measures.yaml").read_bytes()


@lru_cache(maxsize=1)
def _table() -> Mapping[str, list[Mapping[str, str]]]:
    return dict(YAML(typ="safe", pure=True).load(_bytes().decode()))


@lru_cache(maxsize=1)
def table_sha256() -> str:
    """Return the SHA-256 (hex) of the shipped table of measures, by which a frozen month names it."""
    return hashlib.sha256(_bytes()).hexdigest()


@lru_cache(maxsize=1)
def measures() -> dict[str, MeasureInfo]:
    """Return the measures by code, with their starting thresholds."""
    return {
        row["code"]: MeasureInfo(
            code=row["code"],
            axis=row["axis"],
            target=float(row["target"]) if "target" in row else None,
            vi=row["vi"],
            en=row["en"],
            counts=row.get("counts", ""),
            standard=row["standard"],
        )
        for row in _table()["measures"]
    }


def _axes() -> tuple[Axis, ...]:
    return tuple(
        Axis(
            code=row["code"],
            vi=row["vi"],
            en=row["en"],
            measures=tuple(one.code for one in measures().values() if one.axis == row["code"]),
        )
        for row in _table()["axes"]
    )


AXES = _axes()


def axis_of(measure: str) -> str:
    """Return the axis a measure belongs to."""
    return measures()[measure].axis


def record(run_id: int) -> None:
    """Measure a finished run and keep its scores; measuring again replaces them."""
    run = runs.for_work(run_id)
    batch = sources.batch(run.delivery_id)
    known = {unit.code for unit in places.catalogue(population.register(run.register_id).as_of)}
    rows: dict[tuple[str, str], tuple[int, int]] = {}
    for commune, code, good, total in measuring.measured(run, batch):
        if commune == measuring.WHOLE or commune in known:
            rows[(commune, code)] = (good, total)
    timely = _in_time(sources.delivery_for_work(run.delivery_id))
    rows[(measuring.WHOLE, "L1")] = (int(timely), 1)
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run_id)  # two hands measuring at once write one set of scores
        Score.objects.filter(run_id=run_id).delete()
        Score.objects.bulk_create(
            Score(group_id=run.group_id, run_id=run_id, commune=commune, measure=code, good=good, total=total)
            for (commune, code), (good, total) in rows.items()
        )


def _in_time(delivery: DeliveryInfo) -> bool:
    """Say whether a period's list came by the agreed day of the month after it."""
    year, month = (int(part) for part in delivery.period.split("-"))
    day = contracts.contract(delivery.source).cadence.day
    bound = date(year + month // 12, month % 12 + 1, day)
    return delivery.received_at.astimezone(clock.TZ).date() <= bound


def judged(code: str, good: int, total: int, decided: Mapping[str, ThresholdInfo]) -> Measure:
    """Return a measure with its interval, judged by the group's decision where there is one, else by the starting."""
    (low, high), own = interval(good, total), decided.get(code)
    target = float(own.value) if own is not None and own.value is not None else measures()[code].target
    return Measure(code=code, good=good, total=total, low=low, high=high, target=target, decided=own)


def _cells(run_id: int, **where: str) -> Cells:
    """Return the measures of a run by commune and code, judged by the thresholds of its period."""
    asked = Score.objects.filter(run_id=run_id, **where).select_related("run__delivery").order_by("commune", "pk")
    if not (rows := list(asked)):
        return {}
    run = rows[0].run
    decided = thresholds.judging(run.group_id, run.delivery.source, run.delivery.period)
    return {(row.commune, row.measure): judged(row.measure, row.good, row.total, decided) for row in rows}


def without_few(cells: Cells) -> Cells:
    """Return what may be told of a run's cells to whom no row is open."""
    records = {code for code, one in measures().items() if one.counts == "records"}
    apart = {code for code, one in measures().items() if one.counts == "deliveries"}
    return disclosure.safe(cells, records=records, apart=apart)


def of_run(viewer: Viewer, run_id: int) -> dict[str, Measure]:
    """Return the measures of a run for the whole territory, to those who sit in its group or above it."""
    group_id = runs.for_work(run_id).group_id
    if not viewer.sees_summaries_of(group_id):
        return {}
    if viewer.sits_in(group_id):
        return for_work(run_id)
    told = without_few(_cells(run_id))
    return {code: one for (commune, code), one in told.items() if commune == measuring.WHOLE}


def for_work(run_id: int) -> dict[str, Measure]:
    """Return the measures of a run for the rooms above, which filter by their own viewer."""
    return {code: one for (_, code), one in _cells(run_id, commune=measuring.WHOLE).items()}


def by_commune(viewer: Viewer, run_id: int) -> dict[str, dict[str, Measure]]:
    """Return the measures of a run by commune; whoever sits above its group is told no cell of few."""
    group_id = runs.for_work(run_id).group_id
    if not viewer.sees_summaries_of(group_id):
        return {}
    cells = _cells(run_id)
    found: dict[str, dict[str, Measure]] = {}
    for (commune, code), one in (cells if viewer.sits_in(group_id) else without_few(cells)).items():
        if commune != measuring.WHOLE:
            found.setdefault(commune, {})[code] = one
    return found


def measure_of_axis(measured: Mapping[str, Measure], axis: Axis) -> Measure | None:
    """Return the measure that decides an axis: the one furthest below its threshold; None when nothing was measured."""
    there = [measured[code] for code in axis.measures if code in measured and measured[code].decides]
    return min(there, key=lambda one: one.gap, default=None)
