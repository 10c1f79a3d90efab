"""Folding: letters without marks, for searching and for names written without tones."""

from __future__ import annotations

import re
import unicodedata

from dean06.orthography.characters import lower, nfc_clean, plain_marks

_MARKS = frozenset({"Mn", "Mc", "Me"})
PUNCTUATION = r"!-/:-@\[-`{-~"
_PUNCTUATION = re.compile(f"[{PUNCTUATION}]")
_RUNS = re.compile(" +")


def strip_marks(text: str) -> str:
    """Return text without combining marks, recomposed."""
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if unicodedata.category(c) not in _MARKS))


def fold(text: str) -> str:
    """Return text in lower case, without tone and vowel marks, đ as d."""
    return strip_marks(lower(unicodedata.normalize("NFC", text))).replace("đ", "d")


def search_key(text: str) -> str:
    """Return the folded text with look-alikes, punctuation and spaces levelled: what a search box compares."""
    levelled = _PUNCTUATION.sub(" ", fold(plain_marks(nfc_clean(text))))
    return _RUNS.sub(" ", levelled).strip(" ")
