"""Lịch họp: addresses for a phone's or an office's calendar, one meeting as a file, and the conclusions followed."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from dean06.flows import calendar_feeds, concluding
from dean06.meetings.service import calendars, meetings
from dean06.meetings.types import FeedInfo
from dean06.offices import service as offices
from dean06.web import marks, sheet, writing
from dean06.web.language import words
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.meetings.own import number_of, own
from dean06.web.pages.task_parts import linked, openable
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Pager, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.web.sheet import Sheet

TYPE = "text/calendar; charset=utf-8"
SIZE = 25
SHOWN_ONCE = "lich_moi"

__all__ = ["conclusions", "feed", "feeds", "ics", "make", "revoke"]


def _calendar(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response["Cache-Control"] = "no-store"
    return response


@group_page
def feeds(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the addresses in force, and let the reader make or revoke one; a new one is shown this once."""
    fresh = request.session.get(SHOWN_ONCE, "")
    shown = {
        "head": PageHead(
            title=words("Lịch họp .ics", "Calendar of meetings"),
            crumb=Link(label=words("Họp", "Meetings"), href=reader.url("meetings")),
        ),
        "feeds": calendars.feeds(reader.viewer, reader.group.id),
        "fresh": request.build_absolute_uri(reverse("calendar-feed", args=[fresh])) if fresh else "",
    }
    return render(request, "dean06/pages/feeds.html", shown)


@require_POST
@group_page
def make(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Make an address."""
    token = calendar_feeds.make(reader.viewer, reader.group, of_group=request.POST.get("cua") == "to")
    request.session[SHOWN_ONCE] = token
    messages.success(request, words("Đã lập địa chỉ lịch: chép ngay, chỉ hiện trong phiên này.", "Copy it now."))
    return HttpResponseRedirect(reader.url("meetings-feeds"))


@require_POST
@group_page
def revoke(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Revoke an address."""
    calendar_feeds.revoke(reader.account, reader.group, number_of(request, "lich"))
    request.session.pop(SHOWN_ONCE, None)
    messages.success(request, words("Đã thu hồi: địa chỉ ấy không mở được nữa.", "Revoked."))
    return HttpResponseRedirect(reader.url("meetings-feeds"))


@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar that asks by a secret address; an unknown or revoked one is not there."""
    found = calendars.meetings_of(token)
    if found is None:
        raise Http404
    of, listed = found
    group = offices.group_by_id(of.group_id)
    page = request.build_absolute_uri(reverse("meetings-one", args=[group.slug, 0])).replace("/0/", "/{id}/")
    return _calendar(calendars.written(listed, _title(of, group.short_name), page), f"hop-{group.slug}")


def _title(of: FeedInfo, name: str) -> str:
    return (
        words(f"Họp {name}", f"Meetings of {name}")
        if of.of_group
        else words(f"Lịch họp của tôi, {name}", f"My meetings, {name}")
    )


@group_page
def ics(request: HttpRequest, reader: Reader, meeting_id: int) -> HttpResponse:
    """Hand over one meeting as a calendar file."""
    meeting = own(reader, meeting_id)
    page = request.build_absolute_uri(reader.url("meetings-one", meeting.id))
    return _calendar(calendars.written((meeting,), meeting.title, page), f"hop-{meeting.year}-{meeting.number:02d}")


VIEWS = (
    ("", "Tất cả", "All"),
    ("chua-giao", "Chưa thành nhiệm vụ", "No task yet"),
    ("dang-lam", "Đang thực hiện", "Under way"),
    ("qua-han", "Quá hạn", "Overdue"),
    ("xong", "Xong", "Done"),
)


def _state(reader: Reader, one: concluding.Followed) -> str:
    if one.task is None:
        return "chua-giao"
    if not one.task.is_open:
        return "xong"
    return "qua-han" if one.task.is_overdue(reader.now) else "dang-lam"


@group_page
def conclusions(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show every point that meetings concluded, with the task it became and how that stands."""
    chosen = request.GET.get("xem", "")
    found = concluding.followed(meetings.conclusions_of_group(reader.group.id))
    stands = [(one, _state(reader, one)) for one in found]
    kept = [pair for pair in stands if not chosen or pair[1] == chosen]
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, kept), f"ket-luan-{reader.group.slug}-{reader.today}")
    total = words(f"{len(kept)} kết luận", f"{len(kept)} conclusions")
    part, pager = sliced(kept, page_number(request), SIZE, text=total, query=f"xem={chosen}" if chosen else "")
    counted = [state for _, state in stands]
    shown = {
        "head": PageHead(
            title=words("Theo dõi kết luận", "Conclusions followed"),
            crumb=Link(label=words("Họp", "Meetings"), href=reader.url("meetings")),
            meta=(total,),
            actions=sheet.offers(request),
        ),
        "facets": Facets(
            label=words("Lọc kết luận", "Filter conclusions"),
            items=tuple(
                Facet(
                    label=words(vi, en),
                    count=writing.number(counted.count(code) if code else len(counted)),
                    href=f"?xem={code}",
                    current=code == chosen,
                )
                for code, vi, en in VIEWS
            ),
        ),
        "table": _table(reader, part, pager) if part else None,
        "empty": Empty(
            title=words("Chưa có kết luận nào ở mục này", "No conclusion here"),
            text=words(
                "Kết luận ghi trên trang điều hành cuộc họp, rồi giao thành nhiệm vụ bằng một nút.",
                "Conclusions are noted while a meeting runs, and become tasks by one button.",
            ),
        ),
    }
    return render(request, "dean06/pages/conclusions.html", shown)


CHIPS = {"chua-giao": ("mute", "dots"), "dang-lam": ("info", "pen"), "qua-han": ("bad", "warn"), "xong": ("ok", "ok")}


def _chip(state: str) -> str:
    tone, sign = CHIPS[state]
    return marks.chip(tone, next(words(vi, en) for code, vi, en in VIEWS if code == state), with_sign=sign)


def _table(reader: Reader, part: Sequence[tuple[concluding.Followed, str]], pager: Pager) -> Table:
    rows, may = [], openable(reader, (one.task.id for one, _ in part if one.task))
    for one, state in part:
        point = one.conclusion
        task = linked(reader, f"NV {one.task.number}", one.task.id, may) if one.task else "·"
        where = marks.link(
            point.ref.rpartition(":hop:")[2].replace(":", "/"), reader.url("meetings-one", point.meeting_id)
        )
        rows.append(
            Row(
                cells=(
                    where,
                    point.text,
                    reader.agency(point.agency) if point.agency else "·",
                    writing.day(point.due) if point.due else "·",
                    task,
                    _chip(state),
                )
            )
        )
    return Table(
        caption=words("Kết luận của các cuộc họp", "Conclusions of meetings"),
        columns=(
            Column(label=words("Cuộc họp", "Meeting"), nowrap=True),
            Column(label=words("Kết luận", "Conclusion"), kind="text"),
            Column(label=words("Chủ trì", "Lead")),
            Column(label=words("Hạn", "Last day"), nowrap=True),
            Column(label=words("Nhiệm vụ", "Task"), nowrap=True),
            Column(label=words("Tình trạng", "State")),
        ),
        rows=tuple(rows),
        pager=pager,
        heading=1,
    )


def _sheet(reader: Reader, kept: list[tuple[concluding.Followed, str]]) -> Sheet:
    return Sheet(
        title=words(f"Kết luận, {reader.group.name}", f"Conclusions, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}", f"{reader.today}"),),
        header=(
            words("Cuộc họp", "Meeting"),
            words("Kết luận", "Conclusion"),
            words("Chủ trì", "Lead"),
            words("Hạn", "Last day"),
            words("Nhiệm vụ", "Task"),
            words("Tình trạng", "State"),
        ),
        rows=(
            (
                one.conclusion.ref,
                one.conclusion.text,
                reader.agency(one.conclusion.agency) if one.conclusion.agency else "",
                one.conclusion.due,
                one.task.ref if one.task else "",
                next(words(vi, en) for code, vi, en in VIEWS if code == state),
            )
            for one, state in kept
        ),
    )
