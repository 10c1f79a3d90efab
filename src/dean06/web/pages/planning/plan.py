"""One plan: its lines with their tasks, its way to being issued, who owes a detailed plan, what can be done."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.charter.types import Citation
from dean06.flows import planning
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import bar, chip
from dean06.web.pages.clauses import cite
from dean06.web.pages.planning.plans import KINDS, progress, state_chip
from dean06.web.pages.refusals import question
from dean06.web.pages.task_parts import linked, openable
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Check, Checklist, Fact, Stepper, SummaryList
from dean06.web.reader import Reader, group_page
from dean06.work.service import plans as work
from dean06.work.types import LineInfo, PlanInfo, PlanKind, PlanState, Status

STEPS = (
    ("Soạn", "Draft"),
    ("Trình duyệt", "Submit"),
    ("Duyệt", "Approve"),
    ("Ban hành", "Issue"),
)
AT = {PlanState.DRAFT: 1, PlanState.SUBMITTED: 2, PlanState.APPROVED: 4, PlanState.ISSUED: 5, PlanState.FILED: 5}
NO_SUBPLAN = "subplan.build"

__all__ = ["one", "own_plan"]


def own_plan(reader: Reader, plan_id: int) -> PlanInfo:
    """Return a plan of the group that the reader may see; any other is not there."""
    found = work.plan(reader.viewer, reader.group.id, plan_id, see_all=reader.see_all)
    if found is None:
        raise Http404
    return found


@group_page
def one(request: HttpRequest, reader: Reader, plan_id: int) -> HttpResponse:
    """Show one plan whole."""
    plan = own_plan(reader, plan_id)
    lines = work.plan_lines(plan.id)
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, plan, lines), f"ke-hoach-{plan.number}-{reader.today}")
    issued = planning.stands_issued(plan)
    draft = plan.state is PlanState.DRAFT and not reader.ending
    shown = {
        "head": PageHead(
            title=plan.title,
            crumb=Link(label=words("Chương trình, kế hoạch", "Programmes and plans"), href=reader.url("tasks-plans")),
            meta=(words(*KINDS[plan.kind]), words(f"năm {plan.year}", f"{plan.year}")),
            actions=(*sheet.offers(request), *_import(reader, plan, draft=draft)),
        ),
        "plan": plan,
        "state": state_chip(plan, issued=issued),
        "steps": _steps(plan, issued=issued),
        "facts": _facts(reader, plan),
        "progress": progress(plan),
        "found": bool(lines),
        "table": _table(reader, plan, lines, issued=issued, draft=draft),
        "draft": draft,
        "agencies": sorted(reader.agencies.items(), key=lambda pair: pair[1]),
        **_way(reader, plan, lines, issued=issued),
        "urls": {
            name: reader.url(f"tasks-plan-{name}", plan.id)
            for name in ("line", "submit", "approve", "back", "paper", "elsewhere", "file", "drop", "give")
        },
    }
    return render(request, "dean06/pages/plan.html", shown)


def _way(reader: Reader, plan: PlanInfo, lines: tuple[LineInfo, ...], *, issued: bool) -> dict[str, object]:
    """Return what lies between the plan and its tasks: approval, paper, lines not given yet, detailed plans."""
    paper = planning.paper_of(plan)
    return {
        "answer": (
            question(reader, planning.may_approve(reader.account, reader.group, plan))
            if plan.state is PlanState.SUBMITTED
            else None
        ),
        "paper": paper,
        "paper_href": reader.url("papers-one", paper.id) if paper else "",
        "is_subplan": plan.kind is PlanKind.SUBPLAN,
        "in_force": issued,
        "left": sum(line.task is None and not line.gone for line in lines) if issued else 0,
        "subplans": _subplans(reader, plan) if plan.kind is PlanKind.PLAN and issued else None,
    }


def _import(reader: Reader, plan: PlanInfo, *, draft: bool) -> tuple[Action, ...]:
    if not draft:
        return ()
    href = reader.url("tasks-plan-import", plan.id)
    return (Action(label=words("Nhập từ Excel", "Import from Excel"), href=href, sign="up"),)


def _steps(plan: PlanInfo, *, issued: bool) -> Stepper | None:
    if plan.kind is PlanKind.SUBPLAN:
        return None
    at = 5 if issued else AT.get(plan.state, 1)
    return Stepper(steps=tuple(words(vi, en) for vi, en in STEPS), current=at, label=words("Đường đi", "Its way"))


def _facts(reader: Reader, plan: PlanInfo) -> SummaryList:
    facts = [Fact(term=words("Lập ngày", "Begun"), value=writing.day(plan.drafted_at))]
    if plan.agency:
        facts.append(Fact(term=words("Cơ quan", "Agency"), value=reader.agency(plan.agency)))
    if plan.higher:
        facts.append(Fact(term=words("Thực hiện", "Carries out"), value=plan.higher))
    if plan.approved_at:
        cites = [cite(reader, _cited(label), text=plan.charter_hash) for label in plan.cites[:1]]
        facts.append(
            Fact(
                term=words("Duyệt ngày", "Approved"),
                value=writing.day(plan.approved_at),
                aside=format_html("{}" * len(cites), *cites) if cites else "",
            )
        )
    if plan.issued_label:
        facts.append(Fact(term=words("Số", "Number"), value=plan.issued_label))
    if plan.returned:
        facts.append(Fact(term=words("Trả lại vì", "Sent back because"), value=plan.returned))
    if plan.reason:
        facts.append(Fact(term=words("Lý do lập", "Why drafted here"), value=plan.reason))
    return SummaryList(facts=tuple(facts))


def _cited(dotted: str) -> Citation:
    article, _, rest = dotted.partition(".")
    clause, _, point = rest.partition(".")
    return Citation(article=article, clause=clause or None, point=point or None)


def _table(reader: Reader, plan: PlanInfo, lines: tuple[LineInfo, ...], *, issued: bool, draft: bool) -> Table:
    may = openable(reader, (line.task.id for line in lines if line.task))
    return Table(
        caption=words(f"{plan.lines} dòng", f"{plan.lines} lines"),
        columns=(
            Column(label=words("Số", "No."), kind="num"),
            Column(label=words("Nội dung", "Content"), kind="text"),
            Column(label=words("Chủ trì, phối hợp", "Lead, coordinating")),
            Column(label=words("Thời hạn", "Deadline"), nowrap=True),
            Column(label=words("Sản phẩm", "Product")),
            Column(label=words("Nhiệm vụ", "Task")),
        ),
        rows=tuple(_row(reader, plan, line, may, issued=issued, draft=draft) for line in lines),
        heading=1,
    )


def _row(reader: Reader, plan: PlanInfo, line: LineInfo, may: frozenset[int], *, issued: bool, draft: bool) -> Row:
    heading = format_html('<small class="cell-note">{}</small>', line.heading) if line.heading else ""
    gone = (
        chip("mute", words("không còn trong danh sách", "left out of the list"), with_sign="none") if line.gone else ""
    )
    beside = ", ".join(reader.agency(code) for code in line.coordinating)
    note = format_html('<small class="cell-note">{}</small>', beside) if beside else ""
    lead = reader.agency(line.lead) if line.lead else chip("warn", words("chưa có", "none"), with_sign="bang")
    due = line.due_words or (writing.day(line.due) if line.due else "")
    return Row(
        id=f"dong-{line.id}",
        cells=(
            line.label or str(line.place),
            format_html("{}{}{}", line.content, heading, gone),
            format_html("{}{}", lead, note),
            due
            if line.due
            else format_html("{} {}", due, chip("warn", words("thiếu ngày", "no day"), with_sign="bang")),
            line.product,
            _task(reader, plan, line, may, issued=issued, draft=draft),
        ),
    )


def _task(
    reader: Reader, plan: PlanInfo, line: LineInfo, may: frozenset[int], *, issued: bool, draft: bool
) -> SafeString | str:
    if line.task is not None:
        task = line.task
        if task.status is Status.DONE:
            shown = chip("ok", words("Xong", "Done"), with_sign="ok")
        elif task.is_overdue(reader.now):
            shown = chip("bad", words("Quá hạn", "Overdue"), with_sign="warn")
        else:
            shown = format_html("{} {} %", bar(task.share, 100), task.share)
        return format_html(
            "{} {}", linked(reader, words(f"Số {task.number}", f"No. {task.number}"), task.id, may), shown
        )
    if line.gone:
        return ""
    if issued:
        href = reader.url("tasks-plan-give-one", plan.id, line.id)
        return format_html('<a href="{}">{}</a>', href, words("Giao dòng này", "Give this line"))
    if draft:
        href = reader.url("tasks-plan-edit", plan.id, line.id)
        return format_html('<a href="{}">{}</a>', href, words("Sửa, bỏ", "Change, drop"))
    return words("chưa giao", "not given")


def _subplans(reader: Reader, plan: PlanInfo) -> dict[str, object]:
    """Return which agencies of the plan have filed their detailed plan, where the charter asks for one."""
    norm = next((one_ for one_ in reader.charter.norms if one_.action == NO_SUBPLAN), None)
    known = work.plans(reader.viewer, reader.group.id, plan.year, see_all=reader.see_all)
    checks = []
    for owed in planning.subplans_owed(plan, known):
        filed = owed.subplan is not None and owed.subplan.state is PlanState.FILED
        name = reader.agency(owed.agency)
        text = (
            format_html('<a href="{}">{}</a>', reader.url("tasks-plan", owed.subplan.id), name)
            if owed.subplan
            else name
        )
        checks.append(
            Check(
                text=text,
                tone="ok" if filed else "warn" if norm else "mute",
                sign="ok" if filed else "bang" if norm else "none",
                note=words("đã nộp", "filed")
                if filed
                else words("đang soạn", "drafted")
                if owed.subplan
                else words("chưa có", "none yet"),
            )
        )
    return {
        "clause": cite(reader, norm.cite) if norm is not None else "",
        "required": norm is not None,
        "list": Checklist(items=tuple(checks)),
    }


def _sheet(reader: Reader, plan: PlanInfo, lines: tuple[LineInfo, ...]) -> sheet.Sheet:
    return sheet.Sheet(
        title=plan.title,
        notes=(words(f"{reader.group.name}, ngày {writing.day(reader.today)}", f"{reader.group.name}"),),
        header=(
            words("STT", "No."),
            words("Nội dung", "Content"),
            words("Cơ quan chủ trì", "Lead agency"),
            words("Cơ quan phối hợp", "Coordinating"),
            words("Thời hạn", "Deadline"),
            words("Sản phẩm", "Product"),
            words("Nhiệm vụ số", "Task no."),
            words("Tiến độ (%)", "Progress (%)"),
        ),
        rows=(
            (
                line.label or line.place,
                line.content,
                reader.agency(line.lead) if line.lead else "",
                ", ".join(reader.agency(code) for code in line.coordinating),
                line.due_words or line.due,
                line.product,
                line.task.number if line.task else None,
                line.task.share if line.task else None,
            )
            for line in lines
            if not line.gone
        ),
    )
