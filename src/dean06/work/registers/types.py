"""What crosses the threshold of the registers: entries, their history, lists and counts, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dean06.ledger.types import digest_of
from dean06.work.registers.definition import Definition, StateKind

Value = str | int | float | bool | list[str] | dict[str, str]
Values = Mapping[str, Value]


class Level(StrEnum):
    """How open an entry or file is; the levels of state secrets are named only so that they can be refused."""

    ORDINARY = "thuong"
    RESTRICTED = "han_che"
    SECRET = "mat"  # noqa: S105  a level of secrecy, no password
    TOP_SECRET = "toi_mat"  # noqa: S105  a level of secrecy, no password
    MOST_SECRET = "tuyet_mat"  # noqa: S105  a level of secrecy, no password


SECRETS = {Level.SECRET: "Mật", Level.TOP_SECRET: "Tối mật", Level.MOST_SECRET: "Tuyệt mật"}


class Happening(StrEnum):
    """What an event in an entry's history is."""

    OPENED = "opened"
    MOVED = "moved"
    EDITED = "edited"
    UNDONE = "undone"
    LINKED = "linked"
    UNLINKED = "unlinked"
    PUT = "put"
    TAKEN_OUT = "taken_out"


UNDOABLE = frozenset({Happening.OPENED, Happening.MOVED, Happening.EDITED})


class LinkKind(StrEnum):
    """What an entry is linked to."""

    TASK = "task"
    PAPER = "paper"
    MEETING = "meeting"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySlot:
    """A number kept for an entry about to be opened, and the id under which permits and the ledger name it."""

    group_id: int
    register: str
    year: int
    number: int
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What is entered when an entry is opened; `origin` names the norm or code it was made from, once in a register."""

    slot: EntrySlot
    opening: str
    values: Values
    level: Level = Level.ORDINARY
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A move, or with no move a correction: the values it sets, and the revision it was made upon."""

    revision: int
    values: Values = field(default_factory=dict)
    move: str = ""
    level: Level | None = None
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryInfo:
    """An entry as screens, papers and flows know it."""

    id: int
    ref: str
    group_id: int
    register: str
    year: int
    number: int
    prefix: str
    title: str
    values: Values
    state: str
    kind: StateKind
    level: Level
    agency: str
    partners: tuple[str, ...]
    due: date | None
    since: date
    opened_at: datetime
    closed_at: datetime | None
    opened_by: str
    revision: int
    origin: str

    @property
    def label(self) -> str:
        """Return the number as it is written: VM-03/2022."""
        return f"{self.prefix}-{self.number:02d}/{self.year}"

    @property
    def is_open(self) -> bool:
        """Say whether work is still owed."""
        return self.kind in (StateKind.OPEN, StateKind.WAITING)

    def age(self, today: date) -> int:
        """Return its age in days: until today, or until it was closed."""
        until = self.closed_at.date() if self.closed_at is not None else today
        return max(0, (until - self.since).days)

    def is_overdue(self, today: date) -> bool:
        """Say whether work is owed and the last day is past."""
        return self.is_open and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True, kw_only=True)
class HappenedInfo:
    """One thing that happened to an entry: who, in which seat, under which clause, and what changed."""

    id: int
    at: datetime
    kind: Happening
    move: str
    before: str
    after: str
    actor: str
    role: str
    agency: str
    citations: tuple[str, ...]
    charter: str
    outcome: str
    permit: str
    paper: str
    changed: Mapping[str, tuple[Value | None, Value | None]]
    note: str
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLinkInfo:
    """A link of an entry to a task, a paper, a meeting or another entry."""

    id: int
    kind: LinkKind
    target: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file as the archive kept it: its checksum, suffix and size in bytes."""

    sha256: str
    suffix: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceInfo:
    """A file that shows what an entry says."""

    id: int
    name: str
    sha256: str
    suffix: str
    size: int
    level: Level
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilters:
    """What a list is narrowed to.

    Attributes:
        states: empty means all but those that were withdrawn.
        choices: value of each field that the register lets a list be narrowed by.
        text: words, with or without tone marks.
        overdue_on: open entries whose last day lies before this day.
    """

    states: frozenset[str] = frozenset()
    agency: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    overdue_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """One page of a list, and how many there are in all."""

    items: tuple[EntryInfo, ...]
    total: int
    number: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCount:
    """The facts of one register in a span, as entries: opened in it, settled in it, open at its end, and the oldest."""

    register: str
    opened: tuple[int, ...]
    settled: tuple[int, ...]
    open: tuple[int, ...]
    oldest: int | None
    oldest_since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A register as a group has it: the shipped definition with what the group hid and added, since when."""

    definition: Definition
    hidden: frozenset[str]
    added: Mapping[str, tuple[tuple[str, str, str], ...]]
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A group's dated choice on a register: fields that it hides, and codes (code, vi, en) that it adds to a list."""

    register: str
    since: date
    hidden: tuple[str, ...] = ()
    added: Mapping[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)

    def digest(self, slug: str) -> str:
        """Return the SHA-256 (hex) to which its permit is bound."""
        return digest_of(
            group=slug,
            register=self.register,
            since=self.since.isoformat(),
            hidden=list(self.hidden),
            added={name: [list(one) for one in codes] for name, codes in self.added.items()},
        )
