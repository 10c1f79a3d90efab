"""The SQLite twin of a snapshot: one person by number, read-only, each read with its purpose."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from dean06.clock.errors import BadInput
from dean06.orthography.service import search_key
from dean06.population.columns import NAMES

FILE = "twin.sqlite3"
_BATCH = 20_000
_DIGITS = 12
_AT_ONCE = 500  # numbers in one question; SQLite takes 999 of old


def build(link: duckdb.DuckDBPyConnection, path: Path, rows: int, progress: Callable[[float], None]) -> None:
    """Write the twin from the table `given`."""
    with closing(sqlite3.connect(path, isolation_level=None)) as twin:
        twin.execute("pragma journal_mode = off")
        twin.execute("pragma synchronous = off")
        columns = ", ".join(f"{name} text" + (" primary key" if name == "so_dinh_danh" else "") for name in NAMES)
        twin.execute(f"create table person ({columns}, tim text) without rowid")
        twin.execute(
            "create table old_number (so text, so_dinh_danh text, primary key (so, so_dinh_danh)) without rowid"
        )
        twin.execute("begin")
        reader = link.execute(f"select {', '.join(NAMES)} from given order by so_dinh_danh")
        place, done = ", ".join("?" * (len(NAMES) + 1)), 0
        while batch := reader.fetchmany(_BATCH):
            twin.executemany(f"insert into person values ({place})", [(*row, search_key(row[2])) for row in batch])
            done += len(batch)
            progress(done / rows)
        for number, old in twin.execute(
            "select so_dinh_danh, so_dinh_danh_cu from person where so_dinh_danh_cu is not null"
        ).fetchall():
            twin.executemany(
                "insert or ignore into old_number values (?, ?)", [(part.strip(), number) for part in old.split(";")]
            )
        twin.execute("commit")
        twin.execute("create index by_cmnd on person (so_cmnd) where so_cmnd is not null")


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a twin as everything but the loader does: read-only, and as a file that never changes."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as twin:
        twin.execute("pragma query_only = on")
        yield twin


def lookup(path: Path, number: str, purpose: str) -> Mapping[str, object] | None:
    """Return the person of a number, current or cancelled; without a purpose nothing is read."""
    if not purpose.strip():
        raise _no_purpose()
    if len(number) != _DIGITS or not number.isascii() or not number.isdigit():
        raise BadInput("Số định danh phải đủ 12 chữ số.", "A personal number has 12 digits.")
    with opened(path) as twin:
        twin.row_factory = sqlite3.Row
        query = f"select {', '.join(NAMES)} from person where so_dinh_danh = ?"
        found = twin.execute(query, (number,)).fetchone()
        if found is None:
            now = twin.execute("select so_dinh_danh from old_number where so = ? limit 1", (number,)).fetchone()
            found = twin.execute(query, (now[0],)).fetchone() if now else None
    return dict(found) if found else None


def people(path: Path, numbers: Iterable[str], purpose: str) -> dict[str, Mapping[str, object]]:
    """Return the people of current numbers, by number; those the snapshot does not hold are left out."""
    if not purpose.strip():
        raise _no_purpose()
    wanted = sorted(set(numbers))
    found: dict[str, Mapping[str, object]] = {}
    with opened(path) as twin:
        twin.row_factory = sqlite3.Row
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            query = f"select {', '.join(NAMES)} from person where so_dinh_danh in ({', '.join('?' * len(part))})"
            found.update({str(row["so_dinh_danh"]): dict(row) for row in twin.execute(query, part)})
    return found


def _no_purpose() -> BadInput:
    return BadInput(
        "Tra cứu một người cần nêu mục đích (mã thủ tục, hồ sơ, cán bộ).",
        "Reading a person needs a purpose (procedure, case, officer).",
    )
