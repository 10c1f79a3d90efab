"""Recognising one column heading, however it is spelled and in whatever encoding it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dean06.orthography.service import fold, readings
from dean06.sources.contract import Contract

_KIN_TEXT = "cha bố mẹ chủ vợ chồng giám bảo hộ đại diện người lập giáo viên cán thân nhân con ông bà"
KIN = frozenset(_KIN_TEXT.split())
_NOT_WORDS = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"[(\[{*].*?([)\]}]|$)")


class Claim(NamedTuple):
    """A column says it is a field: `rank` 0 as written, 1 without tone marks, 2 by the words it holds; then order."""

    code: str
    rank: int
    order: int


def words_of(heading: str) -> str:
    """Return a heading in lower case without punctuation, its tone marks kept."""
    return _NOT_WORDS.sub(" ", heading.lower()).strip()


@dataclass(frozen=True, slots=True)
class _Bag:
    code: str
    needed: tuple[frozenset[str], ...]
    barred: frozenset[str]


class Headings:
    """The headings that a contract knows."""

    def __init__(self, contract: Contract) -> None:
        self._written: dict[str, Claim] = {}
        self._folded: dict[str, list[tuple[str, Claim]]] = {}
        self._bags: list[_Bag] = []
        self.codes = frozenset(field.code for field in contract.fields)
        self.second = contract.second
        of_one = {"ho_ten", "ngay_sinh", "gioi_tinh"} - self.second  # the list beside it reads such columns together
        self.single = frozenset({*of_one, *([contract.key] if contract.key else [])})
        for field in contract.fields:
            for order, heading in enumerate(field.headers):
                words = words_of(heading)
                self._written.setdefault(words, Claim(field.code, 0, order))
                self._folded.setdefault(fold(words), []).append((words, Claim(field.code, 1, order)))
            needed = tuple(frozenset(" ".join(group).split()) for group in field.contains)
            if needed:
                self._bags.append(_Bag(field.code, needed, frozenset(words_of(word) for word in field.lacks)))

    def exact(self, heading: str) -> Claim | None:
        """Return the field whose heading this is as a whole, with or without its tone marks and brackets."""
        for words in _forms(heading):
            if words in self._written:
                return self._written[words]
            for known, claim in self._folded.get(fold(words), ()):
                if _agree(words, known):
                    return claim
        return None

    def holding(self, heading: str) -> Claim | None:
        """Return the field whose telling words this longer heading holds."""
        for words in _forms(heading):
            for order, bag in enumerate(self._bags):
                if _held(words, bag):
                    return Claim(bag.code, 2, order)
        return None


def _agree(heading: str, known: str) -> bool:
    """Tell whether a heading may be a known one with marks left out: `Năm` is not `Nam`, `Hộ` alone is not `Họ`."""
    pairs = list(zip(heading.split(), known.split(), strict=True))
    return all(own == word or own.isascii() or (len(pairs) > 1 and not word.isascii()) for own, word in pairs)


def _held(words: str, bag: _Bag) -> bool:
    bare = words.isascii()
    tokens = frozenset(words.split())
    padded = f" {words} "
    if any(f" {fold(word) if bare else word} " in padded for word in bag.barred):
        return False
    return any(
        needed <= tokens or frozenset(map(fold, needed)) <= frozenset(map(fold, tokens)) for needed in bag.needed
    )


@lru_cache(maxsize=4096)
def _forms(heading: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_all_forms(heading)))


def _all_forms(heading: str) -> Iterator[str]:
    for reading in readings(heading):
        yield words_of(reading)
        bare = words_of(_BRACKETS.sub(" ", reading))
        if bare:
            yield bare


def about_kin(heading: str) -> bool:
    """Tell whether a heading speaks of somebody other than the person of the row."""
    return any(not KIN.isdisjoint(words.split()) for words in _forms(heading))
