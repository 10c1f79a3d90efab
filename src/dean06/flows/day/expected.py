"""Which lists are expected by now, and which came: by the cadence that each source's contract agrees on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dean06.sources.live import Contracts
from dean06.sources.types import AssignmentInfo, DeliveryInfo

TAKEN = frozenset({"received", "read"})

__all__ = ["Expected", "expected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One list of one span: who owes it, by which day, and the delivery that brought it, if any."""

    held: AssignmentInfo
    period: str
    due: date
    today: date
    delivery: DeliveryInfo | None

    @property
    def late(self) -> bool:
        """Say whether it should have come by now; a source given after the day is not late."""
        return self.delivery is None and self.held.since <= self.due < self.today


def expected(
    standing: Mapping[str, AssignmentInfo], delivered: Iterable[DeliveryInfo], contracts: Contracts, today: date
) -> list[Expected]:
    """Return the newest list that each source owes, what is late first, then what is due soonest, then what came."""
    taken = [one for one in delivered if one.state in TAKEN]
    found = [one for held in standing.values() if (one := _of(held, taken, contracts, today)) is not None]
    return sorted(found, key=lambda one: (one.delivery is not None, one.due, one.held.source))


def _of(held: AssignmentInfo, taken: Sequence[DeliveryInfo], contracts: Contracts, today: date) -> Expected | None:
    contract = contracts.find(held.source)
    span = contract.cadence.newest(today) if contract and not contract.beside else None  # no list of its own is owed
    if span is None:
        return None
    first, last, due = span
    came = next((one for one in taken if one.source == held.source and first <= one.period <= last), None)
    return Expected(held=held, period=last, due=due, today=today, delivery=came)
