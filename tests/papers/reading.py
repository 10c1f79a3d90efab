"""Reading papers back the way a stranger would: python-docx, pypdf and poppler."""

from __future__ import annotations

import io
import subprocess
import unicodedata
import zipfile
from collections.abc import Callable

from docx import Document
from docx.table import Table
from pypdf import PdfReader

from dean06.papers.printing.flow import Grid, Line, Style, attached_flow, flow
from dean06.papers.writing.document import Paper
from dean06.papers.writing.sections import Ref, Words
from dean06.papers.writing.wording import MOTTO, NATION, RECIPIENTS, attached_head, foot, head


def _shown(words: Words) -> str:
    return "".join(f"{word.text}[{word.ref}]" if isinstance(word, Ref) else word.text for word in words)


def expected_lines(paper: Paper) -> list[str]:
    top, bottom = head(paper), foot(paper)
    lines = [top.copy_mark, *top.parent, *top.issuer, NATION, MOTTO, top.number, *top.about]
    lines += [text for text, _ in top.marks]
    lines += [top.place_date, top.type_name, top.abstract, *top.addressees, *_said(flow(paper))]
    recipients = [RECIPIENTS, *bottom.recipients, bottom.drafter]
    signature = [*bottom.above, *bottom.below]
    second = [*bottom.second_above, *bottom.second_below]
    lines += [*second, *signature, *recipients] if second else [*recipients, *signature]
    for each in paper.attachments:
        above = attached_head(paper, each)
        lines += [*above.parent, *above.issuer, *([NATION, MOTTO] if above.own else [])]
        lines += [above.label, *above.title, *above.abstract, *above.note, *_said(attached_flow(each))]
    return [line for line in lines if line]


def _said(items: tuple[Line | Grid, ...]) -> list[str]:
    lines: list[str] = []
    for item in items:
        if isinstance(item, Grid):
            lines += [column.title for column in item.table.columns]
            lines += [_shown(cell) for row in item.table.rows for cell in row]
        elif item.style is Style.CHAPTER:
            lines += [f"{item.label.strip()}\n{_shown(item.words)}"]
        else:
            lines.append(item.text())
    return lines


def docx_lines(data: bytes) -> list[str]:
    document = Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in document.sections[0].first_page_header.paragraphs]
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            lines += [paragraph.text for row in item.rows for cell in row.cells for paragraph in cell.paragraphs]
        else:
            lines.append(item.text)
    return [line for line in lines if line]


def letters(text: str) -> str:
    """The letters alone: where lines break is the layout's business."""
    return "".join(unicodedata.normalize("NFC", text).split())


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page, its number left out."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    return [page if at == 1 else page.removeprefix(str(at)) for at, page in enumerate(pages, start=1)]


def poppler_pages(data: bytes) -> list[str]:
    """The letters of each page, its number first where it has one."""
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True)
    return [letters(page) for page in done.stdout.decode().split("\f")]


def first_difference(pages: list[str], expected: str, headers: list[str]) -> str:
    """Say where the pages leave the expected letters; a table that runs on may repeat its header first."""
    for at, page in enumerate(pages, start=1):
        bare = [page, *(page.removeprefix(str(own)) for own in range(2, at + 1) if page.startswith(str(own)))]
        starts = [*bare, *(one.removeprefix(header) for one in bare for header in headers if one.startswith(header))]
        fits = [start for start in starts if expected.startswith(start)]
        if not fits:
            at_letter = next((n for n, pair in enumerate(zip(page, expected, strict=False)) if len(set(pair)) > 1), 0)
            near = slice(max(0, at_letter - 20), at_letter + 40)
            return f"page {at}: {page[near]!r} where the text goes on {expected[near]!r}"
        expected = expected.removeprefix(max(fits, key=len))
    return f"left out: {expected!r}" if expected else ""


def table_headers(paper: Paper) -> list[str]:
    flows = (flow(paper), *map(attached_flow, paper.attachments))
    grids = [item.table for items in flows for item in items if isinstance(item, Grid)]
    return [letters("".join(column.title for column in table.columns)) for table in grids]


def rewritten(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """A .docx with one part changed, as another program might have left it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            text = old.read(part).decode()
            new.writestr(part, change(text) if part == name else text)
    return out.getvalue()
