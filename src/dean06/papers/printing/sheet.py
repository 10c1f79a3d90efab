"""A register or list as a sheet: a title, a header, rows; printed through the same letters as papers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from dean06.papers.printing.layout import FONT_DESCENT, SINGLE_LINE
from dean06.papers.printing.letters import FAMILY, Cutter, face, printable
from dean06.papers.printing.typesetting import set_pdf

TEMPLATE = "so.typ"
BODY_PT = 10.0
SIDES_MM = {True: 297.0 - 35.0, False: 210.0 - 35.0}
CELL_MM = 3.0


class Turn(StrEnum):
    """How the page lies."""

    ACROSS = "across"
    UPRIGHT = "upright"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column: what stands over it, and its share of the width."""

    title: str
    share: float
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole register: whose it is, its title, what is to be known of it, its columns and rows, its last lines."""

    owner: tuple[str, ...]
    title: str
    about: str
    columns: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    turn: Turn = Turn.ACROSS

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row has as many cells as there are columns")

    @property
    def header(self) -> tuple[str, ...]:
        """Return what stands over the columns."""
        return tuple(column.title for column in self.columns)


def sheet_pdf(sheet: Sheet, created: datetime) -> bytes:
    """Return the sheet as PDF/A-2a and PDF/UA-1; the same sheet and moment give the same bytes."""
    whole = SIDES_MM[sheet.turn is Turn.ACROSS]
    total = sum(column.share for column in sheet.columns)
    widths = [whole * column.share / total for column in sheet.columns]
    data = {
        "owner": [_shown(line) for line in sheet.owner],
        "title": _shown(sheet.title),
        "about": _shown(sheet.about),
        "notes": [_shown(line) for line in sheet.notes],
        "across": sheet.turn is Turn.ACROSS,
        "columns": [
            asdict(column) | {"title": _cut(column.title, width), "width": width}
            for column, width in zip(sheet.columns, widths, strict=True)
        ],
        "rows": [[_cut(cell, width) for cell, width in zip(row, widths, strict=True)] for row in sheet.rows],
        "font": {"family": FAMILY, "descent": FONT_DESCENT, "single": SINGLE_LINE, "size": BODY_PT},
    }
    return set_pdf(TEMPLATE, data, created)


def _shown(text: str) -> str:
    """Return a text as the letters can print it: what a stranger wrote may hold signs that no font of ours has."""
    return "".join(letter if ord(letter) in printable() or letter == "\n" else "□" for letter in text)


def _cut(text: str, width: float) -> list[str]:
    return Cutter(width - CELL_MM).cut(_shown(text), face(bold=True), BODY_PT)
