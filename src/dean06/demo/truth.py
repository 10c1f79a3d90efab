"""The truth of a delivery: for each row who it is, what is wrong with it, what a perfect matcher would say."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from dean06.demo.encodings import DAMAGES
from dean06.demo.entries import Entry
from dean06.demo.kinds import HEALED
from dean06.demo.life import View
from dean06.demo.types import NOBODY

_NOTHING_TO_SEARCH_WITH = {"so_trong", "ngay_trong"}
_DEPARTED = {"chet": "DA_CHET", "chuyen_di": "DA_CHUYEN_DI"}


class TruthRow(NamedTuple):
    """One row of a truth file; the first two fields say where it stands, as a person counts."""

    trang_tinh: str
    dong: int
    so_dinh_danh: str
    """Empty when the person is not in the register."""
    khoa: str
    loi: str
    """Kinds of dirt, joined by `;`."""
    sai_truong: str
    """Fields that really differ, joined by `;`."""
    ket_qua: str
    """The verdict of a perfect matcher; one that says NGHI_VAN of a hard row is honest, not wrong."""
    sua: str


class Judge:
    """Writes the truth of one delivery, row after row in the order of the file."""

    def __init__(self, view: View, *, unit_codes: bool) -> None:
        self.view = view
        self.silent = frozenset() if unit_codes else frozenset({"noi_o_don_vi_cu"})
        """Kinds that leave no trace in this file: an old unit shows only where its code is written."""
        self._seen: set[int] = set()

    def row(self, sheet: str, line: int, entry: Entry, damage: str) -> TruthRow:
        """Return the truth of one row."""
        kinds = (*entry.kinds, damage) if damage and _shows(entry, damage) else entry.kinds
        number = "" if entry.person == NOBODY else self.view.people[entry.person].number
        wrong = ";".join(entry.wrong) if entry.kinds else ""
        verdict = self._verdict(entry, kinds, wrong)
        return TruthRow(sheet, line, number, entry.key, ";".join(kinds), wrong, verdict, entry.claim)

    def _verdict(self, entry: Entry, kinds: tuple[str, ...], wrong: str) -> str:
        if kinds and ("thieu_thong_tin" in kinds or _NOTHING_TO_SEARCH_WITH.issubset(kinds)):
            return "SAI_DINH_DANG"
        if entry.person == NOBODY:
            return "KHONG_TIM_THAY"
        again = entry.person in self._seen
        self._seen.add(entry.person)
        state = _DEPARTED.get(self.view.state(entry.person))
        if state is not None:
            return state
        return "TRUNG" if again else self._agreement(entry, kinds, wrong)

    def _agreement(self, entry: Entry, kinds: tuple[str, ...], wrong: str) -> str:
        if wrong:
            return "KHOP_SAI_LECH"
        vague = self.view.people[entry.person].day == 0
        healed = bool(kinds) and bool(HEALED.intersection(kinds) - self.silent)
        return "KHOP_CHUAN_HOA" if vague or healed else "KHOP_HOAN_TOAN"


def _shows(entry: Entry, damage: str) -> bool:
    """Tell whether a legacy encoding leaves a mark on what is compared: `Lan Hoa` looks the same in all of them."""
    damaged = DAMAGES[damage]
    return damaged(entry.name) != entry.name or damaged(entry.sex) != entry.sex


def write_truth(rows: Iterable[TruthRow], path: Path) -> None:
    """Write a truth file: UTF-8 CSV."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(TruthRow._fields)
        table.writerows(rows)
