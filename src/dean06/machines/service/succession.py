"""The face of succession: accounts of software that a group leaves to its successors when it ends."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.ledger import service as ledger
from dean06.machines.models import Machine
from dean06.machines.service.accounts import new_id
from dean06.offices import service as offices

__all__ = ["pass_accounts_on"]


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
