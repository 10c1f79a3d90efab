"""Violations as they cross the threshold of the room of conduct; only those whom the group names see one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dean06.conduct.types.commendations import Happened
from dean06.ledger.types import digest_of


class Step(StrEnum):
    """How far a violation is: nobody is handled unheard."""

    OPENED = "opened"
    HEARD = "heard"
    HANDLED = "handled"
    PASSED_ON = "passed_on"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewViolation:
    """What is entered when a violation is recorded: the office of the person, what was done, which rule it breaks."""

    ref: str
    group_id: int
    name: str
    post: str
    agency: str
    acts: str
    rules: str
    happened_on: date
    commitment: str

    def digest(self) -> str:
        """Return the SHA-256 (hex) of the content; the name stands in it as its keyed commitment."""
        return digest_of(ref=self.ref, who=self.commitment, on=self.happened_on.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class LineInfo:
    """A violation in the list of its readers: nothing of the person."""

    id: int
    number: int
    year: int
    opened_at: datetime
    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class LookInfo:
    """One look at a record, and what for."""

    at: datetime
    account: str
    role: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationInfo:
    """A violation whole, for a reader who stated a purpose."""

    id: int
    ref: str
    group_id: int
    number: int
    year: int
    name: str
    post: str
    agency: str
    acts: str
    rules: str
    happened_on: date
    opened_at: datetime
    step: Step
    statement: str
    heard_on: date | None
    outcome: str
    paper: str
    paper_on: date | None
    passed_to: str
    events: tuple[Happened, ...] = ()
    looks: tuple[LookInfo, ...] = ()
