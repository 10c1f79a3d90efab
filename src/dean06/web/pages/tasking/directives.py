"""Ý kiến chỉ đạo: recorded with who gave it, when and where; each becomes tasks in one gesture."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode

from dean06.clock.errors import BadInput
from dean06.flows import matters as journey
from dean06.offices import service as offices
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.refusals import reason_of
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Pager, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.work.service import matters as work
from dean06.work.types import DirectiveInfo, NewDirective

SIZE = 25
LEADING = ("leader", "standing_deputy", "deputy")  # roles of the vocabulary whose word directs the group

__all__ = ["directives"]


@group_page
def directives(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the directives of the group, and record another."""
    if request.method != "POST":
        text = " ".join(request.GET.get("q", "").split())
        listed = work.directives(reader.viewer, reader.group.id, text)
        if sheet.asked(request):
            return sheet.answer(request, _sheet(reader, listed), f"y-kien-chi-dao-{reader.group.slug}-{reader.today}")
        return _page(request, reader, listed, {"q": text}, ())
    try:
        made = journey.record_directive(reader.account, reader.group, _new(request), reason=reason_of(request))
    except BadInput as problem:
        listed = work.directives(reader.viewer, reader.group.id)
        typed = {name: request.POST.get(name, "") for name in request.POST}
        return _page(request, reader, listed, typed, slips_of(problem))
    messages.success(request, words(f"Đã ghi ý kiến chỉ đạo số {made.number}.", f"Directive {made.number} noted."))
    return HttpResponseRedirect(reader.url("tasks-directives"))


def _new(request: HttpRequest) -> NewDirective:
    post = request.POST
    if not post.get("noi_dung", "").strip():
        raise Misfilled("noi_dung", "Ghi nội dung chỉ đạo.", "Write what was directed.")
    try:
        day = day_given(post.get("ngay", ""), words("Ngày", "Day"))
    except BadInput as problem:
        raise Misfilled("ngay", problem.vi, problem.en) from problem
    return NewDirective(
        words=post["noi_dung"].replace("\r\n", "\n").strip(),
        given_by=" ".join(post.get("nguoi", "").split()),
        given_on=day,
        source=" ".join(post.get("nguon_ghi", "").split()),
    )


def _make_href(reader: Reader, one: DirectiveInfo) -> str:
    return f"{reader.url('tasks-new')}?{urlencode({'tu': one.ref})}"


def _row(reader: Reader, one: DirectiveInfo) -> Row:
    listed = f"{reader.url('tasks')}?{urlencode({'xem': '', 'nguon': 'directive'})}"
    made = words(f"{one.tasks} việc, {one.open_tasks} đang mở", f"{one.tasks} tasks, {one.open_tasks} open")
    tasks = format_html('<a href="{}">{}</a>', listed, made) if one.tasks else words("chưa giao", "none yet")
    give = format_html('<a href="{}">{}</a>', _make_href(reader, one), words("Giao thành nhiệm vụ", "Make a task"))
    source = format_html('<small class="cell-note">{}</small>', one.source) if one.source else ""
    return Row(
        cells=(
            str(one.number),
            format_html("{}{}", one.words, source),
            one.given_by,
            writing.day(one.given_on),
            format_html("{}<br>{}", tasks, give),
        )
    )


def _leaders(reader: Reader) -> list[str]:
    """Return who may have given a directive, as holder and title."""
    held = offices.holders(reader.group.id, reader.today)
    return [f"{seat.holder}, {seat.title}" for seat in held if seat.role in LEADING]


def _page(
    request: HttpRequest, reader: Reader, listed: list[DirectiveInfo], typed: dict[str, str], slips: tuple[Slip, ...]
) -> HttpResponse:
    leaders = _leaders(reader)
    typed.setdefault("ngay", writing.day(reader.today))
    typed.setdefault("nguoi", leaders[0] if leaders else "")
    count = words(f"{len(listed)} ý kiến", f"{len(listed)} directives")
    query = request.GET.copy()
    query.pop("trang", None)
    items, pager = sliced(listed, page_number(request), SIZE, text=count, query=query.urlencode())
    shown = {
        "head": PageHead(
            title=words("Ý kiến chỉ đạo", "Directives"),
            crumb=Link(label=words("Nhiệm vụ", "Tasks"), href=reader.url("tasks")),
            meta=(count,),
            actions=sheet.offers(request),
        ),
        "slips": slips,
        "typed": typed,
        "leaders": leaders,
        "href": reader.url("tasks-directives"),
        "found": bool(listed),
        "table": _table(reader, items, pager, count),
    }
    return render(request, "dean06/pages/directives.html", shown, status=UNUSABLE if slips else 200)


def _table(reader: Reader, items: Iterable[DirectiveInfo], pager: Pager, count: str) -> Table:
    return Table(
        caption=count,
        columns=(
            Column(label=words("Số", "No."), kind="num"),
            Column(label=words("Nội dung, nguồn", "Words, source"), kind="text"),
            Column(label=words("Người chỉ đạo", "Given by")),
            Column(label=words("Ngày", "Day"), nowrap=True),
            Column(label=words("Nhiệm vụ", "Tasks")),
        ),
        rows=tuple(_row(reader, one) for one in items),
        heading=1,
        pager=pager if pager.pages > 1 else None,
    )


def _sheet(reader: Reader, listed: list[DirectiveInfo]) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Ý kiến chỉ đạo, {reader.group.name}", f"Directives, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}", f"{reader.today}"),),
        header=(
            words("Số", "No."),
            words("Nội dung", "Words"),
            words("Người chỉ đạo", "Given by"),
            words("Ngày", "Day"),
            words("Nguồn", "Source"),
            words("Nhiệm vụ", "Tasks"),
            words("Đang mở", "Open"),
        ),
        rows=((o.number, o.words, o.given_by, o.given_on, o.source, o.tasks, o.open_tasks) for o in listed),
    )
