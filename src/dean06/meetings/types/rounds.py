"""Written rounds: members are asked where no meeting is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dean06.meetings.types.meetings import Called, Cited, Upload
from dean06.meetings.types.votes import Choice, Count, Outcome, RuleUsed


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRound:
    """What is entered when members are asked in writing.

    Attributes:
        why: why no meeting is held.
        asked: the seats that are asked.
    """

    matter: str
    situation: str
    why: str
    closes_at: datetime
    asked: tuple[Called, ...]

    def told(self) -> dict[str, object]:
        """Return what the permit is bound to."""
        return {
            "matter": self.matter,
            "situation": self.situation,
            "why": self.why,
            "closes": self.closes_at.isoformat(),
            "asked": ",".join(str(one.seat_id) for one in self.asked),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionInfo:
    """A seat that is asked, and what it answered; `answered_at` is the day of its first answer."""

    id: int
    seat_id: int
    role: str
    agency: str
    name: str
    post: str
    account: str
    choice: Choice | None = None
    reason: str = ""
    answered_at: datetime | None = None
    changed_at: datetime | None = None
    upload: Upload | None = None
    reminded_at: datetime | None = None

    @property
    def party(self) -> str:
        """Return the seat as the charter names parties."""
        return f"{self.role}:{self.agency}" if self.role == "member" and self.agency else self.role


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInfo:
    """A written round, as screens and papers know it."""

    id: int
    ref: str
    group_id: int
    year: int
    number: int
    matter: str
    situation: str
    why: str
    opened_at: datetime
    opened_by: str
    opened_role: str
    closes_at: datetime
    closed_at: datetime | None
    rules: tuple[RuleUsed, ...]
    count: Count
    silent: int
    outcome: Outcome | None
    cited: Cited
    opinions: tuple[OpinionInfo, ...] = ()

    @property
    def label(self) -> str:
        """Return `02/2026`."""
        return f"{self.number:02d}/{self.year}"

    def own(self, account: str) -> OpinionInfo | None:
        """Return the seat under which an account answers."""
        return next((one for one in self.opinions if account and one.account == account), None)
