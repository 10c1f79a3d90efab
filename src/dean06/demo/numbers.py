"""Identity numbers: twelve digits with the structure of their time, and the nine digits before them.

Structure PPP C YY NNNNNN: province of birth registration, century and sex, birth year, serial. A mismatch with the
person is lawful (sex or year corrected after issue), so a few are made.
"""

from __future__ import annotations

from datetime import date
from random import Random

from dean06.places.service import catalogue

PROVINCES = tuple(f"{int(unit.code):03d}" for unit in catalogue(date(2025, 6, 30), "tinh"))
"""The province codes of a lifetime: those of the 63 provinces, whatever became of them since."""

_ELSEWHERE = 0.045
_YEAR_MISMATCH = 0.003
_SEX_MISMATCH = 0.001
_SHARED_CARD = 0.01


def century_digit(year: int, *, male: bool) -> int:
    """Return the digit of century and sex: 0 and 1 for 1900-1999, 2 and 3 for 2000-2099."""
    return (year // 100 - 19) * 2 + (0 if male else 1)


class Numbers:
    """A mint that never gives a twelve-digit number twice."""

    def __init__(self, home_province: str, old_series: tuple[str, ...]) -> None:
        self.home_province = home_province
        self.old_series = old_series
        self.given: set[str] = set()
        self.cards: set[str] = set()

    def mint(self, rng: Random, year: int, *, male: bool) -> str:
        """Return a new number for someone of that birth year and sex, rarely one that does not fit them."""
        chance = rng.random()
        province = self.home_province
        if chance < _ELSEWHERE:
            province = PROVINCES[int(rng.random() * len(PROVINCES))]
        elif chance < _ELSEWHERE + _YEAR_MISMATCH:
            year += 1 if rng.random() < 0.5 and year % 100 != 99 else -1
        elif chance < _ELSEWHERE + _YEAR_MISMATCH + _SEX_MISMATCH:
            male = not male
        head = f"{province}{century_digit(max(year, 1900), male=male)}{year % 100:02d}"
        while True:
            number = f"{head}{int(rng.random() * 1_000_000):06d}"
            if number not in self.given:
                self.given.add(number)
                return number

    def old_card(self, rng: Random) -> str:
        """Return a nine-digit number; now and then two people hold the same one, as happened with the old cards."""
        while True:
            series = self.old_series[int(rng.random() * len(self.old_series))]
            number = f"{series}{int(rng.random() * 1_000_000):06d}"
            if number not in self.cards or rng.random() < _SHARED_CARD:
                self.cards.add(number)
                return number
