"""The indicators: their catalogue, and working one out from its figures."""

from __future__ import annotations

from dean06.reports.indicators.catalogue import Book, Indicator, Input, Score, books, indicators, inputs
from dean06.reports.indicators.measuring import (
    MEASURED,
    NOT_APPLICABLE,
    UNMEASURED,
    Measured,
    Scored,
    measure,
    score,
)
from dean06.reports.rollup import indicator_code

__all__ = [
    "MEASURED",
    "NOT_APPLICABLE",
    "UNMEASURED",
    "Book",
    "Indicator",
    "Input",
    "Measured",
    "Score",
    "Scored",
    "books",
    "indicator_code",
    "indicators",
    "inputs",
    "measure",
    "score",
]
