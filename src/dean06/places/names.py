"""Reading a unit's name as people write it: with or without tones, with `xã`, `X.`, `TT`, `H.` before it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_D_LOOKALIKES = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d"})
_KIND_WORDS: tuple[tuple[str, str, str], ...] = (
    # pattern on folded text, kind, level
    (r"thi tran\b|t\.? ?tran|tt\b\.?", "thi_tran", "xa"),
    (r"phuong\b|p\.", "phuong", "xa"),
    (r"dac khu\b|dk\.", "dac_khu", "xa"),
    (r"xa\b|x\.", "xa", "xa"),
    (r"huyen\b|h\.", "huyen", "huyen"),
    (r"quan\b|q\.", "quan", "huyen"),
    (r"thi xa\b|tx\b\.?", "thi_xa", "huyen"),
    (r"thanh pho\b|t\.? ?pho|tp\b\.?", "thanh_pho", ""),
    (r"tinh\b|t\.", "tinh", "tinh"),
)
_KINDS = tuple((re.compile(rf"^(?:{words})\s*"), kind, level) for words, kind, level in _KIND_WORDS)
_SEPARATORS = re.compile(r"[,;/]|\s[-\u2013]\s")


def folded(text: str) -> str:
    """Return the text in lower case without any mark, one space between words."""
    bare = unicodedata.normalize("NFD", text.lower().translate(_D_LOOKALIKES))
    kept = "".join(ch for ch in bare if not unicodedata.combining(ch))
    return " ".join(kept.split())


def marked(text: str) -> str:
    """Return the text in lower case with its marks, one form for `hoà` and `hòa`, so that two spellings can be told."""
    syllables = unicodedata.normalize("NFC", text).lower().split()
    return " ".join(_tone_last(s) for s in syllables)


def _tone_last(syllable: str) -> str:
    """Write the tone after the letters: a placement-free form for comparing."""
    letters: list[str] = []
    tones: list[str] = []
    for ch in unicodedata.normalize("NFD", syllable):
        (tones if ch in "\u0300\u0301\u0303\u0309\u0323" else letters).append(ch)
    return "".join(letters + tones)


def segments(text: str) -> tuple[str, ...]:
    """Split an address at its commas, slashes and spaced dashes."""
    return tuple(part for raw in _SEPARATORS.split(text) if (part := " ".join(raw.split())))


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a segment: a folded name, and the kind and level that a word before it claims."""

    name: str
    kind: str = ""
    level: str = ""


def readings(segment: str) -> tuple[Reading, ...]:
    """Return the ways to read a segment: whole, and after a word of kind (`Quán Hàu` is no quận)."""
    text = folded(segment).strip(" .")
    found = [Reading(text)]
    for pattern, kind, level in _KINDS:
        match = pattern.match(text)
        if match and match.end() < len(text):
            found.append(Reading(text[match.end() :].strip(" ."), kind, level))
    return tuple(found)
