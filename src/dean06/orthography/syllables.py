"""Which words are Vietnamese: the syllable as onset, rhyme and tone, and the words that names and addresses use."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHARP_OR_HEAVY = frozenset("\u0301\u0323")
_ONSET_TEXT = "ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t v x"
_ONSETS = (*_ONSET_TEXT.split(), "")
_RHYME_TEXT = """
    a ai ao au ay ac ach am an ang anh ap at ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu ynh ych yt
    o oc oi om on ong oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oe oen oeo oet ooc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uêu uôc uôi uôm uôn uông uôt uơ uy uya uych uynh
    uyên uyêt uyn uyt uyu uyp ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
"""
_RHYMES = frozenset(_RHYME_TEXT.split())
_STOPS = ("c", "ch", "p", "t")


def _split_tone(word: str) -> tuple[str, str] | None:
    decomposed = unicodedata.normalize("NFD", word)
    tones = [mark for mark in decomposed if mark in _TONES]
    if len(tones) > 1:
        return None
    bare = "".join(mark for mark in decomposed if mark not in _TONES)
    return unicodedata.normalize("NFC", bare), "".join(tones)


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Tell whether a lower-case word could be a Vietnamese syllable, tone included."""
    split = _split_tone(word)
    if split is None:
        return False
    bare, tone = split
    if any(bare.startswith(onset) and _is_rhyme(bare.removeprefix(onset), onset, tone) for onset in _ONSETS):
        return True
    return bare == "gi" or (bare.startswith("gi") and _is_rhyme(bare[1:], "g", tone))


def _is_rhyme(rhyme: str, onset: str, tone: str) -> bool:
    if rhyme not in _RHYMES or (onset == "qu" and rhyme[0] in "uươo"):
        return False
    return not rhyme.endswith(_STOPS) or tone in _SHARP_OR_HEAVY


@cache
def name_words() -> frozenset[str]:
    """Return the words, lower-case and composed, that names and addresses commonly use."""
    path = Path(__file__).with_name("name_words.csv")
    with path.open(encoding="utf-8", newline="") as handle:
        return frozenset(word for row in csv.DictReader(handle) for word in row["words"].split())


@lru_cache(maxsize=65536)
def weight(word: str) -> int:
    """Weigh how much a word speaks for the reading it came from: a name word, a syllable, neutral, or nonsense."""
    if "&" in word and ";" in word:
        return -3  # a character reference that nobody resolved
    bare = word.strip("()[]{}.,;:-–_/\\\"'*?!+&").lower()
    if not bare or bare.isdigit():
        return 0
    if bare in name_words():
        return 3
    if is_syllable(bare):
        return 1
    return 0 if bare.isascii() else -3
