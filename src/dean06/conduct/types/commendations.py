"""Commendations as they cross the threshold of the room of conduct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dean06.ledger.types import digest_of


class State(StrEnum):
    """Where a commendation stands."""

    PROPOSED = "proposed"
    GRANTED = "granted"
    SUBMITTED = "submitted"
    AWARDED = "awarded"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OPEN_STATES = frozenset({State.PROPOSED, State.SUBMITTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure that speaks for somebody, and where it comes from."""

    label: str
    value: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Honoured:
    """Whom a commendation is for: an agency, or a person by name, post and agency alone."""

    agency: str
    name: str = ""
    post: str = ""
    deeds: str = ""
    figures: tuple[Figure, ...] = ()

    @property
    def is_person(self) -> bool:
        """Say whether it is a person rather than an organisation."""
        return bool(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCommendation:
    """A proposal: what for, in which form, on what ground, over which days, for whom.

    `again` says that the proposer knows that somebody was proposed on this ground before. `commitment` is the keyed
    commitment of the names, by which the permit binds them without holding them.
    """

    group_id: int
    ref: str
    title: str
    form: str
    ground: str
    since: date
    until: date
    honoured: tuple[Honoured, ...]
    commitment: str
    again: bool = False

    def digest(self) -> str:
        """Return the SHA-256 (hex) of the content, to which its permit is bound."""
        return digest_of(
            ref=self.ref,
            title=self.title,
            form=self.form,
            ground=self.ground,
            since=self.since.isoformat(),
            until=self.until.isoformat(),
            names=self.commitment,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """Somebody who was proposed before on the same ground."""

    number: int
    year: int
    agency: str
    name: str
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing that happened to a record; each clause is (charter line, address)."""

    at: datetime
    kind: str
    account: str
    role: str
    agency: str
    note: str
    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommendationInfo:
    """A commendation as other rooms know it."""

    id: int
    ref: str
    group_id: int
    number: int
    year: int
    title: str
    form: str
    ground: str
    since: date
    until: date
    state: State
    proposed_at: datetime
    proposed_by: str
    decided_as: str
    decided_on: date | None
    result: str
    paper_id: int | None
    honoured: tuple[Honoured, ...]
    events: tuple[Happened, ...] = ()
