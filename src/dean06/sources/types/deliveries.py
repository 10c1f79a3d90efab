"""What intake hands on: the batch, and the rows it set aside or passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from dean06.ledger.types import canonical, digest_of


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row that looks like data but cannot be used as it stands; by place and reason, never by value."""

    sheet: str
    row: int
    reason_code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Rows that are not data (titles, totals, notes, blanks); `row` to `until`, both included."""

    sheet: str
    row: int
    until: int
    reason_code: str
    sentence: str

    @property
    def count(self) -> int:
        """Return how many rows this covers."""
        return self.until - self.row + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One sector file at the door of matching: `parquet` has one row per data row, in input order.

    A row that was set aside stands at its place with its `goc_…` columns alone; its sentence is in a last column
    `cach_ly`, which is there only when some row was. `rows` counts these rows too: rows in the file = `rows` + the sum
    of `count` over `skipped`. `role_columns` names, for each role, the `goc_…` columns it was read from; a role value
    that differs from them was healed at the door.
    """

    parquet: Path
    rows: int
    roles: tuple[str, ...]
    original_columns: tuple[str, ...]
    role_columns: Mapping[str, tuple[str, ...]]
    file_name: str
    file_sha256: str
    sheets: tuple[str, ...]
    quarantined: tuple[Quarantined, ...]
    skipped: tuple[Skipped, ...]
    repairs: Mapping[str, int]
    encodings: Mapping[str, str]
    contract_id: str

    @property
    def rows_in_file(self) -> int:
        """Return how many rows the file held, titles and blanks included."""
        return self.rows + sum(run.count for run in self.skipped)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCount:
    """How many rows one rule could be tested on at one field, and how many of them break it.

    `kind` is the rule's form (`order`, `needs`, …), or the promise of the field itself (`thieu`, `sai_mau`, …).
    """

    rule: str
    kind: str
    field: str
    tested: int
    broken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A batch checked against its contract on a day: counts alone.

    `untested` are rules whose columns it has not; `paused` are (rule, field) that rest on the day: counted here, and
    neither found nor measured.
    """

    contract: str
    version: int
    day: date
    rows: int
    broken_rows: int
    rules: tuple[RuleCount, ...]
    untested: tuple[str, ...]
    paused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRow:
    """A row that breaks a rule, by place; never by value."""

    sheet: str
    row: int
    rule: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRows:
    """One page of rows that break a rule, and how many there are in all."""

    rows: tuple[BrokenRow, ...]
    total: int
    number: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """One column of a delivery in numbers.

    Attributes:
        distinct: how many different texts it holds.
        shapes: the commonest ways of writing, with how many rows each; for codes, dates and numbers alone.
        lengths: least, middle and greatest number of letters.
        years: rows by year, for dates that can be read; `codes` rows by listed code, the rest under no code.
    """

    field: str
    filled: int
    distinct: int
    shapes: Mapping[str, int]
    lengths: tuple[int, int, int]
    years: Mapping[str, int]
    codes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The columns of a delivery, and how many rows it has."""

    rows: int
    columns: tuple[ColumnProfile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssignment:
    """What the leader sets for a source: who answers, under which clause, and whether that is a reading."""

    source: str
    agency: str
    coordinators: tuple[str, ...]
    citation: Mapping[str, str | None]
    citation_label: str
    norm_key: str
    reading: str = ""

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what is assigned, to which the leader's permit is bound."""
        return digest_of(
            source=self.source,
            agency=self.agency,
            coordinators=",".join(self.coordinators),
            citation=canonical(dict(self.citation)),
            norm=self.norm_key,
            reading=self.reading,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentInfo:
    """A standing assignment in force; `permit_digest` is what automatic acts cite."""

    id: int
    group_id: int
    source: str
    agency: str
    coordinators: tuple[str, ...]
    citation: Mapping[str, str | None]
    citation_label: str
    norm_key: str
    reading: str
    permit_digest: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """What is said of a file when it is handed in; `partial` is one that holds only what changed since the last."""

    group_id: int
    source: str
    period: str
    agency: str
    file_name: str
    complete: bool = False
    partial: bool = False

    def digest(self, sha256: str) -> str:
        """Return the SHA-256 (hex) of a file with all that is said of it, to which its permit is bound."""
        return digest_of(
            source=self.source,
            period=self.period,
            agency=self.agency,
            name=self.file_name,
            complete=self.complete,
            sha256=sha256,
            **({"partial": True} if self.partial else {}),
        )


def delivery_ref(slug: str, source: str, period: str, sha256: str) -> str:
    """Return the id under which permits and the ledger name a delivery."""
    return f"{slug}:{source}:{period}:{sha256[:12]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryInfo:
    """A delivery as other rooms know it; `directory` lies in the vault.

    `beside` is the delivery of the same file with which this one came, where it reads it for another person.
    """

    id: int
    group_id: int
    source: str
    period: str
    agency: str
    file_name: str
    file_sha256: str
    file_size: int
    received_at: datetime
    complete: bool
    partial: bool
    state: str
    rows: int
    quarantined: int
    sheets: tuple[str, ...]
    repairs: Mapping[str, int]
    problem_vi: str
    problem_en: str
    directory: Path
    contract_sha256: str = ""
    beside: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A row set aside at the door, by place and reason."""

    sheet: str
    row: int
    reason: str
    sentence: str
