"""A PDF as pages, lines and page numbers, told by place alone: where letters begin, end and stand over one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dean06.clock.errors import BadInput
from dean06.papers.checks import decree30 as decree
from dean06.papers.checks.measured import BOTTOM, LEFT, RIGHT, TOP, Align, Line, Page, PageNumbers, Sheet, Side
from dean06.papers.checks.recognising import (
    ABOUT,
    ADDRESSEE,
    ANNEX,
    DASHED,
    LABEL,
    NUMBER,
    is_date,
    is_mark,
    is_motto,
    is_nation,
)
from dean06.papers.pdf.measure import Drawing
from dean06.papers.pdf.paragraphs import Set, paragraphs, row_line, text_edges
from dean06.papers.pdf.paths import Stroke
from dean06.papers.pdf.rows import Grid, Row, frame, grids, rows
from dean06.papers.writing.wording import ENDING

FEWEST_LETTERS = 40
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:Trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–— ]*", re.IGNORECASE)
_COPY = re.compile(r"(?:SAO Y|SAO LỤC|TRÍCH SAO)\b")
_TOP_BAND_MM = 40.0
_BOTTOM_BAND_MM = 24.0
_HEAD_MM = 120.0
_WIDEST_MARGIN_MM = 8.0
_SNAP_MM = 0.7
_AXIS_MM = 2.5
_TOGETHER_MM = 15.0
_FULL_PAGES = 3
_BESIDE_MM = 7.0
_COLUMNS_MM = 40.0
_SAME_SIZE = 0.1
_RUNNING_HEAD = 1.8
_NEXT_LINE = 1.6


@dataclass(slots=True)
class _Face:
    """One page with its rows sorted out."""

    number: int
    drawing: Drawing
    rows: list[Row]
    grids: tuple[Grid, ...]
    top_number: Row | None = None
    foot_number: Row | None = None


def sheet(pages: Sequence[Drawing]) -> Sheet:
    """Return a PDF's pages as one sheet; refuse one that holds no letters."""
    _has_letters(pages)
    faces = [_face(number, drawing) for number, drawing in enumerate(pages, start=1)]
    last = _last_page(faces)
    left, right, straight = _edges(faces[:last])
    return Sheet(
        pages=tuple(_pages(faces, last, left, right, straight=straight)),
        lines=tuple(_lines(faces, left, right)),
        numbers=_numbers(faces, last, (left + right) / 2),
        twins=True,
    )


def _last_page(faces: Sequence[_Face]) -> int:
    """Return the page that the paper itself ends on; what follows are texts and annexes with pages of their own."""
    ends = (face.number for face in faces if any(LABEL.match(piece.text) for row in face.rows for piece in row.parts()))
    return next(ends, len(faces))


def _has_letters(pages: Sequence[Drawing]) -> None:
    shown = sum(len(each.text) for page in pages for each in page.drawn if each.shown)
    hidden = sum(len(each.text) for page in pages for each in page.drawn if not each.shown)
    if shown < FEWEST_LETTERS or shown < hidden:
        raise BadInput(
            "Các trang PDF là ảnh quét hoặc bị xoay, không có chữ để đo; hãy dùng bản .docx hoặc PDF xuất từ Word.",
            "The pages are scanned or turned, without letters to measure; use the .docx or a PDF exported from it.",
        )


def _face(number: int, drawing: Drawing) -> _Face:
    face = _Face(number, drawing, rows(drawing), grids(drawing.strokes))
    for row in list(face.rows):
        if _COPY.match(row.text) and row is face.rows[0]:
            face.rows.remove(row)
        if not _PAGE_NUMBER.fullmatch(row.text):
            continue
        if row.y < _TOP_BAND_MM and row is face.rows[0]:
            face.top_number = row
            face.rows.remove(row)
        elif row.bottom > drawing.height - _BOTTOM_BAND_MM and row is face.rows[-1]:
            face.foot_number = row
            face.rows.remove(row)
    return face


def _edges(faces: Sequence[_Face]) -> tuple[float, float, bool]:
    """Return where the text begins and ends, and whether rows enough end there to call it a margin."""
    apart = [row for face in faces for row in face.rows if not any(grid.holds(row) for grid in face.grids)]
    left, right, straight = text_edges(apart)
    if straight:
        return left, right, True
    # too few full lines: the title, set in the middle, tells where the other margin is
    furthest = max(faces[0].drawing.width - _WIDEST_MARGIN_MM, right)
    titles = [row for row in faces[0].rows if len(list(row.parts())) == 1 and all(each.bold for each in row.drawn)]
    meant = [2 * row.axis - left for row in titles]
    return left, next((edge for edge in meant if right - _SNAP_MM <= edge <= furthest), right), False


# ---------------------------------------------------------------- pages


def _pages(faces: Sequence[_Face], last: int, left: float, right: float, *, straight: bool) -> Iterator[Page]:
    first = faces[0].drawing
    margins = {LEFT: left}
    if straight or first.width - right < decree.MARGINS_MM[RIGHT][0]:
        margins[RIGHT] = first.width - right
    filled = [face for face in faces[:last] if face.rows]
    margins[TOP] = min(_top(face) for face in filled)
    margins[BOTTOM] = _bottom([face.drawing.height - face.rows[-1].bottom for face in filled])
    for at, face in enumerate(faces):
        yield Page(
            where=f"trang {face.number}",
            width_mm=face.drawing.width,
            height_mm=face.drawing.height,
            margins_mm={name: _snapped(name, margin) for name, margin in margins.items()} if at == 0 else {},
            tables=bool(face.grids) or face.number > last,
        )


def _top(face: _Face) -> float:
    """Return where a page's text begins; on later pages a line alone above it is a running head."""
    first = face.rows[0]
    if face.number == 1 or len(face.rows) == 1:
        return first.top
    second = face.rows[1]
    alone = second.top - first.top > _RUNNING_HEAD * (first.bottom - first.top)
    return second.top if alone and first.bottom < decree.MARGINS_MM[TOP][0] else first.top


def _bottom(free: Sequence[float]) -> float:
    """Return the margin below: pages that ran on show it, less the lines that had to stay together."""
    most = decree.MARGINS_MM[BOTTOM][1]
    reach = min(free)
    wide = len(free) > _FULL_PAGES and min(free[:-1]) > most + _TOGETHER_MM
    return reach if reach < most or wide else most


def _snapped(name: str, margin: float) -> float:
    """Letters have margins of their own: what misses the range by less than one of those lies in it."""
    least, most = decree.MARGINS_MM[name]
    if least - _SNAP_MM <= margin < least:
        return least
    return most if most < margin <= most + _SNAP_MM else margin


def _numbers(faces: Sequence[_Face], last: int, axis: float) -> PageNumbers:
    lines = []
    for face in faces[1:]:
        if face.top_number is not None:
            middle = min(abs(face.top_number.axis - each) for each in (axis, face.drawing.width / 2))
            align: Align = "center" if middle <= _AXIS_MM else "left"
            lines.append(row_line(face.top_number, face.number, align=align))
    missing = tuple(
        f"trang {face.number}"
        for face in faces[1:]
        if face.top_number is None and face.foot_number is None and not _begins_anew(face, last)
    )
    return PageNumbers(
        on_first=faces[0].top_number is not None,
        lines=tuple(lines),
        missing=missing,
        at_foot=tuple(f"trang {face.number}" for face in faces if face.foot_number is not None),
    )


def _begins_anew(face: _Face, last: int) -> bool:
    """Say whether a text or annex behind the paper begins here: each is numbered by itself (III.1)."""
    if face.number <= last:
        return False
    first = [row_line(piece, face.number) for row in face.rows[:2] for piece in row.parts()]
    return face.number == last + 1 or any(ANNEX.fullmatch(line.text) or is_nation(line) for line in first)


# ---------------------------------------------------------------- lines


def _lines(faces: Sequence[_Face], left: float, right: float) -> Iterator[Line]:
    middle = (left + right) / 2
    below, head = _head(faces[0], middle)
    yield from head
    span = _foot_start(faces, below)
    running: list[Set] = []
    for face in faces:
        for row in face.rows:
            if face.number == 1 and row.y <= below:
                continue
            if (face.number, row.y) >= span[:2]:
                continue
            running.append(
                Set(row, face.number, next((at for at, grid in enumerate(face.grids, 1) if grid.holds(row)), 0))
            )
    rules = [(stroke.y, _rule(stroke, 1)) for stroke in _free_rules(faces[0]) if stroke.y >= below]
    yield from paragraphs(running, left, right, rules)
    yield from _foot(faces, span, middle)


def _head(face: _Face, middle: float) -> tuple[float, list[Line]]:
    """Return how far down the head reaches, and its lines and rules from the top."""
    apart = [piece for row in face.rows for piece in row.parts() if piece.y < _HEAD_MM]
    text_middle, middle = middle, _between(apart, middle)
    lonely = {row.y for row in face.rows if len(list(row.parts())) == 1}
    pieces = []
    for piece in apart:
        stacked = piece.y in lonely and abs(piece.axis - text_middle) < _AXIS_MM
        pieces.append((piece, row_line(piece, 1, side="" if stacked else _side(piece, middle))))
    stop = min((piece.y for piece, line in pieces if ADDRESSEE.match(line.text)), default=_HEAD_MM)
    pieces = [(piece, line) for piece, line in pieces if piece.y < stop]
    kinds = (
        is_nation,
        is_motto,
        is_date,
        lambda line: bool(NUMBER.match(line.text)),
        lambda line: bool(ABOUT.match(line.text)),
    )
    anchors = [next((piece for piece, line in pieces if kind(line)), None) for kind in kinds]
    below = max((piece.y for piece in anchors if piece is not None), default=0.0)
    about = anchors[-1]
    framed = [(piece, frame(piece, face.drawing.strokes)) for piece, line in pieces]
    while True:
        more = [
            piece.y
            for piece, box in framed
            if piece.y > below and _goes_on(piece, about, below, boxed=box is not None or is_mark(row_line(piece, 1)))
        ]
        if not more:
            break
        below = min(more)
    lines = [
        (piece.y, replace(line, box_mm=box))
        for (piece, line), (_, box) in zip(pieces, framed, strict=True)
        if piece.y <= below + 0.5
    ]
    lines += [
        (stroke.y, _rule(stroke, 1, side=_side_of(stroke, middle))) for stroke in _free_rules(face) if stroke.y < below
    ]
    return (below + 0.5 if lines else 0.0), [line for _, line in sorted(lines, key=lambda each: each[0])]


def _between(pieces: Sequence[Row], middle: float) -> float:
    """Return what parts the head's columns: half way from the number to the country's name, else the text's middle."""
    nation = next((piece for piece in pieces if is_nation(row_line(piece, 1))), None)
    number = next((piece for piece in pieces if NUMBER.match(piece.text)), None)
    if nation is None or number is None or nation.axis - number.axis < _COLUMNS_MM:
        return middle
    return (nation.axis + number.axis) / 2


def _goes_on(piece: Row, about: Row | None, below: float, *, boxed: bool) -> bool:
    """A letter's abstract runs on under itself; a stamp stands below the number."""
    near = piece.y - below
    if boxed:
        return near < 3 * _BESIDE_MM
    beneath = about is not None and abs(piece.axis - about.axis) < _AXIS_MM and piece.size == about.size
    return beneath and near < _NEXT_LINE * piece.size * 0.41


def _side(piece: Row, middle: float) -> Side:
    return "right" if piece.axis > middle else "left"


def _side_of(stroke: Stroke, middle: float) -> Side:
    return "right" if stroke.x + stroke.length / 2 > middle else "left"


def _free_rules(face: _Face) -> Iterator[Stroke]:
    """Give the level lines that belong to no table and no frame."""
    upright = [each for each in face.drawing.strokes if each.upright]
    for stroke in face.drawing.strokes:
        if stroke.upright or stroke.dashed:
            continue
        ends = [
            each
            for each in upright
            if each.y - 1 <= stroke.y <= each.end + 1 and stroke.x - 1 <= each.x <= stroke.end + 1
        ]
        if not ends:
            yield stroke


def _rule(stroke: Stroke, page: int, side: Side = "") -> Line:
    return Line(where=f"trang {page}", page=page, side=side, rule_mm=stroke.length)


# ---------------------------------------------------------------- the foot


def _foot_start(faces: Sequence[_Face], below: float) -> tuple[int, float, int]:
    """Return the page and height at which signature and recipients begin, and the page that they end on."""
    for face in faces:
        pieces = [piece for row in face.rows for piece in row.parts() if face.number > 1 or row.y > below]
        label = next((piece for piece in pieces if LABEL.match(piece.text)), None)
        label = label or next((piece for piece in pieces if re.match(r"[-–]\s*Lưu\b", piece.text)), None)
        if label is None:
            continue
        start = label.y
        for row in reversed([row for row in face.rows if row.y < label.y + _BESIDE_MM]):
            first = min(row.drawn, key=lambda each: each.x)
            listed = DASHED.match(row.text) and abs(row.x - label.x) < 1 and abs(first.size - label.size) < _SAME_SIZE
            if row.y < start and not (_signs(row) or listed):
                return face.number, start - 0.5, face.number
            start = min(start, row.y)
        parted = _parted(faces[face.number - 2]) if face.number > 1 else None
        page = face.number if parted is None else face.number - 1
        return page, (start if parted is None else parted) - 0.5, face.number
    return len(faces) + 1, 0.0, len(faces) + 1


def _parted(face: _Face) -> float | None:
    """Return where a signature begins that was left on the page before its recipients."""
    start = None
    for row in reversed(face.rows):
        if not _signs(row):
            break
        start = row.y
    return start


def _signs(row: Row) -> bool:
    """Say whether a row may be of a signature: bold throughout, and not the end of the text."""
    return bool(row.text) and not row.text.endswith(ENDING) and all(each.bold for each in row.drawn)


def _foot(faces: Sequence[_Face], span: tuple[int, float, int], middle: float) -> Iterator[Line]:
    page, y, last = span
    for face in faces:
        if face.number < page:
            continue
        pieces = [piece for row in face.rows for piece in row.parts() if face.number > page or row.y >= y]
        middle_here = _gutter(pieces) or middle
        for piece in sorted(pieces, key=lambda one: (one.y, one.x)):
            side: Side = "left" if piece.x < middle_here else "right"
            align: Align = "center" if face.number > last and abs(piece.axis - middle) < _AXIS_MM else ""
            yield row_line(piece, face.number, side=side if face.number <= last else "", align=align)


def _gutter(pieces: Sequence[Row]) -> float | None:
    """Return where the signature's column begins: right of where the recipients' lines start."""
    label = next((piece for piece in pieces if LABEL.match(piece.text)), None)
    starts = [piece.x for piece in pieces if label is not None and piece.x > label.x + 30]
    return min(starts) - 1 if starts else None
