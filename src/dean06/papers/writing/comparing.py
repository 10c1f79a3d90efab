"""Two states of a paper side by side: which of its sections say something else, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from dean06.papers.writing.document import Paper
from dean06.papers.writing.editing import passages, rewritten

_WORD = re.compile(r"\S+\s*|\s+")
State = Literal["same", "gone", "new"]

__all__ = ["Changed", "Piece", "carried", "differences"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in both states, in the older one alone, or in the newer one alone."""

    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One section whose title or text differs, as pieces in reading order."""

    key: str
    title: str
    pieces: tuple[Piece, ...]


def differences(before: Paper, after: Paper) -> tuple[Changed, ...]:
    """Return the sections that differ, in the order of the newer state, those that are gone last."""
    old, new = _texts(before), _texts(after)
    keys = [*new, *(key for key in old if key not in new)]
    return tuple(
        Changed(key, (new.get(key) or old[key])[0], _pieces(_whole(old.get(key)), _whole(new.get(key))))
        for key in keys
        if old.get(key) != new.get(key)
    )


def carried(before: Paper, edited: Paper, after: Paper) -> Paper:
    """Return a paper made anew with the words that a clerk had changed in it kept.

    Args:
        before: as its facts made it.
        edited: the same, with the clerk's words.
        after: as its new facts make it.
    """
    made, words, fresh = _texts(before), _texts(edited), _texts(after)
    kept = {key: words[key] for key in fresh if key in words and key in made and words[key] != made[key]}
    return rewritten(after, kept) if kept else after


def _texts(paper: Paper) -> Mapping[str, tuple[str, str]]:
    return {one.key: (one.title, one.text) for one in passages(paper)}


def _whole(said: tuple[str, str] | None) -> str:
    return "\n".join(part for part in said if part) if said else ""


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    return tuple(_walk(_WORD.findall(before), _WORD.findall(after)))


def _walk(before: list[str], after: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[a:b]))
            continue
        if a < b:
            yield Piece("gone", "".join(before[a:b]))
        if c < d:
            yield Piece("new", "".join(after[c:d]))
