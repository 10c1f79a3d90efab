"""Working an indicator out: a named operation on named inputs, in exact decimals. Pure.

What is missing is not measured («chưa đo»); a denominator of nought is not applicable; neither is ever taken for zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dean06.reports.indicators.catalogue import Book, Indicator

Values = Mapping[str, Decimal]
MEASURED, UNMEASURED, NOT_APPLICABLE = "measured", "unmeasured", "not_applicable"
HUNDRED, MONTHS = Decimal(100), Decimal(12)

__all__ = ["MEASURED", "NOT_APPLICABLE", "UNMEASURED", "Measured", "Scored", "measure", "score"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """An indicator in one period: its value, what it was divided from, or the inputs that are missing."""

    indicator: Indicator
    state: str
    value: Decimal | None = None
    top: Decimal | None = None
    bottom: Decimal | None = None
    missing: tuple[str, ...] = ()

    @property
    def share_of_full(self) -> Decimal | None:
        """How much of its points it earns, 0 to 1: all from `full_at` on, else in proportion."""
        if self.value is None:
            return None
        return max(Decimal(0), min(Decimal(1), self.value / self.indicator.full_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Points of a group of indicators: earned of those that were measured, and what could be earned by all."""

    code: str
    vi: str
    en: str
    points: Decimal | None
    most: Decimal
    unmeasured: tuple[str, ...]


def measure(indicator: Indicator, values: Values) -> Measured:
    """Work an indicator out from the inputs that are known."""
    missing = tuple(code for code in _needed(indicator, values) if code not in values)
    if missing:
        return Measured(indicator=indicator, state=UNMEASURED, missing=missing)
    top = _total(indicator.top, values)
    if not indicator.is_share:
        return Measured(indicator=indicator, state=MEASURED, value=_rounded(top, indicator), top=top)
    bottom = _BOTTOMS[indicator.does](indicator, values)
    if bottom == 0:
        return Measured(indicator=indicator, state=NOT_APPLICABLE, top=top, bottom=bottom)
    share = HUNDRED * top / bottom
    if indicator.does == "remainder_ratio":
        share = max(Decimal(0), HUNDRED - share)
    return Measured(indicator=indicator, state=MEASURED, value=_rounded(share, indicator), top=top, bottom=bottom)


def _needed(indicator: Indicator, values: Values) -> tuple[str, ...]:
    """Return the inputs asked for; those of the year before only where both others are nought."""
    asked = tuple(dict.fromkeys([*indicator.top, *indicator.bottom]))
    if indicator.else_year and all(values.get(code) == 0 for code in indicator.bottom):
        return (*asked, indicator.else_year)
    return asked


def _total(codes: Sequence[str], values: Values) -> Decimal:
    return sum((values[code] for code in codes), Decimal(0))


def _sum(indicator: Indicator, values: Values) -> Decimal:
    return _total(indicator.bottom, values)


def _larger(indicator: Indicator, values: Values) -> Decimal:
    largest = max(values[code] for code in indicator.bottom)
    if largest == 0 and indicator.else_year:
        return values[indicator.else_year] / MONTHS
    return largest


_BOTTOMS: Mapping[str, Callable[[Indicator, Values], Decimal]] = {
    "ratio": _sum,
    "ratio_of_larger": _larger,
    "remainder_ratio": _sum,
}


def _rounded(value: Decimal, indicator: Indicator) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-indicator.rounding), rounding=ROUND_HALF_UP)


def score(book: Book, measured: Mapping[str, Measured]) -> tuple[Scored, ...]:
    """Return the points of each group of a book's indicators; one that is not applicable leaves its points to the rest.

    A group with an indicator that is not measured has no points yet: they would be too few.
    """
    found = []
    for one in book.scores:
        told = [measured[code] for code in one.of]
        unmeasured = tuple(each.indicator.code for each in told if each.state == UNMEASURED)
        shares = [each.share_of_full for each in told if each.share_of_full is not None]
        points = None
        if shares and not unmeasured:
            whole = one.points * sum(shares, Decimal(0)) / len(shares)
            points = whole.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        found.append(Scored(code=one.code, vi=one.vi, en=one.en, points=points, most=one.points, unmeasured=unmeasured))
    return tuple(found)
