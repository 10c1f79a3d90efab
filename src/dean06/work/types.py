"""What crosses the threshold of the room of work."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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


class PlanKind(StrEnum):
    """The kinds of plan that a charter speaks of; the same words as the forms of papers."""

    PROGRAMME = "programme"
    PLAN = "plan"
    INSPECTION = "inspection_plan"
    SUBPLAN = "subplan"


class PlanState(StrEnum):
    """Where a plan stands; an agency's detailed plan is filed, the others are approved and issued."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ISSUED = "issued"
    FILED = "filed"
    DROPPED = "dropped"


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
    id: int = 0
    account: str = ""
    words: str = ""
    percent: int | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that lies in the archive of papers by its checksum."""

    sha256: str
    suffix: str
    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInfo:
    """A file that shows how far a task is."""

    id: int
    name: str
    suffix: str
    size: int
    sha256: str
    at: datetime
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an agency says of its task: how far it is, in percent and words, and whether this is the result."""

    percent: int
    words: str
    finished: bool = False
    files: tuple[KeptFile, ...] = ()

    def digest(self, ref: str) -> str:
        """Return the SHA-256 (hex) to which the permit is bound."""
        facts: dict[str, object] = {
            "ref": ref,
            "percent": self.percent,
            "words": self.words,
            "finished": self.finished,
            "files": [one.sha256 for one in self.files],
        }
        return hashlib.sha256(canonical(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionInfo:
    """More time that was asked for, and the answer; `cites` are the clauses it rests on."""

    id: int
    task_id: int
    asked_at: datetime
    agency: str
    wanted: date
    ground: str
    before: date
    answer: str
    answered_at: datetime | None
    role: str
    reason: str
    given: date | None
    cites: tuple[str, ...]
    charter_hash: str


class Role(StrEnum):
    """What an agency is in a task, for a list."""

    ANY = ""
    LEADS = "chu_tri"
    COORDINATES = "phoi_hop"
    FOLLOWS = "theo_doi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list of tasks is narrowed to.

    Attributes:
        statuses: empty means all.
        agency: leads, coordinates or follows, or only one of these, by `role`.
        overdue_at: open tasks whose bound is past at this instant.
        due_from, due_to: the last day lies between them, both included.
        text: words, with or without tone marks.
        ids: these tasks alone.
    """

    statuses: frozenset[Status] = frozenset()
    agency: str = ""
    role: Role = Role.ANY
    origin: Origin | None = None
    origin_ref: str = ""
    important: bool | None = None
    overdue_at: datetime | None = None
    due_from: date | None = None
    due_to: date | None = None
    text: str = ""
    ids: tuple[int, ...] | None = None
    started: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many tasks stand in each state, and how many are overdue."""

    by_status: Mapping[Status, int]
    overdue: int

    def of(self, *statuses: Status) -> int:
        """Return how many stand in one of these states; in any, where none is named."""
        return sum(count for status, count in self.by_status.items() if not statuses or status in statuses)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueOn:
    """A task as a calendar shows it."""

    id: int
    number: int
    title: str
    lead: str
    status: Status
    due: date
    bound: datetime
    important: bool


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterInfo:
    """A filter that somebody keeps; `own` tells the reader's from one that another shares."""

    id: int
    name: str
    query: str
    shared: bool
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDirective:
    """What is entered when a directive is recorded; `given_by` names who gave it, as the paper or the minutes do."""

    words: str
    given_by: str
    given_on: date
    source: str = ""
    source_paper: int | None = None

    def digest(self) -> str:
        """Return the SHA-256 (hex) to which the permit is bound."""
        facts: dict[str, object] = {
            "words": self.words,
            "by": self.given_by,
            "on": self.given_on.isoformat(),
            "source": [self.source, self.source_paper],
        }
        return hashlib.sha256(canonical(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectiveInfo:
    """A directive as recorded, and how many tasks were made of it."""

    id: int
    ref: str
    number: int
    words: str
    given_by: str
    given_on: date
    source: str
    source_paper: int | None
    recorded_at: datetime
    tasks: int = 0
    open_tasks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMatter:
    """What is entered when a matter is raised; a routine one is neither important nor beyond competence."""

    title: str
    words: str = ""
    important: bool = False
    exceeds: bool = False
    agency: str = ""

    def digest(self) -> str:
        """Return the SHA-256 (hex) to which the permit is bound."""
        facts: dict[str, object] = {
            "title": self.title,
            "words": self.words,
            "important": self.important,
            "exceeds": self.exceeds,
            "agency": self.agency,
        }
        return hashlib.sha256(canonical(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterInfo:
    """A matter and how it went: raised, brought before the leader, settled under which power and clauses."""

    id: int
    ref: str
    number: int
    title: str
    words: str
    important: bool
    exceeds: bool
    routine: bool
    agency: str
    raised_at: datetime
    raised_by: str
    escalated_at: datetime | None
    escalated_role: str
    escalated_words: str
    settled_at: datetime | None
    settled_role: str
    settled_words: str
    power: str
    cites: tuple[str, ...]
    charter_hash: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line of a plan as typed or imported; `key` is what it is known by when its list is imported again."""

    key: str
    content: str
    label: str = ""
    heading: str = ""
    lead: str = ""
    coordinating: tuple[str, ...] = ()
    due: date | None = None
    due_words: str = ""
    product: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """What is entered when a plan is begun."""

    kind: PlanKind
    year: int
    title: str
    agency: str = ""
    higher: str = ""

    def digest(self) -> str:
        """Return the SHA-256 (hex) to which the permit is bound."""
        facts: dict[str, object] = {
            "kind": self.kind.value,
            "year": self.year,
            "title": self.title,
            "agency": self.agency,
            "higher": self.higher,
        }
        return hashlib.sha256(canonical(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineInfo:
    """A line of a plan, the task that was made of it, and how far that is."""

    id: int
    place: int
    key: str
    label: str
    heading: str
    content: str
    lead: str
    coordinating: tuple[str, ...]
    due: date | None
    due_words: str
    product: str
    task: TaskInfo | None
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInfo:
    """A plan and where it stands; `share` rolls up its lines' tasks, in percent."""

    id: int
    ref: str
    group_id: int
    number: int
    kind: PlanKind
    year: int
    title: str
    agency: str
    higher: str
    reason: str
    state: PlanState
    drafted_at: datetime
    drafted_by: str
    submitted_by: str
    approved_at: datetime | None
    approved_by: str
    cites: tuple[str, ...]
    charter_hash: str
    returned: str
    paper: int | None
    issued_at: datetime | None
    issued_by: str
    issued_label: str
    lines: int
    tasks: int
    done: int
    late: int
    share: int
