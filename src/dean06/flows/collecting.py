"""Which agencies owe a report of a month, until when, under which clause, and how each stands at this instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dean06.adoption import service as adoption
from dean06.charter.types import Charter, Citation, Obligation
from dean06.clock import service as clock
from dean06.flows import duties
from dean06.flows.agency_reporting import RECEIVE, SUBMIT, collector
from dean06.flows.authority import local_rules_of
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo
from dean06.reports.service import agency_reports
from dean06.reports.types import Arrival

MET, LATE, MISSED, PENDING, LOCAL = "met", "late", "missed", "pending", "not_regulated"
# Days before the bound on which an agency that has sent nothing is reminded, and from then on each day after it.
REMINDED = (3, 1, 0)

__all__ = ["Board", "Line", "Reminder", "board", "reminders", "rule_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One agency: what it owes, and how it stands; `obligation` is None where neither charter nor rule asks it."""

    agency: str
    name: str
    status: str
    obligation: Obligation | None
    arrival: Arrival | None

    @property
    def bound(self) -> datetime | None:
        """The instant at which the report is late."""
        return self.obligation.due_before if self.obligation else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The agencies of a month: those that owe a report first, and by which rule they do."""

    month: str
    lines: tuple[Line, ...]
    citation: Citation | None
    gap: str
    collector: str
    bound: datetime | None

    def count(self, status: str) -> int:
        """Count the agencies that stand in a state."""
        return sum(line.status == status for line in self.lines)

    @property
    def missing(self) -> tuple[Line, ...]:
        """The agencies from which nothing has come, whether their bound has passed or not."""
        return tuple(line for line in self.lines if line.obligation and line.arrival is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Whom to remind of what: a seat of the agency, the bound, the clause, and the month of the report."""

    seat: Capacity
    agency: str
    name: str
    month: str
    bound: datetime
    citation: Citation | None
    gap: str
    overdue: bool


def rule_of(group: GroupInfo, gap: str) -> tuple[int, datetime] | None:
    """Return number and day of the group's local rule on a gap, if it has one."""
    rule = local_rules_of(group).get(gap)
    return (rule.number, clock.at_start_of(rule.adopted_on)) if rule else None


def board(group: GroupInfo, month: str) -> Board:
    """Return how the agencies stand with their reports due in a month, at the group's own instant."""
    now = clock.now(group)
    owed = {_agency(one): one for one in duties.obligations(group, month, tasks=False) if one.action == SUBMIT}
    came = {one.agency: one for one in agency_reports.arrivals(group.id) if one.month == month}
    names = offices.agency_names(group.id)
    lines = [
        Line(
            agency=code,
            name=names.get(code, code),
            status=_status(owed.get(code), came.get(code), now),
            obligation=owed.get(code),
            arrival=came.get(code),
        )
        for code in dict.fromkeys([*owed, *came])
    ]
    first = next(iter(owed.values()), None)
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    return Board(
        month=month,
        lines=tuple(lines),
        citation=next(iter(first.citations), None) if first else None,
        gap=first.norm if first and not first.citations else "",
        collector=collector(charter) or _receiver(charter),
        bound=first.due_before if first else None,
    )


def _agency(one: Obligation) -> str:
    return one.bearer.rpartition(":")[2]


def _receiver(charter: Charter) -> str:
    return next((one.agency or "" for norm in charter.norms if norm.action == RECEIVE for one in norm.bearers), "")


def _status(owed: Obligation | None, came: Arrival | None, now: datetime) -> str:
    """Say how an agency stands; under a local rule alone the bound is the group's own and is judged here."""
    if owed is None:
        return ""
    if owed.status != LOCAL or owed.due_before is None:
        return owed.status
    if came is not None:
        return MET if came.at < owed.due_before else LATE
    return PENDING if now < owed.due_before else MISSED


def reminders(group: GroupInfo, told: Board) -> list[Reminder]:
    """Return whom to remind today of a report that has not come: near its bound, and every day once it has passed."""
    now = clock.now(group)
    seats = _seats(group, {line.agency for line in told.missing})
    found = []
    for line in told.missing:
        if line.bound is None or line.status not in {PENDING, MISSED}:
            continue
        left = (line.bound.date() - now.date()).days - 1
        if line.status == PENDING and left not in REMINDED:
            continue
        found += [
            Reminder(
                seat=seat,
                agency=line.agency,
                name=line.name,
                month=told.month,
                bound=line.bound,
                citation=told.citation,
                gap=told.gap,
                overdue=line.status == MISSED,
            )
            for seat in seats.get(line.agency, ())
        ]
    return found


def _seats(group: GroupInfo, agencies: set[str]) -> Mapping[str, list[Capacity]]:
    found: dict[str, list[Capacity]] = {}
    for seat in offices.holders(group.id, clock.today(group)):
        if seat.agency in agencies and seat.role not in {"register_keeper", "clerk"}:
            found.setdefault(seat.agency, []).append(seat)
    return found
