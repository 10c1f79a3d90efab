"""Three-way merging of a package's files: what one side changed since their common base wins, clause by clause.

Where both sides changed the same clause, norm, point of the head or file, mine is kept and named as one to look at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Files = Mapping[str, object]

# What tells the members of a list apart: clauses and chapters by their label, norms by their key.
IDENTITIES = ("key", "label")
CHAPTERS = ": chapters"
ABSENT = object()

__all__ = ["Merged", "merge_sources"]


@dataclass(frozen=True, slots=True)
class Merged:
    """The files of a merge, and the places where both sides had changed something: `file`, or `file: place`."""

    files: dict[str, object]
    to_check: tuple[str, ...]


def merge_sources(base: Files, mine: Files, theirs: Files) -> Merged:
    """Merge two changes of one package.

    Args:
        base: plain values of the files that both began from.
        mine: the files of the draft.
        theirs: the files of the newer text.
    """
    found: list[str] = []
    files: dict[str, object] = {}
    for name in dict.fromkeys((*theirs, *mine)):
        kept, own, other = (_plain(side.get(name, ABSENT)) for side in (base, mine, theirs))
        made = _file(name, kept, own, other, found)
        if made is not ABSENT:
            files[name] = made
    return Merged(files, tuple(found))


def _plain(value: object) -> object:
    """Return a value as JSON keeps it, so that sides kept in different ways compare equal."""
    return value if value is ABSENT else json.loads(json.dumps(value, default=str))


def _file(name: str, base: object, mine: object, theirs: object, found: list[str]) -> object:
    settled = _settled(base, mine, theirs)
    if settled is not None:
        return settled
    if not (isinstance(base, dict) and isinstance(mine, dict) and isinstance(theirs, dict)):
        found.append(name)
        return mine
    made: dict[str, object] = {}
    for key in dict.fromkeys((*theirs, *mine)):
        sides = (base.get(key, ABSENT), mine.get(key, ABSENT), theirs.get(key, ABSENT))
        one = _part(f"{name}: {key}", *sides, found)
        if one is not ABSENT:
            made[key] = one
    return made


def _part(place: str, base: object, mine: object, theirs: object, found: list[str]) -> object:
    """Merge one key of a file; mappings and lists that both sides changed are merged member by member."""
    settled = _settled(base, mine, theirs)
    if settled is not None:
        return settled
    if isinstance(base, dict) and isinstance(mine, dict) and isinstance(theirs, dict):
        return _members(place, base, mine, theirs, found)
    if isinstance(base, list) and isinstance(mine, list) and isinstance(theirs, list):
        kept, own, other = (_by_identity(side) for side in (base, mine, theirs))
        if kept is not None and own is not None and other is not None:
            return list(_members(place, kept, own, other, found).values())
    found.append(place)
    return mine


def _members(
    place: str,
    base: Mapping[str, object],
    mine: Mapping[str, object],
    theirs: Mapping[str, object],
    found: list[str],
) -> dict[str, object]:
    """Merge members, each whole; theirs give the order, and what I added stands after what it stood after."""
    made: dict[str, object] = {}
    for key in _order(list(theirs), list(mine)):
        sides = (base.get(key, ABSENT), mine.get(key, ABSENT), theirs.get(key, ABSENT))
        one = _settled(*sides)
        if one is None and place.endswith(CHAPTERS):
            one = _file(f"{place} {key}", *sides, found)  # two writers may each add an article to one chapter
        elif one is None:
            one = sides[1]
            found.append(f"{place} {key}")
        if one is not ABSENT:
            made[key] = one
    return made


def _settled(base: object, mine: object, theirs: object) -> object | None:
    """Return the side that alone changed, or what both agree on; None where both changed differently."""
    if theirs in (mine, base):
        return mine
    return theirs if mine == base else None


def _by_identity(items: Sequence[object]) -> dict[str, object] | None:
    """Return the members of a list by what tells them apart; None where nothing does."""
    if all(isinstance(one, str | int) for one in items):
        return {str(one): one for one in items} if len(set(items)) == len(items) else None
    for name in IDENTITIES:
        keys = [one.get(name) for one in items if isinstance(one, dict)]
        if len(keys) == len(items) and None not in keys and len(set(keys)) == len(keys):
            return {str(key): one for key, one in zip(keys, items, strict=True)}
    return None


def _order(theirs: list[str], mine: Iterable[str]) -> list[str]:
    ordered, before = list(theirs), ""
    for key in mine:
        if key not in ordered:
            ordered.insert(ordered.index(before) + 1 if before in ordered else 0, key)
        before = key
    return ordered
