"""How much each agreement speaks for one person, in thousandths of a bit.

A weight compares what the row says of its own person with what the row of a stranger would say. Where the value itself
decides (a name, a date, a commune, a parent), the stranger's share is the register's own count of that value; the rest
are the shares below. Weights are whole numbers, so sums are exact on every engine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

BIT = 1000
# Hash of a part of an address: the commune it names, the rows that said so.
Communes = Mapping[int, tuple[int, int]]

# Levels of a name, best first. `same` to `sound` are told by keys, the rest by looking at the letters.
SAME, MARKS, ORDER, SHORTER, TYPING, SOUND, MIDDLE, ALIKE, LIKE, OTHER = 9, 8, 7, 6, 5, 4, 3, 2, 1, 0
# Levels of a date.
DAY, PARTIAL, SWAPPED, DEFAULT, YEAR_OFF, SLIP, ANNIVERSARY, YEAR, ELSE = 8, 7, 6, 5, 4, 3, 2, 1, 0
NOT_COMPARED = -1

# Shares of true pairs at each level before a file was seen: rounded experience, never a generator's settings.
DEFAULT_M: Mapping[str, Mapping[int, float]] = {
    "ln": {9: 0.90, 8: 0.04, 7: 0.006, 6: 0.01, 5: 0.02, 4: 0.005, 3: 0.006, 2: 0.004, 1: 0.002, 0: 0.003},
    "ld": {8: 0.89, 7: 0.04, 6: 0.02, 5: 0.01, 4: 0.008, 3: 0.02, 2: 0.004, 1: 0.004, 0: 0.004},
    "lx": {1: 0.90, 0: 0.10},
    "ls": {1: 0.985, 0: 0.015},
    "lc": {3: 0.85, 2: 0.06, 1: 0.05, 0: 0.04},
    "lm": {3: 0.85, 2: 0.06, 1: 0.05, 0: 0.04},
    "la": {1: 0.80, 0: 0.20},
}
# Shares of strangers where no count of a value says it: sex beside another name and beside a like one, parents.
STRANGERS: Mapping[str, Mapping[int, float]] = {
    "ln": {2: 0.003, 1: 0.02, 0: 0.97},
    "ls": {1: 0.5, 0: 0.5},
    "ls_alike": {1: 0.94, 0: 0.06},
    "lc": {1: 0.02, 0: 0.98},
    "lm": {1: 0.02, 0: 0.98},
}
# In how many ways a date can slip at a level.
WAYS: Mapping[int, int] = {6: 1, 4: 2, 3: 40, 2: 75, 1: 365}
SLIPS_OF_A_NAME = 300
WRONG_MARKS = 5
# Share of rows that write 01/01 for a year, and of register dates on 01/01 that stand for one.
DEFAULTED, REGISTER_DEFAULTED = 0.01, 0.2
PRIOR_PAIRS = 200

# How often a person's own number stands in the row, a slip of it, another; how often a number found in the register was
# borrowed from its owner, by a stranger or within the family; old numbers of nine digits repeat between provinces.
OWN, ONE_SLIP, BORROWED, BORROWED_NINE, IN_FAMILY = 0.93, 0.02, 0.005, 0.02, 0.001
# Another number that fits the row's own date and sex is somebody's own; one that does not was written by mistake.
WRONG_BUT_FITS, WRONG = 0.01, 0.5
LARGEST_COVERAGE = 0.98
SLIPS_OF_A_NUMBER = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Quantised weights of one file, good for saving by name and using again.

    Attributes:
        shares: field to level to log2 of the share of true pairs, in thousandths of a bit.
        strangers: field to level to log2 of the share of strangers, in thousandths of a bit.
        coverage: share of the file's people who are in the register, in thousandths.
        clump: how much oftener namesakes share a birth date than chance says, in thousandths of a bit.
        learnt_from: sure pairs that the shares were learnt from.
        communes: hash of a part of an address to the commune it names and the rows that said so; None when the file at
            hand is still to teach them.
    """

    shares: Mapping[str, Mapping[int, int]]
    strangers: Mapping[str, Mapping[int, int]]
    coverage: int
    clump: int
    learnt_from: int = field(default=0)
    communes: Communes | None = field(default=None)

    def saved(self) -> dict[str, object]:
        """Return the model as JSON can hold it, to be kept under a name."""
        return {
            "shares": {name: {str(level): weight for level, weight in of.items()} for name, of in self.shares.items()},
            "strangers": {
                name: {str(level): weight for level, weight in of.items()} for name, of in self.strangers.items()
            },
            "coverage": self.coverage,
            "clump": self.clump,
            "learnt_from": self.learnt_from,
            "communes": _listed(self.communes),
        }

    def prior(self) -> int:
        """Return the odds that a row's person is in the register at all."""
        share = self.coverage / 1000
        return round(BIT * math.log2(share / (1 - share)))

    def weight(self, name: str, level: int, beside: str | None = None) -> int:
        """Return the weight of a level whose share among strangers does not depend on the value."""
        return self.shares[name][level] - self.strangers[beside or name][level]


def kept(saved: Mapping[str, Any]) -> Model:
    """Return the model that was saved."""
    return Model(
        shares={name: {int(level): int(w) for level, w in of.items()} for name, of in saved["shares"].items()},
        strangers={name: {int(level): int(w) for level, w in of.items()} for name, of in saved["strangers"].items()},
        coverage=int(saved["coverage"]),
        clump=int(saved["clump"]),
        learnt_from=int(saved["learnt_from"]),
        communes=_known(saved.get("communes")),
    )


def _listed(communes: Communes | None) -> list[list[int]] | None:
    return None if communes is None else [[part, *named] for part, named in sorted(communes.items())]


def _known(listed: Sequence[Sequence[int]] | None) -> Communes | None:
    return None if listed is None else {int(part): (int(unit), int(rows)) for part, unit, rows in listed}


def bits(share: float) -> int:
    """Return log2 of a share in thousandths of a bit."""
    return round(BIT * math.log2(share))


def learnt(
    sure: Mapping[str, Mapping[int, int]],
    unrelated: Mapping[int, int],
    *,
    coverage: float,
    clump: int,
) -> Model:
    """Return the model for the levels counted on sure pairs and on unrelated names, leaning on experience when few."""
    shares = {
        name: {level: bits(_share(level, sure.get(name, {}), default)) for level in default}
        for name, default in DEFAULT_M.items()
    }
    strangers = {name: {level: bits(share) for level, share in levels.items()} for name, levels in STRANGERS.items()}
    strangers["ln"] = {level: bits(_share(level, unrelated, STRANGERS["ln"])) for level in STRANGERS["ln"]}
    return Model(
        shares=shares,
        strangers=strangers,
        coverage=round(1000 * min(max(coverage, 0.05), LARGEST_COVERAGE)),
        clump=clump,
        learnt_from=sum(sure.get("ln", {}).values()),
    )


def _share(level: int, seen: Mapping[int, int], default: Mapping[int, float]) -> float:
    total = sum(seen.get(known, 0) for known in default)
    return (seen.get(level, 0) + PRIOR_PAIRS * default[level]) / (total + PRIOR_PAIRS)
