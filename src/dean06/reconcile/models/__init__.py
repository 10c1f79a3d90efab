"""Storage of reconcile, one module a noun."""

from __future__ import annotations

from dean06.reconcile.models.desk import Desk, DeskDecision, DeskRow
from dean06.reconcile.models.lookups import LookedUp, Lookup, LookupAddress
from dean06.reconcile.models.matching import (
    Feed,
    FieldAnswer,
    FieldPrint,
    FieldRow,
    FieldSheet,
    Filling,
    Look,
    MonthScores,
    Reading,
    Run,
    Sample,
    SampleRow,
    Score,
    Threshold,
)

__all__ = [
    "Desk",
    "DeskDecision",
    "DeskRow",
    "Feed",
    "FieldAnswer",
    "FieldPrint",
    "FieldRow",
    "FieldSheet",
    "Filling",
    "Look",
    "LookedUp",
    "Lookup",
    "LookupAddress",
    "MonthScores",
    "Reading",
    "Run",
    "Sample",
    "SampleRow",
    "Score",
    "Threshold",
]
