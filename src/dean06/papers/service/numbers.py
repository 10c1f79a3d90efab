"""Whether a number that was given is still carried by its paper: a hole in a series is damage, and is told."""

from __future__ import annotations

from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.papers import models
from dean06.papers.types import Hole

__all__ = ["holes"]


def holes(group_id: int, symbol: str, year: int) -> list[Hole]:
    """Return the numbers of a series that no paper carries: none, unless data was damaged.

    A paper that was recalled, replaced or voided keeps its number. Where the ledger tells which paper a missing number
    was given to, the hole names it and the entry that says so.
    """
    numbers = models.Series.objects.filter(group_id=group_id, symbol=symbol, year=year).first()
    if numbers is None:
        return []
    carried = models.Paper.objects.filter(group_id=group_id, symbol=symbol, year=year, number__isnull=False)
    missing = set(range(1, numbers.last + 1)) - set(carried.values_list("number", flat=True))
    scope = offices.group_by_id(group_id).slug
    return [_explained(scope, symbol, year, number) for number in sorted(missing)]


def _explained(scope: str, symbol: str, year: int, number: int) -> Hole:
    for told in ledger.noted(scope, "paper", {"number": number, "symbol": symbol}):
        if told.permitted_at.year == year:
            return Hole(number=number, paper_id=told.object_id, entry=told.entry)
    return Hole(number=number)
