"""Giao nhiệm vụ: the form by which a task is given by hand, taken up oneself, or asked of a body outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from dean06.charter import service as charters
from dean06.charter.types import Charter, Provision
from dean06.clock.errors import BadInput
from dean06.flows import tasking
from dean06.flows.tasking import Wanted
from dean06.offices import service as offices
from dean06.papers.service import documents as papers
from dean06.web import writing
from dean06.web.language import current_language, words
from dean06.web.pages.days import day_given
from dean06.web.pages.refusals import question, reason_of
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.parts.page import Link, PageHead
from dean06.web.reader import Reader, group_page
from dean06.work.service import matters
from dean06.work.types import Origin, TaskInfo

BY_HAND = (
    (Origin.DIRECTIVE, "Ý kiến chỉ đạo", "Directive"),
    (Origin.CONCLUSION, "Kết luận họp", "Conclusion of a meeting"),
    (Origin.PLAN, "Kế hoạch", "Plan"),
    (Origin.REPORT, "Báo cáo", "Report"),
    (Origin.OWN, "Tự nhận (cơ quan tôi chủ trì)", "Own initiative (my agency leads)"),
    (Origin.REQUEST, "Đề nghị cơ quan ngoài tổ, cấp trên", "Request to a body outside or above"),
)
OFFERED_DAYS = (3, 5, 10, 15, 20, 30)
MOST_PAPERS = 60

__all__ = ["clauses_of", "new", "wanted_of"]


def clauses_of(charter: Charter) -> list[tuple[str, str]]:
    """Return every clause of a charter as (dotted address, label with the first words of its summary)."""
    found: list[tuple[str, str]] = []

    def walk(nodes: tuple[Provision, ...]) -> None:
        for node in nodes:
            if node.cite is not None and node.cite.clause is not None:
                text = words(node.summary.vi, node.summary.en)
                label = charters.clause_label(node.cite, current_language())
                found.append((node.cite.dotted, f"{label}: {text[:70]}" if text else label))
            walk(node.children)

    walk(charter.provisions)
    return found


def _codes(post: QueryDict, name: str, reader: Reader) -> tuple[str, ...]:
    return tuple(code for code in dict.fromkeys(post.getlist(name)) if code in reader.agencies)


def _due(post: Mapping[str, str], reader: Reader) -> date:
    typed, days = post.get("han", "").strip(), post.get("so_ngay", "")
    if typed:
        try:
            due = day_given(typed, words("Hạn", "Last day"))
        except BadInput as problem:
            raise Misfilled("han", problem.vi, problem.en) from problem
        if due < reader.today:
            raise Misfilled(
                "han",
                f"Hạn phải từ hôm nay, {writing.day(reader.today)}, trở đi.",
                f"The last day is today, {writing.day(reader.today)}, or later.",
            )
        return due
    if days.isdecimal() and 0 < int(days) <= 250:
        return tasking.due_after(reader.group, int(days))
    raise Misfilled("han", "Ghi hạn, hoặc chọn số ngày làm việc.", "Give the last day, or choose working days.")


def wanted_of(post: QueryDict, reader: Reader) -> Wanted:
    """Return what a form asks for; what is missing is named at its field."""
    title = " ".join(post.get("viec", "").split())
    if not title:
        raise Misfilled("viec", "Ghi việc phải làm.", "Say what is to be done.")
    origin = post.get("nguon", "")
    if origin not in {one.value for one, _, _ in BY_HAND}:
        raise Misfilled("nguon", "Chọn nguồn giao việc.", "Choose what the task comes of.")
    lead = post.get("chu_tri", "")
    if not lead and origin != Origin.REQUEST.value:
        raise Misfilled("chu_tri", "Chọn đúng một cơ quan chủ trì.", "Choose exactly one lead agency.")
    paper = post.get("van_ban", "")
    return Wanted(
        title=title,
        lead=lead,
        due=_due(post, reader),
        origin=Origin(origin),
        coordinating=_codes(post, "phoi_hop", reader),
        following=_codes(post, "theo_doi", reader),
        clause=post.get("dieu_khoan", "").strip(),
        expected=" ".join(post.get("ket_qua", "").split()),
        accountable=" ".join(post.get("nguoi", "").split()),
        important=bool(post.get("quan_trong")),
        source=" ".join(post.get("nguon_ghi", "").split()),
        source_paper=int(paper) if paper.isdecimal() and _own_paper(reader, int(paper)) else None,
        origin_ref=post.get("tu", "")[:80],
        body=" ".join(post.get("ngoai", "").split()),
    )


def _own_paper(reader: Reader, paper_id: int) -> bool:
    found = papers.paper(reader.viewer, paper_id)
    return found is not None and found.group_id == reader.group.id


@group_page
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the form, and give the task that was filled in."""
    if request.method != "POST":
        return _form(request, reader, request.GET, ())
    try:
        wanted = wanted_of(request.POST, reader)
        made = _made(request, reader, wanted)
    except BadInput as problem:
        return _form(request, reader, request.POST, slips_of(problem))
    said = (
        words("Đã ghi đề nghị", "The request is recorded")
        if wanted.origin is Origin.REQUEST
        else words("Đã giao nhiệm vụ", "The task is given")
    )
    messages.success(request, words(f"{said}, số {made.number}.", f"{said}, no. {made.number}."))
    return HttpResponseRedirect(reader.url("tasks-one", made.id))


def _made(request: HttpRequest, reader: Reader, wanted: Wanted) -> TaskInfo:
    reason = reason_of(request)
    if wanted.origin is Origin.REQUEST:
        return tasking.request(reader.account, reader.group, wanted, reason=reason)
    return tasking.assign(reader.account, reader.group, wanted, reason=reason)


def _form(request: HttpRequest, reader: Reader, typed: QueryDict, slips: tuple[Slip, ...]) -> HttpResponse:
    given = _begun(reader, typed)
    shown = {
        "head": PageHead(
            title=words("Giao nhiệm vụ", "Give a task"),
            crumb=Link(label=words("Nhiệm vụ", "Tasks"), href=reader.url("tasks")),
            meta=(words("Một cơ quan chủ trì, đủ 5 rõ", "One lead agency, clear in five points"),),
        ),
        "slips": slips,
        "typed": given,
        "beside": set(typed.getlist("phoi_hop")),
        "follow": set(typed.getlist("theo_doi")),
        "origins": [(one.value, words(vi, en)) for one, vi, en in BY_HAND],
        "agencies": sorted(reader.agencies.items(), key=lambda one: one[1]),
        "above": sorted(tasking.outside_bodies(reader.group).items(), key=lambda one: one[1]),
        "clauses": clauses_of(reader.charter),
        "papers": _papers(reader),
        "offered": [(days, writing.day(tasking.due_after(reader.group, days))) for days in OFFERED_DAYS],
        "people": _people(reader),
        "answer": question(reader, tasking.may_assign(reader.account, reader.group, own=given["nguon"] == "own")),
        "href": reader.url("tasks-new"),
    }
    return render(request, "dean06/pages/task_new.html", shown, status=UNUSABLE if slips else 200)


def _begun(reader: Reader, typed: QueryDict) -> dict[str, str]:
    """Return what stands in the form: as typed, else what its directive or the reader's own agency gives."""
    directive = next(
        (
            one
            for one in matters.directives(reader.viewer, reader.group.id)
            if typed.get("tu") and one.ref == typed.get("tu")
        ),
        None,
    )
    own = Origin.OWN.value if not reader.oversees else ""
    given = {name: typed.get(name, "") for name in typed}
    if directive is not None:
        given.setdefault("viec", directive.words.split("\n")[0][:300])
        given.setdefault("nguon_ghi", directive.source or f"{directive.given_by}, {writing.day(directive.given_on)}")
        given.setdefault("nguon", Origin.DIRECTIVE.value)
    given.setdefault("nguon", own or Origin.DIRECTIVE.value)
    given.setdefault("chu_tri", reader.own_agencies[0] if own and reader.own_agencies else "")
    return given


def _papers(reader: Reader) -> list[tuple[str, str]]:
    issued = [one for one in papers.papers(reader.viewer, reader.group.id) if one.number is not None]
    return [(str(one.id), f"{one.label}: {one.abstract[:70]}") for one in issued[:MOST_PAPERS]]


def _people(reader: Reader) -> list[str]:
    """Return who sits in the group, as a task may name them."""
    held = offices.holders(reader.group.id, reader.today)
    return list(dict.fromkeys(f"{seat.holder} ({reader.agency(seat.agency)})" for seat in held if seat.agency))
