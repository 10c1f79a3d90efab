"""The matcher beside Splink 5: one million people, 200,000 rows, the same files and machine, in one run.

Both run from the batch's Parquet to a Parquet of answers, with the register prepared: ours to the result file of the
contract; Splink from cleaning the list to the best pair of each row beside the list's own columns, with the register
cleaned and held in DuckDB beforehand (`held`: what it takes is counted when both are cold), and it gets the threshold
that is best for it on the truth. The two take turns, each time in a process of its own; the fastest turn of each
counts. The bars: at least eight times as fast when the register is prepared and four times when it is not, at no lower
F1; at a million people and 200,000 rows also half a gigabyte.

    python benchmarks/bench_match.py [--register 1000000] [--rows 200000] [--no-number] [--data DIR] [--times 3]

The lists are made by `another_hand.py`, or stand in DIR as it writes them. Splink is in requirements/bench.txt.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from dean06.cli.memory import peak_mb
from dean06.reconcile import engine
from dean06.sources import live as sources

HERE = Path(__file__).resolve().parent
WARM, COLD, MEMORY_MB = 8.0, 4.0, 512
SMALL = 1_000_000
Figures = dict[str, float]


def main() -> int:
    """Make the data, run each side in a process of its own, and print both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--register", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--no-number", action="store_true", help="a list without any identity number")
    parser.add_argument("--data", type=Path, help="a directory with register.parquet, list.parquet and truth.csv")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--side", choices=("ours", "splink"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.side:
        print(json.dumps(SIDES[args.side](args.data)))
        return 0
    with tempfile.TemporaryDirectory(prefix="dean06-bench-") as folder:
        data = ready(args, Path(folder))
        prepared = prepare(data)
        turns = [{side: once(side, data) for side in SIDES} for _ in range(args.times)]
    best = {side: min((turn[side] for turn in turns), key=lambda run: run["seconds"]) for side in SIDES}
    return report(best, args, prepared)


def ready(args: argparse.Namespace, folder: Path) -> Path:
    """Return a directory with the register, the batch as the door hands it to the engine, and the truth."""
    given = args.data or folder
    if args.data is None:
        size = ["--register", str(args.register), "--rows", str(args.rows), "--seed", str(args.seed)]
        size += ["--no-number"] if args.no_number else []
        hand = "large_hand.py" if args.register > 2 * SMALL else "another_hand.py"
        subprocess.run([sys.executable, str(HERE / hand), str(folder), *size], check=True, stdout=sys.stderr)
    batch = sources.read_batch(given / "list.parquet", sources.contract("chung"), folder / "work")
    (folder / "batch.parquet").symlink_to(batch.parquet.resolve())
    if args.data is not None:
        (folder / "register.parquet").symlink_to((given / "register.parquet").resolve())
    with duckdb.connect() as link:
        truth = f"read_csv('{given}/truth.csv', all_varchar = true, header = true, nullstr = '')"
        link.execute(
            f"copy (select b.stt, coalesce(t.so_dinh_danh, '') as that from '{folder}/batch.parquet' b"
            f" left join {truth} t on t.dong::int = b.dong order by stt) to '{folder}/truth.parquet'"
        )
    return folder


def prepare(data: Path) -> float:
    """Prepare the register and return the seconds it took."""
    started = time.perf_counter()
    engine.prepare(data / "register.parquet", data / "prepared")
    return time.perf_counter() - started


def once(side: str, data: Path) -> Figures:
    """Run one side in a fresh process."""
    command = [sys.executable, str(Path(__file__).resolve()), "--side", side, "--data", str(data)]
    ran: Figures = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    print(f"{side}: {ran['seconds']:.2f} s", file=sys.stderr)
    return ran


def measured(started: float, busy: float) -> Figures:
    """Return seconds, processor seconds and the greatest memory since a start."""
    return {"seconds": time.perf_counter() - started, "cpu": time.process_time() - busy, "memory_mb": peak_mb()}


def ours(data: Path) -> Figures:
    """Match with the register prepared."""
    started, busy = time.perf_counter(), time.process_time()
    engine.run(data / "prepared" / "keys.duckdb", data / "batch.parquet", data / "result.parquet", engine.Options())
    used = measured(started, busy)
    result = f"(select row_number() over () - 1 as stt, so_dinh_danh from '{data}/result.parquet')"
    with duckdb.connect() as link:
        right, accepted, there = link.execute(
            f"""select count(*) filter (so_dinh_danh = that), count(so_dinh_danh), count(*) filter (that <> '')
from {result} join '{data}/truth.parquet' using (stt)"""
        ).fetchall()[0]
    return {**used, **figures(right, accepted, there)}


def figures(right: int, accepted: int, there: int) -> Figures:
    """Return precision, recall and F1 of the persons named."""
    return {"precision": right / accepted, "recall": right / there, "f1": 2 * right / (accepted + there)}


CLEAN = """
create table {name} as select *, replace(strip_accents(ho_ten), 'đ', 'd') as ten_gap,
  split_part(replace(strip_accents(ho_ten), 'đ', 'd'), ' ', 1) || ' '
    || string_split(replace(strip_accents(ho_ten), 'đ', 'd'), ' ')[-1] as ho_va_ten, left(ngay_sinh, 4) as nam from (
  select {key} as unique_id, {written} as ho_ten, {dob} as ngay_sinh, gioi_tinh, {unit} as ma_xa,
    {so12} as so12, {so9} as so9 from '{file}')
"""
NAME = "trim(regexp_replace(lower(nfc_normalize(ho_ten)), ' +', ' ', 'g'))"
# What stands around names in lists, taken out before Splink sees them.
BARE_NAME = f"""trim(regexp_replace(regexp_replace({NAME}, ' *[(].*[)] *', ' ', 'g'), '^(ông|bà|cháu) ', ''))"""
DIGITS = "regexp_replace(so_giay_to, '[^0-9]', '', 'g')"
DOB = """coalesce(try_strptime(ngay_sinh, ['%d/%m/%Y', '%Y-%m-%d', '%d-%m-%Y', '%d.%m.%Y'])::date::varchar,
  regexp_extract(ngay_sinh, '([0-9]{4})', 1))"""
SWAPPED = """length(ngay_sinh_l) = 10 and length(ngay_sinh_r) = 10 and left(ngay_sinh_l, 4) = left(ngay_sinh_r, 4)
  and substr(ngay_sinh_l, 6, 2) = right(ngay_sinh_r, 2) and right(ngay_sinh_l, 2) = substr(ngay_sinh_r, 6, 2)"""
PARTIAL = """(length(ngay_sinh_l) = 4 or length(ngay_sinh_r) = 4 or right(ngay_sinh_l, 5) = '01-01'
  or right(ngay_sinh_r, 5) = '01-01') and left(ngay_sinh_l, 4) = left(ngay_sinh_r, 4)"""
# The levels of each comparison, best first; the last is everything else.
LEVELS = {
    "ho_ten": [
        "ho_ten_l is null or ho_ten_r is null",
        "ho_ten_l = ho_ten_r",
        "ten_gap_l = ten_gap_r",
        "ho_va_ten_l = ho_va_ten_r",
        "jaro_winkler_similarity(ten_gap_l, ten_gap_r) >= 0.95",
        "jaro_winkler_similarity(ten_gap_l, ten_gap_r) >= 0.88",
    ],
    "ngay_sinh": [
        "ngay_sinh_l is null or ngay_sinh_r is null",
        "ngay_sinh_l = ngay_sinh_r",
        PARTIAL,
        SWAPPED,
        "damerau_levenshtein(ngay_sinh_l, ngay_sinh_r) <= 1",
        "left(ngay_sinh_l, 4) = left(ngay_sinh_r, 4)",
    ],
    "so": [
        "(so12_l is null or so12_r is null) and (so9_l is null or so9_r is null)",
        "so12_l = so12_r or so9_l = so9_r",
        "damerau_levenshtein(so12_l, so12_r) <= 1",
    ],
}
FREQUENCY = {"ho_ten_l = ho_ten_r": "ho_ten", "ten_gap_l = ten_gap_r": "ten_gap"}
BLOCKS = (
    ("ho_ten", "ngay_sinh"),
    ("ten_gap", "ngay_sinh"),
    ("ngay_sinh", "ma_xa"),
    ("ten_gap", "ma_xa"),
    ("ten_gap", "nam"),
    ("ho_va_ten", "ngay_sinh"),
    ("ho_va_ten", "ma_xa", "nam"),
)


def held(data: Path) -> duckdb.DuckDBPyConnection:
    """Hold the register in DuckDB, decently cleaned; as with ours, preparing it is not counted."""
    link = duckdb.connect()
    link.execute("set threads = 2")
    link.execute("set enable_progress_bar = false")
    known = {"so12": "so_dinh_danh", "so9": "so_cmnd", "dob": "ngay_sinh", "unit": "thuong_tru_xa", "written": NAME}
    link.execute(CLEAN.format(name="reg", key="so_dinh_danh", file=data / "register.parquet", **known))
    return link


def read_list(link: duckdb.DuckDBPyConnection, data: Path) -> None:
    """Clean the list as decently."""
    numbered = any(row[0] == "so_giay_to" for row in link.execute(f"describe from '{data}/batch.parquet'").fetchall())
    read = {
        "so12": f"case when length({DIGITS}) between 10 and 12 then lpad({DIGITS}, 12, '0') end",
        "so9": f"case when length({DIGITS}) in (8, 9) then lpad({DIGITS}, 9, '0') end",
    }
    asked = read if numbered else dict.fromkeys(read, "null::varchar")
    link.execute(
        CLEAN.format(
            name="sec",
            key="stt::varchar",
            file=data / "batch.parquet",
            dob=DOB,
            unit="ma_xa",
            written=BARE_NAME,
            **asked,
        )
    )


def splink(data: Path) -> Figures:
    """Train and predict with Splink, then take its best threshold."""
    import splink.comparison_library as cl  # noqa: PLC0415  our side is measured without Splink in memory
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415  our side is measured without Splink in memory

    began = time.perf_counter()
    link = held(data)
    holding = time.perf_counter() - began
    started, busy = time.perf_counter(), time.process_time()
    read_list(link, data)
    numbered = bool(link.execute("select count(so12) from sec").fetchall()[0][0])
    compared = [levels(cl, name) for name in LEVELS if numbered or name != "so"]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[*compared, cl.ExactMatch("ma_xa"), cl.ExactMatch("gioi_tinh")],
        blocking_rules_to_generate_predictions=[
            *([block_on("so12"), block_on("so9")] if numbered else []),
            *(block_on(*keys) for keys in BLOCKS),
        ],
    )
    api = DuckDBAPI(connection=link)
    linker = Linker(
        [api.register("reg", dataset_display_name="a"), api.register("sec", dataset_display_name="b")], settings
    )
    sure = [block_on("so12")] if numbered else []
    linker.training.estimate_probability_two_random_records_match([*sure, block_on("ho_ten", "ngay_sinh")], recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    for rule in [block_on("ngay_sinh", "ma_xa"), *(sure or [block_on("ten_gap", "ma_xa")])]:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=0.001)
    answers = data / "splink.parquet"
    best = f"""select unique_id_r as unique_id, max(match_weight) as w,
    arg_max(unique_id_l, (match_weight, unique_id_l)) as so from {pairs.physical_name} group by 1"""
    link.execute(
        f"""copy (select stt, dong, trang_tinh, so, w, 1 / (1 + power(2, -w)) as do_tin_cay, columns('goc_.*')
  from '{data}/batch.parquet' left join ({best}) on unique_id = stt::varchar order by stt)
to '{answers}' (format parquet)"""
    )
    return {**measured(started, busy), "holding": holding, **best_threshold(link, answers, data)}


def levels(library: object, name: str) -> object:
    """Return a comparison of Splink from its levels."""
    first, *rest = LEVELS[name]
    asked = [{"sql_condition": first, "label_for_charts": "null", "is_null_level": True}]
    for at, condition in enumerate(rest):
        level = {"sql_condition": condition, "label_for_charts": str(at)}
        if condition in FREQUENCY:
            level["tf_adjustment_column"] = FREQUENCY[condition]
        asked.append(level)
    asked.append({"sql_condition": "ELSE", "label_for_charts": "else"})
    return library.CustomComparison(output_column_name=name, comparison_levels=asked)  # type: ignore[attr-defined]  # the library is passed in, imported by one side only


def best_threshold(link: duckdb.DuckDBPyConnection, answers: Path, data: Path) -> Figures:
    """Return the figures at the threshold that favours Splink most, chosen on the truth."""
    rows = link.execute(
        f"""select w, so = that from '{answers}' best
  join '{data}/truth.parquet' t using (stt) where w is not null order by w desc"""
    ).fetchall()
    there = link.execute(f"select count(*) from '{data}/truth.parquet' where that <> ''").fetchall()[0][0]
    best, right = figures(0, 1, there), 0
    for accepted, (_, good) in enumerate(rows, 1):
        right += bool(good)
        best = max(best, figures(right, accepted, there), key=lambda one: one["f1"])
    return best


SIDES: dict[str, Callable[[Path], Figures]] = {"ours": ours, "splink": splink}


def report(best: dict[str, Figures], args: argparse.Namespace, prepared: float) -> int:
    """Print both sides, their ratio and the bars; return 0 when all bars hold."""
    what = args.data.name if args.data else f"{args.register:,} people, {args.rows:,} rows, seed {args.seed}"
    numbers = ", no identity numbers" if args.no_number else ""
    print(f"{what}{numbers}; the fastest of {args.times} turns; the register was prepared once, in {prepared:.1f} s.\n")
    print("| side | seconds | processor s | MB | precision | recall | F1 |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for side, run in best.items():
        used = f"{run['seconds']:.2f} | {run['cpu']:.2f} | {run['memory_mb']:.0f}"
        print(f"| {side} | {used} | {run['precision']:.5f} | {run['recall']:.5f} | {run['f1']:.5f} |")
    mine, peer = best["ours"], best["splink"]
    warm = peer["seconds"] / mine["seconds"]
    cold = (peer["holding"] + peer["seconds"]) / (prepared + mine["seconds"])
    bars = {
        f"{warm:.1f} times as fast (bar {WARM})": warm >= WARM,
        f"{cold:.1f} times when both are cold (bar {COLD})": cold >= COLD,
        f"F1 {mine['f1']:.5f} against {peer['f1']:.5f}": mine["f1"] >= peer["f1"],
    }
    if args.register <= SMALL:
        bars[f"{mine['memory_mb']:.0f} MB (bar {MEMORY_MB})"] = mine["memory_mb"] < MEMORY_MB
    print(f"\n{'; '.join(said if held else f'**not held: {said}**' for said, held in bars.items())}.")
    return 0 if all(bars.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
