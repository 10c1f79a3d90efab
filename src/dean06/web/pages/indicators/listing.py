"""Chỉ tiêu: the indicators of a month by group, each with its value, its points, how it moved, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.flows import measuring
from dean06.flows.measuring import Month
from dean06.reports.service.indicators import MEASURED, UNMEASURED, Book, Indicator, Measured, books, inputs
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.parts.charts import Spark
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.web.sheet import Sheet

MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
TREND = 6

__all__ = ["asked_month", "listing", "month_choices", "shown", "state_chip", "trend_of"]


def asked_month(request: HttpRequest, reader: Reader) -> str:
    """Return the month asked for; by itself the one before the group's day, which is over."""
    given = request.GET.get("ky", "") or request.POST.get("ky", "")
    return given if MONTH.fullmatch(given) else _back(f"{reader.today:%Y-%m}", 1)


def _back(month: str, count: int) -> str:
    place = int(month[:4]) * 12 + int(month[5:]) - 1 - count
    return f"{place // 12}-{place % 12 + 1:02d}"


def month_choices(reader: Reader, month: str) -> list[tuple[str, str, bool]]:
    """Return the months to choose from: the last year's, and the one shown."""
    listed = {_back(f"{reader.today:%Y-%m}", count) for count in range(13)} | {month}
    return [(one, writing.month(one), one == month) for one in sorted(listed, reverse=True)]


def trend_of(month: str, count: int) -> list[str]:
    """Return the months up to one, oldest first."""
    return [_back(month, place) for place in range(count - 1, -1, -1)]


def shown(told: Measured) -> str:
    """Write an indicator's value; a count has no decimals."""
    return writing.number(told.value, told.indicator.rounding if told.indicator.is_share else 0)


def state_chip(told: Measured) -> SafeString:
    """Show whether an indicator is measured; if not, which figures are missing."""
    if told.state == MEASURED:
        return chip("ok", words("Đo được", "Measured"), with_sign="ok")
    if told.state == UNMEASURED:
        return chip("mute", words("Chưa đo", "Not measured"), with_sign="dots")
    return chip("info", words("Không áp dụng", "Not applicable"), with_sign="none")


def _missing(told: Measured) -> str:
    known = inputs()
    named = [words(known[code].vi, known[code].en) for code in told.missing[:2]]
    rest = len(told.missing) - len(named)
    more = words(f" và {rest} số nữa", f" and {rest} more") if rest > 0 else ""
    return words("thiếu: ", "missing: ") + "; ".join(named) + more if named else ""


def _spark(one: Indicator, months: Sequence[Month]) -> str:
    values = [float(told.value) for month in months if (told := month.measured[one.code]).value is not None]
    if len(values) < 2:
        return ""
    label = words(
        f"{one.vi}: từ {writing.number(values[0], 1)} đến {writing.number(values[-1], 1)}",
        f"{one.en}: from {writing.number(values[0], 1)} to {writing.number(values[-1], 1)}",
    )
    return render_to_string(Spark.template, {"it": Spark(values=tuple(values), label=label)})


def _change(one: Indicator, months: Sequence[Month]) -> str:
    now, before = months[-1].measured[one.code].value, months[-2].measured[one.code].value
    if not one.is_share or now is None or before is None:
        return ""
    moved = now - before  # without a tone: of some indicators less is better
    return f"{'+' if moved > 0 else ''}{writing.number(moved, 1)}"


def _row(reader: Reader, one: Indicator, months: Sequence[Month]) -> Row:
    told = months[-1].measured[one.code]
    href = f"{reader.url('indicators-one', one.code)}?ky={months[-1].period}"
    value = f"{shown(told)} {one.unit}" if told.value is not None else ""
    return Row(
        cells=(
            one.code,
            format_html('<a href="{}">{}</a>', href, words(one.vi, one.en)),
            value,
            _change(one, months),
            _spark(one, months),
            format_html("{} {}", state_chip(told), format_html('<small class="quiet">{}</small>', _missing(told))),
        )
    )


def _table(reader: Reader, book: Book, months: Sequence[Month]) -> Table:
    return Table(
        caption=f"{book.group}. {words(book.vi, book.en)}",
        show_caption=True,
        heading=1,
        columns=(
            Column(label=words("Mã", "Code"), nowrap=True),
            Column(label=words("Chỉ tiêu", "Indicator"), kind="text"),
            Column(label=words("Giá trị", "Value"), kind="num", nowrap=True),
            Column(label=words("So tháng trước", "Change"), kind="num", nowrap=True),
            Column(label=words(f"{TREND} tháng", f"{TREND} months")),
            Column(label=words("Tình trạng", "State")),
        ),
        rows=tuple(_row(reader, one, months) for one in book.indicators),
    )


def _points(book: Book, month: Month) -> Table | None:
    if not book.scores:
        return None
    told = month.scores(book)
    earned = [one.points for one in told if one.points is not None]
    total = writing.number(sum(earned, Decimal(0)), 2) if len(earned) == len(told) else words("chưa đo đủ", "not whole")
    return Table(
        caption=words(
            "Điểm theo nhóm (chia đều cho chỉ tiêu trong nhóm: giả định)", "Points (divided equally: assumed)"
        ),
        show_caption=True,
        columns=(
            Column(label=words("Nhóm", "Group"), kind="text"),
            Column(label=words("Điểm", "Points"), kind="num"),
            Column(label=words("Tối đa", "Most"), kind="num"),
            Column(label=words("Còn thiếu", "Missing")),
        ),
        rows=tuple(
            Row(
                cells=(
                    words(one.vi, one.en),
                    writing.number(one.points, 2),
                    writing.number(one.most),
                    ", ".join(one.unmeasured),
                )
            )
            for one in told
        ),
        total=Row(cells=(words("Tổng", "Total"), total, writing.number(sum(one.most for one in told)), "")),
    )


def _as_sheet(reader: Reader, month: Month) -> Sheet:
    known = inputs()
    return Sheet(
        title=words(
            f"Số liệu chỉ tiêu tháng {writing.month(month.period)}", f"Figures of {writing.month(month.period)}"
        ),
        notes=(
            reader.group.name,
            words("Sửa cột «Giá trị» rồi nhập lại tệp này.", "Change «Value», take it in again."),
        ),
        header=("Mã", "Nội dung", "Đơn vị", "Giá trị", "Nguồn"),
        rows=(
            (
                one.code,
                words(one.vi, one.en),
                one.unit,
                None if (value := month.value(one.code)) is None else float(value),
                words("hệ thống đếm", "counted") if one.platform else _origin(month, one.code),
            )
            for one in known.values()
        ),
    )


def _origin(month: Month, code: str) -> str:
    figure = month.entered.get(code)
    return "; ".join(part for part in (figure.origin.note, figure.origin.file_name) if part) if figure else ""


@group_page
def listing(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show a month's indicators, those before beside them."""
    month = asked_month(request, reader)
    months = measuring.months(reader.viewer, reader.group, trend_of(month, TREND))
    if sheet.asked(request):
        return sheet.answer(request, _as_sheet(reader, months[-1]), f"chi-tieu-{reader.group.slug}-{month}")
    told = months[-1].measured.values()
    measured = sum(one.state == MEASURED for one in told)
    day = reader.today
    enter = Action(
        label=words("Nhập số liệu", "Enter figures"),
        href=f"{reader.url('indicators-enter')}?ky={month}",
        kind="primary",
    )
    shown_ = {
        "head": PageHead(
            title=words(f"Chỉ tiêu Đề án 06, tháng {writing.month(month)}", f"Indicators of {writing.month(month)}"),
            crumb=Link(label=words("Báo cáo", "Reports"), href=reader.url("reports")),
            meta=(words(f"{measured} trên {len(told)} chỉ tiêu đo được", f"{measured} of {len(told)} measured"),),
            actions=((enter,) if reader.ending is None else ()) + sheet.offers(request),
        ),
        "months": month_choices(reader, month),
        "books": [(_table(reader, book, months), book.source, _points(book, months[-1])) for book in books(day)],
    }
    return render(request, "dean06/pages/indicators.html", shown_)
