"""Folders that are made once a run, whichever worker asks first; the others wait for it."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

ROOT = "DEAN06_TEST_ROOT"


def once(name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder of the run, made by the first who asks; where making failed, the next one tries anew."""
    folder = Path(os.environ[ROOT]) / "once" / name
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = folder.with_name(f"{name}.half")
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            make(half)
            half.rename(folder)
    return folder
