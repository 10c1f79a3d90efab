"""Who answers for a source: the leader's standing assignments, which automatic acts cite."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.sources.models import Assignment
from dean06.sources.repertoire import SHIPPED
from dean06.sources.types import AssignmentInfo, NewAssignment
from dean06.sources.versions import contracts

__all__ = ["assign", "assignment", "assignments"]


def _assignment(row: Assignment) -> AssignmentInfo:
    return AssignmentInfo(
        id=row.pk,
        group_id=row.group_id,
        source=row.source,
        agency=row.agency_code,
        coordinators=tuple(row.coordinators),
        citation=dict(row.citation),
        citation_label=row.citation_label,
        norm_key=row.norm_key,
        reading=row.reading,
        permit_digest=row.permit_digest,
        since=row.since,
    )


def assign(by: Permit, group_id: int, new: NewAssignment) -> AssignmentInfo:
    """Set or renew the leader's standing assignment of a source; later automatic acts cite this permit."""
    with transaction.atomic():
        row, _ = Assignment.objects.update_or_create(
            group_id=group_id,
            source=new.source,
            defaults={
                "agency_code": new.agency,
                "coordinators": list(new.coordinators),
                "citation": dict(new.citation),
                "citation_label": new.citation_label,
                "norm_key": new.norm_key,
                "reading": new.reading,
                "permit_digest": by.digest(),
                "assigned_by": by.actor.account,
                "since": by.at.date(),
            },
        )
        slug, digest = row.group.slug, new.digest()
        ledger.append(by, scope=slug, kind="source", object_id=f"{slug}:{new.source}", digest=digest, bound=digest)
    return _assignment(row)


def assignments(group_id: int) -> dict[str, AssignmentInfo]:
    """Return the standing assignments of a group by source."""
    return {row.source: _assignment(row) for row in Assignment.objects.filter(group_id=group_id).order_by("source")}


def assignment(group_id: int, source: str) -> AssignmentInfo | None:
    """Return the standing assignment of one source, if the leader has made one.

    A list that is read from another's file is that agency's too: what holds for the file holds for everybody in it.
    """
    row = Assignment.objects.filter(group_id=group_id, source=source).first()
    if row is None and (first := _beside(group_id, source)):
        row = Assignment.objects.filter(group_id=group_id, source=first).first()
    return replace(_assignment(row), source=source) if row else None


def _beside(group_id: int, source: str) -> str | None:
    """Return the list from whose file a source is read, as the product's contract says where there is one."""
    contract = SHIPPED.find(source)
    if contract is None:
        contract = contracts(group_id, clock.today(offices.group_by_id(group_id))).find(source)
    return contract.beside if contract else None
