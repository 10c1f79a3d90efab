"""Whom to remind of what today: a list of accounts, sentences, clauses and links, for whoever delivers them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.clock import service as clock
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo
from dean06.work.service import reminders
from dean06.work.service import tasks as work
from dean06.work.service.reminders import Reminder, ReminderKind, ReminderRule
from dean06.work.types import TaskInfo

GAP = "G-21"
LEADING = "leader"
WATCHING = "task.monitor"

__all__ = ["Message", "digests", "messages", "rule_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something to tell somebody: in both languages, with the clause it rests on and the page it leads to.

    `key` is the same for the same matter, account and day, so that it is told once.
    """

    account: str
    vi: str
    en: str
    clause: str
    page: str
    task_id: int | None
    key: str


def rule_of(group: GroupInfo) -> ReminderRule:
    """Return when a group reminds: its local rule for gap G-21 over the product's own days."""
    shipped, rule = reminders.shipped_rule(), adoption.local_rule(group.id, GAP, clock.today(group))
    if rule is None or not isinstance(rule.value, dict):
        return shipped
    known = {name: value for name, value in rule.value.items() if name in ReminderRule.model_fields}
    named = f"Quy ước của tổ {GAP} số {rule.number}, đặt ngày {rule.adopted_on:%d/%m/%Y}"
    return ReminderRule.model_validate(shipped.model_dump() | known | {"source": named})


def messages(group: GroupInfo) -> list[Message]:
    """Return what is to be said in a group today of tasks near or past their last day; nothing where it is quiet.

    The lead agency's people are reminded; what has been overdue for long goes to the leader and to whom the charter
    lets monitor. An agency without an account is left to a letter.
    """
    if group.ending is not None:
        return []
    today, rule = clock.today(group), rule_of(group)
    until = clock.at_start_of(today + timedelta(days=max(rule.days_before, default=0) + 1))
    tasks = work.owed_before(group.id, until)
    calendar = adoption.calendar(today)
    due = reminders.due_reminders(tasks, today, rule, calendar.working_days_between)
    seats = offices.holders(group.id, today)
    return [message for one in due for message in _told(group, one, seats)]


def _told(group: GroupInfo, one: Reminder, seats: Iterable[Capacity]) -> list[Message]:
    to = _watchers(group, seats) if one.kind is ReminderKind.ESCALATED else _of_agency(one.task, seats)
    vi, en = _words(one)
    return [
        Message(
            account=account,
            vi=vi,
            en=en,
            clause=_clause(one.task),
            page=f"/t/{group.slug}/nhiem-vu/{one.task.id}/",
            task_id=one.task.id,
            key=f"{one.kind}:{one.task.ref}:{clock.today(group)}",
        )
        for account in to
    ]


def _words(one: Reminder) -> tuple[str, str]:
    task, days = one.task, abs(one.days)
    match one.kind:
        case ReminderKind.COMING:
            return (
                f"Nhiệm vụ số {task.number} còn {days} ngày, hạn {task.due:%d/%m/%Y}: {task.title}",
                f"Task {task.number} is due in {days} days, on {task.due:%d/%m/%Y}: {task.title}",
            )
        case ReminderKind.OVERDUE:
            return (
                f"Nhiệm vụ số {task.number} quá hạn {days} ngày: {task.title}",
                f"Task {task.number} is {days} days overdue: {task.title}",
            )
        case ReminderKind.ESCALATED:
            return (
                f"Báo cáo Tổ trưởng: nhiệm vụ số {task.number} quá hạn {days} ngày chưa xong: {task.title}",
                f"For the leader: task {task.number} has been overdue for {days} days: {task.title}",
            )


def _of_agency(task: TaskInfo, seats: Iterable[Capacity]) -> list[str]:
    return list(dict.fromkeys(seat.account for seat in seats if seat.agency == task.lead and seat.account))


def _watchers(group: GroupInfo, seats: Iterable[Capacity]) -> list[str]:
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    roles = {bearer.role for norm in charter.norms if norm.action == WATCHING for bearer in norm.bearers} | {LEADING}
    return list(dict.fromkeys(seat.account for seat in seats if seat.role in roles and seat.account))


def _clause(task: TaskInfo) -> str:
    basis = task.basis
    if not basis.article:
        return basis.reading
    cited = Citation(article=basis.article, clause=basis.clause or None, point=basis.point or None)
    return charters.clause_label(cited)


def digests(group: GroupInfo) -> list[Message]:
    """Return the weekly digest of each person with a seat, on the day of it: what their agency owes."""
    today, rule = clock.today(group), rule_of(group)
    if group.ending is not None or not reminders.digest_due(today, rule):
        return []
    tasks = work.owed_before(group.id, clock.at_start_of(today + timedelta(days=3650)))
    now = clock.now(group)
    owed, late = Counter(one.lead for one in tasks), Counter(one.lead for one in tasks if one.is_overdue(now))
    told = []
    for seat in offices.holders(group.id, today):
        if not seat.account or not seat.agency or not owed[seat.agency]:
            continue
        count, overdue = owed[seat.agency], late[seat.agency]
        told.append(
            Message(
                account=seat.account,
                vi=f"Tuần này: {count} nhiệm vụ đang mở, {overdue} quá hạn.",
                en=f"This week: {count} open tasks, {overdue} overdue.",
                clause=rule.source,
                page=f"/t/{group.slug}/nhiem-vu/?xem=mo&co_quan={seat.agency}",
                task_id=None,
                key=f"digest:{group.slug}:{seat.agency}:{today}",
            )
        )
    return told
