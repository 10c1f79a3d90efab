"""The group's money: who manages it by charter or local rule, its sources, what is allotted, the year's end.

The charter names the agency that manages (an act of that agency is done by whoever sits for it); where it names nobody
the group's own rule on gap G-07 does, and then binds like a clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Citation, ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, RefusedByCharter
from dean06.flows import setup
from dean06.flows.authority import Act, Answer, ask, permit
from dean06.funds.service import closings, journal, sources
from dean06.funds.types import Close, Closing, MovementInfo, NewSource, Paper, SourceInfo, SourceKind
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

MANAGE = "funds.manage"
GAP = "G-07"

__all__ = [
    "GAP",
    "Entered",
    "Manager",
    "allot",
    "close",
    "enter",
    "manager",
    "managing",
    "managing_answer",
    "reverse",
    "set_manager",
    "sits_for_manager",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager:
    """Who manages the funds: an agency, by a clause of the charter or a local rule; neither where nobody is named."""

    agency: str = ""
    citation: Citation | None = None
    rule: adoption.Rule | None = None

    @property
    def said(self) -> str:
        """Say by what the agency manages, for the record."""
        if self.citation is not None:
            return charters.clause_label(self.citation)
        return f"quy ước số {self.rule.number} ngày {self.rule.adopted_on:%d/%m/%Y}" if self.rule else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What is entered of a source: its year, kind, name, who allots, the paper, and each line's name and sum."""

    year: int
    kind: SourceKind
    name: str
    allotted_by: str
    paper: Paper
    lines: tuple[tuple[str, int], ...]


def manager(group: GroupInfo) -> Manager:
    """Return who manages the group's funds on its day."""
    today = clock.today(group)
    for norm in adoption.charter_of(group.charter_line, today).norms:
        named = [one.agency for one in norm.bearers if one.agency] if norm.action == MANAGE else []
        if named:
            return Manager(agency=named[0], citation=norm.cite)
    rule = adoption.local_rule(group.id, GAP, today)
    if rule is None or not isinstance(rule.value, dict) or not rule.value.get("manager"):
        return Manager()
    return Manager(agency=str(rule.value["manager"]), rule=rule)


def sits_for_manager(account: str, group: GroupInfo) -> bool:
    """Say whether an account sits for the agency that manages the funds."""
    named = manager(group).agency
    seats = offices.capacities(account, group.id, clock.today(group))
    return bool(named) and any(seat.agency == named for seat in seats)


def set_manager(account: str, group: GroupInfo, agency: str) -> adoption.Rule:
    """Let the leader name the managing agency where the charter names nobody (gap G-07)."""
    if manager(group).citation is not None:
        raise BadInput(
            "Quy chế đã nêu cơ quan quản lý kinh phí: không đặt quy ước khác.",
            "The charter names who manages the funds: no local rule is set beside it.",
        )
    if agency not in offices.agency_names(group.id):
        raise BadInput("Chọn một cơ quan của tổ.", "Choose an agency of the group.")
    return setup.set_local_rule(account, group, GAP, {"manager": agency})


def _act(account: str, group: GroupInfo, obj: ObjectRef, reason: str | None) -> Act:
    return Act(account=account, group=group, action=MANAGE, obj=obj, reason=reason, in_its_name=True)


def managing_answer(account: str, group: GroupInfo) -> Answer:
    """Return what the charter answers an account that would manage the funds; the pages show it."""
    return ask(_act(account, group, ObjectRef(kind="funds", id=group.slug, digest=""), None))


def managing(account: str, group: GroupInfo, obj: ObjectRef, reason: str | None = None) -> Permit:
    """Return the permit of whoever manages the funds; a local rule on who does binds like a clause."""
    named = manager(group)
    if named.rule is not None and not sits_for_manager(account, group):
        name = offices.agency_name(group.id, named.agency)
        raise RefusedByCharter(
            f"Quy ước số {named.rule.number} của tổ (G-07) giao {name} quản lý kinh phí: người cơ quan ấy làm.",
            f"The group's local rule no. {named.rule.number} (gap G-07) gives the funds to {name}: its people do this.",
        )
    return permit(_act(account, group, obj, reason))


def enter(account: str, group: GroupInfo, asked: Entered, *, reason: str | None = None) -> SourceInfo:
    """Enter a source of money and what it allots to each line, under the paper that allots it."""
    _known_day(group, asked.paper.dated)
    named = manager(group)
    with transaction.atomic():
        new = NewSource(
            slot=sources.reserve(group.id),
            year=asked.year,
            kind=asked.kind,
            name=asked.name,
            allotted_by=asked.allotted_by,
            manager=named.agency,
            manager_by=named.said,
            paper=asked.paper,
            lines=asked.lines,
        )
        obj = ObjectRef(kind="fund_source", id=new.slot.ref, digest=new.digest())
        return sources.enter(managing(account, group, obj, reason), new)


def allot(
    account: str,
    group: GroupInfo,
    source_id: int,
    line: str,
    amount: int,
    paper: Paper,
    *,
    reason: str | None = None,
) -> SourceInfo:
    """Enter a further allotment to a line; a negative sum is money that the authority takes back."""
    _known_day(group, paper.dated)
    source = sources.for_flow(group.id, source_id)
    digest = sources.allotment_digest(line, amount, paper, sources.entries_of(source, line))
    by = managing(account, group, ObjectRef(kind="fund_source", id=source.ref, digest=digest), reason)
    return sources.allot(by, source_id, line, amount, paper)


def _known_day(group: GroupInfo, day: date) -> None:
    if day > clock.today(group):
        raise BadInput(
            f"Ngày văn bản {day:%d/%m/%Y} sau hôm nay: xem lại ngày.",
            f"The paper's day {day} lies after today: check it.",
        )


def reverse(account: str, group: GroupInfo, movement_id: int, why: str, *, reason: str | None = None) -> MovementInfo:
    """Undo an allotment or a return by an entry of its own."""
    entry = journal.entry_for_flow(group.id, movement_id)
    obj = ObjectRef(kind="fund_entry", id=f"{group.slug}:BT-{entry.number}", digest=journal.reversal_digest(entry, why))
    by = managing(account, group, obj, reason)
    return journal.reverse(by, group.id, movement_id, why, clock.today(group))


def close(account: str, group: GroupInfo, asked: Close, *, reason: str | None = None) -> Closing:
    """Close a year: what is left goes back, or is carried into the next year line by line."""
    _known_day(group, asked.paper.dated)
    obj = ObjectRef(kind="fund_year", id=closings.ref_of(group.slug, asked.year), digest=asked.digest(group.slug))
    return closings.close(managing(account, group, obj, reason), group.id, asked)
