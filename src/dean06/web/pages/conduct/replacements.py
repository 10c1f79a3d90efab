"""Thay thành viên: the whole procedure on one page, from the tasks not done to the seat's new holder."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.charter import service as charters
from dean06.conduct.service import replacements as conduct
from dean06.conduct.types import ReplacementInfo
from dean06.flows import replacing
from dean06.offices.service import seats
from dean06.offices.types import SeatInfo
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import link
from dean06.web.pages.conduct.words import STATES, basis, clause_cited, state, verb
from dean06.web.pages.offices.frame import home, views
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page
from dean06.work.service import tasks as work
from dean06.work.types import TaskInfo

__all__ = ["begin", "new", "replacements"]


HEADS = (
    ("Số", "No."),
    ("Thành viên", "Member"),
    ("Cơ quan", "Agency"),
    ("Nhiệm vụ", "Tasks"),
    ("Lập ngày", "Opened"),
    ("Đang ở", "State"),
)


def _workbook(request: HttpRequest, reader: Reader, found: list[ReplacementInfo], total: str) -> HttpResponse:
    rows = (
        (
            one.number,
            one.holder,
            reader.agency(one.agency),
            len(one.evidence),
            one.opened_at,
            words(*STATES[one.stage][2:]),
        )
        for one in found
    )
    made = sheet.Sheet(
        title=words(f"Thay thành viên, {reader.group.name}", f"Replacements, {reader.group.name}"),
        notes=(total,),
        header=tuple(words(*head) for head in HEADS),
        rows=rows,
    )
    return sheet.answer(request, made, f"thay-thanh-vien-{reader.group.slug}")


def _table(reader: Reader, found: list[ReplacementInfo], total: str) -> Table:
    kinds = ("num", "", "text", "num", "", "")
    return Table(
        caption=total,
        columns=tuple(Column(label=words(*head), kind=kind) for head, kind in zip(HEADS, kinds, strict=True)),
        rows=tuple(
            Row(
                cells=(
                    str(one.number),
                    link(one.holder, reader.url("replacements-one", one.id)),
                    reader.agency(one.agency),
                    writing.number(len(one.evidence)),
                    writing.day(one.opened_at),
                    state(one),
                )
            )
            for one in found
        ),
        heading=1,
    )


def _none(total: str) -> Panel:
    empty = Empty(
        title=words("Chưa có việc thay thành viên nào", "No replacement yet"),
        text=words(
            "Khi một cơ quan để quá hạn nhiệm vụ, chọn thành viên ở bên để bắt đầu.",
            "Where an agency lets tasks run over, choose its member beside.",
        ),
        sign="law",
    )
    return Panel(id="trong", title=total, flush=True, parts=(empty,))


@group_page
def replacements(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the procedures of the group."""
    found = conduct.replacements(reader.viewer, reader.group.id)
    total = words(f"{len(found)} việc", f"{len(found)} procedures")
    if sheet.asked(request):
        return _workbook(request, reader, found, total)
    shown = {
        "head": PageHead(
            title=words("Thay thành viên", "Replacement of a member"),
            crumb=home(reader),
            meta=(total,),
            actions=sheet.offers(request),
        ),
        "facets": views(reader, "replacements"),
        "told": (basis(reader),),
        "main": (_table(reader, found, total) if found else _none(total),),
        "side": (_chooser(reader),),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _members(reader: Reader) -> list[SeatInfo]:
    """Return the seats whose holder an agency sent and that may be replaced."""
    known = charters.vocabulary().members | {"member"}
    found = seats.seats(reader.viewer, reader.group.id, reader.today)
    return [one for one in found if one.holder and one.agency and one.role in known]


def _chooser(reader: Reader) -> Panel:
    """Return the members whose agency has tasks past their last day, with how many."""
    rows = []
    late_ones = work.late_by_lead(reader.viewer, reader.group.id, reader.now, see_all=reader.see_all)
    for one in _members(reader):
        late = late_ones.get(one.agency or "", 0)
        if late:
            href = reader.url("replacements-new", one.id)
            rows.append(
                Fact(
                    term=one.holder,
                    value=reader.agency(one.agency or ""),
                    aside=link(words(f"{writing.number(late)} quá hạn", f"{writing.number(late)} overdue"), href),
                )
            )
    text = "" if rows else words("Không cơ quan nào có nhiệm vụ quá hạn.", "No agency has tasks past their last day.")
    parts = (SummaryList(facts=tuple(rows), narrow=True),) if rows else ()
    return Panel(id="chon", title=words("Cơ quan còn nhiệm vụ quá hạn", "Overdue tasks"), text=text, parts=parts)


def _form(reader: Reader, seat_id: int, late: list[TaskInfo]) -> Form:
    """Return the form that puts a member's replacement forward: every overdue task is chosen until it is not."""
    return Form(
        id="neu",
        action=reader.url("replacements-begin", seat_id),
        button=words(f"{verb(replacing.action_of(reader.charter)).capitalize()} thay thành viên", "Put forward"),
        kind="primary",
        fields=(
            Field(
                name="nhiem_vu",
                label=words("Nhiệm vụ không hoàn thành", "Tasks not done"),
                kind="checks",
                value=",".join(str(one.id) for one in late),
                choices=tuple(
                    (str(one.id), f"{one.title} ({words('hạn', 'due')} {writing.day(one.due)})") for one in late
                ),
            ),
            Field(name="can_cu", label=words("Nhận xét, căn cứ", "Ground"), kind="area", longest=600),
        ),
    )


@group_page
def new(request: HttpRequest, reader: Reader, seat_id: int) -> HttpResponse:
    """Show what would be put forward against a member: their agency's overdue tasks."""
    seat = next((one for one in _members(reader) if one.id == seat_id), None)
    if seat is None:
        raise Http404
    late = replacing.not_done(reader.viewer, reader.group, seat.agency or "").get(seat.agency or "", [])
    action = replacing.action_of(reader.charter)
    nothing = Empty(title=words("Không có nhiệm vụ quá hạn", "No overdue task"), sign="ok")
    shown = {
        "head": PageHead(
            title=words(f"Thay {seat.holder}", f"Replace {seat.holder}"),
            crumb=Link(label=words("Thay thành viên", "Replacement"), href=reader.url("replacements")),
            meta=(seat.title, reader.agency(seat.agency or "")),
        ),
        "told": (basis(reader),),
        "main": (
            Panel(
                id="chung-cu",
                title=words("Chứng cứ", "Evidence"),
                parts=(_form(reader, seat_id, late) if late else nothing,),
                aside=clause_cited(reader, action),
            ),
        ),
    }
    return render(request, "dean06/pages/panels.html", shown)


@require_POST
@group_page
def begin(request: HttpRequest, reader: Reader, seat_id: int) -> HttpResponse:
    """Put the replacement of a member forward."""
    if all(one.id != seat_id for one in _members(reader)):
        raise Http404
    chosen = [int(one) for one in request.POST.getlist("nhiem_vu") if one.isdecimal()]
    made = replacing.put_forward(
        reader.account,
        reader.group,
        seat_id,
        chosen,
        request.POST.get("can_cu", ""),
        reason=request.POST.get("ly_do") or None,
    )
    messages.success(request, words("Đã nêu việc thay thành viên.", "It is put forward."))
    return HttpResponseRedirect(reader.url("replacements-one", made.id))
