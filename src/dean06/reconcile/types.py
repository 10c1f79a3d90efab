"""What crosses the threshold of reconcile besides the engine's own types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from dean06.ledger.types import digest_of

SMALL = 30  # of fewer, a share is no measure of anything, and may speak of single people


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
class NewThreshold:
    """What a decision of the group says of one measure, in one source or (source empty) in all.

    Without a value the decision gives an earlier one up: what stood before it stands again.
    """

    source: str
    measure: str
    value: Decimal | None
    from_day: date
    decision: str
    decided_on: date

    def digest(self) -> str:
        """Return the SHA-256 (hex) to which the permit is bound."""
        return digest_of(
            source=self.source,
            measure=self.measure,
            value=str(self.value) if self.value is not None else "",
            from_day=self.from_day,
            decision=self.decision,
            decided_on=self.decided_on,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdInfo:
    """A threshold that the group decided: number and day of the decision, and from which day it judges."""

    id: int
    source: str
    measure: str
    value: Decimal | None
    from_day: date
    decision: str
    decided_on: date
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure A/B of the scorecard with its Wilson interval; `total` 0 means not measured.

    Without a `target` it is shown and decides nothing: a programme sets its own. `decided` is the group's decision that
    set the target. A `hidden` one was measured, and is not told: it is of few, or would give a cell of few away.
    """

    code: str
    good: int
    total: int
    low: float
    high: float
    target: float | None
    decided: ThresholdInfo | None = None
    hidden: bool = False

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
        return self.total < SMALL


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
