"""Tin báo: what the reader was told, newest first, each sentence under its clause; opened, read, all read."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.notices.errors import NoticeNotFound
from dean06.notices.service import inbox, telling
from dean06.notices.types import NoticeInfo
from dean06.offices.types import GroupInfo
from dean06.web import marks, sheet, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite
from dean06.web.pages.listing import page_number
from dean06.web.parts.page import Action, Empty, PageHead
from dean06.web.parts.tables import Facet, Facets, Pager
from dean06.web.reader import Reader, group_page

SIZE = 40

__all__ = ["mark_all", "notices", "open_one"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the reader narrowed the list to: new ones, a heading or a kind, this group or all of theirs."""

    unread: bool
    part: str
    kind: str
    everywhere: bool

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that are shown; empty for all."""
        if self.kind:
            return frozenset({self.kind})
        return frozenset(code for code, one in telling.kinds().items() if one.part == self.part)

    def query(self, **changed: str) -> str:
        """Return the choice as an address, some of it changed."""
        given = {
            "xem": "moi" if self.unread else "",
            "phan": self.part,
            "loai": self.kind,
            "to": "tat-ca" if self.everywhere else "",
        } | changed
        return urlencode({key: value for key, value in given.items() if value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One notice as the page shows it."""

    id: int
    text: str
    new: bool
    kind: str
    part: str
    when: str
    clause: str
    group: str
    mailed: str
    open_href: str


def _chosen(request: HttpRequest) -> Chosen:
    part, kind = request.GET.get("phan", ""), request.GET.get("loai", "")
    return Chosen(
        unread=request.GET.get("xem") == "moi",
        part=part if part in {one.code for one in telling.parts()} else "",
        kind=kind if kind in telling.kinds() else "",
        everywhere=request.GET.get("to") == "tat-ca",
    )


def kind_words(code: str) -> str:
    """Return a kind in the reader's language."""
    known = telling.kinds()[code]
    return words(known.vi, known.en)


def _line(reader: Reader, one: NoticeInfo, groups: dict[int, GroupInfo]) -> Line:
    own = one.group_id == reader.group.id
    return Line(
        id=one.id,
        text=words(one.vi, one.en),
        new=one.read_at is None,
        kind=kind_words(one.kind),
        part=telling.kinds()[one.kind].part,
        when=writing.instant(one.at),
        clause=_clause(reader, one, own=own),
        group="" if own else groups[one.group_id].short_name,
        mailed=words(f"đã gửi thư {writing.day(one.mailed_at)}", f"mailed {writing.day(one.mailed_at)}")
        if one.mailed_at
        else "",
        open_href=reverse("notices-open", args=[groups[one.group_id].slug, one.id]),
    )


def _clause(reader: Reader, one: NoticeInfo, *, own: bool) -> str:
    if not one.clause.article:
        return ""
    cited = Citation(article=one.clause.article, clause=one.clause.clause or None, point=one.clause.point or None)
    return cite(reader, cited) if own else marks.clause(charters.clause_label(cited, current_language()))


def _facets(reader: Reader, chosen: Chosen, group_id: int | None) -> Facets:
    new = inbox.unread_by_kind(reader.viewer, group_id)
    first = (
        Facet(
            label=words("Tất cả", "All"),
            count="",
            href=f"?{chosen.query(xem='', phan='', loai='')}",
            current=not chosen.unread and not chosen.part,
        ),
        Facet(
            label=words("Chưa đọc", "New"),
            count=writing.number(sum(new.values())),
            href=f"?{chosen.query(xem='moi', phan='', loai='')}",
            current=chosen.unread and not chosen.part,
        ),
    )
    counted = {one.code: sum(new.get(kind, 0) for kind in _kinds_of(one.code)) for one in telling.parts()}
    headings = tuple(
        Facet(
            label=words(one.vi, one.en),
            count=writing.number(counted[one.code]) if counted[one.code] else "",
            href=f"?{chosen.query(phan=one.code, loai='')}",
            current=chosen.part == one.code,
        )
        for one in telling.parts()
        if counted[one.code] or chosen.part == one.code
    )
    return Facets(label=words("Lọc tin báo", "Filter notices"), items=(*first, *headings))


def _kinds_of(part: str) -> list[str]:
    return [code for code, one in telling.kinds().items() if one.part == part]


def _sections(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """Return the new ones under the headings of their kinds, and those read before at the end."""
    new = [
        (words(one.vi, one.en), [line for line in lines if line.new and line.part == one.code])
        for one in telling.parts()
    ]
    read = (words("Đã đọc", "Read before"), [line for line in lines if not line.new])
    return [(title, own) for title, own in (*new, read) if own]


def _head(request: HttpRequest, reader: Reader, chosen: Chosen, total: str) -> PageHead:
    several = len(reader.groups) > 1
    there = "" if chosen.everywhere else "tat-ca"
    label = words("Tổ này", "This group") if chosen.everywhere else words("Mọi tổ của tôi", "All my groups")
    everywhere = (Action(label=label, href=f"?{chosen.query(to=there)}"),) if several else ()
    return PageHead(
        title=words("Tin báo", "Notices"),
        meta=(total, words("mỗi tin dẫn điều khoản của nó", "each under its clause")),
        actions=(
            *everywhere,
            *sheet.offers(request),
            Action(label=words("Chọn cách nhận", "How you are told"), href=reader.url("notices-choices"), sign="bell"),
        ),
    )


@group_page
def notices(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what the reader was told."""
    chosen = _chosen(request)
    group_id = None if chosen.everywhere else reader.group.id
    groups = {one.id: one for one in reader.groups}
    if sheet.asked(request):
        every = inbox.of(reader.viewer, group_id, kinds=chosen.kinds, unread=chosen.unread, size=sheet.MOST)
        lines = [_line(reader, one, groups) for one in every.items]
        return sheet.answer(request, _sheet(reader, lines), f"tin-bao-{reader.group.slug}-{reader.today}")
    number = page_number(request)
    page = inbox.of(reader.viewer, group_id, kinds=chosen.kinds, unread=chosen.unread, number=number, size=SIZE)
    total = words(f"{writing.number(page.total)} tin", f"{writing.number(page.total)} notices")
    lines = [_line(reader, one, groups) for one in page.items]
    shown = {
        "head": _head(request, reader, chosen, total),
        "facets": _facets(reader, chosen, group_id),
        "parts": _sections(lines),
        "pager": Pager(text=total, page=number, pages=max(1, -(-page.total // SIZE)), query=chosen.query()),
        "mark_href": reader.url("notices-read"),
        "everywhere": chosen.everywhere,
        "new_word": words("mới", "new"),
        "any_new": any(line.new for line in lines),
        "empty": Empty(
            title=words("Chưa có tin nào", "No notices yet"),
            text=words(
                "Khi được giao việc, được trình ký hay được mời họp, bạn thấy tin ở đây, kèm điều khoản.",
                "When a task, a paper to sign or a meeting is yours, it is told here, under its clause.",
            ),
            sign="bell",
        ),
    }
    return render(request, "dean06/pages/notices.html", shown)


def _sheet(reader: Reader, lines: list[Line]) -> sheet.Sheet:
    return sheet.Sheet(
        title=f"{words('Tin báo', 'Notices')}, {reader.group.name}",
        notes=(reader.group.name, writing.day(reader.today)),
        header=(
            words("Lúc", "At"),
            words("Loại", "Kind"),
            words("Nội dung", "Notice"),
            words("Tổ", "Group"),
            words("Chưa đọc", "New"),
        ),
        rows=tuple(
            (line.when, line.kind, line.text, line.group or reader.group.short_name, "x" if line.new else "")
            for line in lines
        ),
    )


@require_POST
@group_page
def open_one(request: HttpRequest, reader: Reader, notice_id: int) -> HttpResponse:  # noqa: ARG001  a view takes its request
    """Write down that a notice was read, and lead to its page."""
    try:
        one = inbox.mark_read(reader.viewer, notice_id)
    except NoticeNotFound as missing:
        raise Http404 from missing
    if one.group_id != reader.group.id:
        raise Http404
    try:
        href = reader.url(one.address.route, *one.address.args)
    except NoReverseMatch:  # the page has moved since: the list still says what was told
        href = reader.url("notices")
    return HttpResponseRedirect(href)


@require_POST
@group_page
def mark_all(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Write down that all was read: of this group, or of all the reader's groups."""
    everywhere = request.POST.get("to") == "tat-ca"
    count = inbox.mark_all_read(reader.viewer, None if everywhere else reader.group.id)
    messages.success(request, words(f"Đã đánh dấu {count} tin là đã đọc.", f"{count} notices are marked as read."))
    return HttpResponseRedirect(f"{reader.url('notices')}{'?to=tat-ca' if everywhere else ''}")
