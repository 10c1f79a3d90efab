"""The correction file handed to an agency: which cell, what it says, what the register says, under which clause."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter

from dean06.charter.types import Permit
from dean06.offices.types import Viewer
from dean06.reconcile.service import faulty_rows
from dean06.reconcile.service.faulty_rows import wanted_digest
from dean06.reconcile.types import FaultyRow, ToFix

HEADER = ("Trang tính", "Dòng", "Mã bản ghi", "Việc phải sửa", "Trường", "Đang ghi", "Theo sổ dân cư", "Ghi chú")
WIDTHS = (18, 8, 20, 36, 16, 30, 30, 60)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed moment without an offset, as the file format has it

__all__ = ["Heading", "wanted_digest", "workbook"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands over the list: who must fix it, under which clause, by when, and why the rows were read."""

    title: str
    agency: str
    clause: str
    due: date
    ref: str
    purpose: str


def workbook(by: Permit, viewer: Viewer, group_id: int, heading: Heading, wanted: Iterable[ToFix]) -> bytes:
    """Return the workbook; the look at its rows is recorded before they are read.

    The permit is for object kind `task`, id `<task>:bang-sua`, digest `wanted_digest`.
    """
    rows = faulty_rows.looked(by, viewer, group_id, heading.purpose, list(wanted))
    return _written(heading, [_line(one) for one in rows])


def _line(one: FaultyRow) -> tuple[str, ...]:
    where = (one.sheet, str(one.dong), one.key)
    return (*where, one.fix.cause, one.field, one.value, one.registered, one.reason)


def _written(heading: Heading, lines: list[tuple[str, ...]]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": heading.title, "created": _MADE})
    sheet = book.add_worksheet("Bảng sửa")
    bold, head, text = (
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format({"bold": True, "bg_color": "#EFEDE6", "border": 1, "text_wrap": True}),
        book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
    )
    sheet.write_string(0, 0, heading.title, bold)
    sheet.write_string(1, 0, f"{heading.agency} · {heading.clause} · hạn {heading.due:%d/%m/%Y} · {heading.ref}")
    sheet.write_string(2, 0, "Sửa tại nguồn rồi nộp lại cả danh sách kỳ sau: chỉ lần nộp sau mới đóng được sai lệch.")
    for column, (title, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
        sheet.set_column(column, column, width, text)
        sheet.write_string(4, column, title, head)
    for row, line in enumerate(lines, start=5):
        for column, value in enumerate(line):
            sheet.write_string(row, column, value, text)
    sheet.freeze_panes(5, 0)
    sheet.autofilter(4, 0, 4 + max(1, len(lines)), len(HEADER) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(4)
    book.close()
    return file.getvalue()
