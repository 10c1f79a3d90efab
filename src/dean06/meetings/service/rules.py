"""The face of the rules of a count: what a group chose where its charter is silent, else ours."""

from __future__ import annotations

from dean06.meetings.rules import MOST_DAYS, OF_A_ROUND, OF_A_VOTE, Gap, fits, gaps, used

__all__ = [
    "MOST_DAYS",
    "OF_A_ROUND",
    "OF_A_VOTE",
    "Gap",
    "fits",
    "gaps",
    "used",
]
