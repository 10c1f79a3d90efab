"""The form of a provider, and what providers share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from dean06.catalogue.service import entries
from dean06.catalogue.types import Gone, NewEntry
from dean06.offices.types import GroupInfo

__all__ = ["Provider", "agencies_in_words", "picked", "under"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """How things of one kind are entered.

    Attributes:
        kind: its name in the catalogue.
        vi: the kind as a page names it, in the plural; `en` the same in English.
        follows: kinds of object in the ledger whose acts touch such a thing.
        touched: what an act on an object changed; `Gone` where a thing is there no more.
        every: all of them in a group.
        whole: an act touches all of them together, so that what is not among them is gone.
        wide: kinds of object of which one act touches many things; those that stand as they were have not changed.
    """

    kind: str
    vi: str
    en: str
    follows: frozenset[str]
    touched: Callable[[GroupInfo, str], Iterable[NewEntry | Gone]]
    every: Callable[[GroupInfo], Iterable[NewEntry]]
    whole: bool = False
    wide: frozenset[str] = frozenset()


class Numbered(Protocol):
    """A thing with its number among its kind and the id that the ledger has of it."""

    @property
    def id(self) -> int: ...

    @property
    def ref(self) -> str: ...


N = TypeVar("N", bound=Numbered)


def picked(group: GroupInfo, kind: str, listed: Iterable[N], object_id: str) -> list[N]:
    """Return the thing of an id; where an act names no thing that is there, it made new ones: those not entered yet."""
    found = list(listed)
    newest = -1 if any(one.ref == object_id for one in found) else entries.greatest(group.id, kind)
    return [one for one in found if one.ref == object_id or -1 < newest < one.id]


def under(group: GroupInfo, kind: str, prefix: str, found: list[NewEntry]) -> list[NewEntry | Gone]:
    """Return the parts of a thing, whose keys begin with its own; whatever else was entered under it is gone."""
    stale = entries.keys_under(group.id, kind, prefix) - {one.key for one in found}
    return [*found, *(Gone(group_id=group.id, kind=kind, key=key) for key in sorted(stale))]


def agencies_in_words(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """Return agencies by code and name, as they are looked for."""
    return " ".join(f"{code} {names.get(code, '')}" for code in codes if code)
