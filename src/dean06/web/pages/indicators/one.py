"""One indicator: how it is worked out, from which figures of the month, where they come from, and its trend."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.html import format_html

from dean06.flows import measuring
from dean06.flows.measuring import Month
from dean06.papers.service import pieces
from dean06.reports.service import figures
from dean06.reports.service import months as reports
from dean06.reports.service.indicators import Indicator, books, indicators, inputs
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.indicators.listing import asked_month, month_choices, shown, state_chip, trend_of
from dean06.web.pages.reports.parts import source_link
from dean06.web.parts.charts import Trend
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

MONTHS, HISTORY = 12, 30
DOES = {
    "count": ("Lấy đúng số đã nhập", "The figure itself"),
    "sum": ("Tổng các số", "The sum of the figures"),
    "ratio": ("Tử số chia mẫu số, nhân 100", "Numerator over denominator, times 100"),
    "ratio_of_larger": ("Tử số chia mẫu số lớn hơn, nhân 100", "Numerator over the larger denominator, times 100"),
    "remainder_ratio": ("100 % trừ tỉ lệ của tử số", "100 % less the share of the numerator"),
}

__all__ = ["file", "one"]


@group_page
def one(request: HttpRequest, reader: Reader, indicator: str) -> HttpResponse:
    """Show an indicator in a month, and over the year before it."""
    known = indicators().get(indicator)
    if known is None:
        raise Http404
    month = asked_month(request, reader)
    months = measuring.months(reader.viewer, reader.group, trend_of(month, MONTHS))
    told = months[-1].measured[known.code]
    page = {
        "head": PageHead(
            title=f"{known.code} {words(known.vi, known.en)}",
            crumb=Link(label=words("Chỉ tiêu", "Indicators"), href=f"{reader.url('indicators')}?ky={month}"),
            meta=(
                writing.month(month),
                state_chip(told),
                f"{shown(told)} {known.unit}" if told.value is not None else "",
            ),
        ),
        "months": month_choices(reader, month),
        "facts": _facts(known),
        "inputs": _inputs(reader, known, months[-1]),
        "trend": _trend(known, months),
        "values": _values(known, months),
        "history": _history(reader, known),
    }
    return render(request, "dean06/pages/indicator.html", page)


def _named(codes: tuple[str, ...]) -> str:
    known = inputs()
    return "; ".join(words(known[code].vi, known[code].en) for code in codes)


def _facts(known: Indicator) -> SummaryList:
    book = next(book for book in books() if known in book.indicators)
    told = [
        (words("Cách tính", "Operation"), words(*DOES[known.does])),
        (words("Tử số", "Numerator") if known.is_share else words("Số lấy", "Figures"), _named(known.top)),
        (words("Mẫu số", "Denominator"), _named(known.bottom)),
        (
            words("Đủ điểm từ", "Full points from"),
            f"{writing.number(known.full_at)} {known.unit}" if known.is_share else "",
        ),
        (words("Làm tròn", "Rounding"), words(f"{known.rounding} chữ số thập phân", f"{known.rounding} decimals")),
        (words("Ghi chú", "Note"), known.note),
        (words("Nguồn", "Source"), book.source),
        (words("Áp dụng từ", "In force since"), writing.day(known.since or book.since)),
    ]
    return SummaryList(facts=tuple(Fact(term=term, value=value) for term, value in told if value))


def _inputs(reader: Reader, known: Indicator, month: Month) -> Table:
    rows = []
    for code in known.inputs:
        told, value = inputs()[code], month.value(code)
        origin: str = words("chưa có", "none yet")
        if told.platform and told.platform in month.counted:
            origin = source_link(reader, month.counted[told.platform])
        elif told.platform:
            origin = words("hệ thống đếm khi lập báo cáo tháng", "counted when the month's report is made")
        elif figure := month.entered.get(code):
            origin = figure.origin.note or words("nhập tay", "by hand")
            if figure.origin.sha256:
                href = reader.url("indicators-file", figure.id)
                origin = format_html('<a href="{}">{}</a>', href, figure.origin.file_name)
        rows.append(
            Row(cells=(words(told.vi, told.en), "–" if value is None else writing.number(value), told.unit, origin))
        )
    return Table(
        caption=words("Số liệu của tháng", "Figures of the month"),
        show_caption=True,
        columns=(
            Column(label=words("Nội dung", "What"), kind="text"),
            Column(label=words("Giá trị", "Value"), kind="num"),
            Column(label=words("Đơn vị", "Unit")),
            Column(label=words("Nguồn", "Source")),
        ),
        rows=tuple(rows),
    )


def _trend(known: Indicator, months: list[Month]) -> Trend | None:
    told = [(month.period, value) for month in months if (value := month.measured[known.code].value) is not None]
    if len(told) < 2 or not known.is_share:
        return None
    first, last = writing.number(told[0][1], 1), writing.number(told[-1][1], 1)
    return Trend(
        label=words(f"{known.vi}: từ {first} % đến {last} %", f"{known.en}: from {first} % to {last} %"),
        periods=tuple(writing.month(period) for period, _ in told),
        name=known.code,
        values=tuple(float(value) / 100 for _, value in told),
    )


def _values(known: Indicator, months: list[Month]) -> Table:
    return Table(
        caption=words("Theo tháng", "By month"),
        show_caption=True,
        columns=(
            Column(label=words("Tháng", "Month"), nowrap=True),
            Column(label=words("Giá trị", "Value"), kind="num"),
            Column(label=words("Tình trạng", "State")),
        ),
        rows=tuple(
            Row(
                cells=(
                    writing.month(month.period),
                    shown(month.measured[known.code]),
                    state_chip(month.measured[known.code]),
                )
            )
            for month in reversed(months)
        ),
    )


def _history(reader: Reader, known: Indicator) -> Table | None:
    entries = figures.history(reader.viewer, reader.group.id, known.inputs, HISTORY)
    if not entries:
        return None
    rows = [
        Row(
            cells=(
                writing.instant(one.at),
                writing.month(one.period),
                words(inputs()[one.code].vi, inputs()[one.code].en),
                words("bỏ", "taken back") if one.value is None else reports.number(float(one.value)),
                "; ".join(part for part in (one.origin.note, one.origin.file_name) if part),
            )
        )
        for one in entries
    ]
    return Table(
        caption=words("Các lần nhập", "Entries"),
        show_caption=True,
        columns=(
            Column(label=words("Lúc", "At"), nowrap=True),
            Column(label=words("Tháng", "Month"), nowrap=True),
            Column(label=words("Nội dung", "What"), kind="text"),
            Column(label=words("Giá trị", "Value"), kind="num"),
            Column(label=words("Nguồn", "Source"), kind="text"),
        ),
        rows=tuple(rows),
    )


@group_page
def file(_request: HttpRequest, reader: Reader, figure_id: int) -> HttpResponseBase:
    """Hand out the file behind a figure, its checksum verified."""
    found = figures.figure_file(reader.viewer, reader.group.id, figure_id)
    if found is None:
        raise Http404
    path = pieces.kept_upload(found.sha256, found.suffix)
    return FileResponse(path.open("rb"), as_attachment=True, filename=found.file_name)
