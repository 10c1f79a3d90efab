"""What a reader asked of others, what comes, and how their other groups stand: the rest of their home beside the desk.

One provider a room. A room with something to come or asked (advances of funds) joins by one line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from dean06.adoption import service as adoption
from dean06.catalogue.types import Found
from dean06.charter.types import Citation
from dean06.clock import service as clock
from dean06.flows import finding
from dean06.flows.desk import overseers
from dean06.flows.telling import Address
from dean06.meetings.service import meetings
from dean06.notices.service import inbox
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo, Viewer
from dean06.papers.service import standing as papers
from dean06.work.service import tasks as work

MOST = 8
NOT_NEWS = frozenset({"clause", "plan_line", "conclusion", "seat", "agency"})  # parts, and what the charter made

__all__ = ["ASKED", "COMING", "Elsewhere", "Item", "asked", "changed", "coming", "elsewhere"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing on somebody's home: what it is, who has it, by when, under which clause, and its page.

    Attributes:
        who: an agency's code, or the seat as titled.
        since: since when it lies there, where no bound stands.
    """

    title: str
    address: Address
    who: str = ""
    due: date | None = None
    since: datetime | None = None
    clause: Citation | None = None
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Another group of the reader: the seats they hold in it, and what is open, overdue and new there."""

    group: GroupInfo
    seats: tuple[Capacity, ...]
    open: int
    overdue: int
    new: int


Provider = Callable[[Viewer, GroupInfo], list[Item]]


def _tasks_asked(viewer: Viewer, group: GroupInfo) -> list[Item]:
    now = clock.now(group)
    return [
        Item(
            title=task.title,
            address=Address(route="tasks-one", args=(task.id,)),
            who=task.lead,
            due=task.due,
            clause=Citation(
                article=task.basis.article, clause=task.basis.clause or None, point=task.basis.point or None
            )
            if task.basis.article
            else None,
            late=task.is_overdue(now),
        )
        for task in work.assigned_by(viewer, group.id, MOST)
    ]


def _papers_asked(viewer: Viewer, group: GroupInfo) -> list[Item]:
    return [
        Item(
            title=one.abstract,
            address=Address(route="papers-one", args=(one.paper_id,)),
            who=one.signer,
            since=one.since,
        )
        for one in papers.asked_by(viewer, group.id, MOST)
    ]


ASKED: tuple[Provider, ...] = (_tasks_asked, _papers_asked)


def _meetings(viewer: Viewer, group: GroupInfo) -> list[Item]:
    return [
        Item(
            title=f"{one.title}, {one.place}" if one.place else one.title,
            address=Address(route="meetings-one", args=(one.id,)),
            due=one.starts_at.astimezone(clock.TZ).date(),
        )
        for one in meetings.awaiting(viewer, group.id, clock.now(group)).coming
    ]


COMING: tuple[Provider, ...] = (_meetings,)


def asked(viewer: Viewer, group: GroupInfo) -> list[Item]:
    """Return what a reader asked of others in a group and is still open, what is late first."""
    found = [one for provider in ASKED for one in provider(viewer, group)]
    return sorted(found, key=lambda one: (not one.late, one.due or date.max))


def coming(viewer: Viewer, group: GroupInfo) -> list[Item]:
    """Return what comes to a reader in a group, the nearest first."""
    found = [one for provider in COMING for one in provider(viewer, group)]
    return sorted(found, key=lambda one: one.due or date.max)


def changed(viewer: Viewer, group: GroupInfo, since: datetime, overseeing: frozenset[str]) -> list[Found]:
    """Return what a reader may find in a group and was made or changed since an instant, the newest first."""
    return list(finding.changed_since(viewer, group, since, overseeing, NOT_NEWS, MOST))


def elsewhere(viewer: Viewer, here: int) -> list[Elsewhere]:
    """Return how the reader's other groups at work stand; what is overdue first."""
    others = [one for one in offices.groups_seen_by(viewer) if one.id != here and one.ending is None]
    if not others:
        return []
    see_all = {one.id: overseers(adoption.charter_of(one.charter_line, clock.today(one))) for one in others}
    now = {one.id: clock.now(one) for one in others}
    counted, new = work.open_by_group(viewer, now, see_all), inbox.unread_by_group(viewer)
    made = [
        Elsewhere(
            group=one,
            seats=tuple(seat for seat in viewer.capacities if seat.group_id == one.id and not seat.reading),
            open=counted.get(one.id, (0, 0))[0],
            overdue=counted.get(one.id, (0, 0))[1],
            new=new.get(one.id, 0),
        )
        for one in others
    ]
    return sorted(made, key=lambda one: (-one.overdue, -one.new, one.group.name))
