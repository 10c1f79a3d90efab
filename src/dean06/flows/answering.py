"""An agency answers on the rows of its correction orders; nothing is closed by it.

A page, a file that came back and the service all come through here. How many rows are said to be corrected is told to
the order's task too, so that the month's report sets it beside what the next list proves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.corrections import service as corrections
from dean06.corrections.types import (
    OPEN_STATES,
    BadDisposition,
    DispositionInfo,
    DispositionKind,
    DispositionOutcome,
    NewDisposition,
    OrderInfo,
    Status,
    answers_digest,
)
from dean06.flows.authority import Act, Answer, ask, bind, permit
from dean06.flows.desk import overseers
from dean06.offices.types import GroupInfo, Viewer
from dean06.work.service import tasks as work
from dean06.work.types import Status as TaskStatus

DISPOSE = "finding.dispose"

__all__ = ["DISPOSE", "Answered", "answer", "may_answer", "order_seen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of answers on one order: those that stand now, and those that could not be kept, by their place."""

    order: OrderInfo
    kept: tuple[DispositionInfo, ...]
    bad: tuple[BadDisposition, ...] = ()


def order_seen(viewer: Viewer, group: GroupInfo, order_id: int) -> OrderInfo:
    """Return an order of a group that the reader may see; any other is not there."""
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    found = corrections.order(viewer, order_id, see_all=overseers(charter))
    return found if found.group_id == group.id else corrections.order(viewer, 0)


def _act(viewer: Viewer, group: GroupInfo, order: OrderInfo, obj: ObjectRef) -> Act:
    return Act(account=viewer.account, group=group, agency=order.agency, action=DISPOSE, obj=obj)


def may_answer(viewer: Viewer, group: GroupInfo, order: OrderInfo) -> Answer:
    """Say whether somebody may answer on an order, before they fill anything in."""
    return ask(_act(viewer, group, order, bind("order", order.ref, ask=DISPOSE)))


def answer(
    viewer: Viewer,
    group: GroupInfo,
    order_id: int,
    said: Sequence[NewDisposition],
    *,
    way: str,
    part: bool = False,
    give: Callable[[ObjectRef], Permit] | None = None,
) -> Answered:
    """Keep an agency's answers on one order.

    With `part` those that can be kept are, and the others are told; without it one bad answer refuses them all
    (`DispositionRefused`, whose `code` says why). `give` gives the permits of what holds no seat; without it they are
    asked for the reader's.
    """
    order = order_seen(viewer, group, order_id)
    give = give or (lambda obj: permit(_act(viewer, group, order, obj)))
    bad = corrections.check_answers(order_id, said) if part else []
    wrong = {one.place for one in bad}
    good = [_plain(one) for place, one in enumerate(said) if place not in wrong]
    if not good:
        return Answered(order=order, kept=(), bad=tuple(bad))
    obj = ObjectRef(kind="order", id=order.ref, digest=answers_digest(order.ref, good))
    with transaction.atomic():
        by = give(obj)
        kept = corrections.dispose(by, order_id, good, way=way)
        if any(one.kind is DispositionKind.FIXED and one.at == by.at for one in kept):  # a word said anew, or again
            _tell_task(order, give)
    return Answered(order=order, kept=kept, bad=tuple(bad))


def _plain(one: NewDisposition) -> NewDisposition:
    return replace(one, reference=" ".join(one.reference.split()))


def _tell_task(order: OrderInfo, give: Callable[[ObjectRef], Permit]) -> None:
    """Tell the order's task how many of its rows are said to be corrected so far, those that are proved included."""
    if order.task_id is None:
        return
    task = work.task_for_flow(order.task_id)
    findings = {one.id: one.status for one in corrections.findings_of_order(order.id)}
    proved = sum(status == Status.PROVED for status in findings.values())
    waiting = {
        one.finding_id
        for one in corrections.answers_of(order.id)
        if one.kind == DispositionKind.FIXED
        and one.outcome == DispositionOutcome.WAITING
        and findings[one.finding_id] in OPEN_STATES
    }
    count = min(proved + len(waiting), task.total)
    if not count or task.status not in {TaskStatus.OPEN, TaskStatus.REOPENED}:
        return
    obj = bind("task", task.ref, claimed=count, run=task.closed_by, done=task.done)
    work.claim(give(obj), order.task_id, count)
