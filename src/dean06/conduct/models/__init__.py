"""Storage of conduct, one module a noun."""

from __future__ import annotations

from dean06.conduct.models.commendations import Commendation, CommendationEvent, Honoured
from dean06.conduct.models.replacements import Replacement, ReplacementEvidence, ReplacementStep
from dean06.conduct.models.violations import Violation, ViolationEvent, ViolationLook

__all__ = [
    "Commendation",
    "CommendationEvent",
    "Honoured",
    "Replacement",
    "ReplacementEvidence",
    "ReplacementStep",
    "Violation",
    "ViolationEvent",
    "ViolationLook",
]
