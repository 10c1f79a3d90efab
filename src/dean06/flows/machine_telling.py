"""What an agency's software is told of its orders: given, near their day, late, proved, open again, taken back.

It follows the ledger as what people are told does: each act is told exactly where it was done, and none is forgotten.
What the ledger cannot tell, a day that draws near, is told by the same rule by which people are reminded.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.corrections import service as corrections
from dean06.corrections.types import OrderInfo
from dean06.flows.due.reminding import rule_of
from dean06.ledger import service as ledger
from dean06.ledger.service import Followed
from dean06.machines.service import hooks, posting
from dean06.machines.types import Carried, Event
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.work.service import reminders
from dean06.work.service import tasks as work
from dean06.work.service.reminders import ReminderKind
from dean06.work.types import Origin, TaskInfo

LOG = logging.getLogger(__name__)
NAME = "machines"
# Where software asks for an order; the page of addresses stands in `web.api`.
ORDER_AT = "/api/v1/orders/{number}"
KIND = "dean06.order."
ASSIGNED, NEAR_DUE, OVERDUE, VERIFIED, REOPENED, WITHDRAWN = (
    f"{KIND}{name}" for name in ("assigned", "near_due", "overdue", "verified", "reopened", "withdrawn")
)
KINDS = (ASSIGNED, NEAR_DUE, OVERDUE, VERIFIED, REOPENED, WITHDRAWN)
REMINDED = {ReminderKind.COMING: NEAR_DUE, ReminderKind.OVERDUE: OVERDUE}
ACTS = {"task.close_automatic": VERIFIED, "finding.reopen_by_delivery": REOPENED}

__all__ = ["KINDS", "begin", "carry", "follow", "remind"]


def begin() -> None:
    """Let the follower stand where the ledger stands now, where it does not stand yet: the past is not told."""
    ledger.go_back(NAME, ledger.newest_leaf())


def follow() -> int:
    """Queue what was done since the last time for the software of the agencies concerned; returns how many acts."""
    if not hooks.any_hook():
        return 0
    return ledger.caught_up(lambda: ledger.follow(NAME, _take))


def _take(acts: Sequence[Followed]) -> None:
    groups = {one.slug: one for one in offices.all_groups()}
    for act in acts:
        group = groups.get(act.scope)
        if group is not None and act.kind in {"order", "task"} and hooks.listening(group.id):
            _tell(group, act)


def _tell(group: GroupInfo, act: Followed) -> None:
    """Queue the event of one act; what cannot be read now is passed over and told, for it must not stop the others."""
    try:
        with transaction.atomic():
            found = _event(group, act)
            if found is not None:
                order, event = found
                hooks.queue(group.id, order.agency, [event], act.leaf)
    except Exception as problem:  # noqa: BLE001  whatever it is, it must not silence the others; its words may quote
        LOG.warning("machines: %s %s: %s", group.slug, act.kind, type(problem).__name__)


def _event(group: GroupInfo, act: Followed) -> tuple[OrderInfo, Event] | None:
    if act.kind == "order":
        if "agency" not in act.note or "findings" not in act.note:
            return None
        order = corrections.order_by_ref(group.id, act.object_id)
        return (order, _said(ASSIGNED, order, act)) if order else None
    kind = WITHDRAWN if act.note.get("voided") else ACTS.get(act.action)
    _, _, number = act.object_id.partition(":")
    task = work.by_number(group.id, int(number)) if kind and number.isdecimal() else None
    order = corrections.order_of_task(task.id) if task is not None and task.origin is Origin.FINDING else None
    return (order, _said(kind, order, act)) if kind and order else None


def _said(kind: str, order: OrderInfo, act: Followed) -> Event:
    return _of(kind, order, key=f"{kind}:{order.ref}:{act.leaf}", at=act.at)


def _of(kind: str, order: OrderInfo, *, key: str, at: datetime) -> Event:
    """Return an event on an order: what it is, whose, by when; whatever else is asked for by the order's number."""
    data: dict[str, str | int] = {
        "order": order.number,
        "ref": order.ref,
        "agency": order.agency,
        "source": order.source,
        "due": order.due.isoformat(),
        "href": ORDER_AT.format(number=order.number),
    }
    return Event(key=key, kind=kind, subject=order.ref, at=at, data=data)


def remind(group: GroupInfo) -> int:
    """Queue what a day brings for the software of a group's agencies, each stage once; returns how many events."""
    listening = hooks.listening(group.id) if group.ending is None else {}
    if not listening:
        return 0
    today, rule = clock.today(group), rule_of(group)
    until = clock.at_start_of(today + timedelta(days=max(rule.of_findings.days_before, default=0) + 1))
    owed = [one for one in work.owed_before(group.id, until) if one.origin is Origin.FINDING and one.lead in listening]
    due = reminders.due_reminders(owed, today, rule, adoption.calendar(today).working_days_between)
    told = [(one.task, REMINDED[one.kind], one.stage) for one in due if one.kind in REMINDED]
    return sum(_reminded(group, task, kind, stage) for task, kind, stage in told)


def _reminded(group: GroupInfo, task: TaskInfo, kind: str, stage: int) -> int:
    order = corrections.order_of_task(task.id)
    if order is None:
        return 0
    key = f"{kind}:{order.ref}:{task.due:%Y%m%d}:{stage}"
    return hooks.queue(group.id, order.agency, [_of(kind, order, key=key, at=clock.now(group))])


def carry(group: GroupInfo) -> Carried:
    """Carry what waits for the software of a group's agencies; for the worker, outside transactions."""
    return posting.carry(group.id)
