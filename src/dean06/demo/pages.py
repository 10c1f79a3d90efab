"""How a row looks on paper: the getters of each column, the lines around the table, the sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from dean06.demo.datasets import Column, Dataset
from dean06.demo.entries import FIXED, SAID_FIXED, Cell, Entry
from dean06.demo.geography import Geography
from dean06.demo.presets import Setting, month_end
from dean06.places.service import ancestors

Getter = Callable[[Entry], Cell]
_REMARKS = {FIXED: "đã chỉnh sửa", SAID_FIXED: "đã chỉnh sửa", "": ""}
_MOST_SHEETS = 60


class Sheet(NamedTuple):
    """One sheet: its name, what legacy encoding its clerk works in, its rows."""

    name: str
    damage: str
    entries: list[Entry]
    groups: Mapping[int, str] = MappingProxyType({})
    """The line above the rows of each hamlet; empty for a sheet without such lines."""
    formulas: bool = False
    """Whether the ordinal number is a formula."""


class Address:
    """Writes addresses of hamlets: whole, abbreviated, or as they were before the last reform."""

    def __init__(self, geography: Geography) -> None:
        endings = geography.endings()
        self._whole = [f"{h.name}, {endings[h.commune]}" for h in geography.hamlets]
        self._older = [f"{h.name}, {endings.get(h.was, endings[h.commune])}" for h in geography.hamlets]
        self._short = [abbreviated(f"{h.short}, {endings[h.commune]}") for h in geography.hamlets]
        self._codes = [(h.commune, h.was) for h in geography.hamlets]
        self.hamlets = geography.hamlets
        self._parts = {code: text.split(", ") for code, text in endings.items()}

    def whole(self, entry: Entry) -> str:
        """Return the address in one cell."""
        if entry.old_unit:
            return self._older[entry.hamlet]
        return self._short[entry.hamlet] if entry.short_home else self._whole[entry.hamlet]

    def code(self, entry: Entry) -> str:
        """Return the commune's code: today's, or the one before the reform."""
        return self._codes[entry.hamlet][entry.old_unit]

    def hamlet(self, entry: Entry) -> str:
        """Return the hamlet alone."""
        home = self.hamlets[entry.hamlet]
        return home.short if entry.short_home else home.name

    def part(self, entry: Entry, kind: str) -> str:
        """Return the commune, district or province alone; empty where the day knows no district."""
        for text in self._parts.get(self.code(entry), ()):
            if text.startswith(kind):
                return _capital(text)
        return ""

    def commune(self, entry: Entry) -> str:
        """Return the commune with its kind."""
        return _capital(self._parts.get(self.code(entry), [""])[0])


def abbreviated(address: str) -> str:
    """Return the address with `xã`, `huyện`, `thị trấn`, `tỉnh` cut to letters."""
    short = address
    for word, letters in (("thị trấn ", "TT. "), ("xã ", "X. "), ("huyện ", "H. "), ("tỉnh ", "T. ")):
        short = short.replace(f", {word}", f", {letters}")
    return short


def getters(columns: tuple[Column, ...], dataset: Dataset, address: Address) -> list[Getter | None]:
    """Return, for each column, what to read from an entry; None for the ordinal number."""
    known: Mapping[str, Getter | None] = {
        "stt": None,
        "khoa": attrgetter("key"),
        "ho_ten": attrgetter("name"),
        "ho_dem": lambda e: split_name(e.name)[0],
        "ten": lambda e: split_name(e.name)[1],
        "ngay_sinh": attrgetter("born"),
        "gioi_tinh": attrgetter("sex"),
        "gioi_nam": lambda e: "x" if e.sex == dataset.sex[True] else "",
        "gioi_nu": lambda e: "x" if e.sex == dataset.sex[False] else "",
        "so": attrgetter("number"),
        "dia_chi": address.whole,
        "ma_xa": address.code,
        "thon": address.hamlet,
        "xa": address.commune,
        "huyen": lambda e: address.part(e, "huyện"),
        "tinh": lambda e: address.part(e, "tỉnh"),
        "ghi_chu": lambda e: _REMARKS[e.claim],
    }
    return [_extra(int(c.role[1:])) if c.role[1:].isdigit() else known[c.role] for c in columns]


def _extra(at: int) -> Getter:
    return lambda e: e.extras[at]


def heading(dataset: Dataset, geography: Geography, setting: Setting, month: str) -> tuple[str, str, str]:
    """Return the three lines above a table: the agency, the title, the month."""
    usual = f"{dataset.agency} {_area(geography).upper()}"
    return (
        setting.agencies.get(dataset.code, usual),
        dataset.title,
        f"Tháng {int(month[5:7])} năm {month[:4]} (Kèm theo Công văn số …/CV)",
    )


def _area(geography: Geography) -> str:
    """Return what the list covers: the district of several communes, or the one commune."""
    first = geography.communes[0].unit
    if len(geography.communes) == 1:
        return first.full_name
    return ancestors(first.code, geography.day)[0].full_name


def closing(dataset: Dataset, geography: Geography, month: str, rows: int) -> tuple[str, str, str]:
    """Return the total line, the line of place and date, and who signs; never a name."""
    end = month_end(month)
    place = _area(geography).partition(" ")[2]
    return (
        f"Tổng cộng: {rows} {dataset.person_word}",
        f"{place}, ngày {end.day:02d} tháng {end.month:02d} năm {end.year}",
        dataset.signer,
    )


def sheets(dataset: Dataset, geography: Geography, entries: list[Entry], turn: int) -> list[Sheet]:
    """Deal the rows out to sheets: one, one a commune, or one a hamlet where that is not too many."""
    damages = dataset.damages[min(turn, len(dataset.damages) - 1)]
    if dataset.sheet == "one":
        return [Sheet("Danh sách", damages[0], entries)]
    by_hamlet = dataset.sheet == "hamlet" and len(geography.hamlets) <= _MOST_SHEETS
    grouped = dataset.sheet == "hamlet" and not by_hamlet
    lines = {h.index: f"Chi hội {h.name}" for h in geography.hamlets} if grouped else {}
    names = _sheet_names(geography, by_hamlet=by_hamlet)
    rows: dict[str, list[Entry]] = {name: [] for name in names}
    for entry in sorted(entries, key=lambda e: e.hamlet) if grouped else entries:
        rows[names[entry.hamlet]].append(entry)
    full = [(name, found) for name, found in rows.items() if found]
    return [Sheet(name, damages[at % len(damages)], found, lines, at % 5 == 4) for at, (name, found) in enumerate(full)]


def _sheet_names(geography: Geography, *, by_hamlet: bool) -> list[str]:
    """Return the sheet of each hamlet; a sheet's name has at most 31 letters."""
    communes = {c.unit.code: c.unit for c in geography.communes}
    if not by_hamlet:
        return [_capital(communes[h.commune].full_name) for h in geography.hamlets]
    if len(communes) == 1:
        return [h.name[:31] for h in geography.hamlets]
    return [f"{h.short} - {communes[h.commune].name}"[:31] for h in geography.hamlets]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def split_name(name: str) -> tuple[str, str]:
    """Return family and middle name, and given name; a remark stays with the given name, as it is typed."""
    bare = name.strip()
    cuts = [at for mark in (" (", " - ") if (at := bare.find(mark)) > 0]
    end = min(cuts, default=len(bare))
    head, _, given = bare[:end].rpartition(" ")
    return head, given + bare[end:]
