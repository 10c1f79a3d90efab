"""The body of a paper as a small closed tree: sections, paragraphs, lists, tables, and the runs inside them.

Every number that is counted, not written, is a `Ref`: it carries the code of the line in the annex that proves it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar

from pydantic import ConfigDict

from dean06.papers.errors import PaperRefused
from dean06.papers.printing.letters import printable

REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
KEY = re.compile(r"(?=.{1,28}$)[a-z0-9]+(?:[._-][a-z0-9]+){0,6}")
LAST_MARK = "\u0333"  # marks on letters of Việt Nam's languages that Unicode has not composed, as in Ê-đê
MOST_POINTS = 23  # letters of a Vietnamese list: a, b, c, d, đ … y

_CLOSED = ConfigDict(extra="forbid")


class Outline(StrEnum):
    """How sections are numbered: I/1/a, Điều/1/a as a decision, Chương/Điều/1/a as a regulation, 1/a as a letter."""

    MUC = "muc"
    DIEU = "dieu"
    CHUONG = "chuong"
    KHOAN = "khoan"

    @property
    def above(self) -> int:
        """How many levels stand above I. and Điều 1.; fewer than none where the numbers begin below them."""
        return {Outline.CHUONG: 1, Outline.KHOAN: -1}.get(self, 0)

    @property
    def deepest(self) -> int:
        """How many levels there are."""
        return 3 + self.above


_SPACES = re.compile(r" {2,}")


def clean(text: str, where: str, *, empty: bool = False, trim: bool = True) -> str:
    """Return text in NFC with single spaces; refuse a letter that the paper's font cannot print."""
    composed = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    if trim:
        composed = composed.strip(" ")
    before = ""
    for letter in composed:
        if not _prints(letter, before):
            code = ord(letter)
            raise PaperRefused(
                where,
                f"ký tự U+{code:04X} không in được trên văn bản; hãy bỏ hoặc thay ký tự này",
                f"the character U+{code:04X} cannot be printed on a paper; remove or replace it",
            )
        before = letter
    if not composed and not empty:
        raise PaperRefused(where, "đang để trống; hãy điền nội dung", "is empty; fill it in")
    return composed


def capitals(text: str, where: str, *, empty: bool = False) -> str:
    """Return text in capitals; refuse a letter whose capital cannot be printed."""
    return clean(clean(text, where, empty=empty).upper(), where, empty=empty)


@lru_cache(maxsize=1 << 16)  # each pair of letters is judged once: a paper has thousands of the same few
def _prints(letter: str, before: str) -> bool:
    """Say whether a letter can stand here: in the font, written left to right, a mark only on a letter."""
    category = unicodedata.category(letter)
    if category == "Mn" and not (before.isalpha() or unicodedata.combining(before or " ")):
        return False
    if category == "Mn" and letter > LAST_MARK:
        return False
    return (
        ord(letter) in printable()
        and (category[0] not in "CZ" or letter in " \xa0")
        and unicodedata.bidirectional(letter) not in {"R", "AL", "AN"}
    )


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style."""

    text: str
    bold: bool = False
    italic: bool = False

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text, "đoạn chữ", empty=True, trim=False))


@dataclass(frozen=True, slots=True)
class Ref:
    """A counted number and the code of the annex line that proves it; printed as the number and a raised [code]."""

    text: str
    ref: str
    bold: bool = False

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text, "số liệu có dẫn nguồn"))
        if not REF.fullmatch(self.ref):
            raise PaperRefused(
                "số liệu có dẫn nguồn",
                "mã dẫn nguồn chỉ gồm tối đa 32 chữ cái không dấu, chữ số, dấu chấm, gạch nối, gạch dưới",
                "a reference code has at most 32 plain letters, digits, full stops, hyphens or underscores",
            )


Inline = Run | Ref
Words = tuple[Inline, ...]
Cell = Words


def joined(words: Words) -> Words:
    """Merge neighbouring runs of one style, so that equal text has one form; trim both ends."""
    merged: list[Inline] = []
    for word in words:
        last = merged[-1] if merged else None
        if isinstance(word, Ref) or not isinstance(last, Run):
            merged.append(word)
        elif (last.bold, last.italic) == (word.bold, word.italic) or not word.text.strip(" "):
            merged[-1] = Run(last.text + word.text, last.bold, last.italic)
        else:
            merged.append(word)
    return _trimmed([word for word in merged if word.text])


def _trimmed(words: list[Inline]) -> Words:
    while words and isinstance(words[0], Run):
        first = Run(words[0].text.lstrip(" "), words[0].bold, words[0].italic)
        if first.text:
            words[0] = first
            break
        words.pop(0)
    while words and isinstance(words[-1], Run):
        last = Run(words[-1].text.rstrip(" "), words[-1].bold, words[-1].italic)
        if last.text:
            words[-1] = last
            break
        words.pop()
    return tuple(words)


def plain(words: Words) -> str:
    """Return the words without the reference codes."""
    return "".join(word.text for word in words)


def checked_key(key: str, where: str) -> str:
    """Return a key that can also name a bookmark of a .docx; refuse any other."""
    if not KEY.fullmatch(key):
        raise PaperRefused(
            where,
            "mã chỉ gồm tối đa 28 chữ thường không dấu, chữ số, và tối đa 6 dấu chấm, gạch nối hoặc gạch dưới ở giữa",
            "a key has at most 28 lower-case letters or digits, and at most 6 of . - _ inside",
        )
    return key


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; a key lets an edited file say which paragraph it was."""

    words: Words
    key: str = ""

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", joined(self.words))
        if not self.words:
            raise PaperRefused(
                "đoạn văn", "đang để trống; hãy điền hoặc bỏ đoạn", "is empty; fill or drop the paragraph"
            )


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items, each on a line of its own after a dash."""

    items: tuple[Words, ...]

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(joined(item) for item in self.items))
        if not self.items or not all(self.items):
            raise PaperRefused("danh sách gạch đầu dòng", "có dòng trống; hãy điền hoặc bỏ dòng", "has an empty item")


class Align(StrEnum):
    """How a column of a table stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width, and its alignment."""

    title: str
    share: float = 1.0
    align: Align = Align.LEFT

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", clean(self.title, "tên cột của bảng"))
        if not 0.05 <= self.share <= 100:
            raise PaperRefused("bảng", "tỉ lệ độ rộng cột phải từ 0,05 đến 100", "a column's share must be 0.05 to 100")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the body; `unit` stands over its right edge, `total` sets the last row in bold."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]
    unit: str = ""
    total: bool = False

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        object.__setattr__(self, "caption", clean(self.caption, "tên bảng"))
        object.__setattr__(self, "unit", clean(self.unit, "đơn vị tính của bảng", empty=True))
        object.__setattr__(self, "rows", tuple(tuple(joined(cell) for cell in row) for row in self.rows))
        if not 1 <= len(self.columns) <= 12:
            raise PaperRefused("bảng", "phải có từ 1 đến 12 cột", "must have 1 to 12 columns")
        if not self.rows:
            raise PaperRefused("bảng", "chưa có dòng số liệu nào; hãy bỏ bảng", "has no row; drop the table")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise PaperRefused(
                    f"bảng, dòng {number}",
                    f"có {len(row)} ô trong khi bảng có {len(self.columns)} cột",
                    f"has {len(row)} cells where the table has {len(self.columns)} columns",
                )


Block = Paragraph | BulletList | Table


def gathered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make one list of neighbouring lists: on paper they are one."""
    made: list[Block] = []
    for block in blocks:
        last = made[-1] if made else None
        if isinstance(block, BulletList) and isinstance(last, BulletList):
            made[-1] = BulletList((*last.items, *block.items))
        else:
            made.append(block)
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part; its number comes from its place. Without a title the number leads its first paragraph."""

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    children: tuple[Section, ...] = ()

    __pydantic_config__: ClassVar[ConfigDict] = _CLOSED

    def __post_init__(self) -> None:
        checked_key(self.key, "mục")
        object.__setattr__(self, "title", clean(self.title, f"tiêu đề mục {self.key}", empty=True))
        object.__setattr__(self, "blocks", gathered(self.blocks))
        if not self.title and not (self.blocks and isinstance(self.blocks[0], Paragraph)):
            raise PaperRefused(
                f"mục {self.key}",
                "mục không có tiêu đề thì phải mở đầu bằng một đoạn văn",
                "a section without a title must open with a paragraph",
            )


def prose(text: str, key: str = "") -> Paragraph:
    """Return a plain paragraph."""
    return Paragraph((Run(text),), key)


def cell(text: str, *, bold: bool = False) -> Words:
    """Return the words of a plain table cell."""
    return (Run(text, bold),)


def check_tree(sections: tuple[Section, ...], outline: Outline, where: str = "thân văn bản", depth: int = 1) -> None:
    """Refuse a tree that is too deep, or too long at the level of points."""
    if sections and depth > outline.deepest:
        levels = {2: "hai", 3: "ba", 4: "bốn"}[outline.deepest]
        raise PaperRefused(where, f"văn bản chỉ có {levels} cấp mục", f"a paper has {outline.deepest} levels")
    if depth == outline.deepest and len(sections) > MOST_POINTS:
        raise PaperRefused(where, f"quá {MOST_POINTS} điểm trong một khoản", f"more than {MOST_POINTS} points")
    if depth <= outline.above and not all(section.title for section in sections):
        raise PaperRefused(where, "chương phải có tên", "a chapter has a name")
    for section in sections:
        check_tree(section.children, outline, f"mục {section.key}", depth + 1)


def opening_of(body: tuple[Block | Section, ...]) -> tuple[Block, ...]:
    """Return what stands before the first section."""
    return tuple(part for part in body if not isinstance(part, Section))


def sections_of(body: tuple[Block | Section, ...]) -> tuple[Section, ...]:
    """Return the numbered parts."""
    return tuple(part for part in body if isinstance(part, Section))


def blocks_of(body: tuple[Block | Section, ...]) -> tuple[Block, ...]:
    """Return every block of a body, in reading order."""
    return (*opening_of(body), *(block for part in walk(sections_of(body)) for block in part.blocks))


def checked_body(body: tuple[Block | Section, ...], outline: Outline, where: str) -> tuple[Block | Section, ...]:
    """Return a body in its one form: loose blocks first, neighbouring lists as one."""
    if not body:
        raise PaperRefused(where, "đang để trống", "is empty")
    opening = opening_of(body)
    if any(isinstance(part, Section) for part in body[: len(opening)]):
        raise PaperRefused(where, "đoạn chung phải đứng trước các mục", "loose paragraphs come before sections")
    check_tree(sections_of(body), outline, where)
    return (*gathered(opening), *sections_of(body))


def check_keys(*bodies: tuple[Block | Section, ...]) -> None:
    """Refuse a key that stands twice: an edited file is read back by them."""
    parts = [part for body in bodies for part in walk(sections_of(body))]
    blocks = [block for body in bodies for block in blocks_of(body)]
    paragraphs = [block.key for block in blocks if isinstance(block, Paragraph) and block.key]
    for keys, where in (([part.key for part in parts], "mục"), (paragraphs, "đoạn văn")):
        twice = ", ".join(sorted({key for key in keys if keys.count(key) > 1}))
        if twice:
            raise PaperRefused(where, f"mã bị trùng: {twice}", f"a key stands twice: {twice}")


def walk(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return all sections, each before its children."""
    return tuple(each for section in sections for each in (section, *walk(section.children)))


def words_of(block: Block) -> Words:
    """Return all words of a block in reading order."""
    match block:
        case Paragraph(words=words):
            return words
        case BulletList(items=items):
            return tuple(word for item in items for word in item)
        case Table(rows=rows):
            return tuple(word for row in rows for each in row for word in each)
