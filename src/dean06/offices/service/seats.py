"""Seats of groups, and the technical offices of the installation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.offices.models import Appointment, InstallationSeat, Seat
from dean06.offices.rows import in_force
from dean06.offices.types import SeatInfo, Viewer

__all__ = [
    "found_technical_seats",
    "held_by_post",
    "seat",
    "seat_title",
    "seats",
    "seats_of",
    "technical_holders",
    "technical_roles",
]


def seat_title(seat_id: int) -> tuple[str, str]:
    """Return (title in the group, post in the agency) of a seat, as a signature block prints them."""
    seat = Seat.objects.get(pk=seat_id)
    return seat.title, seat.post


@clock.once_a_moment
def technical_roles(account: str, on: date) -> tuple[str, ...]:
    """Return the technical offices an account holds on a day; they carry no power of a group's charter."""
    rows = InstallationSeat.objects.filter(in_force(on), account=account)
    return tuple(rows.order_by("pk").values_list("role", flat=True))


def found_technical_seats(account: str, roles: Iterable[str], since: date) -> None:
    """Give the first account of an empty installation its technical offices; refused once any is held."""
    if InstallationSeat.objects.exists():
        raise BadInput(
            "Hệ thống đã có người vận hành: người ấy giao thêm vai kỹ thuật.",
            "The installation has its operator: they give further technical offices.",
        )
    InstallationSeat.objects.bulk_create(InstallationSeat(account=account, role=role, since=since) for role in roles)


def technical_holders(on: date) -> dict[str, tuple[str, ...]]:
    """Return the technical offices of every account that holds one on a day."""
    found: dict[str, tuple[str, ...]] = {}
    for account, role in InstallationSeat.objects.filter(in_force(on)).order_by("pk").values_list("account", "role"):
        found[str(account)] = (*found.get(str(account), ()), role)
    return found


def seats_of(group_id: int, on: date) -> list[SeatInfo]:
    """Return every seat of a group with its holder on a day, in the charter's order, for its own work."""
    rows = Seat.objects.filter(group_id=group_id).order_by("order", "pk")
    held = {one.seat_id: one for one in Appointment.objects.filter(in_force(on), group_id=group_id).order_by("pk")}
    return [_info(row, held.get(row.pk)) for row in rows]


def seats(viewer: Viewer, group_id: int, on: date) -> list[SeatInfo]:
    """Return every seat of a group in which the reader sits, with its holder on a day."""
    return seats_of(group_id, on) if viewer.sits_in(group_id) else []


def seat(viewer: Viewer, seat_id: int, on: date) -> SeatInfo | None:
    """Return a seat of a group in which the reader sits, with its holder on a day."""
    row = Seat.objects.filter(pk=seat_id, group_id__in=viewer.groups).first()
    if row is None:
        return None
    return _info(row, Appointment.objects.filter(in_force(on), seat=row).order_by("-pk").first())


def _info(row: Seat, held: Appointment | None) -> SeatInfo:
    return SeatInfo(
        id=row.pk,
        role=row.role,
        agency=row.agency_code or None,
        title=row.title,
        post=row.post,
        kind=row.kind,
        mark=row.mark,
        holder=held.holder if held else "",
        account=str(held.account) if held and held.account else None,
        since=held.since if held else None,
        until=held.until if held else None,
        instrument=held.instrument if held else "",
        instrument_on=held.instrument_on if held else None,
    )


def held_by_post(viewer: Viewer, post_id: int, on: date) -> list[tuple[int, SeatInfo]]:
    """Return (group, seat) for every seat that goes with a post, in the groups in which the reader sits."""
    rows = list(Seat.objects.filter(post_held_id=post_id, group_id__in=viewer.groups).order_by("group_id", "pk"))
    held = {one.seat_id: one for one in Appointment.objects.filter(in_force(on), seat__in=rows).order_by("pk")}
    return [(row.group_id, _info(row, held.get(row.pk))) for row in rows]
