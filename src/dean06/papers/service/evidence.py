"""The face of files that show what other rooms say: kept by their checksum; what is marked as secret is refused."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from dean06.clock.errors import BadInput
from dean06.papers import store
from dean06.papers.secrecy import marked, marked_file

SUFFIXES = ("pdf", "docx", "xlsx", "png", "jpg")
MOST = 20_000_000
HEADS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "png": b"\x89PNG\r\n", "jpg": b"\xff\xd8\xff"}
ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/RichMedia")

__all__ = ["SUFFIXES", "Secret", "Taken", "keep", "marked", "marked_file", "path", "refuse_secrets"]


class Secret(BadInput):
    """A text or file bears a mark of secrecy: it is refused by name, and nothing of it is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file as it was kept: its checksum, suffix and size in bytes."""

    sha256: str
    suffix: str
    size: int


def keep(data: bytes, file_name: str) -> Taken:
    """Keep a file; refused where it is no document of a kind taken here, carries what runs by itself, or is secret."""
    suffix = file_name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if suffix not in SUFFIXES:
        raise BadInput(
            f"Tệp «.{suffix}» không nhận được: chọn {', '.join(SUFFIXES)}.",
            f"A .{suffix} file is not taken: choose {', '.join(SUFFIXES)}.",
        )
    if not data or len(data) > MOST:
        raise BadInput("Tệp rỗng hoặc lớn quá 20 MB.", "The file is empty or larger than 20 MB.")
    if not data.startswith(HEADS[suffix]):
        raise BadInput(
            f"Nội dung tệp không phải .{suffix}: lưu lại đúng loại rồi gửi.",
            f"The content is no .{suffix}: save it as what it says it is.",
        )
    _refuse_active(data, suffix)
    refuse_secrets(marked_file(data, suffix))
    return Taken(sha256=store.keep(data, suffix), suffix=suffix, size=len(data))


def path(sha256: str, suffix: str) -> Path:
    """Return where a kept file lies, after checking its bytes."""
    return store.path_of(sha256, suffix)


def refuse_secrets(level: str | None) -> None:
    """Refuse what is marked with a level of state secrets, by its name."""
    if level is not None:
        raise Secret(
            f"Nội dung mang dấu độ mật «{level}»: hệ thống không nhận bí mật nhà nước, không giữ lại phần nào. "
            "Xử lý theo quy định bảo vệ bí mật nhà nước, ngoài hệ thống.",
            f"It is marked as a state secret («{level}»): such matter is not taken in, and nothing of it was kept.",
        )


def _refuse_active(data: bytes, suffix: str) -> None:
    if suffix == "pdf" and any(word in data for word in ACTIVE):
        raise BadInput(
            "Tệp PDF có mã lệnh hoặc tệp đính kèm tự chạy: in lại thành PDF thường rồi gửi.",
            "The PDF carries code or attachments that run: print it to a plain PDF.",
        )
    if suffix not in ("docx", "xlsx"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [one.lower() for one in package.namelist()]
    except zipfile.BadZipFile as problem:
        raise BadInput("Tệp hỏng: lưu lại rồi gửi.", "The file is damaged: save it again.") from problem
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in name for name in names):
        raise BadInput("Tệp có macro: lưu lại không macro rồi gửi.", "The file carries macros: save it without them.")
