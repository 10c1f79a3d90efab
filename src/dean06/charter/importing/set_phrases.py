"""Set phrases of office Vietnamese: what looks like one without marks, and has other marks, is probably miswritten."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

# phrases with one reading only: whatever looks like them without marks is meant to be them
PHRASES = Path(__file__).with_name("set_phrases.txt")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def marks(word: str) -> str:
    """Write a word so that its tone stands last: where the tone is placed makes no difference."""
    spread = unicodedata.normalize("NFD", word.lower())
    tones = "".join(sign for sign in spread if sign in _TONES)
    return unicodedata.normalize("NFC", "".join(sign for sign in spread if sign not in _TONES)) + tones


@lru_cache(maxsize=16384)
def bare(word: str) -> str:
    """Write a word without any mark."""
    spread = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def key(words: list[str]) -> str:
    """Return what a run of words looks like without marks."""
    return " ".join(map(bare, words))


@cache
def known() -> dict[str, tuple[str, frozenset[str]]]:
    """Return, by look without marks, the phrase that is meant and the spellings that are right."""
    right: dict[str, set[str]] = {}
    meant: dict[str, str] = {}
    for phrase in PHRASES.read_text(encoding="utf-8").splitlines():
        words = phrase.split()
        if words:
            meant.setdefault(key(words), " ".join(words))
            right.setdefault(key(words), set()).add(" ".join(map(marks, words)))
    return {look: (phrase, frozenset(right[look])) for look, phrase in meant.items()}
