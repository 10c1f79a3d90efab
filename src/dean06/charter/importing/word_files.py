"""Reading a .docx: paragraphs, breaks, automatic numbering, tables; no headers, footers or deleted text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import NoReturn
from xml.etree import ElementTree as ET

from dean06.charter.importing import labels, refusals
from dean06.charter.importing.lines import Line, clean
from dean06.charter.importing.refusals import NotImportable
from dean06.charter.importing.word_numbering import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MOST_BYTES = 80 * 1024 * 1024
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}txbxContent", _FALLBACK}
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


class _Plain(ET.TreeBuilder):
    """A tree without a document type, so without an entity to expand, in whatever encoding."""

    def doctype(self, name: str, public: str | None, system: str | None) -> NoReturn:
        """Refuse it before anything in it is read."""
        raise ET.ParseError(f"{name}, {public}, {system}")


def read_lines(name: str, data: bytes) -> tuple[Line, ...]:
    """Return the lines of a Word document; a damaged one is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _part(name, archive, "word/document.xml", needed=True)
            numbering = Numbering(_part(name, archive, "word/numbering.xml"), _part(name, archive, "word/styles.xml"))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise NotImportable(name, refusals.BROKEN_ZIP) from None
    return tuple(_lines(body, numbering)) if body is not None else ()


def _part(name: str, archive: zipfile.ZipFile, part: str, *, needed: bool = False) -> ET.Element | None:
    if part not in archive.namelist():
        if needed:
            raise NotImportable(name, refusals.BROKEN_ZIP)
        return None
    if archive.getinfo(part).file_size > _MOST_BYTES:
        raise NotImportable(name, refusals.BROKEN_ZIP)
    try:
        return ET.fromstring(archive.read(part), ET.XMLParser(target=_Plain()))  # noqa: S314  expands no entity
    except ET.ParseError:
        raise NotImportable(name, refusals.BROKEN_ZIP) from None


def _lines(root: ET.Element, numbering: Numbering) -> Iterator[Line]:
    number, empty, articles = 0, 0, False
    for block in _blocks(root):
        table = block.tag == f"{_W}tbl"
        rows = _rows(block, numbering, articles=articles) if table else [(_numbered(block, numbering), False)]
        for text, whole in rows:
            number += 1
            for piece in text.split("\n"):
                line = clean(piece)
                if not line:
                    empty = 1
                    continue
                label = labels.label_of(line)
                articles = articles or (label is not None and label.kind == "article")
                yield Line(line, f"đoạn {number}", 1 + empty, whole)
                empty = 0


def _blocks(root: ET.Element) -> Iterator[ET.Element]:
    """Give paragraphs and tables in order, looking into content controls and insertions."""
    for child in root:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag not in _SKIPPED:
            yield from _blocks(child)


def _rows(table: ET.Element, numbering: Numbering, *, articles: bool) -> list[tuple[str, bool]]:
    """Return a table of figures row by row; a table that only lays out a page, cell by cell."""
    rows = [[list(_paragraphs(cell)) for cell in row] for row in _cells(table)]
    texts = [[[_numbered(each, numbering) for each in cell] for cell in row] for row in rows]
    flat = [text for row in texts for cell in row for text in cell]
    lays_out = any(
        labels.RECIPIENTS.match(text) or labels.SIGNATURE.match(text) or labels.label_of(text) for text in flat
    )
    is_grid = len(rows) > 1 and all(len(row) > 1 and all(len(cell) <= 1 for cell in row) for row in texts)
    if not articles or lays_out or not is_grid:
        return [(text, False) for text in flat]
    return [(" | ".join(" ".join(cell).replace("\n", " ") for cell in row), True) for row in texts]


def _paragraphs(cell: ET.Element) -> Iterator[ET.Element]:
    for block in _blocks(cell):
        if block.tag == f"{_W}p":
            yield block
        else:
            yield from (each for row in _cells(block) for inner in row for each in _paragraphs(inner))


def _cells(table: ET.Element) -> list[list[ET.Element]]:
    return [list(_inner(row, f"{_W}tc")) for row in _inner(table, f"{_W}tr")]


def _inner(node: ET.Element, tag: str) -> Iterator[ET.Element]:
    """Give a table's own rows or a row's own cells, looking into content controls; not those of a table within."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _inner(child, tag)


def _numbered(paragraph: ET.Element, numbering: Numbering) -> str:
    text = "".join(_pieces(paragraph))
    return numbering.label(paragraph) + text if text.strip() else ""


def _pieces(node: ET.Element) -> Iterator[str]:
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}br" and child.get(f"{_W}type") in ("page", "column"):
            yield " "
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield from _pieces(child)
