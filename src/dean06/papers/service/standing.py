"""How many papers of a group wait, for its board: counts, whatever their number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from dean06.offices.types import Viewer
from dean06.papers.models import Incoming, SigningRequest

__all__ = ["Asked", "Waiting", "asked_by", "standing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Papers before a signer, papers that came and have no number, and answers that are overdue."""

    to_sign: int
    arrived: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A paper that a reader put before a signer, and since when it lies there."""

    paper_id: int
    abstract: str
    signer: str
    since: datetime


def asked_by(viewer: Viewer, group_id: int, most: int = 20) -> tuple[Asked, ...]:
    """Return the papers that a reader put before a signer and that still lie there, the oldest first."""
    if not viewer.sits_in(group_id):
        return ()
    rows = SigningRequest.objects.filter(group_id=group_id, state="waiting", asked_by=viewer.account)
    found = rows.select_related("paper").defer("paper__content").order_by("asked_at", "pk")[:most]
    return tuple(
        Asked(paper_id=row.paper_id, abstract=row.paper.abstract, signer=row.title, since=row.asked_at) for row in found
    )


def standing(group_id: int, today: date) -> Waiting:
    """Count what waits in a group on its day; two queries."""
    came = Incoming.objects.filter(group_id=group_id).aggregate(
        arrived=Count("pk", filter=Q(status=Incoming.Status.ARRIVED)),
        late=Count("pk", filter=Q(status=Incoming.Status.HANDED, answer_by__lt=today)),
    )
    asked = SigningRequest.objects.filter(group_id=group_id, state="waiting").count()
    return Waiting(to_sign=asked, arrived=came["arrived"], late=came["late"])
