"""The face of places: administrative units, each on a date.

A unit code is meaningless without a date: 19225 was xã Gia Ninh until 30/06/2025 and is xã Ninh Châu since. The
catalogue holds the whole country: 63 provinces, 696 districts and 10,035 communes as they stood on 30/06/2025, 34
provinces and 3,321 communes since, and what each became. Mergers before 2025 are known where a unit's ground names its
resolution (the two districts of 2022); elsewhere the units of 30/06/2025 are taken to have stood before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from dean06.places.hamlets import Hamlet, hamlet_of
from dean06.places.names import Reading, marked, readings, segments
from dean06.places.store import A_DAY, spell, store
from dean06.places.types import KIND_NAMES, Level, Succession, Unit

__all__ = [
    "KIND_NAMES",
    "Hamlet",
    "Level",
    "Succession",
    "Unit",
    "ancestors",
    "catalogue",
    "children",
    "hamlet_of",
    "heirs_of_name",
    "known_codes",
    "named",
    "old_codes",
    "predecessors",
    "resolve_name",
    "successors",
    "unit",
]


def unit(code: str, on: date) -> Unit | None:
    """Return the unit that bore the code on the day, or None."""
    return next((found for found in store().units.get(code, ()) if found.covers(on)), None)


def catalogue(on: date, level: Level | None = None) -> tuple[Unit, ...]:
    """Return every unit of the day, provinces first, by code."""
    units = spell(on).units
    return units if level is None else tuple(u for u in units if u.level == level)


def children(code: str, on: date) -> tuple[Unit, ...]:
    """Return the units directly under the unit that bore the code on the day, by code."""
    return spell(on).under.get(code, ())


def ancestors(code: str, on: date) -> tuple[Unit, ...]:
    """Return the units above, nearest first: a commune's district (until 30/06/2025) and province."""
    found: list[Unit] = []
    here = unit(code, on)
    while here is not None and here.parent is not None:
        here = unit(here.parent, on)
        if here is not None:
            found.append(here)
    return tuple(found)


def known_codes() -> frozenset[str]:
    """Return every code that was ever in the catalogue, so that a stranger's code can be told from an old one."""
    return frozenset(store().units)


def successors(code: str, on: date, at: date | None = None) -> tuple[Unit, ...]:
    """Return the units of day `at` (without it, of the newest catalogue) that took over the unit of `code` on day `on`.

    A unit still there on that day is its own answer; more than one answer means the unit was divided, or was a
    district, whose work went to its communes.
    """
    start = unit(code, on)
    if start is None:
        return ()
    found: dict[str, Unit] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here.valid_to is None or (at is not None and at <= here.valid_to):
            found[here.code] = here
            continue
        after = here.valid_to + A_DAY
        waiting.extend(u for heir in here.successors if (u := unit(heir, after)) is not None)
    return tuple(found[key] for key in sorted(found))


def predecessors(code: str, on: date, at: date | None = None) -> tuple[Unit, ...]:
    """Return the units that became the unit of `code` on day `on`: those of day `at`, without it those just before."""
    start = unit(code, on)
    if start is None:
        return ()
    found: dict[tuple[int, str], Unit] = {}
    waiting = [(start, 0)]
    while waiting:
        here, steps = waiting.pop()
        if (steps and at is None) or (at is not None and here.covers(at)):
            found[(len(here.code), here.code)] = here
            continue
        before = [s for s in store().steps_to.get(here.code, ()) if s.new_first_day == here.valid_from]
        waiting.extend((u, steps + 1) for s in before if (u := unit(s.old_code, s.old_last_day)) is not None)
    return tuple(found[key] for key in sorted(found))


@lru_cache(maxsize=8)
def old_codes(on: date, level: Level = "xa") -> Mapping[str, tuple[str, ...]]:
    """Return, for each code that a list written before the day may still carry, the codes of the day that hold it now.

    A code that named another unit before is among them, unless that older unit went into the one that bears the code
    now: then there is nothing to translate.
    """
    moved: dict[str, set[str]] = {}
    for rows in store().units.values():
        for old in rows:
            if old.level == level and old.valid_to is not None and old.valid_to < on:
                heirs = {u.code for u in successors(old.code, old.valid_from, on) if u.level == level}
                moved.setdefault(old.code, set()).update(heirs)
    return {code: tuple(sorted(heirs)) for code, heirs in sorted(moved.items()) if heirs != {code}}


def _under(candidate: Unit, within: str | None, on: date) -> bool:
    return within is None or candidate.code == within or any(a.code == within for a in ancestors(candidate.code, on))


def _fits(candidate: Unit, reading: Reading) -> bool:
    return reading.level in {"", candidate.level} and reading.kind in {"", "xa", candidate.kind}


def named(text: str, within: str | None, on: date) -> tuple[Unit, ...]:
    """Return every unit of the day that one written name may mean, under `within` if given.

    Tone marks may be missing; when they are written and one unit has exactly them, only that unit is meant.
    """
    ways = readings(text)
    called = spell(on).called
    meant = {u.code: u for way in ways for u in called.get(way.name, ()) if _fits(u, way) and _under(u, within, on)}
    found = [meant[code] for code in sorted(meant, key=lambda code: (len(code), code))]
    spelled = marked(text)
    exact = [u for u in found if spelled.endswith(marked(u.name))]
    kinds = {way.kind for way in ways if way.kind}
    same_kind = [u for u in exact or found if u.kind in kinds]
    return tuple(same_kind or exact or found)


def resolve_name(text: str, within: str | None, on: date) -> Unit | None:
    """Return the one unit of the day that an address or a bare name means; None when none or several fit.

    In an address (`TT. Quán Hàu, H. Quảng Ninh`) the first part that names a unit is taken, and a larger unit written
    after it must be one that it lies in. The lowest level wins where district and commune share a name.
    """
    found = _resolved(segments(text), within, on)
    return found[1] if found else None


def _resolved(parts: tuple[str, ...], within: str | None, on: date) -> tuple[int, Unit] | None:
    """Return which part of an address names the unit, and the unit."""
    for position, part in enumerate(parts):
        meant = named(part, within, on)
        found = [u for u in meant if _agrees(u, parts[position + 1 :], on)]
        if not found and meant and len(readings(part)) > 1:
            return None  # a kind was written, so this is no hamlet of that name: the address contradicts itself
        if not found:
            continue
        lowest = max(len(u.code) for u in found)
        best = [u for u in found if len(u.code) == lowest]
        return (position, best[0]) if len(best) == 1 else None
    return None


def _agrees(candidate: Unit, larger: tuple[str, ...], on: date) -> bool:
    """Tell whether the parts written after a unit's name contradict where it lies."""
    above = {u.code for u in ancestors(candidate.code, on)}
    for part in larger:
        meant = named(part, None, on)
        if meant and not any(u.code in above for u in meant):
            return False
    return True


def heirs_of_name(text: str, within: str | None, on: date) -> tuple[Unit, ...]:
    """Return the units of day `on` that hold what an address written at any earlier time names.

    The catalogue that reads the address from its earliest part on wins, of several the newest: in `Xuân Kiên, Xuân
    Trường, Nam Định` the last part names a ward of today, the first a commune of 2022.
    """
    parts = segments(text)
    today = _resolved(parts, within, on)
    best = today[0] if today else len(parts)
    heirs: tuple[Unit, ...] = (today[1],) if today else ()
    for day in reversed(store().changes):
        was = _resolved(parts, None, day - A_DAY) if day <= on else None
        if was is not None and was[0] < best:
            best, unit_then = was
            heirs = tuple(u for u in successors(unit_then.code, day - A_DAY, on) if _under(u, within, on))
    return heirs
