"""What waits for one person: meetings to come, reports and ballots owed, absences to answer, questions in writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from dean06.clock import service as clock
from dean06.meetings.models import Absence, Asked, Elector, Invitee, Meeting
from dean06.meetings.rows import meeting_info
from dean06.meetings.types import MeetingInfo, State
from dean06.offices.types import Viewer

AHEAD = timedelta(days=14)

__all__ = ["Awaited", "awaiting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """What waits for a reader in a group; each list holds what leads to its page.

    Attributes:
        coming: meetings of the next days to which the reader is invited, those going on first.
        reports: of those, the ones whose report the reader has not filed.
        ballots: meetings in which the reader's ballot is wanted now.
        consents: meetings over which the reader presides, and how many absences wait for an answer.
        rounds: (id, matter, closing time) of written rounds the reader has not answered.
    """

    coming: tuple[MeetingInfo, ...] = ()
    reports: frozenset[int] = frozenset()
    ballots: frozenset[int] = frozenset()
    consents: tuple[tuple[int, int], ...] = ()
    rounds: tuple[tuple[int, str, datetime], ...] = ()


@clock.once_a_moment
def awaiting(viewer: Viewer, group_id: int, now: datetime) -> Awaited:
    """Return what waits for a reader in a group at an instant; five queries whatever there is."""
    if not viewer.sits_in(group_id):
        return Awaited()
    mine = Invitee.objects.filter(group_id=group_id, account=viewer.account)
    states = [State.CONVENED.value, State.OPEN.value]
    rows = Meeting.objects.filter(pk__in=mine.values("meeting_id"), state__in=states, starts_at__lt=now + AHEAD)
    coming = [meeting_info(row) for row in rows.select_related("group", "series").order_by("starts_at")]
    owed = mine.filter(meeting__in=[one.id for one in coming], votes=True, report=None)
    absent = Absence.objects.filter(
        group_id=group_id,
        meeting__chair_account=viewer.account,
        meeting__state__in=states,
        reported_at__isnull=False,
        consent=None,
    )
    waiting: dict[int, int] = {}
    for meeting_id in absent.values_list("meeting_id", flat=True):
        waiting[meeting_id] = waiting.get(meeting_id, 0) + 1
    ballots = Elector.objects.filter(
        group_id=group_id,
        vote__is_open=True,
        on_roll=True,
        conflict=False,
        voted=False,
        invitee__account=viewer.account,
    )
    asked = Asked.objects.filter(
        group_id=group_id, account=viewer.account, answered_at=None, round__closed_at=None, round__closes_at__gt=now
    )
    return Awaited(
        coming=tuple(coming),
        reports=frozenset(owed.values_list("meeting_id", flat=True)),
        ballots=frozenset(ballots.values_list("vote__meeting_id", flat=True)),
        consents=tuple(sorted(waiting.items())),
        rounds=tuple(asked.order_by("round__closes_at").values_list("round_id", "round__matter", "round__closes_at")),
    )
