"""The face of circulation: a paper made for a circle of readers alone or for everybody of its group again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from dean06.charter.types import ObjectRef, Permit
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer
from dean06.papers import models
from dean06.papers.keeping.circulation import ORDINARY, RESTRICTED, readable, seats_of, written
from dean06.papers.service import documents
from dean06.papers.types import Circle, PaperInfo

__all__ = ["restrict", "restrict_ref", "seats_of", "seen_papers"]


def restrict_ref(paper_id: int, circle: Circle | None) -> ObjectRef:
    """Return what the permit to say who reads a paper is given for; None opens it to everybody of its group."""
    told = "" if circle is None else written(circle) or ";"
    return ObjectRef(kind="paper", id=str(paper_id), digest=digest_of(circulation=told))


def restrict(by: Permit, paper_id: int, circle: Circle | None) -> PaperInfo:
    """Say who reads a paper from now on: a circle, or with None everybody of its group."""
    ref = restrict_ref(paper_id, circle)
    with transaction.atomic():
        row = models.Paper.objects.select_for_update(of=("self",)).select_related("group").get(pk=paper_id)
        row.level = ORDINARY if circle is None else RESTRICTED
        row.circle = "" if circle is None else written(circle)
        row.save(update_fields=["level", "circle"])
        ledger.append(
            by,
            scope=row.group.slug,
            kind=ref.kind,
            object_id=ref.id,
            digest=ref.digest,
            bound=ref.digest,
            note={"level": row.level},
        )
    return documents.info(row)


def seen_papers(viewer: Viewer, group_id: int, ids: Iterable[int]) -> frozenset[int]:
    """Return which of these papers of a group a reader may open."""
    rows = models.Paper.objects.filter(group_id=group_id, pk__in=list(ids))
    return frozenset(readable(viewer, group_id, rows).values_list("pk", flat=True))
