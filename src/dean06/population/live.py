"""The Django-free face of the register: load a snapshot whole or not at all, list, verify, and look one person up."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

import duckdb

from dean06.orthography.sql import quoted
from dean06.population import checks, reading, snapshot, twin
from dean06.population.columns import NAMES
from dean06.population.errors import NoSnapshot, RegisterDamaged, RegisterRefused, StorageTrouble
from dean06.population.snapshot import SnapshotInfo, sha256_of

Progress = Callable[[float, str], None]

# Snapshots that this process found whole, each with the stamps its files had then.
_WHOLE: dict[Path, tuple[object, ...]] = {}

REGISTER = snapshot.REGISTER

__all__ = [
    "REGISTER",
    "SnapshotInfo",
    "copy_people",
    "latest",
    "load_snapshot",
    "lookup",
    "open_snapshot",
    "people",
    "require_whole",
    "sha256_of",
    "snapshots",
    "verify",
]


def load_snapshot(file: Path, as_of: date, register_dir: Path, progress: Progress | None = None) -> SnapshotInfo:
    """Load a register file as of a day; the same file again returns the snapshot that is there."""
    tell = progress or (lambda _share, _what: None)
    if not file.is_file():
        raise RegisterRefused(file, [("không có tệp này.", "there is no such file.")])
    with snapshot.sole_loader(register_dir):
        tell(0.0, "đọc tệp")
        sha256 = snapshot.sha256_of(file)
        final = register_dir / snapshot.name_of(as_of, sha256)
        there = snapshot.read(final) if final.exists() else None
        if there is not None and not snapshot.faults(final):
            return there
        work = Path(tempfile.mkdtemp(prefix=snapshot.PART, dir=register_dir))
        try:
            _build(file, as_of, sha256, work, tell)
            shutil.rmtree(final, ignore_errors=True)  # what stands there lost its seal
            work.rename(final)
            snapshot.flush(register_dir)
        except (duckdb.IOException, sqlite3.OperationalError, OSError):
            raise StorageTrouble(register_dir) from None
        finally:
            shutil.rmtree(work, ignore_errors=True)
    tell(1.0, "xong")
    return open_snapshot(final)


def _build(file: Path, as_of: date, sha256: str, work: Path, tell: Progress) -> None:
    build = work / "build"
    build.mkdir()
    with duckdb.connect(build / "load.duckdb") as link:
        link.execute(f"set temp_directory = {quoted(str(build / 'spill'))}")
        link.execute("set enable_progress_bar = false")
        ignored = reading.read(link, file, build)
        tell(0.2, "kiểm tra từng dòng")
        rows = checks.check(link, file, as_of)
        late = checks.late_days(link, as_of)
        tell(0.4, "ghi sổ")
        out = quoted(str(work / snapshot.REGISTER))
        link.execute(
            f"copy (select {', '.join(NAMES)} from given order by dong) to {out} (format parquet, compression zstd)"
        )
        twin.build(link, work / twin.FILE, rows, lambda share: tell(0.5 + share * 0.4, "ghi bản tra cứu"))
        filled = ", ".join(f"count({name})" for name in NAMES)
        counts = link.execute(f"select {filled} from given").fetchall()[0]
    shutil.rmtree(build)
    columns = [name for name, count in zip(NAMES, counts, strict=True) if count]
    facts = {
        "as_of": as_of.isoformat(),
        "sha256": sha256,
        "rows": rows,
        "columns": columns,
        "ignored_columns": list(ignored),
        "late_days": late,
    }
    tell(0.95, "niêm phong")
    snapshot.seal(work, facts)


def copy_people(source: Path, target: Path, *, nobody: bool = False) -> int:
    """Write a file of people with every column of the contract; with `nobody`, the columns alone. Returns the rows."""
    try:
        with duckdb.connect() as link:
            found = f"read_parquet({quoted(str(source))})"
            there = {str(row[0]) for row in link.execute(f"describe select * from {found}").fetchall()}
            columns = ", ".join(name if name in there else f"null::varchar as {name}" for name in NAMES)
            where = "false" if nobody else "so_dinh_danh is not null"
            copied = link.execute(
                f"copy (select {columns} from {found} where {where}) to {quoted(str(target))}"
                " (format parquet, compression zstd)"
            ).fetchall()
            target.chmod(0o600)
            return int(copied[0][0])
    except duckdb.Error:
        pass  # what it says may quote a person
    raise StorageTrouble(target.parent)


def open_snapshot(directory: Path) -> SnapshotInfo:
    """Return the snapshot that lies in a directory."""
    found = snapshot.read(directory)
    if found is None:
        raise NoSnapshot(directory)
    return found


def snapshots(register_dir: Path) -> list[SnapshotInfo]:
    """Return every snapshot of a register directory, newest day last."""
    if not register_dir.is_dir():
        return []
    found = [
        snapshot.read(path)
        for path in sorted(register_dir.iterdir())
        if path.is_dir() and not path.name.startswith(".")
    ]
    return [one for one in found if one is not None]


def latest(register_dir: Path) -> SnapshotInfo:
    """Return the newest snapshot; the one loaded last among several of one day is the last by name."""
    found = snapshots(register_dir)
    if not found:
        raise NoSnapshot(register_dir)
    return max(
        found, key=lambda one: (one.as_of, (one.directory / snapshot.MANIFEST).stat().st_mtime_ns, one.directory.name)
    )


def verify(info: SnapshotInfo) -> tuple[str, ...]:
    """Return the files of a snapshot whose bytes changed since it was sealed; empty when it is whole."""
    return tuple(snapshot.faults(info.directory))


def require_whole(info: SnapshotInfo) -> None:
    """Refuse a snapshot of which a byte changed since it was sealed; its files are read again only once touched."""
    stamps = snapshot.stamps(info.directory)
    if _WHOLE.get(info.directory) == stamps:
        return
    if changed := verify(info):
        raise RegisterDamaged(info.directory, changed)
    _WHOLE[info.directory] = stamps


def lookup(info: SnapshotInfo, so_dinh_danh: str, purpose: str) -> Mapping[str, object] | None:
    """Return one person by number for a purpose; recording the read is the caller's business."""
    require_whole(info)
    return twin.lookup(info.twin, so_dinh_danh, purpose)


def people(info: SnapshotInfo, numbers: Iterable[str], purpose: str) -> Mapping[str, Mapping[str, object]]:
    """Return the people of current numbers for a purpose, by number; recording the read is the caller's business."""
    require_whole(info)
    return twin.people(info.twin, numbers, purpose)
