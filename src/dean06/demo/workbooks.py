"""A delivery as a workbook: titles, merged heads, a sheet a hamlet, totals, the block where someone signs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from dean06.demo.datasets import Column
from dean06.demo.encodings import DAMAGES, as_is
from dean06.demo.entries import Cell
from dean06.demo.pages import Getter, Sheet
from dean06.demo.truth import Judge, TruthRow

_BORN_ANYWAY = datetime(2022, 1, 6, tzinfo=UTC).replace(tzinfo=None)
"""Written as the making date of every workbook, so that the same world gives the same bytes."""
_FULL_DATE = 10
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def _spans(columns: tuple[Column, ...]) -> list[tuple[int, int]]:
    """Return first and last column of each head of the top row."""
    found: list[tuple[int, int]] = []
    for at, column in enumerate(columns):
        if found and len(column.heads) > 1 and columns[found[-1][0]].heads[0] == column.heads[0]:
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found


class Workbook:
    """Writes the sheets of one delivery, and their truth."""

    def __init__(self, path: Path, columns: tuple[Column, ...], cells: list[Getter | None], judge: Judge) -> None:
        self.columns = columns
        self.cells = cells
        self.judge = judge
        self.truth: list[TruthRow] = []
        self.depth = max(len(column.heads) for column in columns)
        self.book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False})
        self.book.set_properties({"created": _BORN_ANYWAY, "title": "Danh sách", "author": ""})
        bold = {"bold": True, "font_name": "Times New Roman"}
        grid = {"border": 1, "font_name": "Times New Roman"}
        self.title = self.book.add_format({**bold, "align": "center", "font_size": 14})
        self.plain = self.book.add_format({"font_name": "Times New Roman"})
        self.head = self.book.add_format({**bold, **grid, "align": "center", "valign": "vcenter", "text_wrap": True})
        self.text = self.book.add_format(grid)
        self.day = self.book.add_format({**grid, "num_format": "dd/mm/yyyy"})
        self.total = self.book.add_format({**bold, **grid})

    def add(self, sheet: Sheet, above: list[str], below: list[str], *, numbered: bool, date_cells: bool) -> None:
        """Write one sheet."""
        page = self.book.add_worksheet(sheet.name)
        damaged = DAMAGES[sheet.damage]
        last = len(self.columns) - 1
        for at, column in enumerate(self.columns):
            page.set_column(at, at, column.width)
        right = max(last - 4, 1)
        page.write_string(0, 0, damaged(above[0]), self.plain)
        for line, text in enumerate(MOTTO):
            page.write_string(line, right, damaged(text), self.plain)
        for line, text in enumerate(above[1:], 3):
            page.merge_range(line, 0, line, last, damaged(text), self.title)
        top = len(above) + 3
        self._heads(page, top, sheet.damage)
        first = top + self.depth
        if numbered:
            for at in range(last + 1):
                page.write_string(first, at, f"({at + 1})", self.head)
            first += 1
        end = self._rows(page, first, sheet, date_cells=date_cells)
        self._foot(page, end, [damaged(text) for text in below])

    def _heads(self, page: Any, top: int, damage: str) -> None:
        """Write the heads row by row, as constant memory asks, and lay the merges over them."""
        damaged = DAMAGES[damage]
        for level in range(self.depth):
            for at, column in enumerate(self.columns):
                head = column.heads[level] if level < len(column.heads) else ""
                first = not at or level or self.columns[at - 1].heads[0] != head
                page.write_string(top + level, at, damaged(head) if first else "", self.head)
        if self.depth == 1:
            return
        for first, last in _spans(self.columns):
            deep = len(self.columns[first].heads) == 1
            if deep or last > first:
                # `merge_range` writes its cells, which a row left behind cannot take any more
                page.merge.append([top, first, top + self.depth - 1 if deep else top, last])

    def _rows(self, page: Any, first: int, sheet: Sheet, *, date_cells: bool) -> int:
        """Write the rows, each group under its own line; return the line after the last."""
        born = next(at for at, column in enumerate(self.columns) if column.role == "ngay_sinh") if date_cells else -1
        damaged = DAMAGES[sheet.damage]
        line, group = first, -1
        for ordinal, entry in enumerate(sheet.entries, 1):
            if sheet.groups and entry.hamlet != group:
                group = entry.hamlet
                page.merge_range(line, 0, line, len(self.columns) - 1, damaged(sheet.groups[group]), self.total)
                line += 1
            if "trung" in entry.kinds:
                page.set_row(
                    line, None, None, {"hidden": True}
                )  # a clerk hides the second row and sends it all the same
            for column, cell in enumerate(self.cells):
                value: Cell = ordinal if cell is None else cell(entry)
                if cell is None and sheet.formulas:
                    page.write_formula(line, column, f"=ROW()-{line + 1 - ordinal}", self.text, ordinal)
                elif isinstance(value, int):
                    page.write_number(line, column, value, self.text)
                elif column == born and len(value) == _FULL_DATE and value[2] == value[5] == "/":
                    self._date(page, line, column, value)
                else:
                    page.write_string(line, column, value if damaged is as_is else damaged(value), self.text)
            line += 1
            self.truth.append(self.judge.row(sheet.name, line, entry, sheet.damage))
        return line

    def _date(self, page: Any, line: int, column: int, value: str) -> None:
        day, month, year = int(value[:2]), int(value[3:5]), int(value[6:])
        if year <= 1900 or not 1 <= month <= 12:
            page.write_string(line, column, value, self.text)
        else:
            moment = datetime(year, month, day, tzinfo=UTC).replace(tzinfo=None)
            page.write_datetime(line, column, moment, self.day)

    def _foot(self, page: Any, line: int, below: list[str]) -> None:
        last = len(self.columns) - 1
        page.merge_range(line, 0, line, last, below[0], self.total)
        right = max(last - 4, 1)
        page.write_string(line + 2, right, below[1], self.plain)
        page.write_string(line + 3, 1, below[2], self.plain)
        page.write_string(line + 3, right, below[3], self.plain)
        page.write_string(line + 4, right, below[4], self.plain)

    def close(self) -> list[TruthRow]:
        """Finish the file and return the truth of its rows."""
        self.book.close()
        return self.truth
