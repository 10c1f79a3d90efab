"""Votes, decisions, and the points of a conclusion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dean06.meetings.types.meetings import Cited, Upload


class Choice(StrEnum):
    """What a ballot says."""

    FAVOUR = "favour"
    AGAINST = "against"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of a vote or a written round."""

    CARRIED = "carried"
    REJECTED = "rejected"
    TIED = "tied"


class Mode(StrEnum):
    """How a matter is decided: by the group, or by the leader once the members have spoken."""

    MAJORITY = "majority"
    LEADER = "leader"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUsed:
    """One rule of a count: its gap, what holds, and whose it is (`charter` with its clause, `local`, `default`)."""

    gap: str
    choice: str
    source: str
    number: int = 0
    adopted_on: date | None = None
    days: int = 0
    clause: str = ""

    def as_json(self) -> dict[str, object]:
        """Return it as plain values."""
        return {
            "gap": self.gap,
            "choice": self.choice,
            "source": self.source,
            "number": self.number,
            "adopted_on": self.adopted_on.isoformat() if self.adopted_on else "",
            "days": self.days,
            "clause": self.clause,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Ballots as counted, against what they are measured."""

    members: int
    present: int
    favour: int
    against: int
    other: int
    base: int = 0
    needed: int = 0

    @property
    def cast(self) -> int:
        """How many ballots were cast."""
        return self.favour + self.against + self.other

    def as_json(self) -> dict[str, int]:
        """Return it as plain values."""
        return {
            name: getattr(self, name) for name in ("members", "present", "favour", "against", "other", "base", "needed")
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectorInfo:
    """An entitled seat in a vote: on the roll or not when it opened, and whether its ballot is in."""

    id: int
    invitee_id: int
    name: str
    post: str
    account: str
    on_roll: bool
    by_substitute: bool
    substitute_account: str
    conflict: bool
    voted: bool
    choice: Choice | None = None
    from_paper: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteInfo:
    """A vote, as screens and minutes know it; while a secret one is open its count tells nothing but who has voted."""

    id: int
    meeting_id: int
    item_id: int
    question: str
    secret: bool
    opened_at: datetime
    closed_at: datetime | None
    void_reason: str
    rules: tuple[RuleUsed, ...]
    count: Count
    outcome: Outcome | None
    decided_by_chair: bool
    cited: Cited
    electors: tuple[ElectorInfo, ...] = ()
    scan: Upload | None = None

    @property
    def is_open(self) -> bool:
        """Say whether ballots are still taken."""
        return self.closed_at is None and not self.void_reason

    @property
    def stands(self) -> bool:
        """Say whether it was counted and not voided."""
        return self.closed_at is not None and not self.void_reason

    def elector(self, account: str) -> ElectorInfo | None:
        """Return whose ballot an account casts: its own, or that of the seat it sits in for."""
        mine = [one for one in self.electors if account and not one.by_substitute and one.account == account]
        theirs = [one for one in self.electors if account and one.by_substitute and one.substitute_account == account]
        return next(iter([*mine, *theirs]), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionInfo:
    """What a member said of a matter that the leader decides."""

    item_id: int
    invitee_id: int
    name: str
    choice: Choice
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionInfo:
    """What was decided of an item, in which mode, under which clause."""

    id: int
    item_id: int
    mode: Mode
    text: str
    outcome: Outcome
    at: datetime
    by_name: str
    vote_id: int | None
    cited: Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class NewConclusion:
    """A point of the chair's conclusion, as entered."""

    text: str
    item_id: int | None = None
    agency: str = ""
    coordinating: tuple[str, ...] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionInfo:
    """A point of the chair's conclusion and the task that came of it."""

    id: int
    ref: str
    meeting_id: int
    item_id: int | None
    number: int
    text: str
    agency: str
    coordinating: tuple[str, ...]
    due: date | None
    task_id: int | None
    at: datetime
