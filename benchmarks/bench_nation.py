"""The matcher on registers of one, ten and a hundred million people: time, memory, and how both grow.

    python benchmarks/bench_nation.py [--registers 1 10 100] [--rows 1000000] [--data DIR]

The people and the lists are made by `large_hand.py`. Preparing and matching run in processes of their own; a list is
matched twice and the faster turn counts. Beside it stands the time of merely reading the keys (number, name, date,
commune) of the register and the list once: what no matcher can be quicker than. A register of a hundred million wants
40 GB of disk for the while; without them it is left out, and said to be. The bars: ten million and a million rows in
15 s and 3 GB, prepared in 20 s; a hundred million in 90 s and 12 GB; growth with the register at most its power 0.6,
with the list at most its power 1.0.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import duckdb

from dean06.cli.memory import peak_mb
from dean06.reconcile import engine
from dean06.sources import live as sources

HERE = Path(__file__).resolve().parent
MILLION = 1_000_000
# millions of people: seconds to prepare, seconds and MB to match a million rows.
BARS = {10: (20.0, 15.0, 3072.0), 100: (math.inf, 90.0, 12_288.0)}
BY_REGISTER, BY_LIST = 0.6, 1.0
DISK_GB = 40
PREPARE_MEMORY = {1: "2GB", 10: "4GB", 100: "9GB"}


def main() -> int:
    """Measure each size, print the table, return 0 when the bars hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--registers", type=int, nargs="+", default=[1, 10, 100], help="millions of people")
    parser.add_argument("--rows", type=int, default=MILLION)
    parser.add_argument("--data", type=Path, help="keep the lists here, and use what is there already")
    parser.add_argument("--step", choices=tuple(STEPS), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(STEPS[given.step](given.data, given.registers[0])))
        return 0
    print("| people | rows | prepare s | MB | file MB | match s | MB | of reading the keys | precision | recall | F1 |")
    print(f"|{' ---: |' * 11}")
    with tempfile.TemporaryDirectory(prefix="dean06-bench-") as scratch:
        told = [measured(given.data or Path(scratch), millions, given.rows) for millions in given.registers]
    found = [one for one in told if one]
    return concluded(found)


def measured(folder: Path, millions: int, rows: int) -> dict[str, float] | None:
    """Measure one size with the whole list and a tenth of it, and print the rows of the table."""
    if millions >= 100 and shutil.disk_usage(folder).free < DISK_GB << 30:
        print(f"\n{millions:,} million: left out, {DISK_GB} GB of disk are not free.\n")
        return None
    data = folder / f"{millions}m"
    if not (data / "truth.csv").is_file():
        size = ["--register", str(millions * MILLION), "--rows", str(rows), "--seed", "7"]
        subprocess.run([sys.executable, str(HERE / "large_hand.py"), str(data), *size], check=True, stdout=sys.stderr)
    prepared = once("prepare", data, millions)
    part = once("match-part", data, millions)
    whole = min((once("match", data, millions) for _ in range(2)), key=lambda run: run["seconds"])
    for run in (part, whole):
        first = (f"{prepared['seconds']:.1f} | {prepared['memory_mb']:,.0f} | {prepared['file_mb']:,.0f}", " | | ")
        print(
            f"| {millions:,},000,000 | {run['rows']:,.0f} | {first[run is part]} | {run['seconds']:.2f}"
            f" | {run['memory_mb']:,.0f} | {run['seconds'] / run['reading']:.1f} | {run['precision']:.5f}"
            f" | {run['recall']:.5f} | {run['f1']:.5f} |",
            flush=True,
        )
    power = math.log(whole["seconds"] / part["seconds"]) / math.log(whole["rows"] / part["rows"])
    return {**whole, "millions": millions, "prepare": prepared["seconds"], "by_list": power}


def once(step: str, data: Path, millions: int) -> dict[str, float]:
    """Run a step in a process of its own."""
    command = [sys.executable, str(Path(__file__).resolve()), "--step", step, "--data", str(data)]
    command += ["--registers", str(millions)]
    ran: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    print(f"{data.name} {step}: {ran['seconds']:.1f} s", file=sys.stderr, flush=True)
    return ran


def prepare(data: Path, millions: int) -> dict[str, float]:
    """Prepare the register, and hand the list and a tenth of it in."""
    started = time.perf_counter()
    prepared = engine.prepare(data / "register.parquet", data / "prepared", memory_limit=PREPARE_MEMORY[millions])
    seconds = time.perf_counter() - started
    memory, size = peak_mb(), prepared.stat().st_size / 2**20
    batch = sources.read_batch(data / "list.parquet", sources.contract("chung"), data / "work").parquet
    with duckdb.connect() as link:
        rows = f"from '{batch}' order by stt"
        link.execute(f"copy (select * {rows}) to '{data}/match.parquet' (format parquet, row_group_size 20480)")
        part = f"select * {rows} limit (select count(*) // 10 from '{batch}')"
        link.execute(f"copy ({part}) to '{data}/match-part.parquet' (format parquet, row_group_size 20480)")
    return {"seconds": seconds, "memory_mb": memory, "file_mb": size}


def match(data: Path, batch: Path) -> dict[str, float]:
    """Match a batch and judge it by the truth."""
    started = time.perf_counter()
    report = engine.run(data / "prepared" / "keys.duckdb", batch, data / "result.parquet", engine.Options(year=2026))
    seconds, memory = time.perf_counter() - started, peak_mb()
    with duckdb.connect() as link:
        truth = f"read_csv('{data}/truth.csv', all_varchar = true, header = true, nullstr = '')"
        right, accepted, there = link.execute(
            f"""select count(*) filter (r.so_dinh_danh = t.so_dinh_danh), count(r.so_dinh_danh), count(t.so_dinh_danh)
  from '{data}/result.parquet' r join '{batch}' b using (dong) join {truth} t on t.dong = b."goc_STT" """
        ).fetchall()[0]
        link.execute("set threads = 2")
        link.execute(f"attach '{data}/prepared/keys.duckdb' as reg (read_only)")
        started = time.perf_counter()
        link.execute("select bit_xor(id12), bit_xor(nk), bit_xor(dob), bit_xor(xa) from reg.person").fetchall()
        cells = ", ".join(f"sum(length({cell}))" for cell in ("so_giay_to", "ho_ten", "ngay_sinh", "ma_xa"))
        link.execute(f"select {cells} from '{batch}'").fetchall()
        reading = time.perf_counter() - started
    return {
        "rows": report.rows,
        "seconds": seconds,
        "memory_mb": memory,
        "reading": reading,
        "precision": right / accepted,
        "recall": right / there,
        "f1": 2 * right / (accepted + there),
    }


STEPS = {
    "prepare": prepare,
    "match": lambda data, _millions: match(data, data / "match.parquet"),
    "match-part": lambda data, _millions: match(data, data / "match-part.parquet"),
}


def concluded(found: list[dict[str, float]]) -> int:
    """Print the growth and the bars; return 0 when all hold."""
    bars = {}
    for one in found:
        limits = BARS.get(int(one["millions"]))
        who = f"{one['millions']:,} million"
        if limits:
            for what, value, limit in zip(
                ("prepared, s", "matched, s", "MB"),
                (one["prepare"], one["seconds"], one["memory_mb"]),
                limits,
                strict=True,
            ):
                bars[f"{who} {what}: {value:,.1f} (bar {limit:,.0f})"] = value <= limit
        bars[f"{who}: the list's power {one['by_list']:.2f} (bar {BY_LIST})"] = one["by_list"] <= BY_LIST
    for small, large in pairwise(found):
        power = math.log(large["seconds"] / small["seconds"]) / math.log(large["millions"] / small["millions"])
        who = f"from {small['millions']:,} to {large['millions']:,} million"
        bars[f"{who}: the register's power {power:.2f} (bar {BY_REGISTER})"] = power <= BY_REGISTER
    print("\n" + "; ".join(said if held else f"**not held: {said}**" for said, held in bars.items()) + ".")
    return 0 if all(bars.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
