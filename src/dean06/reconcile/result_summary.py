"""The first sheet of the result workbook: counts and shares by result, what was compared with what, and a legend."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from dean06.reconcile.result_words import COLUMNS, FIELDS, HEAD_GROUND, HEAD_INK, LINE, VERDICTS, WRONG_CELL

_OTHER = "Thông tin khác"


class ResultCounts:
    """A result file as counts: its columns, its rows by result and by wrong field."""

    def __init__(self, parquet: Path, db: duckdb.DuckDBPyConnection) -> None:
        self._db = db
        self._source = "read_parquet('" + str(parquet).replace("'", "''") + "')"
        self.columns = [str(name) for name, *_ in db.execute(f"describe from {self._source}").fetchall()]
        with parquet.open("rb") as handle:
            self.sha256 = hashlib.file_digest(handle, "sha256").hexdigest()

    def by_result(self) -> dict[str, int]:
        """Return the rows of each code, in the order of the legend."""
        found = dict(self._db.execute(f"select ket_qua, count(*) from {self._source} group by 1").fetchall())
        return {code: int(found.get(code, 0)) for code in VERDICTS}

    def by_field(self) -> dict[str, int]:
        """Return how many rows differ in each field, the commonest first."""
        found = self._db.execute(
            f"""select field, count(*) from (select unnest(string_split(sai_truong, ';')) as field from {self._source}
                where sai_truong <> '') group by 1 order by 2 desc, 1"""
        ).fetchall()
        return {str(field): int(count) for field, count in found}


class _Page:
    """Writes the sheet from top to bottom."""

    def __init__(self, book: Any, page: Any) -> None:
        self._book = book
        self._page = page
        self._row = 0
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.head = book.add_format(
            {"bold": True, "bg_color": HEAD_GROUND, "font_color": HEAD_INK, "bottom": 1, "bottom_color": LINE}
        )
        self.count = book.add_format({"num_format": "#,##0"})
        self.share = book.add_format({"num_format": "0.0 %"})
        self.strong = book.add_format({"bold": True, "num_format": "#,##0"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})

    def line(self, *cells: tuple[Any, Any]) -> None:
        """Write one row of (value, format) cells."""
        for at, (value, style) in enumerate(cells):
            if isinstance(value, (int, float)):
                self._page.write_number(self._row, at, value, style)
            else:
                self._page.write_string(self._row, at, str(value), style)
        self._row += 1

    def gap(self) -> None:
        """Leave a row empty."""
        self._row += 1


def write_summary(
    book: Any, sheet: Any, summary: Mapping[str, object], result: ResultCounts, notes_left_out: int
) -> None:
    """Fill the summary sheet."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 22)
    sheet.set_column(2, 2, 12)
    sheet.set_column(3, 3, 70)
    sheet.hide_gridlines(2)
    page = _Page(book, sheet)
    page.line(("Kết quả đối soát", page.title))
    page.gap()
    _results(book, page, result.by_result())
    _fields(page, result.by_field())
    _identity(page, summary, result.sha256)
    _legend(book, page, notes_left_out)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.activate()


def _results(book: Any, page: _Page, counts: Mapping[str, int]) -> None:
    total = sum(counts.values())
    page.line(
        ("Kết quả", page.head), ("Mã", page.head), ("Số dòng", page.head), ("Nghĩa là", page.head), ("Tỷ lệ", page.head)
    )
    for code, verdict in VERDICTS.items():
        tone = book.add_format({"font_color": verdict.tone.ink, "bg_color": verdict.tone.ground, "bold": True})
        count = counts.get(code, 0)
        share = count / total if total else 0.0
        page.line((verdict.vi, tone), (code, None), (count, page.count), (verdict.meaning, None), (share, page.share))
    page.line(("Cộng", page.strong), ("", None), (total, page.strong))
    page.gap()


def _fields(page: _Page, counts: Mapping[str, int]) -> None:
    if not counts:
        return
    page.line(("Trường khác sổ dân cư", page.head), ("Mã", page.head), ("Số dòng", page.head))
    for field, count in counts.items():
        page.line((FIELDS.get(field, _OTHER), None), (field, None), (count, page.count))
    page.gap()


def _identity(page: _Page, summary: Mapping[str, object], sha256: str) -> None:
    file, register = _facts(summary, "file"), _facts(summary, "register")
    sheets = file.get("sheets")
    named = [str(sheet) for sheet in sheets if sheet] if isinstance(sheets, (list, tuple)) else []
    aside = summary.get("quarantined")
    told = [
        ("Tệp đối soát", file.get("name")),
        ("SHA-256 của tệp", file.get("sha256")),
        ("Trang tính", ", ".join(named)),
        ("Nguồn", summary.get("source")),
        ("Dòng để riêng khi nhận", len(aside) if isinstance(aside, (list, tuple)) else None),
        ("Sổ dân cư tính đến ngày", _day(register.get("as_of"))),
        ("Số người trong sổ", register.get("rows")),
        ("SHA-256 của sổ", register.get("sha256")),
        ("Ngưỡng nhận", summary.get("accept")),
        ("Bộ máy", summary.get("engine")),
        ("SHA-256 của kết quả (Parquet)", sha256),
    ]
    page.line(("Đối soát cái gì với cái gì", page.head), ("", page.head))
    for label, value in told:
        if value not in (None, ""):
            style = page.count if isinstance(value, int) else None
            page.line((label, None), (value, style))
    page.gap()


def _facts(summary: Mapping[str, object], key: str) -> Mapping[str, Any]:
    found = summary.get(key)
    return found if isinstance(found, Mapping) else {}


def _day(iso: object) -> str:
    parts = str(iso or "").split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else str(iso or "")


def _legend(book: Any, page: _Page, notes_left_out: int) -> None:
    wrong = book.add_format({"bg_color": WRONG_CELL})
    page.line(("Cách đọc trang Kết quả", page.head), ("", page.head))
    page.line(("ô tô màu này", wrong), ("Ô khác sổ dân cư; ghi chú của ô nêu giá trị trong sổ.", None))
    page.line(("goc_…", None), ("Các cột của tệp nộp, giữ nguyên như đã viết.", None))
    for name, meaning in COLUMNS.items():
        page.line((name, None), (meaning, None))
    if notes_left_out:
        page.line(("Ghi chú", None), (f"{notes_left_out} ô chỉ tô màu, không kèm ghi chú; xem cột goi_y.", None))
