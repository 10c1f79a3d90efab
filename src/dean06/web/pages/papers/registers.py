"""Sổ đăng ký văn bản đi, đến: the registers of a year with the decree's columns, to look at, to print, to take away."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from dean06.offices.types import Viewer
from dean06.papers.service import registers
from dean06.papers.service.registers import Sheet
from dean06.web import sheet
from dean06.web.language import words
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.papers.folders import printed, year_of
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.reader import Reader, group_page

SIZE = 50
WHOLE = ("Số, ký hiệu văn bản", "Số, ký hiệu", "Người ký")  # columns whose cells are not broken
BOOKS: dict[str, tuple[Callable[[Viewer, int, int], Sheet | None], str, str]] = {
    "di": (registers.outgoing, "Sổ văn bản đi", "Outgoing register"),
    "den": (registers.incoming, "Sổ văn bản đến", "Incoming register"),
}

__all__ = ["register", "register_file"]


def _made(reader: Reader, which: str, year: int) -> Sheet:
    made = BOOKS[which][0](reader.viewer, reader.group.id, year) if which in BOOKS else None
    if made is None:
        raise Http404
    return made


def _table(made: Sheet, which: str, rows: tuple[tuple[str, ...], ...]) -> Table:
    return Table(
        caption=made.title,
        columns=tuple(
            Column(label=one.title, kind="text" if one.share > 2 else "", nowrap=one.share < 1 or one.title in WHOLE)
            for one in made.columns
        ),
        rows=tuple(Row(cells=row) for row in rows),
        heading=0 if which == "di" else 1,
    )


def _workbook(reader: Reader, made: Sheet) -> sheet.Sheet:
    return sheet.Sheet(
        title=f"{made.title}, {reader.group.name}", notes=(made.about, *made.notes), header=made.header, rows=made.rows
    )


def _views(reader: Reader, chosen: str, year: int) -> Facets:
    return Facets(
        label=words("Chọn sổ", "Choose a register"),
        items=tuple(
            Facet(
                label=words(vi, en),
                count="",
                href=f"{reader.url('papers-register', code)}?nam={year}",
                current=code == chosen,
            )
            for code, (_, vi, en) in BOOKS.items()
        ),
    )


def _head(request: HttpRequest, reader: Reader, which: str, year: int, made: Sheet) -> PageHead:
    print_ = Action(
        label=words("In sổ (PDF)", "Print (PDF)"),
        href=f"{reader.url('papers-register-file', which)}?nam={year}",
        sign="doc",
        kind="primary",
    )
    return PageHead(
        title=words(*BOOKS[which][1:]),
        crumb=Link(label=words("Văn bản", "Papers"), href=reader.url("papers")),
        meta=(words(f"năm {year}", str(year)), *(made.notes if made.rows else ())),
        actions=(print_, sheet.offer(request)) if made.rows else (),
    )


@group_page
def register(request: HttpRequest, reader: Reader, which: str) -> HttpResponse:
    """Show a register of a year."""
    year = year_of(request, reader)
    made = _made(reader, which, year)
    if sheet.asked(request):
        return sheet.answer(request, _workbook(reader, made), f"so-van-ban-{which}-{year}-{reader.group.slug}")
    text = words(f"{len(made.rows)} dòng", f"{len(made.rows)} lines")
    rows, pager = sliced(made.rows, page_number(request), SIZE, text=text, query=urlencode({"nam": year}))
    name = words(*BOOKS[which][1:])
    shown = {
        "head": _head(request, reader, which, year, made),
        "views": _views(reader, which, year),
        "years": [one for one in range(reader.today.year, reader.today.year - 4, -1) if one != year],
        "found": made.rows,
        "table": _table(made, which, tuple(rows)),
        "pager": pager if pager.pages > 1 else None,
        "empty": Empty(
            title=words(f"{name} năm {year} chưa có dòng nào", f"{name} of {year}: no line yet"),
            text=words(
                "Văn bản ký, cấp số xong hoặc đến đã vào sổ sẽ thành một dòng ở đây.",
                "A paper that was numbered, or registered when it came, becomes a line here.",
            ),
        ),
    }
    return render(request, "dean06/pages/register.html", shown)


@group_page
def register_file(request: HttpRequest, reader: Reader, which: str) -> HttpResponse:
    """Hand out a register of a year as it is printed."""
    year = year_of(request, reader)
    made = _made(reader, which, year)
    return printed(registers.sheet_pdf(made, reader.now), f"so-van-ban-{which}-{year}")
