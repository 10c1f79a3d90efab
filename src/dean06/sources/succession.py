"""What a group that ends leaves to its successors: its own contracts and its feeds, each once in every one of them."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.sources.keeping import private
from dean06.sources.models import ContractVersion, Feed
from dean06.sources.versions import folder_of, in_force

__all__ = ["pass_sources_on"]


def pass_sources_on(by: Permit, group_id: int, heirs: Mapping[int, Collection[str]]) -> tuple[int, int]:
    """Give the contracts in force and the feeds of a group that ends to its successors; returns (contracts, feeds).

    A part of the hand-over, whose one entry must stand already. A feed goes where its agency serves, under the same
    name, switched off: its secret lies with the old group, and who looks after the new one lays it ready and switches
    it on. The old feeds stop. What a successor has of its own already stays as it is.

    Args:
        by: the permit of the hand-over.
        group_id: the group that ends.
        heirs: its successors, each with the codes of the agencies that serve it.
    """
    old = offices.group_by_id(group_id)
    ledger.require_recorded(by, old.slug)
    with transaction.atomic():
        contracts = sum(_contracts(by, group_id, heir_id) for heir_id in heirs)
        feeds = sum(_feeds(by, group_id, heir_id, agencies) for heir_id, agencies in heirs.items())
        Feed.objects.filter(group_id=group_id).update(enabled=False)
    return contracts, feeds


def _contracts(by: Permit, group_id: int, heir_id: int) -> int:
    old, heir = offices.group_by_id(group_id), offices.group_by_id(heir_id)
    own = set(ContractVersion.objects.filter(group_id=heir_id).values_list("source", flat=True))
    told = {source: row for source, row in in_force(group_id, by.at.date()).items() if source not in own}
    for source, row in told.items():
        text = folder_of(old.slug, source) / f"{row.sha256}.yaml"
        there = private(folder_of(heir.slug, source)) / text.name
        if not there.exists():
            shutil.copyfile(text, there)
        ContractVersion.objects.create(
            group_id=heir_id,
            source=source,
            version=row.version,
            sha256=row.sha256,
            base_sha256=row.base_sha256,
            in_force_from=min(row.in_force_from, by.at.date()),
            adopted_at=by.at,
            adopted_by=by.actor.account,
            reason=f"Nhận bàn giao từ {old.short_name}"[:300],
            permit=by.digest(),
        )
    return len(told)


def _feeds(by: Permit, group_id: int, heir_id: int, agencies: Collection[str]) -> int:
    old, made = offices.group_by_id(group_id), 0
    names = set(Feed.objects.filter(group_id=heir_id).values_list("name", flat=True))
    for row in Feed.objects.filter(group_id=group_id, enabled=True, agency_code__in=list(agencies)).order_by("pk"):
        name = row.name if row.name not in names else f"{row.name} ({old.slug})"[:60]
        if name in names:
            continue
        names.add(name)
        Feed.objects.create(
            group_id=heir_id,
            name=name,
            source=row.source,
            agency_code=row.agency_code,
            kind=row.kind,
            settings=row.settings,
            secret=row.secret,
            schedule=row.schedule,
            extent=row.extent,
            whole=row.whole,
            enabled=False,
            permit_digest=by.digest(),
            set_up_by=by.actor.account,
            set_up_at=by.at,
            next_at=clock.now(),
        )
        made += 1
    return made
