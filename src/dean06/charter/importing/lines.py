"""A document as lines: what was printed, where it stood, and how surely a new paragraph begins there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

Healing = Callable[[list[str]], list[str]]

PAGE_GAP = 3
_HASHES = re.compile(r"^#{1,6}\s+")
_EMPHASIS = re.compile(r"\*\*|__")
_ITALIC = re.compile(r"^\*(?=\w)|(?<=[\w.,;:!?)/])\*$")
_BLANKS = str.maketrans(
    {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\t": " ", "\u00ad": None, "\u200b": None, "\ufeff": None}
)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; `gap` counts the blank lines before it (a page break counts as PAGE_GAP)."""

    text: str
    place: str
    gap: int = 0
    whole: bool = False
    room: int | None = None  # characters that were still free on the line before; None where nobody knows


@dataclass(frozen=True, slots=True)
class Document:
    """A file as lines, with its kind and the SHA-256 of its bytes."""

    name: str
    kind: str
    sha256: str
    lines: tuple[Line, ...]


def clean(text: str) -> str:
    """Return a line composed, without marks of emphasis and without blanks at its ends; nothing else changes."""
    plain = unicodedata.normalize("NFC", text).translate(_BLANKS).strip()
    plain = _EMPHASIS.sub("", _HASHES.sub("", plain)).strip()
    return _ITALIC.sub("", plain).strip()


def number_lines(rows: Iterable[str]) -> tuple[Line, ...]:
    """Return the lines of a plain text; a form feed is a page break."""
    lines: list[Line] = []
    gap = 0
    for number, row in enumerate(rows, 1):
        gap = max(gap, PAGE_GAP) if "\f" in row else gap
        text = clean(row.replace("\f", ""))
        if not text:
            gap += 1
            continue
        lines.append(Line(text, f"dòng {number}", gap))
        gap = 0
    return with_room(lines)


def with_room(lines: list[Line], slack: float = 0.0) -> tuple[Line, ...]:
    """Measure how much room each line left for the first word of the next: a line cut short was cut on purpose."""
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    width -= int(width * slack)
    measured = lines[:1]
    for before, line in pairwise(lines):
        room = width - len(before.text) - 1 - len(line.text.partition(" ")[0])
        measured.append(Line(line.text, line.place, line.gap, line.whole, room))
    return tuple(measured)
