"""Việc cần quyết: matters raised, brought before the leader where the charter wants it, settled under a shown power."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.charter.types import Citation
from dean06.clock.errors import BadInput
from dean06.flows import matters as journey
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.clauses import cite
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.refusals import question, reason_of
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Event, Fact, SummaryList, Timeline
from dean06.web.reader import Reader, group_page
from dean06.work.service import matters as work
from dean06.work.types import MatterInfo, NewMatter

POWERS = {
    "own": ("theo thẩm quyền của mình", "in their own right"),
    "absence": ("thay Tổ trưởng vắng mặt", "for the absent leader"),
    "delegation": ("theo ủy quyền của Tổ trưởng", "under the leader's delegation"),
}

SIZE = 25

__all__ = ["escalate", "matters", "one", "settle", "unsettle"]


@group_page
def matters(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the matters of the group, and raise another."""
    if request.method != "POST":
        text = " ".join(request.GET.get("q", "").split())
        settled = {"cho": False, "xong": True}.get(request.GET.get("xem", ""))
        listed = work.matters(reader.viewer, reader.group.id, text, settled=settled)
        if sheet.asked(request):
            return sheet.answer(request, _sheet(reader, listed), f"viec-can-quyet-{reader.group.slug}-{reader.today}")
        return _page(request, reader, listed, {"q": text}, ())
    try:
        made = journey.raise_matter(reader.account, reader.group, _new(request, reader), reason=reason_of(request))
    except BadInput as problem:
        listed = work.matters(reader.viewer, reader.group.id)
        typed = {name: request.POST.get(name, "") for name in request.POST}
        return _page(request, reader, listed, typed, slips_of(problem))
    messages.success(request, words(f"Đã nêu việc số {made.number}.", f"Matter {made.number} is raised."))
    return HttpResponseRedirect(reader.url("tasks-matter", made.id))


def _new(request: HttpRequest, reader: Reader) -> NewMatter:
    post = request.POST
    if not post.get("viec", "").strip():
        raise Misfilled("viec", "Ghi việc cần quyết định.", "Say what is to be decided.")
    return NewMatter(
        title=" ".join(post["viec"].split()),
        words=post.get("noi_dung", "").replace("\r\n", "\n").strip(),
        important=bool(post.get("quan_trong")),
        exceeds=bool(post.get("vuot")),
        agency=reader.own_agencies[0] if reader.own_agencies else "",
    )


def _kind(matter: MatterInfo) -> str:
    named = [
        words(vi, en)
        for on, vi, en in (
            (matter.important, "quan trọng", "important"),
            (matter.exceeds, "vượt thẩm quyền", "beyond competence"),
            (matter.routine, "thường xuyên", "routine"),
        )
        if on
    ]
    return ", ".join(named)


def _state(matter: MatterInfo) -> str:
    if matter.settled_at is not None:
        return chip("ok", words("Đã quyết định", "Settled"), with_sign="ok")
    if matter.escalated_at is not None:
        return chip("ask", words("Đã trình Tổ trưởng", "Before the leader"), with_sign="up")
    return chip("warn", words("Chờ quyết định", "Waits"), with_sign="clock")


def _row(reader: Reader, one: MatterInfo) -> Row:
    return Row(
        cells=(
            str(one.number),
            format_html('<a href="{}">{}</a>', reader.url("tasks-matter", one.id), one.title),
            _kind(one),
            writing.day(one.raised_at),
            _state(one),
        )
    )


def _page(
    request: HttpRequest, reader: Reader, listed: list[MatterInfo], typed: dict[str, str], slips: tuple[Slip, ...]
) -> HttpResponse:
    count = words(f"{len(listed)} việc", f"{len(listed)} matters")
    query = request.GET.copy()
    query.pop("trang", None)
    items, pager = sliced(listed, page_number(request), SIZE, text=count, query=query.urlencode())
    shown = {
        "head": PageHead(
            title=words("Việc cần quyết", "Matters to decide"),
            crumb=Link(label=words("Nhiệm vụ", "Tasks"), href=reader.url("tasks")),
            meta=(count,),
            actions=sheet.offers(request),
        ),
        "slips": slips,
        "typed": typed,
        "href": reader.url("tasks-matters"),
        "found": bool(listed),
        "table": Table(
            caption=count,
            columns=(
                Column(label=words("Số", "No."), kind="num"),
                Column(label=words("Việc", "Matter"), kind="text"),
                Column(label=words("Loại", "Kind")),
                Column(label=words("Nêu ngày", "Raised"), nowrap=True),
                Column(label=words("Tình trạng", "State"), nowrap=True),
            ),
            rows=tuple(_row(reader, one) for one in items),
            heading=1,
            pager=pager if pager.pages > 1 else None,
        ),
    }
    return render(request, "dean06/pages/matters.html", shown, status=UNUSABLE if slips else 200)


def _sheet(reader: Reader, listed: list[MatterInfo]) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Việc cần quyết, {reader.group.name}", f"Matters, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}", f"{reader.today}"),),
        header=(
            words("Số", "No."),
            words("Việc", "Matter"),
            words("Loại", "Kind"),
            words("Nêu ngày", "Raised"),
            words("Trình Tổ trưởng", "Escalated"),
            words("Quyết định ngày", "Settled"),
            words("Quyết định", "Decision"),
        ),
        rows=(
            (o.number, o.title, _kind(o), o.raised_at, o.escalated_at, o.settled_at, o.settled_words) for o in listed
        ),
    )


def _own(reader: Reader, matter_id: int) -> MatterInfo:
    found = work.matter(reader.viewer, reader.group.id, matter_id)
    if found is None:
        raise Http404
    return found


def _title(reader: Reader, role: str) -> str:
    known = reader.charter.roles.get(role)
    return known.title if known else role


def _timeline(reader: Reader, matter: MatterInfo) -> Timeline:
    events = [
        Event(text=words("Nêu việc", "Raised"), when=writing.instant(matter.raised_at), sign="pen", note=matter.words)
    ]
    if matter.escalated_at is not None:
        events.append(
            Event(
                text=words("Báo cáo, xin ý kiến Tổ trưởng", "Brought before the leader"),
                when=writing.instant(matter.escalated_at),
                sign="up",
                note=f"{_title(reader, matter.escalated_role)}: {matter.escalated_words}",
            )
        )
    if matter.settled_at is not None:
        power = words(*POWERS.get(matter.power, POWERS["own"]))
        events.append(
            Event(
                text=words("Quyết định", "Settled"),
                when=writing.instant(matter.settled_at),
                sign="ok",
                tone="ok",
                note=f"{_title(reader, matter.settled_role)}, {power}: {matter.settled_words}",
            )
        )
    return Timeline(events=tuple(reversed(events)))


@group_page
def one(request: HttpRequest, reader: Reader, matter_id: int) -> HttpResponse:
    """Show one matter: what it is, whether the reader may settle it, what happened."""
    matter = _own(reader, matter_id)
    open_ = matter.settled_at is None and not reader.ending
    found = journey.may_settle(reader.account, reader.group, matter)
    blocked = journey.FIRST in found.decision.missing
    facts = [
        Fact(term=words("Loại việc", "Kind"), value=_kind(matter)),
        Fact(term=words("Cơ quan nêu", "Raised by"), value=reader.agency(matter.agency) if matter.agency else "–"),
    ]
    if matter.settled_at is not None:
        cites = [cite(reader, _cited(label), text=matter.charter_hash) for label in matter.cites[:2]]
        facts.append(
            Fact(
                term=words("Thẩm quyền", "Power"),
                value=words(*POWERS.get(matter.power, POWERS["own"])),
                aside=format_html("{}" * len(cites), *cites) if cites else "",
            )
        )
    shown = {
        "head": PageHead(
            title=matter.title,
            crumb=Link(label=words("Việc cần quyết", "Matters"), href=reader.url("tasks-matters")),
            meta=(words(f"Việc số {matter.number}", f"Matter no. {matter.number}"),),
        ),
        "facts": SummaryList(facts=tuple(facts)),
        "state": _state(matter),
        "matter": matter,
        "timeline": _timeline(reader, matter),
        "answer": question(reader, found) if open_ else None,
        "settles": open_ and not blocked,
        "escalates": open_ and matter.escalated_at is None and not found.allowed,
        "settle_href": reader.url("tasks-matter-settle", matter.id),
        "escalate_href": reader.url("tasks-matter-escalate", matter.id),
        "unsettle_href": reader.url("tasks-matter-unsettle", matter.id) if matter.settled_at else "",
    }
    return render(request, "dean06/pages/matter.html", shown)


def _cited(dotted: str) -> Citation:
    article, _, rest = dotted.partition(".")
    clause, _, point = rest.partition(".")
    return Citation(article=article, clause=clause or None, point=point or None)


def _words(request: HttpRequest) -> str:
    return request.POST.get("loi", "").replace("\r\n", "\n").strip()[:4000]


def _back(request: HttpRequest, reader: Reader, matter_id: int, vi: str, en: str) -> HttpResponseRedirect:
    messages.success(request, words(vi, en))
    return HttpResponseRedirect(reader.url("tasks-matter", matter_id))


@require_POST
@group_page
def escalate(request: HttpRequest, reader: Reader, matter_id: int) -> HttpResponse:
    """Bring a matter before the leader."""
    matter = _own(reader, matter_id)
    journey.escalate(reader.account, reader.group, matter, _words(request), reason=reason_of(request))
    return _back(request, reader, matter_id, "Đã báo cáo Tổ trưởng.", "It is brought before the leader.")


@require_POST
@group_page
def settle(request: HttpRequest, reader: Reader, matter_id: int) -> HttpResponse:
    """Settle a matter."""
    matter = _own(reader, matter_id)
    journey.settle(reader.account, reader.group, matter, _words(request), reason=reason_of(request))
    return _back(request, reader, matter_id, "Đã ghi quyết định.", "The decision is noted.")


@require_POST
@group_page
def unsettle(request: HttpRequest, reader: Reader, matter_id: int) -> HttpResponse:
    """Take one's own decision back."""
    matter = _own(reader, matter_id)
    journey.unsettle(reader.account, reader.group, matter, _words(request), reason=reason_of(request))
    return _back(request, reader, matter_id, "Đã rút lại quyết định.", "The decision is taken back.")
