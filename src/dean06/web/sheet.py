"""A list of the pages as an Excel workbook, every row of it as numbers and days that Excel can sort, or as a print.

Only lists without a value of a person leave by this door; the result of a run and a correction file have their own,
which record who took them.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from django.http import HttpRequest, HttpResponse

from dean06.clock import service as clock
from dean06.papers.service import registers as printing
from dean06.web import writing
from dean06.web.language import words
from dean06.web.parts.page import Action

Cell = str | int | float | date | datetime | None
MOST = 100_000
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NARROW, WIDE = 8, 60
ON_PAPER = 2_000  # rows of a print
UPRIGHT = 5  # a list with more columns lies across
LETTERS = {True: 140, False: 88}  # that stand beside each other on a page across, and upright
PADDING, LONGEST_WORD = 2, 16  # of a column, in letters

__all__ = ["Cell", "Sheet", "answer", "asked", "offer", "offers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A list to be written: its title, what it is narrowed to, the heads of its columns, its rows."""

    title: str
    notes: tuple[str, ...]
    header: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


def asked(request: HttpRequest) -> bool:
    """Say whether the reader wants the list as a file: a workbook, or a print."""
    return request.GET.get("dang") in ("xlsx", "pdf")


def offer(request: HttpRequest) -> Action:
    """Return the link that downloads the list as it is filtered now."""
    return Action(label=words("Tải .xlsx", "Download .xlsx"), href=_as(request, "xlsx"), sign="save")


def offers(request: HttpRequest) -> tuple[Action, ...]:
    """Return the links that download the list as it is filtered now, and that print it."""
    return offer(request), Action(label=words("In", "Print"), href=_as(request, "pdf"), sign="doc")


def _as(request: HttpRequest, kind: str) -> str:
    query = request.GET.copy()
    query.pop("trang", None)
    query["dang"] = kind
    return f"?{query.urlencode()}"


def answer(request: HttpRequest, sheet: Sheet, name: str) -> HttpResponse:
    """Return the list as a file: a workbook to download, or a print that opens in the browser."""
    as_print = request.GET.get("dang") == "pdf"
    kind, way = ("pdf", "inline") if as_print else ("xlsx", "attachment")
    content = _printed(request, sheet) if as_print else _written(sheet)
    response = HttpResponse(content, content_type="application/pdf" if as_print else TYPE)
    response["Content-Disposition"] = f'{way}; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def _printed(request: HttpRequest, sheet: Sheet) -> bytes:
    """Return the list on A4: whose it is, its title, the day, its rows; a long one says that it goes on."""
    reader = getattr(request, "reader", None)
    group = reader.group.name if reader else ""
    now = reader.now if reader else clock.now()
    rows = [tuple(_said(cell) for cell in row) for row in itertools.islice(sheet.rows, ON_PAPER + 1)]
    long = len(rows) > ON_PAPER
    more = words(f"In {ON_PAPER} dòng đầu; cả danh sách ở tệp Excel.", f"The first {ON_PAPER} rows; all are in Excel.")
    kept = rows[:ON_PAPER]
    shown = [place for place in range(len(sheet.header)) if not kept or any(row[place] for row in kept)]
    across = len(shown) > UPRIGHT
    columns = [(sheet.header[place], [row[place] for row in kept]) for place in shown]
    printed = words(f"In ngày {writing.instant(now)}", f"Printed {writing.instant(now)}")
    made = printing.Sheet(
        owner=(group,) if group else (),
        title=sheet.title.removesuffix(f", {group}").upper(),
        about=" · ".join((*(note for note in sheet.notes if note != group), printed)),
        columns=tuple(
            printing.Head(title=title, share=share)
            for (title, _), share in zip(columns, _shares(columns, LETTERS[across]), strict=True)
        ),
        rows=tuple(tuple(row[place] for place in shown) for row in kept),
        notes=(more,) if long else (),
        turn=printing.Turn.ACROSS if across else printing.Turn.UPRIGHT,
    )
    return printing.sheet_pdf(made, now)


def _shares(columns: list[tuple[str, list[str]]], letters: int) -> list[float]:
    """Return the widths of columns: the longest word of each stands whole, what is left goes to sentences."""
    least, wanted = [], []
    for title, cells in columns:
        longest = max((len(word) for cell in (title, *cells[:200]) for word in cell.split()), default=1)
        told = sorted(len(cell) for cell in cells)
        least.append(min(longest, LONGEST_WORD) + PADDING)
        wanted.append(max(0, min(60, told[len(told) * 9 // 10] if told else 0) - longest))
    left = max(letters / 4, letters - sum(least))
    return [one + left * more / (sum(wanted) or 1) for one, more in zip(least, wanted, strict=True)]


def _said(value: Cell) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return writing.instant(value)
        case date():
            return writing.day(value)
        case int():
            return writing.number(value)
        case float():
            return writing.number(value, 0 if value.is_integer() else 2)
        case _:
            return str(value)


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
