"""What may be told to whom no row is open: no cell of few, and none from which one could be worked out. Pure.

A cell of few is hidden; where what is hidden could be found by taking the shown from the whole, or is of few in all,
the smallest shown cell is hidden with it, until at least two are hidden that hold enough together. Where a commune has
few records, all its cells of people are hidden: values are counted by the record, and would tell how many there are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from dean06.reconcile.types import SMALL, Measure

WHOLE = ""
Cells = dict[tuple[str, str], Measure]

__all__ = ["WHOLE", "Cells", "safe"]


def safe(cells: Mapping[tuple[str, str], Measure], *, records: Collection[str], apart: Collection[str]) -> Cells:
    """Return the cells, by commune and measure, with those hidden that must not be told.

    Args:
        cells: the measures of one run; no commune is the whole.
        records: codes of the measures that count every record once.
        apart: codes of the measures that count no people, which are told as they are.
    """
    few = {place for (place, code), one in cells.items() if code in records and 0 < one.total < SMALL}
    kept = dict(cells)
    for code in {code for _, code in cells} - set(apart):
        own = {place: one.total for (place, other), one in cells.items() if other == code and one.total}
        for place in _hidden(own, few):
            kept[(place, code)] = _untold(cells[(place, code)])
    return kept


def _untold(one: Measure) -> Measure:
    return replace(one, good=0, total=0, low=0.0, high=1.0, hidden=True)


def _hidden(totals: Mapping[str, int], few: Collection[str]) -> set[str]:
    """Return the places of one measure that are hidden; `totals` tells how many each was measured of."""
    small = {place for place, total in totals.items() if total < SMALL or place in few}
    if WHOLE in small:
        return set(totals)
    if WHOLE not in totals:
        return small
    parts = {place: total for place, total in totals.items() if place != WHOLE}
    nowhere = max(0, totals[WHOLE] - sum(parts.values()))  # people of no known commune are a cell that nobody is shown
    if not small and not 0 < nowhere < SMALL:
        return small
    shown = sorted((place for place in parts if place not in small), key=lambda place: (parts[place], place))
    while len(small) + bool(nowhere) < 2 or nowhere + sum(parts[place] for place in small) < SMALL:
        if not shown:
            return set(totals)
        small.add(shown.pop(0))
    return small
