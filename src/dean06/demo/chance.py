"""Seeded chance: the same seed gives the same world on any machine."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")

_SLOTS = 4096


def stream(*purpose: object) -> Random:
    """Return an independent stream of chance named by what it is for; drawing from one never moves another."""
    return Random("/".join(map(str, purpose)))  # noqa: S311  a made-up population, not a secret


class Pool(Generic[T]):
    """Things with weights, drawn in constant time from a table of slots."""

    __slots__ = ("table",)

    def __init__(self, weighted: Iterable[tuple[T, float]]) -> None:
        pairs = [(thing, weight) for thing, weight in weighted if weight > 0]
        if not pairs:
            raise ValueError("a pool needs something to draw")
        bounds = list(accumulate(weight for _, weight in pairs))
        middles = [(slot + 0.5) * bounds[-1] / _SLOTS for slot in range(_SLOTS)]
        table: list[T] = []
        for (thing, _), bound in zip(pairs, bounds, strict=True):
            table += [thing] * (bisect_left(middles, bound) - len(table))
        self.table: Sequence[T] = table

    def draw(self, rng: Random) -> T:
        """Return one thing by weight."""
        return self.table[int(rng.random() * _SLOTS)]


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Divide a whole number by weights without losing one."""
    if not weights:
        return []
    scale = total / sum(weights)
    exact = [weight * scale for weight in weights]
    parts = [int(share) for share in exact]
    by_rest = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_rest[: total - sum(parts)]:
        parts[i] += 1
    return parts
