"""Cohen's kappa of two readers with its 95 % interval (Cohen, Educ. Psychol. Meas. 20, 1960). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from dean06.reconcile.wilson import Z

__all__ = ["Kappa", "kappa"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kappa:
    """How far two readers agree beyond chance; `value` is None where nothing was read, or all alike."""

    pairs: int
    alike: int
    value: float | None
    low: float
    high: float


def kappa(pairs: Sequence[tuple[str, str]]) -> Kappa:
    """Return kappa of what two readers said of the same things, with Cohen's large-sample interval."""
    count = len(pairs)
    alike = sum(one == other for one, other in pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[word] * second[word] for word in first) / (count * count) if count else 1.0
    if chance >= 1.0:
        return Kappa(pairs=count, alike=alike, value=None, low=-1.0, high=1.0)
    share = alike / count
    value = (share - chance) / (1 - chance)
    spread = Z * sqrt(share * (1 - share) / count) / (1 - chance)
    return Kappa(pairs=count, alike=alike, value=value, low=max(-1.0, value - spread), high=min(1.0, value + spread))
