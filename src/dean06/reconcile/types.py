"""What crosses the threshold of reconcile besides the engine's own types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """One matching as other rooms know it; `result` lies in the vault."""

    id: int
    group_id: int
    delivery_id: int
    register_id: int
    source: str
    period: str
    state: str
    step: str
    share: float
    queued_at: datetime
    finished_at: datetime | None
    seconds: float | None
    rows: int
    counts: Mapping[str, int]
    fields_wrong: Mapping[str, int]
    result: Path | None
    result_sha256: str
    problem_vi: str
    problem_en: str

    @property
    def label(self) -> str:
        """Return the name by which reports cite the run."""
        return f"L{self.id}"

    @property
    def named(self) -> int:
        """Count the rows in which one person is named."""
        return sum(n for code, n in self.counts.items() if code not in {"NGHI_VAN", "KHONG_TIM_THAY", "SAI_DINH_DANG"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing wrong with one row of a run, by place and kind, never by value.

    Attributes:
        record: keyed commitment to the record's key (the contract's, else the person found, else name and birth date).
        field: a code of `sai_truong`, `ho_so` for the row as a whole, or a field of the contract.
        rule: the verdict code, or the code of a rule of the contract.
        kind: the form of the broken rule; empty for a verdict.
        details: how the field differs, for the grouping of causes.
        commune: five-digit code at the register's date, or empty.
    """

    record: str
    field: str
    rule: str
    details: tuple[str, ...]
    commune: str
    sheet: str
    dong: int
    stt: int
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFilter:
    """What a reader asks of a run's rows."""

    result: str = ""
    field: str = ""
    sheet: str = ""
    text: str = ""
    sort: str = "dong"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """One row of a run beside what the register says; only for a reader with a recorded purpose."""

    stt: int
    sheet: str
    dong: int
    result: str
    number: str
    confidence: float
    wrong: tuple[str, ...]
    suggested: Mapping[str, str]
    candidates: tuple[Mapping[str, object], ...]
    reason: str
    layer: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of rows and how many there are in all."""

    rows: tuple[ResultRow, ...]
    total: int
    number: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure A/B of the scorecard with its Wilson interval; `total` 0 means not measured.

    Without a `target` it is shown and decides nothing: a programme sets its own.
    """

    code: str
    good: int
    total: int
    low: float
    high: float
    target: float | None

    @property
    def decides(self) -> bool:
        """Say whether it may decide its axis: something was measured, and there is a threshold."""
        return bool(self.total) and self.target is not None

    @property
    def gap(self) -> float:
        """Return how far the share lies above the threshold, below it as a negative number."""
        return (self.share or 0.0) - (self.target or 0.0)

    @property
    def below(self) -> bool:
        """Say whether it lies under its threshold."""
        return self.decides and self.gap < 0

    @property
    def share(self) -> float | None:
        """Return A/B, or None when nothing was measured."""
        return self.good / self.total if self.total else None

    @property
    def small(self) -> bool:
        """Say whether the sample is too small to rank."""
        return self.total < 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFix:
    """One fault to be put into a correction file: its run, row and field, and the words of its cause.

    `title` names a field that matching does not compare.
    """

    run: str
    stt: int
    field: str
    cause: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultyRow:
    """A faulty row as those who correct it see it: what it says, what the register says, why; `beside` by role."""

    fix: ToFix
    sheet: str
    dong: int
    key: str
    field: str
    value: str
    registered: str
    reason: str
    beside: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAnswer:
    """A fault that is handed over with its order, for the agency to answer by the finding's name."""

    fix: ToFix
    finding: str
    order: str
    clause: str
    due: date
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToVisit:
    """A fault that is to be checked at the door."""

    fix: ToFix
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintInfo:
    """One printing of a field sheet."""

    edition: int
    at: datetime
    by: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSheetInfo:
    """A field sheet as lists show it: its hamlet and how far it is, no row of a person."""

    id: int
    ref: str
    group_id: int
    number: int
    order: int
    agency: str
    source: str
    hamlet: str
    made_at: datetime
    made_by: str
    ended: bool
    rows: int
    answered: int
    confirmed: int
    met: int
    prints: tuple[PrintInfo, ...]

    @property
    def label(self) -> str:
        """Return the name under which people cite it."""
        return f"PX-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAnswerInfo:
    """What was written down of one fault; `value` only for a reader with a recorded purpose."""

    id: int
    code: str
    state: str
    value: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One fault on a sheet as whoever stands at the door sees it."""

    id: int
    place: int
    fingerprint: str
    row: FaultyRow
    answer: FieldAnswerInfo | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFinding:
    """What the commune police confirmed of a fault: a code, the right value where one was told, and on which sheet."""

    fingerprint: str
    code: str
    value: str
    evidence: str
