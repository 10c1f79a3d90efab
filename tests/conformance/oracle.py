"""The result contract in plain Python, written from the contract alone: what a row must be told of the person it names.

It shares nothing with the engine: it compares one row with one person, letter by letter, the way a careful clerk
would, and knows no scores. Which person a row is about is the test's own knowledge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conformance.desk import Row

SAME, HEALED, DIFFERENT = 1, 2, 3
FIELDS = ("so_dinh_danh", "ho_ten", "ngay_sinh", "gioi_tinh", "noi_o", "khac")
NAMED = {"KHOP_HOAN_TOAN", "KHOP_CHUAN_HOA", "KHOP_SAI_LECH", "TRUNG", "DA_CHET", "DA_CHUYEN_DI"}
VERDICTS = NAMED | {"NGHI_VAN", "KHONG_TIM_THAY", "SAI_DINH_DANG"}
# Old communes of huyện Quảng Ninh with the one commune that each became on 1 July 2025 (1680/NQ-UBTVQH15).
HEIR = {"19210": "19207", "19213": "19207", "19219": "19207", "19216": "19225", "19222": "19225", "19228": "19204"}
_TITLES = re.compile(r"^(ông|bà|anh|chị|cô|chú|bác|cụ|em|cháu)[.\s]+")
_NOTES = re.compile(r"\(.*?\)|\s-\s.*$")
# Tone marks that stand on the second vowel of an open oa, oe, uy are moved to the first: hoà is hòa.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OPEN = re.compile(rf"(?<![q])([ou])([aey])([{_TONES}])(?![a-z\u0300-\u036f])")
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the contract asks of a row that names a person."""

    result: str
    wrong: tuple[str, ...]
    hints: Mapping[str, str]


def expect(row: Row, person: Row, *, again: bool = False) -> Expected:
    """Return what a row must be told when it names this person; `again` after an earlier row of the same person."""
    states = {
        "so_dinh_danh": number(row.get("so", ""), person),
        "ho_ten": name(row.get("ho_ten", ""), person["ho_ten"]),
        "ngay_sinh": day(row.get("ngay_sinh", ""), person["ngay_sinh"]),
        "gioi_tinh": sex(row.get("gioi_tinh", ""), person.get("gioi_tinh", "")),
        "noi_o": place(row.get("ma_xa", ""), person.get("thuong_tru_xa", "")),
    }
    parents = {one: name(row.get(one, ""), person.get(one, "")) for one in ("ho_ten_cha", "ho_ten_me")}
    states["khac"] = max(parents.values())
    wrong = tuple(field for field in FIELDS if states[field] == DIFFERENT)
    values = {**person, "noi_o": person.get("thuong_tru_xa", "")}
    hints = {field: values[field] for field in wrong if field != "khac"}
    hints |= {one: person[one] for one, state in parents.items() if state == DIFFERENT}
    return Expected(_result(person.get("tinh_trang", ""), again, states.values()), wrong, hints)


def _result(standing: str, again: bool, states: Sequence[int] | object) -> str:  # noqa: FBT001  read aloud it is clear
    compared = list(states) if hasattr(states, "__iter__") else []
    if standing == "chet":
        return "DA_CHET"
    if standing == "chuyen_di":
        return "DA_CHUYEN_DI"
    if again:
        return "TRUNG"
    if DIFFERENT in compared:
        return "KHOP_SAI_LECH"
    return "KHOP_CHUAN_HOA" if HEALED in compared else "KHOP_HOAN_TOAN"


def number(written: str, person: Row) -> int:
    """Compare an identity number: twelve digits, or the old nine."""
    if not written.strip():
        return 0
    held = {person["so_dinh_danh"], person.get("so_cmnd", "")} - {""}
    if written in held:
        return SAME
    digits = re.sub(r"[\s.'\u2019\u00a0-]", "", re.sub(r"\.0$", "", written.strip()))
    padded = {digits, digits.zfill(12) if len(digits) > 9 else digits.zfill(9)}
    if padded & held:
        return HEALED
    return 0 if len(digits) == 9 and digits.isdigit() and not person.get("so_cmnd") else DIFFERENT


def name(written: str, held: str) -> int:
    """Compare a name: marks count, their place and everything around the name does not."""
    if not written.strip() or not held:
        return 0
    if written == held:
        return SAME
    return HEALED if _plain(written) == _plain(held) else DIFFERENT


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text).lower().translate({0xF0: "đ", 0x256: "đ", 0xA0: " ", 0x200B: None})
    text = _TITLES.sub("", " ".join(_NOTES.sub("", text).split()))
    return _OPEN.sub(r"\1\3\2", unicodedata.normalize("NFD", text))


def day(written: str, held: str) -> int:
    """Compare a birth date: dd/mm/yyyy is as written, a year alone agrees on the year."""
    if not written.strip():
        return 0
    year, *rest = held.split("-")
    parts = _DAY.fullmatch(written.strip())
    if parts:
        found = [parts[3], parts[2].zfill(2), parts[1].zfill(2)]
        known = found[: 1 + len(rest)]
        if known != [year, *rest]:
            return DIFFERENT
        exact = len(rest) == 2 and written == f"{rest[1]}/{rest[0]}/{year}"
        return SAME if exact else HEALED
    if re.fullmatch(r"\d{4}", written.strip()):
        return HEALED if written.strip() == year else DIFFERENT
    month = re.fullmatch(r"(\d{1,2})/(\d{4})", written.strip())
    if month:
        agrees = month[2] == year and (not rest or month[1].zfill(2) == rest[0])
        return HEALED if agrees else DIFFERENT
    return DIFFERENT


def sex(written: str, held: str) -> int:
    if not written.strip() or not held:
        return 0
    if written == held:
        return SAME
    return HEALED if written.strip().lower() == held.lower() else DIFFERENT


def place(written: str, held: str) -> int:
    if not written.strip() or not held:
        return 0
    if written == held:
        return SAME
    return HEALED if HEIR.get(written.strip()) == held else DIFFERENT
