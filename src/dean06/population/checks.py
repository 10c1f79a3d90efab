"""Check every row of a register before any of it is taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from dean06.orthography.sql import quoted
from dean06.population.columns import COLUMNS, DATES, REQUIRED
from dean06.population.errors import SHOWN, RegisterRefused, listed


def check(link: duckdb.DuckDBPyConnection, file: Path, as_of: date) -> int:
    """Return the number of rows of `given`, or refuse the file with each cause and its rows."""
    total = _number(link, "select count(*) from given")
    if not total:
        raise RegisterRefused(file, [("không có dòng dữ liệu nào.", "there are no rows.")])
    problems = [*_empty(link), *_shapes(link), *_days(link, as_of), *_twice(link)]
    if problems:
        raise RegisterRefused(file, problems)
    return total


def _number(link: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(link.execute(query).fetchall()[0][0])


def _found(link: duckdb.DuckDBPyConnection, where: str) -> tuple[list[int], int]:
    rows = link.execute(f"select dong from given where {where} order by dong limit {SHOWN}").fetchall()
    if not rows:
        return [], 0
    return [int(row[0]) for row in rows], _number(link, f"select count(*) from given where {where}")


def _named(link: duckdb.DuckDBPyConnection, where: str, column: str, vi: str, en: str) -> list[tuple[str, str]]:
    rows, total = _found(link, where)
    if not total:
        return []
    return [(f"cột {column} {vi}: dòng {listed(rows, total)}.", f"column {column} {en}: row {listed(rows, total)}.")]


def _empty(link: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return [
        problem
        for name in REQUIRED
        for problem in _named(link, f"{name} is null", name, "không được để trống", "must not be empty")
    ]


def _shapes(link: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return [
        problem
        for column in COLUMNS
        if column.vi
        for problem in _named(
            link, f"not regexp_full_match({column.name}, {quoted(column.pattern)})", column.name, column.vi, column.en
        )
    ]


_DAY = "try_cast({name} || substr('-01-01', length({name}) - 3) as date)"
_WRITTEN = "regexp_full_match({name}, '[0-9]{{4}}(-[0-9]{{2}}){{0,2}}')"


def _days(link: duckdb.DuckDBPyConnection, as_of: date) -> list[tuple[str, str]]:
    problems: list[tuple[str, str]] = []
    for name in DATES:
        day, written = _DAY.format(name=name), _WRITTEN.format(name=name)
        problems += _named(link, f"{written} and {day} is null", name, "không có trong lịch", "is not in the calendar")
        far = f"{written} and (year({day}) > {as_of.year + 1} or {day} < date '1850-01-01')"
        problems += _named(link, far, name, "ngoài khoảng hợp lý (quá xa ngày của sổ)", "is out of range")
    return problems


def late_days(link: duckdb.DuckDBPyConnection, as_of: date) -> int:
    """Count the rows with a day after the register's own: kept as they are, since the register is not ours to mend."""
    late = " or ".join(f"{_DAY.format(name=name)} > date '{as_of.isoformat()}'" for name in DATES)
    return _number(link, f"select count(*) from given where {late}")


def _twice(link: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    again = "so_dinh_danh in (select so_dinh_danh from given group by 1 having count(*) > 1)"
    return _named(link, again, "so_dinh_danh", "có số trùng nhau", "holds one number more than once")
