"""Weights of agreement: how much each level of each field speaks for one person, in thousandths of a bit.

`m` is the share of true pairs at a level, `u` the share of pairs of strangers; the weight is log2(m/u). Levels whose
chance agreement depends on the value (a name, a date, a commune) take `u` from the register's own counts instead, so
only `m` stands here. Weights are whole numbers, so sums are exact on every engine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

BIT = 1000

# Levels of each field, best first; -1 is "cannot be compared" and weighs nothing.
NAME = {"same": 8, "marks": 7, "order": 6, "sound": 5, "shorter": 4, "typing": 3, "near": 2, "like": 1, "other": 0}
DATE = {"same": 5, "partial": 4, "swapped": 3, "one_part": 2, "year": 1, "other": 0}
PLACE = {"same": 1, "other": 0}
SEX = {"same": 1, "other": 0}
PARENT = {"same": 3, "marks": 2, "given": 1, "other": 0}

# Shares of true pairs before any file was seen: rounded from domain experience, never from a generator's settings.
DEFAULT_M: Mapping[str, Mapping[int, float]] = {
    "ln": {8: 0.90, 7: 0.045, 6: 0.006, 5: 0.006, 4: 0.01, 3: 0.018, 2: 0.005, 1: 0.005, 0: 0.005},
    "ld": {5: 0.90, 4: 0.04, 3: 0.02, 2: 0.03, 1: 0.005, 0: 0.005},
    "lx": {1: 0.90, 0: 0.10},
    "ls": {1: 0.985, 0: 0.015},
    "lc": {3: 0.85, 2: 0.06, 1: 0.05, 0: 0.04},
    "lm": {3: 0.85, 2: 0.06, 1: 0.05, 0: 0.04},
    "la": {1: 0.75, 0: 0.25},
}
DEFAULT_U: Mapping[str, Mapping[int, float]] = {
    "ln": {8: 1e-5, 7: 1e-4, 6: 1e-5, 5: 2e-4, 4: 5e-4, 3: 5e-4, 2: 4e-3, 1: 0.05, 0: 0.94},
    "ld": {5: 4e-5, 4: 0.012, 3: 2e-5, 2: 4e-3, 1: 0.04, 0: 0.95},
    "lx": {1: 0.05, 0: 0.95},
    "ls": {1: 0.5, 0: 0.5},
    "lc": {3: 3e-4, 2: 5e-4, 1: 0.015, 0: 0.98},
    "lm": {3: 3e-4, 2: 5e-4, 1: 0.015, 0: 0.98},
    "la": {1: 0.01, 0: 0.99},
}
# Levels whose `u` is the register's count of the value.
COUNTED: Mapping[str, frozenset[int]] = {
    "ln": frozenset({8, 7, 6}),
    "ld": frozenset({5, 4, 3}),
    "lx": frozenset({1}),
}
PRIOR_PAIRS = 200
SMALLEST_U = 2e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Quantised weights of one file, good for saving by name and using again.

    Attributes:
        weights: field to level to thousandths of a bit.
        coverage: share of the file's people who are in the register, in thousandths.
        clump: how much oftener namesakes share a birth date than chance says, in thousandths of a bit.
        learnt_from: pairs that the weights were learnt from.
    """

    weights: Mapping[str, Mapping[int, int]]
    coverage: int
    clump: int
    learnt_from: int = field(default=0)

    def prior(self) -> int:
        """Return the odds that a row's person is in the register at all."""
        share = self.coverage / 1000
        return round(BIT * math.log2(share / (1 - share)))


def learnt(
    m_counts: Mapping[str, Mapping[int, int]],
    u_counts: Mapping[str, Mapping[int, int]],
    *,
    coverage: float,
    clump: int,
) -> Model:
    """Return the model for counted levels of sure pairs and of strangers, leaning on the defaults where few were seen."""
    weights = {
        name: {level: _weight(name, level, m_counts.get(name, {}), u_counts.get(name, {})) for level in shares}
        for name, shares in DEFAULT_M.items()
    }
    pairs = sum(m_counts.get("ln", {}).values())
    return Model(
        weights=weights,
        coverage=round(1000 * min(max(coverage, 0.05), 0.995)),
        clump=clump,
        learnt_from=pairs,
    )


def _weight(name: str, level: int, seen_m: Mapping[int, int], seen_u: Mapping[int, int]) -> int:
    m = _share(level, seen_m, DEFAULT_M[name])
    if level in COUNTED.get(name, frozenset()):
        return round(BIT * math.log2(m))
    u = max(_share(level, seen_u, DEFAULT_U[name]), SMALLEST_U)
    return round(BIT * math.log2(m / u))


def _share(level: int, seen: Mapping[int, int], default: Mapping[int, float]) -> float:
    total = sum(seen.get(known, 0) for known in default)
    return (seen.get(level, 0) + PRIOR_PAIRS * default[level]) / (total + PRIOR_PAIRS)
