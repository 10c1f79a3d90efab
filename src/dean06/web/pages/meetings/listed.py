"""Họp: the group's meetings by state, year and words; what is coming, and the doors to written rounds and calendars."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode

from dean06.meetings.service import meetings
from dean06.meetings.types import Filters, MeetingInfo, State
from dean06.web import marks, sheet, writing
from dean06.web.language import words
from dean06.web.pages.listing import page_number
from dean06.web.pages.meetings.words import STATES, cited_marks, kind_words, state_chip, when
from dean06.web.parts.page import Action, Empty, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Pager, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.web.sheet import Sheet

SIZE = 20

__all__ = ["listed"]


def _chosen(request: HttpRequest) -> dict[str, str]:
    state, year = request.GET.get("xem", ""), request.GET.get("nam", "")
    return {
        "xem": state if state in set(State) else "",
        "nam": year if year.isdecimal() and len(year) == 4 else "",
        "q": " ".join(request.GET.get("q", "").split()),
    }


def _query(chosen: dict[str, str], **changed: str) -> str:
    given = chosen | changed
    return urlencode({key: value for key, value in given.items() if value})


def _filters(chosen: dict[str, str], state: str) -> Filters:
    states = frozenset({State(state)}) if state else frozenset()
    return Filters(states=states, year=int(chosen["nam"]) if chosen["nam"] else None, text=chosen["q"])


def _facets(reader: Reader, chosen: dict[str, str]) -> Facets:
    counted = meetings.counts(reader.viewer, reader.group.id, _filters(chosen, ""))
    items = [("", words("Tất cả", "All"), sum(counted.values()))]
    items += [(one.value, words(*STATES[one][2:]), counted.get(one, 0)) for one in State]
    return Facets(
        label=words("Lọc cuộc họp", "Filter meetings"),
        items=tuple(
            Facet(
                label=label,
                count=writing.number(count),
                href=f"?{_query(chosen, xem=code)}",
                current=code == chosen["xem"],
            )
            for code, label, count in items
        ),
    )


def _row(reader: Reader, one: MeetingInfo) -> Row:
    named = marks.link(one.title, reader.url("meetings-one", one.id))
    where = format_html('{}<br><span class="small-text quiet">{}</span>', when(one), one.place)
    return Row(
        cells=(
            one.label,
            format_html('{}<br><span class="small-text quiet">{}</span>', named, kind_words(one.kind)),
            where,
            one.chair_name,
            state_chip(one),
            cited_marks(reader, one.convened),
        )
    )


def _table(reader: Reader, listed: tuple[MeetingInfo, ...], pager: Pager) -> Table:
    return Table(
        caption=words("Các cuộc họp", "Meetings"),
        columns=(
            Column(label=words("Số", "No."), nowrap=True),
            Column(label=words("Cuộc họp", "Meeting"), kind="text"),
            Column(label=words("Thời gian, địa điểm", "Time, place"), kind="text"),
            Column(label=words("Chủ trì", "Chair")),
            Column(label=words("Tình trạng", "State")),
            Column(label=words("Triệu tập theo", "Convened under")),
        ),
        rows=tuple(_row(reader, one) for one in listed),
        pager=pager,
        heading=1,
    )


def _sheet(reader: Reader, listed: tuple[MeetingInfo, ...]) -> Sheet:
    return Sheet(
        title=words(f"Các cuộc họp, {reader.group.name}", f"Meetings, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}", f"{reader.today}"),),
        header=(
            words("Số", "No."),
            words("Tên", "Title"),
            words("Loại", "Kind"),
            words("Bắt đầu", "Begins"),
            words("Địa điểm", "Place"),
            words("Chủ trì", "Chair"),
            words("Tình trạng", "State"),
            words("Khai mạc", "Opened"),
            words("Bế mạc", "Closed"),
        ),
        rows=(
            (
                one.label,
                one.title,
                kind_words(one.kind),
                one.starts_at,
                one.place,
                one.chair_name,
                words(*STATES[one.state][2:]),
                one.opened_at,
                one.closed_at,
            )
            for one in listed
        ),
    )


def _head(request: HttpRequest, reader: Reader, total: str) -> PageHead:
    new = reader.url("meetings-new")
    return PageHead(
        title=words("Họp", "Meetings"),
        meta=(total,),
        actions=(
            Action(label=words("Lập cuộc họp", "Prepare a meeting"), href=new, kind="primary", sign="pen"),
            Action(label=words("Lấy ý kiến bằng văn bản", "Written rounds"), href=reader.url("meetings-rounds")),
            Action(label=words("Kết luận", "Conclusions"), href=reader.url("meetings-conclusions")),
            Action(label=words("Lịch .ics", "Calendar .ics"), href=reader.url("meetings-feeds")),
            *sheet.offers(request),
        ),
    )


def _empty(reader: Reader) -> Empty:
    return Empty(
        title=words("Chưa có cuộc họp nào ở mục này", "No meeting here yet"),
        text=words(
            "Quy chế đòi họp mỗi tháng một lần. Lập cuộc họp, thêm nội dung, trình Tổ trưởng duyệt rồi triệu tập.",
            "The regulation asks for a meeting each month. Prepare one, add items, have them approved, convene.",
        ),
        sign="bell",
        action=Action(label=words("Lập cuộc họp", "Prepare a meeting"), href=reader.url("meetings-new")),
    )


@group_page
def listed(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the group's meetings, the latest first."""
    chosen = _chosen(request)
    filters = _filters(chosen, chosen["xem"])
    if sheet.asked(request):
        whole = meetings.meetings(reader.viewer, reader.group.id, filters, size=sheet.MOST).items
        return sheet.answer(request, _sheet(reader, whole), f"hop-{reader.group.slug}-{reader.today}")
    page = meetings.meetings(reader.viewer, reader.group.id, filters, number=page_number(request), size=SIZE)
    total = words(f"{writing.number(page.total)} cuộc họp", f"{writing.number(page.total)} meetings")
    pager = Pager(text=total, page=page.number, pages=max(1, -(-page.total // SIZE)), query=_query(chosen))
    shown = {
        "head": _head(request, reader, total),
        "facets": _facets(reader, chosen),
        "table": _table(reader, page.items, pager) if page.items else None,
        "chosen": chosen,
        "years": meetings.years(reader.viewer, reader.group.id),
        "empty": _empty(reader),
    }
    return render(request, "dean06/pages/meetings.html", shown)
