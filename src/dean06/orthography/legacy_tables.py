"""Legacy Vietnamese encodings, as they look when their bytes are shown as Windows-1252.

TCVN3 is the ABC font encoding (TCVN 5712:1993, third set): one byte a letter, capitals with a tone only by a capitals
font. VNI writes a vowel and its mark as two letters. Both tables were compared with glibc's TCVN5712-1 and with
published converters; for ỷ and ỹ VNI keeps the regular pairs yû, yõ.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3_TEXT = (
    "à µ ả ¶ ã · á \u00b8 ạ ¹ ă ¨ ằ » ẳ ¼ ẵ ½ ắ ¾ ặ Æ â © "
    "ầ Ç ẩ È ẫ É ấ Ê ậ Ë è Ì ẻ Î ẽ Ï é Ð ẹ Ñ ê ª ề Ò "
    "ể Ó ễ Ô ế Õ ệ Ö ì × ỉ Ø ĩ Ü í Ý ị Þ ò ß ỏ á õ â "
    "ó ã ọ ä ô « ồ å ổ æ ỗ ç ố è ộ é ơ ¬ ờ ê ở ë ỡ ì "
    "ớ í ợ î ù ï ủ ñ ũ ò ú ó ụ ô ư \u00ad ừ õ ử ö ữ ÷ ứ ø "
    "ự ù ỳ ú ỷ û ỹ ü ý ý ỵ þ đ ® Đ § Ă ¡ Â ¢ Ê £ Ô ¤ "
    "Ơ ¥ Ư ¦"
)
_TCVN3_LETTERS = _TCVN3_TEXT.split(" ")
TCVN3 = dict(zip(_TCVN3_LETTERS[1::2], _TCVN3_LETTERS[0::2], strict=True))
TO_TCVN3 = {letter: shown for shown, letter in TCVN3.items()}

_VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_ROOF = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í"}


def _vni() -> dict[str, str]:
    pairs = {base + mark: base + tone for base in "aeouy" for mark, tone in _VNI_TONES.items()}
    pairs |= {base + mark: base + "\u0302" + tone for base in "aeo" for mark, tone in _VNI_ROOF.items()}
    pairs |= {"a" + mark: "a\u0306" + tone for mark, tone in _VNI_BREVE.items()}
    pairs |= {
        shown + mark: letter + tone for shown, letter in (("ô", "ơ"), ("ö", "ư")) for mark, tone in _VNI_TONES.items()
    }
    pairs |= _VNI_SINGLE
    table = {shown: unicodedata.normalize("NFC", letter) for shown, letter in pairs.items()}
    upper = {shown.upper(): letter.upper() for shown, letter in table.items()}
    mixed = {shown[0].upper() + shown[1:]: letter.upper() for shown, letter in table.items() if len(shown) == 2}
    return table | mixed | upper


VNI = _vni()
TO_VNI = {letter: shown for shown, letter in VNI.items()}
VNI_RUNS = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))

# The five bytes that Windows-1252 leaves undefined are shown as the control characters of the same number.
BYTES_1252 = {bytes([code]).decode("cp1252"): code for code in range(256) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
BYTES_1252 |= {chr(code): code for code in range(0x80, 0xA0)}
SHOWN_1252 = {code: shown for shown, code in reversed(BYTES_1252.items())} | {
    code: chr(code) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}

# What a lead sequence of UTF-8 stands for when the byte after it was lost on the way: 81, 8D, 8F, 90, 9D, A0 or AD.
LOST_BYTE = {"Ã": "ÁàíÍÝ", "Ä": "Đ", "Æ": "Ơ", "á»": "ềọỏờửỐỠ", "áº": "ậẠ"}
LOST_AS_SPACE = {"Ã": "à", "Æ": "Ơ", "á»": "Ỡ", "áº": "Ạ"}


def as_bytes_1252(text: str) -> bytes | None:
    """Return the bytes that were shown as this text under Windows-1252, if all of it could be."""
    try:
        return bytes(BYTES_1252[letter] for letter in text)
    except KeyError:
        return None


def shown_as_1252(data: bytes) -> str:
    """Return bytes as Windows-1252 shows them; every byte has a character, so nothing is lost."""
    return "".join(map(SHOWN_1252.__getitem__, data))
