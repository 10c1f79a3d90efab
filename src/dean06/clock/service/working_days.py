"""Working days: weekends, public holidays and the days the Government swaps each year.

The library `holidays` gives the start; the table that the office edits has the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import holidays


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Days off and days worked. `swapped` maps a date to True (worked) or False (off) and wins over both."""

    days_off: frozenset[date]
    swapped: Mapping[date, bool] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Say whether offices work on this day."""
        if day in self.swapped:
            return self.swapped[day]
        return day.weekday() < 5 and day not in self.days_off

    def add_working_days(self, start: date, count: int) -> date:
        """Return the day `count` working days after `start`; `start` itself is never counted."""
        day = start
        left = count
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`; negative when `end` lies before."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


@lru_cache(maxsize=64)
def holiday_names(year: int, language: str) -> Mapping[date, str]:
    """Return the public holidays of a year with their names, in Vietnamese (`vi`) or English (`en`)."""
    return dict(holidays.country_holidays("VN", years=year, language="vi" if language == "vi" else "en_US"))


def vietnam_calendar(years: Iterable[int], swapped: Mapping[date, bool] | None = None) -> Calendar:
    """Build the Vietnamese calendar of these years (Labour Code 2019, Article 112, as `holidays` has it)."""
    days = frozenset(day for year in years for day in holiday_names(year, "vi"))
    return Calendar(days_off=days, swapped=dict(swapped or {}))
