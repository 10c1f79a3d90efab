"""What is done to a plan from its page: lines, the way to being issued, tasks of its lines."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import plan_lists, planning
from dean06.flows.task_work import Outcome
from dean06.web import writing
from dean06.web.language import current_language, words
from dean06.web.marks import chip
from dean06.web.pages.days import day_given
from dean06.web.pages.planning.plan import own_plan
from dean06.web.pages.refusals import reason_of
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.pages.task_parts import linked, openable
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.work.service import plans as work
from dean06.work.types import LineInfo, NewLine, PlanInfo

__all__ = [
    "approve",
    "back",
    "drop",
    "edit",
    "elsewhere",
    "file",
    "give",
    "give_one",
    "line",
    "paper",
    "submit",
]


def _done(request: HttpRequest, reader: Reader, plan_id: int, vi: str, en: str) -> HttpResponseRedirect:
    messages.success(request, words(vi, en))
    return HttpResponseRedirect(reader.url("tasks-plan", plan_id))


def _line(request: HttpRequest, reader: Reader, known: LineInfo | None) -> NewLine:
    """Return a line as typed; what cannot be read is named at its field."""
    post = request.POST
    content = " ".join(post.get("noi_dung", "").split())
    if not content:
        raise Misfilled("noi_dung", "Ghi nội dung của dòng.", "Write what the line is about.")
    typed = post.get("han", "").strip()
    try:
        due = day_given(typed, words("Thời hạn", "Deadline")) if typed else None
    except BadInput as problem:
        raise Misfilled("han", problem.vi, problem.en) from problem
    lead = post.get("chu_tri", "")
    return NewLine(
        key=known.key if known else plan_lists.key_of(content),
        label=known.label if known else "",
        heading=known.heading if known else "",
        content=content,
        lead=lead if lead in reader.agencies else "",
        coordinating=tuple(
            code for code in dict.fromkeys(post.getlist("phoi_hop")) if code in reader.agencies and code != lead
        ),
        due=due,
        product=" ".join(post.get("san_pham", "").split()),
    )


@require_POST
@group_page
def line(request: HttpRequest, reader: Reader, plan_id: int) -> HttpResponse:
    """Add a line."""
    plan = own_plan(reader, plan_id)
    new = _line(request, reader, None)
    if any(one.key == new.key for one in work.plan_lines(plan.id)):
        raise BadInput("Kế hoạch đã có dòng này.", "The plan has this line already.")
    planning.put_lines(reader.account, reader.group, plan, [new])
    return _done(request, reader, plan_id, "Đã thêm dòng.", "The line is added.")


def _one_line(plan: PlanInfo, line_id: int) -> LineInfo:
    found = next((one for one in work.plan_lines(plan.id) if one.id == line_id), None)
    if found is None:
        raise Http404
    return found


@group_page
def edit(request: HttpRequest, reader: Reader, plan_id: int, line_id: int) -> HttpResponse:
    """Change a line, or take it out."""
    plan = own_plan(reader, plan_id)
    known = _one_line(plan, line_id)
    if request.method != "POST":
        return _edit_page(request, reader, plan, known, ())
    if request.POST.get("viec") == "bo":
        planning.take_line_out(reader.account, reader.group, plan, known)
        return _done(request, reader, plan_id, "Đã bỏ dòng.", "The line is taken out.")
    try:
        planning.put_lines(reader.account, reader.group, plan, [_line(request, reader, known)])
    except BadInput as problem:
        return _edit_page(request, reader, plan, known, slips_of(problem))
    return _done(request, reader, plan_id, "Đã sửa dòng.", "The line is changed.")


def _edit_page(
    request: HttpRequest, reader: Reader, plan: PlanInfo, known: LineInfo, slips: tuple[Slip, ...]
) -> HttpResponse:
    post = request.POST if request.method == "POST" else None
    shown = {
        "head": PageHead(
            title=words(f"Dòng {known.label or known.place}", f"Line {known.label or known.place}"),
            crumb=Link(label=plan.title, href=reader.url("tasks-plan", plan.id)),
        ),
        "slips": slips,
        "typed": {
            "noi_dung": post.get("noi_dung", "") if post else known.content,
            "chu_tri": post.get("chu_tri", "") if post else known.lead,
            "han": post.get("han", "") if post else (writing.day(known.due) if known.due else ""),
            "san_pham": post.get("san_pham", "") if post else known.product,
        },
        "beside": set(post.getlist("phoi_hop")) if post else set(known.coordinating),
        "due_words": known.due_words,
        "agencies": sorted(reader.agencies.items(), key=lambda one: one[1]),
        "href": reader.url("tasks-plan-edit", plan.id, known.id),
        "can_drop": known.task is None,
    }
    return render(request, "dean06/pages/plan_line.html", shown, status=UNUSABLE if slips else 200)


@require_POST
@group_page
def submit(request: HttpRequest, reader: Reader, plan_id: int) -> HttpResponse:
    """Put a plan before whoever approves it."""
    planning.submit(reader.account, reader.group, own_plan(reader, plan_id))
    return _done(request, reader, plan_id, "Đã trình duyệt.", "It is put before its approver.")


@require_POST
@group_page
def approve(request: HttpRequest, reader: Reader, plan_id: int) -> HttpResponse:
    """Approve a plan."""
    planning.approve(reader.account, reader.group, own_plan(reader, plan_id), reason=reason_of(request))
    return _done(request, reader, plan_id, "Đã duyệt kế hoạch.", "The plan is approved.")


@require_POST
@group_page
def back(request: HttpRequest, reader: Reader, plan_id: int) -> HttpResponse:
    """Send a plan back."""
    said = " ".join(request.POST.get("loi", "").split())
    planning.send_back(reader.account, reader.group, own_plan(reader, plan_id), said, reason=reason_of(request))
    return _done(request, reader, plan_id, "Đã trả lại để sửa.", "It is sent back to be changed.")


@require_POST
@group_page
def paper(request: HttpRequest, reader: Reader, plan_id: int) -> HttpResponse:
    """Make the draft paper by which the plan is issued."""
    made = planning.make_paper(reader.account, reader.group, own_plan(reader, plan_id))
    messages.success(
        request, words("Đã lập dự thảo văn bản: soát lại rồi trình ký.", "The draft is made: check it, then submit it.")
    )
    return HttpResponseRedirect(reader.url("papers-one", made.id))


@require_POST
@group_page
def elsewhere(request: HttpRequest, reader: Reader, plan_id: int) -> HttpResponse:
    """Record the number of a plan that was issued on paper."""
    label = request.POST.get("so", "")
    planning.issued_elsewhere(reader.account, reader.group, own_plan(reader, plan_id), label, reason=reason_of(request))
    return _done(request, reader, plan_id, "Đã ghi số kế hoạch đã ban hành.", "Its number is recorded.")


@require_POST
@group_page
def file(request: HttpRequest, reader: Reader, plan_id: int) -> HttpResponse:
    """File an agency's detailed plan."""
    planning.file(reader.account, reader.group, own_plan(reader, plan_id))
    return _done(request, reader, plan_id, "Đã nộp kế hoạch chi tiết.", "The detailed plan is filed.")


@require_POST
@group_page
def drop(request: HttpRequest, reader: Reader, plan_id: int) -> HttpResponse:
    """Drop a draft."""
    planning.drop(reader.account, reader.group, own_plan(reader, plan_id))
    messages.info(request, words("Đã bỏ bản soạn kế hoạch.", "The draft plan is dropped."))
    return HttpResponseRedirect(reader.url("tasks-plans"))


@group_page
def give_one(request: HttpRequest, reader: Reader, plan_id: int, line_id: int) -> HttpResponse:
    """Show a line about to become a task, and give it."""
    plan = own_plan(reader, plan_id)
    known = _one_line(plan, line_id)
    if request.method != "POST":
        shown = {
            "head": PageHead(
                title=words("Giao dòng thành nhiệm vụ", "Make a task of the line"),
                crumb=Link(label=plan.title, href=reader.url("tasks-plan", plan.id)),
            ),
            "line": known,
            "lead": reader.agency(known.lead) if known.lead else "",
            "beside": ", ".join(reader.agency(code) for code in known.coordinating),
            "due": writing.day(known.due) if known.due else "",
            "href": reader.url("tasks-plan-give-one", plan.id, known.id),
        }
        return render(request, "dean06/pages/plan_give.html", shown)
    made = planning.line_to_task(reader.account, reader.group, plan, known, reason=reason_of(request))
    messages.success(request, words(f"Đã giao nhiệm vụ số {made.number}.", f"Task {made.number} is given."))
    return HttpResponseRedirect(f"{reader.url('tasks-plan', plan.id)}#dong-{line_id}")


@require_POST
@group_page
def give(request: HttpRequest, reader: Reader, plan_id: int) -> HttpResponse:
    """Give the task of every line that has none yet, and tell each line's outcome."""
    plan = own_plan(reader, plan_id)
    told = planning.lines_to_tasks(reader.account, reader.group, plan, reason=reason_of(request))
    done = sum(outcome.done for _, outcome in told)
    summary = words(f"{done} trên {len(told)} dòng đã giao", f"{done} of {len(told)} lines were given")
    if told and done == len(told):
        return _done(request, reader, plan_id, f"Đã giao {done} nhiệm vụ.", f"{done} tasks are given.")
    shown = {
        "head": PageHead(
            title=words("Giao các dòng của kế hoạch", "Give the lines of the plan"),
            crumb=Link(label=plan.title, href=reader.url("tasks-plan", plan.id)),
            meta=(summary,),
        ),
        "table": _told(reader, told, summary),
        "found": True,
    }
    return render(request, "dean06/pages/table_page.html", shown)


def _told(reader: Reader, told: list[tuple[LineInfo, Outcome]], summary: str) -> Table:
    """Return what came of each line."""
    may = openable(reader, (outcome.task.id for _, outcome in told if outcome.task))
    rows = tuple(
        Row(
            cells=(
                one.label or str(one.place),
                one.content,
                linked(reader, str(outcome.task.number), outcome.task.id, may)
                if outcome.task
                else chip("warn", words("Chưa giao", "Not given"), with_sign="bang"),
                outcome.en if current_language() == "en" else outcome.vi,
            )
        )
        for one, outcome in told
    )
    return Table(
        caption=summary,
        columns=(
            Column(label=words("Số", "No."), kind="num"),
            Column(label=words("Nội dung", "Content"), kind="text"),
            Column(label=words("Nhiệm vụ", "Task"), nowrap=True),
            Column(label=words("Vì sao", "Why"), kind="text"),
        ),
        rows=rows,
        heading=1,
    )
