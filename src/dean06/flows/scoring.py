"""Measuring a run whole: what it counts itself, what its quarter's field check found, how its source answered."""

from __future__ import annotations

from datetime import date, datetime, time

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.reconcile.service import samples, scores
from dean06.reconcile.types import WHOLE, Counted, RunInfo
from dean06.sources.service import calls

__all__ = ["measure"]


def measure(run: RunInfo) -> None:
    """Measure a finished run and keep its scores; once more replaces them."""
    scores.record(run.id)
    samples.carry(run.id)
    answered, made = _called(run.group_id, run.source, run.period)
    scores.give(run.id, "L5", [Counted(commune=WHOLE, code="L5", good=answered, total=made)])


def _called(group_id: int, source: str, period: str) -> tuple[int, int]:
    """Return how many calls to a source were answered and made in working hours of a month."""
    year, month = (int(part) for part in period.split("-"))
    since, until = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    days = adoption.calendar(since)

    def counts(at: datetime) -> bool:
        return days.is_working_day(at.astimezone(clock.TZ).date()) and calls.in_hours(at)

    begins, ends = (datetime.combine(day, time(), tzinfo=clock.TZ) for day in (since, until))
    return calls.made(group_id, begins, ends, counts).get(source, (0, 0))
