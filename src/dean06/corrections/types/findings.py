"""What crosses the threshold of the room of corrections. No type here has room for a person's value."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, get_args

from dean06.ledger.types import canonical


class Status(StrEnum):
    """Where a finding stands. `proved` is said by a later run alone; `withdrawn` says that the rule was wrong."""

    OPEN = "open"
    PROVED = "proved"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


OPEN_STATES = frozenset({Status.OPEN, Status.REOPENED})


Verdict = Literal[
    "KHOP_HOAN_TOAN",
    "KHOP_CHUAN_HOA",
    "KHOP_SAI_LECH",
    "NGHI_VAN",
    "KHONG_TIM_THAY",
    "TRUNG",
    "SAI_DINH_DANG",
    "DA_CHET",
    "DA_CHUYEN_DI",
]
VERDICTS = frozenset(get_args(Verdict))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a field is wrong, as an office would say it; 1 is the gravest severity."""

    code: str
    vi: str
    en: str
    severity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundItem:
    """One fault that a run saw: what, why, and in which row; never the value.

    Attributes:
        fingerprint: `Keyring.finding` of the record, the rule and the field.
        record: `Keyring.record` of the record's key.
        field: a code of `sai_truong`, or `ho_so` for the whole record.
        rule: the verdict code, or the code of a rule of the source's contract.
    """

    fingerprint: str
    record: str
    field: str
    rule: str
    cause: str
    severity: int
    commune: str
    sheet: str
    dong: int
    stt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFindings:
    """What one run of matching found in one delivery of a source.

    Attributes:
        complete: the delivery was declared to be the whole list, so a record that is gone has been removed.
        items: every fault seen; read once.
        seen: commitments of the keys of all records in the delivery; read once.
        uncompared: fields that the delivery does not have: what matching found in them before is not proved by it.
        tested: (rule, field) of the contract that the delivery was tested on: no other rule's finding is proved by it.
        paused: (rule, field) that rest: what they found before waits, and is neither proved nor open.
    """

    group_id: int
    source: str
    run_id: str
    complete: bool
    items: Iterable[FoundItem]
    seen: Iterable[str]
    uncompared: frozenset[str] = frozenset()
    tested: frozenset[tuple[str, str]] = frozenset()
    paused: frozenset[tuple[str, str]] = frozenset()

    def speaks_of(self, rule: str, field: str) -> bool:
        """Say whether the delivery could have shown a fault of this rule in this field."""
        return field not in self.uncompared if rule in VERDICTS else (rule, field) in self.tested


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCount:
    """How far an order is after a run: proved of total, withdrawn ones left out."""

    order_id: int
    task_id: int | None
    proved: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Findings by what a run did to them; `unseen` are open ones whose record the delivery did not hold.

    `paused` are those of rules that rest: they wait, and count neither as open nor as proved.
    """

    new: int = 0
    still_open: int = 0
    reopened: int = 0
    proved: int = 0
    unseen: int = 0
    withdrawn: int = 0
    paused: int = 0

    @property
    def open_after(self) -> int:
        """Findings open after the run."""
        return self.new + self.still_open + self.reopened + self.unseen


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run changed, in all and by cause, commune and order."""

    run_id: str
    source: str
    at: datetime
    complete: bool
    whole: Tally
    by_cause: Mapping[str, Tally]
    by_commune: Mapping[str, Tally]
    by_order: tuple[OrderCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseGroup:
    """Open findings of one cause that no order holds yet: what the next order would be."""

    source: str
    cause: str
    fields: tuple[str, ...]
    severity: int
    count: int
    communes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A number kept for an order that is about to be opened, and the id under which permits and the ledger name it."""

    group_id: int
    number: int
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """What is entered when the findings of one cause are handed to the agency that answers for them."""

    slot: Slot
    source: str
    cause: str
    agency: str
    due: date
    article: str = ""
    clause: str = ""
    point: str = ""
    reading: str = ""
    task_id: int | None = None
    file_sha256: str = ""

    def digest(self) -> str:
        """Return the SHA-256 (hex) of the order's content, to which its permit is bound."""
        facts: dict[str, object] = {
            "ref": self.slot.ref,
            "source": self.source,
            "cause": self.cause,
            "agency": self.agency,
            "due": self.due.isoformat(),
            "basis": [self.article, self.clause, self.point, self.reading],
            "task": self.task_id,
            "file": self.file_sha256,
        }
        return hashlib.sha256(canonical(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """What a successor takes over of an order: the number kept there, and the agency that answers there.

    Attributes:
        communes: unit codes whose findings it takes; None means all of them.
        reading: where the order comes from, in words; its clause stays the old one.
    """

    slot: Slot
    agency: str
    reading: str
    communes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderInfo:
    """An order as screens, files and flows know it."""

    id: int
    ref: str
    group_id: int
    number: int
    source: str
    cause: str
    agency: str
    article: str
    clause: str
    point: str
    reading: str
    task_id: int | None
    opened_at: datetime
    due: date
    count: int
    permit: str
    file_sha256: str
    voided_at: datetime | None
    proved: int
    total: int
    first_due: date | None = None
    paused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingInfo:
    """A finding as other rooms know it; `last_run` and `stt` lead to the row, which only `reconcile` may show."""

    id: int
    fingerprint: str
    record: str
    source: str
    field: str
    rule: str
    cause: str
    severity: int
    commune: str
    sheet: str
    dong: int
    stt: int
    first_run: str
    last_run: str
    status: Status
    order_id: int | None
    opened_at: datetime
    closed_at: datetime | None
    closed_by_run: str | None
    reopened: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a list of findings is narrowed to; empty means all."""

    source: str = ""
    statuses: frozenset[Status] = frozenset()
    cause: str = ""
    field: str = ""
    commune: str = ""
    order_id: int | None = None
    run_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list, and how many there are in all."""

    items: tuple[FindingInfo, ...]
    total: int
    number: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The facts of a span for a report: its runs, their sum, and what the last run of each source left open."""

    runs: tuple[Outcome, ...]
    in_span: Tally
    left_open: Mapping[str, Outcome] = field(default_factory=dict)

    @property
    def open_at_end(self) -> int:
        """Findings open at the end of the span, as the last run of each source left them."""
        return sum(outcome.whole.open_after for outcome in self.left_open.values())

    def of_sources(self, sources: Container[str]) -> Counts:
        """Return the facts of some sources alone."""
        runs = tuple(told for told in self.runs if told.source in sources)
        moved = ("new", "proved", "reopened")
        return Counts(
            runs=runs,
            in_span=Tally(**{name: sum(getattr(told.whole, name) for told in runs) for name in moved}),
            left_open={source: told for source, told in self.left_open.items() if source in sources},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidFixed:
    """An agency's word that so many findings of an order are corrected so far."""

    order_id: int
    at: datetime
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCheck:
    """An agency's word beside what the next run proved; None where no run has come since."""

    order_id: int
    at: datetime
    said: int
    proved: int | None
    run_id: str | None

    @property
    def false(self) -> int:
        """Findings said to be corrected that the next run still saw."""
        return 0 if self.proved is None else max(0, self.said - self.proved)
