"""How a source fared over the frozen months: on each axis, the measure that decides it in the newest one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dean06.reconcile.service.month_scores import FrozenScores, listed
from dean06.reconcile.service.scores import measures
from dean06.reconcile.types import SMALL

MONTHS = 12

__all__ = ["MONTHS", "Course", "courses"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One measure of one source, oldest month first; months in which it was not measured, or of few, are left out."""

    source: str
    axis: str
    measure: str
    points: tuple[tuple[str, float], ...]


def courses(frozen: Sequence[FrozenScores]) -> Iterator[Course]:
    """Yield the course of each source and axis over the last frozen months; given the newest first."""
    told = [(one.month, {str(node["source"]): node for node in one.sources if node["run"]}) for one in frozen[:MONTHS]]
    for source in sorted({source for _, nodes in told for source in nodes}):
        own = [(month, nodes[source]) for month, nodes in reversed(told) if source in nodes]
        for axis in listed(own[-1][1], "axes"):
            if axis["measure"]:
                yield Course(
                    source=source,
                    axis=str(axis["axis"]),
                    measure=str(axis["measure"]),
                    points=tuple(_points(own, str(axis["measure"]))),
                )


def _points(own: Sequence[tuple[str, Mapping[str, object]]], measure: str) -> Iterator[tuple[str, float]]:
    for month, node in own:
        for cell in listed(node, "cells"):
            if not cell["commune"] and cell["measure"] == measure:
                good, total = int(str(cell["good"])), int(str(cell["total"]))
                if total >= SMALL or (total and measure in _counting_deliveries()):
                    yield month, good / total


def _counting_deliveries() -> set[str]:
    return {code for code, one in measures().items() if one.counts == "deliveries"}
