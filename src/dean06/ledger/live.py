"""The Django-free face of the ledger: check a log from its store or from an exported file.

An exported log is a text of JSON lines: the first names origin and public key, then entries, then checkpoints. A log
is read as a stream: its length costs time and no memory.
"""

from __future__ import annotations

import importlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from dean06.clock.errors import BadInput
from dean06.ledger import keys
from dean06.ledger.checking import COLUMNS, check
from dean06.ledger.errors import LedgerStopped
from dean06.ledger.types import EntryRow, HeadRow, Report

if TYPE_CHECKING:
    from dean06.ledger.proof_check import verify_proof

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
_FIELDS = ("id", "body", "leaf_hash", "leaf_index", *COLUMNS)
_QUERY = f"SELECT {', '.join(_FIELDS)} FROM ledger_entry ORDER BY leaf_index IS NULL, leaf_index, id"
_HEADS = "SELECT size, note, root, frontier FROM ledger_checkpoint ORDER BY size"

Log = tuple[list[HeadRow], Iterator[EntryRow]]

__all__ = ["export", "verify_file", "verify_home", "verify_proof"]


def _local(at: object) -> str:
    try:
        moment = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    except ValueError:
        return str(at)  # a changed byte: the check finds that it contradicts the body
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


def _head(size: object, note: object, root: object = "", frontier: object = "") -> HeadRow:
    return HeadRow(size=int(str(size)), note=str(note), root=str(root), frontier=str(frontier))


@contextmanager
def _stored(home: Path, database_url: str | None) -> Iterator[Log]:
    """Give the heads of a stored log and a stream of its entries; heads first, so that no entry is behind its head."""
    url = database_url or os.environ.get("DATABASE_URL")
    path = home / "dean06.sqlite3"
    if not url and not path.exists():
        raise BadInput(
            f"Không thấy sổ ghi ở {path}: đặt DEAN06_HOME đúng thư mục dữ liệu.",
            f"There is no log at {path}: set DEAN06_HOME to the data directory.",
        )
    try:
        if url:
            with psycopg.connect(url) as link, link.cursor(name="ledger") as entries:
                heads = [_head(*values) for values in link.execute(_HEADS)]
                entries.execute(_QUERY)
                yield heads, (_row(values) for values in entries)
        else:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as file:
                file.text_factory = lambda raw: raw.decode(errors="replace")
                heads = [_head(*values) for values in file.execute(_HEADS)]
                yield heads, (_row(values) for values in file.execute(_QUERY))
    except (sqlite3.Error, psycopg.Error) as problem:
        where = "DATABASE_URL" if url else str(path)
        raise LedgerStopped(
            f"Không đọc được sổ ghi ở {where} ({type(problem).__name__}): kiểm tra cơ sở dữ liệu hoặc khôi phục.",
            f"The log at {where} cannot be read ({type(problem).__name__}): check the database or restore it.",
        ) from problem


def verify_home(home: Path, database_url: str | None = None) -> Report:
    """Check the log of an installation from its store; needs only the public key."""
    files = keys.KeyFiles(home=home)
    kept = keys.kept_checkpoint(files)
    with _stored(home, database_url) as (heads, rows):
        origin, key = keys.kept_origin(files), keys.public_key(files)
        return check(rows, heads, origin=origin, key=key, last_seen=kept)


def export(home: Path, out: Path, database_url: str | None = None) -> int:
    """Write the log as JSON lines for a checker outside; returns the number of entries."""
    files = keys.KeyFiles(home=home)
    draft = out.with_name(f"{out.name}.part")
    count = 0
    try:
        with _stored(home, database_url) as (heads, rows), draft.open("w", encoding="utf-8") as handle:
            first = {"origin": keys.kept_origin(files), "key": keys.public_key(files).public_bytes_raw().hex()}
            handle.write(_as_line(first))
            for row in rows:
                handle.write(_as_line(_as_record(row)))
                count += 1
            handle.writelines(_as_line({"size": head.size, "note": head.note}) for head in heads)
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    return count


def _as_line(record: Mapping[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _as_record(row: EntryRow) -> dict[str, object]:
    return {"id": row.id, "body": row.body, "leaf_hash": row.leaf_hash, "leaf_index": row.leaf_index} | dict(
        row.columns
    )


def _lines(path: Path) -> Iterator[dict[str, object]]:
    """Give the records of an exported log one by one."""
    try:
        with path.open(encoding="utf-8", errors="replace", newline="\n") as handle:
            for number, line in enumerate(handle, start=1):
                try:
                    record = json.loads(line)
                except ValueError as problem:
                    raise BadInput(
                        f"{path.name}, dòng {number}: không phải JSON; tệp sổ ghi đã hỏng, hãy xuất lại.",
                        f"{path.name}, line {number}: not JSON; the exported log is damaged, export it again.",
                    ) from problem
                if isinstance(record, dict):
                    yield record
    except OSError as problem:
        raise BadInput(
            f"Không đọc được tệp {path}: kiểm tra đường dẫn và quyền đọc.",
            f"The file {path} cannot be read: check its path and permissions.",
        ) from problem


def verify_file(path: Path) -> Report:
    """Check an exported log against the key it names; the reader compares that key with the one published."""
    try:
        first = next(_lines(path), {})
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(str(first["key"])))
        heads = [_head(record["size"], record["note"]) for record in _lines(path) if "note" in record]
        rows = (_row([record[name] for name in _FIELDS]) for record in _lines(path) if "body" in record)
        return check(rows, heads, origin=str(first["origin"]), key=key)
    except (KeyError, ValueError) as problem:
        raise BadInput(
            f"{path.name}: không đúng dạng sổ ghi xuất ra; thiếu dòng đầu hoặc cột.",
            f"{path.name}: not an exported log; its first line or a column is missing.",
        ) from problem


def __getattr__(name: str) -> object:
    """Load what reads proofs when it is asked for: a check of a log needs none of it, and starts at once."""
    if name != "verify_proof":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module("dean06.ledger.proof_check"), name)
