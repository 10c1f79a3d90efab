"""A batch at rest: its Parquet file and, written last, the manifest that says it is whole."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

from dean06.clock.errors import BadInput
from dean06.sources.types import Batch, Quarantined, Skipped

MANIFEST = "batch.json"
_DRAFT = ".intake-"


def workplace(folder: Path) -> Path:
    """Make a private directory beside the batch to be; what a killed process of this machine left there is removed."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in folder.glob(f"{_DRAFT}*"):
        owner = left.name.removeprefix(_DRAFT).split("-")[0]
        if owner.isdigit() and not _alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_DRAFT}{os.getpid()}-", dir=folder))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def put(batch: Batch, folder: Path) -> Batch:
    """Move a finished batch into its folder: flushed, renamed, the manifest last.

    The file is named by what was read, so two reads at once cannot exchange each other's rows.
    """
    placed = replace(batch, parquet=folder / f"batch-{batch.contract_id}-{batch.file_sha256[:16]}.parquet")
    _flush(batch.parquet)
    told = asdict(placed) | {"parquet": placed.parquet.name}
    draft = batch.parquet.with_name(MANIFEST)
    draft.write_text(json.dumps(told, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    _flush(draft)
    batch.parquet.replace(placed.parquet)
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
