"""The next month: a list that differs in 2 % of its rows, a register in 2 % of its people, beside a full run.

    python benchmarks/bench_next_month.py [--register 1000000] [--rows 200000] [--times 3] [--data DIR]

Three things are measured, each in a process of its own, the fastest of some turns counting: the first month (register
prepared, list matched in full); the next list with the same register; the next list with the next register, its keys
brought up. Every result is compared with that of a full run under the same weights: the bytes have to be the same. The
bars are ours: a month must cost at most half of what it costs in full.

The lists are made by `another_hand.py` and `large_hand.py`, or stand in DIR.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import bench_match
import duckdb

from dean06.cli.memory import peak_mb
from dean06.reconcile import engine

HALF = 0.5
Figures = dict[str, float]


def main() -> int:
    """Make the months, measure each step, print the table; 0 when the bytes agree and the bars hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--register", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--no-number", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help="a directory with register.parquet, list.parquet and truth.csv")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--step", choices=tuple(STEPS), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(STEPS[given.step](given.data)))
        return 0
    with tempfile.TemporaryDirectory(prefix="dean06-bench-") as name:
        folder = bench_match.ready(given, Path(name))
        later(folder)
        ran = {step: best(step, folder, given.times) for step in STEPS}
        same = all(digest(folder / f"r{month}.parquet") == digest(folder / f"f{month}.parquet") for month in (2, 3))
        return report(ran, given, same=same)


def later(folder: Path) -> None:
    """Write register and list of a month later: one person in fifty gone, moved, renamed or come, one row in fifty."""
    register, batch = folder / "register.parquet", folder / "batch.parquet"
    with duckdb.connect() as link:
        names = ", ".join(str(row[0]) for row in link.execute(f"describe from '{register}'").fetchall())
        lot = f"(select *, hash(so_dinh_danh) % 10000 as lot from '{register}')"
        link.execute(
            f"""copy (select {names} from (
  select * replace (case when lot between 70 and 99 then '00001' else thuong_tru_xa end as thuong_tru_xa,
      case when lot between 100 and 129 then ho_ten || ' Anh' else ho_ten end as ho_ten)
    from {lot} where lot >= 70
  union all select * replace ('8' || substr(so_dinh_danh, 2) as so_dinh_danh, null as so_cmnd)
    from {lot} where lot between 5000 and 5069)) to '{folder}/register2.parquet' (format parquet)"""
        )
        link.execute(
            f"""copy (select * replace (
    case when hash(stt) % 100 = 0 then ngay_sinh || ' ' else ngay_sinh end as ngay_sinh,
    case when hash(stt) % 100 = 1 then upper(ho_ten) || ' B' else ho_ten end as ho_ten)
  from '{batch}' order by stt) to '{folder}/batch2.parquet' (format parquet)"""
        )


def best(step: str, folder: Path, times: int) -> Figures:
    """Run a step some times, each in a fresh process, and return the fastest."""
    command = [sys.executable, str(Path(__file__).resolve()), "--step", step, "--data", str(folder)]
    ran = [json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout) for _ in range(times)]
    fastest: Figures = min(ran, key=lambda one: one["seconds"])
    print(f"{step}: {fastest['seconds']:.2f} s", file=sys.stderr)
    return fastest


def measured(work: Callable[[], object]) -> Figures:
    """Return how long some work took, and the greatest memory."""
    started = time.perf_counter()
    work()
    return {"seconds": time.perf_counter() - started, "memory_mb": peak_mb()}


def matched(folder: Path, keys: str, batch: str, out: str, trail: str = "") -> Figures:
    """Match a list, with a copy of what an earlier run left when it is named; the copy stays beside the result."""
    kept = folder / f"{out}.trail"
    kept.unlink(missing_ok=True)
    if trail:
        kept.write_bytes((folder / trail).read_bytes())
    told: dict[str, engine.RunReport] = {}
    options = engine.Options(carry=kept)

    def work() -> None:
        told["report"] = engine.run(folder / keys, folder / batch, folder / out, options)

    return {**measured(work), "carried": told["report"].carried, "rows": told["report"].rows}


def full(folder: Path, keys: str, batch: str, out: str) -> Figures:
    """Match a list in full under the weights of the first month."""
    found = f"select decode(value) from parquet_kv_metadata('{folder / 'r1.parquet.trail'}')"
    with duckdb.connect() as link:
        model = engine.kept(json.loads(str(link.execute(found).fetchall()[0][0]))["model"])
    options = engine.Options(model=model)
    return measured(lambda: engine.run(folder / keys, folder / batch, folder / out, options))


STEPS: dict[str, Callable[[Path], Figures]] = {
    "prepare": lambda at: measured(lambda: engine.prepare(at / "register.parquet", at / "first")),
    "first list": lambda at: matched(at, "first/keys.duckdb", "batch.parquet", "r1.parquet"),
    "next list": lambda at: matched(at, "first/keys.duckdb", "batch2.parquet", "r2.parquet", "r1.parquet.trail"),
    "next list in full": lambda at: full(at, "first/keys.duckdb", "batch2.parquet", "f2.parquet"),
    "prepare next": lambda at: measured(lambda: engine.prepare(at / "register2.parquet", at / "second")),
    "update": lambda at: measured(lambda: updated(at)),
    "next list, next register": lambda at: matched(
        at, "updated.duckdb", "batch2.parquet", "r3.parquet", "r1.parquet.trail"
    ),
    "next list, next register, in full": lambda at: full(at, "updated.duckdb", "batch2.parquet", "f3.parquet"),
}


def updated(folder: Path) -> None:
    """Bring the keys up."""
    (folder / "updated.duckdb").unlink(missing_ok=True)
    if engine.update(folder / "first" / "keys.duckdb", folder / "register2.parquet", folder / "updated.duckdb") is None:
        raise SystemExit("the register was not brought up")


def report(ran: dict[str, Figures], given: argparse.Namespace, *, same: bool) -> int:
    """Print the table and say whether bytes and bars hold."""
    print(f"{given.register:,} people, {given.rows:,} rows; the fastest of {given.times} turns.\n")
    print("| step | seconds | MB | rows taken over |\n| --- | ---: | ---: | ---: |")
    for step, one in ran.items():
        taken = f"{one['carried']:,.0f} of {one['rows']:,.0f}" if "carried" in one else ""
        print(f"| {step} | {one['seconds']:.2f} | {one['memory_mb']:.0f} | {taken} |")
    alone = ran["next list"]["seconds"] / ran["next list in full"]["seconds"]
    month = sum(ran[step]["seconds"] for step in ("update", "next list, next register"))
    whole = sum(ran[step]["seconds"] for step in ("prepare next", "next list, next register, in full"))
    print(f"\nThe next list costs {alone:.2f} of a full run, list and register {month / whole:.2f} (bar {HALF}).")
    print(f"The bytes are those of a full run under the same weights: {'yes' if same else 'NO'}.")
    return 0 if same and max(alone, month / whole) <= HALF else 1


def digest(path: Path) -> str:
    """Return the digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
