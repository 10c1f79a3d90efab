"""How duties stand once it is said what no room can record yet, and which replies were accepted for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from dean06.charter import service as charters
from dean06.charter.types import Obligation
from dean06.clock import service as clock
from dean06.flows.records import STATED
from dean06.offices.types import GroupInfo
from dean06.reports.service import replies
from dean06.reports.service.replies import ReplyInfo

WANTING = ("late", "missed", "unrecorded")
UNRECORDED = "unrecorded"

__all__ = ["UNRECORDED", "WANTING", "is_recordable", "may_be_shown_done", "standing", "unrecorded"]

Key = tuple[str, str, str]


def is_recordable(one: Obligation) -> bool:
    """Say whether some room keeps the records that would answer a duty."""
    wanted = charters.answered_by(one.action)
    return not wanted or bool(wanted & STATED)


def unrecorded(one: Obligation) -> Obligation:
    """Return a duty that is over and that no room can record yet as such; every other as it was judged."""
    return one if one.status != "missed" or is_recordable(one) else replace(one, status=UNRECORDED)


def may_be_shown_done(one: Obligation) -> bool:
    """Say whether a paper may show that a duty was done; what an event brings is recorded where the event is."""
    open_yet = one.status == "pending" and not is_recordable(one)
    return (open_yet or one.status in WANTING) and bool(charters.answered_by(one.action))


def standing(
    group: GroupInfo, found: Mapping[str, Iterable[Obligation]], at: datetime | None
) -> dict[str, list[Obligation]]:
    """Return duties by month as they stand: replies accepted until an instant (now if none) change what they say."""
    accepted: dict[Key, ReplyInfo] = {}
    for reply in replies.accepted_replies(group.id, at or clock.now(group)):
        accepted[reply.duty.norm, reply.duty.bearer, reply.duty.period] = reply
    return {
        month: [_stands(one, accepted.get((one.norm, one.bearer, one.period))) for one in listed]
        for month, listed in found.items()
    }


def _stands(judged: Obligation, reply: ReplyInfo | None) -> Obligation:
    """Return a duty as its accepted reply says: done on the day of a paper, or excused; else as it was judged."""
    one = unrecorded(judged)
    if reply is None or (one.status not in WANTING and one.status != "pending"):
        return one
    status, papers = "excused", one.satisfied_by
    if reply.done_on is not None:
        in_time = one.due_before is None or clock.at_start_of(reply.done_on) < one.due_before
        status, papers = "met" if in_time else "late", (reply.paper,)
    return replace(one, status=status, satisfied_by=papers, reply=reply.ref, judged=one.status)
