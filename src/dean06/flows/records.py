"""The facts of a group's own records, from which its duties are judged.

Nothing recorded means nothing was done, where a room keeps such records: `STATED` names those that are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dean06.adoption import service as adoption
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.reports import service as reports
from dean06.sources import service as sources
from dean06.work.service import tasks as work
from dean06.work.types import Status, TaskInfo

# Who set an automatic task up: the leader gives each source to its agency once and for all.
STANDING = "leader"
AUTOMATIC = "system"
# Lists of the facts that `records` fills, and the kinds of report among them.
STATED = frozenset(
    {
        "reports:group_monthly_report",
        "tasks",
        "leader_absences",
        "delegations",
        "local_rules",
        "statements",
    }
)

__all__ = ["STATED", "months_of_year", "records", "task_period"]


def task_period(number: int) -> str:
    """Return the period under which the duty to carry out a task is judged."""
    return f"NV-{number}"


def records(group: GroupInfo, at: datetime) -> dict[str, object]:
    """Return the facts of a group's own records as of an instant, in the plain form that the charter room takes.

    Tasks taken over from another group are left out: their duties are judged by the text they were given under.
    """
    entered = adoption.entered_for(group.charter_line)
    facts: dict[str, object] = {
        "format": "dean06-charter-facts/1",
        "as_of": at.isoformat(),
        "reporting_agencies": sorted({one.agency for one in sources.assignments(group.id).values()}),
        "reports": [_report(month, to) for month, to in sorted(reports.dispatches(group.id).items())],
        "tasks": [
            _task(one)
            for one in work.tasks_of_group(group.id)
            if one.status is not Status.CANCELLED and one.came_from is None
        ],
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
    if entered:
        facts["adoption"] = entered
    return facts


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
        "kind": "group_monthly_report",
        "period": month,
        "from": "group",
        "dispatched": [{"to": recipient, "at": at.isoformat()} for recipient, at in to],
    }


def _task(task: TaskInfo) -> dict[str, object]:
    by = STANDING if task.assigned_by_role == AUTOMATIC else task.assigned_by_role
    return {
        "id": task_period(task.number),
        "bearer": f"member:{task.lead}",
        "assigned_by": by,
        "assigned_at": task.opened_at.isoformat(),
        "due_at": task.bound.isoformat(),
        "done_at": task.closed_at.isoformat() if task.closed_at and not task.is_open else None,
    }


def months_of_year(number: int) -> tuple[str, ...]:
    """Return the twelve months of a year, as `YYYY-MM`."""
    return tuple(f"{number:04d}-{month:02d}" for month in range(1, 13))
