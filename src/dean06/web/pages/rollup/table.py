"""Tổng hợp: the groups under this one beside each other: one month with every measure, or one measure over months."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode

from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.reports.service import rollups
from dean06.reports.service.rollups import Cell, Measure, Rollup
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.indicators.listing import MONTH, month_choices, trend_of
from dean06.web.parts.page import Empty, Figure, Figures, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.web.sheet import Sheet

SPAN = 6

__all__ = ["table"]


def _asked(request: HttpRequest, reader: Reader) -> tuple[str, Measure | None]:
    given = request.GET.get("ky", "")
    month = given if MONTH.fullmatch(given) else f"{reader.today:%Y-%m}"
    wanted = request.GET.get("chi_so", "")
    return month, next((one for one in rollups.measures() if one.code == wanted), None)


def _written(measure: Measure, value: Decimal | None) -> str:
    return writing.number(value, 1 if measure.share else 0)


def _missing() -> str:
    return chip("bad", words("Chưa có", "Missing"), with_sign="no")


def _named(reader: Reader, child: GroupInfo, month: str, cell: Cell | None) -> str:
    if cell is None:
        return child.short_name
    href = reader.url("rollup-one", child.slug, month)
    return format_html('<a href="{}">{}</a>', href, child.short_name)


def _sorted(request: HttpRequest, children: Sequence[GroupInfo], told: Rollup, month: str) -> list[GroupInfo]:
    """Order the groups by a measure, the lowest first; those that told nothing come last."""
    code = request.GET.get("xep", "")

    def place(child: GroupInfo) -> tuple[bool, Decimal]:
        cell = told.cells.get((child.id, month))
        value = cell.figures.get(code) if cell else None
        return value is None, value if value is not None else Decimal(0)

    return sorted(children, key=place) if code else list(children)


def _of_month(
    request: HttpRequest, reader: Reader, children: Sequence[GroupInfo], told: Rollup, month: str
) -> tuple[Table, list[Measure]]:
    """Return the groups of a month with every measure that one of them told."""
    ids, written = [child.id for child in children], writing.month(month)
    known = {code for figures in told.column(ids, month) for code in figures}
    shown = [one for one in rollups.measures() if one.code in known]
    rows = []
    for child in _sorted(request, children, told, month):
        cell = told.cells.get((child.id, month))
        values = [_written(one, cell.figures.get(one.code)) for one in shown] if cell else ["" for _ in shown]
        state = writing.day(cell.at) if cell else _missing()
        rows.append(Row(cells=(_named(reader, child, month, cell), state, *values)))
    totals = [_written(one, rollups.total(one, told.column(ids, month))) for one in shown]
    columns = [
        Column(
            label=words(one.vi, one.en),
            kind="num",
            sort_href=f"?{urlencode({'ky': month, 'xep': one.code})}",
            sorted_by="ascending" if request.GET.get("xep") == one.code else "",
        )
        for one in shown
    ]
    made = Table(
        caption=words(f"Báo cáo tháng {written} của các tổ", f"The groups' reports of {written}"),
        columns=(
            Column(label=words("Tổ", "Group"), pin=True),
            Column(label=words("Phát hành", "Issued"), nowrap=True),
            *columns,
        ),
        rows=tuple(rows),
        total=Row(cells=(words("Cộng (thấp nhất với chất lượng)", "Total (worst, for quality)"), "", *totals)),
    )
    return made, shown


def _of_measure(children: Sequence[GroupInfo], told: Rollup, months: Sequence[str], measure: Measure) -> Table:
    """Return one measure over the months."""
    ids = [child.id for child in children]
    rows = [
        Row(
            cells=(
                child.short_name,
                *(
                    _missing() if cell is None else _written(measure, cell.figures.get(measure.code))
                    for cell in (told.cells.get((child.id, month)) for month in months)
                ),
            )
        )
        for child in children
    ]
    totals = [_written(measure, rollups.total(measure, told.column(ids, month))) for month in months]
    return Table(
        caption=words(measure.vi, measure.en),
        columns=(
            Column(label=words("Tổ", "Group"), pin=True),
            *(Column(label=writing.month(month), kind="num", sort_href=f"?ky={month}") for month in months),
        ),
        rows=tuple(rows),
        total=Row(cells=(words("Cộng", "Total"), *totals)),
    )


def _as_sheet(reader: Reader, children: Sequence[GroupInfo], told: Rollup, months: Sequence[str]) -> Sheet:
    """Return every group, month and measure, with the checksum of the report behind each line."""
    listed = rollups.measures()
    known = {code for cell in told.cells.values() for code in cell.figures}
    shown = [one for one in listed if one.code in known]

    def line(child: GroupInfo, month: str) -> tuple[str | float | None, ...]:
        cell = told.cells.get((child.id, month))
        figures = [float(cell.figures[one.code]) if cell and one.code in cell.figures else None for one in shown]
        state = words("chưa có", "missing") if cell is None else words(f"lần {cell.number}", f"issue {cell.number}")
        return (child.short_name, writing.month(month), state, *figures, cell.content if cell else "")

    return Sheet(
        title=words(f"Tổng hợp báo cáo tháng, {reader.group.name}", f"Roll-up, {reader.group.name}"),
        notes=(words("Số trong báo cáo đã phát hành của từng tổ", "Figures of the reports as issued"),),
        header=(
            words("Tổ", "Group"),
            words("Tháng", "Month"),
            words("Báo cáo", "Report"),
            *(words(one.vi, one.en) for one in shown),
            "SHA-256",
        ),
        rows=(line(child, month) for month in reversed(months) for child in children),
    )


@group_page
def table(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the groups under this one beside each other; only what they issued."""
    month, measure = _asked(request, reader)
    children = offices.children(reader.viewer, reader.group.id)
    months = trend_of(month, SPAN) if measure or sheet.asked(request) else [month]
    told = rollups.rollup(reader.viewer, [child.id for child in children], months)
    if sheet.asked(request):
        return sheet.answer(request, _as_sheet(reader, children, told, months), f"tong-hop-{reader.group.slug}-{month}")
    have = sum((child.id, month) in told.cells for child in children)
    if measure is None:
        made, shown = _of_month(request, reader, children, told, month)
    else:
        made, shown = _of_measure(children, told, months, measure), []
    page = {
        "head": PageHead(
            title=words(f"Tổng hợp tháng {writing.month(month)}", f"Roll-up of {writing.month(month)}"),
            crumb=Link(label=words("Báo cáo", "Reports"), href=reader.url("reports")),
            meta=(words("chỉ báo cáo đã phát hành của các tổ cấp dưới", "only issued reports of the groups below"),),
            actions=sheet.offers(request) if children else (),
        ),
        "months": month_choices(reader, month),
        "measures": [(one.code, words(one.vi, one.en), one is measure) for one in rollups.measures()],
        "figures": Figures(
            items=(
                Figure(value=writing.number(have), label=words("tổ đã phát hành", "have issued"), tone="ok"),
                Figure(
                    value=writing.number(len(children) - have),
                    label=words("tổ chưa có", "are missing"),
                    tone="bad" if have < len(children) else "",
                ),
            ),
            small=True,
        ),
        "table": made if children else None,
        "empty": None if children else _empty(),
        "shown": shown,
    }
    return render(request, "dean06/pages/rollup.html", page)


def _empty() -> Empty:
    return Empty(
        title=words("Tổ này không có tổ cấp dưới", "No group stands under this one"),
        text=words(
            "Trang này đặt báo cáo đã phát hành của các tổ cấp dưới cạnh nhau.",
            "This page lays the issued reports of the groups below beside each other.",
        ),
    )
