"""One replacement of a member: evidence, letter, answer, change, and the acts that move it on."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.conduct.errors import ConductNotFound
from dean06.conduct.service import replacements as conduct
from dean06.conduct.types import NewAnswer, ReplacementEvent, ReplacementInfo, Stage
from dean06.flows import replacing
from dean06.papers.service import documents
from dean06.web import writing
from dean06.web.language import current_language, words
from dean06.web.marks import chip, link
from dean06.web.pages.conduct.words import HAPPENED, PLACES, basis, clause_cited, state, verb
from dean06.web.pages.days import day_given
from dean06.web.pages.offices.typed import one_line
from dean06.web.pages.task_parts import linked, openable
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Event, Fact, Stepper, SummaryList, Timeline
from dean06.web.reader import Reader, group_page

__all__ = ["answer", "carry_out", "letter", "one", "withdraw"]


def _own(reader: Reader, replacement_id: int) -> ReplacementInfo:
    try:
        found = conduct.replacement(reader.viewer, replacement_id)
    except ConductNotFound as problem:
        raise Http404 from problem
    if found.group_id != reader.group.id:
        raise Http404
    return found


def _evidence(reader: Reader, found: ReplacementInfo) -> Table:
    may = openable(reader, (task.task for task in found.evidence))
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
                    linked(reader, task.title, task.task, may),
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
    paper = documents.for_work(found.paper_id)
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


def _labels(clauses: str) -> str:
    """Return the clauses of a step as they are read: `Điều 3 khoản 5`."""
    parts = [part for part in clauses.split(", ") if part]
    return ", ".join(charters.clause_label(Citation.parse(one), current_language()) for one in parts)


def _event(reader: Reader, one: ReplacementEvent) -> Event:
    sign, vi, en = HAPPENED.get(one.kind, ("dots", one.kind, one.kind))
    who = charters.role_name(reader.charter, one.role)
    return Event(
        text=words(vi, en),
        when=writing.instant(one.at),
        iso=one.at.isoformat(),
        sign=sign,
        note=", ".join(part for part in (who, _labels(one.clauses), one.note) if part),
    )


def _steps(found: ReplacementInfo) -> Stepper:
    return Stepper(
        steps=(
            words("Nêu chứng cứ", "Evidence"),
            words(f"Công văn {verb(found.action)}", "Letter"),
            words("Cơ quan trả lời", "Answer"),
            words("Đổi người", "Change"),
        ),
        current=PLACES[found.stage],
        label=words("Các bước", "Steps"),
    )


@group_page
def one(request: HttpRequest, reader: Reader, replacement_id: int) -> HttpResponse:
    """Show a whole procedure: evidence, letter, answer, change, and what happened when."""
    found = _own(reader, replacement_id)
    history = Timeline(events=tuple(_event(reader, step) for step in conduct.steps(reader.viewer, found.id)[::-1]))
    shown = {
        "head": PageHead(
            title=words(f"Thay {found.holder}", f"Replace {found.holder}"),
            crumb=Link(label=words("Thay thành viên", "Replacement"), href=reader.url("replacements")),
            meta=(words(f"Việc số {found.number}", f"No. {found.number}"), reader.agency(found.agency)),
        ),
        "told": (basis(reader),),
        "main": (
            Panel(id="buoc", title=words("Đang ở bước nào", "State"), parts=(_steps(found),), aside=state(found)),
            Panel(
                id="chung-cu",
                title=words("Chứng cứ", "Evidence"),
                aside=clause_cited(reader, found.action),
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
