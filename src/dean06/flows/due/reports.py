"""Reports that fall due: whoever owes one is told three days before its bound, and once more when it is late.

Whoever collects the agencies' reports is told, once, which have not come by their bound.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Obligation
from dean06.clock import service as clock
from dean06.flows import duties, reporting
from dean06.flows.bearers import seats_with
from dean06.flows.desk import overseers
from dean06.flows.due.reminding import Message
from dean06.flows.telling import Address, Said, To
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo

REPORT, SUBMIT, RECEIVE = "report.", "report.submit", "report.receive"
SOON = timedelta(days=3)
# How long a report that did not come is worth telling of.
LATE_FOR = timedelta(days=7)
MOST_NAMED = 5
WHOLE, OWED, MISSED = "group", "pending", "missed"

__all__ = ["messages"]


def messages(group: GroupInfo) -> list[Message]:
    """Return what stands to be said today of the reports of a group that fall due soon, or have not come."""
    now = clock.now(group)
    months = sorted({f"{now:%Y-%m}", f"{(now - LATE_FOR).astimezone(clock.TZ):%Y-%m}"})
    held = offices.holders(group.id, clock.today(group))
    found: list[Message] = []
    absent: dict[tuple[str, datetime], list[Obligation]] = {}
    for month in months:
        for one in duties.obligations(group, month, tasks=False):
            if one.action.startswith(REPORT) and one.due_before and one.citations:
                said = _standing(one, one.due_before, now)
                if said is not None:
                    found.append(_message(group, month, one, held, said))
                if said == "report_late" and _agency_of(one):
                    absent.setdefault((one.period, one.due_before), []).append(one)
    return found + [_collectors_message(group, period, late) for (period, _), late in absent.items()]


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


def _collectors_message(group: GroupInfo, period: str, late: list[Obligation]) -> Message:
    """Say to whoever takes the agencies' reports in which of them are past their bound."""
    names = [offices.agency_name(group.id, _agency_of(one)) for one in late]
    read, more = clock.as_read(period), len(names) - MOST_NAMED
    listed = ", ".join(names[:MOST_NAMED])
    return Message(
        to=To(seats=seats_with(group, RECEIVE)),
        kind="reports_absent",
        said=Said(
            vi=f"Đã quá hạn báo cáo tháng {read}, chưa có của {len(names)} cơ quan: {listed}"
            + (f" và {more} cơ quan nữa." if more > 0 else "."),
            en=f"Reports of {read} have not come by their bound from {len(names)} agencies: {listed}"
            + (f" and {more} more." if more > 0 else "."),
        ),
        clause=late[0].citations[0],
        address=Address(route="agency-reports"),
        key=f"absent:{late[0].norm}:{period}"[:120],
    )


def _agency_of(one: Obligation) -> str:
    """Return the agency that owes its own report of a month; empty for any other duty."""
    agency = one.bearer.rpartition(":")[2]
    return agency if one.action == SUBMIT and agency != one.bearer and _is_month(one.period) else ""


def _address(month: str, one: Obligation) -> Address:
    """Return the page of a report: the group's own, an agency's own, or the board of duties."""
    if one.action in reporting.DUTIES:
        return Address(route="reports-one", args=(month,))
    if agency := _agency_of(one):
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
