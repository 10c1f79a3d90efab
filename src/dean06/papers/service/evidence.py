"""Files that other rooms keep in the archive, under their checksums: what shows that a task was done, and the like.

Whoever keeps one names it in a column `kept_sha256`, so that the check of the archive knows it.
"""

from __future__ import annotations

from pathlib import Path

from dean06.papers.docx.opening import opened as opened_docx
from dean06.papers.keeping import store
from dean06.papers.pdf.opening import opened as opened_pdf
from dean06.papers.service.pieces import keep_upload

__all__ = ["keep_evidence", "path_of"]


def keep_evidence(data: bytes, file_name: str) -> tuple[str, str]:
    """Keep a file and return its checksum and suffix; a kind not kept here, or one with programs in it, is refused."""
    suffix = file_name.rpartition(".")[2].lower()
    if suffix == "pdf":
        opened_pdf(data)
    elif suffix == "docx":
        opened_docx(data)
    sha256, kept, _ = keep_upload(data, file_name)
    return sha256, kept


def path_of(sha256: str, suffix: str) -> Path:
    """Return where a kept file lies, its checksum verified."""
    return store.path_of(sha256, suffix)
