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
from dean06.population.live import SnapshotInfo
from dean06.reconcile import engine, result_csv, result_xlsx
from dean06.reconcile.engine.options import (
    Cluster,
    ClusterStopped,
    ComponentMissing,
    Options,
    Progress,
    RunReport,
)
from dean06.reconcile.stopped import EngineStopped, NotCarried, SparkMissing, SparkStopped

PREPARED_MANIFEST = "manifest.json"
FILE, UPDATED = "keys.duckdb", "updated.duckdb"
# Disk, memory, a damaged file, a process that was ended. Anything else is a fault of the program and must not be told
# as theirs.
STOPPED = (
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.SerializationException,
    duckdb.FatalException,
    BrokenProcessPool,
)

__all__ = [
    "Cluster",
    "Options",
    "RunReport",
    "bring_up",
    "ensure_prepared",
    "match",
    "old_units",
    "prepared_to_carry",
    "write_result",
]


def ensure_prepared(snapshot_dir: Path) -> Path:
    """Return the prepared file of a snapshot, made now when there is none of this version."""
    info = population.open_snapshot(snapshot_dir)
    with _sole_maker(info.prepared, FILE) as needed:
        if needed:
            try:
                engine.prepare(info.register, info.prepared)
            except STOPPED as problem:
                raise EngineStopped(info.directory) from problem
            _record(info.prepared)
    return info.prepared / FILE


def bring_up(snapshot_dir: Path) -> Path:
    """Return the keys of a snapshot: those of the one before brought up when few people changed, else made anew."""
    info = population.open_snapshot(snapshot_dir)
    with _sole_maker(info.prepared, UPDATED) as needed:
        if not needed:
            return info.prepared / UPDATED
        for before in _earlier(info):
            try:
                made = engine.update(before, info.register, info.prepared / UPDATED)
            except STOPPED as problem:
                raise EngineStopped(info.directory) from problem
            if made is not None:
                _record(info.prepared)
                return made
    return ensure_prepared(snapshot_dir)


def prepared_to_carry(snapshot_dir: Path, carry: Path) -> Path:
    """Return the keys of a snapshot on which the rows of the last run can rest; any of this snapshot when none can."""
    folder = population.open_snapshot(snapshot_dir).prepared
    there = [folder / name for name in (FILE, UPDATED) if _is_current(folder / name)]
    try:
        fitting = [one for one in there if engine.continues(carry, one)]
    except engine.NotATrail:
        raise NotCarried(carry) from None
    return (fitting or there)[0] if there else ensure_prepared(snapshot_dir)


def _earlier(info: SnapshotInfo) -> list[Path]:
    """Return the keys of the snapshot before, those that were brought up first."""
    before = [one for one in population.snapshots(info.directory.parent) if one.as_of < info.as_of]
    folders = [max(before, key=lambda one: one.as_of).prepared] if before else []
    return [folder / name for folder in folders for name in (UPDATED, FILE) if _is_current(folder / name)]


def match(
    prepared: Path, batch_parquet: Path, out_parquet: Path, options: Options, progress: Progress | None = None
) -> RunReport:
    """Match a batch and write the result file whole."""
    try:
        return engine.run(prepared, batch_parquet, out_parquet, options, progress=progress)
    except STOPPED as problem:
        raise EngineStopped(out_parquet) from problem
    except engine.NotATrail as other:
        raise NotCarried(other.path) from None
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


def _is_current(keys: Path) -> bool:
    try:
        noted = json.loads((keys.parent / PREPARED_MANIFEST).read_text(encoding="utf-8"))
        return bool(noted["format"] == engine.FORMAT and noted["sizes"][keys.name] == keys.stat().st_size)
    except (OSError, ValueError, KeyError):
        return False


def _record(folder: Path) -> None:
    made = [name for name in (FILE, UPDATED) if (folder / name).is_file()]
    noted = {
        "format": engine.FORMAT,
        "sizes": {name: (folder / name).stat().st_size for name in made},
        "files": {name: population.sha256_of(folder / name) for name in made},
    }
    part = folder / f"{PREPARED_MANIFEST}.part"
    part.write_text(json.dumps(noted, sort_keys=True) + "\n", encoding="utf-8")
    part.chmod(0o400)
    part.replace(folder / PREPARED_MANIFEST)


@contextmanager
def _sole_maker(folder: Path, name: str) -> Iterator[bool]:
    """Let one process make the keys and the others wait for it; say whether they still have to be made."""
    if _is_current(folder / name):
        yield False
        return
    folder.mkdir(exist_ok=True, mode=0o700)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        needed = not _is_current(folder / name)
        if needed:
            _forget_others(folder)
        yield needed
    finally:
        os.close(descriptor)


def _forget_others(folder: Path) -> None:
    """Remove keys of another version, and the record with them: it is written again when the new keys are there."""
    others = [name for name in (FILE, UPDATED) if not _is_current(folder / name)]
    if set(others) & _recorded(folder):
        (folder / PREPARED_MANIFEST).unlink(missing_ok=True)
    for name in others:
        (folder / name).unlink(missing_ok=True)


def _recorded(folder: Path) -> set[str]:
    try:
        return set(json.loads((folder / PREPARED_MANIFEST).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return {FILE, UPDATED}
