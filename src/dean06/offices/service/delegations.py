"""Delegations between two seats, in writing, for a time; never passed on."""

from __future__ import annotations

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.models import Delegation
from dean06.offices.rows import own_seats
from dean06.offices.types import DelegationInfo, NewDelegation, Viewer

__all__ = [
    "delegate",
    "delegation",
    "delegations_of",
    "delegations_seen",
    "name_paper",
    "revocation_digest",
    "revoke_delegation",
]


def delegate(by: Permit, group_id: int, new: NewDelegation) -> int:
    """Record a delegation in writing, for a time; it never covers a further delegation."""
    if new.until <= new.since:
        raise BadInput(
            "Ủy quyền phải có thời hạn: ngày hết sau ngày bắt đầu.", "A delegation needs an end after its start."
        )
    if new.from_seat == new.to_seat:
        raise BadInput("Không ủy quyền cho chính mình.", "Nobody delegates to themselves.")
    with transaction.atomic():
        group_ = own_seats(group_id, new.from_seat, new.to_seat)
        row = Delegation.objects.create(
            group=group_,
            from_seat_id=new.from_seat,
            to_seat_id=new.to_seat,
            since=new.since,
            until=new.until,
            ground=new.ground,
            actions=list(new.actions),
            instrument=new.instrument.number if new.instrument else "",
            instrument_on=new.instrument.on if new.instrument else None,
        )
        digest = new.digest()
        object_id = f"{group_.slug}:{new.from_seat}:{new.to_seat}:{new.since.isoformat()}"
        ledger.append(by, scope=group_.slug, kind="delegation", object_id=object_id, digest=digest, bound=digest)
    return row.pk


def revocation_digest(delegation_id: int, reason: str) -> str:
    """Return what the permit to take a delegation back is bound to."""
    return digest_of(delegation=delegation_id, revoked=ledger.commitment(reason))


def revoke_delegation(by: Permit, group_id: int, delegation_id: int, reason: str) -> None:
    """Take a delegation back from this instant on; what was done under it stands."""
    with transaction.atomic():
        row = Delegation.objects.select_for_update().filter(pk=delegation_id, group_id=group_id).first()
        if row is None:
            raise BadInput("Tổ không có ủy quyền này.", "The group has no such delegation.")
        if row.revoked_at is not None or row.until <= by.at:
            raise BadInput("Ủy quyền này đã hết hoặc đã thu hồi.", "This delegation has ended or was taken back.")
        row.revoked_at, row.revoke_reason = by.at, reason
        row.save(update_fields=["revoked_at", "revoke_reason"])
        digest = revocation_digest(row.pk, reason)
        object_id = f"{row.group.slug}:uq-{row.pk}"
        ledger.append(by, scope=row.group.slug, kind="delegation", object_id=object_id, digest=digest, bound=digest)


def name_paper(group_id: int, delegation_id: int, paper_id: int) -> None:
    """Remember which draft of the papers room writes a delegation down; the draft has its own entry."""
    Delegation.objects.filter(pk=delegation_id, group_id=group_id).update(paper_id=paper_id)


def delegations_of(group_id: int) -> list[DelegationInfo]:
    """Return every delegation of a group, the earliest first, for its own work."""
    rows = Delegation.objects.filter(group_id=group_id).select_related("from_seat", "to_seat").order_by("since", "pk")
    return [_info(row) for row in rows]


def delegations_seen(viewer: Viewer, group_id: int) -> list[DelegationInfo]:
    """Return every delegation of a group in which the reader sits, the newest first."""
    return list(reversed(delegations_of(group_id))) if viewer.sits_in(group_id) else []


def delegation(viewer: Viewer, delegation_id: int) -> DelegationInfo | None:
    """Return a delegation of a group in which the reader sits."""
    row = Delegation.objects.filter(pk=delegation_id, group_id__in=viewer.groups)
    found = row.select_related("from_seat", "to_seat").first()
    return _info(found) if found else None


def _info(row: Delegation) -> DelegationInfo:
    return DelegationInfo(
        id=row.pk,
        from_role=row.from_seat.role,
        to_role=row.to_seat.role,
        ground=row.ground,
        since=row.since,
        until=row.until,
        revoked_at=row.revoked_at,
        from_seat=row.from_seat_id,
        to_seat=row.to_seat_id,
        actions=tuple(row.actions),
        instrument=row.instrument,
        instrument_on=row.instrument_on,
        paper_id=row.paper_id,
        revoke_reason=row.revoke_reason,
    )
