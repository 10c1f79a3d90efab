"""The face of written rounds: asked, answered, closed by the rule."""

from __future__ import annotations

from dean06.meetings.rounds import answer, attach, close, open_round, outcome, remind, reserve

__all__ = [
    "answer",
    "attach",
    "close",
    "open_round",
    "outcome",
    "remind",
    "reserve",
]
