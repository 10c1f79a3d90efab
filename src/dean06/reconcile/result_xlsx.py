"""The result as a workbook: a summary first, then the rows, wrong cells coloured with the register's value as a note.

The bytes depend on the result and the summary's lasting facts alone: no time, no run id. Rows stream through, so memory
stays level; every cell is text except counts, so nothing is run as a formula and no number loses a zero.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from dean06.reconcile.result_columns import ColumnMap
from dean06.reconcile.result_summary import ResultCounts, write_summary
from dean06.reconcile.result_words import COLUMNS, HEAD_GROUND, HEAD_INK, LINE, ORIGINAL, VERDICTS, WRONG_CELL

ROWS_A_SHEET = 1_048_575
NOTES_A_SHEET = 20_000
_LONGEST_CELL = 32_767
_CHUNK = 4096
_WRITING = 0.8  # of the work; the rest is packing the file
_NOTE = {"author": "dean06", "x_scale": 1.6, "y_scale": 0.6, "font_name": "Arial", "font_size": 9}
_CREATED = datetime(2022, 1, 6, tzinfo=UTC)
_NUMBERS = ("dong", "do_tin_cay")
_WIDTHS = {"dong": 7, "trang_tinh": 14, "ket_qua": 18, "so_dinh_danh": 15, "do_tin_cay": 9, "sai_truong": 18, "lop": 6}
_WIDE = {"goi_y": 34, "ung_vien": 34, "ly_do": 56}


def write(parquet: Path, out: Path, summary: Mapping[str, object], tell: Callable[[float], None] | None = None) -> None:
    """Write a result Parquet as a workbook, whole or not at all; tells now and then how far it is, from 0 to 1.

    Of `summary` it shows what lasts: `file` (name, sha256, sheets), `register` (rows, as_of, sha256), `source`,
    `accept`, `engine`, `quarantined`; `role_columns` (role → `goc_…` columns) tells which cells a finding is about.
    """
    with tempfile.TemporaryDirectory(prefix=".dean06-", dir=out.parent) as folder, duckdb.connect() as db:
        db.execute("set enable_progress_bar = false")
        part = Path(folder) / "ket-qua.xlsx"
        _write(_Result(parquet, db), part, summary, tell or (lambda _share: None))
        with part.open("rb") as handle:
            os.fsync(handle.fileno())
        part.replace(out)


class _Result(ResultCounts):
    """The result file: its columns, counts and rows in order."""

    def widths(self) -> list[float]:
        """Return a readable width for each column, from the first rows."""
        longest = ", ".join(f"coalesce(max(length({_name(column)}::varchar)), 0)" for column in self.columns)
        sample = f"(select * from {self._source} limit 2000)"
        measured = self._db.execute(f"select {longest} from {sample}").fetchall()[0]
        return [_width(column, int(length)) for column, length in zip(self.columns, measured, strict=True)]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        cursor = self._db.execute(f"from {self._source}")
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _width(column: str, longest: int) -> float:
    if column in _WIDE:
        return _WIDE[column]
    if column in _WIDTHS:
        return _WIDTHS[column]
    return float(min(max(longest, len(column.removeprefix(ORIGINAL)), 6) + 2, 44))


@dataclass(frozen=True, slots=True)
class _Formats:
    head: Any
    wrong: Any
    share: Any
    verdicts: Mapping[str, Any]


def _formats(book: Any) -> _Formats:
    head = {"bold": True, "bg_color": HEAD_GROUND, "font_color": HEAD_INK, "bottom": 1, "bottom_color": LINE}
    return _Formats(
        head=book.add_format(head | {"text_wrap": True, "valign": "vcenter"}),
        wrong=book.add_format({"bg_color": WRONG_CELL, "num_format": "@"}),
        share=book.add_format({"num_format": "0.0000"}),
        verdicts={
            code: book.add_format({"font_color": verdict.tone.ink, "bg_color": verdict.tone.ground})
            for code, verdict in VERDICTS.items()
        },
    )


def _write(result: _Result, part: Path, summary: Mapping[str, object], tell: Callable[[float], None]) -> None:
    options = {"constant_memory": True, "tmpdir": str(part.parent)}
    with xlsxwriter.Workbook(str(part), options) as book:
        book.set_properties({"title": "Kết quả đối soát", "created": _CREATED})
        front = book.add_worksheet("Tóm tắt")
        rows = _Rows(book, result, ColumnMap(result.columns, summary))
        total = max(1, sum(result.by_result().values()))
        for place, row in enumerate(result.rows()):
            rows.add(row)
            if place % _CHUNK == 0:
                tell(_WRITING * min(1.0, place / total))
        rows.finish()
        write_summary(book, front, summary, result, rows.notes_left_out)


class _Rows:
    """The sheets of rows: a new one when a sheet is full."""

    def __init__(self, book: Any, result: _Result, columns: ColumnMap) -> None:
        self._book = book
        self._names = result.columns
        self._columns = columns
        self._widths = result.widths()
        self._formats = _formats(book)
        self._verdict = self._names.index("ket_qua")
        self._suggestions = self._names.index("goi_y")
        self._numbers = {self._names.index(name) for name in _NUMBERS if name in self._names}
        self._sheets = 0
        self.notes_left_out = 0
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        self._page = self._book.add_worksheet("Kết quả" if self._sheets == 1 else f"Kết quả ({self._sheets})")
        self._row = 0
        self._notes = 0
        for at, (name, width) in enumerate(zip(self._names, self._widths, strict=True)):
            self._page.set_column(at, at, width)
            self._page.write_string(0, at, name, self._formats.head)
            if name in COLUMNS:
                self._page.write_comment(0, at, COLUMNS[name], _NOTE)
        self._page.set_row(0, 32)
        self._page.freeze_panes(1, self._verdict + 1)

    def add(self, row: Sequence[Any]) -> None:
        """Write one row."""
        if self._row >= ROWS_A_SHEET:
            self._end()
            self._begin()
        self._row += 1
        wrong = {}
        if row[self._suggestions]:
            wrong = {cell.at: cell.note for cell in self._columns.wrong_cells(row[self._suggestions], row)}
        verdict = self._formats.verdicts.get(row[self._verdict])
        put = self._page.write_string
        for at, value in enumerate(row):
            if at in wrong:
                self._page.write_string(self._row, at, _cut(value), self._formats.wrong)
            elif value is None or value == "":
                continue
            elif at in self._numbers:
                self._page.write_number(self._row, at, value, None if isinstance(value, int) else self._formats.share)
            else:
                put(self._row, at, _cut(value), verdict if at == self._verdict else None)
        for at, note in wrong.items():
            self._note(at, note)

    def _note(self, at: int, note: str) -> None:
        if not note:
            return
        if self._notes >= NOTES_A_SHEET:
            self.notes_left_out += 1
            return
        self._notes += 1
        self._page.write_comment(self._row, at, note, _NOTE)

    def _end(self) -> None:
        self._page.autofilter(0, 0, max(self._row, 1), len(self._names) - 1)

    def finish(self) -> None:
        """Close the last sheet."""
        self._end()


def _cut(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"
