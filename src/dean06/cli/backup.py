"""Backup and restore of all state: whole or not at all, and every byte checked on the way back.

The database is copied first, the files after: a file of the vault or a paper never changes, so each that the copied
database names is there. It works while the installation runs. A backup holds rows of people and signing keys: its
directory is readable by its owner alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dean06.cli import postgresql
from dean06.cli.occupancy import occupy
from dean06.clock.errors import BadInput

SQLITE = "dean06.sqlite3"
DUMP = "dean06.pgdump"
LIST = "backup.json"
HEAD = "keys/ledger.checkpoint"
PASSING = {"run", "static"}  # made again at each start
Progress = Callable[[float, float, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a backup or a restore left behind."""

    directory: Path
    files: int
    size: int


def save(home: Path, target: Path, progress: Progress) -> Kept:
    """Copy the state at `home` into the new directory `target`."""
    if not home.is_dir():
        raise BadInput(f"Không có dữ liệu nào ở {home}.", f"There is no state at {home}.")
    if target.is_relative_to(home):
        raise BadInput(f"{target} nằm trong {home}; hãy chọn nơi khác.", f"{target} lies in {home}; choose elsewhere.")
    require_empty(target)
    with _whole(target) as part:
        _copy_head(home, part)
        if os.environ.get("DATABASE_URL"):
            postgresql.dump(part / DUMP)
        else:
            _copy_sqlite(home / SQLITE, part / SQLITE)
        names = _files(home)
        for done, name in enumerate(names):
            progress(done, len(names), name)
            if name == HEAD:
                continue
            with contextlib.suppress(FileNotFoundError):  # work in progress, tidied away meanwhile; no row names it
                _copy(home / name, part / name)
        databases = [name for name in (SQLITE, DUMP) if (part / name).exists()]
        sums = {name: _digest(part / name) for name in [*databases, *_files(part)]}
        (part / LIST).write_text(json.dumps({"version": 1, "sha256": sums}, indent=1))
        return _kept(target, part, sums)


def restore(source: Path, home: Path, progress: Progress) -> Kept:
    """Put the backup at `source` into `home`, which must be empty or absent."""
    sums = _list(source)
    require_empty(home)
    with _whole(home) as part:
        for done, (name, wanted) in enumerate(sums.items()):
            progress(done, len(sums), name)
            _copy(source / name, part / name)
            if _digest(part / name) != wanted:
                raise _damaged(source / name)
        if (part / DUMP).exists():
            postgresql.load(part / DUMP)
            (part / DUMP).unlink()
        return _kept(home, part, sums)


def require_empty(directory: Path) -> None:
    """Refuse a directory that already holds something."""
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise BadInput(
            f"{directory} đã có dữ liệu; hãy chọn một thư mục mới hoặc trống.",
            f"{directory} already holds something; choose a new or an empty directory.",
        )


@contextlib.contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """Give a directory beside the target; rename it into place only when everything went well."""
    part = target.with_name(target.name + ".part")
    with contextlib.closing(occupy(part)):
        try:
            for left in part.iterdir():
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            yield part
            os.sync()
            part.replace(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def _copy_head(home: Path, part: Path) -> None:
    """Copy the ledger's head first: one newer than the copied database would convict it of a lost tail."""
    with contextlib.suppress(FileNotFoundError):
        _copy(home / HEAD, part / HEAD)


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database that may be in use, with SQLite's own online backup."""
    if not source.exists():
        return
    with (
        contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=20)) as reading,
        contextlib.closing(sqlite3.connect(target)) as writing,
    ):
        reading.backup(writing)


def _files(home: Path) -> list[str]:
    """Name every file of the state but the databases and what each start makes again."""
    found: list[str] = []
    for folder, inside, names in os.walk(home):
        here = Path(folder).relative_to(home)
        if here == Path():
            inside[:] = [name for name in inside if name not in PASSING]
            names = [name for name in names if not name.startswith((SQLITE, DUMP, LIST))]  # noqa: PLW2901  the top alone
        found.extend((here / name).as_posix() for name in names if not (home / here / name).is_symlink())
    return sorted(found)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copy2(source, target)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _kept(directory: Path, part: Path, sums: Mapping[str, str]) -> Kept:
    sizes = [path.stat().st_size for name in sums if (path := part / name).exists()]
    return Kept(directory=directory, files=len(sums), size=sum(sizes))


def _list(source: Path) -> dict[str, str]:
    """Read a backup's list, which must name existing files inside the backup alone."""
    try:
        found = {str(name): str(wanted) for name, wanted in json.loads((source / LIST).read_text())["sha256"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"{source} không phải bản sao lưu của dean06.", f"{source} is no backup of dean06.") from error
    for name in found:
        path = source / name
        if not path.resolve().is_relative_to(source.resolve()) or not path.is_file():
            raise _damaged(path)
    return found


def _damaged(path: Path) -> BadInput:
    return BadInput(
        f"Bản sao lưu hỏng hoặc thiếu tệp {path}; không có gì bị thay đổi.",
        f"The backup is damaged or lacks {path}; nothing was changed.",
    )
