"""What a parent group lays beside each other: the measures, and how their totals are made. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from importlib import resources

from ruamel.yaml import YAML

from dean06.reports.indicators.catalogue import indicators

SUM, WORST, SHARE = "sum", "worst", "share"
HUNDRED, PLACES = Decimal(100), Decimal("0.01")

__all__ = ["SHARE", "SUM", "WORST", "Measure", "codes", "indicator_code", "measures", "total"]

Cells = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One column: its code among the facts, its words, how the total is made."""

    code: str
    vi: str
    en: str
    total: str
    share: bool = False
    remainder: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        """The codes that it reads."""
        return (self.code, f"{self.code}.tu", f"{self.code}.mau") if self.total == SHARE else (self.code,)


def indicator_code(indicator: str) -> str:
    """Return the code under which an indicator stands among the facts of a report."""
    return f"ct.{indicator.lower().replace('.', '_')}"


@lru_cache(maxsize=1)
def measures() -> tuple[Measure, ...]:
    """Return the measures of the file, then the indicators."""
    text = resources.files("dean06.reports").joinpath("rollup.yaml").read_text(encoding="utf-8")
    listed = [Measure(**one) for one in YAML(typ="safe", pure=True).load(text)["measures"]]
    listed += [
        Measure(
            code=indicator_code(one.code),
            vi=f"{one.code} {one.vi}",
            en=f"{one.code} {one.en}",
            total=SHARE if one.is_share else SUM,
            share=one.is_share,
            remainder=one.does == "remainder_ratio",
        )
        for one in indicators().values()
    ]
    return tuple(listed)


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """Return every code that is laid out when a report is issued."""
    return tuple(code for one in measures() for code in one.needs)


def total(measure: Measure, rows: Sequence[Cells]) -> Decimal | None:
    """Return the total over those who told a value: a sum, the worst, or the share of two sums; None: nobody did."""
    told = [row for row in rows if measure.code in row]
    if not told:
        return None
    values = [row[measure.code] for row in told]
    if measure.total == WORST:
        return min(values)
    if measure.total == SUM:
        return sum(values, Decimal(0))
    whole = [row for row in told if f"{measure.code}.mau" in row]
    bottom = sum((row[f"{measure.code}.mau"] for row in whole), Decimal(0))
    if not bottom:
        return None
    top = sum((row[f"{measure.code}.tu"] for row in whole), Decimal(0))
    share = HUNDRED * top / bottom
    made = max(Decimal(0), HUNDRED - share) if measure.remainder else share
    return made.quantize(PLACES, rounding=ROUND_HALF_UP)
