"""Small made-up registers as files."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

COLUMNS = (
    "so_dinh_danh",
    "so_cmnd",
    "ho_ten",
    "ngay_sinh",
    "gioi_tinh",
    "thuong_tru_xa",
    "tinh_trang",
    "so_dinh_danh_cu",
)
AS_OF = date(2022, 7, 1)
Person = tuple[str, ...]


def people(many: int) -> list[Person]:
    return [
        (
            f"0442{at % 100:02d}{at:06d}",
            f"19{at:07d}" if at % 3 else "",
            f"{('Nguyễn', 'Trần', 'Lê')[at % 3]} Văn {('An', 'Bình', 'Cường', 'Dũng')[at % 4]}",
            f"20{at % 22:02d}-{1 + at % 12:02d}-{1 + at % 28:02d}",
            ("Nam", "Nữ", "")[at % 3],
            "19204",
            "song",
            f"04400{at:07d}" if at == 5 else "",
        )
        for at in range(many)
    ]


def write_csv(path: Path, rows: Iterable[Person], header: tuple[str, ...] = COLUMNS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header, *rows])
    return path
