"""Reports that fall due soon: whoever owes one is told three days before its bound, once, under its clause."""

from __future__ import annotations

from datetime import timedelta

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Obligation
from dean06.clock import service as clock
from dean06.flows import duties, reporting, telling
from dean06.flows.desk import overseers
from dean06.flows.telling import Address, Said, To
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo

REPORT = "report."
SOON = timedelta(days=3)
WHOLE = "group"

__all__ = ["remind"]


def remind(group: GroupInfo) -> int:
    """Tell of the reports of a group that fall due within three days of its now; returns how many people are told."""
    now = clock.now(group)
    if group.ending is not None:
        return 0
    month, held = f"{now:%Y-%m}", offices.holders(group.id, now.date())
    near = [
        one
        for one in duties.obligations(group, month, tasks=False)
        if one.action.startswith(REPORT) and one.status == "pending" and one.due_before and one.citations
    ]
    return sum(_tell(group, month, one, held) for one in near if one.due_before and now < one.due_before <= now + SOON)


def _tell(group: GroupInfo, month: str, one: Obligation, held: tuple[Capacity, ...]) -> int:
    bound = one.due_before.astimezone(clock.TZ) if one.due_before else clock.now(group)
    action = charters.vocabulary().actions[one.action].name
    own = one.action in reporting.DUTIES
    return telling.tell(
        group,
        To(seats=tuple(seat.seat_id for seat in held if _owes(group, one, seat))),
        "report_due",
        Said(
            vi=f"{action.vi}: gửi trước {bound:%H} giờ ngày {bound:%d/%m/%Y}.",
            en=f"{action.en}: due before {bound:%H:%M} on {bound:%d/%m/%Y}.",
        ),
        clause=one.citations[0],
        address=Address(route="reports-one", args=(month,)) if own else Address(route="compliance"),
        key=f"due:{one.norm}:{one.bearer}:{one.period}"[:120],
    )


def _owes(group: GroupInfo, one: Obligation, seat: Capacity) -> bool:
    """Say whether a seat owes a report; one of the whole group is owed by those who answer for all of it."""
    if one.bearer == WHOLE:
        return seat.role in overseers(adoption.charter_of(group.charter_line, clock.today(group)))
    return duties.bears(one, (seat,))
