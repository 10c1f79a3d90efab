"""The scorecard: measures A/B on four axes, by commune, from one run; the worst axis decides."""

from __future__ import annotations

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
from dean06.reconcile.models import Run, Score
from dean06.reconcile.service import measuring, runs
from dean06.reconcile.types import Measure
from dean06.reconcile.wilson import interval
from dean06.sources import service as sources
from dean06.sources.types import DeliveryInfo

__all__ = [
    "AXES",
    "Axis",
    "MeasureInfo",
    "axis_of",
    "by_commune",
    "for_work",
    "measure_of_axis",
    "measures",
    "of_run",
    "record",
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
    """A measure as the table of measures has it."""

    code: str
    axis: str
    target: float | None
    vi: str
    en: str


@lru_cache(maxsize=1)
def _table() -> Mapping[str, list[Mapping[str, str]]]:
    text = resources.files("dean06.reconcile").joinpath("measures.yaml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


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
    day = sources.contract_of_delivery(delivery.id).cadence.day
    bound = date(year + month // 12, month % 12 + 1, day)
    return delivery.received_at.astimezone(clock.TZ).date() <= bound


def _measure(row: Score) -> Measure:
    low, high = interval(row.good, row.total)
    return Measure(
        code=row.measure, good=row.good, total=row.total, low=low, high=high, target=measures()[row.measure].target
    )


def of_run(viewer: Viewer, run_id: int) -> dict[str, Measure]:
    """Return the measures of a run for the whole territory, to those who sit in its group or above it."""
    return for_work(run_id) if viewer.sees_summaries_of(runs.for_work(run_id).group_id) else {}


def for_work(run_id: int) -> dict[str, Measure]:
    """Return the measures of a run for the rooms above, which filter by their own viewer."""
    return {row.measure: _measure(row) for row in Score.objects.filter(run_id=run_id, commune=measuring.WHOLE)}


def by_commune(viewer: Viewer, run_id: int) -> dict[str, dict[str, Measure]]:
    """Return the measures of a run by commune."""
    run = runs.for_work(run_id)
    if not viewer.sees_summaries_of(run.group_id):
        return {}
    found: dict[str, dict[str, Measure]] = {}
    for row in Score.objects.filter(run_id=run_id).exclude(commune=measuring.WHOLE).order_by("commune"):
        found.setdefault(row.commune, {})[row.measure] = _measure(row)
    return found


def measure_of_axis(measured: Mapping[str, Measure], axis: Axis) -> Measure | None:
    """Return the measure that decides an axis: the one furthest below its threshold; None when nothing was measured."""
    there = [measured[code] for code in axis.measures if code in measured and measured[code].decides]
    return min(there, key=lambda one: one.gap, default=None)
