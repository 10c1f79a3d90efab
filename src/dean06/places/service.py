"""The face of places: administrative units, each on a date.

A unit code is meaningless without a date: 19225 was xã Gia Ninh until 30/06/2025 and is xã Ninh Châu since. The
catalogue holds the provinces (63 until 30/06/2025, 34 since) and the communes of the two districts of 2022 with all
that became of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from dean06.places.hamlets import Hamlet, hamlet_of
from dean06.places.names import Reading, folded, marked, readings, segments
from dean06.places.store import store
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
    found = [u for rows in store().units.values() for u in rows if u.covers(on) and level in {None, u.level}]
    return tuple(sorted(found, key=lambda u: (len(u.code), u.code)))


def children(code: str, on: date) -> tuple[Unit, ...]:
    """Return the units directly under the unit that bore the code on the day, by code."""
    if unit(code, on) is None:
        return ()
    return tuple(u for u in catalogue(on) if u.parent == code)


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
        after = here.valid_to + timedelta(days=1)
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
    if folded(candidate.name) != reading.name or reading.level not in {"", candidate.level}:
        return False
    return reading.kind in {"", "xa", candidate.kind}


def named(text: str, within: str | None, on: date) -> tuple[Unit, ...]:
    """Return every unit of the day that one written name may mean, under `within` if given.

    Tone marks may be missing; when they are written and one unit has exactly them, only that unit is meant.
    """
    ways = readings(text)
    found = [u for u in catalogue(on) if any(_fits(u, way) for way in ways) and _under(u, within, on)]
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
    parts = segments(text)
    for position, part in enumerate(parts):
        meant = named(part, within, on)
        found = [u for u in meant if _agrees(u, parts[position + 1 :], on)]
        if not found and meant and len(readings(part)) > 1:
            return None  # a kind was written, so this is no hamlet of that name: the address contradicts itself
        if not found:
            continue
        lowest = max(len(u.code) for u in found)
        best = [u for u in found if len(u.code) == lowest]
        return best[0] if len(best) == 1 else None
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

    A name of the day itself wins; else the older catalogues are asked, newest first.
    """
    today = resolve_name(text, within, on)
    if today is not None:
        return (today,)
    ends = {u.valid_to for rows in store().units.values() for u in rows if u.valid_to is not None and u.valid_to < on}
    for day in sorted(ends, reverse=True):
        was = resolve_name(text, None, day)
        if was is not None:
            return tuple(u for u in successors(was.code, day, on) if _under(u, within, on))
    return ()
