"""Where files of the vault lie, and how one is kept: whole, the same bytes, flushed, for their owner alone."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from dean06.clock.errors import BadInput, Unavailable
from dean06.sources.types import DeliveryInfo

__all__ = ["fingerprint_file", "keep", "kept", "kept_sha256", "private", "vault"]


def vault() -> Path:
    """Return the folder of the vault."""
    return Path(settings.HOME) / "vault"


def fingerprint_file(path: Path) -> str:
    """Return the SHA-256 (hex) of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def private(folder: Path) -> Path:
    """Make a folder of the vault, and those above it, for their owner alone."""
    for part in (*reversed(folder.parents), folder):
        part.mkdir(mode=0o700, exist_ok=True)
    return folder


def kept(shelf: Path) -> Path | None:
    """Return the delivered file of a shelf as it was kept; None where it is gone."""
    found = [path for path in sorted(shelf.glob("goc.*")) if path.suffix != ".part"]
    return found[0] if found else None


def kept_sha256(delivery: DeliveryInfo) -> str:
    """Return the SHA-256 (hex) of a delivery's file as it lies in the vault now; empty where it is gone."""
    file = kept(delivery.directory)
    return fingerprint_file(file) if file else ""


def keep(file: Path, shelf: Path, digest: str) -> None:
    """Copy the file as received into the vault: whole, the same bytes, flushed, read-only."""
    target = shelf / f"goc{file.suffix.lower()}"
    try:
        private(shelf)
        descriptor, draft = tempfile.mkstemp(prefix=".goc-", suffix=".part", dir=shelf)
        try:
            with os.fdopen(descriptor, "wb") as out, file.open("rb") as given:
                shutil.copyfileobj(given, out, 1 << 20)
                out.flush()
                os.fsync(out.fileno())
            if fingerprint_file(Path(draft)) != digest:
                raise BadInput(
                    f"Tệp {file.name} thay đổi trong lúc nhận: nộp lại tệp đã đóng.",
                    f"The file {file.name} changed while it was received: close it and hand it in again.",
                )
            Path(draft).chmod(0o400)
            Path(draft).replace(target)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as problem:
        raise Unavailable(
            f"Không cất được tệp vào kho ({problem.strerror}): giải phóng chỗ rồi nộp lại; chưa có gì được ghi nhận.",
            f"The file cannot be stored ({problem.strerror}): free space and hand it in again; nothing was recorded.",
        ) from problem
