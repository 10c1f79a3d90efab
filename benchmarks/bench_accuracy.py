"""Precision and recall on lists made by another hand: 100,000 in the register, 20,000 rows.

    python benchmarks/bench_accuracy.py [--register 100000] [--rows 20000]

The lists come from `another_hand.py`, which shares no code with the demonstration's generator. Each is matched as an
operator would: `dean06 register load`, then `dean06 reconcile`. A row is right when the person it names is the person
the truth file names; the bars are precision .998 and recall .99 of persons named. The list without identity numbers has
no bar: it shows what names, dates and places alone can do.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb

HERE = Path(__file__).resolve().parent
PRECISION, RECALL = 0.998, 0.99
COUNT = """
select count(*) filter (coalesce(found.so_dinh_danh, '') <> ''),
  count(*) filter (found.so_dinh_danh = truth.so_dinh_danh), count(*) filter (coalesce(truth.so_dinh_danh, '') <> '')
from (select row_number() over () as dong, so_dinh_danh from read_parquet($result)) as found
join (select cast(dong as int) as dong, so_dinh_danh from read_csv($truth, all_varchar = true, header = true)) as truth
using (dong)
"""


def dean06(home: Path, *words: str) -> dict[str, Any]:
    """Run a command of ours and return its JSON document."""
    done = subprocess.run(
        [sys.executable, "-m", "dean06", *words, "--json"],
        env={**os.environ, "DEAN06_HOME": str(home), "DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        check=False,
    )
    told: dict[str, Any] = json.loads(done.stdout or "{}")
    if done.returncode > 1:  # 1: done, with something to look at
        raise SystemExit(f"dean06 {' '.join(words)}: {told}")
    return told


def measured(folder: Path, *, register: int, rows: int, numbers: bool) -> tuple[float, float]:
    """Make a register and a list, match them, and return precision and recall."""
    folder.mkdir()
    made = [str(folder), "--register", str(register), "--rows", str(rows), "--seed", "7"]
    script = [sys.executable, str(HERE / "another_hand.py"), *made, *([] if numbers else ["--no-number"])]
    subprocess.run(script, stdout=sys.stderr, check=True)
    register_dir = str(folder / "so")
    dean06(
        folder,
        "register",
        "load",
        str(folder / "register.parquet"),
        "--as-of",
        "2026-11-01",
        "--register",
        register_dir,
    )
    out = folder / "ket-qua.parquet"
    listed = str(folder / "list.parquet")
    dean06(folder, "reconcile", listed, "--source", "chung", "--register", register_dir, "--out", str(out))
    with duckdb.connect() as link:
        named, right, there = link.execute(COUNT, {"result": str(out), "truth": str(folder / "truth.csv")}).fetchall()[
            0
        ]
    return right / named, right / there


def main() -> int:
    """Print the table; 1 when a bar does not hold."""
    parser = argparse.ArgumentParser(description="Precision and recall on lists made by another hand")
    parser.add_argument("--register", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=20_000)
    args = parser.parse_args()
    holds = True
    print("| list | precision | recall | bars |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        for numbers in (True, False):
            folder = Path(name) / ("so" if numbers else "khong-so")
            precision, recall = measured(folder, register=args.register, rows=args.rows, numbers=numbers)
            what = "identity numbers as lists have them" if numbers else "no identity number"
            bars = f"{PRECISION}, {RECALL}" if numbers else ""
            holds &= not numbers or (precision >= PRECISION and recall >= RECALL)
            print(f"| {what} | {precision:.5f} | {recall:.5f} | {bars} |")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
