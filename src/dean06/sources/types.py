"""What intake hands on: the batch, and the rows it set aside or passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

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
    """A batch checked against its contract on a day: counts alone; `untested` are rules whose columns it has not."""

    contract: str
    version: int
    day: date
    rows: int
    broken_rows: int
    rules: tuple[RuleCount, ...]
    untested: tuple[str, ...]


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
    """A delivery as other rooms know it; `directory` lies in the vault."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A row set aside at the door, by place and reason."""

    sheet: str
    row: int
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A version of a contract that is to bind from a day: which text, begun from which, and why."""

    group_id: int
    source: str
    version: int
    sha256: str
    base_sha256: str
    in_force_from: date
    reason: str

    def ref(self, slug: str) -> str:
        """Return the id under which permits and the ledger name it."""
        return contract_ref(slug, self.source, self.version)

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what is adopted, to which its permit is bound."""
        return digest_of(
            source=self.source,
            version=self.version,
            contract=self.sha256,
            base=self.base_sha256,
            since=self.in_force_from.isoformat(),
            reason=self.reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInfo:
    """A group's version of a contract, as it was adopted."""

    source: str
    version: int
    sha256: str
    base_sha256: str
    in_force_from: date
    adopted_at: datetime
    adopted_by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialCount:
    """What one rule of a contract finds in a list before and after a change; None where it is not there."""

    rule: str
    field: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a list would be under another contract: counts alone. `draft` is the digest of what was tried.

    `quarantined`, `broken_rows` and `known` (columns that are recognised) are before and after; a None says that the
    list could not be read at all, and `problem` why.
    """

    draft: str
    file_name: str
    rows: tuple[int | None, int | None]
    quarantined: tuple[int | None, int | None]
    broken_rows: tuple[int | None, int | None]
    known: tuple[int | None, int | None]
    rules: tuple[TrialCount, ...]
    problem_vi: str = ""
    problem_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftInfo:
    """What is being written of a contract; `digest` is that of its body as it stands."""

    source: str
    body: Mapping[str, Any]
    base_sha256: str
    digest: str
    begun_at: datetime
    changed_at: datetime
    changed_by: str
    trial: Trial | None


def contract_ref(slug: str, source: str, version: int) -> str:
    """Return the id under which permits and the ledger name a version of a contract."""
    return f"{slug}:{source}:v{version}"


def contract_draft_ref(slug: str, source: str) -> str:
    """Return the id under which permits and the ledger name the draft of a contract."""
    return f"{slug}:{source}:nhap"


def body_digest(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of a contract's body as it is being written."""
    return digest_of(body=canonical(dict(body)))
