"""Reading a file: what it is by its first bytes, its text as lines, and what cannot be read."""

from __future__ import annotations

import hashlib
import importlib
from pathlib import Path

from dean06.charter.importing import refusals
from dean06.charter.importing.lines import Document, Healing, Line, number_lines
from dean06.charter.importing.refusals import NotImportable

MAX_MEGABYTES = 20
MAX_CHARACTERS = 2_000_000  # a thousand pages: no regulation is longer
_MEGABYTE = 1024 * 1024
_READERS = {  # imported only when such a file is read
    "docx": "dean06.charter.importing.word_files",
    "pdf": "dean06.charter.importing.pdf_files",
}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_REFUSED: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (b"\xd0\xcf\x11\xe0", refusals.OLD_WORD),
    (b"{\\rtf", refusals.RICH_TEXT),
    (b"\x89PNG", refusals.PICTURE),
    (b"\xff\xd8\xff", refusals.PICTURE),
    (b"II*\x00", refusals.PICTURE),
    (b"MM\x00*", refusals.PICTURE),
)
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def read_document(path: Path, heal: Healing | None = None) -> Document:
    """Read a .docx, a .pdf with text or a .txt into lines; `heal` turns legacy Vietnamese encodings into Unicode."""
    if not path.is_file():
        raise NotImportable(path.name, refusals.MISSING)
    size = path.stat().st_size
    if size > MAX_MEGABYTES * _MEGABYTE:
        raise NotImportable(path.name, refusals.too_large(size / _MEGABYTE, MAX_MEGABYTES))
    data = path.read_bytes()
    if not data.strip():
        raise NotImportable(path.name, refusals.EMPTY)
    kind = _kind(path.name, data)
    if kind == "txt":
        lines = number_lines(_healed(_text(path.name, data).splitlines(), heal))
    else:
        lines = importlib.import_module(_READERS[kind]).read_lines(path.name, data)
        lines = _healed_lines(lines, heal)
    if not lines:
        raise NotImportable(path.name, refusals.EMPTY)
    if (length := sum(len(line.text) for line in lines)) > MAX_CHARACTERS:
        raise NotImportable(path.name, refusals.too_long(length, MAX_CHARACTERS))
    return Document(path.name, kind, hashlib.sha256(data).hexdigest(), lines)


def _kind(name: str, data: bytes) -> str:
    for sign, why in _REFUSED:
        if data.startswith(sign):
            raise NotImportable(name, why)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    named = name.lower().rpartition(".")[2]
    if named in {"pdf", "docx"} and not data.startswith(b"PK"):
        raise NotImportable(name, refusals.BROKEN_PDF if named == "pdf" else refusals.BROKEN_ZIP)
    return "docx" if data.startswith(_ZIP) else "txt"


def _text(name: str, data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(name, data, encoding)
    if b"\x00" in data[:4096]:
        return _decoded(name, data, "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _decoded(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise NotImportable(name, refusals.NOT_TEXT) from None


def _healed(rows: list[str], heal: Healing | None) -> list[str]:
    return heal(rows) if heal is not None else rows


def _healed_lines(lines: tuple[Line, ...], heal: Healing | None) -> tuple[Line, ...]:
    rows = [line.text for line in lines]
    healed = _healed(rows, heal)
    if healed == rows:
        return lines
    return tuple(
        Line(text, line.place, line.gap, line.whole, line.room) for line, text in zip(lines, healed, strict=True)
    )
