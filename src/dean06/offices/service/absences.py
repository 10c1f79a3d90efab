"""Absences of those who hold a seat: facts that switch an acting power on and off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.models import Absence
from dean06.offices.rows import own_seats

__all__ = [
    "leader_absences",
    "record_absence",
]


def record_absence(by: Permit, group_id: int, seat_id: int, since: datetime, until: datetime) -> int:
    """Record that the holder of a seat is away for a span of time."""
    if until <= since:
        raise BadInput("Lúc về phải sau lúc đi.", "The end of an absence must lie after its start.")
    with transaction.atomic():
        group_ = own_seats(group_id, seat_id)
        row = Absence.objects.create(
            group=group_, seat_id=seat_id, since=since, until=until, recorded_by=by.actor.account
        )
        digest = digest_of(seat=seat_id, since=since.isoformat(), until=until.isoformat())
        object_id = f"{group_.slug}:{seat_id}:{since.isoformat()}"
        ledger.append(by, scope=group_.slug, kind="absence", object_id=object_id, digest=digest, bound=digest)
    return row.pk


def leader_absences(group_id: int) -> list[tuple[datetime, datetime]]:
    """Return when the leader was away, as recorded."""
    rows = Absence.objects.filter(group_id=group_id, seat__role="leader").order_by("since", "pk")
    return list(rows.values_list("since", "until"))
