"""What crosses the threshold of the reports room: facts with their sources, and sections made from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a number comes from: a run, a delivery, a register snapshot or a task, and the checksum behind it."""

    kind: str
    id: str
    label: str
    sha256: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One number of a report. A number without a source cannot be made."""

    code: str
    label: str
    value: int | float | str
    sources: tuple[Source, ...]
    unit: str = ""

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError(f"fact {self.code} has no source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of facts: each cell is a text or the code of a fact in braces."""

    key: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSheet:
    """Everything a month's report is made of."""

    group_id: int
    month: str
    since: date
    until: date
    span_rule: str
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    def by_code(self) -> dict[str, Fact]:
        """Return the facts by their code."""
        return {fact.code: fact for fact in self.facts}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph; `{code}` in its text stands for a fact, so a number is never typed by hand."""

    key: str
    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the report with its heading, paragraphs and the keys of its tables."""

    key: str
    title: str
    level: int
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two makings of a report."""

    code: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInfo:
    """A month's report as screens know it."""

    id: int
    group_id: int
    month: str
    since: date
    until: date
    version: int
    sheet: FactSheet
    sections: tuple[Section, ...]
    changes: tuple[Change, ...]
    paper_id: int | None
    issued: bool
