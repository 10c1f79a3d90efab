"""Which letters differ between a file's value and the register's, so that a page marks those alone.

Values are compared as graphemes of Unicode NFC: a letter with its marks is one thing. Equal-length runs (a number, a
date's part, a name with one wrong tone) are compared place by place; others give up their common beginning and end.
Marking is never scattered inside a word, and what is left unmarked is the same on both sides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Run = tuple[str, bool]
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\s+|.", re.DOTALL)
_JOINERS = {"\u200c", "\u200d", "\ufe0f"}


def graphemes(text: str) -> list[str]:
    """Split text of NFC into letters, each with the marks that stand on it."""
    letters: list[str] = []
    for char in text:
        if letters and (unicodedata.category(char).startswith("M") or char in _JOINERS):
            letters[-1] += char
        else:
            letters.append(char)
    return letters


def tokens(text: str) -> list[str]:
    """Split text into words, numbers and what stands between; a mark stays with its letter."""
    pieces: list[str] = []
    for piece in _TOKEN.findall(text):
        if pieces and (unicodedata.category(piece[0]).startswith("M") or piece[0] in _JOINERS):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def differing(file_value: str, register_value: str) -> tuple[list[Run], list[Run]]:
    """Return both values as runs of (text, differs); joined, the runs are the values in NFC."""
    left = tokens(unicodedata.normalize("NFC", file_value))
    right = tokens(unicodedata.normalize("NFC", register_value))
    first: list[Run] = []
    second: list[Run] = []
    for old, new in _aligned(left, right):
        for mine, theirs in _inside(graphemes(old), graphemes(new)):
            first.append(mine)
            second.append(theirs)
    return _joined(first), _joined(second)


def _aligned(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(left) == len(right):
        yield from zip(left, right, strict=True)
        return
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal" or b - a == d - c:
            yield from zip(left[a:b], right[c:d], strict=True)
        else:
            yield "".join(left[a:b]), "".join(right[c:d])


def _inside(old: list[str], new: list[str]) -> Iterator[tuple[Run, Run]]:
    if len(old) == len(new):
        for mine, theirs in zip(old, new, strict=True):
            yield (mine, mine != theirs), (theirs, mine != theirs)
        return
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    yield ("".join(old[:head]), False), ("".join(new[:head]), False)
    yield ("".join(old[head : len(old) - tail]), True), ("".join(new[head : len(new) - tail]), True)
    yield ("".join(old[len(old) - tail :]), False), ("".join(new[len(new) - tail :]), False)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    length = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        length += 1
    return length


def _joined(runs: list[Run]) -> list[Run]:
    """Melt neighbours of one kind; an empty differing run stays: it shows where a letter is missing."""
    melted: list[Run] = []
    for text, differs in runs:
        if melted and melted[-1][1] == differs:
            melted[-1] = (melted[-1][0] + text, differs)
        elif text or differs:
            melted.append((text, differs))
    return melted
