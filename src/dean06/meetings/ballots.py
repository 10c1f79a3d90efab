"""Votes, positions and decisions as other rooms know them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dean06.meetings.models import Decision, Elector, Position, Vote
from dean06.meetings.rows import as_cited, upload_of
from dean06.meetings.rules import as_used
from dean06.meetings.types import (
    Choice,
    Count,
    DecisionInfo,
    ElectorInfo,
    Mode,
    Outcome,
    PositionInfo,
    VoteInfo,
)

NOTHING = Count(members=0, present=0, favour=0, against=0, other=0)

__all__ = ["as_count", "decision_info", "position_info", "vote_info", "votes_of"]


def as_count(plain: Mapping[str, int]) -> Count:
    """Return a count from its plain values; nothing where there is none yet."""
    return Count(**plain) if plain else NOTHING


def votes_of(meeting_id: int) -> tuple[VoteInfo, ...]:
    """Return the votes of a meeting in their order; three queries whatever their number."""
    rows = Vote.objects.filter(meeting_id=meeting_id).prefetch_related("electors__invitee", "electors__ballot")
    return tuple(vote_info(row) for row in rows)


def _electors(row: Vote) -> Iterable[Elector]:
    cached = getattr(row, "_prefetched_objects_cache", {})
    return row.electors.all() if "electors" in cached else row.electors.select_related("invitee", "ballot")


def vote_info(row: Vote) -> VoteInfo:
    """Return a vote; of an open one the count is what is in so far, of a secret open one only who has voted."""
    electors = tuple(_elector(row, one) for one in _electors(row))
    count = as_count(row.count)
    if row.closed_at is None:
        able = [one for one in electors if not one.conflict]
        tallied = {choice: sum(one.choice is choice for one in electors) for choice in Choice}
        count = Count(
            members=len(able),
            present=sum(one.on_roll for one in able),
            favour=tallied[Choice.FAVOUR],
            against=tallied[Choice.AGAINST],
            other=tallied[Choice.OTHER],
        )
    return VoteInfo(
        id=row.pk,
        meeting_id=row.meeting_id,
        item_id=row.item_id,
        question=row.question,
        secret=row.secret,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        void_reason=row.void_reason,
        rules=tuple(as_used(one) for one in row.rules),
        count=count,
        outcome=Outcome(row.outcome) if row.outcome else None,
        decided_by_chair=row.decided_by_chair,
        cited=as_cited(row.cited),
        electors=electors,
        scan=upload_of(row.scan_sha256, row.scan_suffix, row.scan_name),
    )


def _elector(row: Vote, one: Elector) -> ElectorInfo:
    ballot = None if row.secret else getattr(one, "ballot", None)
    return ElectorInfo(
        id=one.pk,
        invitee_id=one.invitee_id,
        name=one.invitee.name,
        post=one.invitee.post,
        account=one.invitee.account,
        on_roll=one.on_roll,
        by_substitute=one.by_substitute,
        substitute_account=one.substitute_account,
        conflict=one.conflict,
        voted=one.voted,
        choice=Choice(ballot.choice) if ballot is not None else None,
        from_paper=ballot is not None and ballot.from_paper,
        at=ballot.at if ballot is not None else None,
    )


def position_info(row: Position) -> PositionInfo:
    """Return what a member said of a matter."""
    return PositionInfo(
        item_id=row.item_id,
        invitee_id=row.invitee_id,
        name=row.invitee.name,
        choice=Choice(row.choice),
        reason=row.reason,
        at=row.at,
    )


def decision_info(row: Decision) -> DecisionInfo:
    """Return what was decided of an item."""
    return DecisionInfo(
        id=row.pk,
        item_id=row.item_id,
        mode=Mode(row.mode),
        text=row.text,
        outcome=Outcome(row.outcome),
        at=row.at,
        by_name=row.by_name,
        vote_id=row.vote_id,
        cited=as_cited(row.cited),
    )
