"""The Django-free face of the ledger: check a log from its store or from an exported file.

An exported log is a text of JSON lines: the first names origin and public key, then entries, then checkpoints.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from dean06.clock.errors import BadInput
from dean06.ledger import keys
from dean06.ledger.checking import COLUMNS, check
from dean06.ledger.types import EntryRow, Report

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
_FIELDS = ("id", "body", "leaf_hash", "leaf_index", *COLUMNS)
_QUERY = f"SELECT {', '.join(_FIELDS)} FROM ledger_entry ORDER BY leaf_index IS NULL, leaf_index, id"
_NOTES = "SELECT size, note FROM ledger_checkpoint ORDER BY size"

__all__ = ["export", "verify_file", "verify_home"]


def _local(at: object) -> str:
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(TZ).isoformat(timespec="microseconds")


def _row(values: Sequence[object]) -> EntryRow:
    named = dict(zip(_FIELDS, values, strict=True))
    index = named["leaf_index"]
    columns = {name: str(named[name]) for name in COLUMNS} | {"at": _local(named["at"])}
    return EntryRow(
        id=int(str(named["id"])),
        body=str(named["body"]),
        leaf_hash=str(named["leaf_hash"]),
        leaf_index=None if index is None else int(str(index)),
        columns=columns,
    )


def _read(home: Path, database_url: str | None) -> tuple[list[EntryRow], list[tuple[int, str]]]:
    if database_url:
        with psycopg.connect(database_url) as link:
            return [_row(values) for values in link.execute(_QUERY)], list(link.execute(_NOTES).fetchall())
    path = home / "dean06.sqlite3"
    if not path.exists():
        raise BadInput(
            f"Không thấy sổ ghi ở {path}: đặt DEAN06_HOME đúng thư mục dữ liệu.",
            f"There is no log at {path}: set DEAN06_HOME to the data directory.",
        )
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as link:
        return [_row(values) for values in link.execute(_QUERY)], list(link.execute(_NOTES).fetchall())


def verify_home(home: Path, database_url: str | None = None) -> Report:
    """Check the log of an installation from its store; needs only the public key."""
    files = keys.KeyFiles(home=home)
    rows, notes = _read(home, database_url or os.environ.get("DATABASE_URL"))
    kept = files.last_checkpoint.read_text() if files.last_checkpoint.exists() else None
    return check(rows, notes, origin=files.origin.read_text(), key=keys.public_key(files), last_seen=kept)


def export(home: Path, out: Path, database_url: str | None = None) -> int:
    """Write the log as JSON lines for a checker outside; returns the number of entries."""
    files = keys.KeyFiles(home=home)
    rows, notes = _read(home, database_url or os.environ.get("DATABASE_URL"))
    draft = out.with_name(f"{out.name}.part")
    with draft.open("w", encoding="utf-8") as handle:
        head = {"origin": files.origin.read_text(), "key": keys.public_key(files).public_bytes_raw().hex()}
        for record in (head, *(_as_record(row) for row in rows), *({"size": s, "note": n} for s, n in notes)):
            handle.write(json.dumps(record, ensure_ascii=False) + "\n")
    draft.replace(out)
    return len(rows)


def _as_record(row: EntryRow) -> dict[str, object]:
    return {"id": row.id, "body": row.body, "leaf_hash": row.leaf_hash, "leaf_index": row.leaf_index} | dict(
        row.columns
    )


def _lines(path: Path) -> Iterator[dict[str, object]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
        except ValueError as problem:
            raise BadInput(
                f"{path.name}, dòng {number}: không phải JSON; tệp sổ ghi đã hỏng, hãy xuất lại.",
                f"{path.name}, line {number}: not JSON; the exported log is damaged, export it again.",
            ) from problem
        if isinstance(record, dict):
            yield record


def verify_file(path: Path) -> Report:
    """Check an exported log against the key it names; the reader compares that key with the one published."""
    records = list(_lines(path))
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(str(records[0]["key"])))
        origin = str(records[0]["origin"])
        rows = [_row([record[name] for name in _FIELDS]) for record in records[1:] if "body" in record]
        notes = [(int(str(record["size"])), str(record["note"])) for record in records[1:] if "note" in record]
    except (IndexError, KeyError, ValueError) as problem:
        raise BadInput(
            f"{path.name}: không đúng dạng sổ ghi xuất ra; thiếu dòng đầu hoặc cột.",
            f"{path.name}: not an exported log; its first line or a column is missing.",
        ) from problem
    return check(rows, notes, origin=origin, key=key)
