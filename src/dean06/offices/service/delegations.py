"""Delegations between two seats, in writing, for a time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.models import Delegation
from dean06.offices.rows import own_seats
from dean06.offices.types import DelegationInfo

__all__ = [
    "delegate",
    "delegations_of",
]


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
        group_ = own_seats(group_id, from_seat, to_seat)
        row = Delegation.objects.create(
            group=group_, from_seat_id=from_seat, to_seat_id=to_seat, since=since, until=until, ground=ground
        )
        digest = digest_of(from_seat=from_seat, to_seat=to_seat, since=since.isoformat(), until=until.isoformat())
        object_id = f"{group_.slug}:{from_seat}:{to_seat}:{since.isoformat()}"
        ledger.append(by, scope=group_.slug, kind="delegation", object_id=object_id, digest=digest, bound=digest)
    return row.pk


def delegations_of(group_id: int) -> list[DelegationInfo]:
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
