"""What is known, at an instant, of absence and delegation: facts for the charter, never a decision."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from dean06.clock import service as clock
from dean06.offices.models import Absence, Delegation
from dean06.offices.types import Acting

__all__ = ["acting", "facts_about"]


@clock.once_a_moment
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
