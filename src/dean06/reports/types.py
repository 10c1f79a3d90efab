"""What crosses the threshold of the reports room: facts with their sources, and sections made from them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from dean06.ledger.types import canonical

# What takes the place of a number in the clerk's words when its fact is gone; a report that shows one is not signed.
LOST = re.compile(r"\[không còn số liệu: ([a-z0-9_.]+)\]")


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
class Excerpt:
    """Words taken over from another report into a section; a code in their text names that report as a fact."""

    key: str
    section: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSheet:
    """Everything a report is made of. `month` is the period it is due in: a month, a half-year, a year."""

    group_id: int
    month: str
    since: date
    until: date
    span_rule: str
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    excerpts: tuple[Excerpt, ...] = ()

    def by_code(self) -> dict[str, Fact]:
        """Return the facts by their code."""
        return {fact.code: fact for fact in self.facts}

    def as_json(self) -> dict[str, object]:
        """Return the sheet as plain values, as it is stored."""
        return asdict(self) | {"since": self.since.isoformat(), "until": self.until.isoformat()}

    def digest(self) -> str:
        """Return the SHA-256 (hex) of every fact with its sources, to which the permit of the making is bound."""
        return hashlib.sha256(canonical(self.as_json()).encode()).hexdigest()


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
    content: str
    is_drafted: bool

    @property
    def lost(self) -> tuple[str, ...]:
        """Return the codes that stand in the clerk's words and are facts of this report no more."""
        texts = [one.text for section in self.sections for one in section.paragraphs]
        return tuple(dict.fromkeys(code for text in texts for code in LOST.findall(text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An agency's own value of a figure that the platform counted, and why; both are kept."""

    value: int | float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file beside an agency's report."""

    id: int
    sha256: str
    suffix: str
    name: str
    scan: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingInfo:
    """One sending of an agency's report; `ended_at` says that it was returned or taken back, and counts no more."""

    version: int
    digest: str
    channel: str
    to: str
    arrived_at: datetime
    account: str
    entered_at: datetime
    received_at: datetime | None
    received_by: str
    ended_at: datetime | None
    returned: bool
    reason: str
    content: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyReportInfo:
    """An agency's report as it stands; `sendings` are newest first."""

    id: int
    group_id: int
    month: str
    agency: str
    state: str
    version: int
    sheet: FactSheet
    corrected: Mapping[str, Correction]
    words: Mapping[str, str]
    files: tuple[AttachedFile, ...]
    sendings: tuple[SendingInfo, ...]
    changed_at: datetime

    @property
    def is_open(self) -> bool:
        """Say whether its agency may still write in it."""
        return self.state in {"draft", "returned"}

    @property
    def last(self) -> SendingInfo | None:
        """The sending that counts now, if any."""
        newest = next(iter(self.sendings), None)
        return newest if newest is not None and newest.ended_at is None else None

    @property
    def returned_for(self) -> str:
        """Why it was returned last, while it waits to be sent again."""
        newest = next(iter(self.sendings), None)
        return newest.reason if self.state == "returned" and newest is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """That an agency's report on a month reached its collector; what records of compliance are made of."""

    id: int
    month: str
    agency: str
    to: str
    at: datetime
    version: int
    digest: str
    channel: str
    received_at: datetime | None
