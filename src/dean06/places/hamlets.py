"""The hamlet that an address names, so that lists of one street are walked by one person. Pure.

Hamlets have no national codes: two addresses are in one hamlet when they name it alike but for case, tone marks and the
way its kind is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from ruamel.yaml import YAML

from dean06.places.names import folded as fold

LONGEST = 80

__all__ = ["Hamlet", "hamlet_of"]


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A hamlet within a commune: the key under which it is one, and its name as a person reads it."""

    key: str
    name: str


@lru_cache(maxsize=1)
def _spellings() -> tuple[tuple[str, str, str], ...]:
    """Return (spelling, code, word) of every kind, the longest spelling first."""
    text = resources.files("dean06.places").joinpath("hamlets.yaml").read_text(encoding="utf-8")
    kinds = YAML(typ="safe", pure=True).load(text)["kinds"]
    told = [(spelling, kind["code"], kind["vi"]) for kind in kinds for spelling in kind["spelled"]]
    return tuple(sorted(told, key=lambda one: (-len(one[0]), one[0])))


def hamlet_of(address: str) -> Hamlet | None:
    """Return the hamlet that an address names, None where none is named."""
    for segment in re.split(r"[,;\n]| - ", address):
        plain = " ".join(segment.split())
        found = _named(plain) if plain else None
        if found:
            return found
    return None


def _named(segment: str) -> Hamlet | None:
    plain = fold(segment)
    for spelling, code, word in _spellings():
        if not plain.startswith(spelling) or len(plain) == len(spelling):
            continue
        rest = plain[len(spelling) :]
        if rest[0] not in " .:0123456789" or not (name := rest.strip(" .:")):
            continue
        written = " ".join(segment.split()[len(spelling.split()) :]) if rest[0] == " " else rest.strip(" .:")
        shown = written.strip(" .:") or name
        return Hamlet(key=f"{code}:{_levelled(name)}", name=f"{word} {shown}"[:LONGEST])
    return None


def _levelled(name: str) -> str:
    """Return a name without punctuation and leading zeros: lists write `Tổ 5` and `tổ 05`."""
    return re.sub(r"\b0+(?=\d)", "", re.sub(r"[^0-9a-z]+", " ", name).strip())
