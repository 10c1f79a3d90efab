"""The measures A/B that one run can be measured by, in SQL over its result, its batch and the register's snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import duckdb

from dean06.orthography import sql as writing
from dean06.places import service as places
from dean06.population import service as population
from dean06.reconcile.models import Run
from dean06.reconcile.service import agreement, contradictions, freshness, runs
from dean06.reconcile.service.freshness import Lists
from dean06.reconcile.service.opening import opened
from dean06.reconcile.types import WHOLE, Counted, RunInfo
from dean06.sources import service as sources
from dean06.sources.live import Contract
from dean06.sources.types import Batch

COMPARED = {"so_dinh_danh": ("so_cccd", "so_giay_to"), "ho_ten": ("ho_ten",), "ngay_sinh": ("ngay_sinh",)} | {
    "gioi_tinh": ("gioi_tinh",),
    "noi_o": ("ma_xa",),
}
NAMED = "r.ket_qua not in ('NGHI_VAN', 'KHONG_TIM_THAY', 'SAI_DINH_DANG')"
# What a field promises of what it holds; that it holds something is completeness, another axis.
OF_VALUES = ("sai_mau", "ngoai_danh_muc", "sai_ngay", "sai_so", "tuong_lai")

JOINED = "r join b using (stt) left join hong using (stt) left join thong_nhat using (stt)"

# Measures of which each row is good or not: what they find short can be shown row by row.
OF_ROWS = frozenset({"D1", "D2", "C1", "C2", "C3", "S1", "S2", "S3", "S4", "S5", "L2", "L3", "T1"})

__all__ = ["OF_ROWS", "measured", "places_of"]


def measured(run: RunInfo, lists: Lists) -> Iterator[Counted]:
    """Yield everything a run can be measured by, for the whole list and by commune."""
    with _laid(run, lists.batch) as link:
        as_of = population.register(run.register_id).as_of
        yield from _of_rows(run, lists, as_of, link)
        yield from _of_people(lists.contract, as_of, link)
        yield from _of_the_dead(run, link)
        yield from freshness.measured(link, lists)


def places_of(run: RunInfo, lists: Lists, measure: str, commune: str) -> list[int]:
    """Return the places of the rows that fall short of a measure (or all), of one commune or of all, in file order."""
    with _laid(run, lists.batch) as link:
        short = _short(run, lists, measure, link) if measure in OF_ROWS else "select stt from r" if not measure else ""
        if not short:
            return []
        where = "xa = $1" if commune else "$1 = ''"
        found = link.execute(f"select stt from r where {where} and stt in ({short}) order by stt", [commune]).fetchall()
    return [int(row[0]) for row in found]


def _short(run: RunInfo, lists: Lists, measure: str, link: duckdb.DuckDBPyConnection) -> str:
    match measure:
        case "L2":
            return freshness.late_rows(link, lists)
        case "L3":
            return freshness.stale_rows(link, lists)
        case _:
            as_of = population.register(run.register_id).as_of
            known = _by_row(run, lists, as_of, link, only=measure).get(measure)
            return f"select r.stt from {JOINED} where ({known[0]})::int < ({known[1]})::int" if known else ""


@contextmanager
def _laid(run: RunInfo, batch: Batch) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a run's result `k`, its delivery `b`, its register `g`; `r` is the result by place and commune."""
    register = population.register(run.register_id)
    with opened(batch.parquet) as link:
        for name, path in (("k", run.result), ("b", batch.parquet), ("g", register.directory / "register.parquet")):
            link.execute(f"create view {name} as select * from read_parquet({writing.quoted(str(path))})")
        delivered = "join b using (stt)" if "ma_xa" in batch.roles else ""
        link.execute(
            f"""create view r as select r.*, coalesce(g.thuong_tru_xa, {"b.ma_xa" if delivered else "null"}) as xa
                from (select (row_number() over ()) - 1 as stt, * from k) r
                left join g on g.so_dinh_danh = r.so_dinh_danh {delivered}"""
        )
        yield link


def _by_row(
    run: RunInfo, lists: Lists, as_of: date, link: duckdb.DuckDBPyConnection, only: str = ""
) -> dict[str, tuple[str, str]]:
    """Return SQL (good, total) on a row of each measure that is counted row by row; tables are laid on the link.

    With `only`, what other lists say is read where that measure asks for it.
    """
    _lay_broken(run, lists.contract, link)
    columns = _columns(lists.batch, lists.contract, as_of)
    for code, (good, total) in _of_rules(run, lists.batch, lists.contract).items():
        known = columns.get(code)
        columns[code] = (f"({known[0]})::int + ({good})", f"({known[1]})::int + ({total})") if known else (good, total)
    if only in {"", "S3"} and (across := contradictions.measured(link, run)):
        columns["S3"] = across
    if agreement.laid(link, run, wanted=only in {"", "T1"}):
        columns["T1"] = ("coalesce(giong, 0)", "coalesce(so_o, 0)")
    return columns


def _of_rows(run: RunInfo, lists: Lists, as_of: date, link: duckdb.DuckDBPyConnection) -> Iterator[Counted]:
    """Yield what is counted row by row."""
    columns = _by_row(run, lists, as_of, link)
    sums = ", ".join(
        f"coalesce(sum(({good})::int), 0) as {code}_a, coalesce(sum(({total})::int), 0) as {code}_b"
        for code, (good, total) in columns.items()
    )
    rows = link.execute(
        f"""select grouping(r.xa) = 1 as whole, coalesce(r.xa, '') as xa, {sums}
            from {JOINED} group by grouping sets ((r.xa), ())"""
    ).fetchall()
    for whole, commune, *counts in rows:
        for place, code in enumerate(columns):
            yield Counted.at(whole, commune, code, int(counts[2 * place]), int(counts[2 * place + 1]))


def _lay_broken(run: RunInfo, contract: Contract, link: duckdb.DuckDBPyConnection) -> None:
    """Lay `hong`: by row, how many cells break a promise of their field, and whether the row breaks a rule."""
    own = ", ".join(f"'{rule.code}'" for rule in contract.rules) or "''"
    values = ", ".join(f"'{code}'" for code in OF_VALUES)
    path = sources.broken_file(run.delivery_id)
    nothing = "(select null::bigint as stt, '' as luat, '' as truong where false)"
    told = f"read_parquet({writing.quoted(str(path))})" if path else nothing
    paused = ", ".join(writing.quoted(f"{rule} {field}") for rule, field in _paused(run)) or "''"
    link.execute(
        f"""create temp table hong as select stt, count(distinct truong) filter (where luat in ({values})) as o_hong,
              bool_or(luat in ({own})) as trai_luat
            from {told} where luat || ' ' || truong not in ({paused}) group by stt"""
    )


def _of_rules(run: RunInfo, batch: Batch, contract: Contract) -> dict[str, tuple[str, str]]:
    """Return SQL (good, total) of the measures that rest on what was checked; none where nothing was tested."""
    checked = sources.examined_for_work(run.delivery_id)
    paused = frozenset(_paused(run))
    rules = [one for one in (checked.rules if checked else ()) if (one.rule, one.field) not in paused]
    sound = "b.cach_ly is null" if batch.quarantined else "true"
    found: dict[str, tuple[str, str]] = {}
    if {one.rule for one in rules} & {rule.code for rule in contract.rules}:
        found["S2"] = (f"({sound} and not coalesce(trai_luat, false))::int", f"({sound})::int")
    promised = sorted({contract.field(one.field).column for one in rules if one.rule in OF_VALUES})
    if promised:
        filled = " + ".join(f"(b.{writing.identifier(column)} is not null)::int" for column in promised)
        kept = f"case when {sound} then {filled} - coalesce(o_hong, 0) else 0 end"
        found["D1"] = (kept, f"case when {sound} then {filled} else 0 end")
    return found


def _paused(run: RunInfo) -> tuple[tuple[str, str], ...]:
    """Return the rules that rested on the day the list came: no measure rests on them."""
    checked = sources.examined_for_work(run.delivery_id)
    return checked.paused if checked else ()


def _of_people(contract: Contract, as_of: date, link: duckdb.DuckDBPyConnection) -> Iterator[Counted]:
    """Yield C4: of the living people whom a programme is for, those the list has; age by the calendar year."""
    target = contract.target
    if target is None:
        return
    age = f"({as_of.year} - try_cast(left(ngay_sinh::varchar, 4) as int))"
    wanted = ["tinh_trang = 'song'"]
    wanted += [f"{age} >= {target.least_age}"] if target.least_age is not None else []
    wanted += [f"{age} <= {target.most_age}"] if target.most_age is not None else []
    wanted += [f"gioi_tinh = '{target.sex}'"] if target.sex else []
    rows = link.execute(
        f"""select grouping(thuong_tru_xa) = 1, coalesce(thuong_tru_xa, ''), count(*) filter (where so_dinh_danh in
              (select so_dinh_danh from k where so_dinh_danh <> '')), count(*) from g
            where {" and ".join(wanted)} group by grouping sets ((thuong_tru_xa), ())"""
    ).fetchall()
    for whole, commune, good, total in rows:
        yield Counted.at(whole, commune, "C4", int(good), int(total))


def _of_the_dead(run: RunInfo, link: duckdb.DuckDBPyConnection) -> Iterator[Counted]:
    """Yield L4: of the deaths that civil status knows of people of this list, those that the list shows."""
    before = Run.objects.select_related("delivery").filter(
        group_id=run.group_id, state=Run.State.DONE, pk__lt=run.id, delivery__source=run.source, delivery__state="read"
    )
    last = before.order_by("-pk").first()
    told = contradictions.deaths(link, run, runs.info(last) if last else None)
    if told and told[1]:
        yield Counted(commune=WHOLE, code="L4", good=told[0], total=told[1])


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


def _columns(batch: Batch, contract: Contract, as_of: date) -> dict[str, tuple[str, str]]:
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
        found["D1"] = (f"coalesce({long_enough} and {_structure(digits, sex, year)}, false)", long_enough)
    found["D2"] = _compared(batch)
    required = [field.column for field in contract.fields if field.required]
    cells = [column for column in dict.fromkeys(required) if has(column)]
    if cells:
        filled = [f"b.{writing.identifier(cell)} is not null" for cell in cells]
        found["C1"] = (" + ".join(f"({one})::int" for one in filled), str(len(cells)))
        found["C2"] = (" and ".join(filled), "true")
    found["C3"] = (NAMED, "true")
    found["S1"] = ("r.ket_qua <> 'TRUNG'", "true")
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
