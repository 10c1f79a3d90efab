"""Nhập số liệu chỉ tiêu: by hand with a source, or from a workbook of which each line is looked at before it counts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePath

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import measuring
from dean06.flows.measuring import Month
from dean06.reports.service.indicators import Input, books, inputs
from dean06.web import taking, writing
from dean06.web.language import words
from dean06.web.pages.indicators.listing import asked_month, month_choices
from dean06.web.pages.numbers import number_given
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.pages.uploads import upload
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

COLUMNS = (
    taking.Column(code="code", label="Mã", spellings=("ma so", "ma chi tieu", "code"), needed=True),
    taking.Column(code="value", label="Giá trị", spellings=("so lieu", "gia tri", "ket qua", "value"), needed=True),
)

__all__ = ["enter", "keep", "take"]


def _entered_by_hand() -> list[Input]:
    return [one for one in inputs().values() if not one.platform]


@group_page
def enter(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the form of a month's figures."""
    return _page(request, reader)


def _page(
    request: HttpRequest,
    reader: Reader,
    slips: tuple[Slip, ...] = (),
    preview: Table | None = None,
    ready: Mapping[str, str] | None = None,
) -> HttpResponse:
    month = asked_month(request, reader)
    (known,) = measuring.months(reader.viewer, reader.group, [month])
    typed = request.POST if slips and "so-" in "".join(request.POST) else None
    shown = {
        "head": PageHead(
            title=words(f"Nhập số liệu tháng {writing.month(month)}", f"Figures of {writing.month(month)}"),
            crumb=Link(label=words("Chỉ tiêu", "Indicators"), href=f"{reader.url('indicators')}?ky={month}"),
        ),
        "month": month,
        "months": month_choices(reader, month),
        "groups": [
            {
                "title": f"{book.group}. {words(book.vi, book.en)}",
                "key": book.group,
                "fields": [_field(one, known, typed) for one in book.inputs if not one.platform],
            }
            for book in books()
        ],
        "slips": slips,
        "note": request.POST.get("nguon", ""),
        "hrefs": {name: reader.url(f"indicators-{name}") for name in ("keep", "take")},
        "template_href": f"{reader.url('indicators')}?ky={month}&dang=xlsx",
        "preview": preview,
        "ready": ready,
    }
    return render(request, "dean06/pages/indicators_enter.html", shown, status=UNUSABLE if slips else 200)


def _field(one: Input, month: Month, typed: Mapping[str, str] | None) -> dict[str, str]:
    value = month.value(one.code)
    held = "" if value is None else _written(value)
    return {
        "code": one.code,
        "label": words(one.vi, one.en),
        "unit": one.unit,
        "value": typed.get(f"so-{one.code}", held) if typed is not None else held,
    }


def _written(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return f"{int(value)}" if whole else f"{value.normalize():f}".replace(".", ",")


def _given(request: HttpRequest, month: Month) -> dict[str, Decimal | None]:
    """Return the figures that were typed and differ from those that stand; an emptied one is taken back."""
    found: dict[str, Decimal | None] = {}
    for one in _entered_by_hand():
        text = request.POST.get(f"so-{one.code}")
        if text is None:
            continue
        standing = month.value(one.code)
        if not text.strip():
            if standing is not None:
                found[one.code] = None
            continue
        try:
            value = Decimal(str(number_given(text, words(one.vi, one.en))))
        except BadInput as problem:
            raise Misfilled(f"so-{one.code}", problem.vi, problem.en) from problem
        if value != standing:
            found[one.code] = value
    return found


@require_POST
@group_page
def keep(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Keep the figures that changed, with their source."""
    month = asked_month(request, reader)
    try:
        (known,) = measuring.months(reader.viewer, reader.group, [month])
        given = _given(request, known)
        sent = request.FILES.get("tep")
        file = (upload(request, "tep"), PurePath(sent.name or "tep").name) if sent is not None else None
        count = measuring.enter(
            reader.account, reader.group, month, given, note=request.POST.get("nguon", ""), file=file
        )
    except BadInput as problem:
        return _page(request, reader, slips_of(problem, "nguon"))
    return _kept(request, reader, month, count)


def _kept(request: HttpRequest, reader: Reader, month: str, count: int) -> HttpResponse:
    messages.success(request, words(f"Đã ghi {count} số liệu.", f"{count} figures are kept."))
    return HttpResponseRedirect(f"{reader.url('indicators')}?ky={month}")


@require_POST
@group_page
def take(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Look at a workbook's lines: which figures it would change, and what is wrong with the others."""
    month = asked_month(request, reader)
    (known,) = measuring.months(reader.viewer, reader.group, [month])
    try:
        taken = taking.uploaded(request, "bang", COLUMNS)
    except BadInput as problem:
        return _page(request, reader, slips_of(problem, "bang"))
    ready, rows = {}, []
    for row in taken.rows:
        code, text = row.get("code").strip().lower(), row.get("value").strip()
        said, value = _weighed(code, text, known)
        if value is not None:
            ready[code] = _written(value)
        if said:
            what = inputs().get(code)
            label = words(what.vi, what.en) if what else ""
            rows.append(Row(cells=(str(row.number), code, label, text, said)))
    return _page(request, reader, preview=_preview(rows), ready=ready)


def _weighed(code: str, text: str, month: Month) -> tuple[str, Decimal | None]:
    """Say what a line of the workbook would do, and the value that it would set."""
    known = inputs().get(code)
    if not text or not code or (known is not None and known.platform):
        return "", None
    if known is None:
        return words("không có mã này: bỏ qua", "no such code: left out"), None
    try:
        value = Decimal(str(number_given(text, code)))
    except BadInput:
        return words("không phải số: bỏ qua", "no number: left out"), None
    standing = month.value(code)
    if value < 0:
        return words("số âm: bỏ qua", "negative: left out"), None
    told = words("số mới", "new")
    if standing is not None:
        told = words(f"thay {writing.number(standing)}", f"in place of {writing.number(standing)}")
    return ("", None) if standing == value else (told, value)


def _preview(rows: list[Row]) -> Table:
    return Table(
        caption=words("Các dòng của tệp", "Lines of the file"),
        show_caption=True,
        columns=(
            Column(label=words("Dòng", "Row"), kind="num"),
            Column(label=words("Mã", "Code"), nowrap=True),
            Column(label=words("Nội dung", "What"), kind="text"),
            Column(label=words("Giá trị", "Value"), kind="num"),
            Column(label=words("Sẽ làm", "What happens")),
        ),
        rows=tuple(rows),
    )
