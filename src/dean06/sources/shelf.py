"""A batch at rest: its Parquet file and, written last, the manifest that says it is whole."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from pathlib import Path

from dean06.clock.errors import BadInput
from dean06.sources.types import Batch, Quarantined, Skipped

PARQUET = "batch.parquet"
MANIFEST = "batch.json"


def put(batch: Batch, folder: Path) -> Batch:
    """Move a finished batch into its folder: flushed, renamed, the manifest last."""
    placed = replace(batch, parquet=folder / PARQUET)
    _flush(batch.parquet)
    batch.parquet.replace(placed.parquet)
    told = asdict(placed) | {"parquet": PARQUET}
    draft = folder / f"{MANIFEST}.part"
    draft.write_text(json.dumps(told, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    _flush(draft)
    draft.replace(folder / MANIFEST)
    return placed


def open_batch(folder: Path) -> Batch:
    """Return the batch that was put into a folder."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise BadInput(
            f"Chưa có lô dữ liệu nào trong «{folder.name}»: đọc tệp nguồn trước.",
            f"There is no batch in {folder.name!r} yet: read the source file first.",
        ) from problem
    told["parquet"] = folder / told["parquet"]
    told["quarantined"] = tuple(Quarantined(**item) for item in told["quarantined"])
    told["skipped"] = tuple(Skipped(**item) for item in told["skipped"])
    told["role_columns"] = {role: tuple(columns) for role, columns in told["role_columns"].items()}
    for name in ("roles", "original_columns", "sheets"):
        told[name] = tuple(told[name])
    return Batch(**told)


def _flush(path: Path) -> None:
    with path.open("rb") as handle:
        os.fsync(handle.fileno())
