"""`dean06 reconcile`: match a list against a register, from any file to any file, with no database."""

from __future__ import annotations

import argparse
import json
import resource
import secrets
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from dean06.cli.progress import Bar
from dean06.cli.register_commands import add_register, register_dir
from dean06.clock import service as clock
from dean06.clock.errors import Unavailable, UsageError
from dean06.population import live as population
from dean06.population.live import SnapshotInfo
from dean06.reconcile import live as matching
from dean06.reconcile.live import Options, RunReport
from dean06.sources import live as sources
from dean06.sources.live import Batch

KINDS = (".parquet", ".csv", ".xlsx")
CLEAN = frozenset({"KHOP_HOAN_TOAN", "KHOP_CHUAN_HOA"})


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("reconcile", help="đối soát một danh sách với sổ dân cư (match a list)")
    parser.add_argument("file", type=Path, metavar="TỆP", help="danh sách .xlsx, .xls, .csv hoặc .parquet")
    parser.add_argument(
        "--source", required=True, metavar="NGUỒN", help="quy ước của nguồn; «chung» cho danh sách bất kỳ"
    )
    parser.add_argument("--out", required=True, type=Path, metavar="TỆP", help="kết quả .parquet, .csv hoặc .xlsx")
    add_register(parser)
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="số luồng; không đổi kết quả (threads)")
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    parser.add_argument("--accept", type=float, default=0.5, metavar="P", help="xác suất từ đó một người được gọi tên")
    parser.set_defaults(run=run_reconcile)


@dataclass(slots=True)
class Job:
    """One reconcile from the terminal: what was asked, and the times of its steps."""

    args: argparse.Namespace
    bar: Bar
    work: Path
    run: str = field(default_factory=lambda: secrets.token_hex(8))
    seconds: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)

    def lap(self, step: str) -> None:
        """Close a step's time."""
        now = time.perf_counter()
        self.seconds[step] = round(now - self.started, 3)
        self.started = now


def run_reconcile(args: argparse.Namespace) -> int:
    """Match a list and write the result; exit 1 when some row needs attention."""
    _check(args)
    work = Path(tempfile.mkdtemp(prefix=".dean06-", dir=args.out.resolve().parent))
    job = Job(args, Bar(shown=not args.json), work)
    try:
        info = population.latest(register_dir(args))
        batch, report = _match(job, info)
        document = _document(job, info, batch, report)
        _write(job, document, report, batch)
    finally:
        job.bar.close()
        shutil.rmtree(work, ignore_errors=True)
    if args.json:
        print(json.dumps(document, ensure_ascii=False))
    else:
        _say(args.out, report, batch)
    return 0 if set(report.by_result) <= CLEAN and not batch.quarantined else 1


def _check(args: argparse.Namespace) -> None:
    if args.engine != "duckdb":
        raise Unavailable(
            "Bộ máy spark chưa có trong bản cài đặt này.", "The spark engine is not in this installation."
        )
    if args.out.suffix.lower() not in KINDS:
        raise UsageError(f"--out phải có đuôi {', '.join(KINDS)}.", f"--out must end in {', '.join(KINDS)}.")
    if not args.out.resolve().parent.is_dir():
        raise UsageError(f"Không có thư mục {args.out.parent}: tạo trước.", f"There is no directory {args.out.parent}.")
    if not 0 < args.accept <= 1 or args.threads < 1:
        raise UsageError("--accept nằm trong (0, 1], --threads từ 1.", "--accept is in (0, 1], --threads from 1.")


def _match(job: Job, info: SnapshotInfo) -> tuple[Batch, RunReport]:
    args, bar = job.args, job.bar
    bar(0, 1, "chuẩn bị sổ dân cư")
    prepared = matching.ensure_prepared(info.directory)
    job.lap("prepare")
    contract = sources.contract(args.source)
    batch = sources.read_batch(
        args.file, contract, job.work, progress=lambda share: bar(0.05 + 0.35 * share, 1, "đọc danh sách")
    )
    job.lap("read")
    options = Options(
        accept=args.accept,
        threads=args.threads,
        gender_codes=contract.sex_codes,
        date_order=contract.dates.order,
        units=matching.old_units(info.as_of),
        temp=job.work / "spill",
    )
    report = matching.match(
        prepared,
        batch.parquet,
        job.work / "result.parquet",
        options,
        lambda done, total, what: bar(0.4 + 0.4 * done / total, 1, what),
    )
    job.lap("reconcile")
    return batch, report


def _document(job: Job, info: SnapshotInfo, batch: Batch, report: RunReport) -> dict[str, object]:
    return {
        "rows": report.rows,
        "by_result": dict(report.by_result),
        "seconds": job.seconds,
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
        "register": {"rows": info.rows, "as_of": info.as_of.isoformat(), "sha256": info.sha256},
        "file": {"sha256": batch.file_sha256, "sheets": list(batch.sheets)},
        "quarantined": [
            {"sheet": row.sheet, "row": row.row, "reason": row.reason_code, "sentence": row.sentence}
            for row in batch.quarantined
        ],
        "by_pass": dict(report.by_pass),
        "source": batch.contract_id,
        "role_columns": {role: list(columns) for role, columns in batch.role_columns.items()},
        "accept": job.args.accept,
        "run": job.run,
        "engine": job.args.engine,
    }


def _write(job: Job, document: dict[str, object], report: RunReport, batch: Batch) -> None:
    out = job.args.out
    job.bar(0.85, 1, "ghi kết quả")
    part = job.work / f"finished{out.suffix.lower()}"
    matching.write_result(job.work / "result.parquet", part, document)
    job.lap("write")
    document["seconds"] = {"prepare": 0.0, "reconcile": 0.0, "write": 0.0, **job.seconds}
    document["peak_rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    provenance = {
        **document,
        "at": clock.now().isoformat(timespec="seconds"),
        "file": {"name": batch.file_name, "sha256": batch.file_sha256, "sheets": list(batch.sheets)},
        "result": {"name": out.name, "sha256": population.sha256_of(part)},
        "model": {"coverage": report.model.coverage, "clump": report.model.clump, "weights": report.model.weights},
    }
    note = job.work / "provenance.json"
    note.write_text(json.dumps(provenance, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(out)
    note.replace(out.with_name(f"{out.name}.provenance.json"))


def _say(out: Path, report: RunReport, batch: Batch) -> None:
    print(f"{report.rows:,} dòng đã đối soát; kết quả: {out}".replace(",", "."))
    for code, count in sorted(report.by_result.items(), key=lambda item: -item[1]):
        print(f"  {code:<16}{count:>10,}".replace(",", "."))
    if batch.quarantined:
        print(f"  {len(batch.quarantined)} dòng bị để riêng (set aside):")
        for row in batch.quarantined[:20]:
            print(f"    {row.sheet} dòng {row.row}: {row.sentence}")
