"""The face of succession: accounts of software, and addresses, that a group leaves to its successors when it ends."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.ledger import service as ledger
from dean06.machines.models import Hook, Machine
from dean06.machines.service.accounts import new_id
from dean06.machines.service.hooks import give_up
from dean06.machines.types import HookState
from dean06.offices import service as offices

LEFT = (HookState.OFFERED.value, HookState.WAITING.value, HookState.OPEN.value)

__all__ = ["Left", "pass_accounts_on", "pass_addresses_on", "waiting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What waits in a group for the word of whoever looks after it, and the agencies whose it is."""

    accounts: int
    addresses: int
    agencies: tuple[str, ...]


def waiting(group_id: int) -> Left:
    """Return the accounts that want a code and the addresses that want to be confirmed."""
    accounts = Machine.objects.filter(group_id=group_id, revoked_at=None, thumbprint="", code_digest="")
    addresses = Hook.objects.filter(group_id=group_id, state=HookState.OFFERED.value)
    found = [list(rows.values_list("agency", flat=True)) for rows in (accounts, addresses)]
    return Left(
        accounts=len(found[0]),
        addresses=len(found[1]),
        agencies=tuple(sorted({code for rows in found for code in rows})),
    )


def pass_accounts_on(by: Permit, group_id: int, heirs: Mapping[int, Collection[str]]) -> int:
    """Make the accounts of software anew in every successor that their agency serves; returns how many were made.

    A part of the hand-over, whose one entry must stand already. The account keeps name, scopes, purpose and last day;
    it can do nothing until who looks after the successor gives its agency a code and the software shows its key: no
    key opens what its holder was not let into. The accounts of the group that ends serve no more.
    """
    old, now = offices.group_by_id(group_id), clock.now()
    ledger.require_recorded(by, old.slug)
    made = 0
    with transaction.atomic():
        rows = Machine.objects.select_for_update().filter(group_id=group_id, revoked_at=None)
        for row in rows.filter(ends_on__gte=by.at.date()).order_by("pk"):
            made += sum(_made(by, row, heir) for heir, agencies in heirs.items() if row.agency in agencies)
        rows.update(revoked_at=now, revoked_by=by.actor.account, code_digest="", code_until=None)
    return made


def _made(by: Permit, like: Machine, heir_id: int) -> bool:
    names = set(Machine.objects.filter(group_id=heir_id).values_list("name", flat=True))
    name = like.name if like.name not in names else f"{like.name} ({offices.group_by_id(like.group_id).slug})"[:120]
    if name in names:
        return False
    Machine.objects.create(
        group_id=heir_id,
        public_id=new_id(),
        name=name,
        agency=like.agency,
        scopes=like.scopes,
        purpose=like.purpose,
        ends_on=like.ends_on,
        made_at=by.at,
        made_by=by.actor.account,
        permit=by.digest(),
    )
    return True


def pass_addresses_on(by: Permit, group_id: int, heirs: Mapping[int, Collection[str]]) -> int:
    """Offer the addresses at which software is told to every successor that their agency serves; returns how many.

    A part of the hand-over, whose one entry must stand already. Nothing goes to an offered address: its receiver agreed
    to be told by the group that ends, and who looks after the successor confirms that it is to be told by this one.
    What a receiver refused, or said is gone, is not handed on. The addresses of the group that ends are told no more.
    """
    old, now = offices.group_by_id(group_id), clock.now()
    ledger.require_recorded(by, old.slug)
    made = 0
    with transaction.atomic():
        for row in Hook.objects.select_for_update().filter(group_id=group_id, ended_at=None).order_by("pk"):
            if row.state in LEFT:
                made += sum(_offered(by, row, heir) for heir, agencies in heirs.items() if row.agency in agencies)
            row.state, row.ended_at = HookState.ENDED.value, now
            row.note = "Tổ đã kết thúc."
            row.save(update_fields=["state", "ended_at", "note"])
            give_up(row, row.note)
    return made


def _offered(by: Permit, like: Hook, heir_id: int) -> bool:
    """Offer an address to a successor; one that its agency has there already stays as it is."""
    if Hook.objects.filter(group_id=heir_id, agency=like.agency, url=like.url, ended_at=None).exists():
        return False
    Hook.objects.create(
        group_id=heir_id,
        public_id=new_id(),
        agency=like.agency,
        url=like.url,
        state=HookState.OFFERED.value,
        after_leaf=ledger.newest_leaf(),
        made_at=by.at,
        made_by=by.actor.account,
        permit=by.digest(),
        free_at=clock.now(),
        note=f"Nhận bàn giao từ {offices.group_by_id(like.group_id).short_name}: chờ xác nhận."[:200],
    )
    return True
