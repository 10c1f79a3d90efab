"""One seat: who holds it by which paper, who did before, their absences and account, and the ways to change it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.flows import delegating, inviting, seating
from dean06.identity import service as identity
from dean06.offices import service as offices
from dean06.offices.service import absences, appointments, seats
from dean06.offices.types import AppointmentInfo, SeatInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.offices.frame import home
from dean06.web.pages.offices.people import kind_words, member_form, paper_words
from dean06.web.pages.offices.slips import link_to, slip
from dean06.web.pages.offices.typed import (
    instrument_fields,
    instrument_given,
    moment_fields,
    moment_given,
    one_line,
)
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import PageHead
from dean06.web.parts.work import Event, Fact, SummaryList, Timeline
from dean06.web.reader import Reader, group_page

__all__ = ["attach", "away", "invite", "leave", "one"]


def _own(reader: Reader, seat_id: int) -> SeatInfo:
    found = seats.seat(reader.viewer, seat_id, reader.today)
    if found is None or all(one.id != seat_id for one in seats.seats_of(reader.group.id, reader.today)):
        raise Http404
    return found


def _facts(reader: Reader, seat: SeatInfo) -> SummaryList:
    told = (
        (words("Người giữ", "Holder"), seat.holder or words("đang trống", "vacant")),
        (words("Cơ quan", "Agency"), reader.agency(seat.agency) if seat.agency else ""),
        (words("Chức vụ", "Post"), seat.post),
        (words("Ghế theo", "Given"), kind_words(seat.kind)),
        (words("Từ ngày", "Since"), writing.day(seat.since) if seat.since else ""),
        (words("Văn bản cử", "Paper"), paper_words(seat)),
    )
    return SummaryList(facts=tuple(Fact(term=term, value=value) for term, value in told if value))


def _time(one: AppointmentInfo) -> Event:
    until = writing.day(one.until) if one.until else words("nay", "today")
    paper = f"{one.instrument} ({writing.day(one.instrument_on)})" if one.instrument_on else one.instrument
    ended = words(f"thôi theo {one.ended_by}", f"ended by {one.ended_by}") if one.ended_by else ""
    return Event(
        text=one.holder,
        when=f"{writing.day(one.since)} – {until}",
        iso=one.since.isoformat(),
        sign="pen" if one.until is None else "end",
        tone="now" if one.until is None else "",
        note="; ".join(part for part in (paper, ended) if part),
    )


def _absences(reader: Reader, seat: SeatInfo) -> Timeline:
    mine = [one for one in absences.absences_seen(reader.viewer, reader.group.id) if one.seat_id == seat.id]
    return Timeline(
        events=tuple(
            Event(
                text=one.holder,
                when=f"{writing.instant(one.since)} – {writing.instant(one.until)}",
                iso=one.since.isoformat(),
                sign="clock",
                tone="now" if one.since <= reader.now < one.until else "",
                note=one.ground,
            )
            for one in mine
        )
    )


def _account(reader: Reader, seat: SeatInfo) -> Panel:
    known = identity.account_by_public_id(seat.account) if seat.account else None
    if known is not None:
        facts = (
            Fact(term=words("Tên đăng nhập", "Sign-in name"), value=known.username),
            Fact(term=words("Vào lần cuối", "Last sign-in"), value=writing.instant(known.last_sign_in)),
        )
        return Panel(id="tk", title=words("Tài khoản", "Account"), parts=(SummaryList(facts=facts, narrow=True),))
    invite_ = Form(
        id="moi",
        action=reader.url("offices-seat-invite", seat.id),
        button=words("Mời, lấy đường dẫn", "Invite"),
        note=words(
            "Người được mời tự đặt mật khẩu bằng đường dẫn dùng một lần, gửi qua thư hoặc in ra giấy.",
            "They set their own password by a link that serves once, sent by e-mail or printed.",
        ),
        fields=(
            Field(
                name="ten",
                label=words("Tên đăng nhập", "Sign-in name"),
                value=inviting.proposed(seat.holder),
                longest=60,
            ),
            Field(name="thu", label=words("Thư điện tử", "E-mail"), kind="email", required=False, longest=254),
        ),
    )
    attach_ = Form(
        id="gan",
        action=reader.url("offices-seat-attach", seat.id),
        button=words("Gắn tài khoản", "Attach"),
        note=words("Đã có tài khoản (như ở tổ khác): gắn vào ghế này.", "They have an account already: attach it."),
        fields=(Field(name="ten", label=words("Tên đăng nhập", "Sign-in name"), longest=60),),
    )
    return Panel(id="tk", title=words("Tài khoản", "Account"), parts=(invite_, attach_))


@group_page
def one(request: HttpRequest, reader: Reader, seat_id: int) -> HttpResponse:
    """Show one seat."""
    seat = _own(reader, seat_id)
    times = appointments.history(reader.viewer, seat_id)
    main = [
        Panel(
            id="ai",
            title=words("Ai giữ, theo văn bản nào", "Who holds it"),
            parts=(_facts(reader, seat),),
        ),
        Panel(
            id="lich-su",
            title=words("Những người đã giữ", "Who has held it"),
            parts=(Timeline(events=tuple(_time(time) for time in times)),),
        ),
    ]
    away_ = _absences(reader, seat)
    if away_.events:
        main.append(Panel(id="vang", title=words("Vắng mặt đã ghi", "Absences on record"), parts=(away_,)))
    side = [
        Panel(
            id="doi",
            title=words("Đổi người giữ", "Another holder"),
            fold=bool(seat.holder),
            text=words("Ghi người giữ mới theo văn bản", "Record a new holder by a paper"),
            parts=(member_form(reader, fixed=seat),),
        )
    ]
    if seat.holder:
        side += [_account(reader, seat), _away_panel(reader, seat), _leave_panel(reader, seat)]
    shown = {
        "head": PageHead(
            title=f"{seat.title} {seat.mark}".strip(),
            crumb=home(reader),
            meta=tuple(part for part in (seat.holder, reader.agency(seat.agency) if seat.agency else "") if part),
        ),
        "main": tuple(main),
        "side": tuple(side),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _away_panel(reader: Reader, seat: SeatInfo) -> Panel:
    form = Form(
        id="di",
        action=reader.url("offices-seat-away", seat.id),
        button=words("Ghi vắng mặt", "Record the absence"),
        fields=(
            *moment_fields(reader.now),
            Field(
                name="ly_do",
                label=words("Lý do", "Ground"),
                required=seat.account != reader.account,
                longest=300,
            ),
        ),
    )
    text = words("Ghi vắng mặt, đến từng phút", "Record an absence, to the minute")
    return Panel(id="vang-moi", title=words("Vắng mặt", "Absence"), fold=True, text=text, parts=(form,))


def _leave_panel(reader: Reader, seat: SeatInfo) -> Panel:
    form = Form(
        id="thoi",
        action=reader.url("offices-seat-leave", seat.id),
        button=words("Ghi thôi giữ", "Record"),
        fields=(
            Field(name="den", label=words("Ngày cuối cùng", "Last day"), kind="day", value=writing.day(reader.today)),
            *instrument_fields(reader.today),
        ),
    )
    text = words("Ghi thôi giữ khi chưa có người thay", "Record that the seat falls vacant")
    return Panel(id="thoi-giu", title=words("Thôi giữ", "Leaving"), fold=True, text=text, parts=(form,))


@require_POST
@group_page
def leave(request: HttpRequest, reader: Reader, seat_id: int) -> HttpResponse:
    """Record the last day of the holder."""
    _own(reader, seat_id)
    last = day_given(request.POST.get("den", ""), words("Ngày cuối cùng", "Last day"))
    seating.leave(reader.account, reader.group, seat_id, last, instrument_given(request))
    messages.success(request, words("Đã ghi thôi giữ.", "It is recorded."))
    return HttpResponseRedirect(reader.url("offices-seat", seat_id))


@require_POST
@group_page
def attach(request: HttpRequest, reader: Reader, seat_id: int) -> HttpResponse:
    """Give the holder an account that is theirs already."""
    _own(reader, seat_id)
    seating.attach(reader.account, reader.group, seat_id, one_line(request, "ten", 150))
    messages.success(request, words("Đã gắn tài khoản vào vị trí.", "The account is attached."))
    return HttpResponseRedirect(reader.url("offices-seat", seat_id))


@require_POST
@group_page
def invite(request: HttpRequest, reader: Reader, seat_id: int) -> HttpResponse:
    """Invite the holder; the link is shown once, in the answer to the act itself."""
    _own(reader, seat_id)
    said = (one_line(request, "ten", 60), one_line(request, "thu", 254))
    handed = inviting.invite_holder(reader.account, reader.group, seat_id, said, link_to(request))
    return slip(request, handed, back=reader.url("offices-seat", seat_id))


@require_POST
@group_page
def away(request: HttpRequest, reader: Reader, seat_id: int) -> HttpResponse:
    """Record that the holder is away; of the leader it switches an acting power on."""
    _own(reader, seat_id)
    since = moment_given(request, "tu", "gio_tu", words("Từ", "From"))
    until = moment_given(request, "den", "gio_den", words("Đến", "Until"))
    held = next((one for one in offices.holders(reader.group.id, reader.today) if one.seat_id == seat_id), None)
    if held is None:
        raise Http404
    delegating.go_away(reader.account, reader.group, held, (since, until), one_line(request, "ly_do", 300))
    messages.success(request, words("Đã ghi vắng mặt.", "The absence is recorded."))
    switches = held.role == "leader"
    return HttpResponseRedirect(reader.url("offices-powers") if switches else reader.url("offices-seat", seat_id))
