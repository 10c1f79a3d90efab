"""The names and codes of the standard, read once from `edxml.yaml` and checked as they are read."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

TABLE = Path(__file__).with_name("edxml.yaml")
Outcome = Literal["arrived", "refused", "received", "asked", "recalled", "kept"]
Word = Annotated[str, Field(min_length=1, max_length=200)]
Sources = Annotated[tuple[str, ...], Field(min_length=1)]


class Business(IntEnum):
    """What a packet does to the papers of its receiver."""

    NEW = 0
    RECALL = 1
    UPDATE = 2
    REPLACEMENT = 3


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BusinessRow(_Row):
    """A kind of packet, with the words that go with it when no reason is given."""

    code: Business
    name: Word
    vi: Word
    source: Sources


class Status(_Row):
    """A status that a receiver tells, and what the sender's register makes of it."""

    code: Annotated[str, Field(pattern=r"^\d{2}$")]
    name: Word
    outcome: Outcome
    vi: Word
    source: Sources


class Priority(_Row):
    """A degree of urgency, and the stamp of Decree 30/2020 that goes with it; empty for an ordinary paper."""

    code: int
    vi: Word
    mark: str
    source: Sources


class Limits(_Row):
    """How much of a stranger's packet is looked at."""

    packet_bytes: int
    attachment_bytes: int
    attachments: int
    depth: int
    elements: int
    text_letters: int


class Standard(_Row):
    """The whole table."""

    standard: Word
    layout: Literal["assumed", "verified"]
    sources: dict[str, str]
    namespace: Word
    prefix: Word
    manifest_version: Word
    business: tuple[BusinessRow, ...]
    statuses: tuple[Status, ...]
    priorities: tuple[Priority, ...]
    document_type: int
    type_detail: int
    steering_type: int
    sphere: Word
    content_types: dict[str, str]
    limits: Limits

    def status(self, code: str) -> Status | None:
        """Return a status by its code."""
        return next((row for row in self.statuses if row.code == code), None)

    def status_named(self, name: str) -> Status:
        """Return a status by the name that the house gives it."""
        return next(row for row in self.statuses if row.name == name)

    def priority(self, code: int) -> Priority | None:
        """Return a degree of urgency by its code."""
        return next((row for row in self.priorities if row.code == code), None)

    def priority_of(self, mark: str) -> int:
        """Return the code that goes with a stamp of Decree 30/2020; an unstamped paper is ordinary."""
        return next((row.code for row in self.priorities if row.mark == mark), 0)

    def business_row(self, code: Business) -> BusinessRow:
        """Return the row of a kind of packet."""
        return next(row for row in self.business if row.code is code)

    def content_type(self, name: str) -> str:
        """Return how a file is declared, by the ending of its name."""
        return self.content_types.get(name.rpartition(".")[2].lower(), "application/octet-stream")


@lru_cache(maxsize=1)
def standard() -> Standard:
    """Return the table of the standard."""
    table = Standard.model_validate(YAML(typ="safe").load(TABLE.read_text(encoding="utf-8")))
    rows: tuple[BusinessRow | Status | Priority, ...] = (*table.business, *table.statuses, *table.priorities)
    named = {name for row in rows for name in row.source}
    if not named <= table.sources.keys() or {row.code for row in table.business} != set(Business):
        raise ValueError("edxml.yaml: a row without its source, or a kind of packet without its row")
    return table
