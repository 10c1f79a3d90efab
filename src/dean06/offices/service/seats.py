"""Seats of groups, and the technical offices of the installation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dean06.clock.errors import BadInput
from dean06.offices.models import InstallationSeat, Seat
from dean06.offices.rows import in_force

__all__ = [
    "found_technical_seats",
    "seat_title",
    "technical_roles",
]


def seat_title(seat_id: int) -> tuple[str, str]:
    """Return (title in the group, post in the agency) of a seat, as a signature block prints them."""
    seat = Seat.objects.get(pk=seat_id)
    return seat.title, seat.post


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
