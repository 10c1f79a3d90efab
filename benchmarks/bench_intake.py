"""Intake of sector files: an Excel list of 100,000 rows, and the same list as CSV and Parquet.

    python benchmarks/bench_intake.py [--rows 100000] [--rounds 3]

The list is made here, seeded: title rows, dates as date cells, identity numbers as numbers (their zeros lost), one
column in ten typed in TCVN3. The figure is wall time of `read_batch` in this process, the file's SHA-256 included; the
bar is 10 s for the workbook. Processor time stands beside it, for machines that share their cores.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import xlsxwriter

from dean06.cli.memory import peak_mb
from dean06.orthography.service import Encoding, encode
from dean06.sources import live

SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương".split()  # noqa: SIM905  reads as one line
MIDDLES = "Văn Thị Đức Minh Ngọc Hữu Quốc Thanh Xuân Thu Hồng Gia Bảo Khánh Kim Diệu".split()  # noqa: SIM905  reads as one line
GIVEN = "Hòa Thương Hưng Tuyết Phước Mai Lan Bình Dũng Sơn Hằng Nhung Trang Linh Thảo Ánh".split()  # noqa: SIM905  reads as one line
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Nơi thường trú", "Mã xã", "Họ tên cha", "Mã số BHXH"]
BAR = 10.0


def person(dice: random.Random, number: int) -> list[object]:
    """Make one row of a made-up person."""
    name = " ".join((dice.choice(SURNAMES), dice.choice(MIDDLES), dice.choice(MIDDLES), dice.choice(GIVEN)))
    father = f"{name.split()[0]} Văn {dice.choice(GIVEN)}"
    return [
        number,
        name,
        datetime(1940, 1, 1) + timedelta(days=dice.randrange(28_000)),  # noqa: DTZ001  a date cell has no zone
        dice.choice(("Nam", "Nữ")),
        float(dice.randrange(10**10, 10**11)),
        f"Xóm {dice.randrange(1, 20)}, xã Mẫu",
        "19207",
        encode(father, Encoding.TCVN3),
        f"{dice.randrange(10**9, 10**10)}",
    ]


def make(folder: Path, rows: int) -> list[Path]:
    """Write the list as a workbook, as CSV and as Parquet."""
    dice = random.Random(6)  # noqa: S311  made-up people, seeded
    people = [person(dice, number + 1) for number in range(rows)]
    book = folder / "danh-sach.xlsx"
    with xlsxwriter.Workbook(str(book), {"constant_memory": True}) as workbook:
        page = workbook.add_worksheet("Danh sách")
        as_date = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for at, row in enumerate([["DANH SÁCH NGƯỜI THAM GIA"], [], HEAD, *people]):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    page.write_datetime(at, column, value, as_date)
                else:
                    page.write(at, column, value)
    text = folder / "danh-sach.csv"
    text.write_text("\r\n".join(";".join(map(shown, row)) for row in [HEAD, *people]), encoding="utf-8-sig")
    columnar = folder / "danh-sach.parquet"
    duckdb.sql(f"copy (from read_csv('{text}', delim=';', all_varchar=true)) to '{columnar}' (format parquet)")
    return [book, text, columnar]


def shown(value: object) -> str:
    """Return a cell as CSV writes it."""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    return f"{value:.0f}" if isinstance(value, float) else str(value)


def timed(path: Path, folder: Path, rounds: int) -> tuple[float, float]:
    """Return the best wall and processor time of reading a file."""
    wall, work = [], []
    for _ in range(rounds):
        started, used = time.perf_counter(), time.process_time()
        batch = live.read_batch(path, live.contract("bhyt"), folder / "lo")
        wall.append(time.perf_counter() - started)
        work.append(time.process_time() - used)
        assert batch.repairs["tcvn3"] > 0
    return min(wall), min(work)


def main() -> int:
    """Make the files, read each, print the table; 1 when the workbook misses its bar."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    live.contract("bhyt")
    holds = True
    print("| file | MB | wall s | processor s | rows/s | bar s |\n| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in make(folder, args.rows):
            wall, work = timed(path, folder, args.rounds)
            size = path.stat().st_size / 1_048_576
            bar = f"{BAR:.0f}" if path.suffix == ".xlsx" else ""
            holds &= not bar or wall < BAR * args.rows / 100_000
            print(f"| {path.name} | {size:.1f} | {wall:.2f} | {work:.2f} | {args.rows / wall:,.0f} | {bar} |")
    print(f"\nPeak memory {peak_mb()} MB.")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
