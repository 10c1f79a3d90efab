"""The Django-free face of matching: keys made once for a snapshot, and a list matched against them."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from dean06.places import service as places
from dean06.population import live as population
from dean06.reconcile import engine, result_csv, result_xlsx
from dean06.reconcile.engine.options import (
    Cluster,
    ClusterStopped,
    ComponentMissing,
    Options,
    Progress,
    RunReport,
)
from dean06.reconcile.stopped import EngineStopped, SparkMissing, SparkStopped

PREPARED_MANIFEST = "manifest.json"
FILE = "keys.duckdb"
# Disk, memory, a damaged file, a process that was ended. Anything else is a fault of the program and must not be told
# as theirs.
STOPPED = (
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.SerializationException,
    duckdb.FatalException,
    BrokenProcessPool,
)

__all__ = ["Cluster", "Options", "RunReport", "ensure_prepared", "match", "old_units", "write_result"]


def ensure_prepared(snapshot_dir: Path) -> Path:
    """Return the prepared file of a snapshot, made now when there is none of this version."""
    info = population.open_snapshot(snapshot_dir)
    prepared = info.prepared / FILE
    if _is_current(prepared):
        return prepared
    info.prepared.mkdir(exist_ok=True, mode=0o700)
    with _sole_maker(info.prepared):
        if _is_current(prepared):
            return prepared
        (info.prepared / PREPARED_MANIFEST).unlink(missing_ok=True)
        try:
            engine.prepare(info.register, info.prepared)
        except STOPPED as problem:
            raise EngineStopped(info.directory) from problem
        _record(prepared)
    return prepared


def match(
    prepared: Path, batch_parquet: Path, out_parquet: Path, options: Options, progress: Progress | None = None
) -> RunReport:
    """Match a batch and write the result file whole."""
    try:
        return engine.run(prepared, batch_parquet, out_parquet, options, progress=progress)
    except STOPPED as problem:
        raise EngineStopped(out_parquet) from problem
    except ComponentMissing as missing:
        raise SparkMissing(missing.component) from missing
    except ClusterStopped as problem:
        raise SparkStopped(problem.condition) from problem


def old_units(on: date) -> dict[str, frozenset[str]]:
    """Return each unit code of earlier catalogues with its successors on a day."""
    return {code: frozenset(after) for code, after in places.old_codes(on).items()}


def write_result(
    parquet: Path, out: Path, summary: Mapping[str, object], tell: Callable[[float], None] | None = None
) -> None:
    """Write a result as the kind of file that its name ends in; a workbook tells how far it is, from 0 to 1."""
    try:
        match out.suffix.lower():
            case ".csv":
                result_csv.write(parquet, out, summary)
            case ".xlsx":
                result_xlsx.write(parquet, out, summary, tell)
            case _:
                shutil.copyfile(parquet, out)
    except STOPPED as problem:
        raise EngineStopped(out) from problem


def _is_current(prepared: Path) -> bool:
    try:
        noted = json.loads((prepared.parent / PREPARED_MANIFEST).read_text(encoding="utf-8"))
        return bool(noted["format"] == engine.FORMAT and noted["size"] == prepared.stat().st_size)
    except (OSError, ValueError, KeyError):
        return False


def _record(prepared: Path) -> None:
    digest = population.sha256_of(prepared)
    noted = {"format": engine.FORMAT, "size": prepared.stat().st_size, "files": {FILE: digest}}
    part = prepared.parent / f"{PREPARED_MANIFEST}.part"
    part.write_text(json.dumps(noted, sort_keys=True) + "\n", encoding="utf-8")
    part.chmod(0o400)
    part.replace(prepared.parent / PREPARED_MANIFEST)


@contextmanager
def _sole_maker(directory: Path) -> Iterator[None]:
    """Let one process make the keys; the others wait for it."""
    descriptor = os.open(directory / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
