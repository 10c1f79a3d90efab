"""What a group sets for itself: standing assignments of sources, local rules, and a demonstration's day."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.flows import demo_day, ordering, setup
from dean06.flows.facts import SPAN_GAP
from dean06.flows.inviting import ADMINISTRATORS
from dean06.offices import service as offices
from dean06.population import service as population
from dean06.sources.live import Contract
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip, clause
from dean06.web.pages.clauses import cite, cite_assignment
from dean06.web.pages.days import day_given
from dean06.web.pages.group.gaps import rule_words
from dean06.web.pages.group.qr_choice import shown_on_papers
from dean06.web.pages.titles import severity_words, source_title
from dean06.web.parts.page import Action, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

STEPS = (("Hôm sau", "Next day", 1), ("Tuần sau", "Next week", 7), ("Tháng sau", "Next month", 30))
SPANS = {"month": {"from_day": 1}, "15": {"from_day": 15}}
DEADLINE_GAP = "G-20"
SEVERITIES = (1, 2, 3)
MOST_DAYS = 250
REGISTERS = 6

__all__ = ["assign", "deadlines", "move_day", "settings", "span"]


def _sources(reader: Reader) -> Table:
    rows = []
    for source, contract in reader.contracts.lists().items():
        held = reader.standing.get(source)
        answer = charters.answerable(reader.charter, contract.system) if contract.system else None
        if held:
            who, label = reader.agency(held.agency), cite_assignment(reader, held)
            state = chip("ok", words("Đã giao", "Given"), with_sign="ok")
        elif answer:
            who, label = answer.agency_name, cite(reader, answer.citation, kind="reading" if answer.reading else "")
            state = chip("warn", words("Tổ trưởng chưa giao", "Not given yet"), with_sign="clock")
        elif contract.owner:
            who, label = reader.agency(contract.owner), SafeString(words("theo hợp đồng dữ liệu", "by the contract"))
            state = chip("warn", words("Tổ trưởng chưa giao", "Not given yet"), with_sign="clock")
        else:
            who, label = words("Quy chế không nêu", "The charter is silent"), SafeString("")
            state = chip("mute", words("Không quy định", "Not regulated"), with_sign="dash")
        rows.append(Row(cells=(source_title(source, reader.contracts), who, label, state), id=f"nguon-{source}"))
    return Table(
        caption=words("Nguồn dữ liệu và cơ quan trả lời", "Sources and who answers"),
        show_caption=True,
        columns=(
            Column(label=words("Nguồn", "Source")),
            Column(label=words("Cơ quan trả lời", "Answerable agency")),
            Column(label=words("Căn cứ", "Clause")),
            Column(label=words("Phân công", "Assignment")),
        ),
        rows=tuple(rows),
    )


def _registers(reader: Reader) -> Table | None:
    """Return the newest snapshots of the register the group holds: day, people, checksum; never a row."""
    found = population.registers(reader.viewer, reader.group.id)[:REGISTERS]
    if not found:
        return None
    return Table(
        caption=words("Sổ dân cư đang giữ", "Register snapshots"),
        show_caption=True,
        columns=(
            Column(label=words("Tính đến ngày", "As of"), nowrap=True),
            Column(label=words("Số người", "People"), kind="num"),
            Column(label="SHA-256"),
        ),
        rows=tuple(
            Row(
                cells=(
                    writing.day(one.as_of),
                    writing.number(one.rows),
                    format_html("<code>{} … {}</code>", one.sha256[:8], one.sha256[-4:]),
                )
            )
            for one in found
        ),
    )


def _rules(reader: Reader) -> SummaryList:
    gaps = charters.vocabulary().gaps
    rules = adoption.local_rules(reader.group.id, reader.today)
    return SummaryList(
        facts=tuple(
            Fact(
                term=words(f"Quy ước số {rule.number}", f"Local rule no. {rule.number}"),
                value=f"{words(gaps[gap].vi, gaps[gap].en) if gap in gaps else gap}: {rule_words(gap, rule.value)}",
                aside=clause(writing.day(rule.adopted_on), kind="local"),
            )
            for gap, rule in rules.items()
        )
    )


def _days_now(reader: Reader) -> list[tuple[int, str, int]]:
    rule = adoption.local_rule(reader.group.id, DEADLINE_GAP, reader.today)
    value = rule.value if rule and isinstance(rule.value, dict) else {}
    local = {int(key): int(str(days)) for key, days in value.items()}
    return [(level, severity_words(level), corrections.working_days(level, local)) for level in SEVERITIES]


def _named(reader: Reader, contract: Contract) -> bool:
    """Say whether the charter, or else the contract, names who answers for a source."""
    by_charter = contract.system and charters.answerable(reader.charter, contract.system)
    return bool(by_charter or contract.owner)


def _administration(reader: Reader) -> tuple[Action, ...]:
    """Return the way to the accounts of the installation, for whoever answers for them."""
    if not ADMINISTRATORS & set(offices.technical_roles(reader.account, clock.today())):
        return ()
    label = words("Quản trị tài khoản", "Administration of accounts")
    return (Action(label=label, href=reverse("admin-accounts"), sign="lock"),)


@group_page
def settings(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what the group has set, and the ways to set more."""
    waiting = [
        (source, source_title(source, reader.contracts))
        for source, contract in reader.contracts.lists().items()
        if source not in reader.standing and _named(reader, contract)
    ]
    shown = {
        "head": PageHead(
            title=words("Cài đặt của tổ", "Settings of the group"),
            meta=(reader.group.name,),
            actions=(
                Action(label=words("Kết thúc, bàn giao", "End, hand over"), href=reader.url("succession"), sign="end"),
                Action(label=words("Sổ ghi", "Ledger"), href=reader.url("ledger"), sign="chain"),
                *_administration(reader),
            ),
        ),
        "sources": _sources(reader),
        "registers": _registers(reader),
        "waiting": waiting,
        "assign_href": reader.url("settings-assign"),
        "rules": _rules(reader),
        "span_href": reader.url("settings-span"),
        "deadlines_href": reader.url("settings-deadlines"),
        "days": _days_now(reader),
        "today": writing.day(reader.today),
        "qr": shown_on_papers(reader),
        "qr_href": reader.url("settings-qr"),
    }
    return render(request, "dean06/pages/settings.html", shown)


@require_POST
@group_page
def assign(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Make the leader's standing assignment of a source."""
    reason = request.POST.get("ly_do") or None
    made = ordering.assign_source(reader.account, reader.group, request.POST.get("nguon", ""), reason=reason)
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


@require_POST
@group_page
def deadlines(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Set how many working days a correction of each severity has (gap G-20)."""
    given = {str(level): request.POST.get(f"muc-{level}", "") for level in SEVERITIES}
    if not all(days.isdecimal() and 1 <= int(days) <= MOST_DAYS for days in given.values()):
        raise BadInput(
            f"Số ngày làm việc phải từ 1 đến {MOST_DAYS}.", f"Working days must be between 1 and {MOST_DAYS}."
        )
    setup.set_local_rule(reader.account, reader.group, DEADLINE_GAP, {key: int(days) for key, days in given.items()})
    messages.success(request, words("Đã đặt quy ước hạn sửa.", "The bounds are set."))
    return HttpResponseRedirect(reader.url("settings"))


@group_page
def move_day(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Move the day of a demonstration group, and only of one."""
    if not reader.group.is_demo:
        raise Http404
    if request.method == "POST":
        asked = day_given(request.POST.get("ngay", ""), words("Ngày trình diễn", "The demonstration's day"))
        demo_day.move(reader.account, reader.group, asked)
        return HttpResponseRedirect(reader.url("desk"))
    shown = {
        "head": PageHead(title=words("Ngày của tổ trình diễn", "The demonstration's day")),
        "today": writing.day(reader.today),
        "steps": [
            (words(label, english), writing.day(reader.today + timedelta(days=days))) for label, english, days in STEPS
        ],
    }
    return render(request, "dean06/pages/demo_day.html", shown)
