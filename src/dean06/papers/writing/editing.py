"""The body of a paper as plain text for a browser's boxes, one box a section, and back.

A line is a paragraph; a line that opens with `- ` is an item of a list; `[[Bảng 1]]` alone on a line is a table, which
stays what the facts made it. Inside a line `**bold**`, `__italic__` and `[[18.244|S26]]`, a counted number with the
code that proves it; a backslash takes the next mark as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dean06.papers.errors import PaperRefused
from dean06.papers.writing.document import Paper
from dean06.papers.writing.sections import Block, BulletList, Paragraph, Ref, Run, Section, Table, Words, walk

OPENING, CLOSING = "mo_dau", "ket"
_TABLE = re.compile(r"\[\[Bảng (\d+)\]\]")
_TOKEN = re.compile(
    r"(?P<bold>\*\*)|(?P<italic>__)|\[\[(?P<number>(?:\\.|[^\\\]|])+)\|(?P<code>[A-Za-z0-9._-]+)\]\]"
    r"|\\(?P<plain>.)|(?P<text>[^\\*_\[]+|.)"
)
_MARKS = re.compile(r"[\\*_\[\]|]")

__all__ = ["CLOSING", "OPENING", "Passage", "passages", "rewritten"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One box: the section's key, its depth (0 for what stands outside the sections), title and text."""

    key: str
    depth: int
    title: str
    text: str


def passages(paper: Paper) -> tuple[Passage, ...]:
    """Return the boxes of a paper: what opens it, each section before its children, the closing words."""
    tables = _tables(paper)
    made = [Passage(OPENING, 0, "", _text(paper.opening, tables))] if paper.opening else []
    made.extend(_passages(paper.sections, 1, tables))
    if paper.closing is not None:
        made.append(Passage(CLOSING, 0, "", _line(paper.closing.words)))
    return tuple(made)


def _passages(sections: tuple[Section, ...], depth: int, tables: list[Table]) -> Iterator[Passage]:
    for section in sections:
        yield Passage(section.key, depth, section.title, _text(section.blocks, tables))
        yield from _passages(section.children, depth + 1, tables)


def rewritten(paper: Paper, given: Mapping[str, tuple[str, str]]) -> Paper:
    """Return the paper with the titles and texts that were typed, by key; a section left empty goes, with its children.

    Raises:
        PaperRefused: a table is gone, stands twice or was never there; a number was changed; a mark has no end.
    """
    body = _Body(paper, given)
    opening = body.blocks(OPENING, paper.opening) if paper.opening else ()
    sections = tuple(body.sections(paper.sections))
    closing = paper.closing
    if closing is not None and CLOSING in given:
        words = _words(given[CLOSING][1].strip(), "lời kết")
        closing = Paragraph(words, closing.key) if words else None
    made = replace(paper, body=(*opening, *sections), closing=closing)
    _same_tables(_tables(paper), _tables(made))
    _same_numbers(paper, made)
    return made


class _Body:
    """Builds the sections anew from what was typed, a table in the place where its mark stands."""

    def __init__(self, paper: Paper, given: Mapping[str, tuple[str, str]]) -> None:
        self._tables = _tables(paper)
        self._given = given

    def sections(self, sections: tuple[Section, ...]) -> Iterator[Section]:
        for section in sections:
            if section.key not in self._given:
                yield replace(section, children=tuple(self.sections(section.children)))
                continue
            title = " ".join(self._given[section.key][0].split())
            blocks = self.blocks(section.key, section.blocks)
            if title or blocks:
                yield replace(section, title=title, blocks=blocks, children=tuple(self.sections(section.children)))

    def blocks(self, key: str, before: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return the blocks that a text says; a paragraph keeps the key of the one that stood in its place."""
        if key not in self._given:
            return before
        keys = iter([block.key for block in before if isinstance(block, Paragraph)])
        made: list[Block] = []
        for line in self._given[key][1].splitlines():
            text = line.strip()
            if not text:
                continue
            table = _TABLE.fullmatch(text)
            if table:
                made.append(self._table(int(table[1])))
            elif text.startswith("- "):
                made.append(BulletList((_words(text[2:], f"mục {key}"),)))
            else:
                made.append(Paragraph(_words(text, f"mục {key}"), next(keys, "")))
        return tuple(made)

    def _table(self, number: int) -> Table:
        if not 1 <= number <= len(self._tables):
            raise PaperRefused(
                f"Bảng {number}",
                "văn bản không có bảng này; bảng lấy từ thông tin văn bản",
                "the paper has no such table; tables come from its facts",
            )
        return self._tables[number - 1]


def _tables(paper: Paper) -> list[Table]:
    blocks = [*paper.opening, *(block for section in walk(paper.sections) for block in section.blocks)]
    return [block for block in blocks if isinstance(block, Table)]


def _same_tables(before: list[Table], after: list[Table]) -> None:
    for number, table in enumerate(before, start=1):
        times = sum(1 for one in after if one is table)
        if times != 1:
            raise PaperRefused(
                f"Bảng {number}",
                f"phải còn đúng một dòng [[Bảng {number}]]; hiện có {times}",
                f"wants exactly one line [[Bảng {number}]]; there are {times}",
            )


def _same_numbers(before: Paper, after: Paper) -> None:
    known = {(ref.ref, ref.text) for ref in before.refs()}
    for ref in after.refs():
        if (ref.ref, ref.text) not in known:
            raise PaperRefused(
                f"số liệu {ref.ref}",
                "khác số đã tính; số liệu có mã dẫn chỉ đổi theo nguồn, không sửa tay",
                "differs from the counted number; it follows its source and is not edited by hand",
            )


def _text(blocks: tuple[Block, ...], tables: list[Table]) -> str:
    return "\n".join(line for block in blocks for line in _lines(block, tables))


def _lines(block: Block, tables: list[Table]) -> Iterator[str]:
    match block:
        case Paragraph(words=words):
            line = _line(words)
            yield f"\\{line}" if line.startswith("- ") else line
        case BulletList(items=items):
            yield from (f"- {_line(item)}" for item in items)
        case Table():
            number = next(at for at, one in enumerate(tables, start=1) if one is block)
            yield f"[[Bảng {number}]]"


def _line(words: Words) -> str:
    return "".join(_written(word) for word in words)


def _written(word: Run | Ref) -> str:
    text = _MARKS.sub(lambda found: f"\\{found.group()}", word.text)
    if isinstance(word, Ref):
        text = f"[[{text}|{word.ref}]]"
    bold = "**" if word.bold else ""
    italic = "__" if isinstance(word, Run) and word.italic else ""
    return f"{bold}{italic}{text}{italic}{bold}"


def _words(line: str, where: str) -> Words:
    bold = italic = False
    made: list[Run | Ref] = []
    for token in _TOKEN.finditer(line):
        if token["bold"]:
            bold = not bold
        elif token["italic"]:
            italic = not italic
        elif token["number"]:
            made.append(Ref(re.sub(r"\\(.)", r"\1", token["number"]), token["code"], bold))
        else:
            made.append(Run(token["plain"] or token["text"], bold, italic))
    if bold or italic:
        mark = "**" if bold else "__"
        raise PaperRefused(where, f"dấu {mark} mở mà không đóng", f"a mark {mark} has no end")
    return tuple(made)
