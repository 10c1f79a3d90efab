"""Periods and their bounds: exclusive, at 00:00 in Asia/Ho_Chi_Minh."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from typing_extensions import override

from dean06.charter.errors import BadPeriod
from dean06.clock.service import TZ, at_start_of

_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")
_YEAR = re.compile(r"^\d{4}$")


@lru_cache(maxsize=1024)
def _first_instant(year: int, number: int) -> datetime:
    return at_start_of(date(year, number, 1))


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `YYYY-MM`."""
        found = _MONTH.match(text)
        if found is None or int(found[1]) == 0:
            raise BadPeriod(text, "YYYY-MM")
        return cls(int(found[1]), int(found[2]))

    @override
    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def half(self) -> str:
        """The half-year this month ends in."""
        return f"{self.year:04d}-H{1 if self.number <= 6 else 2}"

    def start(self) -> datetime:
        """First instant of the month."""
        return _first_instant(self.year, self.number)

    def end(self) -> datetime:
        """First instant of the next month."""
        return _first_instant(self.year + 1, 1) if self.number == 12 else _first_instant(self.year, self.number + 1)

    def before_day(self, day: int) -> datetime:
        """First instant of a day of this month: «trước ngày 12» is day 12, 00:00."""
        return at_start_of(date(self.year, self.number, day))

    def holds(self, instant: datetime | None) -> bool:
        """Say whether an instant lies in this month."""
        return instant is not None and self.start() <= instant < self.end()


def months_of(month: str | None, year: int | str | None) -> tuple[Month, ...]:
    """Return the months asked for: one, or the twelve of a year."""
    if month is not None:
        return (Month.parse(month),)
    text = str(year)
    if _YEAR.match(text) is None or int(text) == 0:
        raise BadPeriod(text, "YYYY")
    return tuple(Month(int(text), number) for number in range(1, 13))


def half_span(half: str) -> tuple[datetime, datetime]:
    """Return first instant and bound of `YYYY-H1` or `YYYY-H2`."""
    year, first = int(half[:4]), 1 if half.endswith("H1") else 7
    return Month(year, first).start(), Month(year, first + 5).end()


def year_span(year: int) -> tuple[datetime, datetime]:
    """Return first instant and bound of a year."""
    return Month(year, 1).start(), Month(year, 12).end()


def last_day_before(bound: datetime) -> date:
    """Return the day of the last instant before a bound."""
    return (bound.astimezone(TZ) - timedelta(microseconds=1)).date()
