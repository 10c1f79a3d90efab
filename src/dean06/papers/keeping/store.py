"""The archive: files by their checksum, written whole or not at all, never changed; destroyed only on record."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

from django.conf import settings

from dean06.clock.errors import Unavailable


def _place(sha256: str, suffix: str) -> Path:
    return Path(settings.HOME) / "papers" / sha256[:2] / f"{sha256}.{suffix}"


def keep(content: bytes, suffix: str) -> str:
    """Keep a file and return its SHA-256 (hex); the same bytes are kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = _place(sha256, suffix)
    if path.exists():
        return sha256
    draft = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
    try:
        if not path.parent.is_dir():
            for part in (*reversed(path.parent.parents), path.parent):
                part.mkdir(mode=0o700, exist_ok=True)
        with draft.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        draft.chmod(0o400)
        draft.replace(path)
    except OSError as problem:
        draft.unlink(missing_ok=True)
        raise Unavailable(
            "Không ghi được văn bản vào kho (đĩa đầy hoặc thiếu quyền): giải phóng chỗ rồi làm lại; chưa có gì đổi.",
            "The paper could not be archived (disk full or no permission): free space and try again; nothing changed.",
        ) from problem
    return sha256


def path_of(sha256: str, suffix: str) -> Path:
    """Return where a kept file lies, after checking that its bytes still have their checksum."""
    path = _place(sha256, suffix)
    if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise Unavailable(
            f"Tệp {sha256[:12]}….{suffix} trong kho thiếu hoặc đã bị đổi: khôi phục từ bản sao lưu.",
            f"The archived file {sha256[:12]}….{suffix} is missing or was changed: restore it from a backup.",
        )
    return path


def lies(sha256: str, suffix: str) -> bool:
    """Say whether a file lies in the archive."""
    return _place(sha256, suffix).exists()


def drop(sha256: str, suffix: str) -> None:
    """Destroy a kept file; what is gone already stays gone."""
    _place(sha256, suffix).unlink(missing_ok=True)
