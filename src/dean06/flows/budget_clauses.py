"""What a group's charter says of the yearly estimate: under which word it is put together, and by which agency."""

from __future__ import annotations

from dean06.adoption import service as adoption
from dean06.charter.types import Norm
from dean06.clock import service as clock
from dean06.offices.types import GroupInfo

# A charter has one word or the other for the yearly estimate: to consolidate and submit it, or to advise on it.
WORDS = ("budget.consolidate_and_submit", "budget.advise")

__all__ = ["consolidators", "norm", "word"]


def norm(group: GroupInfo) -> Norm | None:
    """Return the norm of the group's charter on the yearly estimate; None where it has none."""
    text = adoption.charter_of(group.charter_line, clock.today(group))
    return next((one for action in WORDS for one in text.norms if one.action == action), None)


def word(group: GroupInfo) -> str:
    """Return the word under which the group's charter has the yearly estimate put together."""
    found = norm(group)
    return found.action if found is not None and found.action else WORDS[0]


def consolidators(group: GroupInfo) -> frozenset[str]:
    """Return the agencies that the charter makes put the estimates together."""
    found = norm(group)
    return frozenset(one.agency for one in found.bearers if one.agency) if found else frozenset()
