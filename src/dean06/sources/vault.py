"""The folders of the vault that this room writes to."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

__all__ = ["private", "vault"]


def vault() -> Path:
    """Return the vault of this installation."""
    return Path(settings.HOME) / "vault"


def private(folder: Path) -> Path:
    """Make a folder of the vault, and those above it, for their owner alone."""
    for part in (*reversed(folder.parents), folder):
        part.mkdir(mode=0o700, exist_ok=True)
    return folder
