"""One reconcile from the terminal: read, match, write; whole or not at all."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from dean06.cli.memory import peak_mb
from dean06.cli.occupancy import alive
from dean06.cli.progress import Bar
from dean06.cli.register_commands import register_dir
from dean06.clock import service as clock
from dean06.population import live as population
from dean06.population.live import SnapshotInfo
from dean06.reconcile import live as matching
from dean06.reconcile.live import Cluster, Options, RunReport
from dean06.sources import live as sources
from dean06.sources.live import Batch

CLEAN = frozenset({"KHOP_HOAN_TOAN", "KHOP_CHUAN_HOA"})
SHOWN = 20
_WORK = ".dean06-"


@dataclass(slots=True)
class Job:
    """What was asked, and the times of its steps."""

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


def run(args: argparse.Namespace) -> int:
    """Match a list and write the result; exit 1 when some row needs attention."""
    contract = sources.contract(args.source)
    with workplace(args.out.resolve().parent) as work:
        job = Job(args, Bar(shown=not args.json), work)
        try:
            info = population.latest(register_dir(args))
            batch, report = _match(job, info, contract)
            register = {"rows": info.rows, "as_of": info.as_of.isoformat(), "sha256": info.sha256}
            told = document(job, register, batch, report)
            write(job, told, report, batch)
        finally:
            job.bar.close()
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        say(args.out, report, batch)
    return 0 if set(report.by_result) <= CLEAN else 1


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """Give a private directory on the result's own disk; what a killed run left there holds people's rows and goes."""
    for left in beside.glob(f"{_WORK}*"):
        owner = left.name.removeprefix(_WORK).split("-")[0]
        if owner.isdigit() and not alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=f"{_WORK}{os.getpid()}-", dir=beside))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _match(job: Job, info: SnapshotInfo, contract: sources.Contract) -> tuple[Batch, RunReport]:
    args, bar = job.args, job.bar
    bar(0, 1, "chuẩn bị sổ dân cư")
    carry = args.carry
    prepared = matching.prepared_to_carry(info.directory, carry) if carry else matching.ensure_prepared(info.directory)
    job.lap("prepare")
    batch = sources.read_batch(
        args.file, contract, job.work, progress=lambda share: bar(0.05 + 0.35 * share, 1, "đọc danh sách")
    )
    job.lap("read")
    options = Options(
        accept=args.accept,
        threads=args.threads,
        gender_codes=contract.sex_codes,
        recurs=contract.recurs,
        date_order=contract.dates.order,
        units=matching.old_units(info.as_of),
        year=info.as_of.year,
        one_to_one=args.one_to_one,
        processes=args.processes,
        cluster=_cluster(args),
        carry=carry,
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


def _cluster(args: argparse.Namespace) -> Cluster | None:
    """Return where Spark is, when it was asked for: as the installation's environment says, else on this machine."""
    if args.engine != "spark":
        return None
    folder = os.environ.get("DEAN06_SPARK_FOLDER")
    return Cluster(
        remote=os.environ.get("DEAN06_SPARK") or f"local[{args.threads}]", folder=Path(folder) if folder else None
    )


def document(job: Job, register: Mapping[str, object], batch: Batch, report: RunReport) -> dict[str, object]:
    """Return what is said of a run, for the screen and for the result's summary."""
    return {
        "rows": report.rows,
        "by_result": dict(report.by_result),
        "seconds": job.seconds,
        "peak_rss_mb": peak_mb(),
        "register": dict(register),
        "file": {"sha256": batch.file_sha256, "sheets": list(batch.sheets)},
        "quarantined": [
            {"sheet": row.sheet, "row": row.row, "reason": row.reason_code, "sentence": row.sentence}
            for row in batch.quarantined
        ],
        "skipped": _skipped(batch),
        "carried": report.carried,
        "by_pass": dict(report.by_pass),
        "source": batch.contract_id,
        "role_columns": {role: list(columns) for role, columns in batch.role_columns.items()},
        "accept": job.args.accept,
        "one_to_one": job.args.one_to_one,
        "run": job.run,
        "engine": job.args.engine,
    }


def _skipped(batch: Batch) -> dict[str, int]:
    """Count the rows that are no data (titles, headers, totals, empty rows), by reason."""
    counts: Counter[str] = Counter()
    for run in batch.skipped:
        counts[run.reason_code] += run.count
    return dict(sorted(counts.items()))


def write(
    job: Job,
    document: dict[str, object],
    report: RunReport,
    batch: Batch,
    beside: Mapping[str, object] | None = None,
) -> None:
    """Write the result and its record, whole or not at all; `beside` stands in the record alone."""
    out = job.args.out
    job.bar(0.85, 1, "ghi kết quả")
    part = job.work / f"finished{out.suffix.lower()}"
    matching.write_result(job.work / "result.parquet", part, document)
    job.lap("write")
    document["seconds"] = {"prepare": 0.0, "reconcile": 0.0, "write": 0.0, **job.seconds}
    document["peak_rss_mb"] = peak_mb()
    model = report.model
    provenance = {
        **document,
        "at": clock.now().isoformat(timespec="seconds"),
        "file": {"name": batch.file_name, "sha256": batch.file_sha256, "sheets": list(batch.sheets)},
        "result": {"name": out.name, "sha256": population.sha256_of(part)},
        "model": {
            "coverage": model.coverage,
            "clump": model.clump,
            "shares": model.shares,
            "strangers": model.strangers,
        },
        **(beside or {}),
    }
    note = job.work / "provenance.json"
    note.write_text(json.dumps(provenance, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(out)
    note.replace(out.with_name(f"{out.name}.provenance.json"))


def say(out: Path, report: RunReport, batch: Batch) -> None:
    """Say how a run went."""
    rows = f"{report.rows:,}".replace(",", ".")
    print(f"{rows} dòng đã đối soát; kết quả: {out}")
    for code, count in sorted(report.by_result.items(), key=lambda item: -item[1]):
        print(f"  {code:<16}{count:>10,}".replace(",", "."))
    if report.carried:
        carried = f"{report.carried:,}".replace(",", ".")
        print(f"  {carried} dòng như lần trước, lấy lại kết quả cũ (carried over)")
    passed = sum(_skipped(batch).values())
    print(f"  bỏ qua {passed} dòng tên cột, tiêu đề, tổng cộng, trống; xem từng dòng: «dean06 source check»")
    if batch.quarantined:
        print(f"  trong đó {len(batch.quarantined)} dòng để riêng vì không dùng được (set aside), SAI_DINH_DANG:")
        for row in batch.quarantined[:SHOWN]:
            print(f"    {f'{row.sheet} ' if row.sheet else ''}dòng {row.row}: {row.sentence}")
        if len(batch.quarantined) > SHOWN:
            print(f"    … và {len(batch.quarantined) - SHOWN} dòng nữa, xem {out.name}.provenance.json")
