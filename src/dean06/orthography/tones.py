"""Tone placement: hoà and hòa are one word, and modern writing puts the mark on the first vowel.

Only open syllables in oa, oe and uy move their mark, and never after q, where u belongs to the consonant (quý).
"""

from __future__ import annotations

import re

_PLAIN_TO_MARKED = {
    "a": "àáảãạ",
    "e": "èéẻẽẹ",
    "y": "ỳýỷỹỵ",
    "o": "òóỏõọ",
    "u": "ùúủũụ",
}
_PAIRS = (("o", "a"), ("o", "e"), ("u", "y"))


def _moves() -> tuple[tuple[str, str], ...]:
    """Return each old spelling with its modern one, lower case."""
    return tuple(
        (first + old, new + second)
        for first, second in _PAIRS
        for old, new in zip(_PLAIN_TO_MARKED[second], _PLAIN_TO_MARKED[first], strict=True)
    )


MOVES = _moves()
_OLD = "|".join(old for old, _ in MOVES)
OLD_STYLE = f"(^|[^q])({_OLD})( |$)"
_MODERN = dict(MOVES)
_PATTERN = re.compile(rf"(?<![qQ])({_OLD})(?![a-zà-ỹđ])", re.IGNORECASE)
_ENDINGS = re.compile(rf"(?<!q)({_OLD})(?= |$)")


def modern_tones(text: str) -> str:
    """Return text (NFC) with old-style tone placement rewritten, letter case kept."""
    return _PATTERN.sub(_rewritten, text)


def modern_endings(text: str) -> str:
    """Return a lower-case text with the syllables that a space or the end closes rewritten: what SQL does to a name."""
    return _ENDINGS.sub(lambda match: _MODERN[match.group(1)], text)


def _rewritten(match: re.Match[str]) -> str:
    old = match.group(1)
    new = _MODERN[old.lower()]
    return "".join(b.upper() if a.isupper() else b for a, b in zip(old, new, strict=True))
