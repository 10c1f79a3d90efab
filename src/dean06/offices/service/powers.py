"""What is known, at an instant, of absence and delegation: facts for the charter, never a decision."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from dean06.offices.models import Absence, Delegation

__all__ = [
    "facts_about",
]


def facts_about(group_id: int, at: datetime, seat_id: int, action: str) -> dict[str, bool]:
    """State the named facts about absence and delegation that bear on a seat's act."""
    absent = Absence.objects.filter(group_id=group_id, seat__role="leader", since__lte=at, until__gt=at).exists()
    given = Delegation.objects.filter(group_id=group_id, from_seat__role="leader", to_seat_id=seat_id)
    held = given.filter(Q(revoked_at=None) | Q(revoked_at__gt=at), since__lte=at, until__gt=at)
    covered = any(not row.actions or action in row.actions for row in held)
    return {"leader.absent_on_date": absent, "delegation.covers_date_and_scope": covered}
