"""The pieces of a paper's text that a remark can point at, each with its place and the addresses of its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from dean06.papers.printing.flow import label
from dean06.papers.writing.attachments import Attached, Attachment
from dean06.papers.writing.document import Paper
from dean06.papers.writing.sections import (
    Block,
    BulletList,
    Outline,
    Paragraph,
    Section,
    Table,
    opening_of,
    plain,
    sections_of,
)

Address = tuple[str, ...]


class Kind(StrEnum):
    """What a piece of text is."""

    TEXT = "text"
    HEADING = "heading"
    GROUND = "ground"
    CELL = "cell"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text.

    Attributes:
        key: the section's key, or the part's name (`trich_yeu`, `can_cu`, `noi_nhan`, `ket_thuc`, `mo_dau`).
        paragraph: which paragraph of the section, from 1.
        where: the place in words.
        body: which text of the paper, 0 for the paper itself, 1 for the first text behind it.
        address: of the clause: article, clause, point, as far as there are.
    """

    key: str
    paragraph: int
    where: str
    text: str
    kind: Kind = Kind.TEXT
    body: int = 0
    address: Address = ()


@dataclass(slots=True)
class Body:
    """What a text of the paper has: its numbered addresses and how many tables."""

    outline: Outline
    addresses: set[Address] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    tables: int = 0

    @property
    def has_articles(self) -> bool:
        """Whether the text is in articles."""
        return self.outline in (Outline.DIEU, Outline.CHUONG)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A paper in pieces."""

    passages: tuple[Passage, ...]
    bodies: tuple[Body, ...]
    annexes: int


def pieces(paper: Paper) -> Pieces:
    """Return everything that a paper says, in reading order."""
    bodies = [Body(paper.outline)]
    found = list(_front(paper))
    found += _body(paper.body, bodies[0], 0)
    if paper.closing is not None:
        found.append(Passage("ket_thuc", 1, "đoạn kết", plain(paper.closing.words)))
    found += [
        Passage("noi_nhan", at, f"nơi nhận, dòng {at}", line, Kind.RECIPIENT)
        for at, line in enumerate(paper.recipients, start=1)
    ]
    annexes = len(paper.annexes)
    for attachment in paper.attachments:
        annexes += attachment.form is Attached.ANNEX
        bodies.append(Body(attachment.outline))
        found += _attached(attachment, bodies[-1], len(bodies) - 1)
    return Pieces(tuple(found), tuple(bodies), annexes)


def _front(paper: Paper) -> Iterator[Passage]:
    yield Passage("trich_yeu", 1, "trích yếu", paper.abstract)
    for at, line in enumerate(paper.addressees, start=1):
        yield Passage("kinh_gui", at, f"kính gửi, dòng {at}", line, Kind.RECIPIENT)
    for at, line in enumerate(paper.grounds, start=1):
        yield Passage("can_cu", at, f"căn cứ thứ {at}", line, Kind.GROUND)


def _attached(attachment: Attachment, body: Body, at: int) -> Iterator[Passage]:
    name = attachment.title.capitalize()
    yield Passage(f"kem_theo_{at}", 1, f"tên của {name}", attachment.abstract or attachment.title, Kind.HEADING, at)
    for passage in _body(attachment.body, body, at):
        yield Passage(
            passage.key,
            passage.paragraph,
            f"{name}, {passage.where}",
            passage.text,
            passage.kind,
            passage.body,
            passage.address,
        )


def _body(parts: tuple[Block | Section, ...], body: Body, at: int) -> Iterator[Passage]:
    count = 0
    for block in opening_of(parts):
        for passage in _block(block, body, "mo_dau", "phần mở đầu", (), at, count):
            count = passage.paragraph
            yield passage
    numbers = _Articles()
    for place, section in enumerate(sections_of(parts), start=1):
        yield from _section(section, body, at, (), 1, place, numbers)


@dataclass(slots=True)
class _Articles:
    """Counts articles through chapters."""

    count: int = 0


def _section(
    section: Section, body: Body, at: int, above: Address, depth: int, place: int, numbers: _Articles
) -> Iterator[Passage]:
    level = depth - 1 - body.outline.above
    if level == 0 and body.outline is Outline.CHUONG:
        numbers.count += 1
        place = numbers.count
    written = label(body.outline, depth, place)
    address = above if level < 0 else (*above, _plain(written))
    where = _where(body, address, written)
    body.parts.add(_plain(written))
    if level >= 0:
        body.addresses.add(address)
    if section.title:
        yield Passage(section.key, 0, where, section.title, Kind.HEADING, at, address)
    count = 0
    for block in section.blocks:
        for passage in _block(block, body, section.key, where, address, at, count):
            count = passage.paragraph
            yield passage
    for child_place, child in enumerate(section.children, start=1):
        yield from _section(child, body, at, address, depth + 1, child_place, numbers)


def _plain(written: str) -> str:
    """Return the bare number of a label: `Điều 3.` is 3, `a)` is a, `II.` is II."""
    return written.removeprefix("Điều ").removeprefix("Chương ").rstrip(".)")


def _where(body: Body, address: Address, written: str) -> str:
    if not address:
        return written.rstrip(".")
    if body.outline is Outline.MUC:
        return f"mục {'.'.join(address)}"
    names = ("Điều", "khoản", "điểm") if body.has_articles else ("khoản", "điểm")
    return ", ".join(f"{name} {number}" for name, number in zip(names, address, strict=False))


def _block(block: Block, body: Body, key: str, where: str, address: Address, at: int, count: int) -> Iterator[Passage]:
    match block:
        case Paragraph(words=words):
            yield Passage(key, count + 1, where, plain(words), Kind.TEXT, at, address)
        case BulletList(items=items):
            for number, item in enumerate(items, start=count + 1):
                yield Passage(key, number, where, plain(item), Kind.TEXT, at, address)
        case Table():
            body.tables += 1
            named = f"Bảng {body.tables}"
            yield Passage(key, count + 1, named, block.caption, Kind.CELL, at, address)
            for text in (column.title for column in block.columns):
                yield Passage(key, count + 1, named, text, Kind.CELL, at, address)
            for row in block.rows:
                for words in row:
                    yield Passage(key, count + 1, named, plain(words), Kind.CELL, at, address)
