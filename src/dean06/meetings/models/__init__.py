"""Storage of meetings, one module a noun."""

from __future__ import annotations

from dean06.meetings.models.agenda import Conclusion, Item, MeetingPaper
from dean06.meetings.models.attendance import Absence, Presence, Report
from dean06.meetings.models.feeds import Feed
from dean06.meetings.models.meetings import Counter, Happening, Invitee, Meeting, Series
from dean06.meetings.models.rounds import Asked, Round
from dean06.meetings.models.votes import Decision, Elector, OpenBallot, Position, SecretBallot, Vote

__all__ = [
    "Absence",
    "Asked",
    "Conclusion",
    "Counter",
    "Decision",
    "Elector",
    "Feed",
    "Happening",
    "Invitee",
    "Item",
    "Meeting",
    "MeetingPaper",
    "OpenBallot",
    "Position",
    "Presence",
    "Report",
    "Round",
    "SecretBallot",
    "Series",
    "Vote",
]
