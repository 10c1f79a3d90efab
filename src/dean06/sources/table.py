"""A table as a reader hands it on: a title and numbered rows of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dean06.sources.header import Merged

Row = list[str]
Record = tuple[int, Row, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet or file: its rows (number as a person counts, cells, fault) and its merged cells (0-based).

    A row with a fault could not be parsed and is set aside under it. `strict_width` says that a row with more cells
    than the header has slipped, as text with separators does.
    """

    title: str
    height: int
    rows: Iterator[Record]
    merged: Merged = ()
    strict_width: bool = False
