"""A file as it prints, whatever it was: pages, lines with their letters, horizontal rules. Both checkers read this."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right", "both", ""]
Side = Literal["left", "right", ""]
TOP, BOTTOM, LEFT, RIGHT = "lề trên", "lề dưới", "lề trái", "lề phải"


@dataclass(frozen=True, slots=True)
class Letters:
    """A run as set; `fonts` are the families that its letters really use, `colour` is six hexadecimal digits."""

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    fonts: tuple[str, ...] = ()
    colour: str = "000000"
    raised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph, or a line of the head or foot, as set; a rule alone has no runs.

    Attributes:
        where: the place, as a clerk would look for it.
        page: the page that a PDF has it on, 0 in a .docx, whose pages are only made at printing.
        align: how it is set, empty where the file cannot tell.
        side: the column of a two-column layout that it stands in.
        table: the number of the table that it stands in, 0 outside.
        lead_mm: from the margin to the first letter; None where the file cannot tell.
        inset_mm: how far all its lines stand in from the left margin.
        gap_pt: free space above it, after the paragraph before; None where there is none to measure.
        spacing: distance of its lines, in single lines.
        width_mm: its longest line.
        wraps: whether it runs over more than one line.
        rule_mm: the horizontal rule drawn with it, 0 for none.
        box_mm: width and height of the frame around it.
        axis_mm: its middle from the paper's left edge, where the file can tell.
    """

    where: str
    page: int = 0
    runs: tuple[Letters, ...] = ()
    align: Align = ""
    side: Side = ""
    table: int = 0
    row: int = 0
    column: int = 0
    lead_mm: float | None = None
    inset_mm: float = 0
    gap_pt: float | None = None
    spacing: float | None = None
    width_mm: float = 0
    wraps: bool = False
    rule_mm: float = 0
    box_mm: tuple[float, float] | None = None
    axis_mm: float | None = None

    @property
    def text(self) -> str:
        """The letters, one space between words."""
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def shown(self) -> tuple[Letters, ...]:
        """The runs that print something on the line."""
        return tuple(run for run in self.runs if run.text.strip() and not run.raised)

    @property
    def bold(self) -> bool:
        """Whether all that it prints is bold."""
        return bool(self.shown) and all(run.bold for run in self.shown)


@dataclass(frozen=True, slots=True)
class Page:
    """One page, or the pages of one section: its paper and its margins, in millimetres; a margin may be unknown."""

    where: str
    width_mm: float
    height_mm: float
    margins_mm: dict[str, float]
    tables: bool = False


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """How pages are numbered.

    Attributes:
        on_first: whether the first page shows its number.
        lines: the numbers found in the top margin, a sample of each kind.
        missing: the pages without a number there; empty where none need one.
        at_foot: the places where a number stands in the bottom margin.
    """

    on_first: bool = False
    lines: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()
    at_foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole file as it prints."""

    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    numbers: PageNumbers
    twins: bool = False
    notes: tuple[str, ...] = field(default=())
