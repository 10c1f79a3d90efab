"""A group as stored, as the room hands it out."""

from __future__ import annotations

from dean06.charter.types import Ending
from dean06.offices.models import Group
from dean06.offices.types import GroupInfo


def info(row: Group) -> GroupInfo:
    """Return a stored group as other rooms know it."""
    return GroupInfo(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        short_name=row.short_name,
        level=row.level,
        unit_code=row.unit_code,
        unit_on=row.unit_on,
        charter_line=row.charter_line,
        own_day=row.own_day,
        is_demo=row.is_demo,
        parent_id=row.parent_id,
        ending=ending_of(row),
    )


def ending_of(row: Group) -> Ending | None:
    """Return how a group ended; None while it is at work."""
    if row.ended_on is None or row.ended_signed_on is None:
        return None
    return Ending(
        last_day=row.ended_on,
        instrument=row.ended_by,
        signed_on=row.ended_signed_on,
        successors=tuple(row.successors.order_by("pk").values_list("name", flat=True)),
    )
