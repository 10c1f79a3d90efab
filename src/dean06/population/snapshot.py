"""A snapshot on disk: built whole in a place of its own, sealed, and moved into view in one step.

DIR/<as_of>_<sha256[:12]>/register.parquet   the people, as the file gave them
                          twin.sqlite3        the same, by number
                          manifest.json       what it is, with the SHA-256 of each file and of itself
                          prepared/           keys for matching, made and owned by `reconcile`
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dean06.population import twin
from dean06.population.errors import LoadUnderWay

FORMAT = 1
REGISTER = "register.parquet"
MANIFEST = "manifest.json"
PREPARED = "prepared"
PART = ".loading-"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotInfo:
    """One version of the register: `sha256` is of the file it came from."""

    directory: Path
    as_of: date
    sha256: str
    rows: int
    columns: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    late_days: int = 0
    """Rows with a birth or death after `as_of`, kept as the file has them."""
    seal: str = ""
    """SHA-256 of the manifest, which holds that of each file: the ledger keeps it too."""

    @property
    def register(self) -> Path:
        """Return the people's file."""
        return self.directory / REGISTER

    @property
    def twin(self) -> Path:
        """Return the file for single look-ups."""
        return self.directory / twin.FILE

    @property
    def prepared(self) -> Path:
        """Return the directory for matching keys."""
        return self.directory / PREPARED


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def name_of(as_of: date, sha256: str) -> str:
    """Return the directory name of a version."""
    return f"{as_of.isoformat()}_{sha256[:12]}"


@contextmanager
def sole_loader(register_dir: Path) -> Iterator[None]:
    """Hold the register directory for one load, and sweep what a killed load left behind."""
    register_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(register_dir / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LoadUnderWay(register_dir) from None
        for left in register_dir.glob(f"{PART}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(descriptor)


def seal(directory: Path, facts: Mapping[str, object]) -> None:
    """Write the manifest of a finished directory and make its files read-only and durable."""
    files = {name: sha256_of(directory / name) for name in (REGISTER, twin.FILE)}
    manifest = {"format": FORMAT, **facts, "files": files}
    manifest["seal"] = _seal_of(manifest)
    path = directory / MANIFEST
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for name in (*files, MANIFEST):
        (directory / name).chmod(0o400)
        flush(directory / name)
    flush(directory)


def flush(path: Path) -> None:
    """Wait until a file or directory is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _seal_of(manifest: Mapping[str, object]) -> str:
    bare = {name: value for name, value in manifest.items() if name != "seal"}
    return hashlib.sha256(json.dumps(bare, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def read(directory: Path) -> SnapshotInfo | None:
    """Return the snapshot in a directory, None when there is none to read."""
    manifest = _manifest(directory)
    if manifest is None or manifest.get("seal") != _seal_of(manifest):
        return None
    return SnapshotInfo(
        directory=directory,
        as_of=date.fromisoformat(str(manifest["as_of"])),
        sha256=str(manifest["sha256"]),
        rows=int(str(manifest["rows"])),
        columns=_texts(manifest["columns"]),
        ignored_columns=_texts(manifest["ignored_columns"]),
        late_days=int(str(manifest.get("late_days", 0))),
        seal=str(manifest["seal"]),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _manifest(directory: Path) -> dict[str, object] | None:
    try:
        found = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def faults(directory: Path) -> list[str]:
    """Return the names of files whose bytes are not those that were sealed; empty when all is whole."""
    manifest = _manifest(directory)
    if manifest is None or manifest.get("seal") != _seal_of(manifest):
        return [MANIFEST]
    changed = _changed(directory, manifest.get("files"))
    try:
        keys = json.loads((directory / PREPARED / MANIFEST).read_text(encoding="utf-8"))
    except OSError:
        return changed
    except ValueError:
        return [*changed, f"{PREPARED}/{MANIFEST}"]
    return changed + [f"{PREPARED}/{name}" for name in _changed(directory / PREPARED, keys.get("files"))]


def stamps(directory: Path) -> tuple[object, ...]:
    """Return what tells whether a file of a snapshot was touched: a change of its bytes changes its stamp."""
    names = (REGISTER, twin.FILE, MANIFEST)
    return tuple(_stamp(path) for path in (*(directory / name for name in names), *_prepared(directory)))


def _prepared(directory: Path) -> list[Path]:
    return sorted(path for path in (directory / PREPARED).glob("*") if not path.name.startswith("."))


def _stamp(path: Path) -> tuple[str, int, int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return path.name, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _changed(directory: Path, files: object) -> list[str]:
    listed = files if isinstance(files, dict) else {}
    return [
        str(name)
        for name, digest in listed.items()
        if not (directory / str(name)).is_file() or sha256_of(directory / str(name)) != digest
    ]
