"""The periods of reports: a month, a half-year, a year."""

from __future__ import annotations

from dean06.reports.periods import HALF_YEAR, MONTH, YEAR, Period, is_period, parse

__all__ = ["HALF_YEAR", "MONTH", "YEAR", "Period", "is_period", "parse"]
