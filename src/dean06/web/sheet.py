"""A list of the pages as an Excel workbook: every row of it, as numbers and days that Excel can sort.

Only lists without a value of a person leave by this door; the result of a run and a correction file have their own,
which record who took them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from django.http import HttpRequest, HttpResponse

from dean06.clock import service as clock
from dean06.web.language import words
from dean06.web.parts.page import Action

Cell = str | int | float | date | datetime | None
MOST = 100_000
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NARROW, WIDE = 8, 60

__all__ = ["Cell", "Sheet", "answer", "asked", "offer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A list to be written: its title, what it is narrowed to, the heads of its columns, its rows."""

    title: str
    notes: tuple[str, ...]
    header: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


def asked(request: HttpRequest) -> bool:
    """Say whether the reader wants the list as a workbook."""
    return request.GET.get("dang") == "xlsx"


def offer(request: HttpRequest) -> Action:
    """Return the link that downloads the list as it is filtered now."""
    query = request.GET.copy()
    query.pop("trang", None)
    query["dang"] = "xlsx"
    return Action(label=words("Tải .xlsx", "Download .xlsx"), href=f"?{query.urlencode()}", sign="save")


def answer(sheet: Sheet, name: str) -> HttpResponse:
    """Return the workbook as a download."""
    response = HttpResponse(_written(sheet), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


def _written(sheet: Sheet) -> bytes:
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "dd/mm/yyyy",
    }
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": sheet.title})
    page = book.add_worksheet(words("Danh sách", "List"))
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#EFEDE6", "border": 1, "text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    page.write_string(0, 0, sheet.title, bold)
    for place, note in enumerate(sheet.notes, start=1):
        page.write_string(place, 0, note)
    top = len(sheet.notes) + 2
    widths = [max(NARROW, len(title)) for title in sheet.header]
    for column, title in enumerate(sheet.header):
        page.write_string(top, column, title, head)
    last = top
    for last, row in enumerate(_some(sheet.rows), start=top + 1):
        for column, value in enumerate(row):
            _write(page, (last, column), value, moment)
            widths[column] = min(WIDE, max(widths[column], len(str(value))))
    for column, width in enumerate(widths):
        page.set_column(column, column, width + 2)
    page.freeze_panes(top + 1, 0)
    page.autofilter(top, 0, max(last, top + 1), len(sheet.header) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    book.close()
    return file.getvalue()


def _some(rows: Iterable[tuple[Cell, ...]]) -> Iterable[tuple[Cell, ...]]:
    for place, row in enumerate(rows):
        if place == MOST:
            return
        yield row


def _write(page: xlsxwriter.worksheet.Worksheet, at: tuple[int, int], value: Cell, moment: object) -> None:
    match value:
        case None | "":
            return
        case str():
            page.write_string(*at, value)
        case datetime():
            page.write_datetime(*at, value.astimezone(clock.TZ).replace(tzinfo=None), moment)
        case date():
            page.write_datetime(*at, datetime(value.year, value.month, value.day))  # noqa: DTZ001  Excel knows no zones
        case _:
            page.write_number(*at, value)
