"""Characters: one composed form, ordinary spaces, and the letter đ under its look-alikes."""

from __future__ import annotations

import re
import unicodedata

# Unicode gives these no visible form; spreadsheets and web pages leave them inside names.
INVISIBLE = "\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
SPACES = "\u0009-\u000d \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02bb\u02b9\u2032\u00b4`\uff07"
DASHES = "\u2010-\u2015\u2212"

# U+00D0 and U+0189 look like Đ in every font; NFC and NFKC keep them apart.
LOOKALIKES = {"ð": "đ", "ɖ": "đ", "Ð": "Đ", "Ɖ": "Đ"}

_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_SPACES = re.compile(f"[{SPACES}]+")
_APOSTROPHES = re.compile(f"[{APOSTROPHES}]")
_DASHES = re.compile(f"[{DASHES}]")
_LOOKALIKES = str.maketrans(LOOKALIKES)


def nfc_clean(text: str) -> str:
    """Return composed text without invisible characters, with single ordinary spaces and none at the ends."""
    return single_spaces(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)))


def single_spaces(text: str) -> str:
    """Return text with every run of spaces as one ordinary space and none at the ends."""
    return _SPACES.sub(" ", text).strip(" ")


def plain_marks(text: str) -> str:
    """Return text with one kind of apostrophe and dash, and a true đ for its look-alikes."""
    return _DASHES.sub("-", _APOSTROPHES.sub("'", text.translate(_LOOKALIKES)))


def lower(text: str) -> str:
    """Return lower case letter by letter, as SQL engines do: İ becomes one letter, not two."""
    return text.replace("\u0130", "i").lower()
