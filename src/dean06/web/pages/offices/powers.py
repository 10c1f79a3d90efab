"""Ai đang điều hành, theo khoản nào: delegations, absences, and the history of who ran the group."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.flows import delegating, powers
from dean06.flows.powers import Acting, Spell
from dean06.offices.service import absences, delegations, seats
from dean06.offices.types import DelegationInfo, NewDelegation, SeatInfo
from dean06.web import sheet, writing
from dean06.web.language import current_language, words
from dean06.web.marks import chip, clause, link
from dean06.web.pages.clauses import cite
from dean06.web.pages.group.gaps import rule_words
from dean06.web.pages.offices.delegations import delegation_table, grant_panel, open_panels
from dean06.web.pages.offices.frame import home, views
from dean06.web.pages.offices.typed import instrument_given, moment_given, one_line
from dean06.web.parts.forms import Panel
from dean06.web.parts.page import Action, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

GAPS = ("G-09", "G-10")
LEADER = "leader"

__all__ = ["back", "grant", "paper", "powers_page", "revoke", "span_words"]


def span_words(one: Acting) -> str:
    """Return the ground and the span of an acting power, in words."""
    since, until = writing.instant(one.since), writing.instant(one.until)
    if one.basis == "absence":
        return words(f"Tổ trưởng vắng từ {since} đến {until}", f"the leader is away from {since} until {until}")
    paper = words(f", {one.instrument}", f", {one.instrument}") if one.instrument else ""
    return words(f"ủy quyền từ {since} đến {until}{paper}", f"delegated from {since} until {until}{paper}")


def _clauses(reader: Reader, one: Acting) -> SafeString:
    return SafeString(" ".join(cite(reader, cited) for cited in one.clauses[:2]))


def _leader(reader: Reader) -> SeatInfo | None:
    found = seats.seats(reader.viewer, reader.group.id, reader.today)
    return next((one for one in found if one.role == LEADER), None)


def _now(reader: Reader, known: Sequence[Acting]) -> Panel:
    """Return who runs the group at this minute."""
    leader = _leader(reader)
    standing = [one for one in known if one.stands_at(reader.now)]
    away = any(one.basis == "absence" for one in standing)
    facts = []
    if leader is not None and leader.holder:
        state = (
            chip("warn", words("Vắng mặt", "Away"), with_sign="clock")
            if away
            else chip("ok", words("Đang điều hành", "Runs the group"), with_sign="ok")
        )
        facts.append(Fact(term=leader.title, value=leader.holder, aside=state))
    for one in standing:
        told = format_html('{}<br><span class="small-text">{}</span>', one.holder or one.title, span_words(one))
        facts.append(
            Fact(
                term=words(f"{one.title}, thay {one.for_title}", f"{one.title}, for {one.for_title}"),
                value=told,
                aside=_clauses(reader, one),
            )
        )
    nobody = words("Tổ chưa có Tổ trưởng: ghi người giữ ghế trước.", "The group has no leader: record one first.")
    return Panel(
        id="bay-gio",
        title=words(f"Lúc này, {writing.instant(reader.now)}", f"Now, {writing.instant(reader.now)}"),
        law=True,
        text="" if facts else nobody,
        parts=(SummaryList(facts=tuple(facts)),) if facts else (),
    )


def _spell_row(reader: Reader, spell: Spell) -> Row:
    since = writing.instant(spell.since) if spell.since else words("từ đầu", "from the start")
    until = writing.instant(spell.until) if spell.until else words("nay", "on")
    who = "; ".join(f"{one.holder or one.title} ({one.title})" for one in spell.acting)
    leader = words("Tổ trưởng", "Leader")
    shown = who if spell.leader_away else "; ".join(part for part in (leader, who) if part)
    why = "; ".join(one.ground for one in spell.acting if one.ground)
    cites = SafeString(" ".join(_clauses(reader, one) for one in spell.acting))
    return Row(cells=(f"{since} – {until}", shown, cites or _own_clause(reader), why))


def _own_clause(reader: Reader) -> SafeString:
    """Show the clause under which the leader runs the group in person."""
    found = next((norm.cite for norm in reader.charter.norms if norm.action == powers.DIRECTING), None)
    return cite(reader, found) if found else SafeString("")


def _history(reader: Reader, known: Sequence[Acting]) -> Table:
    return Table(
        caption=words("Ai đã điều hành, theo khoản nào", "Who ran the group, under which clause"),
        columns=(
            Column(label=words("Khoảng", "Span"), nowrap=True),
            Column(label=words("Người điều hành", "Who"), kind="text"),
            Column(label=words("Căn cứ", "Clause")),
            Column(label=words("Lý do", "Ground"), kind="text"),
        ),
        rows=tuple(_spell_row(reader, one) for one in reversed(powers.spells(known))),
    )


def _gaps(reader: Reader) -> SummaryList:
    """Return what the charter leaves open on absence and delegation, with the group's own rule where it set one."""
    rules = adoption.local_rules(reader.group.id, reader.today)
    names = charters.vocabulary().gaps
    facts = []
    for gap in GAPS:
        rule = rules.get(gap)
        said = rule_words(gap, rule.value) if rule else words("quy chế không quy định", "not regulated")
        aside = (
            clause(words(f"quy ước số {rule.number}", f"local rule {rule.number}"), kind="local")
            if rule
            else link(words("đặt quy ước", "set a rule"), reader.url("charter-gaps"))
        )
        facts.append(Fact(term=words(names[gap].vi, names[gap].en), value=said, aside=aside))
    return SummaryList(facts=tuple(facts), narrow=True)


@group_page
def powers_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show who runs the group now, who did, and what switches it."""
    known = powers.actings(reader.group)
    found = seats.seats(reader.viewer, reader.group.id, reader.today)
    names = {one.id: one for one in found}
    given = delegations.delegations_seen(reader.viewer, reader.group.id)
    away = absences.absences_seen(reader.viewer, reader.group.id)
    if sheet.asked(request):
        return _workbook(request, reader, known)
    leader = _leader(reader)
    main = [_now(reader, known)]
    if given:
        title = words("Ủy quyền đã lập", "Delegations")
        main.append(Panel(id="uq", title=title, flush=True, parts=(delegation_table(reader, given, names),)))
    if known:
        title = words("Dòng thời gian quyền điều hành", "History")
        main.append(Panel(id="lich-su", title=title, flush=True, parts=(_history(reader, known),)))
    mine = leader is not None and leader.account == reader.account
    side = open_panels(reader, given, away, names)
    side += [grant_panel(reader, found)] if mine else []
    side.append(Panel(id="de-ngo", title=words("Quy chế để ngỏ", "Left open"), parts=(_gaps(reader),)))
    shown = {
        "head": _head(request, reader, leader),
        "facets": views(reader, "offices-powers"),
        "told": () if mine else (_who(),),
        "main": tuple(main),
        "side": tuple(side),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _head(request: HttpRequest, reader: Reader, leader: SeatInfo | None) -> PageHead:
    away = (
        (
            Action(
                label=words("Ghi Tổ trưởng vắng mặt", "The leader is away"),
                href=f"{reader.url('offices-seat', leader.id)}#vang-moi",
                sign="clock",
            ),
        )
        if leader is not None
        else ()
    )
    return PageHead(
        title=words("Ai đang điều hành, theo khoản nào", "Who runs the group, under which clause"),
        crumb=home(reader),
        meta=(reader.group.name,),
        actions=(*away, *sheet.offers(request)),
    )


def _who() -> Notice:
    return Notice(
        text=words(
            "Ủy quyền do Tổ trưởng lập trên trang này; vắng mặt do chính người vắng hoặc bộ máy giúp việc ghi.",
            "The leader delegates here; an absence is recorded by whoever is away or by the support apparatus.",
        )
    )


def _workbook(request: HttpRequest, reader: Reader, known: Sequence[Acting]) -> HttpResponse:
    rows = (
        (
            one.since,
            one.until,
            one.holder,
            one.title,
            one.for_title,
            "; ".join(charters.clause_label(cited, current_language()) for cited in one.clauses),
            one.ground,
            one.instrument,
        )
        for one in known
    )
    made = sheet.Sheet(
        title=words(f"Quyền điều hành, {reader.group.name}", f"Powers, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}", f"{reader.today}"),),
        header=(
            words("Từ", "From"),
            words("Đến", "Until"),
            words("Người", "Who"),
            words("Vai", "Role"),
            words("Thay", "For"),
            words("Căn cứ", "Clauses"),
            words("Lý do", "Ground"),
            words("Văn bản", "Paper"),
        ),
        rows=rows,
    )
    return sheet.answer(request, made, f"quyen-dieu-hanh-{reader.group.slug}")


@require_POST
@group_page
def grant(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Delegate, in writing, for a time."""
    leader = _leader(reader)
    given = request.POST.get("cho", "")
    if leader is None or not given.isdecimal():
        raise Http404
    new = NewDelegation(
        from_seat=leader.id,
        to_seat=int(given),
        since=moment_given(request, "tu", "gio_tu", words("Từ", "From")),
        until=moment_given(request, "den", "gio_den", words("Đến", "Until")),
        ground=one_line(request, "ly_do", 300),
        actions=tuple(request.POST.getlist("viec")),
        instrument=instrument_given(request) if one_line(request, "so_vb", 120) else None,
    )
    delegating.grant(reader.account, reader.group, new)
    messages.success(request, words("Đã ủy quyền.", "Delegated."))
    return HttpResponseRedirect(reader.url("offices-powers"))


def _own(reader: Reader, delegation_id: int) -> DelegationInfo:
    mine = delegations.delegations_seen(reader.viewer, reader.group.id)
    found = next((one for one in mine if one.id == delegation_id), None)
    if found is None:
        raise Http404
    return found


@require_POST
@group_page
def revoke(request: HttpRequest, reader: Reader, delegation_id: int) -> HttpResponse:
    """Take a delegation back."""
    _own(reader, delegation_id)
    delegating.revoke(reader.account, reader.group, delegation_id, request.POST.get("ly_do", ""))
    messages.success(request, words("Đã thu hồi; việc đã làm vẫn giữ hiệu lực.", "Taken back; what was done stands."))
    return HttpResponseRedirect(reader.url("offices-powers"))


@require_POST
@group_page
def paper(request: HttpRequest, reader: Reader, delegation_id: int) -> HttpResponse:
    """Begin the paper that writes a delegation down."""
    _own(reader, delegation_id)
    made = delegating.draft_paper(reader.account, reader.group, reader.viewer, delegation_id)
    messages.success(request, words("Đã lập dự thảo giấy ủy quyền.", "The draft is made."))
    return HttpResponseRedirect(reader.url("papers-one", made.id))


@require_POST
@group_page
def back(request: HttpRequest, reader: Reader, absence_id: int) -> HttpResponse:
    """Record that somebody came back before the time on record."""
    if all(one.id != absence_id for one in absences.absences_seen(reader.viewer, reader.group.id)):
        raise Http404
    until = moment_given(request, "ngay", "gio", words("Về lúc", "Return"))
    delegating.come_back(reader.account, reader.group, absence_id, until, one_line(request, "ly_do", 300))
    messages.success(request, words("Đã ghi lúc về: quyền làm thay tắt từ lúc ấy.", "The return is recorded."))
    return HttpResponseRedirect(reader.url("offices-powers"))
