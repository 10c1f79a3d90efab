"""The profile of a delivery: what each column holds, as counts, shapes and spans; no value of a person is in it.

A shape is how a cell is written (9 for a digit, a for a letter, both with how often they follow each other); a code is
told only where the contract lists it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dean06.orthography import dates, sql
from dean06.sources.checking import AHEAD
from dean06.sources.contract import Contract, FieldRule, FieldType
from dean06.sources.store import connect
from dean06.sources.types import Batch, ColumnProfile, Profile

SHAPES = 6
_SHAPED = frozenset({FieldType.CODE, FieldType.DATE, FieldType.NUMBER})

__all__ = ["profile", "read"]


def profile(batch: Batch, contract: Contract, day: date, out: Path) -> Profile:
    """Look through every column the contract knows; the profile is kept as JSON at `out`."""
    with connect(out.parent) as db:
        db.execute(f"create view lo as select * from read_parquet({sql.quoted(str(batch.parquet))})")
        names = {str(row[0]) for row in db.execute("describe lo").fetchall()}
        known = [one for one in contract.own_fields if one.column in names]
        made = Profile(rows=batch.rows, columns=tuple(_column(db, contract, one, day) for one in known))
    draft = out.with_suffix(".part")
    draft.write_text(json.dumps(asdict(made), ensure_ascii=False), encoding="utf-8")
    draft.replace(out)
    return made


def read(path: Path) -> Profile | None:
    """Return a profile that was kept; None where there is none."""
    if not path.exists():
        return None
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    columns = (ColumnProfile(**{**one, "lengths": tuple(one["lengths"])}) for one in told["columns"])
    return Profile(rows=told["rows"], columns=tuple(columns))


def _column(db: duckdb.DuckDBPyConnection, contract: Contract, one: FieldRule, day: date) -> ColumnProfile:
    name = sql.identifier(one.column)
    db.execute(
        f"""create or replace temp table cot as select {name} as raw, count(*) as n from lo
            where {name} is not null group by 1"""
    )
    told = db.execute(
        """select coalesce(sum(n), 0), count(*), coalesce(min(length(raw)), 0),
             coalesce(quantile_disc(length(raw), 0.5), 0), coalesce(max(length(raw)), 0) from cot"""
    ).fetchall()[0]
    return ColumnProfile(
        field=one.code,
        filled=int(told[0]),
        distinct=int(told[1]),
        shapes=_shapes(db) if one.type in _SHAPED else {},
        lengths=(int(told[2]), int(told[3]), int(told[4])),
        years=_years(db, contract, day) if one.type is FieldType.DATE else {},
        codes=_codes(db, contract.spellings(one, day)),
    )


def _counted(db: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()) -> dict[str, int]:
    return {str(key): int(count) for key, count in db.execute(query, list(values)).fetchall()}


def _shapes(db: duckdb.DuckDBPyConnection) -> dict[str, int]:
    lettered = sql.replaced("raw", "[^0-9 ./,:+_-]", "a")
    bare = sql.replaced(lettered, "[0-9]", "9")
    return _counted(db, f"select {bare} as shape, sum(n) from cot group by 1 order by 2 desc, 1 limit {SHAPES}")


def _years(db: duckdb.DuckDBPyConnection, contract: Contract, day: date) -> dict[str, int]:
    read_days = dates.parsed("select raw from cot", order=contract.dates.order, newest=day.year, ahead=AHEAD)
    return _counted(
        db,
        f"""select dob // 10000, sum(n) from ({read_days}) join cot using (raw) where dob is not null
            group by 1 order by 1""",
    )


def _codes(db: duckdb.DuckDBPyConnection, listed: Mapping[str, str]) -> dict[str, int]:
    if not listed:
        return {}
    plain = sql.plain("raw")
    return _counted(
        db,
        f"""with known as (select {plain} as p, any_value(code) as code from (select unnest($1::varchar[]) as raw,
              unnest($2::varchar[]) as code) group by 1)
            select coalesce(code, ''), sum(n) from cot left join known on {plain} = p group by 1 order by 2 desc, 1""",
        [list(listed), list(listed.values())],
    )
