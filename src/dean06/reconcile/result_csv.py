"""The result as CSV: UTF-8 with its mark, written by the engine's own SQL, safe to open in a spreadsheet.

A cell of the input that a spreadsheet would run as a formula (it begins with `=` or `@`, or with `+` or `-` and is not
a number) gets one apostrophe before it: a list from outside must not execute on a clerk's machine. Nothing else is
touched; the Parquet result holds every cell exactly as delivered.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb

from dean06.reconcile.result_words import ORIGINAL

_FORMULA = r"^[ \t\r\n\xa0]*([=@].|[+-][ \d.,()/\xa0-]*[^ \d.,()/\xa0-])"
_MARK = b"\xef\xbb\xbf"


def write(parquet: Path, out: Path, summary: Mapping[str, object]) -> None:
    """Write a result Parquet as CSV, whole or not at all; `summary` has no place in the file."""
    del summary
    with tempfile.TemporaryDirectory(prefix=".dean06-", dir=out.parent) as folder:
        body, part = Path(folder) / "than.csv", Path(folder) / "ket-qua.csv"
        _write_body(parquet, body)
        with part.open("wb") as target, body.open("rb") as source:
            target.write(_MARK)
            shutil.copyfileobj(source, target, 1 << 20)
            target.flush()
            os.fsync(target.fileno())
        part.replace(out)


def _write_body(parquet: Path, body: Path) -> None:
    with duckdb.connect() as db:
        db.execute("set enable_progress_bar = false")
        source = f"read_parquet({_literal(str(parquet))})"
        described = db.execute(f"describe from {source}").fetchall()
        columns = ", ".join(_column(str(name), str(kind)) for name, kind, *_ in described)
        db.execute(
            f"copy (select {columns} from {source}) to {_literal(str(body))} (format csv, header true)"
        ).fetchall()


def _column(name: str, kind: str) -> str:
    column = '"' + name.replace('"', '""') + '"'
    if not name.startswith(ORIGINAL) or kind != "VARCHAR":
        return column
    return f"case when regexp_matches({column}, '{_FORMULA}') then '''' || {column} else {column} end as {column}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
