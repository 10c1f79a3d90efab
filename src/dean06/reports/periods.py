"""The periods of reports: a month, a half-year, a year; their words, their days, the one before. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dean06.clock.errors import BadInput

MONTH, HALF_YEAR, YEAR = "month", "half_year", "year"
_WRITTEN = re.compile(r"(20\d{2})(?:-(?:(0[1-9]|1[0-2])|H([12])))?")

__all__ = ["HALF_YEAR", "MONTH", "YEAR", "Period", "is_period", "parse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period by its code: `2022-09`, `2022-H1`, `2022`; its first and last day."""

    code: str
    kind: str
    since: date
    until: date

    @property
    def vi(self) -> str:
        """Its name as offices write it: tháng 09 năm 2022, 6 tháng đầu năm 2022, năm 2022."""
        match self.kind:
            case "month":
                return f"tháng {self.since:%m} năm {self.since.year}"
            case "half_year":
                return f"6 tháng {'đầu' if self.since.month == 1 else 'cuối'} năm {self.since.year}"
            case _:
                return f"năm {self.since.year}"

    @property
    def read(self) -> str:
        """Its name on a screen: tháng 09/2022; the others as offices write them."""
        return f"tháng {self.since:%m/%Y}" if self.kind == MONTH else self.vi

    @property
    def en(self) -> str:
        """Its name in English."""
        match self.kind:
            case "month":
                return f"{self.since:%m/%Y}"
            case "half_year":
                return f"the {'first' if self.since.month == 1 else 'second'} half of {self.since.year}"
            case _:
                return f"{self.since.year}"

    @property
    def before(self) -> Period:
        """The period of the same kind before this one."""
        return _around(self, date.fromordinal(self.since.toordinal() - 1))

    @property
    def after(self) -> Period:
        """The period of the same kind after this one."""
        return _around(self, date.fromordinal(self.until.toordinal() + 1))

    def holds(self, day: date) -> bool:
        """Say whether a day lies in it."""
        return self.since <= day <= self.until


def _around(period: Period, day: date) -> Period:
    codes = {MONTH: f"{day:%Y-%m}", HALF_YEAR: f"{day.year}-H{1 if day.month <= 6 else 2}", YEAR: f"{day.year}"}
    return parse(codes[period.kind])


def is_period(code: str) -> bool:
    """Say whether a code names a period."""
    return _WRITTEN.fullmatch(code) is not None


def parse(code: str) -> Period:
    """Return the period that a code names."""
    found = _WRITTEN.fullmatch(code)
    if found is None:
        raise BadInput(
            f"Kỳ «{code}» phải viết như 2022-09, 2022-H1 hoặc 2022.",
            f"Write the period {code!r} like 2022-09 or 2022-H1.",
        )
    year, month, half = int(found[1]), found[2], found[3]
    first, last, kind = 1, 12, YEAR
    if month:
        first, last, kind = int(month), int(month), MONTH
    elif half:
        first, last, kind = (1, 6, HALF_YEAR) if half == "1" else (7, 12, HALF_YEAR)
    end = date(year + last // 12, last % 12 + 1, 1)
    return Period(code=code, kind=kind, since=date(year, first, 1), until=date.fromordinal(end.toordinal() - 1))
