"""A made-up person and where they live."""

from __future__ import annotations

from dataclasses import dataclass

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A thôn, bản, xóm or tổ dân phố of a commune."""

    index: int
    name: str
    short: str
    """The way a clerk abbreviates it."""
    commune: str
    was: str
    """The commune it lay in before the last reform; its own commune where nothing changed."""
    upland: bool
    town: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the register, as it stands at the end of a month."""

    index: int
    number: str
    old_card: str
    name: str
    family: str
    male: bool
    year: int
    month: int
    """0 when the register knows the year alone."""
    day: int
    """0 when the register does not know the day."""
    people: str
    hamlet: int
    household: int
    father: int
    mother: int
    spouse: int
    father_name: str
    mother_name: str
    former: str = ""
    """Cancelled numbers, joined by `;`."""

    @property
    def born(self) -> str:
        """Return the birth date as the register writes it: yyyy-mm-dd, yyyy-mm or yyyy."""
        if self.day:
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"
