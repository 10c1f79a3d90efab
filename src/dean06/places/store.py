"""The catalogue read from the tables beside it, once."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import get_args

from dean06.places.types import Level, Succession, Unit

_LEVELS: Mapping[str, Level] = {level: level for level in get_args(Level)}


@dataclass(frozen=True, slots=True)
class Store:
    """All units and steps of history, looked up by code."""

    units: Mapping[str, tuple[Unit, ...]]
    steps_from: Mapping[str, tuple[Succession, ...]]
    steps_to: Mapping[str, tuple[Succession, ...]]


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("dean06.places").joinpath("catalogue", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _steps() -> list[Succession]:
    return [
        Succession(
            row["old_code"],
            date.fromisoformat(row["old_last_day"]),
            row["new_code"],
            date.fromisoformat(row["new_first_day"]),
            row["how"],
            row["legal_basis"],
        )
        for row in _rows("successions.csv")
    ]


def _unit(row: dict[str, str], steps: list[Succession]) -> Unit:
    ends = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    heirs = tuple(s.new_code for s in steps if s.old_code == row["code"] and s.old_last_day == ends)
    return Unit(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        level=_LEVELS[row["level"]],
        parent=row["parent"] or None,
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=ends,
        successors=heirs,
        legal_basis=row["legal_basis"],
    )


@cache
def store() -> Store:
    """Read the tables; the answer is shared and never changed."""
    steps = _steps()
    units: dict[str, list[Unit]] = defaultdict(list)
    steps_from: dict[str, list[Succession]] = defaultdict(list)
    steps_to: dict[str, list[Succession]] = defaultdict(list)
    for step in steps:
        steps_from[step.old_code].append(step)
        steps_to[step.new_code].append(step)
    for row in _rows("units.csv"):
        units[row["code"]].append(_unit(row, steps))
    return Store(
        {code: tuple(found) for code, found in units.items()},
        {code: tuple(found) for code, found in steps_from.items()},
        {code: tuple(found) for code, found in steps_to.items()},
    )
