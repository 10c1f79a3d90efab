"""The facts of a group's own records, from which its duties are judged.

Nothing recorded means nothing was done, where a room keeps such records: `STATED` names those that are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.flows import meeting_facts
from dean06.flows.budget_clauses import consolidators
from dean06.funds.service import budgets
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import documents
from dean06.papers.types import PaperInfo
from dean06.reports.service import agency_reports
from dean06.reports.service import months as reports
from dean06.reports.service.periods import HALF_YEAR, MONTH, YEAR, parse
from dean06.reports.types import Arrival
from dean06.work.service import matters as decided
from dean06.work.service import plans as planned
from dean06.work.service import registers
from dean06.work.service import tasks as work
from dean06.work.service.registers import EntryInfo
from dean06.work.types import MatterInfo, PlanInfo, TaskDuty

# Who set an automatic task up: the leader gives each source to its agency once and for all.
STANDING = "leader"
TASK = "NV-"
AUTOMATIC = "system"
PLAN_FORMS = ("programme", "plan", "inspection_plan", "subplan")
# Registers whose entries are facts of duties; an inspection counts once it was carried out, on its day.
ISSUES, INSPECTIONS, ON, PLANNED = "vuong-mac", "kiem-tra", "ngay", "du_kien"
KINDS = {MONTH: "group_monthly_report", HALF_YEAR: "review_report", YEAR: "year_end_report"}
# Lists of the facts that `records` fills, and the kinds of report among them.
STATED = frozenset(
    {
        "reports:agency_monthly_report",
        "reports:group_monthly_report",
        "documents:budget_proposal",
        "reports:review_report",
        "reports:year_end_report",
        "tasks",
        "documents:programme",
        "documents:plan",
        "documents:inspection_plan",
        "documents:subplan",
        "matters",
        "leader_absences",
        "delegations",
        "meetings",
        "sessions",
        "conclusions",
        "written_rounds",
        "local_rules",
        "statements",
        "issues",
        "inspections",
    }
)

__all__ = ["STATED", "months_of_year", "number_of_task", "records", "task_period"]


def task_period(number: int) -> str:
    """Return the period under which the duty to carry out a task is judged."""
    return f"{TASK}{number}"


def number_of_task(period: str) -> int | None:
    """Return the number of the task whose duty is judged under a period; None for any other duty's period."""
    number = period.removeprefix(TASK)
    return int(number) if period.startswith(TASK) and number.isdecimal() else None


def records(
    group: GroupInfo, at: datetime, *, tasks: bool = True, due: tuple[datetime, datetime] | None = None
) -> dict[str, object]:
    """Return the facts of a group's own records as of an instant, in the plain form that the charter room takes.

    Without `tasks` they are not read, and their duties do not arise. With `due`, a span of months, only those tasks are
    told that fall due in it, and only the meetings of its years: they tell all that its months' duties rest on.
    Tasks taken over from another group are left out: their duties are judged by the text they were given under.
    """
    listed = work.duties_of_tasks(group.id, due) if tasks else ()
    return _beside_tasks(group, at, _years(due) if due else None) | {"tasks": [_task(one) for one in listed]}


def _years(due: tuple[datetime, datetime]) -> tuple[int, int]:
    first, last = due[0].astimezone(clock.TZ), (due[1] - timedelta.resolution).astimezone(clock.TZ)
    return first.year, last.year


@clock.once_a_moment
def _beside_tasks(group: GroupInfo, at: datetime, years: tuple[int, int] | None) -> dict[str, object]:
    entered = adoption.entered_for(group.charter_line)
    facts: dict[str, object] = {
        "format": "dean06-charter-facts/1",
        "as_of": at.isoformat(),
        "reports": [
            *(_report(month, to) for month, to in sorted(reports.dispatches(group.id).items())),
            *(_agency_report(one) for one in agency_reports.arrivals(group.id)),
        ],
        "documents": [*_plans(group), *_budgets(group)],
        "matters": [_matter(one) for one in decided.matters_of_group(group.id)],
        **meeting_facts.of_group(group, at, years),
        "leader_absences": [
            {"from": since.isoformat(), "to": until.isoformat()} for since, until in offices.leader_absences(group.id)
        ],
        "delegations": _delegations(group),
        "local_rules": [
            {"gap": rule.gap, "value": rule.value, "adopted_by": STANDING, "adopted_on": rule.adopted_on.isoformat()}
            for rule in adoption.local_rule_history(group.id, at.date())
        ],
        "statements": [
            {"period": month, "by": "standing_deputy", "at": one.as_of.isoformat()}
            for month, one in sorted(adoption.statements(group.id).items())
        ],
    }
    kept = registers.entries_of_group(group.id, ISSUES, INSPECTIONS)
    facts |= {"issues": _issues(group, kept), "inspections": _inspections(kept)}
    if entered:
        facts["adoption"] = entered
    return facts


def _issues(group: GroupInfo, kept: Sequence[EntryInfo]) -> list[dict[str, object]]:
    """Return the issues of the group's register: who raised each, when it arose, was reported, was answered."""
    issues = [one for one in kept if one.register == ISSUES]
    raised = registers.openers(group.id, ISSUES) if issues else {}
    return [
        {
            "id": one.label,
            "raised_by": ":".join(part for part in raised[one.id] if part),
            "arose_at": one.since.isoformat(),
            "reported_at": one.opened_at.isoformat(),
            "answered_at": one.closed_at.isoformat() if one.closed_at else None,
        }
        for one in issues
        if one.id in raised
    ]


def _inspections(kept: Sequence[EntryInfo]) -> list[dict[str, object]]:
    """Return the inspections that were carried out, by their day."""
    return [
        {"id": one.label, "at": str(one.values[ON]), "subject": one.title}
        for one in kept
        if one.register == INSPECTIONS and ON in one.values and one.state != PLANNED
    ]


def _budgets(group: GroupInfo) -> list[dict[str, object]]:
    """Return the yearly estimates that were submitted; the duty of a year is met by what was submitted in it."""
    named = sorted(consolidators(group))
    found: list[dict[str, object]] = []
    for one in budgets.of_flow(group.id):
        if one.submitted_at is not None:
            of = one.made_agency or next(iter(named), "")
            told = {"id": one.submitted_as, "kind": "budget_proposal", "submitted_at": one.submitted_at.isoformat()}
            found.append({**told, **({"agency": of} if of else {})})
    return found


def _delegations(group: GroupInfo) -> list[dict[str, object]]:
    return [
        {
            "id": f"UQ-{one.id}",
            "from_role": one.from_role,
            "to_role": one.to_role,
            "scope": one.ground,
            "from": one.since.isoformat(),
            "to": one.until.isoformat(),
            "revoked_at": one.revoked_at.isoformat() if one.revoked_at else None,
        }
        for one in offices.delegations_of(group.id)
    ]


def _report(month: str, to: Sequence[tuple[str, datetime]]) -> dict[str, object]:
    return {
        "id": f"BC-{month}",
        "kind": KINDS[parse(month).kind],
        "period": month,
        "from": "group",
        "dispatched": [{"to": recipient, "at": at.isoformat()} for recipient, at in to],
    }


def _agency_report(one: Arrival) -> dict[str, object]:
    """Return that an agency's report came: what was returned or taken back has not come."""
    return {
        "id": f"BCCQ-{one.id}",
        "kind": "agency_monthly_report",
        "period": one.month,
        "from": f"agency:{one.agency}",
        "received": [{"by": one.to, "at": one.at.isoformat()}],
    }


def _task(task: TaskDuty) -> dict[str, object]:
    by = STANDING if task.assigned_by_role == AUTOMATIC else task.assigned_by_role
    return {
        "id": task_period(task.number),
        "bearer": f"member:{task.lead}",
        "assigned_by": by,
        "assigned_at": task.opened_at,
        "due_at": task.bound,
        "done_at": task.done_at,
    }


def _matter(matter: MatterInfo) -> dict[str, object]:
    return {
        "id": f"VV-{matter.number}",
        "important": matter.important,
        "exceeds_competence": matter.exceeds,
        "routine": matter.routine,
        "settled_by": matter.settled_role or None,
        "settled_at": matter.settled_at.isoformat() if matter.settled_at else None,
        "escalated_at": matter.escalated_at.isoformat() if matter.escalated_at else None,
    }


def _plans(group: GroupInfo) -> list[dict[str, object]]:
    """Return programmes and plans that are issued, and detailed plans that are filed.

    A plan counts by the paper that issued it; a paper of these forms that came of no plan here counts by itself.
    """
    known = planned.plans_of_group(group.id)
    papers = {one.id: one for one in documents.issued_of_forms(group.id, PLAN_FORMS)}
    told = [_plan(one, papers.pop(one.paper, None) if one.paper else None) for one in known]
    loose: list[dict[str, object]] = [
        {
            "id": f"VB-{one.id}",
            "kind": one.form,
            "year": one.issued_on.year if one.issued_on else None,
            "issued_at": one.issued_at.isoformat() if one.issued_at else None,
            "issued_by": _signer(group, one),
        }
        for one in papers.values()
    ]
    return [row for row in told if row] + loose


def _plan(plan: PlanInfo, paper: PaperInfo | None) -> dict[str, object]:
    at = plan.issued_at or (paper.issued_at if paper else None)
    if at is None:
        return {}
    row: dict[str, object] = {"id": f"KH-{plan.number}", "kind": plan.kind.value, "year": plan.year}
    if plan.agency:
        return row | {"agency": plan.agency, "submitted_at": at.isoformat()}
    return row | {"issued_at": at.isoformat(), "issued_by": plan.issued_by or STANDING}


def _signer(group: GroupInfo, paper: PaperInfo) -> str:
    """Return the role of whoever signed a paper, by their name on that day."""
    held = offices.holders(group.id, paper.issued_on) if paper.issued_on else ()
    return next((seat.role for seat in held if seat.holder == paper.signer), STANDING)


def months_of_year(number: int) -> tuple[str, ...]:
    """Return the twelve months of a year, as `YYYY-MM`."""
    return tuple(f"{number:04d}-{month:02d}" for month in range(1, 13))
