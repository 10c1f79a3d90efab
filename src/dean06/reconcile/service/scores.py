"""The scorecard: measures A/B on four axes, by commune, from one run; the worst axis decides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from django.db import transaction
from ruamel.yaml import YAML

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.offices.types import Viewer
from dean06.places import service as places
from dean06.population import service as population
from dean06.reconcile import disclosure
from dean06.reconcile.disclosure import Cells
from dean06.reconcile.models import Run, Score
from dean06.reconcile.service import measuring, runs, thresholds
from dean06.reconcile.service.freshness import Lists
from dean06.reconcile.types import WHOLE, Counted, Measure, RunInfo, ThresholdInfo
from dean06.reconcile.wilson import interval
from dean06.sources import service as sources
from dean06.sources.types import DeliveryInfo

EVERY_ROW = "every_row"  # said with what people read of a list whole: then nothing is left to chance

__all__ = [
    "AXES",
    "CRITERIA",
    "EVERY_ROW",
    "Axis",
    "MeasureInfo",
    "axis_of",
    "by_commune",
    "for_work",
    "give",
    "given_by",
    "judged",
    "lists_of",
    "measure_of_axis",
    "measures",
    "of_run",
    "record",
    "sample_of",
    "table_sha256",
    "without_few",
]


NONE: Mapping[str, ThresholdInfo] = MappingProxyType({})
OF_RUN = ("run__group_id", "run__delivery__source", "run__delivery__period")


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One of the four, or of the two criteria beside them: its code, words, and measures."""

    code: str
    vi: str
    en: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureInfo:
    """A measure as the table of measures has it; `target` is the threshold until a group decides its own.

    `counts` is `records` where it counts every record once, `deliveries` where it counts no people; `standard` names
    the characteristic of ISO/IEC 25012; `source` says who counts it where a run does not.
    """

    code: str
    axis: str
    target: float | None
    vi: str
    en: str
    by_low: bool = False
    within: int | None = None
    source: str = ""
    counts: str = ""
    standard: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRule:
    """How a kind of sample is drawn: how many rows, for which measure, if any, and how often."""

    size: int
    every: str
    measure: str = ""


def _bytes() -> bytes:
    return resources.files("dean06.reconcile").joinpath("measures.yaml").read_bytes()


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    return dict(YAML(typ="safe", pure=True).load(_bytes().decode()))


@lru_cache(maxsize=1)
def table_sha256() -> str:
    """Return the SHA-256 (hex) of the shipped table of measures, by which a frozen month names it."""
    return hashlib.sha256(_bytes()).hexdigest()


def sample_of(kind: str) -> SampleRule:
    """Return how a kind of sample is drawn."""
    told = _table()["samples"].get(kind)
    if told is None:
        raise BadInput("Không có loại mẫu này.", "There is no such kind of sample.")
    return SampleRule(size=int(told["size"]), measure=told.get("measure", ""), every=str(told["every"]))


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
            by_low=row.get("bound") == "low",
            within=int(row["within"]) if "within" in row else None,
            source=row.get("from", ""),
            counts=row.get("counts", ""),
            standard=row["standard"],
        )
        for row in _table()["measures"]
    }


def _axes(part: str) -> tuple[Axis, ...]:
    return tuple(
        Axis(
            code=row["code"],
            vi=row["vi"],
            en=row["en"],
            measures=tuple(one.code for one in measures().values() if one.axis == row["code"]),
        )
        for row in _table()[part]
    )


AXES = _axes("axes")
CRITERIA = _axes("criteria")


def axis_of(measure: str) -> str:
    """Return the axis a measure belongs to."""
    return measures()[measure].axis


def lists_of(run: RunInfo) -> Lists:
    """Return a run's delivery as its currentness is judged."""
    delivery = sources.delivery_for_work(run.delivery_id)
    return Lists(
        batch=sources.batch(run.delivery_id),
        contract=sources.contract_of_delivery(run.delivery_id),
        period=run.period,
        day=delivery.received_at.astimezone(clock.TZ).date(),
        within=measures()["L2"].within or 0,
    )


def record(run_id: int) -> None:
    """Measure a finished run and keep its scores; measuring again replaces them, but not what others counted."""
    run = runs.for_work(run_id)
    known = {unit.code for unit in places.catalogue(population.register(run.register_id).as_of)}
    found = list(measuring.measured(run, lists_of(run)))
    timely = _in_time(sources.delivery_for_work(run.delivery_id))
    found.append(Counted(commune=WHOLE, code="L1", good=int(timely), total=1))
    counted = {(one.commune, one.code): one for one in found if one.commune == WHOLE or one.commune in known}
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run_id)  # two hands measuring at once write one set of scores
        Score.objects.filter(run_id=run_id).exclude(measure__in=given_by()).delete()
        Score.objects.bulk_create(_score(run, one) for one in counted.values())


def given_by(source: str = "") -> list[str]:
    """Return the measures that somebody else counts for a run: one source's, or all."""
    return [one.code for one in measures().values() if one.source and source in {"", one.source}]


def give(run_id: int, code: str, counted: Iterable[Counted]) -> None:
    """Keep what others counted of a run under one measure that is theirs; once more replaces it."""
    if code not in given_by():
        raise ValueError(f"{code} is measured by the run itself")
    run = runs.for_work(run_id)
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run_id)
        Score.objects.filter(run_id=run_id, measure=code).delete()
        Score.objects.bulk_create(_score(run, one) for one in counted if one.total)


def _score(run: RunInfo, one: Counted) -> Score:
    return Score(
        group_id=run.group_id,
        run_id=run.id,
        commune=one.commune,
        measure=one.code,
        good=one.good,
        total=one.total,
        detail=dict(one.detail),
    )


def _in_time(delivery: DeliveryInfo) -> bool:
    """Say whether a period's list came by the agreed day of the month after it."""
    year, month = (int(part) for part in delivery.period.split("-"))
    day = sources.contract_of_delivery(delivery.id).cadence.day
    bound = date(year + month // 12, month % 12 + 1, day)
    return delivery.received_at.astimezone(clock.TZ).date() <= bound


def judged(
    code: str,
    good: int,
    total: int,
    decided: Mapping[str, ThresholdInfo] = NONE,
    detail: Mapping[str, int] | None = None,
) -> Measure:
    """Return a count A/B with its interval, judged by the group's decision where there is one, else by the starting."""
    (low, high), own, info = interval(good, total), decided.get(code), measures()[code]
    return Measure(
        code=code,
        good=good,
        total=total,
        low=low,
        high=high,
        target=float(own.value) if own is not None and own.value is not None else info.target,
        decided=own,
        by_low=info.by_low and EVERY_ROW not in (detail or {}),
        detail=detail or {},
    )


def _cells(run_id: int, **where: str) -> Cells:
    """Return the measures of a run by commune and code, judged by the thresholds of its period."""
    # Columns alone: a province has thousands of cells, and each would bring its run and delivery along.
    asked = Score.objects.filter(run_id=run_id, **where).order_by("commune", "pk")
    rows = list(asked.values_list("commune", "measure", "good", "total", "detail", *OF_RUN))
    if not rows:
        return {}
    decided = thresholds.judging(*rows[0][-len(OF_RUN) :])
    return {
        (commune, code): judged(code, good, total, decided, detail) for commune, code, good, total, detail, *_ in rows
    }


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
    return {code: one for (commune, code), one in told.items() if commune == WHOLE}


def for_work(run_id: int) -> dict[str, Measure]:
    """Return the measures of a run for the rooms above, which filter by their own viewer."""
    return {code: one for (_, code), one in _cells(run_id, commune=WHOLE).items()}


def by_commune(viewer: Viewer, run_id: int) -> dict[str, dict[str, Measure]]:
    """Return the measures of a run by commune; whoever sits above its group is told no cell of few."""
    group_id = runs.for_work(run_id).group_id
    if not viewer.sees_summaries_of(group_id):
        return {}
    cells = _cells(run_id)
    found: dict[str, dict[str, Measure]] = {}
    for (commune, code), one in (cells if viewer.sits_in(group_id) else without_few(cells)).items():
        if commune != WHOLE:
            found.setdefault(commune, {})[code] = one
    return found


def measure_of_axis(measured: Mapping[str, Measure], axis: Axis) -> Measure | None:
    """Return the measure that decides an axis: the one furthest below its threshold; None when nothing was measured."""
    there = [measured[code] for code in axis.measures if code in measured and measured[code].decides]
    return min(there, key=lambda one: one.gap, default=None)
