"""Reading the body of an edited .docx as sections: the style of each paragraph says what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docx.oxml.xmlchemy import BaseOxmlElement

from dean06.papers.docx.package import W, local, on, value
from dean06.papers.docx.styles import LOOKS
from dean06.papers.docx.text import Reader
from dean06.papers.printing.flow import HEADINGS, LEADS, PARAGRAPH_MARK, SECTION_MARK, Style, key_of
from dean06.papers.writing.document import Paper
from dean06.papers.writing.sections import (
    Align,
    Block,
    BulletList,
    Cell,
    Column,
    Inline,
    Paragraph,
    Ref,
    Run,
    Section,
    Table,
    Words,
    blocks_of,
    gathered,
    plain,
)
from dean06.papers.writing.sections import Outline as Numbering
from dean06.papers.writing.wording import ENDING

_NAMES = {look.name: key for key, look in LOOKS.items()}
_STYLES = set(Style)
_FIXED = {Style.AUTHORITY, Style.GROUND, Style.ENACTING, Style.ANNEX}
_NUMBERED = re.compile(r"\s*(?:Chương\s+[IVXLC]+|Điều\s+\d+\.|[IVXLC]+\.|\d+\.|[a-zđ]\))\s*", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–]\s*")
_CAPTION = re.compile(r"\s*Bảng\s+\d+\.\s*")
_UNIT = re.compile(r"\s*Đơn vị tính:\s*")
_ENDING = re.compile(r"[ ./;]+\Z")
_ALIGNS = {"right": Align.RIGHT, "end": Align.RIGHT, "center": Align.CENTRE}


@dataclass(slots=True)
class _Part:
    """A section while it is being read."""

    key: str
    title: str
    blocks: list[Block] = field(default_factory=list)
    children: list[_Part] = field(default_factory=list)

    def section(self) -> Section:
        return Section(self.key, self.title, tuple(self.blocks), tuple(child.section() for child in self.children))


@dataclass(slots=True)
class Shared:
    """What the parts of one file share: its reader, what is fixed around the text, and the keys already met."""

    reader: Reader
    head: list[str] = field(default_factory=list)
    fixed: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    at: int = 0

    def texts(self, element: BaseOxmlElement) -> list[str]:
        """Return the letters of an element's paragraphs."""
        paragraphs = element.iter(f"{W}p")
        return [text for text in (self.reader.text(paragraph) for paragraph in paragraphs) if text]


class Outline:
    """One pass through a file: what is fixed, the sections of the paper, and those of what stands behind it."""

    def __init__(self, reader: Reader, paper: Paper) -> None:
        self.shared = Shared(reader)
        self.foot: list[str] = []
        self.main = Body(self.shared, paper.body, paper.outline)
        self.behind = [Body(self.shared, each.body, each.outline) for each in paper.attachments]

    def take(self) -> None:
        """Read everything; what does not fit is left with the reader."""
        reader = self.shared.reader
        first, *others = _pages(reader.opened.body)
        tables = [at for at, element in enumerate(first) if local(element) == "tbl"]
        if len(tables) < 2:
            reader.misfit("tệp", ("mau", "không còn phần đầu hoặc phần chữ ký", "has lost its head or signature"))
            return
        top, last = tables[0], tables[-1]
        self.shared.head += [text for element in first[: top + 1] for text in self.shared.texts(element)]
        self.foot = [text for element in first[last:] for text in self.shared.texts(element)]
        self.main.take(first[top + 1 : last])
        if len(others) != len(self.behind):
            reader.misfit(
                "phụ lục",
                ("phu_luc", "bị thêm hoặc bớt ngắt phần, phụ lục", "an annex or a section break came or went"),
            )
            return
        for part, elements in zip(self.behind, others, strict=True):
            part.take(self._below_head(elements))

    def _below_head(self, elements: list[BaseOxmlElement]) -> list[BaseOxmlElement]:
        """Return what follows the head of an attachment; a text begins with the table of its agency and the motto."""
        if elements and local(elements[0]) == "tbl":
            self.shared.head += self.shared.texts(elements[0])
            return elements[1:]
        return elements


def _pages(body: BaseOxmlElement) -> list[list[BaseOxmlElement]]:
    """Cut a file at its section breaks."""
    pages: list[list[BaseOxmlElement]] = [[]]
    for child in body:
        if local(child) in ("sectPr", "bookmarkStart", "bookmarkEnd", "proofErr"):
            continue
        pages[-1].append(child)
        if child.find(f"{W}pPr/{W}sectPr") is not None:
            pages.append([])
    return pages


class Body:
    """The sections of one body while it is being read; `known` are the tables that stood in it."""

    def __init__(self, shared: Shared, body: tuple[Block | Section, ...], numbering: Numbering) -> None:
        self.reader = shared.reader
        self.closing: Paragraph | None = None
        self._shared = shared
        self._above = numbering.above
        self._opening: list[Block] = []
        self._tops: list[_Part] = []
        self._path: list[_Part] = []
        self._caption = ""
        self._unit = ""
        self._known = [block for block in blocks_of(body) if isinstance(block, Table)]
        self._last = _last_words(body)

    def take(self, elements: list[BaseOxmlElement]) -> None:
        """Read the elements of this body."""
        for element in elements:
            self._element(element)
        self._no_caption_left()

    def body(self) -> tuple[Block | Section, ...]:
        """Return the body that was read, without the `./.` of its end."""
        return (*gathered(tuple(self._opening)), *(part.section() for part in self._tops))

    def _element(self, element: BaseOxmlElement) -> None:
        name = local(element)
        if name == "p":
            key = _NAMES.get(self.reader.style(element), Style.BODY.value)
            if key not in _STYLES:
                self._shared.head.extend(self._shared.texts(element))
            elif Style(key) in _FIXED:
                self._shared.fixed.extend(self._shared.texts(element))
            else:
                self._shared.at += 1
                self._paragraph(element, Style(key))
        elif name == "tbl":
            self._shared.at += 1
            self._table(element)
        elif name:
            self.reader.unfit(name, self._where())

    def _where(self) -> str:
        return f"đoạn thứ {self._shared.at} của thân văn bản"

    def _paragraph(self, element: BaseOxmlElement, style: Style) -> None:
        words = self.reader.words(element, self._where())
        if style is not Style.CLOSING and plain(words).endswith(ENDING):
            words = _unended(words, self._last)
        text = plain(words)
        if not words:
            return
        if style is Style.UNIT or (self._caption and _UNIT.match(text)):
            self._unit = _UNIT.sub("", text, count=1)
            return
        self._no_caption_left()
        key = self._mark(element, PARAGRAPH_MARK)
        if style is Style.CAPTION or _CAPTION.match(text):
            self._caption = _CAPTION.sub("", text, count=1)
        elif style is Style.CHAPTER or style in HEADINGS:
            depth = 1 if style is Style.CHAPTER else HEADINGS.index(style) + 1 + self._above
            self._open_part(element, depth, _NUMBERED.sub("", text, count=1))
        elif style in LEADS:
            part = self._open_part(element, LEADS.index(style) + 1 + self._above, "")
            self._append(part.blocks if part else self._blocks(), _without(words, _NUMBERED), key)
        elif style is Style.CLOSING:
            ended = _ended(words)
            self.closing = Paragraph(ended, key) if ended else None
        else:
            self._running(element, style, words, key)

    def _running(self, element: BaseOxmlElement, style: Style, words: Words, key: str) -> None:
        listed = self.reader.list_of(element)
        if listed and listed not in self.reader.opened.bullets:
            self.reader.misfit(
                self._where(),
                ("danh_so", "dùng đánh số tự động; hãy gõ số bằng tay", "uses automatic numbering"),
            )
        if style is Style.BULLET or listed:
            item = _without(words, _DASH)
            if item:
                self._blocks().append(BulletList((item,)))
        else:
            self._append(self._blocks(), words, key)

    def _append(self, blocks: list[Block], words: Words, key: str) -> None:
        if words:
            blocks.append(Paragraph(words, key))

    def _blocks(self) -> list[Block]:
        return self._path[-1].blocks if self._path else self._opening

    def _open_part(self, element: BaseOxmlElement, depth: int, title: str) -> _Part | None:
        if not 1 <= depth <= len(self._path) + 1:
            self.reader.misfit(self._where(), ("cap_muc", "mục bị nhảy cấp", "a section skips a level"))
            return None
        part = _Part(self._mark(element, SECTION_MARK) or self._new_key(), title)
        self._path[depth - 1 :] = [part]
        (self._path[depth - 2].children if depth > 1 else self._tops).append(part)
        return part

    def _mark(self, element: BaseOxmlElement, prefix: str) -> str:
        for start in element.iter(f"{W}bookmarkStart"):
            name = value(start, "name")
            if name.startswith(prefix) and name not in self._shared.keys:
                self._shared.keys.add(name)
                return key_of(name, prefix)
        return ""

    def _new_key(self) -> str:
        return f"moi-{self._shared.at}"

    def _no_caption_left(self) -> None:
        if self._caption:
            self.reader.misfit(self._where(), ("ten_bang", "có tên bảng nhưng không có bảng", "a caption has no table"))
        self._caption = self._unit = ""

    def _table(self, element: BaseOxmlElement) -> None:
        if not self._caption:
            self.reader.misfit(
                self._where(),
                ("bang", "bảng không có tên; hãy đặt tên dạng “Bảng 1. …” ngay trên bảng", "a table has no caption"),
            )
            return
        rows = [self._row(row) for row in element.findall(f"{W}tr")]
        titles = tuple(plain(cell) for cell in rows[0]) if rows else ()
        if not all(titles) or len(rows) < 2 or any(len(row) != len(titles) for row in rows):
            self.reader.misfit(
                self._where(), ("bang", "bảng có ô gộp, thiếu tên cột hoặc thiếu dòng", "an uneven table")
            )
        else:
            self._blocks().append(self._made(element, titles, rows[1:]))
        self._caption = self._unit = ""

    def _made(self, element: BaseOxmlElement, titles: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Table:
        for at, table in enumerate(self._known):
            if tuple(column.title for column in table.columns) == titles:
                self._known.pop(at)
                columns, total = table.columns, table.total and all(map(_bold, rows[-1]))
                break
        else:
            columns, total = self._columns(element, titles), False
        if total:
            rows[-1] = tuple(_light(cell) for cell in rows[-1])
        return Table(self._caption, columns, tuple(rows), self._unit, total)

    def _columns(self, element: BaseOxmlElement, titles: tuple[str, ...]) -> tuple[Column, ...]:
        widths = [max(int(value(each, "w") or 1), 1) for each in element.findall(f"{W}tblGrid/{W}gridCol")]
        if len(widths) != len(titles):
            widths = [1] * len(titles)
        lines = [cell.find(f"{W}p/{W}pPr/{W}jc") for cell in element.findall(f"{W}tr")[1].findall(f"{W}tc")]
        mean = sum(widths) / len(widths)
        return tuple(
            Column(title, max(round(width / mean, 2), 0.05), _ALIGNS.get(value(line), Align.LEFT))
            for title, width, line in zip(titles, widths, lines, strict=True)
        )

    def _row(self, row: BaseOxmlElement) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for child in row.findall(f"{W}tc"):
            properties = child.find(f"{W}tcPr")
            merged = properties is not None and (
                properties.find(f"{W}vMerge") is not None or value(properties.find(f"{W}gridSpan")) not in ("", "1")
            )
            if merged or child.find(f"{W}tbl") is not None:
                self.reader.misfit(
                    self._where(), ("bang", "bảng có ô gộp hoặc bảng lồng", "merged cells or a table in one")
                )
            words: list[Inline] = []
            for paragraph in child.findall(f"{W}p"):
                words.extend((*([Run(" ")] if words else []), *self.reader.words(paragraph, self._where())))
            cells.append(tuple(words))
        if on(row.find(f"{W}trPr"), "del") or on(row.find(f"{W}trPr"), "ins"):
            self.reader.unfit("ins", self._where())
        return tuple(cells)


def _without(words: Words, label: re.Pattern[str]) -> Words:
    """Drop the number or dash that the paper puts before the words; it may run over several runs."""
    found = label.match("".join(word.text if isinstance(word, Run) else "\0" for word in words))
    left, kept = (found.end() if found else 0), list[Inline]()
    for word in words:
        if isinstance(word, Run):
            cut = min(left, len(word.text))
            left -= cut
            kept.append(Run(word.text[cut:], word.bold, word.italic))
        else:
            kept.append(word)
    return Paragraph(tuple(kept)).words if any(word.text.strip() for word in kept) else ()


def _ended(words: Words) -> Words:
    """Drop `./.`, which the paper writes itself."""
    kept = list(words)
    while kept and isinstance(kept[-1], Run):
        last = kept[-1]
        text = _ENDING.sub("", last.text)
        if text:
            kept[-1] = Run(text, last.bold, last.italic)
            break
        kept.pop()
    return tuple(kept)


def _unended(words: Words, before: Words) -> Words:
    """Put back what stood where `./.` was printed: what the body ended with before, else a full stop."""
    ended, kept = _ended(words), _ended(before)
    stop = plain(before)[len(plain(kept)) :] if kept and plain(ended).endswith(plain(kept)) else "."
    last = ended[-1] if ended else None
    return (*ended, Run(stop, last.bold, last.italic) if isinstance(last, Run) else Run(stop))


def _last_words(body: tuple[Block | Section, ...]) -> Words:
    """Return the words that end a body, before `./.` is put behind them."""
    last = next(iter(blocks_of(body)[::-1]), None)
    match last:
        case Paragraph(words=words):
            return words
        case BulletList(items=items):
            return items[-1]
        case _:
            return ()


def _bold(cell: Cell) -> bool:
    return all(word.bold or not word.text.strip() for word in cell)


def _light(cell: Cell) -> Cell:
    return tuple(
        Ref(word.text, word.ref) if isinstance(word, Ref) else Run(word.text, italic=word.italic) for word in cell
    )
