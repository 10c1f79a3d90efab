"""What a group sets for itself: standing assignments of sources, local rules, absences, and a demonstration's day."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import demo_day, ordering, setup
from dean06.flows.facts import SPAN_GAP
from dean06.offices import service as offices
from dean06.sources import live as contracts
from dean06.sources import service as sources
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip, clause
from dean06.web.parts.page import Action, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

STEPS = (("Hôm sau", "Next day", 1), ("Tuần sau", "Next week", 7), ("Tháng sau", "Next month", 30))
SPANS = {"month": {"from_day": 1}, "15": {"from_day": 15}}

__all__ = ["absence", "assign", "move_day", "settings", "span"]


def _sources(reader: Reader) -> Table:
    standing = sources.assignments(reader.group.id)
    charter = adoption.charter_of(reader.group.charter_line)
    names = offices.agencies(reader.group.id)
    rows = []
    for source, contract in contracts.contracts().items():
        held = standing.get(source)
        answer = charters.answerable(charter, contract.system) if contract.system else None
        if held:
            who = names.get(held.agency, held.agency)
            label, kind = held.citation_label, "reading" if held.reading else ""
            state = chip("ok", words("Đã giao", "Given"), with_sign="ok")
        elif answer:
            who, label, kind = answer.agency_name, charters.clause_label(answer.citation), ""
            state = chip("warn", words("Tổ trưởng chưa giao", "Not given yet"), with_sign="clock")
        else:
            who, label, kind = words("Quy chế không nêu", "The charter is silent"), "", ""
            state = chip("mute", words("Không quy định", "Not regulated"), with_sign="dash")
        title = words(contract.title.vi, contract.title.en)
        rows.append(Row(cells=(title, who, clause(label, kind=kind) if label else "", state), id=f"nguon-{source}"))
    return Table(
        caption=words("Nguồn dữ liệu và cơ quan trả lời", "Sources and who answers"),
        columns=(
            Column(label=words("Nguồn", "Source")),
            Column(label=words("Cơ quan trả lời", "Answerable agency")),
            Column(label=words("Căn cứ", "Clause")),
            Column(label=words("Phân công", "Assignment")),
        ),
        rows=tuple(rows),
    )


def _rules(reader: Reader) -> SummaryList:
    gaps = charters.vocabulary().gaps
    rules = adoption.local_rules(reader.group.id, clock.today(reader.group))
    return SummaryList(
        facts=tuple(
            Fact(
                term=words(f"Quy ước số {rule.number}", f"Local rule no. {rule.number}"),
                value=f"{gaps[gap].vi if gap in gaps else gap}: {rule.value}",
                aside=clause(
                    words(f"{gap}, {writing.day(rule.adopted_on)}", f"{gap}, {rule.adopted_on}"), kind="local"
                ),
            )
            for gap, rule in rules.items()
        )
    )


@group_page
def settings(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what the group has set, and the ways to set more."""
    standing = sources.assignments(reader.group.id)
    waiting = [
        (source, words(contract.title.vi, contract.title.en))
        for source, contract in contracts.contracts().items()
        if source not in standing and contract.system
    ]
    leader = offices.holders(reader.group.id, clock.today(reader.group), role="leader")
    shown = {
        "head": PageHead(
            title=words("Cài đặt của tổ", "Settings of the group"),
            meta=(reader.group.name,),
            actions=(Action(label=words("Sổ ghi", "Ledger"), href=reader.url("ledger"), sign="chain"),),
        ),
        "sources": _sources(reader),
        "waiting": waiting,
        "assign_href": reader.url("settings-assign"),
        "rules": _rules(reader),
        "span_href": reader.url("settings-span"),
        "leader": leader[0] if leader else None,
        "absence_href": reader.url("settings-absence"),
        "today": clock.today(reader.group).isoformat(),
    }
    return render(request, "dean06/pages/settings.html", shown)


@require_POST
@group_page
def assign(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Make the leader's standing assignment of a source."""
    made = ordering.assign_source(reader.account, reader.group, request.POST.get("nguon", ""))
    messages.success(
        request,
        words(f"Đã giao theo {made.citation_label}.", f"Given under {made.citation_label}."),
    )
    return HttpResponseRedirect(reader.url("settings"))


@require_POST
@group_page
def span(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Set the span of data of the monthly report (gap G-12)."""
    value = SPANS.get(request.POST.get("ky", ""))
    if value is None:
        raise BadInput("Chọn một trong hai kỳ số liệu.", "Choose one of the two spans.")
    setup.set_local_rule(reader.account, reader.group, SPAN_GAP, dict(value))
    messages.success(request, words("Đã đặt quy ước kỳ số liệu.", "The span is set."))
    return HttpResponseRedirect(reader.url("settings"))


def _day(text: str, what: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise BadInput(f"{what}: ghi ngày theo lịch.", f"{what}: give a day of the calendar.") from problem


@require_POST
@group_page
def absence(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Record that the leader is away; it switches the standing deputy's acting power on for those days."""
    since, until = _day(request.POST.get("tu", ""), "Từ ngày"), _day(request.POST.get("den", ""), "Đến ngày")
    held = offices.holders(reader.group.id, clock.today(reader.group), role="leader")
    if not held:
        raise BadInput("Tổ chưa có Tổ trưởng.", "The group has no leader.")
    bounds = (clock.at_start_of(since), clock.at_start_of(until + timedelta(days=1)))
    setup.record_absence(reader.account, reader.group, held[0], bounds, reason=request.POST.get("ly_do") or None)
    messages.success(request, words("Đã ghi vắng mặt.", "The absence is recorded."))
    return HttpResponseRedirect(reader.url("settings"))


@group_page
def move_day(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Move the day of a demonstration group, and only of one."""
    if request.method == "POST":
        demo_day.move(reader.account, reader.group, _day(request.POST.get("ngay", ""), "Ngày trình diễn"))
        return HttpResponseRedirect(reader.url("desk"))
    today = clock.today(reader.group)
    shown = {
        "head": PageHead(title=words("Ngày của tổ trình diễn", "The demonstration's day")),
        "today": today.isoformat(),
        "is_demo": reader.group.is_demo,
        "steps": [
            (words(label, english), (today + timedelta(days=days)).isoformat()) for label, english, days in STEPS
        ],
    }
    return render(request, "dean06/pages/demo_day.html", shown)
