"""What crosses the threshold of the room of conduct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dean06.ledger.types import digest_of


class Stage(StrEnum):
    """Where the replacement of a member stands; the last three are its ends."""

    OPEN = "open"
    ASKED = "asked"
    ANSWERED = "answered"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Say whether something is still to be done."""
        return self in (Stage.OPEN, Stage.ASKED, Stage.ANSWERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A task that was not done, as it stood when put forward: its number and reference in the room of work."""

    task: int
    ref: str
    title: str
    due: date
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReplacement:
    """What is put forward: whose seat, the act that the charter gives for it, the tasks not done.

    Attributes:
        seat: the seat in the room of offices, with its agency and who holds it.
        action: the word of the vocabulary under which the agency is required or asked; its verb is the charter's.
    """

    seat: int
    agency: str
    holder: str
    action: str
    ground: str
    evidence: tuple[Evidence, ...]

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what is put forward, to which its permit is bound."""
        tasks = ",".join(f"{one.ref}:{one.state}" for one in self.evidence)
        return digest_of(seat=self.seat, agency=self.agency, action=self.action, tasks=tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """What the sending agency answered, by which paper; `agrees` with whom it names in place of the member."""

    number: str
    dated: date
    agrees: bool
    nominee: str = ""
    post: str = ""
    text: str = ""

    def digest(self, replacement_id: int) -> str:
        """Return the SHA-256 (hex) of the answer to one procedure, to which its permit is bound."""
        return digest_of(replacement=replacement_id, number=self.number, dated=self.dated, agrees=self.agrees)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacementInfo:
    """The replacement of a member from the tasks not done to the change of the seat's holder."""

    id: int
    group_id: int
    number: int
    seat: int
    agency: str
    holder: str
    action: str
    stage: Stage
    ground: str
    opened_at: datetime
    opened_by: str
    paper_id: int | None
    evidence: tuple[Evidence, ...]
    answer: NewAnswer | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacementEvent:
    """Something that happened to a procedure: what, when, by whom, under which clauses."""

    kind: str
    at: datetime
    account: str
    role: str
    clauses: str
    note: str
