"""Legacy encodings of Vietnamese text: decoding, encoding, and telling which one a column was typed in.

TCVN3 and VNI share code points with Unicode and with each other, so a column is judged as a whole: the reading that
yields the most known words wins, and a single value departs from its column only on clear evidence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from html import unescape
from itertools import product

from dean06.orthography.characters import LOOKALIKES
from dean06.orthography.legacy_tables import (
    BYTES_1252,
    LOST_AS_SPACE,
    LOST_BYTE,
    TCVN3,
    TO_TCVN3,
    TO_VNI,
    VNI,
    VNI_RUNS,
    as_bytes_1252,
    shown_as_1252,
)
from dean06.orthography.syllables import is_syllable, name_words, weight


class Encoding(StrEnum):
    """How a text was typed or damaged, seen as the characters that a spreadsheet shows."""

    UNICODE = "unicode"
    DECOMPOSED = "nfd"
    TCVN3 = "tcvn3"
    VNI = "vni"
    CP1258 = "cp1258"
    MOJIBAKE = "utf8_as_cp1252"
    MOJIBAKE_TWICE = "utf8_as_cp1252_twice"
    ENTITIES = "html_entities"


_SOFT_HYPHEN = "\u00ad"
_LOOKALIKES = str.maketrans(LOOKALIKES)
_TCVN3 = str.maketrans(TCVN3)
_ENTITY = re.compile(r"&(#\d{2,6}|#x[0-9a-fA-F]{2,5}|[A-Za-z]{2,8});")
_AFTER = "".join(map(re.escape, (shown for shown, code in BYTES_1252.items() if 0x80 <= code < 0xC0)))
_LEADS = re.compile(f"(á[»º]|[ÃÄÆ])([{_AFTER} ]?)")
_MOJIBAKE = re.compile("á[»º]|[ÃÄÆÌÅ]")
_WORDS = re.compile(r"\S+")
_MOST_GUESSES = 256


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


# ---------------------------------------------------------------- decoding


def decode(text: str, encoding: Encoding) -> str:
    """Return the composed Unicode text that was typed; text that the encoding cannot hold comes back composed."""
    read = _DECODERS[encoding](text)
    return _composed(text if read is None else read)


def _from_tcvn3(text: str) -> str | None:
    if not _all_shown(text):
        return None
    whole = _all_capitals(text)
    return _WORDS.sub(lambda match: _tcvn3_word(match[0], capitals=whole), text)


def _tcvn3_word(word: str, *, capitals: bool) -> str:
    read = word.translate(_TCVN3)
    return read.upper() if _all_capitals(word) or (capitals and not _any_small(word)) else read


def _any_small(text: str) -> bool:
    return any(letter.isascii() and letter.islower() for letter in text)


def _all_capitals(text: str) -> bool:
    """Tell whether two or more plain letters are there and all are capitals: the toned ones were meant so too."""
    return sum(letter.isascii() and letter.isupper() for letter in text) > 1 and not _any_small(text)


def _from_vni(text: str) -> str | None:
    return VNI_RUNS.sub(lambda match: VNI[match[0]], _composed(text)) if _all_shown(text) else None


def _from_cp1258(text: str) -> str | None:
    shown = as_bytes_1252(text)
    try:
        return None if shown is None else shown.decode("cp1258")
    except UnicodeDecodeError:
        return None


def _from_mojibake(text: str) -> str | None:
    shown = as_bytes_1252(text)
    if shown is None:
        return None
    try:
        return shown.decode("utf-8")
    except UnicodeDecodeError:
        return _with_lost_bytes(text)


def _from_mojibake_twice(text: str) -> str | None:
    once = _from_mojibake(text)
    return None if once is None else _from_mojibake(once)


def _from_entities(text: str) -> str | None:
    return unescape(text) if _ENTITY.search(text) else None


def _all_shown(text: str) -> bool:
    return all(letter in BYTES_1252 for letter in _composed(text))


_DECODERS: dict[Encoding, Callable[[str], str | None]] = {
    Encoding.UNICODE: lambda text: text,
    Encoding.DECOMPOSED: lambda text: text,
    Encoding.TCVN3: _from_tcvn3,
    Encoding.VNI: _from_vni,
    Encoding.CP1258: _from_cp1258,
    Encoding.MOJIBAKE: _from_mojibake,
    Encoding.MOJIBAKE_TWICE: _from_mojibake_twice,
    Encoding.ENTITIES: _from_entities,
}


def _with_lost_bytes(text: str) -> str | None:
    """Read UTF-8 shown as Windows-1252 after some bytes vanished or became spaces: the likeliest words win."""
    parts: list[tuple[str, ...]] = []
    at = 0
    for match in _LEADS.finditer(text):
        parts.append((text[at : match.start()],))
        parts.append(_options(match[1], match[2]))
        at = match.end()
    parts.append((text[at:],))
    guesses = 1
    for part in parts:
        guesses *= len(part)
    if guesses > _MOST_GUESSES:
        return None
    return max(("".join(letters) for letters in product(*parts)), key=_worth)


def _options(lead: str, follower: str) -> tuple[str, ...]:
    exact = as_bytes_1252(lead + follower)
    if follower and exact is not None:
        try:
            return (exact.decode("utf-8"),)
        except UnicodeDecodeError:
            pass
    lost = tuple(letter + follower for letter in LOST_BYTE[lead])
    spaced = (LOST_AS_SPACE[lead],) if follower == " " and lead in LOST_AS_SPACE else ()
    return spaced + lost


# ---------------------------------------------------------------- encoding


def encode(text: str, encoding: Encoding) -> str:
    """Return text as it would look typed in a legacy encoding; ValueError when it has no such form.

    TCVN3 keeps no capital with a tone: those come out in lower case, as a capitals font would show them.
    """
    composed = _composed(text)
    if encoding is Encoding.DECOMPOSED:
        return unicodedata.normalize("NFD", composed)
    if encoding in (Encoding.MOJIBAKE, Encoding.MOJIBAKE_TWICE):
        once = shown_as_1252(composed.encode())
        return once if encoding is Encoding.MOJIBAKE else shown_as_1252(once.encode())
    if encoding is Encoding.CP1258:
        return shown_as_1252("".join(map(_cp1258_letter, composed)).encode("cp1258"))
    if encoding is Encoding.ENTITIES:
        return "".join(letter if letter.isascii() else f"&#{ord(letter)};" for letter in composed)
    table = {Encoding.TCVN3: TO_TCVN3, Encoding.VNI: TO_VNI}.get(encoding, {})
    return composed if encoding is Encoding.UNICODE else "".join(_typed(letter, table) for letter in composed)


def _typed(letter: str, table: Mapping[str, str]) -> str:
    shown = table.get(letter) or table.get(letter.lower())
    if shown is None and not letter.isascii():
        raise ValueError(f"U+{ord(letter):04X} has no form in this encoding")
    return shown or letter


def _cp1258_letter(letter: str) -> str:
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = list(unicodedata.normalize("NFD", letter))
        tone = [part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323"]
        return _composed("".join(part for part in parts if part not in tone)) + "".join(tone)
    return letter


# ---------------------------------------------------------------- judging a column


@lru_cache(maxsize=65536)
def _worth(text: str) -> int:
    return sum(map(weight, text.split()))


_PRESENT: dict[Encoding, re.Pattern[str]] = {
    Encoding.TCVN3: re.compile("[\u00a1-\u00ff]"),
    Encoding.VNI: re.compile("[\u00c0-\u00ff]"),
    Encoding.CP1258: re.compile("[\u00c0-\u00ff]"),
    Encoding.MOJIBAKE: _MOJIBAKE,
    Encoding.MOJIBAKE_TWICE: re.compile("Ã[¡¬ƒ„†…]"),
    Encoding.ENTITIES: _ENTITY,
}


def _alternatives(text: str) -> Iterator[tuple[Encoding, str]]:
    for encoding, sign in _PRESENT.items():
        if sign.search(text):
            read = _DECODERS[encoding](text)
            if read is not None and read != text:
                yield encoding, _composed(read)


def readings(text: str) -> tuple[str, ...]:
    """Return the text as written and every other reading a legacy encoding offers; for recognising headings."""
    return tuple(dict.fromkeys([_composed(text), *(read for _, read in _alternatives(text))]))


def detect_column(values: Iterable[str]) -> Encoding:
    """Return the encoding that yields the most known words over a column; Unicode unless another is clearly better."""
    worth: Counter[Encoding] = Counter()
    decomposed = False
    seen: set[str] = set()
    for value in values:
        if value.isascii() and "&" not in value:
            continue
        seen.add(value)
    for value in seen:
        as_is = _worth(_composed(value))
        decomposed = decomposed or not unicodedata.is_normalized("NFC", value)
        offered = dict(_alternatives(value))
        worth[Encoding.UNICODE] += as_is
        for encoding in _PRESENT:
            worth[encoding] += _worth(offered[encoding]) if encoding in offered else as_is
    best = max(_PRESENT, key=lambda encoding: worth[encoding])
    if worth[best] > worth[Encoding.UNICODE]:
        return best
    return Encoding.DECOMPOSED if decomposed else Encoding.UNICODE


@dataclass(frozen=True, slots=True)
class Healing:
    """What became of a column: its encoding, each value that changed, and why."""

    encoding: Encoding
    changed: Mapping[str, str]
    reasons: Mapping[str, str]


def heal_column(values: Iterable[str], encoding: Encoding | None = None) -> Healing:
    """Convert the distinct values of a column; values that were typed in Unicode beside it stay as they are."""
    distinct = list(dict.fromkeys(values))
    main = encoding or detect_column(distinct)
    stripped = main is Encoding.TCVN3 and _soft_hyphens_gone(distinct)
    changed: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for value in distinct:
        read, reason = _heal(value, main, stripped=stripped)
        if read != value:
            changed[value] = read
            reasons[value] = reason
    return Healing(encoding=main, changed=changed, reasons=reasons)


def heal_lines(lines: list[str]) -> list[str]:
    """Return the lines of a text in Unicode, whichever encoding they were typed in; Unicode stays as it is."""
    if detect_column(lines) in (Encoding.UNICODE, Encoding.DECOMPOSED):
        return lines
    changed = heal_column(lines).changed
    return [changed.get(line, line) for line in lines]


def _soft_hyphens_gone(values: Iterable[str]) -> bool:
    """Tell whether a TCVN3 column lost its soft hyphens: none is there, and some word makes sense only with ư."""
    typed = list(values)
    if any(_SOFT_HYPHEN in value for value in typed):
        return False
    return any(_horned(word, boldly=False) != word for value in typed for word in decode(value, Encoding.TCVN3).split())


def _heal(value: str, main: Encoding, *, stripped: bool) -> tuple[str, str]:
    composed = _composed(value)
    offered = dict(_alternatives(value)) if not value.isascii() or "&" in value else {}
    chosen = _choose(composed, offered, main)
    read = composed if chosen is Encoding.UNICODE else offered[chosen]
    reason = str(chosen) if chosen is not Encoding.UNICODE else str(Encoding.DECOMPOSED)
    if chosen is Encoding.TCVN3 or (main is Encoding.TCVN3 and value.isascii()):
        whole = _with_lost_horns(_capital_starts(read) if chosen is Encoding.TCVN3 else read, boldly=stripped)
        reason = "tcvn3" if whole == read or chosen is Encoding.TCVN3 else "tcvn3_mat_chu_u"
        read = whole
    plain = read.translate(_LOOKALIKES)
    return plain, reason if read != value else "chu_dong_dang"


def _choose(composed: str, offered: Mapping[Encoding, str], main: Encoding) -> Encoding:
    """Choose a value's reading: its column's, unless that makes no sense and another does."""
    read = {Encoding.UNICODE: composed, **offered}
    usual = main if main in offered and _worth(offered[main]) >= _worth(composed) else Encoding.UNICODE
    best = max(read, key=lambda encoding: _worth(read[encoding]))
    if _worth(read[best]) > _worth(read[usual]) and _sound(read[best]) and not _sound(read[usual]):
        return best
    return usual


def _sound(text: str) -> bool:
    return all(weight(word) >= 0 for word in text.split())


def _capital_starts(text: str) -> str:
    """Give back the capital that TCVN3 cannot hold (`ánh` among capitalised words)."""
    words = text.split(" ")
    starts = [word[0] for word in words if word]
    small = [start for start in starts if start.islower()]
    if not small or any(start.isascii() for start in small) or len(small) == len(starts):
        return text
    return " ".join(word[:1].upper() + word[1:] for word in words)


def _with_lost_horns(text: str, *, boldly: bool) -> str:
    """Give back ư where its byte, the soft hyphen, was stripped (`Hng`, `Thơng`)."""
    return _WORDS.sub(lambda match: _horned(match[0], boldly=boldly), text)


@lru_cache(maxsize=16384)
def _horned(word: str, *, boldly: bool) -> str:
    lower = word.lower()
    if not word.isalpha() or lower in name_words() or (is_syllable(lower) and not boldly):
        return word
    horn = "Ư" if word.isupper() and len(word) > 1 else "ư"
    offers = [word[:at] + horn + word[at:] for at in range(1, len(word) + 1)]
    named = [offer for offer in offers if offer.lower() in name_words()]
    if named or is_syllable(lower):
        return named[0] if len(named) == 1 else word
    possible = [offer for offer in offers if is_syllable(offer.lower())]
    return possible[0] if len(possible) == 1 else word
