"""An order's last day stands still while nothing in it can be mended: its rule rests or is doubted, or the register is.

Each working day on which every row that is left waits for such an answer moves the last day by one working day. It is
worked out from days alone, so a server that was down misses none. What is overdue already stays overdue, and who says
again what was refused before stops no clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.service.working_days import Calendar
from dean06.corrections import service as corrections
from dean06.corrections.types import Left, OrderInfo, Pause
from dean06.flows.authority import system_permit
from dean06.offices.types import GroupInfo
from dean06.reconcile.service import findings
from dean06.sources import service as sources
from dean06.sources.types import DisputeInfo
from dean06.work.service import tasks as work

ACTION, FACT = "order.pause", "finding.rests"
NEAR = 3  # working days before its last day from which a pause that still goes on is written down day by day
Doubted = Mapping[tuple[str, str, str], tuple[Pause, ...]]

__all__ = ["Standstill", "keep", "standstill", "standstills"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """How the pauses of an order stand: days so far, the last day with them, and on what ground it pauses today."""

    order: OrderInfo
    days: int
    due: date
    grounds: tuple[str, ...]

    @property
    def now(self) -> bool:
        """Say whether the clock stands still today."""
        return bool(self.grounds)


def standstills(group: GroupInfo, orders: Iterable[OrderInfo] | None = None) -> dict[int, Standstill]:
    """Return the orders of a group that pause or have paused, by their id; of these orders where some are given."""
    told = sources.disputes_for_work(group.id)
    listed = corrections.orders_with_rest(group.id, {one.source for one in told})
    if orders is not None:
        wanted = {one.id for one in orders}
        listed = [one for one in listed if one.id in wanted]
    if not listed:
        return {}
    left, doubted = corrections.left_in([one.id for one in listed]), _doubted(told)
    today = clock.today(group)
    calendar = adoption.calendar(today)
    found = (standstill(one, left.get(one.id, ()), doubted, calendar, today) for one in listed)
    return {one.order.id: one for one in found if one.days or one.now}


def _doubted(told: Sequence[DisputeInfo]) -> dict[tuple[str, str, str], tuple[Pause, ...]]:
    """Return when each rule, as findings name it, was doubted or rested, with the label of the doubt."""
    found: dict[tuple[str, str, str], list[Pause]] = defaultdict(list)
    refused: set[tuple[str, str, str]] = set()
    for one in sorted(told, key=lambda each: each.number):
        ground = f"luật bị báo sai ({one.label})"
        made = one.made_at.astimezone(clock.TZ).date()
        decided = next((act.at.astimezone(clock.TZ).date() for act in one.acts if act.act != "made"), None)
        key = (one.source, one.rule, one.field)
        pauses = [] if key in refused else [Pause(since=made, until=decided, ground=ground)]
        if one.since is not None and one.until is not None:
            last = min(one.until, one.ended_on or one.until)
            pauses.append(Pause(since=one.since, until=last, ground=f"luật tạm dừng ({one.label})"))
        if one.state == "refused":
            refused.add(key)
        for rule, field in findings.as_found([(one.rule, one.field)]):
            found[one.source, rule, field] += pauses
    return {key: tuple(pauses) for key, pauses in found.items()}


def standstill(
    order: OrderInfo,
    left: Sequence[Left],
    doubted: Doubted,
    calendar: Calendar,
    today: date,
) -> Standstill:
    """Work out how the last day of one order stands on a day: pure, from what was left in it and when that rested."""
    due, days = order.first_due or order.due, 0
    day = order.opened_at.astimezone(clock.TZ).date()
    while day < today and day < due:
        day += timedelta(days=1)
        if calendar.is_working_day(day) and _grounds(order, left, doubted, day):
            due, days = calendar.add_working_days(due, 1), days + 1
    grounds = _grounds(order, left, doubted, today) if today <= due else ()
    return Standstill(order=order, days=days, due=due, grounds=grounds)


def _grounds(order: OrderInfo, left: Sequence[Left], doubted: Doubted, day: date) -> tuple[str, ...]:
    """Return on what grounds nothing in an order can be mended on a day; none where something can."""
    owed = [one for one in left if one.owed_on(day)]
    told: dict[str, None] = {}
    for one in owed:
        pauses = (*doubted.get((order.source, one.rule, one.field), ()), *one.asked)
        covering = [pause.ground for pause in pauses if pause.covers(day)]
        if not covering:
            return ()
        told[covering[-1]] = None
    return tuple(told)


def keep(group: GroupInfo) -> int:
    """Bring the last days of a group's orders to what their pauses have moved them; returns how many moved.

    A pause that goes on is written down once it is over, or day by day where the last day is near.
    """
    if group.ending is not None:
        return 0
    today = clock.today(group)
    calendar, moved = adoption.calendar(today), 0
    for one in standstills(group).values():
        near = calendar.working_days_between(today, one.order.due) <= NEAR
        if one.days > one.order.paused and (near or not one.now):
            _move(group, one, calendar)
            moved += 1
    return moved


def _move(group: GroupInfo, one: Standstill, calendar: Calendar) -> None:
    """Write the new last day into the order, and give its task as many working days more."""
    order, more = one.order, one.days - one.order.paused
    why = ", ".join(one.grounds) or "các dòng chờ kết luận đã có trả lời"
    ground = f"Hạn tạm dừng {one.days} ngày làm việc: {why}"
    obj = ObjectRef(kind="order", id=order.ref, digest=corrections.pause_digest(order.ref, one.due, one.days, ground))
    with transaction.atomic():
        corrections.pause(_by(group, order, obj), order.id, one.due, one.days, ground)
        task = work.task_for_flow(order.task_id) if order.task_id is not None else None
        if task is not None and task.is_open:
            due = calendar.add_working_days(task.due, more)
            digest = work.extension_digest(task.ref, due, ground, "granted")
            work.extend(_by(group, order, ObjectRef(kind="task", id=task.ref, digest=digest)), task.id, due, ground)


def _by(group: GroupInfo, order: OrderInfo, obj: ObjectRef) -> Permit:
    return system_permit(group, ACTION, obj, standing=order.permit, facts={FACT: True})
