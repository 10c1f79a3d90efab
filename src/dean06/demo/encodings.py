"""Writing text the old ways: TCVN3 (ABC), VNI, UTF-8 read as cp1252, decomposed Unicode, cp1258.

These are writers only, made for the demonstration from the published tables; the readers of the house live elsewhere
and know nothing of them.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable, Mapping

_TCVN3 = (
    "à µ ả ¶ ã · á \u00b8 ạ ¹ ă ¨ ằ » ẳ ¼ ẵ ½ ắ ¾ ặ Æ â © ầ Ç ẩ È ẫ É ấ Ê ậ Ë "
    "è Ì ẻ Î ẽ Ï é Ð ẹ Ñ ê ª ề Ò ể Ó ễ Ô ế Õ ệ Ö ì × ỉ Ø ĩ Ü í Ý ị Þ ò ß ỏ á õ â ó ã ọ ä ô « ồ å ổ æ ỗ ç ố è ộ é "
    "ơ ¬ ờ ê ở ë ỡ ì ớ í ợ î ù ï ủ ñ ũ ò ú ó ụ ô ư \u00ad ừ õ ử ö ữ ÷ ứ ø ự ù ỳ ú ỷ û ỹ ü ý ý ỵ þ "
    "đ ® Đ § Ă ¡ Â ¢ Ê £ Ô ¤ Ơ ¥ Ư ¦"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VNI_TONES = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_HATS = {"": "â", "\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_VNI_BREVES = {"": "ê", "\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_VNI_I = {"\u0300": "ì", "\u0301": "í", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}
_LETTERS = "aăâeêioôơuưy"


def _tcvn3_table() -> dict[str, str]:
    cells = _TCVN3.split(" ")
    table = dict(zip(cells[::2], cells[1::2], strict=True))
    # a capital with a tone has no place of its own: the capitals' font shows the small letter's byte
    return table | {small.upper(): byte for small, byte in table.items() if small.upper() not in table}


def _vni(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    tone = next((m for m in marks if m in _TONES), "")
    if base == "i":
        return _VNI_I.get(tone, "i")
    if "\u0302" in marks:
        return base + _VNI_HATS[tone]
    if "\u0306" in marks:
        return base + _VNI_BREVES[tone]
    if base == "y" and tone == "\u0323":
        return "î"
    horned = {"o": "ô", "u": "ö"}[base] if "\u031b" in marks else base
    return horned + _VNI_TONES.get(tone, "")


def _vni_table() -> dict[str, str]:
    table = {"đ": "ñ"}
    for letter in _LETTERS:
        for tone in ("", *_TONES):
            whole = unicodedata.normalize("NFC", letter + tone)
            if whole != _vni(whole):
                table[whole] = _vni(whole)
    return table | {small.upper(): text.upper() for small, text in table.items()}


def _old_font(table: dict[str, str]) -> dict[int, str]:
    """Return the table with the look-alikes of đ written as the letter meant: an old font has no other."""
    return str.maketrans(table | {"\u00d0": table["Đ"], "\u00f0": table["đ"]})


_TCVN3_MAP = _old_font(_tcvn3_table())
_VNI_MAP = _old_font(_vni_table())


def tcvn3(text: str) -> str:
    """Return the text as a TCVN3 file shows when read as cp1252; the case of toned capitals is lost, as in life."""
    return text.translate(_TCVN3_MAP)


def vni(text: str) -> str:
    """Return the text as a VNI file shows when read as cp1252."""
    return text.translate(_VNI_MAP)


def _latin_shapes() -> str:
    """Return what each byte shows in cp1252; the five bytes it leaves open become control signs."""
    open_bytes = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return "".join(chr(b) if b in open_bytes else bytes([b]).decode("cp1252") for b in range(256))


_LATIN_SHAPES = _latin_shapes()


def mojibake(text: str) -> str:
    """Return the text as UTF-8 bytes read as cp1252."""
    return codecs.charmap_decode(text.encode("utf-8"), "strict", _LATIN_SHAPES)[0]


def decomposed(text: str) -> str:
    """Return the text in decomposed Unicode."""
    return unicodedata.normalize("NFD", text)


def _cp1258_table() -> dict[int, str]:
    table = {0xD0: "Đ", 0xF0: "đ"}  # its place for Đ is where cp1252 has the look-alike
    for letter in (*_LETTERS, *_LETTERS.upper()):
        for tone in _TONES:
            whole = unicodedata.normalize("NFC", letter + tone)
            try:
                whole.encode("cp1258")
            except UnicodeEncodeError:
                table[ord(whole)] = letter + tone
    return table


_CP1258_MAP = _cp1258_table()


def cp1258(text: str) -> str:
    """Return composed text in the half-decomposed form that code page 1258 can hold: letter, then tone.

    A look-alike of Đ comes out as the letter meant.
    """
    return text.translate(_CP1258_MAP)


def as_is(text: str) -> str:
    """Return the text untouched."""
    return text


DAMAGES: Mapping[str, Callable[[str], str]] = {
    "": as_is,
    "bang_ma_tcvn3": tcvn3,
    "bang_ma_vni": vni,
    "bang_ma_mojibake": mojibake,
    "bang_ma_nfd": decomposed,
}
