"""What a list of tasks is narrowed to, what happened to a task, and counts for reports."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dean06.ledger.types import canonical
from dean06.work.types.tasks import Origin, Status, TaskInfo


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
