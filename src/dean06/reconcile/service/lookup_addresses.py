"""Secret addresses for looking people up: opened for a purpose and some hours, shown once, revoked at will.

Whoever knows the secret looks up as its maker, in the maker's seat and for the purpose stated; so it is long, lives
shortly, and is kept as a digest alone.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.reconcile.errors import AddressClosed, NotYours
from dean06.reconcile.lookup_rules import Limit, limits
from dean06.reconcile.models import LookupAddress

KIND = "lookup"
TOKEN_BYTES = 32
LONGEST_TOKEN = 64
SHORTEST_PURPOSE, LONGEST_PURPOSE = 8, 300
NO_ROLES: frozenset[str] = frozenset()

__all__ = [
    "AddressInfo",
    "NewAddress",
    "address",
    "addresses",
    "checked",
    "limits",
    "make",
    "new_id",
    "new_token",
    "of_token",
    "open_ref",
    "revoke",
    "revoke_ref",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddress:
    """What is entered when an address is opened."""

    public_id: str
    seat_id: int
    role: str
    purpose: str
    source: str
    fields: tuple[str, ...]
    hours: int

    def digest(self, token: str) -> str:
        """Return what the permit is bound to; the secret is told by its SHA-256, the purpose by a commitment."""
        return digest_of(
            token=_digest(token),
            seat=self.seat_id,
            purpose=ledger.commitment(self.purpose),
            source=self.source,
            fields=" ".join(self.fields),
            hours=self.hours,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressInfo:
    """An address as other rooms know it; its secret is nowhere."""

    public_id: str
    group_id: int
    account: str
    seat_id: int
    role: str
    purpose: str
    source: str
    fields: tuple[str, ...]
    made_at: datetime
    ends_at: datetime
    revoked_at: datetime | None
    calls: int
    queries: int
    people: int
    used_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Say whether it answers at an instant."""
        return self.revoked_at is None and self.made_at <= now < self.ends_at


def _info(row: LookupAddress) -> AddressInfo:
    return AddressInfo(
        public_id=str(row.public_id),
        group_id=row.group_id,
        account=str(row.account),
        seat_id=row.seat,
        role=row.role,
        purpose=row.purpose,
        source=row.source,
        fields=tuple(row.fields),
        made_at=row.made_at,
        ends_at=row.ends_at,
        revoked_at=row.revoked_at,
        calls=row.calls,
        queries=row.queries,
        people=row.people,
        used_at=row.used_at,
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Return a new secret: 256 bits by chance, as an address may hold them."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_id() -> str:
    """Return the public id of an address that is about to be opened."""
    return str(uuid.uuid4())


def checked(new: NewAddress) -> NewAddress:
    """Refuse an address without a purpose in words, or for longer than one may live."""
    if not SHORTEST_PURPOSE <= len(new.purpose.strip()) <= LONGEST_PURPOSE:
        raise BadInput(
            f"Nêu mục đích bằng {SHORTEST_PURPOSE} đến {LONGEST_PURPOSE} ký tự: việc gì, hồ sơ hay văn bản nào.",
            f"State the purpose in {SHORTEST_PURPOSE} to {LONGEST_PURPOSE} characters: which work, which file.",
        )
    most: Limit = limits()["longest_hours"]
    if not 1 <= new.hours <= most.value:
        raise BadInput(
            f"Địa chỉ tra cứu sống từ 1 đến {most.value} giờ.", f"An address lives from 1 to {most.value} hours."
        )
    return new


def open_ref(new: NewAddress, token: str) -> ObjectRef:
    """Name an address that is about to be opened."""
    return ObjectRef(kind=KIND, id=new.public_id, digest=new.digest(token))


def revoke_ref(public_id: str) -> ObjectRef:
    """Name an address that is about to be revoked."""
    return ObjectRef(kind=KIND, id=public_id, digest=digest_of(revoked=public_id))


def make(by: Permit, group_id: int, new: NewAddress, token: str) -> AddressInfo:
    """Open an address for whoever the permit was given to; the secret is kept as its SHA-256."""
    ref, now = open_ref(checked(new), token), clock.now()
    with transaction.atomic():
        row = LookupAddress.objects.create(
            group_id=group_id,
            public_id=new.public_id,
            account=by.actor.account,
            seat=new.seat_id,
            role=new.role,
            purpose=new.purpose.strip(),
            source=new.source,
            fields=list(new.fields),
            token_sha256=_digest(token),
            made_at=now,
            ends_at=now + timedelta(hours=new.hours),
            permit=by.digest(),
        )
        slug = offices.group_by_id(group_id).slug
        note: dict[str, str | int] = {"hours": new.hours, "source": new.source, "fields": " ".join(new.fields)}
        ledger.append(by, scope=slug, kind=KIND, object_id=ref.id, digest=ref.digest, bound=ref.digest, note=note)
    return _info(row)


def revoke(by: Permit, group_id: int, public_id: str) -> AddressInfo:
    """Revoke an address: it opens nothing from now on; one that is over or revoked stays as it is."""
    ref = revoke_ref(public_id)
    with transaction.atomic():
        row = LookupAddress.objects.select_for_update().filter(public_id=public_id, group_id=group_id).first()
        if row is None:
            raise _absent()
        if row.revoked_at is None:
            row.revoked_at, row.revoked_by = clock.now(), by.actor.account
            row.save(update_fields=["revoked_at", "revoked_by"])
            slug = offices.group_by_id(group_id).slug
            ledger.append(by, scope=slug, kind=KIND, object_id=ref.id, digest=ref.digest, bound=ref.digest)
    return _info(row)


def _absent() -> NotYours:
    return NotYours("Không có địa chỉ tra cứu này.", "There is no such address.")


def addresses(viewer: Viewer, group_id: int, *, see_all: frozenset[str] = NO_ROLES) -> list[AddressInfo]:
    """Return the addresses a reader may see, newest first: their own, or the group's where a role answers for it."""
    if not viewer.sits_in(group_id):
        return []
    rows = LookupAddress.objects.filter(group_id=group_id)
    if not any(held.group_id == group_id and held.role in see_all for held in viewer.capacities):
        rows = rows.filter(account=viewer.account)
    return [_info(row) for row in rows]


def address(viewer: Viewer, group_id: int, public_id: str, *, see_all: frozenset[str] = NO_ROLES) -> AddressInfo:
    """Return one address that the reader may see."""
    found = next((one for one in addresses(viewer, group_id, see_all=see_all) if one.public_id == public_id), None)
    if found is None:
        raise _absent()
    return found


def of_token(token: str) -> AddressInfo:
    """Return the open address of a secret; whatever is wrong with it, the answer is one."""
    if not token or len(token) > LONGEST_TOKEN or not token.isascii():
        raise AddressClosed
    row = LookupAddress.objects.filter(token_sha256=_digest(token)).first()
    if row is None or not _info(row).is_open(clock.now()):
        raise AddressClosed
    return _info(row)
