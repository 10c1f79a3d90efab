"""The face of the offices: it states who sits where on a day, and records changes; it decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.models import Absence, Agency, Appointment, Delegation, Group, InstallationSeat, Seat, Service
from dean06.offices.rows import info
from dean06.offices.succession import around, end_group, ending, predecessors, same_agencies, successors
from dean06.offices.types import Acting, Capacity, DelegationInfo, GroupInfo, NewGroup, NewSeat, Viewer

SLUG = re.compile(r"(?=.{1,30}$)[a-z0-9]+(?:-[a-z0-9]+)*")

__all__ = [
    "acting",
    "agencies",
    "agency_name",
    "appoint",
    "capacities",
    "children",
    "create_group",
    "delegate",
    "delegations",
    "end_group",
    "ending",
    "facts_about",
    "found_technical_seats",
    "group",
    "group_by_id",
    "groups",
    "groups_below",
    "groups_seen_by",
    "holders",
    "leader_absences",
    "move_day",
    "predecessors",
    "record_absence",
    "same_agencies",
    "seat_title",
    "successors",
    "technical_roles",
    "viewer",
]


def group(slug: str) -> GroupInfo:
    """Return a group by its slug."""
    row = Group.objects.filter(slug=slug).first()
    if row is None:
        raise BadInput(
            f"Không có tổ công tác «{slug}»: xem danh sách bằng «dean06 group list».",
            f"There is no group {slug!r}: list them with `dean06 group list`.",
        )
    return info(row)


def group_by_id(group_id: int) -> GroupInfo:
    """Return a group by its number."""
    return info(Group.objects.get(pk=group_id))


def groups() -> list[GroupInfo]:
    """Return every group of the installation, for its own work; screens use `groups_seen_by`."""
    return [info(row) for row in Group.objects.order_by("pk")]


def groups_seen_by(viewer: Viewer) -> list[GroupInfo]:
    """Return the groups in which the reader sits."""
    return [info(row) for row in Group.objects.filter(pk__in=viewer.groups).order_by("pk")]


def groups_below(group_id: int) -> list[GroupInfo]:
    """Return the groups right under a group that are at work, for the flows, which filter by their own viewer."""
    return [info(row) for row in Group.objects.filter(parent_id=group_id, ended_on=None).order_by("pk")]


def children(viewer: Viewer, group_id: int) -> list[GroupInfo]:
    """Return the groups under a group whose summaries the reader sees, by name."""
    rows = Group.objects.filter(parent_id=group_id, pk__in=viewer.children, ended_on=None)
    return [info(row) for row in rows.order_by("short_name", "pk")]


def agencies(group_id: int) -> dict[str, str]:
    """Return code and name of every agency that serves a group."""
    rows = Service.objects.filter(group_id=group_id).select_related("agency").order_by("pk")
    return {row.code: row.agency.name for row in rows}


def agency_name(group_id: int, code: str) -> str:
    """Return an agency's name, or its code where the group has not named it."""
    row = Service.objects.filter(group_id=group_id, code=code).select_related("agency").first()
    return row.agency.name if row else code


def _in_force(on: date) -> Q:
    return Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))


def _capacity(row: Appointment) -> Capacity:
    return Capacity(
        seat_id=row.seat_id,
        group_id=row.group_id,
        role=row.seat.role,
        agency=row.seat.agency_code or None,
        title=row.seat.title,
        post=row.seat.post,
        holder=row.holder,
        account=str(row.account) if row.account else None,
        since=row.since,
    )


def capacities(account: str, group_id: int, on: date) -> tuple[Capacity, ...]:
    """Return the seats an account holds in a group on a day, in the charter's order."""
    rows = Appointment.objects.filter(_in_force(on), account=account, group_id=group_id).select_related("seat")
    return tuple(_capacity(row) for row in rows.order_by("seat__order", "pk"))


def holders(group_id: int, on: date, *, role: str | None = None, agency: str | None = None) -> tuple[Capacity, ...]:
    """Return who holds the seats of a group on a day, by role and agency where given."""
    rows = Appointment.objects.filter(_in_force(on), group_id=group_id).select_related("seat")
    if role:
        rows = rows.filter(seat__role=role)
    if agency:
        rows = rows.filter(seat__agency_code=agency)
    return tuple(_capacity(row) for row in rows.order_by("seat__order", "pk"))


def seat_title(seat_id: int) -> tuple[str, str]:
    """Return (title in the group, post in the agency) of a seat, as a signature block prints them."""
    seat = Seat.objects.get(pk=seat_id)
    return seat.title, seat.post


def technical_roles(account: str, on: date) -> tuple[str, ...]:
    """Return the technical offices an account holds on a day; they carry no power of a group's charter."""
    rows = InstallationSeat.objects.filter(_in_force(on), account=account)
    return tuple(rows.order_by("pk").values_list("role", flat=True))


def found_technical_seats(account: str, roles: Iterable[str], since: date) -> None:
    """Give the first account of an empty installation its technical offices; refused once any is held."""
    if InstallationSeat.objects.exists():
        raise BadInput(
            "Hệ thống đã có người vận hành: người ấy giao thêm vai kỹ thuật.",
            "The installation has its operator: they give further technical offices.",
        )
    InstallationSeat.objects.bulk_create(InstallationSeat(account=account, role=role, since=since) for role in roles)


def viewer(account: str, on: date) -> Viewer:
    """Return what an account's seats let it see on a day.

    A demonstration group lives on a day of its own, so its seats are looked up on that day.
    """
    rows = Appointment.objects.filter(account=account).select_related("seat", "group").order_by("seat__order", "pk")
    held = [_capacity(row) for row in rows if _held_on(row, _day_of(row.group, on))]
    own = {seat.group_id for seat in held}
    below, before = around(own)
    reading = (
        replace(seat, group_id=group_id, reading=True)
        for heir, group_id in before
        for seat in held
        if seat.group_id == heir
    )
    return Viewer(account=account, capacities=(*held, *reading), children=below)


def _day_of(row: Group, on: date) -> date:
    """Return the day on which a group's seats are looked up: its own, and never after its last."""
    return min(row.own_day or on, row.ended_on or date.max)


def _held_on(row: Appointment, day: date) -> bool:
    return row.since <= day and (row.until is None or row.until >= day)


def acting(group_id: int, at: datetime) -> Acting:
    """Return whether the leader is away at an instant, and to which seats which acts are delegated then."""
    absent = Absence.objects.filter(group_id=group_id, seat__role="leader", since__lte=at, until__gt=at).exists()
    given = Delegation.objects.filter(group_id=group_id, from_seat__role="leader", since__lte=at, until__gt=at)
    scopes: dict[int, tuple[frozenset[str], ...]] = {}
    for row in given.filter(Q(revoked_at=None) | Q(revoked_at__gt=at)):
        scopes[row.to_seat_id] = (*scopes.get(row.to_seat_id, ()), frozenset(row.actions))
    return Acting(absent=absent, scopes=scopes)


def facts_about(group_id: int, at: datetime, seat_id: int, action: str) -> dict[str, bool]:
    """State the named facts about absence and delegation that bear on a seat's act."""
    return acting(group_id, at).facts(seat_id, action)


def leader_absences(group_id: int) -> list[tuple[datetime, datetime]]:
    """Return when the leader was away, as recorded."""
    rows = Absence.objects.filter(group_id=group_id, seat__role="leader").order_by("since", "pk")
    return list(rows.values_list("since", "until"))


def delegations(group_id: int) -> list[DelegationInfo]:
    """Return every delegation of a group, the earliest first."""
    rows = Delegation.objects.filter(group_id=group_id).select_related("from_seat", "to_seat").order_by("since", "pk")
    return [
        DelegationInfo(
            id=row.pk,
            from_role=row.from_seat.role,
            to_role=row.to_seat.role,
            ground=row.ground,
            since=row.since,
            until=row.until,
            revoked_at=row.revoked_at,
        )
        for row in rows
    ]


def create_group(by: Permit, new: NewGroup, agencies_: Iterable[tuple[str, str, str]]) -> GroupInfo:
    """Set up a group with its agencies, each as (code, name, short name); codes are those of its charter."""
    if not SLUG.fullmatch(new.slug):
        raise BadInput(
            f"Tên ngắn của tổ «{new.slug}» phải gồm chữ thường không dấu, số, gạch nối, tối đa 30 ký tự.",
            f"The group's short name {new.slug!r} takes small letters without marks, digits and hyphens, at most 30.",
        )
    if Group.objects.filter(slug=new.slug).exists():
        raise BadInput(f"Đã có tổ công tác «{new.slug}».", f"There is a group {new.slug!r} already.")
    with transaction.atomic():
        row = Group.objects.create(
            slug=new.slug,
            name=new.name,
            short_name=new.short_name,
            level=new.level,
            unit_code=new.unit_code,
            unit_on=new.unit_on,
            charter_line=new.charter_line,
            own_day=new.own_day,
            is_demo=new.is_demo,
            parent_id=new.parent_id,
            created_at=by.at,
        )
        row.predecessors.set(Group.objects.filter(slug__in=new.predecessors))
        for code, name, short_name in agencies_:
            agency, _ = Agency.objects.get_or_create(name=name, defaults={"short_name": short_name})
            Service.objects.create(group=row, agency=agency, code=code)
        digest = new.digest()
        ledger.append(by, scope=new.slug, kind="group", object_id=new.slug, digest=digest, bound=digest)
    return info(row)


def appoint(by: Permit, group_id: int, new: NewSeat, *, holder: str, account: str | None, since: date) -> Capacity:
    """Open a seat if it is new, and put a person in it from a day.

    The former holder's time ends the day before; where a later holder is on record already, this one's ends before his.
    """
    with transaction.atomic():
        row = Group.objects.get(pk=group_id)
        seat, _ = Seat.objects.get_or_create(
            group=row,
            role=new.role,
            agency_code=new.agency or "",
            defaults={"title": new.title, "post": new.post, "order": new.order},
        )
        Seat.objects.select_for_update().get(pk=seat.pk)
        day_before = since - timedelta(days=1)
        held = Appointment.objects.filter(seat=seat)
        held.filter(Q(until=None) | Q(until__gt=day_before), since__lte=since).update(until=day_before)
        later = held.filter(since__gt=since).order_by("since").first()
        appointment = Appointment.objects.create(
            group=row,
            seat=seat,
            account=account,
            holder=holder,
            since=since,
            until=later.since - timedelta(days=1) if later else None,
        )
        ledger.append(
            by,
            scope=row.slug,
            kind="seat",
            object_id=new.ref(row.slug),
            digest=digest_of(seat=seat.pk, account=account, since=since),
            bound=digest_of(holder=ledger.commitment(holder), account=account, since=since),
        )
    return _capacity(appointment)


def _own_seats(group_id: int, *seats: int) -> Group:
    """Return the group, if all of these seats are its own: a seat elsewhere moves no power here."""
    if Seat.objects.filter(group_id=group_id, pk__in=seats).count() != len(set(seats)):
        raise BadInput("Vị trí này không thuộc tổ công tác.", "This seat is not one of the group.")
    return Group.objects.get(pk=group_id)


def record_absence(by: Permit, group_id: int, seat_id: int, since: datetime, until: datetime) -> int:
    """Record that the holder of a seat is away for a span of time."""
    if until <= since:
        raise BadInput("Lúc về phải sau lúc đi.", "The end of an absence must lie after its start.")
    with transaction.atomic():
        group_ = _own_seats(group_id, seat_id)
        row = Absence.objects.create(
            group=group_, seat_id=seat_id, since=since, until=until, recorded_by=by.actor.account
        )
        digest = digest_of(seat=seat_id, since=since.isoformat(), until=until.isoformat())
        object_id = f"{group_.slug}:{seat_id}:{since.isoformat()}"
        ledger.append(by, scope=group_.slug, kind="absence", object_id=object_id, digest=digest, bound=digest)
    return row.pk


def delegate(
    by: Permit, group_id: int, from_seat: int, to_seat: int, span: tuple[datetime, datetime], ground: str
) -> int:
    """Record a delegation in writing, for a time; it covers every act but a further delegation."""
    since, until = span
    if until <= since:
        raise BadInput(
            "Ủy quyền phải có thời hạn: ngày hết sau ngày bắt đầu.", "A delegation needs an end after its start."
        )
    with transaction.atomic():
        group_ = _own_seats(group_id, from_seat, to_seat)
        row = Delegation.objects.create(
            group=group_, from_seat_id=from_seat, to_seat_id=to_seat, since=since, until=until, ground=ground
        )
        digest = digest_of(from_seat=from_seat, to_seat=to_seat, since=since.isoformat(), until=until.isoformat())
        object_id = f"{group_.slug}:{from_seat}:{to_seat}:{since.isoformat()}"
        ledger.append(by, scope=group_.slug, kind="delegation", object_id=object_id, digest=digest, bound=digest)
    return row.pk


def move_day(by: Permit, group_id: int, day: date) -> None:
    """Move a demonstration group's own day; real groups live on the calendar's day and are refused."""
    with transaction.atomic():
        row = Group.objects.select_for_update().get(pk=group_id)
        if not row.is_demo:
            raise BadInput("Chỉ tổ trình diễn mới có ngày riêng.", "Only a demonstration group has a day of its own.")
        row.own_day = day
        row.save(update_fields=["own_day"])
        digest = digest_of(day=day)
        object_id = f"{row.slug}:{day.isoformat()}"
        ledger.append(by, scope=row.slug, kind="group", object_id=object_id, digest=digest, bound=digest)
