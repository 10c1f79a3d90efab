"""What the workbook reader does not tell of a sheet: formulas that failed or were never worked out, and its extent.

Failed formulas come out empty, and a row must not lose them unseen; one forgotten cell at the far corner of a sheet
would make the reader fill a table of billions of cells. Only these marks are looked for; nothing else is parsed here.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

_BLOCK = 1 << 20
_LARGEST_PART = 4 << 20
_CELL = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>(.*?)</c>', re.DOTALL)
_UNWORKED = re.compile(rb"<c\b([^>]*)>\s*<f\b[^>]*>[^<]*</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_EMPTY_TEXT = b't="str"'
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_FAR = re.compile(rb'<c\b[^>]*?\br="([A-Z]{2,3})\d+"[^>]*[^/]>')
_FILLED = re.compile(rb'<c\b[^>]*?\br="[A-Z]{1,3}(\d+)"[^>]*[^/]>')
_VALUE = re.compile(rb"<v>(#[^<]{1,12})</v>")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_UNREADABLE = (
    KeyError,
    OSError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    ET.ParseError,
    NotImplementedError,
    EOFError,
)


@dataclass(slots=True)
class Marks:
    """The marks of one sheet: failed cells (0-based row and column), its last filled row and widest filled column."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 26


def sheet_marks(path: Path) -> dict[str, Marks]:
    """Return the marks of each sheet of an .xlsx by title."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {title: _marks(archive, part) for title, part in _parts(archive)}
    except _UNREADABLE:
        return {}  # the workbook reader itself then says what is wrong


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    book = _xml(archive, "xl/workbook.xml")
    links = _xml(archive, "xl/_rels/workbook.xml.rels")
    targets = {link.get("Id"): link.get("Target", "") for link in links.iter(f"{_PACKAGE}Relationship")}
    names = set(archive.namelist())
    for sheet in book.iter(f"{_MAIN}sheet"):
        part = posixpath.normpath(posixpath.join("xl", targets.get(sheet.get(_LINK), ""))).lstrip("/")
        if part in names and "worksheets/" in part:
            yield sheet.get("name", ""), part


def _xml(archive: zipfile.ZipFile, part: str) -> ET.Element:
    with archive.open(part) as handle:
        text = handle.read(_LARGEST_PART)
    if b"<!ENTITY" in text or b"<!DOCTYPE" in text:
        raise ValueError("entities are not read")
    return ET.fromstring(text)  # noqa: S314  entities were refused above


def _marks(archive: zipfile.ZipFile, part: str) -> Marks:
    marks = Marks()
    with archive.open(part) as handle:
        rest = b""
        while block := handle.read(_BLOCK):
            text = rest + block
            cut = text.rfind(b"</row>") + 1
            whole, rest = text[:cut], text[cut:]
            _note(whole, marks)
        _note(rest, marks)
    return marks


def _note(text: bytes, marks: Marks) -> None:
    marks.errors.update(_failed(text))
    marks.columns = max([marks.columns, *(_column(letters) + 1 for letters in set(_FAR.findall(text)))])
    end = text.rfind(b"</c>")
    filled = _FILLED.findall(text, max(0, end - 4000), max(0, end))
    marks.rows = max([marks.rows, *map(int, filled[-1:])])


def _failed(text: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if b't="e"' in text:
        for attributes, content in _CELL.findall(text):
            value = _VALUE.search(content)
            yield from _at(attributes, value[1].decode("ascii", "replace") if value else "#VALUE!")
    if b"</f>" in text:
        for attributes in _UNWORKED.findall(text):
            if _EMPTY_TEXT not in attributes:
                yield from _at(attributes, "#N/A")


def _at(attributes: bytes, shown: str) -> Iterator[tuple[tuple[int, int], str]]:
    reference = _REFERENCE.search(attributes)
    if reference:
        yield (int(reference[2]) - 1, _column(reference[1])), shown


def _column(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + letter - 64
    return at - 1
