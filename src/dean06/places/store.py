"""The catalogue read from the tables beside it, once, and each day's part of it, once a spell between two changes."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import get_args

from dean06.places.names import folded
from dean06.places.types import Level, Succession, Unit

A_DAY = timedelta(days=1)
_LEVELS: Mapping[str, Level] = {level: level for level in get_args(Level)}


@dataclass(frozen=True, slots=True)
class Store:
    """All units and steps of history, looked up by code; the days on which something began or was gone."""

    units: Mapping[str, tuple[Unit, ...]]
    steps_to: Mapping[str, tuple[Succession, ...]]
    changes: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Spell:
    """The units of a time in which none came and none went: provinces first, by code; by what lies above; by name."""

    units: tuple[Unit, ...]
    under: Mapping[str, tuple[Unit, ...]]
    called: Mapping[str, tuple[Unit, ...]]


def _rows(name: str) -> Iterator[list[str]]:
    text = files("dean06.places").joinpath("catalogue", name).read_text(encoding="utf-8")
    lines = csv.reader(text.splitlines())
    next(lines)
    yield from lines


_day = cache(date.fromisoformat)


def _steps() -> list[Succession]:
    return [
        Succession(old_code, _day(old_last_day), new_code, _day(new_first_day), how, legal_basis)
        for old_code, old_last_day, new_code, new_first_day, how, legal_basis in _rows("successions.csv")
    ]


def _units(heirs: Mapping[tuple[str, date], list[str]]) -> Iterator[Unit]:
    grounds = {ground: legal_basis for ground, legal_basis, _source in _rows("grounds.csv")}
    for code, name, kind, level, parent, valid_from, valid_to, ground in _rows("units.csv"):
        ends = _day(valid_to) if valid_to else None
        yield Unit(
            code=code,
            name=name,
            kind=kind,
            level=_LEVELS[level],
            parent=parent or None,
            valid_from=_day(valid_from),
            valid_to=ends,
            successors=tuple(heirs.get((code, ends), ())) if ends else (),
            legal_basis=grounds[ground],
        )


@cache
def store() -> Store:
    """Read the tables; the answer is shared and never changed."""
    units: dict[str, list[Unit]] = defaultdict(list)
    heirs: dict[tuple[str, date], list[str]] = defaultdict(list)
    steps_to: dict[str, list[Succession]] = defaultdict(list)
    for step in _steps():
        heirs[step.old_code, step.old_last_day].append(step.new_code)
        steps_to[step.new_code].append(step)
    changes = set()
    for unit in _units(heirs):
        units[unit.code].append(unit)
        changes |= {unit.valid_from} | ({unit.valid_to + A_DAY} if unit.valid_to else set())
    return Store(
        {code: tuple(found) for code, found in units.items()},
        {code: tuple(found) for code, found in steps_to.items()},
        tuple(sorted(changes)),
    )


def spell(on: date) -> Spell:
    """Return the units of a day, with what finds them."""
    return _spell(bisect_right(store().changes, on))


@cache
def _spell(place: int) -> Spell:
    changes = store().changes
    here = changes[place - 1] if place else date.min
    found = [unit for units in store().units.values() for unit in units if unit.covers(here)]
    found.sort(key=lambda unit: (len(unit.code), unit.code))
    under: dict[str, list[Unit]] = defaultdict(list)
    called: dict[str, list[Unit]] = defaultdict(list)
    for unit in found:
        called[folded(unit.name)].append(unit)
        if unit.parent is not None:
            under[unit.parent].append(unit)
    return Spell(
        units=tuple(found),
        under={code: tuple(units) for code, units in under.items()},
        called={name: tuple(units) for name, units in called.items()},
    )
