"""What people read of a run, counted up to how right it is: calibration by posterior, precision, recall. Pure.

Every share is A/B with its Wilson interval. What nobody read is not measured, and is never taken for right: a part that
was not read widens the interval of what rests on it to all that it could be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from dean06.reconcile.types import SMALL
from dean06.reconcile.wilson import interval

# Where the posterior is cut: finer where rows are certain, for that is where most of them lie.
EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98, 0.999)

__all__ = ["EDGES", "Interval", "Parts", "Share", "Stretch", "recall", "stretches"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share A/B; without B it was not measured."""

    good: int = 0
    total: int = 0

    @property
    def value(self) -> float | None:
        """Return A/B, or None where nothing was read."""
        return self.good / self.total if self.total else None

    @property
    def bounds(self) -> tuple[float, float]:
        """Return its Wilson interval; the whole span where nothing was read."""
        return interval(self.good, self.total)

    @property
    def small(self) -> bool:
        """Say whether so few were read that the share measures nothing."""
        return self.total < SMALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Rows read of one stretch of the posterior: what the engine said on average, and what people found."""

    low: float
    high: float
    predicted: float
    found: Share


def stretches(read: Iterable[tuple[float, bool]]) -> tuple[Stretch, ...]:
    """Return the stretches in which something was read, lowest first.

    Args:
        read: of each row read, the posterior of its first person, and whether that is who the row means.
    """
    held: dict[int, list[tuple[float, bool]]] = {}
    for posterior, right in read:
        held.setdefault(max(at for at, edge in enumerate(EDGES) if edge <= posterior), []).append((posterior, right))
    return tuple(
        Stretch(
            low=EDGES[at],
            high=EDGES[at + 1] if at + 1 < len(EDGES) else 1.0,
            predicted=sum(posterior for posterior, _ in rows) / len(rows),
            found=Share(good=sum(right for _, right in rows), total=len(rows)),
        )
        for at, rows in sorted(held.items())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An estimate between two bounds; `value` is None while a part that it rests on was not read."""

    value: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The rows of a run by what became of them, and of each part the share whose person people found.

    Attributes:
        named: rows that name a person; `right`: links found true.
        doubtful: rows left to choose; `among`: those whose person is one of the candidates.
        missing: rows with no person found; `there`: those whose person is in the register all the same.
    """

    named: int
    right: Share
    doubtful: int
    among: Share
    missing: int
    there: Share


def recall(parts: Parts, *, reviewed: bool) -> Interval:
    """Return the share of findable rows whose person was named right, by the engine alone or after the desk too.

    A row named wrong counts as findable. The bounds put the ends of the three intervals together the worst and the best
    way, so they are wider than 95 %.
    """

    def share(right: float, among: float, there: float) -> float | None:
        hit = parts.named * right + (parts.doubtful * among if reviewed else 0.0)
        whole = parts.named + parts.doubtful * among + parts.missing * there
        return hit / whole if whole else None

    spans = (parts.right.bounds, parts.among.bounds, parts.there.bounds)
    corners = [one for one in (share(*corner) for corner in product(*spans)) if one is not None]
    told = (parts.right.value, parts.among.value, parts.there.value)
    needed = (parts.named, parts.doubtful, parts.missing)
    known = all(value is not None or not rows for value, rows in zip(told, needed, strict=True))
    value = share(*(value or 0.0 for value in told)) if known else None
    return Interval(value=value, low=min(corners, default=0.0), high=max(corners, default=1.0))
