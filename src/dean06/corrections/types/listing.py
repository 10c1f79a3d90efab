"""What lists of orders are narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class OrderState(StrEnum):
    """Where an order stands: rows are left, all are proved or withdrawn, or the run it rests on was taken back."""

    OPEN = "open"
    DONE = "done"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersWanted:
    """What a list of orders is narrowed to; empty means all."""

    state: OrderState | None = None
    due_before: date | None = None
    source: str = ""
