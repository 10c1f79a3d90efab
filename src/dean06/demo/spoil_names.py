"""What happens to a name on its way into a list. Each function returns the spoilt name, the same name if it cannot."""

from __future__ import annotations

import unicodedata
from random import Random

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_CONFUSED = {"\u0309": "\u0303", "\u0303": "\u0309", "\u0300": "\u0301", "\u0301": "\u0300", "\u0323": "\u0309"}
_NEIGHBOURS = {
    "n": "m",
    "m": "n",
    "h": "j",
    "g": "h",
    "t": "r",
    "i": "u",
    "u": "i",
    "o": "p",
    "a": "s",
    "c": "v",
    "l": "k",
}
_TITLES = {True: ("Ông", "Ông", "Anh", "Cụ"), False: ("Bà", "Bà", "Chị", "Cụ")}
_NOTES = (" (chết)", " (vợ)", " - vợ", " (con)", " (đi LĐ)", " (TV)", " - mới")
_NOBREAK = "\u00a0"


def _recompose(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _old_placement() -> dict[str, str]:
    """Map the endings `òa`, `ỏe`, `ùy` to `oà`, `oẻ`, `uỳ`."""
    return {
        _recompose(first + tone + second): _recompose(first + second + tone)
        for first, second in (("o", "a"), ("o", "e"), ("u", "y"))
        for tone in _TONES
    }


_PLACEMENT = _old_placement()


def bare(text: str) -> str:
    """Return the text without any mark."""
    flat = text.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", flat) if not unicodedata.combining(c))


def no_marks(name: str, _rng: Random) -> str:
    """Drop every mark: `Nguyen Thi Hoa`."""
    return bare(name)


def some_marks(name: str, rng: Random) -> str:
    """Drop the marks of one word."""
    words = name.split(" ")
    marked = [i for i, word in enumerate(words) if bare(word) != word]
    if not marked:
        return name
    i = marked[int(rng.random() * len(marked))]
    words[i] = bare(words[i])
    return " ".join(words)


def wrong_tone(name: str, rng: Random) -> str:
    """Put another tone on one word: hỏi for ngã above all."""
    parts = list(unicodedata.normalize("NFD", name))
    at = [i for i, c in enumerate(parts) if c in _TONES]
    if not at:
        return name
    i = at[int(rng.random() * len(at))]
    tone = _CONFUSED[parts.pop(i)]
    while i < len(parts) and unicodedata.combining(parts[i]):
        i += 1  # a tone stands outside the hat or breve of its vowel
    parts.insert(i, tone)
    return _recompose("".join(parts))


def typo(name: str, rng: Random) -> str:
    """Hit one wrong key: a letter doubled, dropped, swapped with the next, or its neighbour."""
    i = 1 + int(rng.random() * max(len(name) - 2, 1))
    if i >= len(name) or not name[i].isalpha():
        i = len(name) - 1
    kind = int(rng.random() * 4)
    if kind == 0:
        return name[:i] + name[i] + name[i:]
    if kind == 1 and len(name) > 6:
        return name[:i] + name[i + 1 :]
    if kind == 2 and i + 1 < len(name) and name[i + 1].isalpha() and name[i] != name[i + 1]:
        return name[:i] + name[i + 1] + name[i] + name[i + 2 :]
    return name[:i] + _NEIGHBOURS.get(bare(name[i]).lower(), "n") + name[i + 1 :]


def i_or_y(name: str, _rng: Random) -> str:
    """Write `Lí` for `Lý`, `Mĩ` for `Mỹ`; never after a vowel or q."""
    words = name.split(" ")
    for at, word in enumerate(words):
        if len(word) == 2 and bare(word[1]) == "y" and word[0] in "LMTKHS":
            words[at] = word[0] + _recompose(unicodedata.normalize("NFD", word[1]).replace("y", "i"))
    return " ".join(words)


def capitals(name: str, _rng: Random) -> str:
    """Write everything in capitals."""
    return name.upper()


def small(name: str, _rng: Random) -> str:
    """Write everything small."""
    return name.lower()


def spacing(name: str, rng: Random) -> str:
    """Put two spaces, a no-break space or a trailing space."""
    kind = int(rng.random() * 3)
    if kind == 0:
        return name.replace(" ", "  ", 1)
    return name.replace(" ", _NOBREAK, 1) if kind == 1 else name + " "


def old_tone_place(name: str, _rng: Random) -> str:
    """Write `hoà` and `thuỷ` for `hòa` and `thủy`."""
    words = name.split(" ")
    for at, word in enumerate(words):
        ending = word[-2:].lower()
        if ending in _PLACEMENT and word[:1].lower() != "q":
            placed = _PLACEMENT[ending]
            words[at] = word[:-2] + (placed.capitalize() if word[-2].isupper() else placed)
    return " ".join(words)


def lookalike_d(name: str, _rng: Random) -> str:
    """Write the Icelandic letters that look like đ."""
    return name.replace("Đ", "Ð").replace("đ", "ð")


def title(name: str, rng: Random, *, male: bool) -> str:
    """Put a form of address before the name."""
    titles = _TITLES[male]
    return f"{titles[int(rng.random() * len(titles))]} {name}"


def note(name: str, rng: Random) -> str:
    """Put a remark after the name."""
    return name + _NOTES[int(rng.random() * len(_NOTES))]


def no_middle(name: str, _rng: Random) -> str:
    """Leave the middle name out."""
    words = name.split(" ")
    return f"{words[0]} {words[-1]}" if len(words) > 2 else name


def reversed_order(name: str, _rng: Random) -> str:
    """Turn a name of the highland peoples round: `Niê Y Wik` for `Y Wik Niê`."""
    words = name.split(" ")
    return " ".join([*words[1:], words[0]]) if len(words) > 1 else name
