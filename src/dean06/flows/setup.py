"""Setting up: the first accounts, a group under its charter, its seats, and the entering of number and date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.clock import service as clock
from dean06.flows.authority import Act, bind, permit
from dean06.identity import service as identity
from dean06.identity.service import AccountInfo
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo, NewGroup, NewSeat

FIRST_OFFICES = ("operator", "account_admin")

__all__ = [
    "Member",
    "confirm_instrument",
    "found_group",
    "found_installation",
    "open_account",
    "record_absence",
    "seat",
    "set_local_rule",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person put in a seat: the role and agency of the charter, and how the paper names them."""

    role: str
    agency: str | None
    holder: str
    since: date
    account: str | None = None
    post: str = ""


def found_installation(username: str, password: str | None, full_name: str, *, is_demo: bool = False) -> AccountInfo:
    """Make the first account of an empty installation, its operator and administrator of accounts."""
    first = identity.bootstrap(username, password, full_name, is_demo=is_demo)
    offices.found_technical_seats(first.public_id, FIRST_OFFICES, clock.today())
    return first


def open_account(by: str, username: str, password: str | None, full_name: str, *, is_demo: bool = False) -> AccountInfo:
    """Make an account; it can sign in and may do nothing until it sits somewhere."""
    act = Act(account=by, action="account.create", obj=bind("account", username, name=full_name))
    return identity.create(permit(act), username, password, full_name, is_demo=is_demo)


def found_group(by: str, new: NewGroup, package: str) -> GroupInfo:
    """Install a charter package and set up a group under it, with the agencies the charter declares."""
    install = Act(account=by, action="charter.install", obj=bind("charter", new.charter_line, package=package))
    adoption.install(permit(install), package, is_demo=new.is_demo)
    charter = adoption.charter_of(new.charter_line)
    create = Act(account=by, action="group.create", obj=bind("group", new.slug, charter=charter.hash))
    agencies = [(agency.code, agency.name, agency.short) for agency in charter.agencies.values()]
    return offices.create_group(permit(create), new, agencies)


def seat(by: str, group: GroupInfo, member: Member) -> Capacity:
    """Record a person in a seat of a group; titles come from the charter."""
    charter = adoption.charter_of(group.charter_line)
    known = charter.roles.get(member.role)
    new = NewSeat(
        role=member.role,
        agency=member.agency,
        title=known.title if known else charters.role_name(charter, member.role),
        post=member.post or (known.post if known else ""),
        order=list(charters.vocabulary().roles).index(member.role),
    )
    obj = bind("seat", f"{group.slug}:{member.role}:{member.agency or '-'}", holder=member.holder, since=member.since)
    act = Act(account=by, group=group, action="seat.appoint", obj=obj, facts={"appointment.has_instrument": True})
    return offices.appoint(permit(act), group.id, new, holder=member.holder, account=member.account, since=member.since)


def confirm_instrument(by: str, group: GroupInfo, instrument: str, adopted_on: date) -> int:
    """Enter or confirm the number and date of a text that came without them; two different people must."""
    obj = bind("charter", group.charter_line, number=instrument, on=adopted_on, by=by)
    act = Act(account=by, group=group, action="charter.confirm_instrument", obj=obj)
    return adoption.confirm_instrument(permit(act), group.charter_line, instrument, adopted_on)


def set_local_rule(by: str, group: GroupInfo, gap: str, value: dict[str, object]) -> adoption.Rule:
    """Set a group's answer to a gap of its charter."""
    obj = bind("local_rule", f"{group.slug}:{gap}", value=value)
    act = Act(account=by, group=group, action="local_rule.set", obj=obj)
    return adoption.set_local_rule(permit(act), group.id, gap, value)


def record_absence(
    by: str, group: GroupInfo, absent: Capacity, span: tuple[datetime, datetime], *, reason: str | None = None
) -> int:
    """Record that the holder of a seat is away; where the charter is silent (gap G-09) a reason is needed."""
    since, until = span
    obj = bind("absence", f"{group.slug}:{absent.seat_id}:{since.isoformat()}", until=until)
    act = Act(account=by, group=group, action="absence.record", obj=obj, reason=reason)
    return offices.record_absence(permit(act), group.id, absent.seat_id, since, until)
