"""Reading a .pdf with text: its lines page by page, without page numbers and without what every page repeats."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from dean06.charter.importing import labels, refusals
from dean06.charter.importing.lines import PAGE_GAP, Line, clean, with_room
from dean06.charter.importing.refusals import NotImportable

MOST_PAGES = 300
_FEWEST_LETTERS = 40
_BLANKS = re.compile(r"\s+")
_SLACK = 0.12  # letters differ in width: a line counts as cut short only where clearly more was free

logging.getLogger("pypdf").setLevel(logging.ERROR)


def read_lines(name: str, data: bytes) -> tuple[Line, ...]:
    """Return the lines of a PDF; one that is locked, damaged or scanned is refused."""
    pages = [_rows(text) for text in _texts(name, data)]
    if sum(len(row) for page in pages for row in page) < _FEWEST_LETTERS:
        raise NotImportable(name, refusals.SCANNED_PDF)
    repeated = _repeated(pages)
    lines: list[Line] = []
    for number, page in enumerate(pages, 1):
        kept = _without_furniture(page, repeated)
        lines += [Line(row, f"trang {number}", 0 if at else PAGE_GAP) for at, row in enumerate(kept)]
    return with_room(lines, slack=_SLACK)


def _texts(name: str, data: bytes) -> list[str]:
    try:
        reader = PdfReader(io.BytesIO(data))
        why = _refusal(reader)
        texts = [] if why else [page.extract_text() or "" for page in reader.pages]
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError):
        raise NotImportable(name, refusals.BROKEN_PDF) from None  # the reader meets damage in many shapes
    if why is not None:
        raise NotImportable(name, why)
    return texts


def _refusal(reader: PdfReader) -> tuple[str, str] | None:
    if reader.is_encrypted and not reader.decrypt(""):
        return refusals.LOCKED_PDF
    pages = len(reader.pages)
    return refusals.too_many_pages(pages, MOST_PAGES) if pages > MOST_PAGES else None


def _rows(text: str) -> list[str]:
    return [row for row in (_BLANKS.sub(" ", clean(line)) for line in text.splitlines()) if row]


def _repeated(pages: list[list[str]]) -> set[str]:
    """Return what stands first or last on most pages of a longer file."""
    if len(pages) < 3:
        return set()
    edges = Counter(row for page in pages for row in {*page[:1], *page[-1:]})
    return {row for row, seen in edges.items() if seen * 10 >= len(pages) * 6}


def _without_furniture(page: list[str], repeated: set[str]) -> list[str]:
    rows = list(page)
    while rows and (rows[0] in repeated or labels.is_page_number(rows[0])):
        rows.pop(0)
    while rows and (rows[-1] in repeated or labels.is_page_number(rows[-1])):
        rows.pop()
    return rows
