"""What crosses the threshold of the ledger.

The ledger declares what it needs to know of a permit; it imports no charter, and the charter imports no ledger.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class ActorLike(Protocol):
    """Who acts, and in which seat."""

    @property
    def account(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def agency(self) -> str | None: ...
    @property
    def seat(self) -> str: ...


class ObjectLike(Protocol):
    """What is acted upon; the digest binds its content without showing it."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def digest(self) -> str: ...


class PermitLike(Protocol):
    """A permit as the ledger sees it."""

    @property
    def actor(self) -> ActorLike: ...
    @property
    def action(self) -> str: ...
    @property
    def obj(self) -> ObjectLike: ...
    @property
    def charter_line(self) -> str: ...
    @property
    def charter_hash(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def local_rule(self) -> str | None: ...
    def digest(self) -> str: ...
    def citation_labels(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong in a log: where, and what."""

    where: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of checking a log."""

    origin: str
    entries: int
    sequenced: int
    checkpoints: int
    root: str
    faults: tuple[Fault, ...] = ()

    @property
    def sound(self) -> bool:
        """Say whether nothing was found."""
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """An entry as stored; `body` is the text that was hashed, the rest are copies for look-up."""

    id: int
    body: str
    leaf_hash: str
    leaf_index: int | None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadRow:
    """A signed head as stored; the store repeats its root and keeps the frontier, and both are checked where given."""

    size: int
    note: str
    root: str = ""
    frontier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An entry as a list of acts shows it: when it was written, and when the act was done by the day of its group."""

    at: datetime
    done_at: datetime
    action: str
    role: str
    object_kind: str
    object_id: str
    citations: tuple[str, ...]
    leaf: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """An entry that was looked for by what it notes: the object it is on, and when the act was permitted."""

    entry: int
    object_id: str
    permitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """That an entry stands in the log: its text, its leaf, and the path to the root of a signed head."""

    entry: int
    body: str
    leaf_hash: str
    leaf_index: int
    path: tuple[str, ...]
    size: int
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogHead:
    """The newest signed head of a log, with what is needed to check it."""

    origin: str
    key: str
    size: int
    root: str
    note: str
    at: datetime


def digest_of(**content: object) -> str:
    """Return the SHA-256 (hex) of named content, as a permit binds it and a room checks it.

    A person's value goes in as its keyed commitment, never as itself: a plain hash of a name can be guessed.
    """
    return hashlib.sha256(canonical({name: str(value) for name, value in content.items()}).encode()).hexdigest()


def canonical(value: Mapping[str, object]) -> str:
    """Write JSON with sorted keys and no spaces, so that the same facts always give the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
