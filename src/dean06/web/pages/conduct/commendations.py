"""Khen thưởng: the year's list, and one with its whole way and each step of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.conduct.service import commendations as face
from dean06.conduct.types import CommendationInfo, Happened, Honoured, State
from dean06.flows import commending, violating
from dean06.web import marks, sheet, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite_in
from dean06.web.pages.days import day_given
from dean06.web.pages.funds.money import clause_marks, names_of
from dean06.web.pages.listing import page_number, sliced
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Event, Fact, SummaryList, Timeline
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import people_who_can

SIZE = 25
STATES = {
    State.PROPOSED: ("info", "pen", "Đã đề nghị", "Proposed"),
    State.GRANTED: ("ok", "ok", "Đã khen", "Commended"),
    State.SUBMITTED: ("warn", "clock", "Đã trình cấp trên", "Submitted"),
    State.AWARDED: ("ok", "ok2", "Cấp trên đã khen", "Awarded"),
    State.DECLINED: ("mute", "no", "Không khen", "Declined"),
    State.WITHDRAWN: ("mute", "left", "Đã rút", "Withdrawn"),
}

__all__ = ["commendations", "draft", "grant", "happened", "one", "party_words", "record", "submit", "withdraw"]


def state_chip(state: State) -> str:
    """Show where a commendation stands."""
    tone, sign, vi, en = STATES[state]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def party_words(reader: Reader, one: Honoured) -> str:
    """Name a party: a person with post and agency, or an agency."""
    agency = reader.agency(one.agency)
    return ", ".join(part for part in (one.name, one.post, agency) if part)


def _table(reader: Reader, shown: Sequence[CommendationInfo]) -> Table:
    return Table(
        caption=words("Khen thưởng", "Commendations"),
        columns=(
            Column(label=words("Số", "No."), nowrap=True),
            Column(label=words("Thành tích", "Achievement"), kind="text"),
            Column(label=words("Hình thức", "Form"), nowrap=True),
            Column(label=words("Tập thể, cá nhân", "Parties"), kind="text"),
            Column(label=words("Tình trạng", "State"), nowrap=True),
            Column(label=words("Văn bản", "Paper")),
        ),
        rows=tuple(
            Row(
                cells=(
                    f"{one.number}/{one.year}",
                    marks.link(one.title, reader.url("commendations-one", one.id)),
                    one.form,
                    "; ".join(party_words(reader, each) for each in one.honoured),
                    state_chip(one.state),
                    f"{one.decided_as}, {writing.day(one.decided_on)}" if one.decided_as else "",
                )
            )
            for one in shown
        ),
        heading=1,
    )


def _workbook(reader: Reader, found: Sequence[CommendationInfo]) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Khen thưởng, {reader.group.name}", f"Commendations, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}", f"{reader.today}"),),
        header=tuple(
            words(vi, en)
            for vi, en in (
                ("Số", "No."),
                ("Năm", "Year"),
                ("Thành tích", "Achievement"),
                ("Hình thức", "Form"),
                ("Căn cứ", "Ground"),
                ("Họ tên", "Name"),
                ("Chức vụ", "Post"),
                ("Cơ quan", "Agency"),
                ("Kết quả công việc", "Deeds"),
                ("Tình trạng", "State"),
                ("Số văn bản", "Paper"),
                ("Ngày", "Day"),
            )
        ),
        rows=(
            (
                one.number,
                one.year,
                one.title,
                one.form,
                one.ground,
                each.name,
                each.post,
                reader.agency(each.agency),
                each.deeds,
                words(*STATES[one.state][2:]),
                one.decided_as,
                one.decided_on,
            )
            for one in found
            for each in one.honoured
        ),
    )


def _files(reader: Reader) -> tuple[Action, ...]:
    """Offer the violation files to their readers; nobody else learns that there are any."""
    if not violating.is_reader(reader.viewer, reader.group):
        return ()
    return (Action(label=words("Hồ sơ vi phạm", "Violation files"), href=reader.url("violations"), sign="lock"),)


@group_page
def commendations(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the commendations of a year."""
    given, text = request.GET.get("nam", ""), " ".join(request.GET.get("q", "").split())[:200]
    year = int(given) if given.isdecimal() and len(given) == 4 else reader.today.year
    found = face.commendations(reader.viewer, reader.group.id, year, text)
    if sheet.asked(request):
        return sheet.answer(request, _workbook(reader, found), f"khen-thuong-{year}-{reader.group.slug}")
    said = words(f"{len(found)} đề nghị", f"{len(found)} proposals")
    shown, pager = sliced(found, page_number(request), SIZE, text=said, query=urlencode({"nam": str(year), "q": text}))
    begin = Action(
        label=words("Đề nghị khen", "Propose"), href=reader.url("commendations-new"), kind="primary", sign="pen"
    )
    page = {
        "head": PageHead(
            title=words("Khen thưởng", "Commendations"),
            meta=(words(f"năm {year}", str(year)), said),
            actions=(begin, *_files(reader), *sheet.offers(request)),
        ),
        "years": [one for one in face.years(reader.group.id) if one != year],
        "year": year,
        "text": text,
        "found": found,
        "table": _table(reader, shown),
        "pager": pager if pager.pages > 1 else None,
        "empty": Empty(
            title=words(f"Năm {year} chưa có đề nghị khen nào", f"No proposal in {year}"),
            text=words(
                "Đề nghị lấy số liệu từ kết quả công việc: nhiệm vụ đúng hạn, dữ liệu đã chứng minh, báo cáo đúng hạn.",
                "A proposal draws on results: tasks in time, data proved, reports in time.",
            ),
            action=begin,
        ),
    }
    return render(request, "dean06/pages/conduct/commendations.html", page)


# ------------------------------------------------------------------ one


def happened(reader: Reader, events: Sequence[Happened], said: dict[str, tuple[str, str, str, str]]) -> Timeline:
    """Show what happened, newest first, each with who did it and under which clause."""
    names = names_of(reader)
    shown = []
    for one in reversed(events):
        sign, tone, vi, en = said.get(one.kind, ("dots", "", one.kind, one.kind))
        told = " · ".join(part for part in (names.get(one.account, ""), one.note) if part)
        clauses = clause_marks(reader, one.clauses, one.at.date())
        shown.append(
            Event(
                text=words(vi, en),
                when=writing.instant(one.at),
                iso=one.at.isoformat(),
                sign=sign,
                tone=tone,
                note=format_html("{} {}", told, clauses) if clauses else told,
            )
        )
    return Timeline(events=tuple(shown))


EVENTS = {
    state.value: (sign, tone if tone in ("ok", "warn") else "", vi, en)
    for state, (tone, sign, vi, en) in STATES.items()
}


def _parties(reader: Reader, found: CommendationInfo) -> Table:
    return Table(
        caption=words("Tập thể, cá nhân được đề nghị", "Who is proposed"),
        show_caption=True,
        columns=(
            Column(label=words("Tập thể, cá nhân", "Party"), kind="text"),
            Column(label=words("Thành tích", "Deeds"), kind="text"),
            Column(label=words("Số liệu và nguồn", "Figures and sources"), kind="text"),
        ),
        rows=tuple(
            Row(
                cells=(
                    party_words(reader, one),
                    one.deeds,
                    "; ".join(
                        f"{each.label}: {writing.number(each.value)} ({', '.join(each.sources[:3])})"
                        for each in one.figures
                        if each.value
                    ),
                )
            )
            for one in found.honoured
        ),
    )


def _step(reader: Reader, found: CommendationInfo, action: str) -> dict[str, object]:
    decision = commending.answers(reader.account, reader.group, found)[action].decision
    return {
        "may": decision.outcome == "allowed",
        "sentence": decision.sentence(current_language()),
        "cites": [cite_in(reader, decision.charter, one) for one in decision.citations[:2]],
        "people": [] if decision.outcome == "allowed" else people_who_can(reader, decision),
    }


@group_page
def one(request: HttpRequest, reader: Reader, commendation_id: int) -> HttpResponse:
    """Show one commendation: whom it is for, the figures that speak for them, and the step that comes next."""
    found = face.commendation(reader.viewer, reader.group.id, commendation_id)
    proposed = found.state is State.PROPOSED and not reader.ending
    facts = (
        Fact(term=words("Tình trạng", "State"), value=state_chip(found.state)),
        Fact(term=words("Hình thức", "Form"), value=found.form),
        Fact(term=words("Căn cứ", "Ground"), value=found.ground),
        Fact(
            term=words("Thời gian lập thành tích", "Span"),
            value=f"{writing.day(found.since)} – {writing.day(found.until)}",
        ),
        Fact(
            term=words("Văn bản", "Paper"),
            value=f"{found.decided_as}, {writing.day(found.decided_on)}" if found.decided_as else "–",
        ),
        *((Fact(term=words("Kết quả", "Result"), value=found.result),) if found.result else ()),
    )
    page = {
        "head": PageHead(
            title=found.title,
            crumb=Link(label=words("Khen thưởng", "Commendations"), href=reader.url("commendations")),
            meta=(words(f"Đề nghị số {found.number}/{found.year}", f"Proposal {found.number}/{found.year}"),),
        ),
        "found": found,
        "facts": SummaryList(facts=facts),
        "parties": _parties(reader, found),
        "timeline": happened(reader, found.events, EVENTS),
        "granting": _step(reader, found, commending.GRANT) if proposed else None,
        "submitting": _step(reader, found, commending.SUBMIT) if proposed else None,
        "awaits": found.state is State.SUBMITTED and not reader.ending,
        "paper_href": reader.url("papers-one", found.paper_id) if found.paper_id else "",
        "today": writing.day(reader.today),
        "hrefs": {
            name: reader.url(f"commendations-{name}", found.id)
            for name in ("grant", "submit", "record", "withdraw", "draft")
        },
    }
    return render(request, "dean06/pages/conduct/commendation.html", page)


def _paper(request: HttpRequest, reader: Reader, commendation_id: int) -> tuple[str, date]:
    face.for_flow(reader.group.id, commendation_id)
    label = " ".join(request.POST.get("so", "").split())[:80]
    return label, day_given(request.POST.get("ngay", ""), words("Ngày văn bản", "Day of the paper"))


def _done(request: HttpRequest, reader: Reader, commendation_id: int, vi: str, en: str) -> HttpResponse:
    messages.success(request, words(vi, en))
    return HttpResponseRedirect(reader.url("commendations-one", commendation_id))


@require_POST
@group_page
def grant(request: HttpRequest, reader: Reader, commendation_id: int) -> HttpResponse:
    """Commend within competence."""
    within = request.POST.get("trong_tham_quyen") == "1"
    reason = request.POST.get("ly_do") or None
    commending.grant(
        reader.account,
        reader.group,
        commendation_id,
        *_paper(request, reader, commendation_id),
        within=within,
        reason=reason,
    )
    return _done(request, reader, commendation_id, "Đã ghi quyết định khen.", "The decision is recorded.")


@require_POST
@group_page
def submit(request: HttpRequest, reader: Reader, commendation_id: int) -> HttpResponse:
    """Submit to the competent level."""
    reason = request.POST.get("ly_do") or None
    commending.submit(
        reader.account, reader.group, commendation_id, *_paper(request, reader, commendation_id), reason=reason
    )
    return _done(request, reader, commendation_id, "Đã ghi trình cấp trên.", "The submission is recorded.")


@require_POST
@group_page
def record(request: HttpRequest, reader: Reader, commendation_id: int) -> HttpResponse:
    """Record what the level above decided."""
    state = State.AWARDED if request.POST.get("ket_qua") == "khen" else State.DECLINED
    result = " ".join(request.POST.get("ghi_chu", "").split())[:400]
    commending.record(
        reader.account, reader.group, commendation_id, state, *_paper(request, reader, commendation_id), result
    )
    return _done(request, reader, commendation_id, "Đã ghi kết quả.", "The result is recorded.")


@require_POST
@group_page
def withdraw(request: HttpRequest, reader: Reader, commendation_id: int) -> HttpResponse:
    """Take a proposal back."""
    why = " ".join(request.POST.get("vi_sao", "").split())[:400]
    commending.withdraw(reader.account, reader.group, commendation_id, why)
    return _done(request, reader, commendation_id, "Đã rút đề nghị.", "The proposal is taken back.")


@require_POST
@group_page
def draft(request: HttpRequest, reader: Reader, commendation_id: int) -> HttpResponse:
    """Draft the decision or the submission."""
    action = commending.GRANT if request.POST.get("loai") == "quyet-dinh" else commending.SUBMIT
    paper = commending.draft_paper(reader.account, reader.group, commendation_id, action)
    return HttpResponseRedirect(reader.url("papers-one", paper.id))
