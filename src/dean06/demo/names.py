"""Names true to sex, cohort and region, from weighted pools; nobody in them is real.

Frequencies follow published surveys of Vietnamese names (surnames, middle and given names of people born 1979-2011)
and, for older cohorts, common knowledge of rural naming.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from random import Random
from typing import NamedTuple

from dean06.demo.chance import Pool

_COHORT_STARTS = (1955, 1975, 1990, 2003)
_FOUR_WORDS = {True: (0.01, 0.02, 0.05, 0.10, 0.26), False: (0.02, 0.06, 0.16, 0.34, 0.62)}
_TWO_WORDS = {True: (0.05, 0.03, 0.02, 0.012, 0.009), False: (0.01, 0.005, 0.004, 0.003, 0.002)}
KINH = "01"


class Folk(NamedTuple):
    """How one people forms its names."""

    code: str
    patterns: tuple[str, str]
    surnames: tuple[str, ...]
    given: tuple[tuple[str, ...], tuple[str, ...]]


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("dean06.demo").joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def pools() -> dict[str, Pool[str]]:
    """Read the weighted pools."""
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in _rows("names.csv"):
        found[row["pool"]].append((row["name"], float(row["weight"])))
    return {name: Pool(pairs) for name, pairs in found.items()}


@cache
def folks() -> dict[str, Folk]:
    """Read how the smaller peoples form their names."""
    return {
        row["dan_toc"]: Folk(
            row["dan_toc"],
            (row["mau_nam"], row["mau_nu"]),
            tuple(row["ho"].split(";")),
            (tuple(row["ten_nam"].split(";")), tuple(row["ten_nu"].split(";"))),
        )
        for row in _rows("minorities.csv")
    }


def cohort(year: int) -> int:
    """Return which of the five naming fashions a birth year belongs to."""
    return sum(year >= start for start in _COHORT_STARTS)


def surname(rng: Random, region: str, people: str) -> str:
    """Draw a surname of the region, or of the people."""
    folk = folks().get(people)
    if folk is None:
        return pools()[f"ho/{region}"].draw(rng)
    return folk.surnames[int(rng.random() * len(folk.surnames))]


def kinh_name(rng: Random, family: str, year: int, *, male: bool, middle: str | None = None) -> str:
    """Draw a full name of the cohort for a surname; a family's own middle name may be passed on."""
    sex = "nam" if male else "nu"
    era = cohort(year)
    drawn = pools()
    given = drawn[f"ten/{sex}/{era}"].draw(rng)
    chance = rng.random()
    if chance < _TWO_WORDS[male][era]:
        return f"{family} {given}"
    first = middle or drawn[f"dem/{sex}/{era}"].draw(rng)
    if chance > 1 - _FOUR_WORDS[male][era]:
        second = drawn[f"dem2/{sex}"].draw(rng)
        if second not in {first, given, family}:
            return f"{family} {first} {second} {given}"
    if first == given:
        first = "Văn" if male else "Thị"
    return f"{family} {first} {given}"


def folk_name(rng: Random, people: str, family: str, *, male: bool) -> str:
    """Draw a full name after the pattern of a smaller people."""
    folk = folks()[people]
    given = folk.given[0 if male else 1]
    return folk.patterns[0 if male else 1].format(h=family, t=given[int(rng.random() * len(given))])


def full_name(rng: Random, people: str, family: str, year: int, *, male: bool) -> str:
    """Draw a full name for any people."""
    if people in folks():
        return folk_name(rng, people, family, male=male)
    return kinh_name(rng, family, year, male=male)


def village_name(rng: Random) -> str:
    """Draw a name a village calls someone by, not the registered one."""
    return pools()["goi"].draw(rng)
