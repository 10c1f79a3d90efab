"""The face of Vietnamese writing: pure functions on text, each with a twin in `sql` for the matching engine."""

from __future__ import annotations

from dean06.orthography.amounts import amount_in_words
from dean06.orthography.characters import nfc_clean, plain_marks
from dean06.orthography.folding import fold, search_key
from dean06.orthography.hashing import hash63
from dean06.orthography.legacy import (
    Encoding,
    Healing,
    decode,
    detect_column,
    encode,
    heal_column,
    heal_lines,
    readings,
)
from dean06.orthography.legacy_tables import shown_as_1252
from dean06.orthography.names import NameKeys, clean_name, name_key, name_keys, normal_name
from dean06.orthography.sound import phonetic_key
from dean06.orthography.tones import modern_tones

__all__ = [
    "Encoding",
    "Healing",
    "NameKeys",
    "amount_in_words",
    "clean_name",
    "decode",
    "detect_column",
    "encode",
    "fold",
    "hash63",
    "heal_column",
    "heal_lines",
    "modern_tones",
    "name_key",
    "name_keys",
    "nfc_clean",
    "normal_name",
    "phonetic_key",
    "plain_marks",
    "readings",
    "search_key",
    "shown_as_1252",
]
