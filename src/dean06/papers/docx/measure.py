"""Measuring a .docx: every page, line, rule and page number as a word processor would print it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.etree import ElementTree as ET

from dean06.papers.checks.measured import BOTTOM, LEFT, RIGHT, TOP, Line, Page, PageNumbers, Sheet
from dean06.papers.checks.recognising import is_nation
from dean06.papers.docx.cascade import TWIPS_MM, Cascade, W, find, number, value
from dean06.papers.docx.lines import Room, Setter, Spaced, breaks_column
from dean06.papers.docx.opening import Package, broken, opened

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_EDGES = {TOP: "top", BOTTOM: "bottom", LEFT: "left", RIGHT: "right"}
_THROUGH = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml")}
_CELL_SIDE_TWIPS = "108"
_WIDTH_TWIPS, _HEIGHT_TWIPS, _EDGE_TWIPS = "12240", "15840", "1440"  # what Word takes where a file says nothing


def measure(data: bytes) -> Sheet:
    """Measure a .docx; it is opened under the same limits as an edited one."""
    return measure_package(opened(data))


def measure_package(package: Package) -> Sheet:
    """Measure an opened .docx."""
    root = package.tree("word/document.xml")
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise broken()
    cascade = Cascade(package)
    settings = package.tree("word/settings.xml")
    tabs = "" if settings is None else value(settings.find(f"{W}defaultTabStop"))
    setter = Setter(cascade, number(tabs) or 720)
    sections = _sections(body)
    spaced = list(_Walk(cascade, setter, sections).lines())
    return Sheet(
        pages=tuple(_page(at, section, blocks) for at, (section, blocks) in enumerate(sections, start=1)),
        lines=tuple(_with_gaps(spaced)),
        numbers=_numbers(package, [section for section, _ in sections], setter, settings),
    )


# ---------------------------------------------------------------- sections

Blocks = list[ET.Element]


def _sections(body: ET.Element) -> list[tuple[ET.Element, Blocks]]:
    """Return each section's properties with its blocks; a file without any is one section of Word's defaults."""
    found: list[tuple[ET.Element, Blocks]] = []
    blocks: Blocks = []
    for block in _blocks(body):
        blocks.append(block)
        ends = block.find(f"{W}pPr/{W}sectPr") if block.tag == f"{W}p" else None
        if ends is not None:
            found.append((ends, blocks))
            blocks = []
    last = body.find(f"{W}sectPr")
    if blocks or not found:
        found.append((ET.Element(f"{W}sectPr") if last is None else last, blocks))
    return found


def _blocks(parent: ET.Element) -> Iterator[ET.Element]:
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _THROUGH:
            yield from _blocks(child)


def _page(at: int, section: ET.Element, blocks: Blocks) -> Page:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    gutter = number(value(margins, "gutter")) / TWIPS_MM
    found = {name: abs(number(value(margins, edge) or _EDGE_TWIPS)) / TWIPS_MM for name, edge in _EDGES.items()}
    found[LEFT] += gutter
    return Page(
        where="" if at == 1 else f"phần {at} của tệp",
        width_mm=number(value(size, "w") or _WIDTH_TWIPS) / TWIPS_MM,
        height_mm=number(value(size, "h") or _HEIGHT_TWIPS) / TWIPS_MM,
        margins_mm=found,
        tables=any(block.tag == f"{W}tbl" for block in blocks),
    )


def _columns(section: ET.Element, width: float) -> list[float]:
    """Return the widths of a section's columns, one where it has but one."""
    columns = section.find(f"{W}cols")
    own = [number(value(each, "w")) / TWIPS_MM for each in (columns.findall(f"{W}col") if columns is not None else ())]
    count = min(int(number(value(columns, "num")) or 1), 10)
    return own if len(own) > 1 else [width / count] * count


# ---------------------------------------------------------------- lines


class _Walk:
    """One pass through the body, counting paragraphs and tables as a person would."""

    def __init__(self, cascade: Cascade, setter: Setter, sections: list[tuple[ET.Element, Blocks]]) -> None:
        self._cascade = cascade
        self._setter = setter
        self._sections = sections
        self._paragraphs = self._tables = 0

    def lines(self) -> Iterator[Spaced]:
        for section, blocks in self._sections:
            page = _page(1, section, blocks)
            margins = page.margins_mm
            width = max(page.width_mm - margins[LEFT] - margins[RIGHT], 1)
            columns = _columns(section, width)
            room = Room("", columns[0] if len(columns) == 2 else width, width, margins[LEFT])
            yield from self._section(blocks, room, columns[1] if len(columns) == 2 else 0)

    def _section(self, blocks: Blocks, room: Room, second_mm: float) -> Iterator[Spaced]:
        """Give a section's lines; with a second column they stand to the left until it begins."""
        two = second_mm > 0
        if two:
            room = replace(room, side="left")
        for block in blocks:
            if block.tag == f"{W}tbl":
                self._tables += 1
                yield from self._table(block, replace(room, where=f"bảng {self._tables}"), self._tables)
                continue
            self._paragraphs += 1
            if two and breaks_column(block):
                room = replace(room, side="right", width_mm=second_mm)
            here = replace(room, where=f"đoạn {self._paragraphs}")
            for each in self._setter.set(block, here):
                if two and is_nation(each.line):  # the column may also have filled up by itself
                    room = replace(room, side="right", width_mm=second_mm)
                    yield replace(each, line=replace(each.line, side="right"))
                else:
                    yield each

    def _table(self, table: ET.Element, room: Room, number_: int) -> Iterator[Spaced]:
        style = value(table.find(f"{W}tblPr/{W}tblStyle"))
        grid = [number(value(each, "w")) / TWIPS_MM for each in table.findall(f"{W}tblGrid/{W}gridCol")]
        aside = self._cell_margins(table, style)
        for row_at, row in enumerate(_rows(table), start=1):
            column = int(number(value(row.find(f"{W}trPr/{W}gridBefore"))))
            for cell in _cells(row):
                span = int(number(value(cell.find(f"{W}tcPr/{W}gridSpan")))) or 1
                width = _cell_width(cell, grid[column : column + span], room.width_mm)
                inner = replace(
                    room,
                    where=f"{room.where}, hàng {row_at}",
                    width_mm=max(width - aside, 0),
                    table=number_,
                    row=row_at,
                    column=column,
                    table_style=style,
                )
                yield from self._cell(cell, inner, width)
                column += span

    def _cell(self, cell: ET.Element, room: Room, width: float) -> Iterator[Spaced]:
        for block in _blocks(cell):
            if block.tag == f"{W}tbl":
                yield from self._table(block, self._boxed(block, room), room.table)
            else:
                yield from self._setter.set(block, room)
        borders = cell.find(f"{W}tcPr/{W}tcBorders")
        drawn = [
            side
            for side in ("top", "left", "bottom", "right")
            if borders is not None and value(borders.find(f"{W}{side}")) not in ("", "nil", "none")
        ]
        if drawn == ["bottom"]:
            yield Spaced(Line(where=room.where, table=room.table, row=room.row, column=room.column, rule_mm=width))

    @staticmethod
    def _boxed(table: ET.Element, room: Room) -> Room:
        """A table of one cell within a cell is how many offices frame a stamp."""
        single = len(table.findall(f".//{W}tc")) == 1
        width = sum(number(value(each, "w")) for each in table.findall(f"{W}tblGrid/{W}gridCol")) / TWIPS_MM
        return replace(room, box_mm=(width, 0)) if single else room

    def _cell_margins(self, table: ET.Element, style: str) -> float:
        sources = [table.find(f"{W}tblPr/{W}tblCellMar")]
        sources += [each.find(f"{W}tblPr/{W}tblCellMar") for each in self._cascade.chain(style or "TableNormal")]
        levels = [each for each in sources if each is not None]
        sides = [find(levels, side, "w") or _CELL_SIDE_TWIPS for side in ("left", "right")]
        return sum(map(number, sides)) / TWIPS_MM


def _rows(table: ET.Element) -> Iterator[ET.Element]:
    yield from (each for each in _within(table, f"{W}tr"))


def _cells(row: ET.Element) -> Iterator[ET.Element]:
    yield from (each for each in _within(row, f"{W}tc"))


def _within(parent: ET.Element, tag: str) -> Iterator[ET.Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            yield from _within(child, tag)


def _cell_width(cell: ET.Element, grid: Sequence[float], whole: float) -> float:
    said = cell.find(f"{W}tcPr/{W}tcW")
    width, kind = number(value(said, "w").rstrip("%")), value(said, "type")
    if kind == "dxa" and width:
        return width / TWIPS_MM
    if kind == "pct" and width:
        return whole * width / (100 if value(said, "w").endswith("%") else 5000)
    return sum(grid) or whole


def _with_gaps(spaced: list[Spaced]) -> Iterator[Line]:
    """Measure the space between each paragraph of the text and the paragraph above it."""
    above: Spaced | None = None
    for each in spaced:
        line = each.line
        if line.table or not line.text or line.side:
            above = None if line.table or line.rule_mm else above  # the rule under a title keeps its own distance
            yield line
            continue
        if above is not None:
            alike = each.style == above.style
            below = 0 if above.close and alike else above.after_pt
            over = 0 if each.close and alike else each.before_pt
            line = replace(line, gap_pt=below + over)
        above = each
        yield line


# ---------------------------------------------------------------- page numbers


def _numbers(package: Package, sections: list[ET.Element], setter: Setter, settings: ET.Element | None) -> PageNumbers:
    targets = _targets(package)
    first = sections[0]
    headers: dict[str, str] = {}
    footers: dict[str, str] = {}
    for section in sections:
        for reference in section:
            kind, target = value(reference, "type"), targets.get(reference.get(f"{_R}id") or "", "")
            if reference.tag == f"{W}headerReference":
                headers.setdefault(kind, target)
            elif reference.tag == f"{W}footerReference":
                footers.setdefault(kind, target)
    other_first = _on(first.find(f"{W}titlePg"))
    kinds = ["default"]
    if settings is not None and _on(settings.find(f"{W}evenAndOddHeaders")):
        kinds.append("even")
    tops = {kind: list(_numbered(package, headers.get(kind, ""), setter)) for kind in (*kinds, "first")}
    at_foot = any(list(_numbered(package, footers.get(kind, ""), setter)) for kind in (*kinds, "first"))
    lines = [line for kind in kinds for line in tops[kind]]
    missing = tuple("" for kind in kinds if not tops[kind])[:1] if not at_foot and not _one_page(package) else ()
    return PageNumbers(
        on_first=bool(tops["first"] if other_first else tops["default"]),
        lines=tuple(lines),
        missing=missing,
        at_foot=("cuối trang",) if at_foot else (),
    )


def _on(element: ET.Element | None) -> bool:
    return element is not None and value(element) not in ("0", "false", "off", "none")


def _targets(package: Package) -> dict[str, str]:
    links = package.tree("word/_rels/document.xml.rels")
    if links is None:
        return {}
    return {
        each.get("Id") or "": "word/" + (each.get("Target") or "").removeprefix("/word/")
        for each in links.iter(_RELATIONSHIP)
    }


def _numbered(package: Package, name: str, setter: Setter) -> Iterator[Line]:
    """Give the paragraphs of a header or footer that hold the page's number."""
    root = package.tree(name) if name else None
    for paragraph in root.iter(f"{W}p") if root is not None else ():
        codes = [each.text or "" for each in paragraph.iter(f"{W}instrText")]
        codes += [value(each, "instr") for each in paragraph.iter(f"{W}fldSimple")]
        if not any("PAGE" in code.upper().split() for code in codes):
            continue
        for each in setter.set(paragraph, Room("đầu trang", 165, 165, 30)):
            yield _placed(each.line, paragraph)


def _placed(line: Line, paragraph: ET.Element) -> Line:
    """A frame or a tab stop in the middle centres a number as well as the paragraph does."""
    frame = value(paragraph.find(f"{W}pPr/{W}framePr"), "xAlign")
    tabs = [value(each) for each in paragraph.findall(f"{W}pPr/{W}tabs/{W}tab")]
    text = "".join(run.text for run in line.runs)
    centred = frame == "center" or (tabs[:1] == ["center"] and re.match(r"\t[^\t]", text) is not None)
    shown = line if line.runs else replace(line, runs=())
    return replace(shown, align="center") if centred else shown


def _one_page(package: Package) -> bool:
    """Say whether the program that saved the file counted a single page, which needs no number."""
    name = "docProps/app.xml"
    if name not in package.names:
        return False
    found = re.search(rb"<Pages>(\d{1,5})</Pages>", package.read(name))
    return found is not None and int(found[1]) == 1
