"""What crosses the threshold of reconcile besides the engine's own types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """What a reader asks of a run's rows; `measure`: those that fall short of it, `commune`: those of one commune."""

    result: str = ""
    field: str = ""
    sheet: str = ""
    text: str = ""
    sort: str = "dong"
    measure: str = ""
    commune: str = ""


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
    set the target. A `hidden` one was measured, and is not told: it is of few, or would give a cell of few away. What a
    sample says is compared by its lower bound (`by_low`). `detail` holds what a share cannot tell: the median and 95th
    percentile of days.
    """

    code: str
    good: int
    total: int
    low: float
    high: float
    target: float | None
    by_low: bool = False
    detail: Mapping[str, int] = field(default_factory=dict)
    decided: ThresholdInfo | None = None
    hidden: bool = False

    @property
    def decides(self) -> bool:
        """Say whether it may decide its axis: something was measured, and there is a threshold."""
        return bool(self.total) and self.target is not None

    @property
    def gap(self) -> float:
        """Return how far the share, or its lower bound, lies above the threshold; below it as a negative number."""
        reached = self.low if self.by_low else self.share or 0.0
        return reached - (self.target or 0.0)

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


WHOLE = ""
ELSEWHERE = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One count A/B of a run: of the whole list, of a commune by its code, or of rows that lie in none."""

    commune: str
    code: str
    good: int
    total: int
    detail: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def at(
        cls, whole: object, commune: object, code: str, good: int, total: int, detail: Mapping[str, int] | None = None
    ) -> Counted:
        """Make the count of a line that a grouping gave."""
        where = WHOLE if whole else str(commune) or ELSEWHERE
        return cls(commune=where, code=code, good=good, total=total, detail=detail or {})


LINKS, FIELD, MISSING = "links", "field", "missing"
# Kinds that two people read blind.
READ = (LINKS, MISSING)
TRUE, FALSE, ABSENT = "dung", "sai", "khong_gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleInfo:
    """A sample of a run's rows: `links` and `missing` are read blind by two people, `field` is checked by the communes.

    `size` rows were drawn `among` so many; `settled` of them have an outcome.
    """

    id: int
    group_id: int
    run_id: int
    source: str
    period: str
    kind: str
    size: int
    among: int
    settled: int
    drawn_at: datetime
    ended_at: datetime | None

    @property
    def label(self) -> str:
        """Return the name by which people cite the sample."""
        return f"M{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One row of a sample beside the register: what the list says, what the register says of the person found.

    Of a row that names nobody, `nearest` are the most alike people, in the order of their numbers. Nothing in it tells
    how sure the engine was, nor what anybody else said.
    """

    id: int
    place: int
    stt: int
    sheet: str
    dong: int
    commune: str
    delivered: Mapping[str, str]
    registered: Mapping[str, str]
    settled: bool
    nearest: tuple[Mapping[str, str], ...] = ()


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
