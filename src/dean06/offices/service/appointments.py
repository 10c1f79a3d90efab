"""Who sits where on a day, and what their seats let them see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.models import Appointment, Group, Seat
from dean06.offices.rows import capacity, in_force
from dean06.offices.succession import around
from dean06.offices.types import Capacity, NewSeat, Viewer

__all__ = [
    "appoint",
    "capacities",
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


def holders(group_id: int, on: date, *, role: str | None = None, agency: str | None = None) -> tuple[Capacity, ...]:
    """Return who holds the seats of a group on a day, by role and agency where given."""
    rows = Appointment.objects.filter(in_force(on), group_id=group_id).select_related("seat")
    if role:
        rows = rows.filter(seat__role=role)
    if agency:
        rows = rows.filter(seat__agency_code=agency)
    return tuple(capacity(row) for row in rows.order_by("seat__order", "pk"))


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
    return capacity(appointment)
