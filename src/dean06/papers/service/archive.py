"""The face of the archive: every file that a row names is there and unchanged."""

from __future__ import annotations

from dean06.papers.keeping.archive import ArchiveReport, verify_all

__all__ = ["ArchiveReport", "verify_all"]
