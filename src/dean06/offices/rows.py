"""Groups and appointments as stored, as the room hands them out."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from dean06.charter.types import Ending
from dean06.clock.errors import BadInput
from dean06.offices.models import Appointment, Group, Seat
from dean06.offices.types import AppointmentInfo, Capacity, GroupInfo


def info(row: Group) -> GroupInfo:
    """Return a stored group as other rooms know it."""
    return GroupInfo(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        short_name=row.short_name,
        level=row.level,
        unit_code=row.unit_code,
        unit_on=row.unit_on,
        charter_line=row.charter_line,
        own_day=row.own_day,
        is_demo=row.is_demo,
        parent_id=row.parent_id,
        ending=ending_of(row),
    )


def ending_of(row: Group) -> Ending | None:
    """Return how a group ended; None while it is at work."""
    if row.ended_on is None or row.ended_signed_on is None:
        return None
    return Ending(
        last_day=row.ended_on,
        instrument=row.ended_by,
        signed_on=row.ended_signed_on,
        successors=tuple(row.successors.order_by("pk").values_list("name", flat=True)),
    )


def in_force(on: date) -> Q:
    """Narrow rows with `since` and `until` to those in force on a day."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))


def capacity(row: Appointment) -> Capacity:
    """Return the seat that an appointment gives, as the hat of its holder."""
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


def own_seats(group_id: int, *seats: int) -> Group:
    """Return the group, if all of these seats are its own: a seat elsewhere moves no power here."""
    if Seat.objects.filter(group_id=group_id, pk__in=seats).count() != len(set(seats)):
        raise BadInput("Vị trí này không thuộc tổ công tác.", "This seat is not one of the group.")
    return Group.objects.get(pk=group_id)


def appointment_info(row: Appointment) -> AppointmentInfo:
    """Return somebody's time in a seat."""
    return AppointmentInfo(
        id=row.pk,
        seat_id=row.seat_id,
        holder=row.holder,
        account=str(row.account) if row.account else None,
        since=row.since,
        until=row.until,
        instrument=row.instrument,
        instrument_on=row.instrument_on,
        ended_by=row.ended_by,
        ended_on=row.ended_on,
    )
