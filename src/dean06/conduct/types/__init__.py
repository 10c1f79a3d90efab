"""What crosses the threshold of the room of conduct, one module a noun."""

from __future__ import annotations

from dean06.conduct.types.commendations import (
    OPEN_STATES,
    Before,
    CommendationInfo,
    Figure,
    Happened,
    Honoured,
    NewCommendation,
    State,
)
from dean06.conduct.types.replacements import (
    Evidence,
    NewAnswer,
    NewReplacement,
    ReplacementEvent,
    ReplacementInfo,
    Stage,
)
from dean06.conduct.types.violations import (
    LineInfo,
    LookInfo,
    NewViolation,
    Step,
    ViolationInfo,
)

__all__ = [
    "OPEN_STATES",
    "Before",
    "CommendationInfo",
    "Evidence",
    "Figure",
    "Happened",
    "Honoured",
    "LineInfo",
    "LookInfo",
    "NewAnswer",
    "NewCommendation",
    "NewReplacement",
    "NewViolation",
    "ReplacementEvent",
    "ReplacementInfo",
    "Stage",
    "State",
    "Step",
    "ViolationInfo",
]
