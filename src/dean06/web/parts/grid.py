"""Groups by measures: small cells, each a sign, a number and a word for those who hear it; the worst row first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dean06.web.language import words
from dean06.web.parts.tables import HEAT


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """One cell: `met`, `late`, `missed` or `na`, with its number as written."""

    state: str
    text: str = ""

    @property
    def sign(self) -> str:
        """The sign of the state; empty where a dot stands."""
        return HEAT[self.state][0]

    @property
    def spoken(self) -> str:
        """The cell for a reader who hears it."""
        word = {"met": words("đạt", "met"), "late": words("có trễ hạn", "some late")}.get(self.state)
        word = word or (words("chưa đạt", "not met") if self.state == "missed" else words("không có số", "no figure"))
        return f"{word}, {self.text}" if self.text else word


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """One group: its name, what is said beside it, a cell a measure."""

    title: str
    note: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Groups by measures."""

    template: ClassVar[str] = "dean06/parts/grid.html"
    label: str
    first_head: str
    heads: tuple[str, ...]
    rows: tuple[GridRow, ...]
