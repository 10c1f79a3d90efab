"""What the given facts establish, and which of a norm's conditions they leave open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dean06.charter.types import Fact
from dean06.charter.vocabulary import vocabulary

NO = (None, False, "false", "")

__all__ = ["NO", "established", "holds", "lacks"]


def established(facts: Mapping[str, Fact], name: str) -> bool:
    """A fact that is not given is not established; some facts bring others with them."""
    value = facts.get(name)
    if value not in NO:
        return True
    implied = vocabulary().implied_by.get(name)
    return implied is not None and any(
        facts.get(other) == wanted or (wanted is True and facts.get(other) not in NO) for other, wanted in implied
    )


def holds(facts: Mapping[str, Fact], group: tuple[str, ...]) -> bool:
    """One of several would do; a leading `!` wants the fact not established."""
    return any(not established(facts, name[1:]) if name[0] == "!" else established(facts, name) for name in group)


def lacks(facts: Mapping[str, Fact], when: Iterable[tuple[str, ...]]) -> list[str]:
    """Return each fact not met; where one of several would do, all of them."""
    return [name for group in when if not holds(facts, group) for name in group]
