"""For whom a paper of restricted circulation is: its circle as the table keeps it, and who of its group reads it.

Whoever drafted it, signed it or was asked to reads it anyway; a group above never does, though it was issued.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from dean06.offices.types import Viewer
from dean06.papers import models
from dean06.papers.types import Circle

ORDINARY, RESTRICTED = "thuong", "han_che"
ROLE, AGENCY = "r:", "a:"

__all__ = ["ORDINARY", "RESTRICTED", "circle_of", "readable", "reads", "seats_of", "written"]


def written(circle: Circle) -> str:
    """Return a circle as the table keeps it: ;r:role;a:agency; and nothing for nobody."""
    named = sorted({f"{ROLE}{one}" for one in circle.roles} | {f"{AGENCY}{one}" for one in circle.agencies})
    return f";{';'.join(named)};" if named else ""


def circle_of(row: models.Paper) -> Circle | None:
    """Return for whom a row is; None where everybody of its group reads it."""
    if row.level != RESTRICTED:
        return None
    named = row.circle.strip(";").split(";")
    return Circle(
        roles=frozenset(one.removeprefix(ROLE) for one in named if one.startswith(ROLE)),
        agencies=frozenset(one.removeprefix(AGENCY) for one in named if one.startswith(AGENCY)),
    )


def readable(viewer: Viewer, group_id: int, rows: QuerySet[models.Paper]) -> QuerySet[models.Paper]:
    """Narrow papers of a group to those that a reader may open; whoever does not sit there sees issued ones."""
    if not viewer.sees_summaries_of(group_id):
        return rows.none()
    if not viewer.sits_in(group_id):
        return rows.filter(level=ORDINARY).exclude(number=None)
    held = [one for one in viewer.capacities if one.group_id == group_id]
    mine = Q(drafter=viewer.account)
    for name in sorted({f"{ROLE}{one.role}" for one in held} | {f"{AGENCY}{one.agency}" for one in held if one.agency}):
        mine |= Q(circle__contains=f";{name};")
    seats = [one.seat_id for one in held if not one.reading]
    asked = models.SigningRequest.objects.filter(group_id=group_id, seat__in=seats)
    signed = models.Signature.objects.filter(group_id=group_id, account=viewer.account)
    mine |= Q(pk__in=asked.values("paper_id")) | Q(pk__in=signed.values("paper_id"))
    return rows.filter(Q(level=ORDINARY) | mine)


def reads(viewer: Viewer, row: models.Paper) -> bool:
    """Say whether a reader may open a paper."""
    if row.level == ORDINARY:
        return viewer.sits_in(row.group_id) or (row.number is not None and viewer.sees_summaries_of(row.group_id))
    return readable(viewer, row.group_id, models.Paper.objects.filter(pk=row.pk)).exists()


def seats_of(paper_id: int) -> tuple[frozenset[int], frozenset[str]]:
    """Return the seats that were asked to sign a paper, and the accounts that did."""
    asked = models.SigningRequest.objects.filter(paper_id=paper_id).values_list("seat", flat=True)
    signed = models.Signature.objects.filter(paper_id=paper_id).exclude(account="").values_list("account", flat=True)
    return frozenset(asked), frozenset(signed)
