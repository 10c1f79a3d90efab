"""Reading .xlsx and .xls: every sheet as rows of text, as a person sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from dean06.sources import refusals
from dean06.sources.file_kind import Kind, damaged, locked
from dean06.sources.header import Merged
from dean06.sources.sheet_marks import Marks, sheet_marks
from dean06.sources.table import Record, Row, Table

_Tall = Mapping[int, Sequence[tuple[int, int]]]
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_MOST_CELLS = 60_000_000
_MOST_REMEMBERED = 200_000
_TOLD_EVERY = 5000


def tables(path: Path, kind: Kind, progress: Callable[[float], None]) -> Iterator[Table]:
    """Yield the sheets of a workbook that have cells; a sentence when it is damaged or locked."""
    book = _open(path)
    marks = sheet_marks(path) if kind is Kind.XLSX else {}
    total = len(book.sheets_metadata)
    for at, meta in enumerate(book.sheets_metadata):
        progress(at / total)
        if meta.typ is not SheetTypeEnum.WorkSheet:
            continue
        known = marks.get(meta.name, Marks())
        if known.rows * known.columns > _MOST_CELLS:
            raise refusals.too_spread(path, meta.name, known.rows, known.columns)
        sheet = _sheet(path, book, meta.name)
        if sheet.start is None or sheet.end is None:
            continue
        merged, height = tuple(sheet.merged_cell_ranges or ()), sheet.end[0] + 1
        rows = _rows(sheet.iter_rows(), sheet.start[1], known.errors, _tall(merged))
        yield Table(
            title=meta.name,
            height=height,
            rows=_told(rows, height, partial(_tell, progress, at, total)),
            merged=merged,
        )


def _tell(progress: Callable[[float], None], before: int, total: int, share: float) -> None:
    progress((before + share) / total)


def _told(rows: Iterator[Record], height: int, tell: Callable[[float], None]) -> Iterator[Record]:
    for record in rows:
        if record[0] % _TOLD_EVERY == 0:
            tell(record[0] / height)
        yield record


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as problem:
        raise locked(path) from problem
    except (CalamineError, OSError, ValueError) as problem:
        raise damaged(path) from problem
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":  # the reader's way of saying that the bytes make no sense
            raise damaged(path) from problem
        raise


def _sheet(path: Path, book: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError) as problem:
        raise damaged(path) from problem
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":
            raise damaged(path) from problem
        raise


def _tall(merged: Merged) -> dict[int, list[tuple[int, int]]]:
    """Return, by first row, the merged cells that span several rows: (last row, column)."""
    tall: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in merged:
        if bottom > top:
            tall.setdefault(top, []).append((bottom, left))
    return tall


def _rows(
    cells: Iterator[list[Any]], left: int, errors: Mapping[tuple[int, int], str], tall: _Tall
) -> Iterator[Record]:
    """Yield rows as text; a cell merged over several rows stands in each of them, as a person reads it."""
    failed: dict[int, list[tuple[int, str]]] = {}
    for (wrong, column), value in errors.items():
        failed.setdefault(wrong, []).append((column, value))
    blank = [""] * left
    shown = _Shown()
    standing: list[tuple[int, int, str]] = []
    for at, values in enumerate(cells):
        row = blank + [value if type(value) is str else shown[type(value), value] for value in values]
        if at in failed:
            _mark(row, failed[at])
        if "_x" in "\x1f".join(row):
            row = [_unescaped(cell) for cell in row]
        if standing:
            _mark(row, [(column, value) for _, column, value in standing if column >= len(row) or not row[column]])
            standing = [span for span in standing if span[0] > at]
        if at in tall:
            standing += [(last, column, row[column]) for last, column in tall[at] if column < len(row) and row[column]]
        yield at + 1, row, ""


class _Shown(dict[tuple[type, Any], str]):
    """Cells that are not text, as a person reads them; dates, ages and codes repeat, so each is worked out once."""

    def __missing__(self, key: tuple[type, Any]) -> str:
        shown = as_text(key[1])
        if len(self) < _MOST_REMEMBERED:
            self[key] = shown
        return shown


def _mark(row: Row, failed: Sequence[tuple[int, str]]) -> None:
    for column, value in failed:
        row.extend([""] * (column + 1 - len(row)))
        row[column] = value


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def as_text(value: Any) -> str:
    """Return a cell that is not text as a person reads it: whole numbers whole, dates as dd/mm/yyyy."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        shown = f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
        return shown if value.time() == time() else f"{shown} {value.hour:02d}:{value.minute:02d}"
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    if isinstance(value, (time, timedelta)):
        return str(value)
    return "" if value is None else str(value)
