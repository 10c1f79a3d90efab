"""Reports that fall due: whoever owes one is told three days before its bound, and once more when it is late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Obligation
from dean06.clock import service as clock
from dean06.flows import duties, reporting
from dean06.flows.desk import overseers
from dean06.flows.due.reminding import Message
from dean06.flows.telling import Address, Said, To
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo

REPORT, SUBMIT = "report.", "report.submit"
SOON = timedelta(days=3)
# How long a report that did not come is worth telling of.
LATE_FOR = timedelta(days=7)
WHOLE, OWED, MISSED = "group", "pending", "missed"

__all__ = ["messages"]


def messages(group: GroupInfo) -> list[Message]:
    """Return what stands to be said today of the reports of a group that fall due soon, or have not come."""
    now = clock.now(group)
    months = sorted({f"{now:%Y-%m}", f"{(now - LATE_FOR).astimezone(clock.TZ):%Y-%m}"})
    held = offices.holders(group.id, clock.today(group))
    found: list[Message] = []
    for month in months:
        for one in duties.obligations(group, month, tasks=False):
            if one.action.startswith(REPORT) and one.due_before and one.citations:
                said = _standing(one, one.due_before, now)
                if said is not None:
                    found.append(_message(group, month, one, held, said))
    return found


def _standing(one: Obligation, due: datetime, now: datetime) -> str | None:
    """Return the kind of notice that stands for an obligation: near its bound, past it, or none."""
    if one.status == OWED and now < due <= now + SOON:
        return "report_due"
    if one.status == MISSED and due <= now < due + LATE_FOR:
        return "report_late"
    return None


def _message(group: GroupInfo, month: str, one: Obligation, held: tuple[Capacity, ...], kind: str) -> Message:
    bound = (one.due_before or clock.now(group)).astimezone(clock.TZ)
    action = charters.vocabulary().actions[one.action].name
    if kind == "report_due":
        said = Said(
            vi=f"{action.vi}: gửi trước {bound:%H} giờ ngày {bound:%d/%m/%Y}.",
            en=f"{action.en}: due before {bound:%H:%M} on {bound:%d/%m/%Y}.",
        )
    else:
        said = Said(
            vi=f"{action.vi}: đã quá hạn trước {bound:%H} giờ ngày {bound:%d/%m/%Y}, chưa có.",
            en=f"{action.en}: it was due before {bound:%H:%M} on {bound:%d/%m/%Y} and has not come.",
        )
    mark = "due" if kind == "report_due" else "late"
    return Message(
        to=To(seats=tuple(seat.seat_id for seat in held if _owes(group, one, seat))),
        kind=kind,
        said=said,
        clause=one.citations[0],
        address=_address(month, one),
        key=f"{mark}:{one.norm}:{one.bearer}:{one.period}"[:120],
    )


def _address(month: str, one: Obligation) -> Address:
    """Return the page of a report: the group's own, an agency's own, or the board of duties."""
    if one.action in reporting.DUTIES:
        return Address(route="reports-one", args=(month,))
    agency = one.bearer.rpartition(":")[2]
    if one.action == SUBMIT and agency != one.bearer and _is_month(one.period):
        return Address(route="agency-reports-one", args=(one.period, agency))
    return Address(route="compliance")


def _is_month(period: str) -> bool:
    try:
        date.fromisoformat(f"{period}-01")
    except ValueError:
        return False
    return True


def _owes(group: GroupInfo, one: Obligation, seat: Capacity) -> bool:
    """Say whether a seat owes a report; one of the whole group is owed by those who answer for all of it."""
    if one.bearer == WHOLE:
        return seat.role in overseers(adoption.charter_of(group.charter_line, clock.today(group)))
    return duties.bears(one, (seat,))
