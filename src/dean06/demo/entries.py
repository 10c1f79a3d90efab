"""One row of a sector's list as its clerk keeps it, and what is really behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dean06.demo.kinds import FIELD_ORDER, KINDS, WRONG_FIELD
from dean06.demo.types import NOBODY

Cell = str | int
FIXED = "da_sua"
SAID_FIXED = "bao_da_sua"


class Entry(NamedTuple):
    """A row: what is written, who it is, and which dirt lies between the two."""

    person: int
    """Position in the register's people; NOBODY when the person is not in it."""
    key: str
    name: str
    born: Cell
    sex: str
    number: Cell
    hamlet: int
    extras: tuple[Cell, ...]
    kinds: tuple[str, ...]
    old_unit: bool = False
    """Whether the address names the commune as it was before the last reform."""
    short_home: bool = False
    claim: str = ""
    """FIXED when the agency corrected it since the last delivery, SAID_FIXED when it only says so."""

    @property
    def wrong(self) -> tuple[str, ...]:
        """Return the fields that differ from the register, in the order of the result's contract."""
        fields = {WRONG_FIELD[kind] for kind in self.kinds if kind in WRONG_FIELD}
        return tuple(f for f in FIELD_ORDER if f in fields)

    @property
    def faulty(self) -> bool:
        """Tell whether there is something for the agency to correct in the row itself."""
        return any(KINDS[kind].effect in {"sai", "dong"} or kind == "so_trong" for kind in self.kinds)

    @property
    def stranger(self) -> bool:
        """Tell whether the person is not in the register."""
        return self.person == NOBODY


def with_kinds(kinds: tuple[str, ...], added: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds with more, each once."""
    return tuple(dict.fromkeys((*kinds, *added)))
