"""The matcher beside Splink 5 on the same files, the same machine, in one run.

Ours runs from the batch's Parquet to the result file of the contract, with the register prepared; Splink runs from the
same columns as Parquet, cleaned and held in DuckDB beforehand, to its scored pairs, and gets the threshold that is best
for it on the truth. Best of three of each.

    python benchmarks/match_vs_splink.py [--register 1000000] [--rows 200000] [--data DIR] [--times 3] [--only ours]

With `--data DIR`, DIR holds register.parquet, list.parquet and truth.csv as `another_hand.py` writes them.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ID_SPACE = ("--no-numbers", "without any identity number")


def main() -> None:
    """Make the data, run each side in a process of its own, and print both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--register", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--data", type=Path, help="a directory with register.parquet, list.parquet and truth.csv")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--only", choices=("ours", "splink"))
    parser.add_argument("--side", choices=("ours", "splink"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.side:
        print(json.dumps({"ours": ours, "splink": splink}[args.side](args.data)))
        return
    with tempfile.TemporaryDirectory(prefix="dean06-bench-") as folder:
        data = made(args, Path(folder))
        sides = [args.only] if args.only else ["ours", "splink"]
        best = {side: fastest(side, data, args.times) for side in sides}
    report(best, args)


def made(args: argparse.Namespace, folder: Path) -> Path:
    """Return a directory with register, batch and truth, whoever made them."""
    if args.data is None:
        script = HERE / "made_up_people.py"
        size = ["--register", str(args.register), "--rows", str(args.rows), "--seed", str(args.seed)]
        subprocess.run([sys.executable, str(script), str(folder), *size], check=True, stdout=subprocess.DEVNULL)
        return folder
    import duckdb  # noqa: PLC0415  each side loads only what it uses, so that its memory is its own

    from dean06.sources import live as sources  # noqa: PLC0415  same

    batch = sources.read_batch(args.data / "list.parquet", sources.contract("chung"), folder / "work")
    (folder / "batch.parquet").symlink_to(batch.parquet.resolve())
    (folder / "register.parquet").symlink_to((args.data / "register.parquet").resolve())
    with duckdb.connect() as link:
        truth = f"read_csv('{args.data}/truth.csv', all_varchar = true, header = true, nullstr = '')"
        link.execute(
            f"copy (select b.stt, coalesce(t.so_dinh_danh, '') as that from '{folder}/batch.parquet' b"
            f" left join {truth} t on t.dong::int = b.dong order by stt) to '{folder}/truth.parquet'"
        )
    return folder


def fastest(side: str, data: Path, times: int) -> dict[str, float]:
    """Run one side several times, each in a fresh process, and return the fastest."""
    command = [sys.executable, str(Path(__file__).resolve()), "--side", side, "--data", str(data)]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(times)]
    return min(runs, key=lambda run: run["seconds"])


def ours(data: Path) -> dict[str, float]:
    """Prepare the register when it is not, then match."""
    import resource  # noqa: PLC0415  each side loads only what it uses
    import time  # noqa: PLC0415  same

    from dean06.reconcile import engine  # noqa: PLC0415  same

    prepared = data / "prepared" / "keys.duckdb"
    prepare_seconds = 0.0
    if not prepared.exists():
        # In a process of its own, so that the memory measured is the run's alone.
        code = "import sys; from pathlib import Path; from dean06.reconcile import engine; engine.prepare(Path(sys.argv[1]), Path(sys.argv[2]))"
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", code, str(data / "register.parquet"), str(prepared.parent)], check=True)
        prepare_seconds = time.perf_counter() - started
    started = time.perf_counter()
    report = engine.run(prepared, data / "batch.parquet", data / "result.parquet", engine.Options())
    seconds = time.perf_counter() - started
    processor = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = named(data)
    return {
        "seconds": seconds,
        "cpu": processor,
        "memory_mb": memory,
        "prepare": prepare_seconds,
        "rows": report.rows,
        **found,
    }


def named(data: Path) -> dict[str, float]:
    """Return precision, recall and F1 of the persons our result names."""
    import duckdb  # noqa: PLC0415  same

    with duckdb.connect() as link:
        right, accepted, there = link.execute(
            f"""select count(*) filter (so_dinh_danh = that), count(*) filter (so_dinh_danh is not null), count(*) filter (that <> '')
from (select row_number() over () - 1 as stt, so_dinh_danh from '{data}/result.parquet') join '{data}/truth.parquet' using (stt)"""
        ).fetchall()[0]
    return figures(right, accepted, there)


def figures(right: int, accepted: int, there: int) -> dict[str, float]:
    """Return precision, recall and F1."""
    return {"precision": right / accepted, "recall": right / there, "f1": 2 * right / (accepted + there)}


CLEAN = """
create table {name} as select {key} as unique_id, lower(trim(ho_ten)) as ho_ten,
  replace(strip_accents(lower(trim(ho_ten))), 'đ', 'd') as ten_gap, {dob} as ngay_sinh, gioi_tinh, {xa} as ma_xa,
  {id12} as so12, {id9} as so9 from '{file}'
"""


def splink(data: Path) -> dict[str, float]:
    """Link with Splink on the same columns, decently cleaned, and take its best threshold."""
    import resource  # noqa: PLC0415  same
    import time  # noqa: PLC0415  same

    import duckdb  # noqa: PLC0415  same
    import splink.comparison_library as cl  # noqa: PLC0415  same
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415  same

    link = duckdb.connect()
    link.execute("set threads = 2")
    link.execute("set enable_progress_bar = false")
    digits = "regexp_replace(so_giay_to, '[^0-9]', '', 'g')"
    dob = """coalesce(try_strptime(ngay_sinh, ['%d/%m/%Y', '%Y-%m-%d', '%d-%m-%Y', '%d.%m.%Y'])::date::varchar,
  regexp_extract(ngay_sinh, '([0-9]{4})', 1))"""
    link.execute(
        CLEAN.format(
            name="reg",
            key="so_dinh_danh",
            dob="ngay_sinh",
            xa="thuong_tru_xa",
            id12="so_dinh_danh",
            id9="so_cmnd",
            file=data / "register.parquet",
        )
    )
    link.execute(
        CLEAN.format(
            name="sec",
            key="stt::varchar",
            dob=dob,
            xa="ma_xa",
            id12=f"case when length({digits}) between 10 and 12 then lpad({digits}, 12, '0') end",
            id9=f"case when length({digits}) in (8, 9) then lpad({digits}, 9, '0') end",
            file=data / "batch.parquet",
        )
    )
    started = time.perf_counter()
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.CustomComparison(
                output_column_name="ho_ten",
                comparison_levels=[
                    {
                        "sql_condition": "ho_ten_l is null or ho_ten_r is null",
                        "label_for_charts": "null",
                        "is_null_level": True,
                    },
                    {
                        "sql_condition": "ho_ten_l = ho_ten_r",
                        "label_for_charts": "same",
                        "tf_adjustment_column": "ho_ten",
                    },
                    {
                        "sql_condition": "ten_gap_l = ten_gap_r",
                        "label_for_charts": "folded",
                        "tf_adjustment_column": "ten_gap",
                    },
                    {
                        "sql_condition": "jaro_winkler_similarity(ten_gap_l, ten_gap_r) >= 0.95",
                        "label_for_charts": "jw95",
                    },
                    {
                        "sql_condition": "jaro_winkler_similarity(ten_gap_l, ten_gap_r) >= 0.88",
                        "label_for_charts": "jw88",
                    },
                    {"sql_condition": "ELSE", "label_for_charts": "else"},
                ],
            ),
            cl.CustomComparison(
                output_column_name="ngay_sinh",
                comparison_levels=[
                    {
                        "sql_condition": "ngay_sinh_l is null or ngay_sinh_r is null",
                        "label_for_charts": "null",
                        "is_null_level": True,
                    },
                    {"sql_condition": "ngay_sinh_l = ngay_sinh_r", "label_for_charts": "same"},
                    {
                        "sql_condition": "length(ngay_sinh_l) = 10 and length(ngay_sinh_r) = 10 and substr(ngay_sinh_l, 1, 4) = substr(ngay_sinh_r, 1, 4) and substr(ngay_sinh_l, 6, 2) = substr(ngay_sinh_r, 9, 2) and substr(ngay_sinh_l, 9, 2) = substr(ngay_sinh_r, 6, 2)",
                        "label_for_charts": "swapped",
                    },
                    {"sql_condition": "damerau_levenshtein(ngay_sinh_l, ngay_sinh_r) <= 1", "label_for_charts": "slip"},
                    {
                        "sql_condition": "substr(ngay_sinh_l, 1, 4) = substr(ngay_sinh_r, 1, 4)",
                        "label_for_charts": "year",
                    },
                    {"sql_condition": "ELSE", "label_for_charts": "else"},
                ],
            ),
            cl.CustomComparison(
                output_column_name="so",
                comparison_levels=[
                    {
                        "sql_condition": "(so12_l is null or so12_r is null) and (so9_l is null or so9_r is null)",
                        "label_for_charts": "null",
                        "is_null_level": True,
                    },
                    {"sql_condition": "so12_l = so12_r or so9_l = so9_r", "label_for_charts": "same"},
                    {"sql_condition": "damerau_levenshtein(so12_l, so12_r) <= 1", "label_for_charts": "slip"},
                    {"sql_condition": "ELSE", "label_for_charts": "else"},
                ],
            ),
            cl.ExactMatch("ma_xa"),
            cl.ExactMatch("gioi_tinh"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("so12"),
            block_on("so9"),
            block_on("ho_ten", "ngay_sinh"),
            block_on("ten_gap", "ngay_sinh"),
            block_on("ngay_sinh", "ma_xa"),
            block_on("ten_gap", "ma_xa"),
            block_on("ten_gap", "substr(ngay_sinh, 1, 4)"),
        ],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    api = DuckDBAPI(connection=link)
    frames = [api.register("reg", dataset_display_name="a_reg"), api.register("sec", dataset_display_name="b_sec")]
    linker = Linker(frames, settings)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("so12"), block_on("ho_ten", "ngay_sinh")], recall=0.9
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("ngay_sinh", "ma_xa"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("so12"))
    pairs = linker.inference.predict(threshold_match_probability=0.001)
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": seconds,
        "cpu": time.process_time(),
        "memory_mb": memory,
        **best_threshold(link, pairs.physical_name, data),
    }


def best_threshold(link: object, pairs: str, data: Path) -> dict[str, float]:
    """Return the figures at the threshold that favours Splink most, chosen on the truth."""
    rows = link.execute(  # type: ignore[attr-defined]
        f"""with best as (select unique_id_r as stt, arg_max(unique_id_l, (match_weight, unique_id_l)) as so, max(match_weight) as w from {pairs} group by 1)
select w, so = that as good from best join '{data}/truth.parquet' t on t.stt::varchar = best.stt order by w desc"""
    ).fetchall()
    there = link.execute(f"select count(*) from '{data}/truth.parquet' where that <> ''").fetchall()[0][0]  # type: ignore[attr-defined]
    best, right = figures(0, 1, there), 0
    for accepted, (_, good) in enumerate(rows, 1):
        right += bool(good)
        found = figures(right, accepted, there)
        best = max(best, found, key=lambda one: one["f1"])
    return best


def report(best: dict[str, dict[str, float]], args: argparse.Namespace) -> None:
    """Print both sides and their ratio."""
    machine = f"{platform.processor() or platform.machine()}, Python {platform.python_version()}"
    what = args.data or f"{args.register:,} people, {args.rows:,} rows, seed {args.seed}"
    print(f"{what}; best of {args.times}; {machine}")
    print(f"{'':10}{'seconds':>9}{'cpu s':>9}{'MB':>8}{'precision':>11}{'recall':>9}{'F1':>9}")
    for side, run in best.items():
        print(
            f"{side:10}{run['seconds']:9.2f}{run['cpu']:9.2f}{run['memory_mb']:8.0f}"
            f"{run['precision']:11.5f}{run['recall']:9.5f}{run['f1']:9.5f}"
        )
    if len(best) == 2:
        print(f"ratio of time: {best['splink']['seconds'] / best['ours']['seconds']:.1f}")


if __name__ == "__main__":
    main()
