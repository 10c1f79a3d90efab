"""Sector files as they really look, made small: made-up people, and the faults that offices' files have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter

from dean06.sources import live
from dean06.sources.types import Batch

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Nơi thường trú"]
PEOPLE = [
    ["1", "Nguyễn Văn Hòa", "02/03/1985", "Nam", "036085000123", "Xóm 1"],
    ["2", "Trần Thị Thương", "15/11/1990", "Nữ", "036190000456", "Xóm 2"],
    ["3", "Lê Đức Hưng", "1957", "Nam", "", "Xóm 3"],
]

Rows = Sequence[Sequence[Any]]


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook: sheet title → rows; dates become date cells, `merge` are A1 ranges, `hide` row numbers."""

    def write(
        sheets: Mapping[str, Rows] | Rows,
        name: str = "danh-sach.xlsx",
        merge: Sequence[str] = (),
        hide: Sequence[int] = (),
    ) -> Path:
        path = tmp_path / name
        pages = sheets if isinstance(sheets, Mapping) else {"Trang 1": sheets}
        with xlsxwriter.Workbook(str(path)) as book:
            as_date = book.add_format({"num_format": "dd/mm/yyyy"})
            for title, rows in pages.items():
                page = book.add_worksheet(title)
                for at, row in enumerate(rows):
                    for column, value in enumerate(row):
                        _put(page, at, column, value, as_date)
                for area in merge:
                    first = area.split(":")[0]
                    column = ord(first[0]) - 65
                    row = int(first[1:]) - 1
                    page.merge_range(area, rows[row][column])
                for number in hide:
                    page.set_row(number - 1, None, None, {"hidden": True})
        return path

    return write


def _put(page: Any, row: int, column: int, value: Any, as_date: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, (date, datetime)):
        page.write_datetime(row, column, value, as_date)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value)
    elif isinstance(value, str) and value.startswith("=#"):
        page.write_formula(row, column, "=A1", None, value[1:])
    else:
        page.write_string(row, column, value)


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a text file from a text and a codec, or from bytes."""

    def write(content: str | bytes, codec: str = "utf-8", name: str = "danh-sach.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(codec))
        return path

    return write


@pytest.fixture
def taken(tmp_path: Path) -> Callable[..., Batch]:
    """Read a file into a batch."""

    def take(path: Path, source: str = "chung") -> Batch:
        return live.read_batch(path, live.contract(source), tmp_path / "lo")

    return take


@pytest.fixture
def column() -> Callable[[Batch, str], list[str | None]]:
    """Return one column of a batch in input order."""

    def read(batch: Batch, name: str) -> list[str | None]:
        with duckdb.connect() as db:
            found = db.execute(f'select "{name}" from read_parquet($1) order by stt', [str(batch.parquet)]).fetchall()
        return [value for (value,) in found]

    return read


def table(rows: Rows, mark: str = ",") -> str:
    """Return rows as delimited text."""
    return "".join(mark.join(str(cell) for cell in row) + "\r\n" for row in rows)
