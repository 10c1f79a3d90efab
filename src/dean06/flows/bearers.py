"""Whom a group's charter names: the seats that may do an act, and the roles that answer for all of the group's work."""

from __future__ import annotations

from dean06.adoption import service as adoption
from dean06.charter.types import Bearer, Charter
from dean06.clock import service as clock
from dean06.flows.desk import overseers
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo

FORBIDS = "prohibition"
AGENCY, MEMBER = "agency", "member"

__all__ = ["overseeing", "seats_with"]


def seats_with(group: GroupInfo, *actions: str) -> tuple[int, ...]:
    """Return the seats that a charter lets do one of these acts: the group's own, or the house's where it is silent."""
    today = clock.today(group)
    held = [seat for seat in offices.holders(group.id, today) if seat.account]
    for text in (adoption.charter_of(group.charter_line, today, group.ending), adoption.installation_charter()):
        named = _bearers(text, actions)
        found = tuple(seat.seat_id for seat in held if any(_is(seat, one) for one in named))
        if found:
            return found
    return ()


def overseeing(group: GroupInfo) -> tuple[str, ...]:
    """Return the roles that the group's charter makes answer for all of its work."""
    return tuple(sorted(overseers(adoption.charter_of(group.charter_line, clock.today(group), group.ending))))


def _bearers(text: Charter, actions: tuple[str, ...]) -> frozenset[Bearer]:
    wanted = frozenset(actions)
    return frozenset(
        bearer
        for norm in text.norms
        if norm.type != FORBIDS and (norm.action in wanted or wanted & frozenset(norm.extends_to))
        for bearer in norm.bearers
    )


def _is(seat: Capacity, bearer: Bearer) -> bool:
    if bearer.agency is None:
        return seat.role == bearer.role
    return seat.agency == bearer.agency and bearer.role in (seat.role, AGENCY, MEMBER)
