"""Orders of corrections overdue for long stand on the agenda of the next regular meeting, whoever prepares it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.corrections import service as corrections
from dean06.flows.due.reminding import rule_of
from dean06.flows.meeting_permits import to
from dean06.meetings.service import agendas, meetings
from dean06.meetings.types import ItemInfo, ItemKind, ItemState, Kind, MeetingInfo, NewItem, obj
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.work.service import tasks as work
from dean06.work.types import Origin, TaskInfo

TITLE = "Sai lệch dữ liệu quá hạn"
AT_ONCE = 20  # orders that one item names
REGULAR = frozenset({Kind.REGULAR, Kind.SIX_MONTH, Kind.YEAR_END})

__all__ = ["brings", "is_own", "on_agenda", "overdue"]


def overdue(group: GroupInfo, on: date) -> list[TaskInfo]:
    """Return the tasks of orders that will have been overdue for so many working days on a day, the oldest first."""
    rule, calendar = rule_of(group).of_findings, adoption.calendar(on)
    owed = work.owed_before(group.id, clock.at_start_of(on))
    return [
        one
        for one in owed
        if one.origin is Origin.FINDING
        and one.due < on
        and calendar.working_days_between(one.due, on) >= rule.agenda_after
    ]


def is_own(title: str) -> bool:
    """Say whether an item was put on an agenda from here."""
    return title.startswith(TITLE)


def brings(meeting: MeetingInfo, title: str) -> bool:
    """Say whether a meeting has an item of its own accord, so that nobody carries an older one of its kind into it."""
    return meeting.kind in REGULAR and is_own(title)


def _items(group: GroupInfo, tasks: Sequence[TaskInfo]) -> list[NewItem]:
    """Return one item an agency that names its orders; more than one where they are many."""
    orders = corrections.orders_of_tasks(one.id for one in tasks)
    numbers = corrections.numbers_of(orders.values())
    by_agency: dict[str, list[TaskInfo]] = defaultdict(list)
    for one in tasks:
        by_agency[one.lead].append(one)
    made = []
    for agency, some in sorted(by_agency.items()):
        for start in range(0, len(some), AT_ONCE):
            part = some[start : start + AT_ONCE]
            named = ", ".join(str(numbers[orders[one.id]]) for one in part if one.id in orders)
            left = sum(one.total - one.done for one in part)
            name = offices.agency_name(group.id, agency)[:80]
            title = f"{TITLE}, {name}: đơn sửa số {named} ({left} dòng)"
            made.append(NewItem(title=title, kind=ItemKind.DECIDE, minutes=10, agency=agency))
    return made


def on_agenda(account: str, group: GroupInfo, meeting: MeetingInfo) -> int:
    """Bring the agenda of a regular meeting to the orders overdue on its day; returns how many items it has of them.

    What was mended since goes off again, what became overdue comes on; other items are left alone.
    """
    if meeting.kind not in REGULAR:
        return 0
    wanted = {one.title: one for one in _items(group, overdue(group, meeting.starts_at.astimezone(clock.TZ).date()))}
    there = [one for one in meetings.items(meeting.id) if is_own(one.title)]
    for item in there:
        if item.title not in wanted and _loose(item):
            by = to(account, group, obj(meeting.ref, "item_dropped", item=item.id), "meeting.draft")
            agendas.drop_item(by, meeting.id, item.id)
    known = {one.title for one in there}
    for title, new in wanted.items():
        if title not in known:
            told = {"title": title, "from": None}
            by = to(account, group, obj(meeting.ref, "item_added", **told), "meeting.draft")
            agendas.add_item(by, meeting.id, new)
    return len(wanted)


def _loose(item: ItemInfo) -> bool:
    return item.state is ItemState.WAITING and item.carried_from is None
