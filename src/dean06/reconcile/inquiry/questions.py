"""What the service is asked about each row: its number, name and birth date, healed, nothing guessed.

Nobody is searched for: a row that lacks one of the three is not asked about, and a no is followed only by questions
about the same person that the row itself supports.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dean06.orthography import dates, sql
from dean06.orthography.service import clean_name
from dean06.reconcile.engine import numbers
from dean06.reconcile.stopped import EngineStopped
from dean06.sources.live.inquiry import Ask, Asked, Fallback, Step

CELLS = ("so_cccd", "so_giay_to", "so_cmnd")
NEEDED = ("ho_ten", "ngay_sinh", *CELLS)
NUMBER, NAME, BORN = "so_dinh_danh", "ho_ten", "ngay_sinh"

__all__ = ["Row", "guarded", "questions"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row in the order of the file: what is asked about it, or which of the three it lacks."""

    dong: int
    sheet: str
    ask: Ask | None
    lacks: tuple[str, ...] = ()
    aside: bool = False


@contextmanager
def guarded(where: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a private engine; what it says of a fault may quote a row, so a fault names the file alone."""
    stopped = False
    with duckdb.connect() as link:
        link.execute("set threads = 2")
        link.execute("set enable_progress_bar = false")
        try:
            yield link
        except duckdb.Error:
            stopped = True
    if stopped:
        raise EngineStopped(where)


def questions(batch: Path, order: str, year: int, fallbacks: Collection[Fallback]) -> list[Row]:
    """Return every row of a batch with what is asked about it.

    Args:
        batch: the Parquet file that intake made.
        order: `dmy`, `mdy` or `ymd`, for dates of three numbers.
        year: the year that two digits are read by.
        fallbacks: what may be asked after a no.
    """
    with guarded(batch) as link:
        source = f"read_parquet({sql.quoted(str(batch))})"
        there = {str(row[0]) for row in link.execute(f"describe select * from {source}").fetchall()}
        cells = ", ".join(name if name in there else f"null::varchar as {name}" for name in NEEDED)
        aside = "cach_ly is not null" if "cach_ly" in there else "false"
        link.execute(f"create temp view b as select stt, dong, trang_tinh, {cells}, {aside} as aside from {source}")
        days = dates.parsed(
            "select distinct ngay_sinh as raw from b where ngay_sinh is not null", order=order, newest=year
        )
        found = link.execute(_query(days)).fetchall()
    return [_row(values, fallbacks) for values in found]


def _query(days: str) -> str:
    digits = ", ".join(
        f"case when {numbers.whole(cell)} then {cell} else {numbers.digits(cell)} end as d_{cell}" for cell in CELLS
    )
    twelve = ", ".join(numbers.twelve(f"d_{cell}") for cell in CELLS)
    nine = ", ".join(numbers.nine(f"d_{cell}") for cell in reversed(CELLS))
    return f"""
select dong, coalesce(trang_tinh, ''), aside, ho_ten, coalesce({twelve}), coalesce({nine}),
  case when not d.odd then d.dob end
from (select *, {digits} from b) left join ({days}) d on d.raw = ngay_sinh order by stt"""


def _row(values: Sequence[Any], fallbacks: Collection[Fallback]) -> Row:
    dong, sheet, aside, name, id12, id9, dob = values
    if aside:
        return Row(dong, sheet, None, aside=True)
    cleaned, born = clean_name(name or "")[0], _born(dob)
    tried = [f"{id12:012d}"] if id12 is not None else []
    tried += [f"{id9:09d}"] if id9 is not None and (not tried or Fallback.OLD_NUMBER in fallbacks) else []
    whole = tuple(Asked(number=number, name=cleaned, born=born) for number in tried)
    if whole and whole[0].whole:
        return Row(dong, sheet, Ask(tuple(_steps(whole, fallbacks))))
    lacks = [NUMBER] if not tried else []
    lacks += [NAME] if not Asked(number="0" * 12, name=cleaned, born="1900").whole else []
    lacks += [BORN] if not born else []
    return Row(dong, sheet, None, tuple(lacks))


def _steps(whole: tuple[Asked, ...], fallbacks: Collection[Fallback]) -> Iterator[Step]:
    for at, asked in enumerate(whole):
        yield Step(asked=asked, fallback=Fallback.OLD_NUMBER if at else None)
    first = whole[0]
    if Fallback.YEAR in fallbacks and len(first.born) == len("yyyy-mm-dd"):
        asked = Asked(number=first.number, name=first.name, born=first.born[:4])
        yield Step(asked=asked, fallback=Fallback.YEAR)


def _born(dob: int | None) -> str:
    """Return a date as the service is asked by it: whole, or the year alone."""
    if dob is None:
        return ""
    year, month, day = dob // 10000, dob // 100 % 100, dob % 100
    return f"{year:04d}-{month:02d}-{day:02d}" if month and day else f"{year:04d}"
