"""Who sits where on a day, and what their seats let them see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.models import Appointment, Group, Post, Seat, Service
from dean06.offices.rows import appointment_info, capacity, in_force, own_seats
from dean06.offices.succession import around
from dean06.offices.types import BY_POST, AppointmentInfo, Capacity, Instrument, NewSeat, Viewer

__all__ = [
    "account_digest",
    "appoint",
    "appointment_digest",
    "appointments_of",
    "appointments_on",
    "attach_account",
    "capacities",
    "end_appointment",
    "ending_digest",
    "first_seats",
    "history",
    "holders",
    "viewer",
]


def _day_of(row: Group, on: date) -> date:
    """Return the day on which a group's seats are looked up: its own, and never after its last."""
    return min(row.own_day or on, row.ended_on or date.max)


def _held_on(row: Appointment, day: date) -> bool:
    return row.since <= day and (row.until is None or row.until >= day)


def capacities(account: str, group_id: int, on: date) -> tuple[Capacity, ...]:
    """Return the seats an account holds in a group on a day, in the charter's order."""
    rows = Appointment.objects.filter(in_force(on), account=account, group_id=group_id).select_related("seat")
    return tuple(capacity(row) for row in rows.order_by("seat__order", "pk"))


@clock.once_a_moment
def holders(group_id: int, on: date, *, role: str | None = None, agency: str | None = None) -> tuple[Capacity, ...]:
    """Return who holds the seats of a group on a day, by role and agency where given."""
    rows = Appointment.objects.filter(in_force(on), group_id=group_id).select_related("seat")
    if role:
        rows = rows.filter(seat__role=role)
    if agency:
        rows = rows.filter(seat__agency_code=agency)
    return tuple(capacity(row) for row in rows.order_by("seat__order", "pk"))


def first_seats(accounts: Iterable[str], on: date) -> dict[str, Capacity]:
    """Return the first seat that each of these accounts holds on a day, in its group's charter's order; one query.

    A demonstration group lives on a day of its own, so its seats are looked up on that day.
    """
    rows = Appointment.objects.filter(account__in=list(accounts)).select_related("seat", "group")
    found: dict[str, Capacity] = {}
    for row in rows.order_by("seat__order", "pk"):
        if _held_on(row, _day_of(row.group, on)):
            found.setdefault(str(row.account), capacity(row))
    return found


def viewer(account: str, on: date) -> Viewer:
    """Return what an account's seats let it see on a day.

    A demonstration group lives on a day of its own, so its seats are looked up on that day.
    """
    rows = Appointment.objects.filter(account=account).select_related("seat", "group").order_by("seat__order", "pk")
    held = [capacity(row) for row in rows if _held_on(row, _day_of(row.group, on))]
    own = {seat.group_id for seat in held}
    below, before = around(own)
    reading = (
        replace(seat, group_id=group_id, reading=True)
        for heir, group_id in before
        for seat in held
        if seat.group_id == heir
    )
    return Viewer(account=account, capacities=(*held, *reading), children=below)


def appointment_digest(holder: str, account: str | None, since: date, instrument: Instrument | None = None) -> str:
    """Return what the permit to put somebody in a seat is bound to."""
    paper = {"instrument": instrument.number, "of": instrument.on} if instrument else {}
    return digest_of(holder=ledger.commitment(holder), account=account, since=since, **paper)


def appoint(
    by: Permit,
    group_id: int,
    new: NewSeat,
    *,
    holder: str,
    account: str | None,
    since: date,
    instrument: Instrument | None = None,
) -> Capacity:
    """Open a seat if it is new, and put a person in it from a day, by the paper that appoints them.

    The former holder's time ends the day before; where a later holder is on record already, this one's ends before his.
    """
    with transaction.atomic():
        row = Group.objects.get(pk=group_id)
        seat = _seat(row, new)
        later = _made_room(seat, since)
        appointment = Appointment.objects.create(
            group=row,
            seat=seat,
            account=account,
            holder=holder,
            since=since,
            until=later,
            instrument=instrument.number if instrument else "",
            instrument_on=instrument.on if instrument else None,
            recorded_at=by.at,
        )
        ledger.append(
            by,
            scope=row.slug,
            kind="seat",
            object_id=new.ref(row.slug),
            digest=digest_of(seat=seat.pk, account=account, since=since),
            bound=appointment_digest(holder, account, since, instrument),
        )
    return capacity(appointment)


def _made_room(seat: Seat, since: date) -> date | None:
    """End the former holder's time on the day before; return the last day before a later holder, where there is one."""
    day_before = since - timedelta(days=1)
    held = Appointment.objects.filter(seat=seat)
    held.filter(Q(until=None) | Q(until__gt=day_before), since__lte=since).update(until=day_before)
    later = held.filter(since__gt=since).order_by("since").first()
    return later.since - timedelta(days=1) if later else None


def _seat(group: Group, new: NewSeat) -> Seat:
    """Return the seat under a lock, opened where it is new; what is said of its post is kept up to date."""
    seat, fresh = Seat.objects.get_or_create(
        group=group,
        role=new.role,
        agency_code=new.agency or "",
        mark=new.mark,
        defaults={"title": new.title, "post": new.post, "order": new.order, "kind": new.kind},
    )
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    post = _post(group, new)
    if not fresh and new.post and (seat.post, seat.kind) != (new.post, new.kind):
        seat.post, seat.kind = new.post, new.kind
    seat.post_held = post or seat.post_held
    seat.save(update_fields=["post", "kind", "post_held"])
    return seat


def _post(group: Group, new: NewSeat) -> Post | None:
    """Return the post by which a seat is held, entered in its agency where it is new; None for a nominee."""
    served = Service.objects.filter(group=group, code=new.agency or "").first()
    if new.kind != BY_POST or not new.post or served is None:
        return None
    post, _ = Post.objects.get_or_create(agency_id=served.agency_id, title=new.post)
    return post


def ending_digest(seat_id: int, last_day: date, instrument: Instrument) -> str:
    """Return what the permit to end somebody's time in a seat is bound to."""
    return digest_of(seat=seat_id, last_day=last_day, instrument=instrument.number, of=instrument.on)


def end_appointment(by: Permit, group_id: int, seat_id: int, last_day: date, instrument: Instrument) -> None:
    """End the time of a seat's holder after a day, by a paper; the seat stands empty from then on."""
    with transaction.atomic():
        group = own_seats(group_id, seat_id)
        row = Appointment.objects.select_for_update().filter(in_force(last_day), seat_id=seat_id).first()
        if row is None:
            raise BadInput("Ngày ấy không ai giữ vị trí này.", "Nobody holds this seat on that day.")
        row.until, row.ended_by, row.ended_on = last_day, instrument.number, instrument.on
        row.save(update_fields=["until", "ended_by", "ended_on"])
        seat = Seat.objects.get(pk=seat_id)
        digest = ending_digest(seat_id, last_day, instrument)
        ledger.append(by, scope=group.slug, kind="seat", object_id=_ref(group, seat), digest=digest, bound=digest)


def account_digest(seat_id: int, account: str) -> str:
    """Return what the permit to give a seat's holder an account is bound to."""
    return digest_of(seat=seat_id, account=account)


def attach_account(by: Permit, group_id: int, seat_id: int, account: str, on: date) -> None:
    """Let the holder of a seat on a day sign in with an account, where they have none yet."""
    with transaction.atomic():
        group = own_seats(group_id, seat_id)
        rows = Appointment.objects.select_for_update().filter(in_force(on), seat_id=seat_id, account=None)
        if not rows.update(account=account):
            raise BadInput(
                "Vị trí này chưa có người giữ, hoặc người giữ đã có tài khoản.",
                "Nobody holds this seat, or its holder has an account already.",
            )
        seat = Seat.objects.get(pk=seat_id)
        digest = account_digest(seat_id, account)
        ledger.append(by, scope=group.slug, kind="seat", object_id=_ref(group, seat), digest=digest, bound=digest)


def _ref(group: Group, seat: Seat) -> str:
    new = NewSeat(role=seat.role, agency=seat.agency_code or None, title=seat.title, mark=seat.mark)
    return new.ref(group.slug)


def history(viewer: Viewer, seat_id: int) -> list[AppointmentInfo]:
    """Return who has held a seat of a group in which the reader sits, the newest first."""
    rows = Appointment.objects.filter(seat_id=seat_id, group_id__in=viewer.groups)
    return [appointment_info(row) for row in rows.order_by("-since", "-pk")]


def appointments_on(group_id: int, on: date) -> list[AppointmentInfo]:
    """Return the appointments of a group in force on a day, in the charter's order, for its own work."""
    rows = Appointment.objects.filter(in_force(on), group_id=group_id).order_by("seat__order", "pk")
    return [appointment_info(row) for row in rows]


def appointments_of(group_id: int) -> list[AppointmentInfo]:
    """Return every appointment of a group, the earliest first, for its own work."""
    return [appointment_info(row) for row in Appointment.objects.filter(group_id=group_id).order_by("since", "pk")]
