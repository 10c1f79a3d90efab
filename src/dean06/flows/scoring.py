"""Measuring a run whole: what it counts itself, what its quarter's field check found, how its source answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dean06.reconcile.service import samples, scores
from dean06.reconcile.types import WHOLE, Counted, RunInfo

__all__ = ["Calls", "CallsOf", "calls", "measure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """The calls that a connector made to a source in working hours of one month, and how many were answered."""

    source: str
    period: str
    answered: int
    made: int


# Who counts calls: the group and a month give the calls of each source in it.
CallsOf = Callable[[int, str], Iterable[Calls]]


def nobody_calls(_group_id: int, _period: str) -> Iterable[Calls]:
    """Count no calls: where no connector stands, L5 is not measured."""
    return ()


def measure(run: RunInfo, calls_of: CallsOf = nobody_calls) -> None:
    """Measure a finished run and keep its scores; once more replaces them."""
    scores.record(run.id)
    samples.carry(run.id)
    calls(run, calls_of(run.group_id, run.period))


def calls(run: RunInfo, counted: Iterable[Calls]) -> None:
    """Keep how a run's source answered in its month (L5); calls of other sources and months are passed over."""
    own = [one for one in counted if (one.source, one.period) == (run.source, run.period)]
    total = Counted(commune=WHOLE, code="L5", good=sum(one.answered for one in own), total=sum(one.made for one in own))
    scores.give(run.id, total.code, [total])
