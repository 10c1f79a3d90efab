"""Lập, sửa một cuộc họp: the form of what a meeting is, when, where, who presides and who keeps the minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import convening, counting_rules
from dean06.meetings.service import meetings
from dean06.meetings.types import Kind, MeetingInfo, NewMeeting
from dean06.offices import service as offices
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.meetings.own import own
from dean06.web.pages.meetings.words import KINDS, moment_given, rule_lines
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.parts.page import Link, PageHead
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import REASON

SECRETARIES = ("secretariat", "standing_member", "clerk", "deputy", "standing_deputy", "member")

__all__ = ["edit", "new"]


def _given(post: Mapping[str, str]) -> NewMeeting:
    kind, chair, secretary = post.get("loai", ""), post.get("chu_tri", ""), post.get("thu_ky", "")
    if kind not in set(Kind) or not chair.isdecimal():
        raise BadInput("Chọn loại cuộc họp và người chủ trì.", "Choose the kind of meeting and who presides.")
    day = post.get("ngay", "")
    begins = moment_given(day, post.get("tu_gio", ""), words("Ngày, giờ bắt đầu", "Beginning"))
    before = post.get("phien_truoc", "")
    return NewMeeting(
        kind=Kind(kind),
        title=" ".join(post.get("ten", "").split())[:200],
        about=" ".join(post.get("ghi_chu", "").split())[:500],
        starts_at=begins,
        ends_at=moment_given(day, post.get("den_gio", ""), words("Giờ kết thúc", "End")),
        place=" ".join(post.get("dia_diem", "").split())[:200],
        chair_seat=int(chair),
        secretary_seat=int(secretary) if secretary.isdecimal() else None,
        series=" ".join(post.get("loat", "").split())[:120],
        previous=int(before) if before.isdecimal() else None,
    )


def _typed(meeting: MeetingInfo) -> dict[str, str]:
    begins, ends = meeting.starts_at.astimezone(clock.TZ), meeting.ends_at.astimezone(clock.TZ)
    return {
        "loai": meeting.kind.value,
        "ten": meeting.title,
        "ghi_chu": meeting.about,
        "ngay": writing.day(begins.date()),
        "tu_gio": f"{begins:%H:%M}",
        "den_gio": f"{ends:%H:%M}",
        "dia_diem": meeting.place,
        "chu_tri": str(meeting.chair_seat),
        "thu_ky": str(meeting.secretary_seat or ""),
        "loat": meeting.series,
        "phien_truoc": str(meeting.previous or ""),
    }


def _first(reader: Reader, before: MeetingInfo | None) -> dict[str, str]:
    """What a new meeting most likely is: the month's, like the one before it."""
    day = reader.today + timedelta(days=counting_rules.rule(reader.group, "G-06").days)
    month = f"{day.month}/{day.year}"
    typed = _typed(before) if before else {"tu_gio": "08:00", "den_gio": "10:00"}
    return typed | {
        "loai": Kind.REGULAR.value,
        "ten": f"Họp {reader.charter.body.short_name} tháng {month}",
        "ngay": writing.day(day),
        "phien_truoc": str(before.id) if before else "",
        "loat": before.series if before else "Họp tháng",
        "ghi_chu": "",
    }


def _page(
    request: HttpRequest,
    reader: Reader,
    typed: Mapping[str, str],
    slips: tuple[Slip, ...] = (),
    meeting: MeetingInfo | None = None,
) -> HttpResponse:
    held = offices.holders(reader.group.id, reader.today)
    chairs = [one for one in held if one.role in ("leader", "standing_deputy", "deputy")]
    secretaries = sorted((one for one in held if one.role in SECRETARIES), key=lambda one: SECRETARIES.index(one.role))
    earlier = meetings.meetings(reader.viewer, reader.group.id, size=12).items
    shown = {
        "head": PageHead(
            title=words("Sửa cuộc họp", "Change the meeting") if meeting else words("Lập cuộc họp", "A new meeting"),
            crumb=Link(label=words("Họp", "Meetings"), href=reader.url("meetings")),
        ),
        "typed": typed,
        "slips": slips,
        "kinds": [(one.value, words(*KINDS[one])) for one in Kind],
        "chairs": [(str(one.seat_id), f"{one.holder}, {one.title}") for one in chairs],
        "secretaries": [(str(one.seat_id), f"{one.holder}, {one.hat}") for one in secretaries],
        "series": meetings.series(reader.viewer, reader.group.id),
        "earlier": [
            (str(one.id), f"{one.label}: {one.title}") for one in earlier if meeting is None or one.id != meeting.id
        ],
        "rules": rule_lines((counting_rules.rule(reader.group, "G-06"),)),
        "meeting": meeting,
        "reason": typed.get(REASON, ""),
    }
    return render(request, "dean06/pages/meeting_form.html", shown, status=UNUSABLE if slips else 200)


@group_page
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the form of a new meeting, and prepare what was filled in."""
    if request.method != "POST":
        listed = meetings.meetings(reader.viewer, reader.group.id, size=1).items
        return _page(request, reader, _first(reader, listed[0] if listed else None))
    try:
        made = convening.prepare(
            reader.account, reader.group, _given(request.POST), whole=request.POST.get("moi") != "chon"
        )
    except BadInput as problem:
        return _page(request, reader, request.POST, slips_of(problem, "ten"))
    if made.previous and request.POST.get("chuyen"):
        convening.carry_over(reader.account, reader.group, made.id)
    messages.success(
        request,
        words(
            f"Đã lập cuộc họp số {made.label}: thêm nội dung rồi trình duyệt.",
            f"Meeting {made.label} is prepared: add its items.",
        ),
    )
    return HttpResponseRedirect(reader.url("meetings-one", made.id))


@group_page
def edit(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Show what a meeting is, and change it."""
    meeting = own(reader, meeting_id)
    if request.method != "POST":
        return _page(request, reader, _typed(meeting), meeting=meeting)
    try:
        convening.change(
            reader.account, reader.group, meeting_id, _given(request.POST), request.POST.get(REASON) or None
        )
    except BadInput as problem:
        return _page(request, reader, request.POST, slips_of(problem, "ten"), meeting)
    messages.success(request, words("Đã sửa; lịch của người dự tự đổi theo.", "Changed; calendars will follow."))
    return HttpResponseRedirect(reader.url("meetings-one", meeting_id))
