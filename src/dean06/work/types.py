"""What crosses the threshold of the room of work."""

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


class Status(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    HANDED_OVER = "handed_over"
    ENDED = "ended"


OPEN_STATES = frozenset({Status.OPEN, Status.REOPENED})
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

    @property
    def is_open(self) -> bool:
        """Say whether work is still owed."""
        return self.status in OPEN_STATES

    def is_overdue(self, at: datetime) -> bool:
        """Say whether work is owed at an instant and its bound is past."""
        return self.is_open and self.bound <= at

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
class EventInfo:
    """One thing that happened to a task."""

    at: datetime
    kind: str
    actor: str
    role: str
    agency: str
    note: str
    done: int
    total: int
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list of tasks is narrowed to.

    Attributes:
        statuses: empty means all.
        agency: leads or coordinates.
        overdue_at: open tasks whose bound is past at this instant.
        text: words, with or without tone marks.
    """

    statuses: frozenset[Status] = frozenset()
    agency: str = ""
    origin: Origin | None = None
    overdue_at: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list, and how many there are in all."""

    items: tuple[TaskInfo, ...]
    total: int
    number: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An agency's word that so many rows are corrected; it changes no status."""

    task_id: int
    origin_ref: str
    agency: str
    at: datetime
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The facts of a span for a report; each is a list of task ids, so that every number can be opened.

    A task counts by where it stood at the end of the span: closed in it (before its bound, or after), or still owed.
    """

    opened: tuple[int, ...]
    done_in_time: tuple[int, ...]
    done_late: tuple[int, ...]
    open: tuple[int, ...]
    overdue: tuple[int, ...]
    reopened: tuple[int, ...]
    cancelled: tuple[int, ...]
