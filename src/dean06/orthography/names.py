"""Names of people: what stands around a name is taken off, and what is left gets its keys."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from dean06.orthography.characters import lower, nfc_clean, plain_marks, single_spaces
from dean06.orthography.folding import search_key
from dean06.orthography.hashing import hash63
from dean06.orthography.sound import phonetic_key
from dean06.orthography.tones import modern_endings

# Patterns are written for lower case and for both Python and RE2, so that SQL applies the same ones.
_SURNAMES = (
    "nguyễn|nguyen|trần|tran|lê|le|phạm|pham|hoàng|hoang|huỳnh|huynh|phan|vũ|vu|võ|vo|đặng|dang|bùi|bui|đỗ|do|hồ|ho|ngô|ngo"
    "|dương|duong|đinh|dinh|đoàn|doan|trương|truong|trịnh|trinh|lương|luong|đào|dao|phùng|phung|lý|ly|nông|nong|mai|hà|ha|cao"
    "|lưu|luu|triệu|trieu|đàm|dam|chu|thái|thai|lâm|lam|tạ|ta|vương|vuong|tô|to|quách|quach|châu|chau|vi|hứa|hua|lục|luc|kiều"
    "|kieu|lại|lai|tống|tong|trà|tra|từ|tu|văn|van|thân|than|la|lò|lo|quàng|quang|vàng|vang|giàng|giang|ksor|đậu|dau"
)
NOTES = (
    r"[(\[{].*$",  # (đã chết), [vợ ông …
    r" +- .*$|[-,;:/*#.]+ *$",  # … - vợ; a stray mark at the end
    r"[,;/*#].*$",
    r" +(đã chết|da chet|đã mất|da mat|chuyển đi|chuyen di|tạm vắng|tam vang) *$",
)
NUMBERING = r"^ *[0-9]+ *[-.)/] *|^[-*+.•] *"
TITLES = (
    r"^(?:ông|bà|cụ|chị|cháu|đ/c|đồng chí|mr|mrs|ms|ths|gs|bs)[.:]? +",
    # These may be a name's own first syllable (Nguyễn Hoàng Anh, reversed), so a surname and two more must follow.
    rf"^(?:(?:ong|ba|anh|cô|chú|bác|em|bé)[.:]?|[ôbac][.]) +((?:{_SURNAMES})(?: [^ ]+){{2,}})$",
)
_NOTES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in NOTES)
_NUMBERING = re.compile(NUMBERING)
_TITLE, _DOUBTFUL_TITLE = (re.compile(pattern, re.IGNORECASE) for pattern in TITLES)


@dataclass(frozen=True, slots=True)
class NameKeys:
    """The keys one name is found by; each number is `hash63` of its text."""

    normal: str
    folded: str
    normal_key: int
    spelt_key: int
    folded_key: int
    sound_key: int
    given_key: int
    ends_key: int


def clean_name(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the name as it would be written, and the codes of what was repaired around it."""
    repairs: list[str] = []
    name = text
    for code, step in (
        ("dung_san", lambda s: unicodedata.normalize("NFC", s)),
        ("khoang_trang", nfc_clean),
        ("chu_giong_nhau", plain_marks),
        ("ghi_chu", _without_notes),
        ("danh_xung", _without_title),
    ):
        repaired = step(name)
        if repaired != name:
            repairs.append(code)
        name = repaired
    return name, tuple(repairs)


def normal_name(text: str) -> str:
    """Return the name every lossless spelling of it shares: composed, lower case, modern tone placement, bare."""
    return modern_endings(lower(clean_name(text)[0]))


def name_key(text: str) -> str:
    """Return the folded name with its syllables in alphabetical order: one key whatever marks and order."""
    return " ".join(sorted(search_key(normal_name(text)).split(" ")))


def name_keys(text: str) -> NameKeys:
    """Return all keys of a name; the SQL macros of this room compute the same."""
    normal = normal_name(text)
    folded = search_key(normal)
    sound = phonetic_key(folded)
    return NameKeys(
        normal=normal,
        folded=folded,
        normal_key=hash63(normal),
        spelt_key=hash63(folded),
        folded_key=hash63(" ".join(sorted(folded.split(" ")))),
        sound_key=hash63(" ".join(sorted(sound.split(" ")))),
        given_key=hash63(sound.split(" ")[-1]),
        ends_key=hash63(f"{folded.split(' ')[0]} {folded.split(' ')[-1]}"),
    )


def _without_notes(name: str) -> str:
    bare = _NUMBERING.sub("", name)
    for pattern in _NOTES:
        bare = pattern.sub("", bare)
    return single_spaces(bare) or name


def _without_title(name: str) -> str:
    bare = _TITLE.sub("", name)
    bare = _DOUBTFUL_TITLE.sub(r"\1", bare)
    return bare or name
