"""Meetings and written rounds as the catalogue of things takes them: one by the id that the ledger has of it."""

from __future__ import annotations

from dean06.meetings.models import Meeting, Round
from dean06.meetings.rounds import round_info
from dean06.meetings.rows import meeting_info
from dean06.meetings.types import MeetingInfo, RoundInfo

MEETING, ROUND = "hop", "phieu"

__all__ = ["meeting_of_ref", "round_of_ref"]


def _numbered(ref: str, sort: str) -> tuple[int, int] | None:
    """Return year and number of a meeting or a round as its id says them."""
    _, _, rest = ref.partition(":")
    named, _, numbers = rest.partition(":")
    year, _, number = numbers.partition(":")
    return (int(year), int(number)) if named == sort and year.isdecimal() and number.isdecimal() else None


def meeting_of_ref(group_id: int, ref: str) -> MeetingInfo | None:
    """Return one meeting of a group, for the house's own work."""
    told = _numbered(ref, MEETING)
    if told is None:
        return None
    rows = Meeting.objects.select_related("group", "series")
    row = rows.filter(group_id=group_id, year=told[0], number=told[1]).first()
    return meeting_info(row) if row else None


def round_of_ref(group_id: int, ref: str) -> RoundInfo | None:
    """Return one written round of a group, for the house's own work."""
    told = _numbered(ref, ROUND)
    if told is None:
        return None
    rows = Round.objects.select_related("group").prefetch_related("asked")
    row = rows.filter(group_id=group_id, year=told[0], number=told[1]).first()
    return round_info(row) if row else None
