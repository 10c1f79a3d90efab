"""Measuring a .docx: each paragraph with the size, weight, place and spacing that a word processor would give it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section as DocxSection

from dean06.papers.docx_package import W, local, on, open_docx, value

_POINT = 20.0
_MM = 1440 / 25.4
_EMU = 36_000


@dataclass(frozen=True, slots=True)
class Letters:
    """A run as set."""

    text: str
    size: float
    bold: bool
    italic: bool
    font: str
    colour: str
    raised: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A paragraph as set; `place` is head-left, head-right, body, cell, foot-left or foot-right."""

    place: str
    runs: tuple[Letters, ...]
    align: str
    first_line_mm: float
    left_mm: float
    right_mm: float
    before_pt: float
    after_pt: float
    line: float
    rule: bool
    room_mm: float

    @property
    def text(self) -> str:
        """The paragraph's letters."""
        return "".join(run.text for run in self.runs).strip()

    @property
    def shown(self) -> tuple[Letters, ...]:
        """The runs that print something on the line."""
        return tuple(run for run in self.runs if run.text.strip() and not run.raised)


@dataclass(frozen=True, slots=True)
class Page:
    """The paper and its margins, in millimetres."""

    width_mm: float
    height_mm: float
    margins_mm: dict[str, float]


@dataclass(frozen=True, slots=True)
class Measures:
    """A whole file as set."""

    page: Page
    lines: tuple[Measured, ...]
    first_page_numbered: bool
    numbers: tuple[Measured, ...]

    def at(self, place: str) -> list[Measured]:
        """Return the paragraphs that stand in one place."""
        return [line for line in self.lines if line.place == place]


def measure(data: bytes) -> Measures:
    """Measure a .docx; it is opened under the same limits as an edited one."""
    open_docx(data)
    document = Document(io.BytesIO(data))
    cascade = _Cascade(document)
    section = document.sections[0]
    other = section.different_first_page_header_footer
    headers = [each._p for each in section.header.paragraphs]  # noqa: SLF001  python-docx keeps the element there
    first = [each._p for each in section.first_page_header.paragraphs] if other else headers  # noqa: SLF001  as above
    return Measures(
        page=_page(section),
        lines=tuple(_lines(document, cascade)),
        first_page_numbered=any(map(_numbered, first)),
        numbers=tuple(_paragraph(each, "header", 0, cascade) for each in headers if _numbered(each)),
    )


def _page(section: DocxSection) -> Page:
    margins = {
        "lề trên": section.top_margin,
        "lề dưới": section.bottom_margin,
        "lề trái": section.left_margin,
        "lề phải": section.right_margin,
    }
    return Page(
        width_mm=(section.page_width or 0) / _EMU,
        height_mm=(section.page_height or 0) / _EMU,
        margins_mm={name: (length or 0) / _EMU for name, length in margins.items()},
    )


def _numbered(paragraph: BaseOxmlElement) -> bool:
    codes = [each.text or "" for each in paragraph.iter(f"{W}instrText")]
    codes += [value(each, "instr") for each in paragraph.iter(f"{W}fldSimple")]
    return any("PAGE" in code.split() for code in codes)


class _Cascade:
    """Looks a property up where a word processor would: run, its style, the paragraph's styles, the defaults."""

    def __init__(self, document: DocxDocument) -> None:
        root = document.styles.element
        self.styles = {value(style, "styleId"): style for style in root.findall(f"{W}style")}
        self.defaults = root.find(f"{W}docDefaults")
        standard = (style for style in self.styles.values() if value(style, "type") == "paragraph")
        self.standard = next(
            (value(style, "styleId") for style in standard if value(style, "default") in ("1", "true")), ""
        )

    def chain(self, style_id: str) -> Iterator[BaseOxmlElement]:
        seen: set[str] = set()
        while style_id in self.styles and style_id not in seen:
            seen.add(style_id)
            yield self.styles[style_id]
            style_id = value(self.styles[style_id].find(f"{W}basedOn"))

    def run_properties(self, run: BaseOxmlElement, paragraph: BaseOxmlElement) -> list[BaseOxmlElement]:
        own = run.find(f"{W}rPr")
        style = value(run.find(f"{W}rPr/{W}rStyle"))
        named = [each.find(f"{W}rPr") for each in (*self.chain(style), *self.chain(self._style(paragraph)))]
        last = None if self.defaults is None else self.defaults.find(f"{W}rPrDefault/{W}rPr")
        return [each for each in (own, *named, last) if each is not None]

    def paragraph_properties(self, paragraph: BaseOxmlElement) -> list[BaseOxmlElement]:
        own = paragraph.find(f"{W}pPr")
        named = [each.find(f"{W}pPr") for each in self.chain(self._style(paragraph))]
        last = None if self.defaults is None else self.defaults.find(f"{W}pPrDefault/{W}pPr")
        return [each for each in (own, *named, last) if each is not None]

    def _style(self, paragraph: BaseOxmlElement) -> str:
        return value(paragraph.find(f"{W}pPr/{W}pStyle")) or self.standard


def _find(levels: list[BaseOxmlElement], name: str, attribute: str = "val") -> str:
    for level in levels:
        found = level.find(f"{W}{name}")
        if found is not None and found.get(f"{W}{attribute}") is not None:
            return value(found, attribute)
    return ""


def _switch(levels: list[BaseOxmlElement], name: str) -> bool:
    for level in levels:
        if level.find(f"{W}{name}") is not None:
            return on(level, name)
    return False


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _letters(run: BaseOxmlElement, paragraph: BaseOxmlElement, cascade: _Cascade) -> Letters:
    levels = cascade.run_properties(run, paragraph)
    spaces = {"tab": " ", "br": " "}
    text = "".join(child.text or "" if local(child) == "t" else spaces.get(local(child), "") for child in run)
    return Letters(
        text=text.upper() if _switch(levels, "caps") else text,
        size=_number(_find(levels, "sz")) / 2 or 10,
        bold=_switch(levels, "b"),
        italic=_switch(levels, "i"),
        font=_find(levels, "rFonts", "ascii"),
        colour=_find(levels, "color"),
        raised=_find(levels, "vertAlign") in ("superscript", "subscript"),
    )


def _paragraph(paragraph: BaseOxmlElement, place: str, room_mm: float, cascade: _Cascade) -> Measured:
    levels = cascade.paragraph_properties(paragraph)
    line = _number(_find(levels, "spacing", "line"))
    rule = _find(levels, "spacing", "lineRule") or "auto"
    borders = [level.find(f"{W}pBdr") for level in levels]
    return Measured(
        place=place,
        runs=tuple(_letters(run, paragraph, cascade) for run in paragraph.iter(f"{W}r")),
        align=_find(levels, "jc") or "left",
        first_line_mm=_number(_find(levels, "ind", "firstLine")) / _MM,
        left_mm=_number(_find(levels, "ind", "left")) / _MM,
        right_mm=_number(_find(levels, "ind", "right")) / _MM,
        before_pt=_number(_find(levels, "spacing", "before")) / _POINT,
        after_pt=_number(_find(levels, "spacing", "after")) / _POINT,
        line=(line / 240 if line else 1.0) if rule == "auto" else 0.0,
        rule=any(border is not None and _only_top(border) for border in borders),
        room_mm=room_mm,
    )


def _only_top(border: BaseOxmlElement) -> bool:
    return border.find(f"{W}top") is not None and border.find(f"{W}left") is None


def _first_section(elements: list[BaseOxmlElement]) -> list[BaseOxmlElement]:
    """Return the paper itself: annexes stand behind a section break, under rules of their own."""
    ends = (at for at, child in enumerate(elements) if child.find(f"{W}pPr/{W}sectPr") is not None)
    return elements[: next(ends, len(elements)) + 1]


def _lines(document: DocxDocument, cascade: _Cascade) -> Iterator[Measured]:
    page = _page(document.sections[0])
    whole = page.width_mm - page.margins_mm["lề trái"] - page.margins_mm["lề phải"]
    elements = _first_section([child for child in document.element.body if local(child) in ("p", "tbl")])
    tables = [at for at, child in enumerate(elements) if local(child) == "tbl"]
    first, last = (tables[0], tables[-1]) if tables else (-1, -1)
    for at, element in enumerate(elements):
        if local(element) == "p":
            yield _paragraph(element, "body", whole, cascade)
            continue
        side = "head" if at == first else "foot" if at == last else ""
        for row in element.findall(f"{W}tr"):
            for column, cell in enumerate(row.findall(f"{W}tc")):
                place = f"{side}-{'left' if column == 0 else 'right'}" if side else "cell"
                room = _number(value(cell.find(f"{W}tcPr/{W}tcW"), "w")) / _MM
                for paragraph in cell.findall(f"{W}p"):
                    yield _paragraph(paragraph, place, room, cascade)
