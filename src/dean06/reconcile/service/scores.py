"""The first scorecard: eight measures A/B on four axes, by commune, from one run; the worst axis decides."""

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
from dean06.orthography import sql as writing
from dean06.places import service as places
from dean06.population import service as population
from dean06.reconcile.models import Run, Score
from dean06.reconcile.service import contradictions, runs
from dean06.reconcile.service.opening import opened
from dean06.reconcile.types import Measure, RunInfo
from dean06.reconcile.wilson import interval
from dean06.sources import live as contracts
from dean06.sources import service as sources
from dean06.sources.types import Batch, DeliveryInfo

WHOLE = ""
ELSEWHERE = "-"
COMPARED = {"so_dinh_danh": ("so_cccd", "so_giay_to"), "ho_ten": ("ho_ten",), "ngay_sinh": ("ngay_sinh",)} | {
    "gioi_tinh": ("gioi_tinh",),
    "noi_o": ("ma_xa",),
}
NAMED = "ket_qua not in ('NGHI_VAN', 'KHONG_TIM_THAY', 'SAI_DINH_DANG')"

__all__ = ["AXES", "Axis", "axis_of", "by_commune", "for_work", "measure_of_axis", "measures", "of_run", "record"]


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
    target: float
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
            code=row["code"], axis=row["axis"], target=float(row["target"]), vi=row["vi"], en=row["en"]
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


def _structure(number: str, sex: str, year: str) -> str:
    """Return SQL: a twelve-digit number whose province, sex and century digits may stand (Decree 137/2015, art. 13).

    A disagreement is a doubt to look at, never a ground to refuse a person.
    """
    century = f"try_cast(substr({number}, 4, 1) as int)"
    agrees_year = f"({year} is null or right({year}, 2) = substr({number}, 5, 2))"
    agrees_sex = f"({sex} is null or ({century} % 2 = 0) = (lower({sex}) = 'nam') or lower({sex}) not in ('nam', 'nữ'))"
    return (
        f"length({number}) = 12 and substr({number}, 1, 3) between '001' and '096' and {agrees_year} and {agrees_sex}"
    )


def _against_rules(run: RunInfo) -> str:
    """Return a query of the rows (stt) that break a rule which the source's contract spells out; empty where none."""
    checked, path = sources.examined_for_work(run.delivery_id), sources.broken_file(run.delivery_id)
    own = {rule.code for rule in contracts.contract(run.source).rules}
    tested = sorted({one.rule for one in checked.rules if one.rule in own}) if checked else []
    if path is None or not tested:
        return ""
    listed = ", ".join(f"'{code}'" for code in tested)
    return f"select distinct stt from read_parquet({writing.quoted(str(path))}) where luat in ({listed})"


def _columns(batch: Batch, as_of: date) -> dict[str, tuple[str, str]]:
    """Return SQL (good, total) of each measure that this batch can be measured by."""

    def has(role: str) -> bool:
        return role in batch.roles

    number = next((f"b.{role}" for role in ("so_cccd", "so_giay_to") if has(role)), "")
    found: dict[str, tuple[str, str]] = {}
    if number:
        digits = f"lpad(regexp_replace({number}, '[^0-9]', '', 'g'), 12, '0')"
        long_enough = f"coalesce(length(regexp_replace({number}, '[^0-9]', '', 'g')) >= 10, false)"
        sex = "b.gioi_tinh" if has("gioi_tinh") else "null::varchar"
        year = "nullif(regexp_extract(b.ngay_sinh, '[0-9]{4}'), '')" if has("ngay_sinh") else "null::varchar"
        found["D1"] = (f"{long_enough} and {_structure(digits, sex, year)}", long_enough)
    found["D2"] = _compared(batch)
    required = [field.column for field in contracts.contract(batch.contract_id).fields if field.required]
    cells = [column for column in dict.fromkeys(required) if has(column)]
    if cells:
        found["C1"] = (" + ".join(f"(b.{cell} is not null)::int" for cell in cells), str(len(cells)))
    found["C3"] = (NAMED, "true")
    found["S1"] = ("ket_qua <> 'TRUNG'", "true")
    if has("ma_xa"):
        known = ", ".join(f"'{unit.code}'" for unit in places.catalogue(as_of))
        found["S4"] = (f"coalesce(b.ma_xa in ({known}), false)", "b.ma_xa is not null")
    if has("ho_ten") and (origin := batch.role_columns.get("ho_ten")):
        given = ", ".join(f'b."{column}"' for column in origin)
        found["S5"] = (f"coalesce(trim(concat_ws(' ', {given})) = b.ho_ten, false)", "b.ho_ten is not null")
    return found


def _compared(batch: Batch) -> tuple[str, str]:
    present = {
        field: f"({' or '.join(f'b.{role} is not null' for role in roles if role in batch.roles)})"
        for field, roles in COMPARED.items()
        if any(role in batch.roles for role in roles)
    }
    wrong = "string_split(coalesce(r.sai_truong, ''), ';')"
    good = " + ".join(f"({there} and not list_contains({wrong}, '{field}'))::int" for field, there in present.items())
    total = " + ".join(f"{there}::int" for there in present.values())
    return f"case when {NAMED} then {good} else 0 end", f"case when {NAMED} then {total} else 0 end"


def _measured(run: RunInfo, batch: Batch) -> list[tuple[str, str, int, int]]:
    register = population.register(run.register_id)
    columns, against = _columns(batch, register.as_of), _against_rules(run)
    if against:
        sound = "b.cach_ly is null" if batch.quarantined else "true"
        columns["S2"] = (f"{sound} and stt not in ({against})", sound)
    with opened(batch.parquet) as link:
        if across := contradictions.measured(link, run):
            columns["S3"] = across
        sums = ", ".join(
            f"coalesce(sum(({good})::int), 0) as {code}_a, coalesce(sum(({total})::int), 0) as {code}_b"
            for code, (good, total) in columns.items()
        )
        for name, path in (("k", run.result), ("b", batch.parquet), ("g", register.directory / "register.parquet")):
            link.execute(f"create view {name} as select * from read_parquet({writing.quoted(str(path))})")
        rows = link.execute(
            f"""select grouping(xa) = 1 as whole, coalesce(xa, '') as xa, {sums} from (
                  select r.*, coalesce(g.thuong_tru_xa, {"b.ma_xa" if "ma_xa" in batch.roles else "null"}) as xa
                  from (select (row_number() over ()) - 1 as stt, * from k) r
                  left join g on g.so_dinh_danh = r.so_dinh_danh
                  {"join b using (stt)" if "ma_xa" in batch.roles else ""}) r
                join b using (stt) group by grouping sets ((xa), ())"""
        ).fetchall()
    found = []
    for whole, commune, *counts in rows:
        for place, code in enumerate(columns):
            where = WHOLE if whole else str(commune) or ELSEWHERE
            found.append((where, code, int(counts[2 * place]), int(counts[2 * place + 1])))
    return found


def record(run_id: int) -> None:
    """Measure a finished run and keep its scores; measuring again replaces them."""
    run = runs.for_work(run_id)
    batch = sources.batch(run.delivery_id)
    known = {unit.code for unit in places.catalogue(population.register(run.register_id).as_of)}
    rows: dict[tuple[str, str], tuple[int, int]] = {}
    for commune, code, good, total in _measured(run, batch):
        if commune == WHOLE or commune in known:
            rows[(commune, code)] = (good, total)
    timely = _in_time(sources.delivery_for_work(run.delivery_id))
    rows[(WHOLE, "L1")] = (int(timely), 1)
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
    return {row.measure: _measure(row) for row in Score.objects.filter(run_id=run_id, commune=WHOLE)}


def by_commune(viewer: Viewer, run_id: int) -> dict[str, dict[str, Measure]]:
    """Return the measures of a run by commune."""
    run = runs.for_work(run_id)
    if not viewer.sees_summaries_of(run.group_id):
        return {}
    found: dict[str, dict[str, Measure]] = {}
    for row in Score.objects.filter(run_id=run_id).exclude(commune=WHOLE).order_by("commune"):
        found.setdefault(row.commune, {})[row.measure] = _measure(row)
    return found


def measure_of_axis(measured: Mapping[str, Measure], axis: Axis) -> Measure | None:
    """Return the measure that decides an axis: the one furthest below its threshold; None when nothing was measured."""
    there = [measured[code] for code in axis.measures if code in measured and measured[code].share is not None]
    return min(there, key=lambda one: (one.share or 0.0) - one.target, default=None)
