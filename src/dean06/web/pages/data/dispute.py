"""One dispute of a rule: what is said of it, which rows show it, what was decided, and the forms of who decides."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.corrections.types import FindingInfo
from dean06.flows import disputing
from dean06.offices import service as offices
from dean06.reconcile.service import contradictions
from dean06.sources import service as sources
from dean06.sources.types import DisputeInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.days import day_given
from dean06.web.pages.refusals import question
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.pages.titles import compared_title, rule_title, source_title
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.shape import Part
from dean06.web.parts.work import Event, Fact, SummaryList, Timeline
from dean06.web.reader import Reader, group_page

ACTS = {
    "made": ("ask", "Báo sai", "Disputed"),
    "suspended": ("clock", "Tạm dừng", "Suspended"),
    "refused": ("no", "Bác", "Refused"),
    "ended": ("ok", "Chạy lại trước hạn", "Ended early"),
}

__all__ = ["ACTS", "decide", "doubt", "one", "place", "resume", "state_chip"]


def state_chip(told: DisputeInfo, today: date) -> str:
    """Show how a dispute stands on a day."""
    if told.waiting:
        return chip("ask", words("chờ quyết định", "waits"), with_sign="clock")
    if told.state == "refused":
        return chip("bad", words("bác, luật giữ nguyên", "refused"), with_sign="no")
    if told.rests_on(today) and told.until:
        day = writing.day(told.until)
        return chip("warn", words(f"tạm dừng đến {day}", f"rests until {day}"), with_sign="clock")
    return chip("mute", words("đã chạy lại", "works again"), with_sign="ok")


def place(name: str, row: int, run: str) -> str:
    """Return where a row lies: its sheet, its number, the run."""
    return f"{f'{name}, ' if name else ''}{words('dòng', 'row')} {row}, {words('lượt', 'run')} {run}"


def doubt(reader: Reader, one: FindingInfo) -> str:
    """Return the way to say that the rule of a finding is wrong: a contradiction stands on no list of its source."""
    if one.field != contradictions.RECORD or contradictions.words(one.rule) is None or reader.ending:
        return ""
    href = f"{reader.url('disputes-make', one.source)}?{urlencode({'luat': f'{one.rule}.{one.field}'})}"
    return format_html('<a href="{}">{}</a>', href, words("Luật sai?", "Rule wrong?"))


def _own(reader: Reader, dispute_id: int) -> DisputeInfo:
    found = sources.dispute(reader.viewer, reader.group.id, dispute_id)
    if found is None:
        raise Http404
    return found


@group_page
def one(request: HttpRequest, reader: Reader, dispute_id: int) -> HttpResponse:
    """Show one dispute: the rule, why, which rows, what was decided, and the form of whoever may decide."""
    return _shown(request, reader, _own(reader, dispute_id))


def _shown(request: HttpRequest, reader: Reader, told: DisputeInfo, slips: tuple[Slip, ...] = ()) -> HttpResponse:
    main: list[Part] = [_facts(reader, told)]
    if told.waiting and not reader.ending:
        answer = disputing.may_decide(reader.viewer, reader.group, told)
        main += _decision(reader, told) if answer.allowed else [question(reader, answer)]
    elif told.rests_on(reader.today) and disputing.may_resume(reader.viewer, reader.group, told).allowed:
        main.append(_resumption(reader, told))
    shown = {
        "head": PageHead(
            title=words(f"Báo sai luật, {told.label}", f"Disputed rule, {told.label}"),
            crumb=Link(label=words("Luật bị báo sai", "Disputed rules"), href=reader.url("disputes")),
            meta=(source_title(told.source, reader.contracts), state_chip(told, reader.today)),
        ),
        "slips": slips,
        "main": tuple(main),
        "side": (_history(reader, told),),
    }
    return render(request, "dean06/pages/panels.html", shown, status=UNUSABLE if slips else 200)


def _facts(reader: Reader, told: DisputeInfo) -> Panel:
    rows = [
        format_html(
            '<a href="{}?{}">{}</a>',
            reader.url("runs-one", int(one.run.removeprefix("L"))),
            urlencode({"dong_so": one.row}),
            place(one.sheet, one.row, one.run),
        )
        for one in told.examples
    ]
    facts = [
        Fact(term=words("Luật", "Rule"), value=rule_title(told.source, told.rule, reader.contracts)),
        Fact(term=words("Cột", "Field"), value=compared_title(told.source, told.field, reader.contracts)),
        Fact(term=words("Lý do báo sai", "Why"), value=told.reason),
    ]
    if rows:
        listed = format_html_join(SafeString("<br>"), "{}", ((one,) for one in rows))
        aside = words("mở dòng phải nêu mục đích", "opens for a stated purpose")
        facts.append(Fact(term=words("Dòng ví dụ", "Rows"), value=listed, aside=aside))
    if told.until:
        days = f"{writing.day(told.since)} – {writing.day(told.until)}" if told.since else ""
        text = words(f"{days}; đến ngày cuối luật tự chạy lại", f"{days}; on the last day it works again by itself")
        facts.append(Fact(term=words("Tạm dừng", "At rest"), value=text))
    return Panel(
        id="dieu-bao", title=words("Điều bị báo sai", "What is disputed"), parts=(SummaryList(facts=tuple(facts)),)
    )


def _decision(reader: Reader, told: DisputeInfo) -> list[Part]:
    days, source = sources.longest_suspension()
    rest = Form(
        id="td",
        action=reader.url("disputes-decide", told.id),
        button=words("Tạm dừng luật", "Let it rest"),
        kind="primary",
        fields=(
            Field(name="quyet_dinh", kind="hidden", value="tam-dung"),
            Field(
                name="den",
                label=words("Chạy lại từ ngày", "Works again on"),
                kind="day",
                hint=words(f"Trong {days} ngày. {source.vi}.", f"Within {days} days. {source.en}."),
            ),
            Field(name="ly_do", label=words("Lý do", "Reason"), longest=300),
        ),
        note=words(
            "Trong lúc dừng: dòng trái luật vẫn đếm; không mở sai lệch, đơn sửa; sai lệch cũ chờ; phép đo không tính.",
            "While it rests: broken rows are counted, nothing is opened, what it found waits, no measure counts it.",
        ),
    )
    refusal = Form(
        id="bac",
        action=reader.url("disputes-decide", told.id),
        button=words("Bác, giữ luật", "Refuse"),
        fields=(
            Field(name="quyet_dinh", kind="hidden", value="bac"),
            Field(name="ly_do", label=words("Lý do", "Reason"), longest=300),
        ),
    )
    return [
        Panel(id="tam-dung", title=words("Tạm dừng luật đến một ngày", "Let it rest until a day"), parts=(rest,)),
        Panel(id="bac-bo", title=words("Bác lời báo", "Refuse"), parts=(refusal,)),
    ]


def _resumption(reader: Reader, told: DisputeInfo) -> Panel:
    form = Form(
        id="cl",
        action=reader.url("disputes-resume", told.id),
        button=words("Cho chạy lại ngay", "Let it work again"),
        fields=(Field(name="ly_do", label=words("Lý do", "Reason"), longest=300),),
    )
    return Panel(id="chay-lai", title=words("Chạy lại trước hạn", "End it early"), parts=(form,))


def _history(reader: Reader, told: DisputeInfo) -> Panel:
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today)}
    events = tuple(
        Event(
            text=words(*ACTS[one.act][1:])
            + (f" {words('đến', 'until')} {writing.day(one.until)}" if one.until else ""),
            when=writing.instant(one.at),
            sign=ACTS[one.act][0],
            note=": ".join(part for part in (names.get(one.by, ""), one.reason) if part),
        )
        for one in reversed(told.acts)
    )
    return Panel(id="qua-trinh", title=words("Quá trình", "What happened"), parts=(Timeline(events=events),))


@require_POST
@group_page
def decide(request: HttpRequest, reader: Reader, dispute_id: int) -> HttpResponse:
    """Let the rule rest until a day, or refuse."""
    told, post = _own(reader, dispute_id), request.POST
    rest = post.get("quyet_dinh") == "tam-dung"
    try:
        until = day_given(post.get("den", ""), words("Chạy lại từ ngày", "Works again on")) if rest else None
        disputing.decide(reader.viewer, reader.group, told, until, post.get("ly_do", ""))
    except BadInput as problem:
        return _shown(request, reader, told, slips_of(problem, "td-den" if rest else "bac-ly_do"))
    messages.success(request, words("Đã ghi quyết định.", "The decision is recorded."))
    return HttpResponseRedirect(reader.url("disputes-one", told.id))


@require_POST
@group_page
def resume(request: HttpRequest, reader: Reader, dispute_id: int) -> HttpResponse:
    """Let a rule that rests work again before its day."""
    told = _own(reader, dispute_id)
    try:
        disputing.resume(reader.viewer, reader.group, told, request.POST.get("ly_do", ""))
    except BadInput as problem:
        return _shown(request, reader, told, slips_of(problem, "cl-ly_do"))
    messages.success(request, words("Luật chạy lại từ hôm nay.", "The rule works again from today."))
    return HttpResponseRedirect(reader.url("disputes-one", told.id))
