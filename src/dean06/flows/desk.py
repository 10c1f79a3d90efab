"""What a person owes this month, under which clause: duties computed from the charter, and tasks with their bounds."""

from __future__ import annotations

from dataclasses import dataclass

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Charter, Obligation
from dean06.clock import service as clock
from dean06.flows import duties, inheritance
from dean06.offices.types import Capacity, GroupInfo, Viewer
from dean06.work.service import registers
from dean06.work.service import tasks as work
from dean06.work.service.registers import EntryInfo
from dean06.work.types import OPEN_STATES, Filters, TaskInfo

# Acts by which a charter makes a role answer for the whole group; who holds one of them sees the group's work whole.
OVERSEEING = (
    "group.direct",
    "group.lead",
    "leader.assist",
    "task.monitor",
    "compliance.review",
    "meeting_content.prepare",
)

# Tasks stand on the desk by themselves.
TASK = "task.carry_out"
ENTRIES = 8  # of registers, at most

__all__ = ["Desk", "Duty", "desk", "overseers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One obligation of the month with the words of its clause; `before` is the ended group it was taken over from."""

    obligation: Obligation
    label: str
    title: str
    mine: bool
    before: GroupInfo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A person's desk: open tasks by nearness of their bound, the month's duties, entries of registers owed."""

    overdue: tuple[TaskInfo, ...]
    soon: tuple[TaskInfo, ...]
    later: tuple[TaskInfo, ...]
    duties: tuple[Duty, ...]
    month: str
    entries: tuple[EntryInfo, ...] = ()

    @property
    def open_count(self) -> int:
        """Count what is open on the desk."""
        return len(self.overdue) + len(self.soon) + len(self.later)


def overseers(charter: Charter) -> frozenset[str]:
    """Return the roles that a charter makes answer for the whole group."""
    return frozenset(
        bearer.role for norm in charter.norms if norm.action in OVERSEEING for bearer in norm.bearers
    ) - frozenset({"member"})


def _duties(group: GroupInfo, month: str, held: tuple[Capacity, ...]) -> tuple[Duty, ...]:
    owed: list[tuple[Obligation, GroupInfo | None]] = [
        (one, None) for one in duties.obligations(group, month, tasks=False)
    ]
    taken = inheritance.inherited(group)
    owed += [(one.obligation, one.before) for one in taken if one.obligation.status == "pending" or one.month == month]
    made = [
        Duty(
            obligation=one,
            label=charters.clause_label(one.citations[0]),
            title=charters.vocabulary().actions[one.action].name.vi,
            mine=duties.bears(one, held),
            before=before,
        )
        for one, before in owed
        if one.status not in {"not_testable", "dormant"} and one.citations and one.action != TASK
    ]
    return tuple(sorted(made, key=lambda duty: (not duty.mine, duty.obligation.due_before or clock.now(group))))


def desk(viewer: Viewer, group: GroupInfo) -> Desk:
    """Return the desk of a reader in one of their groups, as of the group's day."""
    now = clock.now(group)
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    held = tuple(seat for seat in viewer.capacities if seat.group_id == group.id)
    seen = work.tasks(viewer, group.id, Filters(statuses=OPEN_STATES), see_all=overseers(charter), size=100).items
    ordered = sorted(seen, key=lambda task: task.bound)
    late = tuple(task for task in ordered if task.is_overdue(now))
    near = tuple(task for task in ordered if not task.is_overdue(now) and (task.bound - now).days <= 5)
    month = f"{now:%Y-%m}"
    return Desk(
        overdue=late,
        soon=near,
        later=tuple(task for task in ordered if task not in late and task not in near),
        duties=_duties(group, month, held),
        month=month,
        entries=registers.owed(viewer, group.id, clock.today(group), ENTRIES, see_all=overseers(charter)),
    )
