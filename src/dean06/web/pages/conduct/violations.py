"""Vi phạm: for the leader and whom the group's rule names (G-18); to anybody else none of these pages is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.charter import service as charters
from dean06.clock.errors import BadInput
from dean06.conduct.types import LineInfo, Step, ViolationInfo
from dean06.flows import violating
from dean06.offices import service as offices
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite_in
from dean06.web.pages.conduct.commendations import happened
from dean06.web.pages.days import day_given
from dean06.web.pages.funds.money import names_of
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.parts.page import Action, Empty, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

P = ParamSpec("P")
STEPS = {
    Step.OPENED: ("warn", "pen", "Đã lập hồ sơ", "Recorded"),
    Step.HEARD: ("info", "eye", "Đã nghe trình bày", "Heard"),
    Step.HANDLED: ("ok", "ok", "Đã xử lý", "Handled"),
    Step.PASSED_ON: ("mute", "out", "Đã chuyển", "Passed on"),
    Step.DROPPED: ("mute", "end", "Kết thúc, không vi phạm", "Ended"),
}
EVENTS = {
    step.value: (sign, tone if tone in ("ok", "warn") else "", vi, en) for step, (tone, sign, vi, en) in STEPS.items()
}
OPEN = (Step.OPENED, Step.HEARD)
PURPOSE = "muc_dich_vi_pham"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

__all__ = [
    "drop",
    "handle",
    "hear",
    "new",
    "one",
    "pass_on",
    "printed",
    "purpose",
    "set_readers",
    "violations",
]


def readers_page(
    view: Callable[Concatenate[HttpRequest, Reader, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give a page to the readers of violation files; to others it is not there."""

    @group_page
    def wrapped(request: HttpRequest, reader: Reader, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not violating.is_reader(reader.viewer, reader.group):
            raise Http404
        answer = view(request, reader, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer

    return wraps(view)(wrapped)


def _chip(step: Step) -> str:
    tone, sign, vi, en = STEPS[step]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def _rule(reader: Reader) -> Notice:
    """Say what the charter answers on handling violations, and who may see these files by which rule."""
    decision = violating.handling_answer(reader.account, reader.group).decision
    return Notice(text=decision.sentence(current_language()), tone="law", sign="law")


def _table(reader: Reader, found: tuple[LineInfo, ...]) -> Table:
    return Table(
        caption=words("Hồ sơ vi phạm", "Violation files"),
        columns=(
            Column(label=words("Hồ sơ", "File"), nowrap=True),
            Column(label=words("Lập ngày", "Recorded"), nowrap=True),
            Column(label=words("Tình trạng", "State")),
        ),
        rows=tuple(
            Row(
                cells=(
                    marks.link(f"{one.number}/{one.year}", reader.url("violations-one", one.id)),
                    writing.day(one.opened_at),
                    _chip(one.step),
                )
            )
            for one in found
        ),
    )


@readers_page
def violations(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the files, nothing of the persons in the list; show who may see them."""
    found = violating.listed(reader.viewer, reader.group)
    rule = violating.rule(reader.group)
    begin = Action(
        label=words("Lập hồ sơ", "Record one"), href=reader.url("violations-new"), kind="primary", sign="pen"
    )
    named = violating.readers(reader.group)
    seats = [
        (f"{seat.role}:{seat.agency}" if seat.agency else seat.role, f"{seat.holder}, {seat.hat}")
        for seat in offices.holders(reader.group.id, reader.today)
        if seat.role != violating.LEADING
    ]
    label = words("chưa đặt quy ước", "no local rule")
    if rule is not None:
        label = words(f"quy ước số {rule.number}, {writing.day(rule.adopted_on)}", f"local rule no. {rule.number}")
    page = {
        "head": PageHead(
            title=words("Hồ sơ vi phạm", "Violation files"),
            meta=(marks.chip("secret", words("Hạn chế người xem", "Restricted")),),
            actions=() if reader.ending else (begin,),
        ),
        "rule": _rule(reader),
        "found": found,
        "table": _table(reader, found),
        "seats": [(code, name, code in named or code.partition(":")[0] in named) for code, name in dict(seats).items()],
        "rule_label": marks.clause(label, kind="local"),
        "may_set": any(seat.role == violating.LEADING for seat in reader.seats) and not reader.ending,
        "empty": Empty(
            title=words("Không có hồ sơ nào", "No file"),
            text=words(
                "Người ngoài danh sách được xem không biết có trang này.",
                "Whoever is not among the readers does not know of this page.",
            ),
            sign="lock",
        ),
    }
    return render(request, "dean06/pages/conduct/violations.html", page)


@require_POST
@readers_page
def set_readers(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Set who else may see the files (gap G-18)."""
    known = {
        f"{seat.role}:{seat.agency}" if seat.agency else seat.role
        for seat in offices.holders(reader.group.id, reader.today)
    }
    named = [one for one in request.POST.getlist("nguoi_xem") if one in known]
    rule = violating.set_readers(reader.account, reader.group, named)
    messages.success(request, words(f"Đã đặt quy ước số {rule.number}.", f"Local rule no. {rule.number} is set."))
    return HttpResponseRedirect(reader.url("violations"))


@readers_page
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the form of a record, and enter what was filled in."""
    if request.method != "POST":
        return _form(request, reader)
    post = request.POST
    try:
        made = violating.record(
            reader.account,
            reader.group,
            violating.entered(
                reader.group,
                name=" ".join(post.get("ho_ten", "").split())[:120],
                post=" ".join(post.get("chuc_vu", "").split())[:200],
                agency=post.get("co_quan", "") if post.get("co_quan", "") in reader.agencies else "",
                acts=post.get("hanh_vi", "").strip()[:4000],
                rules=" ".join(post.get("quy_dinh", "").split())[:400],
                happened_on=day_given(post.get("ngay", ""), words("Ngày vi phạm", "Day")),
            ),
        )
    except BadInput as problem:
        return _form(request, reader, slips_of(problem, "ho_ten"))
    messages.success(request, words("Đã lập hồ sơ.", "It is recorded."))
    return HttpResponseRedirect(reader.url("violations-one", made))


def _form(request: HttpRequest, reader: Reader, slips: tuple[Slip, ...] = ()) -> HttpResponse:
    page = {
        "head": PageHead(
            title=words("Lập hồ sơ vi phạm", "Record a violation"),
            crumb=Link(label=words("Hồ sơ vi phạm", "Violation files"), href=reader.url("violations")),
        ),
        "agencies": reader.agencies.items(),
        "typed": request.POST,
        "today": writing.day(reader.today),
        "slips": slips,
    }
    return render(request, "dean06/pages/conduct/violation_new.html", page, status=UNUSABLE if slips else 200)


# ------------------------------------------------------------------ one


def _line(reader: Reader, violation_id: int) -> LineInfo:
    found = next((one for one in violating.listed(reader.viewer, reader.group) if one.id == violation_id), None)
    if found is None:
        raise Http404
    return found


def _stated(request: HttpRequest, violation_id: int) -> str:
    kept = request.session.get(PURPOSE)
    return str(kept.get(str(violation_id), "")) if isinstance(kept, dict) else ""


@require_POST
@readers_page
def purpose(request: HttpRequest, reader: Reader, violation_id: int) -> HttpResponse:
    """Keep the reader's purpose for one file; every look from now on is recorded under it."""
    _line(reader, violation_id)
    said = " ".join(request.POST.get("muc_dich", "").split())[:200]
    if len(said) < 5:
        raise BadInput("Nêu mục đích xem hồ sơ.", "State what you look at the file for.")
    kept = request.session.get(PURPOSE)
    request.session[PURPOSE] = (kept if isinstance(kept, dict) else {}) | {str(violation_id): said}
    return HttpResponseRedirect(reader.url("violations-one", violation_id))


@readers_page
def one(request: HttpRequest, reader: Reader, violation_id: int) -> HttpResponse:
    """Ask what for; then show the file whole, and record the look."""
    line = _line(reader, violation_id)
    said = _stated(request, violation_id)
    head = PageHead(
        title=words(f"Hồ sơ vi phạm {line.number}/{line.year}", f"Violation file {line.number}/{line.year}"),
        crumb=Link(label=words("Hồ sơ vi phạm", "Violation files"), href=reader.url("violations")),
        meta=(_chip(line.step), marks.chip("secret", words("Hạn chế người xem", "Restricted"))),
    )
    page: dict[str, object] = {"head": head, "purpose_href": reader.url("violations-purpose", violation_id)}
    if said:
        page |= _whole(reader, violating.look(reader.account, reader.group, violation_id, said)) | {"purpose": said}
    return render(request, "dean06/pages/conduct/violation.html", page)


def _facts(reader: Reader, found: ViolationInfo) -> SummaryList:
    facts = [
        Fact(term=words("Họ tên", "Name"), value=found.name),
        Fact(term=words("Chức vụ, cơ quan", "Post, agency"), value=f"{found.post}, {reader.agency(found.agency)}"),
        Fact(term=words("Ngày vi phạm", "Day"), value=writing.day(found.happened_on)),
        Fact(term=words("Hành vi", "What was done"), value=found.acts),
        Fact(term=words("Quy định bị vi phạm", "Rule"), value=found.rules),
    ]
    if found.heard_on:
        term = words(f"Lời trình bày, {writing.day(found.heard_on)}", f"Statement, {writing.day(found.heard_on)}")
        facts.append(Fact(term=term, value=found.statement))
    if found.outcome:
        facts.append(Fact(term=words("Kết quả", "Outcome"), value=found.outcome))
    if found.passed_to:
        facts.append(Fact(term=words("Chuyển tới", "Passed to"), value=found.passed_to))
    if found.paper:
        facts.append(Fact(term=words("Văn bản", "Paper"), value=f"{found.paper}, {writing.day(found.paper_on)}"))
    return SummaryList(facts=tuple(facts))


def _whole(reader: Reader, found: ViolationInfo) -> dict[str, object]:
    decision = violating.handling_answer(reader.account, reader.group).decision
    names = names_of(reader)
    roles = charters.vocabulary().roles
    return {
        "found": found,
        "facts": _facts(reader, found),
        "timeline": happened(reader, found.events, EVENTS),
        "looks": [
            (
                writing.instant(one.at),
                names.get(one.account, ""),
                words(roles[one.role].vi, roles[one.role].en) if one.role in roles else one.role,
                one.purpose,
            )
            for one in reversed(found.looks)
        ],
        "can_hear": found.step in OPEN and not reader.ending,
        "can_handle": found.step is Step.HEARD and not reader.ending,
        "can_pass": found.step in OPEN and not reader.ending,
        "sentence": decision.sentence(current_language()),
        "cites": [cite_in(reader, decision.charter, one) for one in decision.citations[:2]],
        "today": writing.day(reader.today),
        "hrefs": {
            name: reader.url(f"violations-{name}", found.id) for name in ("hear", "handle", "pass", "drop", "print")
        },
    }


def _paper(request: HttpRequest) -> tuple[str, date]:
    label = " ".join(request.POST.get("so", "").split())[:80]
    return label, day_given(request.POST.get("ngay", ""), words("Ngày văn bản", "Day of the paper"))


def _done(request: HttpRequest, reader: Reader, violation_id: int) -> HttpResponse:
    messages.success(request, words("Đã ghi vào hồ sơ.", "It is recorded."))
    return HttpResponseRedirect(reader.url("violations-one", violation_id))


@require_POST
@readers_page
def hear(request: HttpRequest, reader: Reader, violation_id: int) -> HttpResponse:
    """Write down what the person says."""
    _line(reader, violation_id)
    said = request.POST.get("loi", "").strip()[:4000]
    on = day_given(request.POST.get("ngay", ""), words("Ngày trình bày", "Day"))
    violating.hear(reader.account, reader.group, violation_id, said, on)
    return _done(request, reader, violation_id)


@require_POST
@readers_page
def handle(request: HttpRequest, reader: Reader, violation_id: int) -> HttpResponse:
    """Handle the violation within competence."""
    _line(reader, violation_id)
    outcome = " ".join(request.POST.get("hinh_thuc", "").split())[:600]
    within, reason = request.POST.get("trong_tham_quyen") == "1", request.POST.get("ly_do") or None
    violating.handle(
        reader.account, reader.group, violation_id, outcome, *_paper(request), within=within, reason=reason
    )
    return _done(request, reader, violation_id)


@require_POST
@readers_page
def pass_on(request: HttpRequest, reader: Reader, violation_id: int) -> HttpResponse:
    """Pass the file on to whoever is competent."""
    _line(reader, violation_id)
    to = " ".join(request.POST.get("noi_nhan", "").split())[:200]
    violating.pass_on(reader.account, reader.group, violation_id, to, *_paper(request))
    return _done(request, reader, violation_id)


@require_POST
@readers_page
def drop(request: HttpRequest, reader: Reader, violation_id: int) -> HttpResponse:
    """End the file because there was no violation."""
    why = " ".join(request.POST.get("vi_sao", "").split())[:600]
    violating.drop(reader.account, reader.group, violation_id, why)
    return _done(request, reader, violation_id)


@require_POST
@readers_page
def printed(request: HttpRequest, reader: Reader, violation_id: int) -> FileResponse:
    """Hand out the record as a .docx; the look counts under the purpose that was stated."""
    line = _line(reader, violation_id)
    path = violating.printed(reader.account, reader.group, violation_id, _stated(request, violation_id))
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"bien-ban-{line.number}.docx", content_type=DOCX)
