"""The body of a paper as the lines that are printed, in order, each with its style; both renderers walk this."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from dean06.papers.writing.attachments import Attached, Attachment
from dean06.papers.writing.document import Paper
from dean06.papers.writing.sections import (
    Block,
    BulletList,
    Outline,
    Paragraph,
    Ref,
    Run,
    Section,
    Table,
    Words,
    opening_of,
    sections_of,
)
from dean06.papers.writing.wording import ENDING, POINTS, listed, roman


class Style(StrEnum):
    """What a line is; the .docx has a paragraph style for each."""

    AUTHORITY = "authority"
    GROUND = "ground"
    ENACTING = "enacting"
    CHAPTER = "chapter"
    HEADING_1 = "heading1"
    HEADING_2 = "heading2"
    HEADING_3 = "heading3"
    LEAD_1 = "lead1"
    LEAD_2 = "lead2"
    LEAD_3 = "lead3"
    BODY = "body"
    BULLET = "bullet"
    CAPTION = "caption"
    UNIT = "unit"
    ANNEX = "annex"
    CLOSING = "closing"


HEADINGS = (Style.HEADING_1, Style.HEADING_2, Style.HEADING_3)
LEADS = (Style.LEAD_1, Style.LEAD_2, Style.LEAD_3)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as printed. `marks` name the section it opens and the paragraph it is; `level` is its outline."""

    style: Style
    words: Words
    label: str = ""
    label_bold: bool = False
    marks: tuple[str, ...] = ()
    level: int = 0

    def text(self) -> str:
        """Return the line as a reader sees it, reference codes included."""
        shown = "".join(f"{word.text}[{word.ref}]" if isinstance(word, Ref) else word.text for word in self.words)
        return f"{self.label}{shown}"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed; on a page that lies on its side it is as wide as that page."""

    table: Table
    landscape: bool = False


def flow(paper: Paper) -> tuple[Line | Grid, ...]:
    """Return everything between the head and the signature."""
    items = [*_legal(paper), *_body(paper.body, paper.outline, _Counter()), *_annexes(paper)]
    if paper.closing is not None:
        items.append(Line(Style.CLOSING, paper.closing.words, marks=paragraph_mark(paper.closing.key)))
    return _ended(items)


def attached_flow(attachment: Attachment) -> tuple[Line | Grid, ...]:
    """Return the text of an attachment below its head; its tables are numbered by themselves."""
    items = [*_body(attachment.body, attachment.outline, _Counter(landscape=attachment.landscape))]
    return _ended(items) if attachment.form is Attached.TEXT else tuple(items)


class _Counter:
    """Numbers the tables through a body, and the articles through its chapters."""

    def __init__(self, *, landscape: bool = False) -> None:
        self.tables = 0
        self.articles = 0
        self.landscape = landscape


def _body(body: tuple[Block | Section, ...], outline: Outline, count: _Counter) -> Iterator[Line | Grid]:
    for block in opening_of(body):
        yield from _block(block, count)
    for at, section in enumerate(sections_of(body), start=1):
        yield from _section(section, outline, 1, at, 1, count)


SECTION_MARK = "muc_"
PARAGRAPH_MARK = "doan_"
_PLAIN = {"_": "__", ".": "_d", "-": "_h"}
_MARKED = {written: plain for plain, written in _PLAIN.items()}


def section_mark(key: str) -> tuple[str, ...]:
    """Write a section's key as a bookmark: letters, digits and underscores alone."""
    return (SECTION_MARK + "".join(_PLAIN.get(letter, letter) for letter in key),)


def paragraph_mark(key: str) -> tuple[str, ...]:
    """Write a paragraph's key as a bookmark, if it has one."""
    return (PARAGRAPH_MARK + "".join(_PLAIN.get(letter, letter) for letter in key),) if key else ()


def key_of(mark: str, prefix: str) -> str:
    """Read a key back from its bookmark."""
    return re.sub(r"_[_dh]", lambda found: _MARKED[found.group()], mark.removeprefix(prefix))


def label(outline: Outline, depth: int, at: int) -> str:
    """Write the number of a section: I. or Điều 1., then 1., then a); above articles Chương I."""
    place = depth - 1 - outline.above
    if place < 0:
        return f"Chương {roman(at)}"
    if place == 0:
        return f"{roman(at)}." if outline is Outline.MUC else f"Điều {at}."
    return f"{at}." if place == 1 else f"{POINTS[at - 1]})"


def _legal(paper: Paper) -> Iterator[Line | Grid]:
    if paper.authority:
        yield Line(Style.AUTHORITY, (Run(paper.authority, bold=True),))
    for ground in listed(paper.grounds, dash=""):
        yield Line(Style.GROUND, (Run(ground, italic=True),))
    if paper.type.enacting:
        yield Line(Style.ENACTING, (Run(paper.type.enacting, bold=True),))


def _section(
    section: Section, outline: Outline, depth: int, at: int, level: int, count: _Counter
) -> Iterator[Line | Grid]:
    place = depth - 1 - outline.above
    if outline is Outline.CHUONG and place == 0:
        count.articles += 1
        at = count.articles
    number = f"{label(outline, depth, at)} "
    blocks, marks = section.blocks, section_mark(section.key)
    if section.title:
        bold = place < 2
        style = Style.CHAPTER if place < 0 else HEADINGS[place]
        yield Line(style, (Run(section.title, bold=bold),), number, bold, marks, level)
    else:
        opening, blocks = blocks[0], blocks[1:]
        if isinstance(opening, Paragraph):
            bold = outline is not Outline.MUC and place == 0
            marks += paragraph_mark(opening.key)
            yield Line(LEADS[place], opening.words, number, bold, marks)
    for block in blocks:
        yield from _block(block, count)
    below = level + 1 if section.title else level
    for child_at, child in enumerate(section.children, start=1):
        yield from _section(child, outline, depth + 1, child_at, below, count)


def _block(block: Block, count: _Counter) -> Iterator[Line | Grid]:
    match block:
        case Paragraph(words=words, key=key):
            yield Line(Style.BODY, words, marks=paragraph_mark(key))
        case BulletList(items=items):
            for item in items:
                yield Line(Style.BULLET, item, "- ")
        case Table():
            count.tables += 1
            yield Line(Style.CAPTION, (Run(block.caption, bold=True),), f"Bảng {count.tables}. ", label_bold=True)
            if block.unit:
                yield Line(Style.UNIT, (Run(f"Đơn vị tính: {block.unit}", italic=True),))
            yield Grid(block, count.landscape)


def _annexes(paper: Paper) -> Iterator[Line | Grid]:
    for annex in paper.annexes:
        digest = " ".join(annex.sha256[at : at + 8] for at in range(0, 64, 8))
        text = f"Kèm theo: {annex.title} (tệp {annex.file_name}; mã kiểm tra SHA-256: {digest})."
        yield Line(Style.ANNEX, (Run(text, italic=True),))


def _ended(items: list[Line | Grid]) -> tuple[Line | Grid, ...]:
    """Put `./.` after the last words of the body (Appendix I, part I, II.6)."""
    last = items[-1]
    if isinstance(last, Grid) or last.style in (*HEADINGS, Style.CHAPTER):
        return (*items, Line(Style.CLOSING, (Run(ENDING),)))
    words = last.words
    tail = words[-1]
    if isinstance(tail, Run):
        words = (*words[:-1], Run(tail.text.rstrip(" ./;") + ENDING, tail.bold, tail.italic))
    else:
        words = (*words, Run(ENDING))
    return (*items[:-1], replace(last, words=words))
