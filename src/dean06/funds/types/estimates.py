"""Estimates of agencies and the budgets put together from them, as they cross the threshold of the room of funds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dean06.funds.types.money import EventInfo
from dean06.ledger.types import digest_of


class EstimateState(StrEnum):
    """Where an agency's estimate stands."""

    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateLine:
    """One line of an agency's estimate; `origin` says whence: a form, a row of a file, a line of last year."""

    content: str
    ground: str
    quantity: int
    unit: str
    price: int
    months: int = 1
    origin: str = "form"
    id: int = 0

    @property
    def amount(self) -> int:
        """Quantity times price times months, in đồng."""
        return self.quantity * self.price * self.months


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateInfo:
    """An agency's estimate of a year."""

    id: int
    ref: str
    group_id: int
    year: int
    agency: str
    state: EstimateState
    sent_at: datetime | None
    reason: str
    lines: tuple[EstimateLine, ...]
    events: tuple[EventInfo, ...] = ()

    @property
    def total(self) -> int:
        """The sum of its lines."""
        return sum(line.amount for line in self.lines)

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what stands in it."""
        return lines_digest(self.ref, self.lines)


def lines_digest(ref: str, lines: tuple[EstimateLine, ...]) -> str:
    """Return the SHA-256 (hex) of the lines of an estimate."""
    return digest_of(
        ref=ref,
        lines="\n".join(
            f"{one.content}\t{one.ground}\t{one.quantity}\t{one.unit}\t{one.price}\t{one.months}\t{one.origin}"
            for one in lines
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """One line of a consolidated budget, with the estimate it comes from and that estimate's checksum."""

    agency: str
    content: str
    ground: str
    quantity: int
    unit: str
    price: int
    months: int
    amount: int
    estimate_id: int
    estimate_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetInfo:
    """A consolidated budget of a year; `stale` says that an estimate changed after it was put together."""

    id: int
    ref: str
    group_id: int
    year: int
    version: int
    lines: tuple[BudgetLine, ...]
    total: int
    made_at: datetime
    made_agency: str
    paper_id: int | None
    submitted_at: datetime | None
    submitted_as: str
    stale: bool = False
