"""Storage of funds, one module a noun."""

from __future__ import annotations

from dean06.funds.models.estimates import Budget, Estimate, EstimateEvent, EstimateLine, Mechanism
from dean06.funds.models.journal import Counter, Line, Movement, Source, Year
from dean06.funds.models.spending import Payment, SpendingEvent, SpendingRequest

__all__ = [
    "Budget",
    "Counter",
    "Estimate",
    "EstimateEvent",
    "EstimateLine",
    "Line",
    "Mechanism",
    "Movement",
    "Payment",
    "Source",
    "SpendingEvent",
    "SpendingRequest",
    "Year",
]
