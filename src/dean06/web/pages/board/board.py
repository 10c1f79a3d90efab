"""Điều hành: one screen and one printed page on how the group stands, each number a door; then the groups below."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from dean06.clock import service as clock
from dean06.flows import board as journey
from dean06.flows.board import children as board_children
from dean06.flows.board.children import Child
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.titles import source_title
from dean06.web.parts.charts import Spark
from dean06.web.parts.grid import Grid, GridCell, GridRow
from dean06.web.parts.page import PageHead
from dean06.web.reader import Reader, group_page

__all__ = ["board"]


def _value(figure: journey.Figure, number: float | None) -> str:
    return writing.percent(number) if figure.kind == "share" else writing.number(number)


def _change(figure: journey.Figure) -> str:
    """Say how it stood a month before, and which way it went."""
    if figure.was is None or figure.now is None:
        return ""
    before = _value(figure, figure.was)
    if figure.now == figure.was:
        return words(f"tháng trước cũng {before}", f"{before} a month before")
    better = figure.less is not None and (figure.now < figure.was) is figure.less
    word = "" if figure.less is None else words(", khá hơn", ", better") if better else words(", kém hơn", ", worse")
    return words(f"tháng trước {before}{word}", f"{before} a month before{word}")


def _figure(reader: Reader, figure: journey.Figure) -> dict[str, object]:
    query = f"?{urlencode(figure.door.query)}" if figure.door.query else ""
    label, note = words(figure.vi, figure.en), words(*figure.note)
    if figure.code.startswith("data."):
        label, note = f"{source_title(note, reader.contracts)}: {label}", ""
    return {
        "value": _value(figure, figure.now),
        "label": label,
        "href": f"{reader.url(figure.door.route, *figure.door.args)}{query}",
        "bad": figure.bad,
        "notes": [one for one in (note, _change(figure)) if one],
    }


def _panel(reader: Reader, panel: journey.Panel) -> dict[str, object]:
    figures = [_figure(reader, one) for one in panel.figures]
    told = {"code": panel.code, "title": words(panel.vi, panel.en), "figures": figures, "told": panel.told}
    return told | _course(panel)


def _course(panel: journey.Panel) -> dict[str, object]:
    if len(panel.course) < 2:
        return {}
    (first, start), (last, end) = panel.course[0], panel.course[-1]
    said = words(*panel.course_words)
    label = words(
        f"{said}: từ {writing.percent(start)} tháng {clock.as_read(first)} "
        f"đến {writing.percent(end)} tháng {clock.as_read(last)}",
        f"{said}: from {writing.percent(start)} in {clock.as_read(first)} "
        f"to {writing.percent(end)} in {clock.as_read(last)}",
    )
    return {"spark": Spark(values=tuple(share for _, share in panel.course), label=label), "spark_label": label}


def _grid(found: tuple[Child, ...], month: str) -> Grid:
    return Grid(
        label=words(
            f"{len(found)} tổ cấp dưới theo từng mặt, kém nhất trước, bản chốt tháng {clock.as_read(month)}",
            f"{len(found)} groups below by measure, the worst first, statements of {clock.as_read(month)}",
        ),
        first_head=words("Tổ công tác", "Group"),
        heads=tuple(words(one.vi, one.en) for one in board_children.MEASURES),
        rows=tuple(
            GridRow(
                title=child.group.short_name,
                note="" if child.frozen else words("chưa chốt bản tuân thủ", "no statement frozen"),
                cells=tuple(
                    GridCell(state=cell.state, text=writing.percent(cell.share, 0) if cell.share is not None else "")
                    for cell in child.cells
                ),
            )
            for child in found
        ),
    )


def _grid_sheet(found: tuple[Child, ...], month: str) -> sheet.Sheet:
    return sheet.Sheet(
        title=words("Tổ cấp dưới theo từng mặt", "Groups below by measure"),
        notes=(words(f"Bản chốt tháng {clock.as_read(month)}", f"Statements of {clock.as_read(month)}"),),
        header=(words("Tổ công tác", "Group"), *(words(one.vi, one.en) for one in board_children.MEASURES)),
        rows=((child.group.name, *(cell.share for cell in child.cells)) for child in found),
    )


def _day(request: HttpRequest, reader: Reader) -> date | None:
    """Return the past day that is asked for; none where it is today or later."""
    given = request.GET.get("ngay", "").strip()
    if not given:
        return None
    day = day_given(given, words("Ngày", "Day"))
    return day if day < reader.today else None


def _month_before(at: datetime) -> str:
    return f"{at.astimezone(clock.TZ).date().replace(day=1) - timedelta(days=1):%Y-%m}"


@group_page
def board(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the board now, or as it stood at the end of a past day."""
    found = journey.board(reader.viewer, reader.group, _day(request, reader))
    month = _month_before(found.at)
    below = board_children.children(reader.viewer, reader.group, month, found.at) if reader.viewer.children else ()
    if sheet.asked(request):
        return sheet.answer(request, _grid_sheet(below, month), f"dieu-hanh-{reader.group.slug}-{month}")
    as_of = (
        words(f"như cuối ngày {writing.day(found.at)}", f"as at the end of {writing.day(found.at)}")
        if found.past
        else words(f"lúc {writing.instant(found.at)}", f"at {writing.instant(found.at)}")
    )
    shown = {
        "head": PageHead(
            title=words("Bảng điều hành", "The chair's board"),
            meta=(reader.group.name, as_of),
            actions=sheet.offers(request) if below else (),
        ),
        "panels": [_panel(reader, one) for one in found.panels],
        "day": writing.day(found.at) if found.past else "",
        "grid": _grid(below, month) if below else None,
    }
    return render(request, "dean06/pages/board.html", shown)
