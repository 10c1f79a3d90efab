"""What crosses the threshold of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Who may find a thing in its group: everybody, those who answer for the whole group, agencies, seats, accounts.

    A thing of restricted reading names its seats alone, or a circle: whether a reader belongs to that is asked with
    each search, so that whoever is taken out of it finds nothing from that moment.
    """

    everybody: bool = False
    overseers: bool = False
    agencies: frozenset[str] = frozenset()
    seats: frozenset[int] = frozenset()
    accounts: frozenset[str] = frozenset()
    circles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """A thing as it is entered: named by kind and key in its group, with its title and the page it has.

    Attributes:
        key: its id among its kind; a number where it has one.
        label: number or clause as people write it, shown beside the title.
        words: what else it is found by; no value of a citizen.
        codes: numbers and codes by which people name it exactly.
        args: what stands in its address after the group; `query` and `fragment` what follows.
        at: when it was made, or takes place; shown beside it.
        changed_at: when it changed last, where it is known; else it counts as made then.
    """

    group_id: int
    kind: str
    key: str
    title: str
    at: datetime
    route: str
    args: tuple[str | int, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)
    fragment: str = ""
    label: str = ""
    words: str = ""
    codes: tuple[str, ...] = ()
    readers: Readers = Readers(everybody=True)
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A thing that was entered and is there no more."""

    group_id: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A thing that was found."""

    id: int
    group_id: int
    kind: str
    key: str
    title: str
    label: str
    route: str
    args: tuple[str | int, ...]
    query: Mapping[str, str]
    fragment: str
    at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody looks for.

    Attributes:
        text: as typed; the last word counts as begun.
        groups: groups to look in; empty means all in which the reader sits.
        kinds: kinds to look among; empty means all.
        see_all: by group, the roles that answer for the whole of it; the charter says which.
        circles: by group, the circles to which the reader belongs now.
        number: the page, from 1.
    """

    text: str
    groups: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    see_all: Mapping[int, frozenset[str]] = field(default_factory=dict)
    circles: Mapping[int, frozenset[str]] = field(default_factory=dict)
    number: int = 1
    size: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of what was found, best first, and how much there is of each kind as far as it was counted.

    `more` says that counting stopped, so that each count is a least.
    """

    items: tuple[Found, ...]
    counts: Mapping[str, int]
    more: bool

    @property
    def total(self) -> int:
        """How many were counted."""
        return sum(self.counts.values())
