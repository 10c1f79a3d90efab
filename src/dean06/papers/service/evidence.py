"""Files that other rooms keep in the archive, under their checksums: what shows that a task was done, and the like.

Whoever keeps one names it in a column `kept_sha256`, or says with `kept_files` which columns of a model name files,
so that the check of the archive knows it.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from dean06.clock.errors import BadInput
from dean06.papers.docx.opening import opened as opened_docx
from dean06.papers.keeping import store
from dean06.papers.pdf.opening import opened as opened_pdf
from dean06.papers.service.pieces import keep_upload

PROGRAMS = re.compile(r"vbaProject|macrosheets/|activeX/", re.IGNORECASE)

__all__ = ["keep_evidence", "path_of"]


def keep_evidence(data: bytes, file_name: str) -> tuple[str, str]:
    """Keep a file and return its checksum and suffix; a kind not kept here, or with programs in it, is refused."""
    suffix = file_name.rpartition(".")[2].lower()
    if suffix == "pdf":
        opened_pdf(data)
    elif suffix == "docx":
        opened_docx(data)
    elif suffix == "xlsx":
        _without_programs(data, file_name)
    sha256, kept, _ = keep_upload(data, file_name)
    return sha256, kept


def _without_programs(data: bytes, file_name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise BadInput(
            f"Tệp «{file_name}» hỏng: mở bằng Excel, lưu lại rồi gửi.", f"The file {file_name!r} is damaged."
        ) from problem
    if any(PROGRAMS.search(name) for name in names):
        raise BadInput(
            f"Tệp «{file_name}» có macro: lưu thành .xlsx không macro rồi gửi lại.",
            f"The file {file_name!r} carries macros: save it as a plain .xlsx.",
        )


def path_of(sha256: str, suffix: str) -> Path:
    """Return where a kept file lies, its checksum verified."""
    return store.path_of(sha256, suffix)
