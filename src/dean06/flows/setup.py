"""Setting up: the first accounts, a group under its charter, its seats, and the entering of number and date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Charter, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, bind, permit
from dean06.identity import service as identity
from dean06.identity.service import AccountInfo, second_factor
from dean06.meetings.service import rules
from dean06.offices import service as offices
from dean06.offices.service import appointments
from dean06.offices.types import BY_NOMINATION, BY_POST, Capacity, GroupInfo, Instrument, NewGroup, NewSeat

FIRST_OFFICES = ("operator", "account_admin")

__all__ = [
    "Member",
    "confirm_instrument",
    "found_group",
    "found_installation",
    "open_account",
    "place_of",
    "remove_second_factor",
    "remove_swap",
    "seat",
    "set_local_rule",
    "swap_day",
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
    instrument: Instrument | None = None
    mark: str = ""


def found_installation(username: str, password: str | None, full_name: str, *, is_demo: bool = False) -> AccountInfo:
    """Make the first account of an empty installation, its operator and administrator of accounts."""
    with transaction.atomic():
        first = identity.bootstrap(username, password, full_name, is_demo=is_demo)
        offices.found_technical_seats(first.public_id, FIRST_OFFICES, clock.today())
    return first


def open_account(by: str, username: str, password: str | None, full_name: str, *, is_demo: bool = False) -> AccountInfo:
    """Make an account; it can sign in and may do nothing until it sits somewhere."""
    public_id = identity.new_id()
    obj = ObjectRef(kind="account", id=public_id, digest=identity.content_digest(username, full_name))
    by_ = permit(Act(account=by, action="account.create", obj=obj))
    return identity.create(by_, public_id, username, password, full_name, is_demo=is_demo)


def remove_second_factor(by: str, account: str, reason: str) -> None:
    """Remove the second factor of somebody who lost it: until they set up another, their account cannot sign."""
    obj = ObjectRef(kind="account", id=account, digest=second_factor.removal_digest(account))
    second_factor.remove_for(permit(Act(account=by, action="second_factor.remove", obj=obj, reason=reason)), account)


def found_group(by: str, new: NewGroup, package: str) -> GroupInfo:
    """Install a charter package and set up a group under it, with the agencies the charter declares."""
    charter = charters.load(package)
    if charter.line != new.charter_line:
        raise BadInput(
            f"Gói «{package}» là quy chế «{charter.line}», không phải «{new.charter_line}».",
            f"The package {package!r} is the charter {charter.line!r}, not {new.charter_line!r}.",
        )
    if charter.is_unsigned and any(one.charter_line == charter.line for one in offices.all_groups()):
        raise BadInput(
            f"Văn bản «{charter.line}» chưa có số, ngày và đã thuộc một tổ khác: sao gói thành tên riêng của tổ này rồi"
            " nạp, vì số và ngày do hai người của chính tổ xác nhận.",
            f"The text {charter.line!r} has no number and date and belongs to another group: copy the package under a"
            " name of this group's own, whose two people confirm its number and date.",
        )
    install = Act(account=by, action="charter.install", obj=bind("charter", charter.line, hash=charter.hash))
    adoption.install(permit(install), package, is_demo=new.is_demo)
    obj = ObjectRef(kind="group", id=new.slug, digest=new.digest())
    create = Act(account=by, action="group.create", obj=obj)
    agencies = [(agency.code, agency.name, agency.short) for agency in charter.agencies.values()]
    return offices.create_group(permit(create), new, agencies)


def seat(by: str, group: GroupInfo, member: Member) -> Capacity:
    """Record a person in a seat of a group; titles come from the charter."""
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    _require_declared(charter, member)
    new = place_of(charter, member)
    digest = appointments.appointment_digest(member.holder, member.account, member.since, member.instrument)
    obj = ObjectRef(kind="seat", id=new.ref(group.slug), digest=digest)
    act = Act(account=by, group=group, action="seat.appoint", obj=obj, facts={"appointment.has_instrument": True})
    return offices.appoint(
        permit(act),
        group.id,
        new,
        holder=member.holder,
        account=member.account,
        since=member.since,
        instrument=member.instrument,
    )


def place_of(charter: Charter, member: Member) -> NewSeat:
    """Return the seat of a person as the charter names it: its title, and whether it goes with a post."""
    known = charter.roles.get(member.role)
    ex_officio = known.ex_officio if known else charters.vocabulary().role_kinds[member.role] == "post"
    return NewSeat(
        role=member.role,
        agency=member.agency,
        title=known.title if known else charters.role_name(charter, member.role),
        post=member.post or (known.post if known else ""),
        order=list(charters.vocabulary().roles).index(member.role),
        kind=BY_POST if ex_officio else BY_NOMINATION,
        mark=member.mark,
    )


def _require_declared(charter: Charter, member: Member) -> None:
    """Refuse a role or an agency that nobody has declared."""
    if member.role not in charters.vocabulary().roles:
        raise BadInput(
            f"Không có vai «{member.role}»: chọn một vai của quy chế ({', '.join(charter.roles)}).",
            f"There is no role {member.role!r}: choose one of the charter ({', '.join(charter.roles)}).",
        )
    if member.agency is not None and member.agency not in charter.agencies:
        raise BadInput(
            f"Quy chế không có cơ quan «{member.agency}»: chọn một trong {', '.join(charter.agencies)}.",
            f"The charter has no agency {member.agency!r}: choose one of {', '.join(charter.agencies)}.",
        )


def confirm_instrument(by: str, group: GroupInfo, instrument: str, adopted_on: date) -> int:
    """Enter or confirm the number and date of a text that came without them; two different people must."""
    text = adoption.charter_of(group.charter_line, clock.today(group))
    obj = bind("charter", group.charter_line, hash=text.hash, number=instrument, on=adopted_on)
    act = Act(account=by, group=group, action="charter.confirm_instrument", obj=obj)
    return adoption.confirm_instrument(permit(act), group.charter_line, instrument, adopted_on)


def set_local_rule(by: str, group: GroupInfo, gap: str, value: dict[str, object]) -> adoption.Rule:
    """Set a group's answer to a gap of its charter."""
    _require_rule(gap, value)
    obj = ObjectRef(kind="local_rule", id=f"{group.slug}:{gap}", digest=adoption.rule_digest(gap, value))
    act = Act(account=by, group=group, action="local_rule.set", obj=obj)
    return adoption.set_local_rule(permit(act), group.id, gap, value)


def _require_rule(gap: str, value: Mapping[str, object]) -> None:
    """Refuse a rule on a gap nobody knows, or a value that the house could not act on later."""
    fits = RULES.get(gap)
    if gap not in charters.vocabulary().gaps or (fits is not None and not fits(value)):
        raise BadInput(
            f"Quy ước cho điểm còn trống {gap} không dùng được: xem lại mã và giá trị.",
            f"The local rule on the gap {gap} cannot be used: check its code and value.",
        )


def _is_span(value: Mapping[str, object]) -> bool:
    """Say whether a span starts on a day that every month has."""
    day = value.get("from_day")
    return isinstance(day, int) and 1 <= day <= LAST_DAY_OF_EVERY_MONTH


def _is_deadlines(value: Mapping[str, object]) -> bool:
    """Say whether each severity has a number of working days."""
    return all(
        key in SEVERITIES and isinstance(days, int) and 0 < days <= MOST_WORKING_DAYS for key, days in value.items()
    )


def _is_reminding(value: Mapping[str, object]) -> bool:
    """Say whether a rule on reminders gives days that the house can count."""
    before = value.get("days_before", [])
    listed = before if isinstance(before, list) else [None]
    counts = [*listed, *(value[name] for name in ("overdue_every", "escalate_after") if name in value)]
    return len(listed) <= MOST_REMINDERS and all(
        isinstance(days, int) and 1 <= days <= MOST_REMINDED_DAYS for days in counts
    )


MOST_REMINDERS, MOST_REMINDED_DAYS = 10, 60


def _is_manager(value: Mapping[str, object]) -> bool:
    """Say whether a rule names the agency that manages the funds."""
    return isinstance(value.get("manager"), str) and bool(value["manager"])


def _is_readers(value: Mapping[str, object]) -> bool:
    """Say whether a rule names seats, as `role` or `role:AGENCY`; the leader is one of the readers in any case."""
    named = value.get("readers")
    known = charters.vocabulary().roles
    return isinstance(named, list) and all(str(one).partition(":")[0] in known for one in named)


LONGEST_DELEGATION = 366  # days
LAST_DAY_OF_EVERY_MONTH = 28
MOST_WORKING_DAYS = 250
SEVERITIES = frozenset({"1", "2", "3"})


def _is_length(value: Mapping[str, object]) -> bool:
    """Say whether a rule on delegations gives a number of days that one may last; words alone bind nothing."""
    days = value.get("days")
    return days is None or (isinstance(days, int) and 1 <= days <= LONGEST_DELEGATION)


RULES: Mapping[str, Callable[[Mapping[str, object]], bool]] = {
    "G-10": _is_length,
    "G-12": _is_span,
    "G-20": _is_deadlines,
    **{gap: partial(rules.fits, gap) for gap in rules.gaps()},
    "G-21": _is_reminding,
    "G-07": _is_manager,
    "G-18": _is_readers,
}


def swap_day(by: str, group: GroupInfo, day: date, source: str, *, worked: bool) -> None:
    """Enter a day that is off, or worked instead, by the paper that ordered it; it holds for the whole installation."""
    obj = ObjectRef(kind="calendar", id=day.isoformat(), digest=adoption.swap_digest(day, source, worked=worked))
    adoption.swap_day(
        permit(Act(account=by, group=group, action="calendar.swap_day", obj=obj)), day, source, worked=worked
    )


def remove_swap(by: str, group: GroupInfo, day: date, reason: str) -> None:
    """Take a swapped day back, for a reason; it holds for the whole installation."""
    obj = ObjectRef(kind="calendar", id=day.isoformat(), digest=adoption.removal_digest(day, reason))
    act = Act(account=by, group=group, action="calendar.swap_day", obj=obj, reason=reason)
    adoption.remove_swap(permit(act), day, reason)
