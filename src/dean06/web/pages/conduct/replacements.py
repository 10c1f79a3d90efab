"""Thay thành viên: the whole procedure on one page, from the tasks not done to the seat's new holder."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.charter import service as charters
from dean06.charter.types import Charter, Citation
from dean06.conduct.errors import ReplacementNotFound
from dean06.conduct.service import replacements as conduct
from dean06.conduct.types import NewAnswer, ReplacementEvent, ReplacementInfo, Stage
from dean06.flows import replacing
from dean06.offices.service import seats
from dean06.offices.types import SeatInfo
from dean06.papers import service as papers
from dean06.web import sheet, writing
from dean06.web.language import current_language, words
from dean06.web.marks import chip, link
from dean06.web.pages.clauses import cite
from dean06.web.pages.days import day_given
from dean06.web.pages.offices.frame import home, views
from dean06.web.pages.offices.typed import one_line
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Empty, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Event, Fact, Stepper, SummaryList, Timeline
from dean06.web.reader import Reader, group_page

STATES = {
    Stage.OPEN: ("info", "pen", "Đã nêu, chưa có công văn", "Put forward"),
    Stage.ASKED: ("info", "clock", "Chờ cơ quan trả lời", "Asked"),
    Stage.ANSWERED: ("warn", "clock", "Đã trả lời, chờ đổi người", "Answered"),
    Stage.DONE: ("ok", "ok", "Đã thay", "Done"),
    Stage.REFUSED: ("bad", "no", "Cơ quan không cử", "Refused"),
    Stage.WITHDRAWN: ("mute", "end", "Đã rút", "Withdrawn"),
}
HAPPENED = {
    "opened": ("pen", "Nêu việc thay thành viên", "Put forward"),
    "answered": ("eye", "Cơ quan cử người thay", "The agency named somebody"),
    "refused": ("no", "Cơ quan không cử người thay", "The agency refused"),
    "done": ("ok", "Đổi người giữ vị trí", "The seat has its new holder"),
    "withdrawn": ("end", "Rút lại", "Withdrawn"),
}
PLACES = {Stage.OPEN: 2, Stage.ASKED: 3, Stage.ANSWERED: 4, Stage.DONE: 5, Stage.REFUSED: 3, Stage.WITHDRAWN: 1}

__all__ = ["answer", "begin", "carry_out", "letter", "new", "one", "replacements", "withdraw"]


def verb(action: str) -> str:
    """Return the charter's own verb: to require, or to ask."""
    return words("yêu cầu", "require") if action == replacing.REQUIRE else words("đề nghị", "ask")


def clause_of(charter: Charter, action: str) -> Citation | None:
    """Return the clause that gives the act, or None where the charter is silent."""
    return next((norm.cite for norm in charter.norms if norm.action == action), None)


def _state(one: ReplacementInfo) -> str:
    tone, sign, vi, en = STATES[one.stage]
    return chip(tone, words(vi, en), with_sign=sign)


def _basis(reader: Reader) -> Notice:
    """Say what the charter lets the leader do: the verb, the clause; or that it is silent."""
    action = replacing.action_of(reader.charter)
    found = clause_of(reader.charter, action)
    if found is None:
        return Notice(
            text=words(
                "Quy chế không quy định việc thay thành viên: làm theo cách đề nghị, có lý do và ghi rõ.",
                "The charter does not speak of it: it is done by asking, for a reason that is recorded.",
            ),
            tone="warn",
            sign="law",
        )
    label = charters.clause_label(found, current_language())
    return Notice(
        text=words(
            f"Theo {label}, Tổ trưởng {verb(action)} cơ quan cử người khác khi nhiệm vụ không hoàn thành.",
            f"By {label} the leader may {verb(action)} the agency for another member where tasks are not done.",
        ),
        tone="law",
        sign="law",
    )


@group_page
def replacements(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the procedures of the group."""
    found = conduct.replacements(reader.viewer, reader.group.id)
    total = words(f"{len(found)} việc", f"{len(found)} procedures")
    heads = (
        Column(label=words("Số", "No."), kind="num"),
        Column(label=words("Thành viên", "Member")),
        Column(label=words("Cơ quan", "Agency"), kind="text"),
        Column(label=words("Nhiệm vụ", "Tasks"), kind="num"),
        Column(label=words("Lập ngày", "Opened"), nowrap=True),
        Column(label=words("Đang ở", "State")),
    )
    if sheet.asked(request):
        made = sheet.Sheet(
            title=words(f"Thay thành viên, {reader.group.name}", f"Replacements, {reader.group.name}"),
            notes=(total,),
            header=tuple(column.label for column in heads),
            rows=(
                (
                    one.number,
                    one.holder,
                    reader.agency(one.agency),
                    len(one.evidence),
                    one.opened_at,
                    words(*STATES[one.stage][2:]),
                )
                for one in found
            ),
        )
        return sheet.answer(made, f"thay-thanh-vien-{reader.group.slug}")
    table = Table(
        caption=total,
        columns=heads,
        rows=tuple(
            Row(
                cells=(
                    str(one.number),
                    link(one.holder, reader.url("replacements-one", one.id)),
                    reader.agency(one.agency),
                    writing.number(len(one.evidence)),
                    writing.day(one.opened_at),
                    _state(one),
                )
            )
            for one in found
        ),
        heading=1,
    )
    empty = Empty(
        title=words("Chưa có việc thay thành viên nào", "No replacement yet"),
        text=words(
            "Khi một cơ quan để quá hạn nhiệm vụ, chọn thành viên ở bên để bắt đầu.",
            "Where an agency lets tasks run over, choose its member beside.",
        ),
        sign="law",
    )
    shown = {
        "head": PageHead(
            title=words("Thay thành viên", "Replacement of a member"),
            crumb=home(reader),
            meta=(total,),
            actions=(sheet.offer(request),) if found else (),
        ),
        "facets": views(reader, "replacements"),
        "told": (_basis(reader),),
        "main": (table if found else Panel(id="trong", title=total, flush=True, parts=(empty,)),),
        "side": (_chooser(reader),),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _members(reader: Reader) -> list[SeatInfo]:
    """Return the seats whose holder an agency sent and that may be replaced."""
    known = charters.vocabulary().members | {"member"}
    found = seats.seats(reader.viewer, reader.group.id, reader.today)
    return [one for one in found if one.holder and one.agency and one.role in known]


def _chooser(reader: Reader) -> Panel:
    """Return the members whose agency has tasks past their last day, with how many."""
    rows = []
    for one in _members(reader):
        late = replacing.not_done(reader.group, one.agency or "")
        if late:
            href = reader.url("replacements-new", one.id)
            rows.append(
                Fact(
                    term=one.holder,
                    value=reader.agency(one.agency or ""),
                    aside=link(words(f"{len(late)} quá hạn", f"{len(late)} overdue"), href),
                )
            )
    text = "" if rows else words("Không cơ quan nào có nhiệm vụ quá hạn.", "No agency has tasks past their last day.")
    parts = (SummaryList(facts=tuple(rows), narrow=True),) if rows else ()
    return Panel(id="chon", title=words("Cơ quan còn nhiệm vụ quá hạn", "Overdue tasks"), text=text, parts=parts)


@group_page
def new(request: HttpRequest, reader: Reader, seat_id: int) -> HttpResponse:
    """Show what would be put forward against a member: their agency's overdue tasks."""
    seat = next((one for one in _members(reader) if one.id == seat_id), None)
    if seat is None:
        raise Http404
    late = replacing.not_done(reader.group, seat.agency or "")
    action = replacing.action_of(reader.charter)
    form = Form(
        id="neu",
        action=reader.url("replacements-begin", seat_id),
        button=words(f"{verb(action).capitalize()} thay thành viên", "Put forward"),
        kind="primary",
        fields=(
            Field(
                name="nhiem_vu",
                label=words("Nhiệm vụ không hoàn thành", "Tasks not done"),
                kind="checks",
                value=",".join(str(one.id) for one in late),
                choices=tuple(
                    (str(one.id), f"{one.title} ({words('hạn', 'due')} {writing.day(one.due)})") for one in late
                ),
            ),
            Field(name="can_cu", label=words("Nhận xét, căn cứ", "Ground"), kind="area", longest=600),
        ),
    )
    nothing = Empty(title=words("Không có nhiệm vụ quá hạn", "No overdue task"), sign="ok")
    shown = {
        "head": PageHead(
            title=words(f"Thay {seat.holder}", f"Replace {seat.holder}"),
            crumb=Link(label=words("Thay thành viên", "Replacement"), href=reader.url("replacements")),
            meta=(seat.title, reader.agency(seat.agency or "")),
        ),
        "told": (_basis(reader),),
        "main": (
            Panel(
                id="chung-cu",
                title=words("Chứng cứ", "Evidence"),
                parts=(form if late else nothing,),
                aside=_cite(reader, action),
            ),
        ),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _cite(reader: Reader, action: str) -> str:
    found = clause_of(reader.charter, action)
    return cite(reader, found) if found else chip("not_regulated")


@require_POST
@group_page
def begin(request: HttpRequest, reader: Reader, seat_id: int) -> HttpResponse:
    """Put the replacement of a member forward."""
    chosen = [int(one) for one in request.POST.getlist("nhiem_vu") if one.isdecimal()]
    made = replacing.put_forward(
        reader.account,
        reader.group,
        seat_id,
        chosen,
        request.POST.get("can_cu", ""),
        reason=request.POST.get("ly_do") or None,
    )
    messages.success(request, words("Đã nêu việc thay thành viên.", "It is put forward."))
    return HttpResponseRedirect(reader.url("replacements-one", made.id))


def _own(reader: Reader, replacement_id: int) -> ReplacementInfo:
    try:
        found = conduct.replacement(reader.viewer, replacement_id)
    except ReplacementNotFound as problem:
        raise Http404 from problem
    if found.group_id != reader.group.id:
        raise Http404
    return found


def _evidence(reader: Reader, found: ReplacementInfo) -> Table:
    return Table(
        caption=words("Nhiệm vụ không hoàn thành", "Tasks not done"),
        columns=(
            Column(label=words("Nhiệm vụ", "Task"), kind="text"),
            Column(label=words("Hạn", "Due"), nowrap=True),
            Column(label=words("Lúc nêu", "When put forward")),
        ),
        rows=tuple(
            Row(
                cells=(
                    link(task.title, reader.url("tasks-one", task.task)),
                    writing.day(task.due),
                    chip("overdue"),
                )
            )
            for task in found.evidence
        ),
    )


def _letter(reader: Reader, found: ReplacementInfo) -> Panel:
    """Return the letter: to be written, being written, or issued under its number."""
    title = words(f"Công văn {verb(found.action)}", "The letter")
    if found.paper_id is None:
        form = Form(
            id="cong-van",
            action=reader.url("replacements-letter", found.id),
            button=words("Soạn công văn", "Write it"),
            kind="primary",
        )
        return Panel(id="cv", title=title, parts=(form,) if found.stage.is_open else ())
    paper = papers.for_work(found.paper_id)
    label = paper.label or words("dự thảo, chưa có số", "draft, no number yet")
    facts = (
        Fact(
            term=words("Công văn", "Letter"),
            value=link(label, reader.url("papers-one", found.paper_id)),
            aside=chip("signed") if paper.issued_at else chip("draft"),
        ),
    )
    return Panel(id="cv", title=title, parts=(SummaryList(facts=facts, narrow=True),))


def _answer_panel(reader: Reader, found: ReplacementInfo) -> Panel:
    title = words("Trả lời của cơ quan", "The agency's answer")
    if found.answer is not None:
        told = found.answer
        facts = (
            Fact(term=words("Văn bản", "Paper"), value=f"{told.number} ({writing.day(told.dated)})"),
            Fact(
                term=words("Nội dung", "Says"),
                value=words("cử người thay", "names somebody") if told.agrees else words("không cử", "refuses"),
            ),
            Fact(term=words("Người được cử", "Named"), value=", ".join(x for x in (told.nominee, told.post) if x)),
            Fact(term=words("Ý kiến", "Words"), value=told.text),
        )
        shown = SummaryList(facts=tuple(one for one in facts if one.value), narrow=True)
        return Panel(id="tra-loi", title=title, parts=(shown,))
    form = Form(
        id="tl",
        action=reader.url("replacements-answer", found.id),
        button=words("Ghi trả lời", "Enter"),
        fields=(
            Field(name="so", label=words("Số văn bản trả lời", "Its number"), longest=80),
            Field(name="ngay", label=words("Ngày", "Dated"), kind="day", value=writing.day(reader.today)),
            Field(
                name="dong_y",
                label=words("Cơ quan", "The agency"),
                kind="choice",
                choices=(("1", words("cử người thay", "names somebody")), ("0", words("không cử", "refuses"))),
            ),
            Field(name="nguoi", label=words("Người được cử", "Who is named"), required=False, longest=200),
            Field(name="chuc_vu", label=words("Chức vụ", "Post"), required=False, longest=160),
            Field(name="y_kien", label=words("Ý kiến", "Its words"), kind="area", required=False, longest=600),
        ),
    )
    return Panel(id="tra-loi", title=title, parts=(form,))


def _ending(reader: Reader, found: ReplacementInfo) -> tuple[Panel, ...]:
    made = []
    if found.stage is Stage.ANSWERED:
        change = Form(
            id="doi",
            action=reader.url("replacements-done", found.id),
            button=words("Ghi người mới vào vị trí", "Seat the new member"),
            kind="primary",
            fields=(Field(name="tu", label=words("Từ ngày", "Since"), kind="day", value=writing.day(reader.today)),),
        )
        made.append(Panel(id="doi-nguoi", title=words("Đổi người giữ vị trí", "The change"), law=True, parts=(change,)))
    if found.stage.is_open:
        back = Form(
            id="rut",
            action=reader.url("replacements-withdraw", found.id),
            button=words("Rút lại", "Withdraw"),
            fields=(Field(name="ly_do", label=words("Lý do", "Reason"), longest=300),),
        )
        text = words("Rút lại việc này", "Withdraw it")
        made.append(Panel(id="rut-lai", title=words("Rút lại", "Withdraw"), fold=True, text=text, parts=(back,)))
    return tuple(made)


def _event(reader: Reader, one: ReplacementEvent) -> Event:
    sign, vi, en = HAPPENED.get(one.kind, ("dots", one.kind, one.kind))
    who = charters.role_name(reader.charter, one.role)
    return Event(
        text=words(vi, en),
        when=writing.instant(one.at),
        iso=one.at.isoformat(),
        sign=sign,
        note=", ".join(part for part in (who, one.clauses, one.note) if part),
    )


@group_page
def one(request: HttpRequest, reader: Reader, replacement_id: int) -> HttpResponse:
    """Show a whole procedure: evidence, letter, answer, change, and what happened when."""
    found = _own(reader, replacement_id)
    steps = Stepper(
        steps=(
            words("Nêu chứng cứ", "Evidence"),
            words(f"Công văn {verb(found.action)}", "Letter"),
            words("Cơ quan trả lời", "Answer"),
            words("Đổi người", "Change"),
        ),
        current=PLACES[found.stage],
        label=words("Các bước", "Steps"),
    )
    history = Timeline(events=tuple(_event(reader, step) for step in conduct.steps(reader.viewer, found.id)[::-1]))
    shown = {
        "head": PageHead(
            title=words(f"Thay {found.holder}", f"Replace {found.holder}"),
            crumb=Link(label=words("Thay thành viên", "Replacement"), href=reader.url("replacements")),
            meta=(words(f"Việc số {found.number}", f"No. {found.number}"), reader.agency(found.agency)),
        ),
        "told": (_basis(reader),),
        "main": (
            Panel(id="buoc", title=words("Đang ở bước nào", "Where it stands"), parts=(steps,), aside=_state(found)),
            Panel(
                id="chung-cu",
                title=words("Chứng cứ", "Evidence"),
                aside=_cite(reader, found.action),
                flush=True,
                parts=(_evidence(reader, found),),
            ),
            Panel(
                id="can-cu",
                title=words("Nhận xét, căn cứ", "Ground"),
                text=found.ground,
            ),
            Panel(id="lich-su", title=words("Diễn biến", "What happened"), parts=(history,)),
        ),
        "side": (_letter(reader, found), _answer_panel(reader, found), *_ending(reader, found))
        if found.stage.is_open or found.answer
        else (_letter(reader, found),),
    }
    return render(request, "dean06/pages/panels.html", shown)


@require_POST
@group_page
def letter(request: HttpRequest, reader: Reader, replacement_id: int) -> HttpResponse:
    """Begin the letter under the charter's own verb."""
    _own(reader, replacement_id)
    made = replacing.write_letter(reader.account, reader.group, replacement_id)
    messages.success(request, words("Đã lập dự thảo công văn.", "The draft is made."))
    return HttpResponseRedirect(reader.url("papers-one", made.id))


@require_POST
@group_page
def answer(request: HttpRequest, reader: Reader, replacement_id: int) -> HttpResponse:
    """Enter what the agency answered."""
    _own(reader, replacement_id)
    given = NewAnswer(
        number=one_line(request, "so", 80),
        dated=day_given(request.POST.get("ngay", ""), words("Ngày", "Dated")),
        agrees=request.POST.get("dong_y") == "1",
        nominee=one_line(request, "nguoi"),
        post=one_line(request, "chuc_vu", 160),
        text=one_line(request, "y_kien", 600),
    )
    replacing.enter_answer(reader.account, reader.group, replacement_id, given)
    messages.success(request, words("Đã ghi trả lời của cơ quan.", "The answer is entered."))
    return HttpResponseRedirect(reader.url("replacements-one", replacement_id))


@require_POST
@group_page
def carry_out(request: HttpRequest, reader: Reader, replacement_id: int) -> HttpResponse:
    """Seat the person whom the agency named."""
    _own(reader, replacement_id)
    since = day_given(request.POST.get("tu", ""), words("Từ ngày", "Since"))
    replacing.carry_out(reader.account, reader.group, replacement_id, since)
    messages.success(request, words("Đã đổi người giữ vị trí.", "The seat has its new holder."))
    return HttpResponseRedirect(reader.url("replacements-one", replacement_id))


@require_POST
@group_page
def withdraw(request: HttpRequest, reader: Reader, replacement_id: int) -> HttpResponse:
    """Withdraw a procedure for a reason."""
    _own(reader, replacement_id)
    replacing.withdraw(reader.account, reader.group, replacement_id, request.POST.get("ly_do", ""))
    messages.success(request, words("Đã rút lại.", "It is withdrawn."))
    return HttpResponseRedirect(reader.url("replacements-one", replacement_id))
