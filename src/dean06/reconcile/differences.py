"""How a delivered value differs from the register's, as a code that names a cause and never a value. Pure."""

from __future__ import annotations

from collections.abc import Callable

from dean06.orthography import service as writing

# Codes of details; `corrections/causes.yaml` groups by them.
NO_MARKS, OTHER_MARKS, ORDER, SOUND, SPELLING = "thieu_dau", "khac_dau", "dao_thu_tu", "phat_am", "chinh_ta"
SWAPPED, YEAR, DAY = "ngay_thang_dao", "sai_nam", "sai_ngay_thang"
ONE_DIGIT, OTHERS_NUMBER, OTHER_NUMBER = "sai_chu_so", "so_cua_nguoi_khac", "so_khac"
OLD_UNIT, OTHER_UNIT = "ma_xa_cu", "xa_khac"


def name(delivered: str, registered: str) -> str:
    """Say how two names differ."""
    mine, other = writing.normal_name(delivered), writing.normal_name(registered)
    folded, other_folded = writing.fold(mine), writing.fold(other)
    if folded == other_folded:
        return NO_MARKS if mine == folded else OTHER_MARKS
    if sorted(folded.split()) == sorted(other_folded.split()):
        return ORDER
    if writing.phonetic_key(folded) == writing.phonetic_key(other_folded):
        return SOUND
    return SPELLING


def birth_date(delivered: str, registered: str) -> str:
    """Say how two birth dates differ; the register's is yyyy-mm-dd, yyyy-mm or yyyy."""
    digits = [part for part in _numbers(delivered) if part]
    parts = registered.split("-")
    if len(digits) == 3 and len(parts) == 3:
        year, month, day = parts
        mine = [part.zfill(2) for part in digits]
        if mine == [month, day, year] and month != day:
            return SWAPPED
    return DAY if parts[0] in delivered else YEAR


def number(delivered: str, registered: str, *, known: bool) -> str:
    """Say how two personal numbers differ; `known` says that the delivered one is another person's."""
    if known:
        return OTHERS_NUMBER
    mine = "".join(_numbers(delivered)).zfill(12)
    if len(mine) == len(registered) and sum(a != b for a, b in zip(mine, registered, strict=True)) <= 2:
        return ONE_DIGIT
    return OTHER_NUMBER


def place(delivered: str, registered: str, *, old: bool) -> str:
    """Say how two places differ; `old` says that the delivered code is a unit of an earlier catalogue."""
    return OLD_UNIT if old and delivered != registered else OTHER_UNIT


def _numbers(text: str) -> list[str]:
    return "".join(ch if ch.isdigit() else " " for ch in text).split()


SIMPLE: dict[str, Callable[[str, str], str]] = {"ho_ten": name, "ngay_sinh": birth_date}
