"""Văn bản đến: what came, what waits, what is urgent or late; what could not be read; found without tone marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.flows import receiving
from dean06.jobs import service as jobs
from dean06.orthography import service as orthography
from dean06.papers.service import addressing, incoming
from dean06.papers.service.incoming import AsideInfo, IncomingInfo
from dean06.web import marks, sheet, writing
from dean06.web.language import words
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.papers import post_marks
from dean06.web.pages.papers.folders import year_of
from dean06.web.parts.page import Action, Empty, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.reader import Reader, group_page

SIZE = 50
ASIDE = "hong"
OPEN = frozenset({"arrived", "registered"})

__all__ = ["fetch", "incoming_page"]


def _waits(one: IncomingInfo) -> bool:
    asked = one.recall_asked_at is not None and one.recalled_at is None
    return one.status in OPEN or asked


def _urgent(one: IncomingInfo) -> bool:
    return one.urgent and one.status in {"arrived", "registered", "handed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the list is narrowed to."""

    view: str
    text: str
    year: int

    def query(self, **changed: str) -> str:
        """Return the choice as an address, some of it changed."""
        given = {"xem": self.view, "q": self.text, "nam": str(self.year)} | changed
        return urlencode({key: value for key, value in given.items() if value})


def _views(reader: Reader) -> tuple[tuple[str, str, Callable[[IncomingInfo], bool]], ...]:
    today = reader.today
    return (
        ("", words("Chờ xử lý", "To be dealt with"), _waits),
        ("khan", words("Khẩn", "Urgent"), _urgent),
        ("qua-han", words("Quá hạn", "Late"), lambda one: one.overdue(today) or one.late(today)),
        ("da-chuyen", words("Đã chuyển", "Handed on"), lambda one: one.status == "handed"),
        ("tat-ca", words("Tất cả", "All"), lambda _one: True),
    )


def _fitting(rows: Sequence[IncomingInfo], text: str) -> list[IncomingInfo]:
    """Return the papers whose number, sender, abstract or handler has the words, tone marks or not."""
    if not text:
        return list(rows)
    wanted = orthography.search_key(text)
    return [
        one
        for one in rows
        if wanted
        in orthography.search_key(f"{one.number or ''} {one.label} {one.organ_name} {one.abstract} {one.handed_to}")
    ]


def _facets(chosen: Chosen, counts: dict[str, int], views: Sequence[tuple[str, str, object]], broken: int) -> Facets:
    items = [
        Facet(
            label=label,
            count=str(counts[code]),
            href=f"?{chosen.query(xem=code)}",
            current=code == chosen.view,
        )
        for code, label, _ in views
    ]
    if broken:
        items.append(
            Facet(
                label=words("Gói không đọc được", "Could not be read"),
                count=str(broken),
                href=f"?{chosen.query(xem=ASIDE)}",
                current=chosen.view == ASIDE,
            )
        )
    return Facets(label=words("Lọc văn bản đến", "Filter incoming papers"), items=tuple(items))


def _state(reader: Reader, one: IncomingInfo) -> SafeString:
    if one.overdue(reader.today):
        return marks.chip("bad", words("Chưa vào sổ trong ngày", "Not registered the same day"), with_sign="warn")
    if one.late(reader.today):
        return marks.chip("bad", words("Quá hạn xử lý", "Late"), with_sign="warn")
    return post_marks.incoming_state(one)


def _row(reader: Reader, one: IncomingInfo, urgency: dict[int, str]) -> Row:
    title = format_html('<a href="{}">{}</a>', reader.url("papers-incoming-one", one.id), one.abstract)
    if one.urgent:
        mark = marks.chip("bad", post_marks.urgency(one.priority, urgency.get(one.priority, "")), with_sign="bang")
        title = format_html("{} {}", mark, title)
    dated = f"{one.label} {writing.day(one.dated)}" if one.dated else one.label
    until = words(f"hạn {writing.day(one.answer_by)}", f"by {writing.day(one.answer_by)}") if one.answer_by else ""
    return Row(
        cells=(
            str(one.number or "–"),
            writing.day(one.arrived_at),
            title,
            one.organ_name,
            dated,
            ", ".join(part for part in (one.handed_to, until) if part),
            _state(reader, one),
        )
    )


def _table(reader: Reader, rows: Sequence[IncomingInfo]) -> Table:
    urgency = dict(incoming.priorities())
    return Table(
        caption=words("Văn bản đến", "Incoming papers"),
        columns=(
            Column(label=words("Số đến", "Number"), kind="num"),
            Column(label=words("Ngày đến", "Came on"), nowrap=True),
            Column(label=words("Trích yếu", "Abstract"), kind="text"),
            Column(label=words("Nơi gửi", "Sender")),
            Column(label=words("Số, ngày văn bản", "Its number and day")),
            Column(label=words("Người xử lý", "With whom")),
            Column(label=words("Trạng thái", "State")),
        ),
        rows=tuple(_row(reader, one, urgency) for one in rows),
        heading=2,
        keys=True,
    )


def _aside_table(rows: Sequence[AsideInfo]) -> Table:
    return Table(
        caption=words("Gói không đọc được", "Packets that could not be read"),
        columns=(
            Column(label=words("Lúc", "At"), nowrap=True),
            Column(label=words("Bên gửi", "Sender")),
            Column(label=words("Vì sao, phải làm gì", "Why, and what to do"), kind="text"),
            Column(label=words("Mã gói", "Packet")),
        ),
        rows=tuple(
            Row(cells=(writing.instant(one.at), one.sender, words(one.vi, one.en), one.packet_id)) for one in rows
        ),
    )


def _actions(request: HttpRequest, reader: Reader, chosen: Chosen, *, connected: bool) -> tuple[Action, ...]:
    made = [
        Action(
            label=words("Sổ in", "Printed register"),
            href=f"{reader.url('papers-register', 'den')}?nam={chosen.year}",
            sign="doc",
        ),
        *sheet.offers(request),
    ]
    if reader.ending is not None:
        return tuple(made)
    if connected:
        href = reader.url("papers-incoming-fetch")
        made.insert(
            0, Action(label=words("Lấy văn bản trên trục", "Look at the axis"), href=href, sign="dn", post=True)
        )
    entry = Action(
        label=words("Nhập văn bản đến", "Enter a paper"), href=reader.url("papers-incoming-new"), kind="primary"
    )
    return (entry, *made)


def _notice(reader: Reader, *, connected: bool) -> Notice | None:
    """Tell how papers come by themselves, or why they do not."""
    job = jobs.for_object(reader.viewer, "post", str(reader.group.id))
    if job is not None and job.waiting:
        return Notice(
            text=words("Đang lấy văn bản trên trục; mở lại trang để xem.", "Looking at the axis; open the page again."),
            sign="clock",
        )
    if job is not None and job.problem_vi:
        return Notice(text=words(job.problem_vi, job.problem_en), tone="warn", sign="warn")
    if connected or reader.ending is not None:
        return None
    return Notice(
        text=words(
            "Tổ chưa kết nối trục liên thông: văn bản điện tử không tự về.",
            "The group is not connected to the axis: nothing comes by itself.",
        ),
        link=Link(label=words("Kết nối trục", "Connect"), href=reader.url("papers-addresses")),
    )


def _sheet(reader: Reader, rows: Sequence[IncomingInfo]) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Văn bản đến, {reader.group.name}", f"Incoming papers, {reader.group.name}"),
        notes=(writing.day(reader.today),),
        header=(
            words("Số đến", "Number"),
            words("Ngày đến", "Came on"),
            words("Nơi gửi", "Sender"),
            words("Số, ký hiệu", "Its number"),
            words("Ngày văn bản", "Its day"),
            words("Tên loại", "Kind"),
            words("Trích yếu", "Abstract"),
            words("Người xử lý", "With whom"),
            words("Hạn xử lý", "By"),
            words("Trạng thái", "State"),
        ),
        rows=(
            (
                one.number,
                one.arrived_at,
                one.organ_name,
                one.label,
                one.dated,
                one.kind,
                one.abstract,
                one.handed_to,
                one.answer_by,
                words(*post_marks.INCOMING[one.status][2:]),
            )
            for one in rows
        ),
    )


@group_page
def incoming_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what came in a year."""
    chosen = Chosen(
        view=request.GET.get("xem", ""),
        text=" ".join(request.GET.get("q", "").split())[:200],
        year=year_of(request, reader),
    )
    views = _views(reader)
    every = _fitting(incoming.listed(reader.viewer, reader.group.id, chosen.year), chosen.text)
    keeps = next((test for code, _, test in views if code == chosen.view), _waits)
    found = sorted(filter(keeps, every), key=lambda one: -one.priority)
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, found), f"van-ban-den-{reader.group.slug}-{reader.today}")
    broken = incoming.aside(reader.viewer, reader.group.id)
    connected = addressing.place(reader.group.id) is not None
    text = words(f"{len(found)} văn bản", f"{len(found)} papers")
    listed, pager = sliced(found, page_number(request), SIZE, text=text, query=chosen.query())
    counts = {code: sum(map(test, every)) for code, _, test in views}
    aside = chosen.view == ASIDE
    shown = {
        "head": PageHead(
            title=words("Văn bản đến", "Incoming papers"),
            crumb=Link(label=words("Văn bản", "Papers"), href=reader.url("papers")),
            meta=(words(f"năm {chosen.year}", str(chosen.year)),),
            actions=_actions(request, reader, chosen, connected=connected),
        ),
        "notice": _notice(reader, connected=connected),
        "facets": _facets(chosen, counts, views, len(broken)),
        "chosen": chosen,
        "found": broken if aside else listed,
        "years": [year for year in incoming.years(reader.viewer, reader.group.id) if year != chosen.year],
        "table": _aside_table(broken) if aside else _table(reader, listed),
        "pager": pager if pager.pages > 1 and not aside else None,
        "empty": _empty(chosen),
    }
    return render(request, "dean06/pages/incoming.html", shown)


def _empty(chosen: Chosen) -> Empty:
    if chosen.text:
        return Empty(
            title=words("Không thấy văn bản nào", "Nothing found"),
            text=words("Thử ít chữ hơn, hoặc xem «Tất cả».", "Try fewer words, or see All."),
            sign="find",
        )
    if chosen.view == "":
        return Empty(
            title=words("Không có văn bản nào chờ xử lý", "Nothing waits"),
            text=words(
                "Văn bản trên trục tự về khi tổ đã kết nối; văn bản giấy, thư điện tử thì văn thư nhập.",
                "Papers on the axis come by themselves once connected; others are entered by the clerk.",
            ),
            sign="ok",
        )
    return Empty(
        title=words("Không có văn bản nào ở mục này", "Nothing here"),
        text=words("Xem «Tất cả» để thấy cả năm.", "See All for the whole year."),
    )


@require_POST
@group_page
def fetch(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Ask for the axis to be looked at now, not at the next minute; for whoever may register what comes."""
    if not receiving.registering_answer(reader.account, reader.group).allowed:
        messages.warning(request, words("Văn thư lấy văn bản trên trục.", "The clerk looks at the axis."))
    else:
        jobs.ask_post(reader.group.id, reader.account)
        messages.success(request, words("Đang lấy văn bản trên trục.", "The axis is being looked at."))
    return HttpResponseRedirect(reader.url("papers-incoming"))
