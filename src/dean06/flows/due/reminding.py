"""Reminding of tasks: those near or past their last day, those overdue for long, and the digest of the week.

Whatever is told has a key of its matter and stage, not of the day on which it was told: it goes out once, whenever the
round comes, again after a kill or not, and what a late round has missed is not sent after the fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter.types import Citation
from dean06.clock import service as clock
from dean06.flows import telling
from dean06.flows.news.passing_on import clause_of
from dean06.flows.news.tasks import cited
from dean06.flows.telling import Address, Said, To
from dean06.ledger import service as ledger
from dean06.notices.service import telling as notices
from dean06.offices.types import GroupInfo
from dean06.work.service import reminders
from dean06.work.service import tasks as work
from dean06.work.service.reminders import Reminder, ReminderKind, ReminderRule
from dean06.work.types import Origin

GAP = "G-21"
AT_ONCE = 50
LEADING = "leader"
WATCHING = "task.monitor"
FAR = timedelta(days=3650)

__all__ = ["Message", "deliver", "digests", "messages", "rule_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something to tell: to whom, its kind and words, the clause it rests on, the page it leads to.

    `key` is the same for the same matter and stage, so that nobody is told of them twice.
    """

    to: To
    kind: str
    said: Said
    clause: Citation | None
    address: Address
    key: str


def rule_of(group: GroupInfo) -> ReminderRule:
    """Return when a group reminds: its local rule for gap G-21 over the product's own days."""
    shipped, rule = reminders.shipped_rule(), adoption.local_rule(group.id, GAP, clock.today(group))
    if rule is None or not isinstance(rule.value, dict):
        return shipped
    known = {name: value for name, value in rule.value.items() if name in ReminderRule.model_fields}
    named = f"Quy ước của tổ {GAP} số {rule.number}, đặt ngày {rule.adopted_on:%d/%m/%Y}"
    return ReminderRule.model_validate(shipped.model_dump() | known | {"source": named})


def deliver(group: GroupInfo, owed: Iterable[Message]) -> int:
    """Tell what was not told yet, some in each transaction; a kill loses none of them, for the next round finds it."""
    listed = list(owed)
    known = notices.told_keys(group.id, [one.key for one in listed])
    fresh, count = [one for one in listed if one.key not in known], 0
    for start in range(0, len(fresh), AT_ONCE):
        if start:
            ledger.let_others_write()
        with clock.moment(), transaction.atomic():
            count += sum(_told(group, one) for one in fresh[start : start + AT_ONCE])
    return count


def _told(group: GroupInfo, one: Message) -> int:
    return telling.tell(group, one.to, one.kind, one.said, clause=one.clause, address=one.address, key=one.key)


def messages(group: GroupInfo) -> list[Message]:
    """Return what stands to be said in a group today of tasks near or past their last day.

    The lead agency's people are reminded; what has been overdue for long goes to the leader and to whom the charter
    lets monitor. An agency without an account is left to a letter.
    """
    if group.ending is not None:
        return []
    today, rule = clock.today(group), rule_of(group)
    until = clock.at_start_of(today + timedelta(days=max(rule.days_before, default=0) + 1))
    tasks = work.owed_before(group.id, until)
    due = reminders.due_reminders(tasks, today, rule, adoption.calendar(today).working_days_between)
    watchers, of_findings = _watchers(group), To(roles=rule.of_findings.escalate_to)
    return [_message(one, of_findings if one.task.origin is Origin.FINDING else watchers) for one in due]


def _message(one: Reminder, watchers: To) -> Message:
    raised = one.kind is ReminderKind.ESCALATED
    return Message(
        to=watchers if raised else To(agencies=(one.task.lead,)),
        kind="task_escalated" if raised else "task_due",
        said=_words(one),
        clause=cited(one.task),
        address=Address(route="tasks-one", args=(one.task.id,)),
        key=f"remind:{one.task.ref}:{one.task.due:%Y%m%d}:{one.kind}:{one.stage}",
    )


def _words(one: Reminder) -> Said:
    task, days = one.task, abs(one.days)
    match one.kind:
        case ReminderKind.COMING:
            left = f"còn {days} ngày" if days else "đến hạn hôm nay"
            ahead = f"is due in {days} days" if days else "is due today"
            return Said(
                vi=f"Nhiệm vụ số {task.number} {left}, hạn {task.due:%d/%m/%Y}: {task.title}",
                en=f"Task {task.number} {ahead}, on {task.due:%d/%m/%Y}: {task.title}",
            )
        case ReminderKind.OVERDUE:
            return Said(
                vi=f"Nhiệm vụ số {task.number} quá hạn {days} ngày: {task.title}",
                en=f"Task {task.number} is {days} days overdue: {task.title}",
            )
        case ReminderKind.ESCALATED if task.origin is Origin.FINDING:
            return Said(
                vi=f"Đơn sửa quá hạn {days} ngày, chưa có lần nộp chứng minh, nhiệm vụ số {task.number}: {task.title}",
                en=f"An order of corrections is {days} days overdue and not proved, task {task.number}: {task.title}",
            )
        case ReminderKind.ESCALATED:
            return Said(
                vi=f"Báo cáo Tổ trưởng: nhiệm vụ số {task.number} quá hạn {days} ngày chưa xong: {task.title}",
                en=f"For the leader: task {task.number} has been overdue for {days} days: {task.title}",
            )


def _watchers(group: GroupInfo) -> To:
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    roles = {bearer.role for norm in charter.norms if norm.action == WATCHING for bearer in norm.bearers} | {LEADING}
    return To(roles=tuple(sorted(roles)))


def digests(group: GroupInfo) -> list[Message]:
    """Return the weekly digest of each agency with open tasks, as long as the one of this week is not stale."""
    today, rule = clock.today(group), rule_of(group)
    day = None if group.ending is not None else reminders.digest_day(today, rule)
    if day is None:
        return []
    now = clock.now(group)
    tasks = work.owed_before(group.id, clock.at_start_of(today + FAR))
    owed, late = Counter(one.lead for one in tasks), Counter(one.lead for one in tasks if one.is_overdue(now))
    clause = clause_of(group, "task_digest")
    return [
        Message(
            to=To(agencies=(agency,)),
            kind="task_digest",
            said=Said(
                vi=f"Tuần này: {owed[agency]} nhiệm vụ đang mở, {late[agency]} quá hạn.",
                en=f"This week: {owed[agency]} open tasks, {late[agency]} overdue.",
            ),
            clause=clause,
            address=Address(route="tasks"),
            key=f"digest:{group.slug}:{agency}:{day}",
        )
        for agency in sorted(owed)
    ]
