"""Directives and matters as other rooms know them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from dean06.ledger.types import canonical


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
