"""A plan from its first line to its tasks: drafted, approved by another, issued as a paper of its form, given out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from dean06.charter.types import Fact, ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import paperwork, task_work
from dean06.flows.authority import Act, Answer, ask, permit
from dean06.flows.task_work import Outcome
from dean06.flows.tasking import Wanted, assign
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import documents as papers
from dean06.papers.types import PaperInfo
from dean06.work.service import plans as work
from dean06.work.types import LineInfo, NewLine, NewPlan, Origin, PlanInfo, PlanKind, PlanState, TaskInfo

ISSUING = {
    PlanKind.PROGRAMME: "programme.issue",
    PlanKind.PLAN: "plan.issue",
    PlanKind.INSPECTION: "inspection_plan.issue",
}
QUARTERS = ("first_quarter", "second_quarter", "third_quarter", "fourth_quarter")

__all__ = [
    "Coverage",
    "approve",
    "begin",
    "drop",
    "file",
    "issued_elsewhere",
    "line_to_task",
    "lines_to_tasks",
    "make_paper",
    "may_approve",
    "paper_of",
    "put_lines",
    "send_back",
    "stands_issued",
    "submit",
    "subplans_owed",
    "take_line_out",
]


def _drafting(plan_kind: PlanKind) -> str:
    return "subplan.build" if plan_kind is PlanKind.SUBPLAN else "plan.draft"


def _facts(group: GroupInfo, kind: PlanKind, year: int) -> dict[str, Fact]:
    """State whether the year's plan is issued, which an agency's detailed plan follows."""
    if kind is not PlanKind.SUBPLAN:
        return {}
    issued = any(
        one.kind is PlanKind.PLAN and one.year == year and stands_issued(one) for one in work.plans_of_group(group.id)
    )
    return {"plan.yearly_issued": issued}


def begin(account: str, group: GroupInfo, new: NewPlan, *, reason: str | None = None) -> PlanInfo:
    """Begin a plan; an agency's detailed plan is begun by its own people."""
    if new.agency and new.agency not in offices.agency_names(group.id):
        raise BadInput("Chọn cơ quan lập kế hoạch chi tiết.", "Choose the agency whose detailed plan it is.")
    obj = ObjectRef(kind="plan", id=f"{group.slug}:ke-hoach", digest=new.digest())
    facts = _facts(group, new.kind, new.year)
    by = permit(Act(account=account, group=group, action=_drafting(new.kind), obj=obj, facts=facts, reason=reason))
    return work.begin_plan(by, group.id, new)


def _drafter(account: str, group: GroupInfo, plan: PlanInfo, digest: str) -> Permit:
    """Return the permit to change a draft; the reason with which it was begun serves as long as it is one."""
    obj = ObjectRef(kind="plan", id=plan.ref, digest=digest)
    return permit(
        Act(
            account=account,
            group=group,
            action=_drafting(plan.kind),
            obj=obj,
            facts=_facts(group, plan.kind, plan.year),
            reason=plan.reason or None,
        )
    )


def put_lines(
    account: str, group: GroupInfo, plan: PlanInfo, lines: Sequence[NewLine], *, whole: bool = False
) -> PlanInfo:
    """Put lines into a draft; the same line again is changed, never doubled."""
    known = offices.agency_names(group.id)
    strange = [code for one in lines for code in (one.lead, *one.coordinating) if code and code not in known]
    if strange:
        raise BadInput(
            f"Tổ không có cơ quan {', '.join(sorted(set(strange)))}: chọn lại cơ quan.",
            f"The group has no agency {', '.join(sorted(set(strange)))}: choose again.",
        )
    by = _drafter(account, group, plan, work.lines_digest(plan.ref, lines))
    return work.put_lines(by, plan.id, lines, whole=whole)


def take_line_out(account: str, group: GroupInfo, plan: PlanInfo, line: LineInfo) -> PlanInfo:
    """Take a line out of a draft."""
    by = _drafter(account, group, plan, work.step_digest(plan.ref, "take_out", line.key))
    return work.take_line_out(by, plan.id, line.id)


def submit(account: str, group: GroupInfo, plan: PlanInfo) -> PlanInfo:
    """Put a draft before whoever approves it."""
    return work.submit_plan(_drafter(account, group, plan, work.step_digest(plan.ref, "submit")), plan.id)


def file(account: str, group: GroupInfo, plan: PlanInfo) -> PlanInfo:
    """File an agency's detailed plan."""
    return work.file_plan(_drafter(account, group, plan, work.step_digest(plan.ref, "file")), plan.id)


def drop(account: str, group: GroupInfo, plan: PlanInfo) -> PlanInfo:
    """Drop a draft."""
    return work.drop_plan(_drafter(account, group, plan, work.step_digest(plan.ref, "drop")), plan.id)


def _approving(account: str, group: GroupInfo, plan: PlanInfo, digest: str, reason: str | None = None) -> Act:
    obj = ObjectRef(kind="plan", id=plan.ref, digest=digest)
    return Act(account=account, group=group, action="plan.approve", obj=obj, reason=reason)


def may_approve(account: str, group: GroupInfo, plan: PlanInfo) -> Answer:
    """Return whether somebody may approve a plan."""
    return ask(_approving(account, group, plan, ""))


def approve(account: str, group: GroupInfo, plan: PlanInfo, *, reason: str | None = None) -> PlanInfo:
    """Approve a plan that another drafted."""
    act = _approving(account, group, plan, work.step_digest(plan.ref, "approve"), reason)
    return work.approve_plan(permit(act), plan.id)


def send_back(account: str, group: GroupInfo, plan: PlanInfo, words: str, *, reason: str | None = None) -> PlanInfo:
    """Send a plan back to be changed."""
    if stands_issued(plan):
        raise BadInput("Kế hoạch đã ban hành: sửa bằng kế hoạch khác.", "The plan is issued: another changes it.")
    act = _approving(account, group, plan, work.step_digest(plan.ref, "send_back", words), reason)
    return work.send_plan_back(permit(act), plan.id, words)


# ------------------------------------------------------------ the paper


def paper_of(plan: PlanInfo) -> PaperInfo | None:
    """Return the paper by which a plan is issued, draft or not."""
    return papers.for_work(plan.paper) if plan.paper is not None else None


def stands_issued(plan: PlanInfo) -> bool:
    """Say whether a plan is in force: its paper was signed and numbered, or it was issued on paper elsewhere."""
    if plan.state in (PlanState.ISSUED, PlanState.FILED):
        return True
    paper = paper_of(plan)
    return paper is not None and paper.issued_at is not None


def make_paper(account: str, group: GroupInfo, plan: PlanInfo) -> PaperInfo:
    """Make the draft paper of an approved plan from its lines; its way to the signature is that of any paper."""
    if plan.state is not PlanState.APPROVED:
        raise BadInput(
            "Kế hoạch được duyệt rồi mới lập văn bản ban hành.", "The paper of a plan is made once it is approved."
        )
    drafted = paperwork.begin(account, group, plan.kind.value, _paper_facts(group, plan))
    digest = work.step_digest(plan.ref, "paper", str(drafted.id))
    obj = ObjectRef(kind="plan", id=plan.ref, digest=digest)
    by = permit(Act(account=account, group=group, action="document.draft", obj=obj))
    work.attach_plan_paper(by, plan.id, drafted.id)
    return drafted


def _paper_facts(group: GroupInfo, plan: PlanInfo) -> dict[str, object]:
    """Return the facts of the form of a plan's paper, as far as its lines tell them."""
    names, lines = offices.agency_names(group.id), work.plan_lines(plan.id)
    facts: dict[str, object] = {"basis": plan.higher}
    match plan.kind:
        case PlanKind.PROGRAMME:
            quarters: dict[str, list[str]] = {name: [] for name in QUARTERS}
            for one in lines:
                month = one.due.month if one.due else 12
                quarters[QUARTERS[(month - 1) // 3]].append(_sentence(one, names))
            return facts | {"year": str(plan.year)} | {name: listed for name, listed in quarters.items() if listed}
        case PlanKind.INSPECTION:
            visits = [
                {
                    "unit": names.get(one.lead, one.content),
                    "day": _deadline(one),
                    "team": ", ".join(names.get(code, code) for code in one.coordinating),
                }
                for one in lines
            ]
            matters = list(dict.fromkeys(one.content for one in lines))
            return {"year": str(plan.year), "matters": matters, "visits": visits}
        case _:
            rows = [
                {
                    "task": one.content,
                    "lead": names.get(one.lead, one.lead),
                    "others": ", ".join(names.get(code, code) for code in one.coordinating),
                    "due": _deadline(one),
                    "product": one.product,
                }
                for one in lines
            ]
            return facts | {"subject": _subject(plan), "tasks": rows}


def _subject(plan: PlanInfo) -> str:
    title = plan.title.strip()
    return title[len("kế hoạch") :].strip() if title.lower().startswith("kế hoạch") else title


def _deadline(line: LineInfo) -> str:
    return line.due_words or (f"{line.due.day}/{line.due.month}/{line.due.year}" if line.due else "")


def _sentence(line: LineInfo, names: Mapping[str, str]) -> str:
    who = names.get(line.lead, line.lead)
    return f"{line.content} ({who}, {_deadline(line)})" if who else line.content


def issued_elsewhere(
    account: str, group: GroupInfo, plan: PlanInfo, label: str, *, reason: str | None = None
) -> PlanInfo:
    """Record the number of a plan that was issued on paper, outside the platform, under the clause that issues it."""
    label = " ".join(label.split())[:80]
    if not label:
        raise BadInput("Ghi số, ký hiệu của kế hoạch đã ban hành.", "Give number and symbol of the plan as issued.")
    obj = ObjectRef(kind="plan", id=plan.ref, digest=work.step_digest(plan.ref, "issue", label))
    by = permit(Act(account=account, group=group, action=ISSUING[plan.kind], obj=obj, reason=reason))
    return work.issue_plan(by, plan.id, label, by.actor.role)


# ------------------------------------------------------------ lines become tasks


def line_to_task(
    account: str, group: GroupInfo, plan: PlanInfo, line: LineInfo, *, reason: str | None = None
) -> TaskInfo:
    """Give the task of one line of a plan in force."""
    if not stands_issued(plan):
        raise BadInput(
            "Kế hoạch chưa ban hành: ban hành rồi mới giao từng dòng.",
            "The plan is not issued yet: its lines are given out once it is.",
        )
    if line.task is not None or line.gone:
        raise BadInput(f"Dòng {line.place} đã thành nhiệm vụ.", f"A task was made of line {line.place} already.")
    if not line.lead or line.due is None:
        raise BadInput(
            f"Dòng {line.place} chưa có cơ quan chủ trì hoặc thời hạn: bổ sung rồi giao.",
            f"Line {line.place} has no lead agency or no last day: add it first.",
        )
    wanted = Wanted(
        title=line.content,
        lead=line.lead,
        due=max(line.due, clock.today(group)),
        origin=Origin.PLAN,
        coordinating=tuple(code for code in line.coordinating if code != line.lead),
        expected=line.product,
        source=_source(plan),
        source_paper=plan.paper,
        origin_ref=plan.ref,
        line=line.id,
    )
    return assign(account, group, wanted, reason=reason)


def _source(plan: PlanInfo) -> str:
    paper = paper_of(plan)
    label = plan.issued_label or (paper.label if paper is not None and paper.issued_at else "")
    return f"{plan.title}, số {label}" if label else plan.title


def lines_to_tasks(
    account: str, group: GroupInfo, plan: PlanInfo, *, reason: str | None = None
) -> list[tuple[LineInfo, Outcome]]:
    """Give the tasks of every line that has none yet, each asked by itself; what is refused is told by line."""
    told = []
    for line in work.plan_lines(plan.id):
        if line.task is None and not line.gone:
            made = task_work.each([line.id], partial(_of_line, account, group, plan, line, reason))
            told.append((line, made[0]))
    return told


def _of_line(account: str, group: GroupInfo, plan: PlanInfo, line: LineInfo, reason: str | None, _: int) -> TaskInfo:
    return line_to_task(account, group, plan, line, reason=reason)


# ------------------------------------------------------------ detailed plans of agencies


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """An agency with lines in the year's plan, and its detailed plan, if it has one."""

    agency: str
    lines: int
    subplan: PlanInfo | None


def subplans_owed(plan: PlanInfo, known: Iterable[PlanInfo]) -> list[Coverage]:
    """Return the agencies that lead lines of a plan, with their detailed plans of the year."""
    counts: dict[str, int] = {}
    for line in work.plan_lines(plan.id):
        if line.lead and not line.gone:
            counts[line.lead] = counts.get(line.lead, 0) + 1
    filed = {one.agency: one for one in known if one.kind is PlanKind.SUBPLAN and one.year == plan.year}
    return [Coverage(agency=code, lines=count, subplan=filed.get(code)) for code, count in sorted(counts.items())]
