"""A task as other rooms know it, and what is entered when one is given, proved or handed over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dean06.ledger.types import canonical


class Origin(StrEnum):
    """Where a task comes from; it decides how the task may be closed."""

    FINDING = "finding"
    PLAN = "plan"
    CONCLUSION = "conclusion"
    DIRECTIVE = "directive"
    OWN = "own"
    REPORT = "report"
    REQUEST = "request"


class Addressed(StrEnum):
    """To whom a task goes: an agency of the group is given it, a body outside or above the group is asked."""

    MEMBER = "member"
    OUTSIDE = "outside"


class Part(StrEnum):
    """What an agency beside the leading one does in a task."""

    COORDINATES = "phoi_hop"
    FOLLOWS = "theo_doi"


class Status(StrEnum):
    """Where a task stands; `reported` is still owed: its result waits for whoever assigned it."""

    OPEN = "open"
    REPORTED = "reported"
    DONE = "done"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    HANDED_OVER = "handed_over"
    ENDED = "ended"


OPEN_STATES = frozenset({Status.OPEN, Status.REOPENED, Status.REPORTED})
GONE = frozenset({Status.CANCELLED, Status.HANDED_OVER, Status.ENDED})


class Step(StrEnum):
    """What a proof asks for next."""

    PROGRESS = "progress"
    CLOSE = "close"
    REOPEN = "reopen"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The clause a task rests on, with the charter's hash; where the clause is a reading, its words.

    Labels are those printed in the text; `norm` is the key of the norm in the charter package.
    """

    article: str = ""
    clause: str = ""
    point: str = ""
    norm: str = ""
    charter_hash: str = ""
    reading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A number kept for a task that is about to be opened, and the id under which permits and the ledger name it."""

    group_id: int
    number: int
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """What is entered when a task is assigned.

    Attributes:
        slot: from `service.reserve`.
        lead: the one agency that answers for it.
        due: the last day.
        bound: the first instant that is too late.
        total: rows to prove; 0 where the task is not counted in rows.
        origin_ref: the id of the order, plan or conclusion it comes from.
        standing_permit: digest of the permit that set up an automatic assignment, if it was automatic.
        source: the paper or saying it comes from, in words; `source_paper` is its number in the room of papers.
        addressed: whether an agency of the group is given it, or a body outside is asked; `body` is that body's name.
        following: agencies that follow it.
        accountable: the one person the lead agency names.
        expected: the result that is to come of it.
    """

    slot: Slot
    title: str
    origin: Origin
    lead: str
    due: date
    bound: datetime
    basis: Basis
    coordinating: tuple[str, ...] = ()
    total: int = 0
    origin_ref: str = ""
    standing_permit: str = ""
    source: str = ""
    source_paper: int | None = None
    addressed: Addressed = Addressed.MEMBER
    body: str = ""
    following: tuple[str, ...] = ()
    accountable: str = ""
    expected: str = ""
    important: bool = False

    def digest(self) -> str:
        """Return the SHA-256 (hex) of the task's content, to which its permit is bound."""
        basis = self.basis
        facts: dict[str, object] = {
            "ref": self.slot.ref,
            "title": self.title,
            "origin": self.origin.value,
            "origin_ref": self.origin_ref,
            "lead": self.lead,
            "coordinating": list(self.coordinating),
            "due": self.due.isoformat(),
            "bound": self.bound.isoformat(),
            "basis": [basis.article, basis.clause, basis.point, basis.norm, basis.charter_hash, basis.reading],
            "total": self.total,
            "standing_permit": self.standing_permit,
            "source": [self.source, self.source_paper],
            "asked": [self.addressed.value, self.body],
            "following": list(self.following),
            "accountable": self.accountable,
            "expected": self.expected,
            "important": self.important,
        }
        return hashlib.sha256(canonical(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a successor takes over of a task: the number kept there, who leads there, and the rows still to be proved.

    Attributes:
        reading: where the task comes from, in words; its clause stays the old one.
        origin_ref: the order that holds its findings there.
    """

    slot: Slot
    lead: str
    total: int
    reading: str
    coordinating: tuple[str, ...] = ()
    origin_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a run of matching shows about a task: how many of its rows are proved, and by which run and file."""

    run_id: str
    done: int
    total: int
    file_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskInfo:
    """A task as screens, papers and flows know it."""

    id: int
    ref: str
    group_id: int
    number: int
    title: str
    origin: Origin
    origin_ref: str
    lead: str
    coordinating: tuple[str, ...]
    basis: Basis
    assigned_by_account: str
    assigned_by_role: str
    assigned_by_seat: str
    permit: str
    standing_permit: str
    opened_at: datetime
    due: date
    bound: datetime
    done: int
    total: int
    status: Status
    closed_at: datetime | None
    closed_by: str
    reopened: int
    claimed: int
    came_from: int | None = None
    came_from_group: int | None = None
    source: str = ""
    source_paper: int | None = None
    addressed: Addressed = Addressed.MEMBER
    body: str = ""
    following: tuple[str, ...] = ()
    accountable: str = ""
    expected: str = ""
    important: bool = False
    percent: int = 0
    first_due: date | None = None
    reported_at: datetime | None = None

    @property
    def share(self) -> int:
        """Return how far it is, 0 to 100: rows proved where it is counted in rows, else what the agency says."""
        if self.status == Status.DONE:
            return 100
        return self.done * 100 // self.total if self.total else self.percent

    @property
    def done_at(self) -> datetime | None:
        """Return when its work was done: the report that was accepted, else the closing."""
        return (self.reported_at or self.closed_at) if self.status == Status.DONE else None

    @property
    def is_open(self) -> bool:
        """Say whether work is still owed."""
        return self.status in OPEN_STATES

    def is_overdue(self, at: datetime) -> bool:
        """Say whether work is owed at an instant and its bound is past; a result that came in time is not late."""
        return self.is_open and self.bound <= (self.reported_at or at)

    def next_step(self, proof: Proof) -> Step:
        """Say which act a proof asks for; `nothing` where it tells nothing new."""
        if self.status in GONE:
            return Step.NOTHING
        whole = proof.total > 0 and proof.done == proof.total
        if self.status == Status.DONE:
            return Step.REOPEN if proof.done < proof.total else Step.NOTHING
        if whole:
            return Step.CLOSE
        return Step.NOTHING if (proof.done, proof.total) == (self.done, self.total) else Step.PROGRESS


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskResult:
    """What came of a task: `done` counts what was proved by the run that `closed_by` names."""

    number: int
    lead: str
    done: int
    closed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDuty:
    """What the duty to carry out a task is judged by; `bound` is exclusive, `done_at` when its work was done."""

    number: int
    lead: str
    assigned_by_role: str
    opened_at: datetime
    bound: datetime
    done_at: datetime | None
