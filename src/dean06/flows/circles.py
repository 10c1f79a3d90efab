"""Circles of readers that no entry can name beforehand: who belongs to one is asked when somebody searches.

The charter, the group's own rules and who holds which seat decide it; the same answer opens the pages themselves.
"""

from __future__ import annotations

from dean06.flows import budgeting, circulating, violating
from dean06.offices.types import GroupInfo, Viewer

VIOLATIONS, ESTIMATES, BUDGET, PAPERS = "violations", "estimates", "budget", "papers"
WRITING = "secretariat"  # helps agencies to write their estimates

__all__ = ["BUDGET", "ESTIMATES", "PAPERS", "VIOLATIONS", "of"]


def of(viewer: Viewer, group: GroupInfo, see_all: frozenset[str]) -> frozenset[str]:
    """Return the circles of a group to which a reader belongs now; overseers read what money is planned anyway."""
    held = [seat for seat in viewer.capacities if seat.group_id == group.id]
    if not held:
        return frozenset()
    found = {VIOLATIONS} if violating.is_reader(viewer, group) else set()
    if any(seat.role in circulating.keepers() for seat in held):
        found.add(PAPERS)
    if any(seat.role in see_all for seat in held):
        return frozenset(found)
    all_lines = budgeting.seeing_all(viewer, group)
    if any(seat.role in all_lines for seat in held):
        found |= {ESTIMATES, BUDGET}
    if any(seat.role == WRITING for seat in held):
        found.add(ESTIMATES)
    return frozenset(found)
