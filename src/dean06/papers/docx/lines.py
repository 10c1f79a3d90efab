"""The paragraphs of a .docx as lines: letters as set, where they start, what is drawn with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from dean06.papers.checks.measured import Align, Letters, Line, Side
from dean06.papers.checks.recognising import DASHED, DRAWN, LABEL, NUMBER, is_date, is_motto, is_nation
from dean06.papers.docx.cascade import POINT, TWIPS_MM, Cascade, W, find, number, value
from dean06.papers.docx.shapes import Shape, shapes
from dean06.papers.printing.layout import SINGLE_LINE
from dean06.papers.printing.letters import MM_PER_PT, face

_THROUGH = {
    f"{W}{name}"
    for name in ("hyperlink", "smartTag", "sdt", "sdtContent", "ins", "moveTo", "fldSimple", "dir", "bdo", "customXml")
}
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}sym": "•"}
_ALIGNS: dict[str, Align] = {
    "": "left", "left": "left", "start": "left", "right": "right", "end": "right", "center": "center",
    "both": "both", "distribute": "both", "lowKashida": "both", "mediumKashida": "both", "highKashida": "both",
    "thaiDistribute": "both",
}  # fmt: skip
_QUOTED = 6
_AUTO_PT = 14.0  # what Word sets for `auto` space before and after


@dataclass(frozen=True, slots=True)
class Room:
    """Where a paragraph stands: its place in words, the width it has, the cell it is in."""

    where: str
    width_mm: float
    text_mm: float
    margin_mm: float
    table: int = 0
    row: int = 0
    column: int = 0
    table_style: str = ""
    side: Side = ""
    box_mm: tuple[float, float] | None = None

    def named(self, text: str) -> str:
        """Return the place with the first words that stand there."""
        words = text.split()
        more = " …" if len(words) > _QUOTED else ""
        return f"{self.where}, “{' '.join(words[:_QUOTED])}{more}”" if words else self.where


@dataclass(frozen=True, slots=True)
class Spaced:
    """A line with the space that its paragraph asks for above and below."""

    line: Line
    before_pt: float = 0
    after_pt: float = 0
    style: str = ""
    close: bool = False


def runs(parent: ET.Element) -> Iterator[ET.Element]:
    """Give the runs of a paragraph that are printed, through links, fields and content controls."""
    for child in parent:
        if child.tag == f"{W}r":
            yield child
        elif child.tag in _THROUGH:
            yield from runs(child)


def text_of(run: ET.Element) -> str:
    """Return a run's letters, with tabs and line breaks."""
    pieces = []
    for child in run:
        if child.tag == f"{W}t":
            pieces.append(child.text or "")
        elif child.tag == f"{W}br":
            pieces.append("" if value(child, "type") in ("page", "column") else "\n")
        else:
            pieces.append(_SIGNS.get(child.tag, ""))
    return "".join(pieces)


def breaks_column(paragraph: ET.Element) -> bool:
    """Say whether the text goes on in the next column after this paragraph's beginning."""
    return any(value(each, "type") == "column" for run in runs(paragraph) for each in run.findall(f"{W}br"))


class Setter:
    """Sets paragraphs as a word processor would."""

    def __init__(self, cascade: Cascade, tab_twips: float) -> None:
        self._cascade = cascade
        self._tab_mm = max(tab_twips / TWIPS_MM, 1.0)

    def set(self, paragraph: ET.Element, room: Room) -> Iterator[Spaced]:
        """Give a paragraph's lines: itself, or its halves at a tab, then what is drawn in it."""
        levels = self._cascade.paragraph(paragraph, room.table_style)
        listed, level, _ = self._cascade.list_of(paragraph)
        letters, drawn, underlined = self._letters(paragraph, room)
        label = self._cascade.numbering.label(listed, level) if letters or drawn else ""
        if label and letters:
            letters = [replace(letters[0], text=f"{label} "), *letters]
        line = self._line(levels, letters, room)
        if underlined and not line.rule_mm:
            line = replace(line, rule_mm=line.width_mm)
        space = self._space(levels, self._cascade.style_of(paragraph))
        for piece in _halves(line, levels):
            yield replace(space, line=piece)
        for shape in drawn:
            yield from self._shape(shape, room)

    def _letters(self, paragraph: ET.Element, room: Room) -> tuple[list[Letters], list[Shape], bool]:
        found: list[Letters] = []
        drawn: list[Shape] = []
        underlined = []
        for run in runs(paragraph):
            text = text_of(run)
            if text and not self._cascade.hidden(run):
                found.append(self._cascade.letters(run, paragraph, text, room.table_style))
                if text.strip():
                    underlined.append(self._cascade.underlined(run, paragraph))
            drawn.extend(shapes(run, room.margin_mm))
        return found, drawn, bool(underlined) and all(underlined)

    def _line(self, levels: list[ET.Element], letters: list[Letters], room: Room) -> Line:
        text = "".join(run.text for run in letters)
        align = _ALIGNS.get(find(levels, "jc"), "left")
        left = self._indent(levels, "left", "start")
        right = self._indent(levels, "right", "end")
        free = max(room.width_mm - left - right, 0)
        frame = _framed(levels)
        width = _width(letters)
        line = Line(
            where=room.named(text),
            runs=tuple(letters),
            align=align,
            side=room.side,
            table=room.table,
            row=room.row,
            column=room.column,
            lead_mm=self._lead(levels, text, left),
            inset_mm=left,
            spacing=_spacing(levels, letters),
            width_mm=min(width, free) if width > free > 0 else width,
            wraps=width > free > 0,
            box_mm=room.box_mm or ((free, _frame_height(levels, letters)) if frame == "box" else None),
            rule_mm=free if frame == "rule" else 0,
        )
        drawn = DRAWN.fullmatch(text.strip())
        return replace(line, runs=(), rule_mm=width) if drawn else line

    def _indent(self, levels: list[ET.Element], *names: str) -> float:
        return number(next((each for name in names if (each := find(levels, "ind", name))), "")) / TWIPS_MM

    def _lead(self, levels: list[ET.Element], text: str, left: float) -> float:
        """Return where the first letter stands: after indents, leading tabs and spaces."""
        at = left
        for level in levels:
            indent = level.find(f"{W}ind")
            first, hanging = value(indent, "firstLine"), value(indent, "hanging")
            if first or hanging:
                at = left + (-number(hanging) if hanging else number(first)) / TWIPS_MM
                break
        stops = sorted(number(value(stop, "pos")) / TWIPS_MM for stop, _ in _tabs(levels))
        if at < left:
            stops = sorted([*stops, left])
        for sign in text[: len(text) - len(text.lstrip())]:
            if sign == "\t":
                nearest = next((stop for stop in stops if stop > at + 0.1), None)
                at = nearest if nearest is not None else (int((at + 0.1) / self._tab_mm) + 1) * self._tab_mm
            else:
                at += face().width(" ", 14)
        return at

    def _space(self, levels: list[ET.Element], style: str) -> Spaced:
        close = next(
            (
                level.find(f"{W}contextualSpacing")
                for level in levels
                if level.find(f"{W}contextualSpacing") is not None
            ),
            None,
        )
        before, after = (
            _AUTO_PT
            if find(levels, "spacing", f"{side}Autospacing") in ("1", "true", "on")
            else number(find(levels, "spacing", side)) / POINT
            for side in ("before", "after")
        )
        return Spaced(
            Line(where=""), before, after, style, close is not None and value(close) not in ("0", "false", "off")
        )

    def _shape(self, shape: Shape, room: Room) -> Iterator[Spaced]:
        side: Side = room.side
        if shape.x_mm is not None and not room.table:
            side = "right" if shape.x_mm + shape.width_mm / 2 > room.text_mm / 2 else "left"
        if shape.content is None:
            yield Spaced(
                Line(
                    where=room.where,
                    side=side,
                    table=room.table,
                    row=room.row,
                    column=room.column,
                    rule_mm=shape.width_mm,
                )
            )
            return
        frame = (shape.width_mm, shape.height_mm) if shape.framed else None
        inner = replace(room, width_mm=max(shape.width_mm - 5, 1), side=side, box_mm=frame)
        for paragraph in shape.content.iter(f"{W}p"):
            for each in self.set(paragraph, inner):
                right = not each.line.side and (is_nation(each.line) or is_motto(each.line) or is_date(each.line))
                yield replace(each, line=replace(each.line, side="right")) if right else each


def _tabs(levels: list[ET.Element]) -> list[tuple[ET.Element, str]]:
    found = next((level.find(f"{W}tabs") for level in levels if level.find(f"{W}tabs") is not None), None)
    stops = [] if found is None else found.findall(f"{W}tab")
    return [(stop, value(stop)) for stop in stops if value(stop) not in ("clear", "bar", "num")]


def _halves(line: Line, levels: list[ET.Element]) -> Iterator[Line]:
    """Part a paragraph that tab stops set in two columns; any other stays whole."""
    cut = _cut(line.runs)
    texts = ["".join(run.text for run in piece).strip() for piece in cut]
    filled = [at for at, text in enumerate(texts) if text]
    shown = [replace(line, runs=tuple(cut[at]), rule_mm=0, width_mm=_width(cut[at]), wraps=False) for at in filled]
    if line.table or not filled or (filled == [0]) or not _in_columns(shown, leading=filled[0] > 0):
        yield line
        return
    stops = [kind for _, kind in sorted(_tabs(levels), key=lambda stop: number(value(stop[0], "pos")))]
    for piece, at in zip(shown, filled, strict=True):
        centred = 0 < at <= len(stops) and stops[at - 1] == "center"
        side: Side = "left" if at == 0 or (centred and at == 1 and len(stops) > 1) else "right"
        yield replace(piece, side=side, align="center" if centred else "")


def _cut(letters: tuple[Letters, ...]) -> list[list[Letters]]:
    pieces: list[list[Letters]] = [[]]
    for run in letters:
        for at, text in enumerate(run.text.split("\t")):
            if at:
                pieces.append([])
            if text:
                pieces[-1].append(replace(run, text=text))
    return pieces


def _in_columns(pieces: list[Line], *, leading: bool) -> bool:
    """Say whether pieces between tabs are two columns of a head or foot, not a label and its text."""
    known = any(is_nation(piece) or is_motto(piece) or is_date(piece) for piece in pieces)
    if len(pieces) == 1:
        return leading and (known or pieces[0].bold)
    first, last = pieces[0], pieces[-1]
    foot = bool(LABEL.match(first.text) or DASHED.match(first.text)) and last.bold
    return known or foot or (bool(NUMBER.match(first.text)) and is_date(last))


def _width(letters: list[Letters] | tuple[Letters, ...]) -> float:
    widths = [0.0]
    for run in letters:
        for at, text in enumerate(run.text.split("\n")):
            if at:
                widths.append(0.0)
            widths[-1] += face(bold=run.bold, italic=run.italic).width(text.replace("\t", "    "), run.size)
    trailing = letters[-1] if letters else None
    spare = len(trailing.text) - len(trailing.text.rstrip(" ")) if trailing else 0
    widths[-1] -= face().width(" " * spare, trailing.size) if trailing else 0
    return max(widths)


def _spacing(levels: list[ET.Element], letters: list[Letters]) -> float:
    """Return the distance of lines as a multiple of the single line, however the file says it."""
    line, rule = number(find(levels, "spacing", "line")), find(levels, "spacing", "lineRule") or "auto"
    if not line:
        return 1.0
    if rule == "auto":
        return line / 240
    size = max((run.size for run in letters if run.text.strip()), default=14.0)
    multiple = line / POINT / (size * SINGLE_LINE)
    return multiple if rule == "exact" else max(multiple, 1.0)


def _framed(levels: list[ET.Element]) -> str:
    """Tell a frame around a paragraph from a rule over or under it."""
    border = next((level.find(f"{W}pBdr") for level in levels if level.find(f"{W}pBdr") is not None), None)
    if border is None:
        return ""
    sides = {
        side
        for side in ("top", "bottom", "left", "right")
        if value(border.find(f"{W}{side}")) not in ("", "nil", "none")
    }
    if {"left", "right"} <= sides:
        return "box"
    return "rule" if sides in ({"top"}, {"bottom"}) else ""


def _frame_height(levels: list[ET.Element], letters: list[Letters]) -> float:
    border = next(each for level in levels if (each := level.find(f"{W}pBdr")) is not None)
    around = sum(
        number(value(border.find(f"{W}{side}"), "space")) + number(value(border.find(f"{W}{side}"), "sz")) / 8
        for side in ("top", "bottom")
    )
    size = max((run.size for run in letters), default=0.0)
    return (size * SINGLE_LINE + around) * MM_PER_PT
