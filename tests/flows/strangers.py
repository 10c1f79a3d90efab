"""A list with rows that lead to nobody: of people no register knows."""

from __future__ import annotations

import csv
from pathlib import Path

from dean06.demo import service as demo
from flows.conftest import Office

NAMES = ("Vừ Mí Xá", "Giàng Seo Phử", "Thào A Sủng", "Ksor H’Nhiêr", "Đèo Văn Long")


def write_strangers(office: Office, month: str, count: int, born: str = "") -> Path:
    """Write the insurance list of the month, with so many rows of people the register does not hold, born some day."""
    path = office.folder / f"bhyt_{month}-la.csv"
    demo.write_delivery(office.world, "bhyt", month, path, fixed=demo.NOTHING)
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = next(row for row in csv.reader(file) if "Họ và tên" in row)  # a title may stand above
    with path.open("a", encoding="utf-8", newline="") as file:
        for at_ in range(count):
            row = {
                "STT": str(9000 + at_),
                "Mã số BHXH": f"44{70000000 + at_}",
                "Mã thẻ BHYT": f"GD44444{70000000 + at_:08}",
                "Họ và tên": f"{NAMES[at_ % len(NAMES)]}",
                "Ngày sinh": born or f"{11 + at_:02}/07/{1931 + at_}",
                "Giới tính": "1",
            }
            csv.writer(file).writerow([row.get(name, "") for name in head])
    return path
