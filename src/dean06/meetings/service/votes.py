"""The face of votes and decisions: the roll frozen, one ballot a seat, counted by the rule; or the leader decides."""

from __future__ import annotations

from dean06.meetings.voting import (
    cast,
    close_vote,
    decide_alone,
    enter_paper,
    enter_paper_counts,
    open_vote,
    preview,
    state_position,
    void_vote,
)

__all__ = [
    "cast",
    "close_vote",
    "decide_alone",
    "enter_paper",
    "enter_paper_counts",
    "open_vote",
    "preview",
    "state_position",
    "void_vote",
]
