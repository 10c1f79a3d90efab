"""The statements that the rows of a batch make, as its contract has them: laid in the caller's own database."""

from __future__ import annotations

from datetime import date

import duckdb

from dean06.orthography import dates, sql
from dean06.sources.contract import Contract
from dean06.sources.rule import When
from dean06.sources.statement import StatementRule, predicates
from dean06.sources.types import Batch

SAID = "noi"
AHEAD = 80  # years after the data's day that a date of expiry may lie

__all__ = ["SAID", "lay"]


def lay(link: duckdb.DuckDBPyConnection, batch: Batch, contract: Contract, day: date) -> None:
    """Lay the table `noi`: (stt, place, predicate, value, said, since, until) of every statement of a batch.

    `place` is the rule's place in the contract. A value that breaks its field's pattern says nothing, nor does a row
    that was set aside.
    """
    source = f"read_parquet({sql.quoted(str(batch.parquet))})"
    columns = {str(row[0]) for row in link.execute(f"describe select * from {source}").fetchall()}
    sound = "where cach_ly is null" if "cach_ly" in columns else ""
    link.execute(f"create or replace temp view lo_noi as select * from {source} {sound}")
    lists = [
        _query(link, contract, columns, day, place)
        for place, rule in enumerate(contract.statements)
        if contract.field(rule.field).column in columns
    ]
    nothing = (
        "select null::bigint as stt, null::int as place, null::varchar as predicate, null::varchar as value,"
        " null::date as said, null::date as since, null::date as until where false"
    )
    link.execute(f"create or replace temp table {SAID} as {' union all '.join(lists) or nothing}")


def _query(link: duckdb.DuckDBPyConnection, contract: Contract, columns: set[str], day: date, place: int) -> str:
    rule = contract.statements[place]
    field = contract.field(rule.field)
    cell = f"lo_noi.{sql.identifier(field.column)}"
    text = f"nullif({sql.single_spaces(cell)}, '')"
    fits = [f"{text} is not null"]
    if field.pattern:
        fits.append(f"regexp_full_match({text}, {sql.quoted(field.pattern)})")
    fits += [f"not coalesce({_applies(contract, columns, when)}, false)" for when in rule.unless]
    told, joins = _days(link, contract, columns, day, place)
    bound = f"date '{day.isoformat()}'"
    said = f"least(coalesce({told.get(rule.said or '', 'null::date')}, {bound}), {bound})"
    since = f"coalesce({told.get(rule.since or '', 'null::date')}, {said})"
    until = f"coalesce({told.get(rule.until or '', 'null::date')}, ({said} + interval {rule.months} month)::date)"
    value = _written(rule, text)
    return (
        f"select stt, {place} as place, {sql.quoted(rule.predicate)} as predicate, {value} as value, {said} as said,"
        f" {since} as since, {until} as until from lo_noi {joins} where {' and '.join(fits)} and {value} <> ''"
    )


def _written(rule: StatementRule, text: str) -> str:
    """Return SQL for a value written so that the same thing is the same text."""
    match predicates()[rule.predicate].form:
        case "phone":
            digits = sql.replaced(text, "[^0-9]")  # a number without its zero may begin with 84 too: its length tells
            abroad = f"starts_with({digits}, '84') and length({digits}) in (11, 12)"
            bare = f"case when {abroad} then substr({digits}, 3) else ltrim({digits}, '0') end"
            return f"case when {digits} = '' then '' else '0' || {bare} end"
        case "email":
            return f"case when contains({text}, '@') then lower({sql.replaced(text, '[ ]')}) else '' end"
        case "serial":
            return f"upper({sql.replaced(text, '[ :.-]')})"


def _applies(contract: Contract, columns: set[str], when: When) -> str:
    """Return SQL that says whether a condition holds; a column that a list does not have is empty."""
    column = contract.field(when.field).column
    cell = f"nullif({sql.single_spaces(f'lo_noi.{sql.identifier(column)}')}, '')" if column in columns else "null"
    if when.among:
        among = ", ".join(sql.plain(sql.quoted(one)) for one in when.among)
        return f"{sql.plain(f'{cell}::varchar')} in ({among})"
    return f"{cell} is {'not ' if when.filled else ''}null"


def _days(
    link: duckdb.DuckDBPyConnection, contract: Contract, columns: set[str], day: date, place: int
) -> tuple[dict[str, str], str]:
    """Read the dates that a rule names, once a distinct text; give each field's SQL, and what joins them.

    A date that is not known to the day bounds nothing.
    """
    told, joins = {}, []
    for number, name in enumerate(contract.statements[place].days):
        column = contract.field(name).column
        if column not in columns:
            continue
        table, cell = f"ngay_{place}_{number}", sql.identifier(column)
        spelt = f"select distinct {cell} as raw from lo_noi where {cell} is not null"
        read = dates.parsed(spelt, order=contract.dates.order, newest=day.year, ahead=AHEAD)
        whole = "dob % 100 > 0 and dob // 100 % 100 > 0 and not odd"
        link.execute(
            f"create or replace temp table {table} as select raw, case when {whole} then"
            f" make_date(dob // 10000, dob // 100 % 100, dob % 100) end as ngay from ({read})"
        )
        told[name] = f"{table}.ngay"
        joins.append(f"left join {table} on {table}.raw = lo_noi.{cell}")
    return told, " ".join(joins)
