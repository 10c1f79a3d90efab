"""The annex of figures: a workbook whose first sheet leads each reference code of the paper to a file's checksum.

The same annex gives the same bytes. Text is written as text, so no cell of a stranger's file can act as a formula.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import xlsxwriter
from xlsxwriter.format import Format as Look
from xlsxwriter.worksheet import Worksheet

from dean06.papers.errors import PaperRefused
from dean06.papers.writing.document import Paper

Value = str | int | float | Decimal | date | None

FIRST_SHEET = "Dẫn nguồn số liệu"
MOST_ROWS = 1_048_000
MOST_LETTERS = 32_000
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed moment without an offset, as the file format has it
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FONT = "Times New Roman"


class Format(StrEnum):
    """How a column's values are shown."""

    TEXT = "@"
    GENERAL = "General"
    WHOLE = "#,##0"
    DECIMAL = "#,##0.00"
    PERCENT = "0.00%"
    DATE = "dd/mm/yyyy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One source of one number: the code that stands in the paper, what it counts, and the file that proves it.

    A number with several sources has several rows of one code.
    """

    code: str
    meaning: str
    value: Value
    run: str = ""
    delivery: str = ""
    task: str = ""
    file_name: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexTable:
    """A table of figures on a sheet of its own; a column without a format shows its values as they are."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    formats: tuple[Format, ...] = ()
    sheet: str = ""

    def __post_init__(self) -> None:
        wide = len(self.header)
        if not wide or any(len(row) != wide for row in self.rows) or len(self.formats) not in (0, wide):
            raise PaperRefused(
                "bảng phụ lục",
                "số ô của mỗi dòng phải bằng số cột của tiêu đề",
                "each row must have as many cells as the header",
            )
        if len(self.rows) > MOST_ROWS:
            raise PaperRefused("bảng phụ lục", "quá số dòng một trang tính chứa được", "more rows than a sheet holds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A workbook that goes with a paper."""

    title: str
    issuer: str
    subtitle: str = ""
    references: tuple[Reference, ...] = ()
    tables: tuple[AnnexTable, ...] = field(default=())


def untraced(paper: Paper, annex: Annex) -> tuple[str, ...]:
    """Return the reference codes of the paper that the annex does not explain, in reading order."""
    known = {reference.code for reference in annex.references}
    return tuple(dict.fromkeys(ref.ref for ref in paper.refs() if ref.ref not in known))


def render_annex(annex: Annex) -> bytes:
    """Return the workbook."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": _plain(annex.title), "author": _plain(annex.issuer), "created": _MADE})
    looks = _Looks(book)
    names = _sheet_names(annex.tables)
    _sheet(book.add_worksheet(FIRST_SHEET), annex, _references(annex), looks)
    for name, table in zip(names, annex.tables, strict=True):
        _sheet(book.add_worksheet(name), annex, table, looks)
    book.close()
    return file.getvalue()


def _references(annex: Annex) -> AnnexTable:
    return AnnexTable(
        title="Nguồn của từng số liệu có mã dẫn trong văn bản",
        header=("Mã", "Nội dung", "Giá trị", "Lượt đối soát", "Đợt giao dữ liệu", "Nhiệm vụ", "Tên tệp", "SHA-256"),
        rows=tuple(
            (each.code, each.meaning, each.value, each.run, each.delivery, each.task, each.file_name, each.sha256)
            for each in annex.references
        ),
    )


class _Looks:
    """The cell formats of one workbook, made once each."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[str, Look] = {}
        self.title = book.add_format({"font_name": _FONT, "font_size": 14, "bold": True})
        self.note = book.add_format({"font_name": _FONT, "font_size": 12, "italic": True})
        self.header = book.add_format(
            {
                "font_name": _FONT, "font_size": 12, "bold": True, "border": 1, "align": "center",
                "valign": "vcenter", "text_wrap": True, "bg_color": "#E8EDF3",
            }
        )  # fmt: skip

    def cell(self, shown: str) -> Look:
        """Return the format of a body cell that shows its value so."""
        if shown not in self._made:
            settings: dict[str, object] = {"font_name": _FONT, "font_size": 12, "border": 1, "valign": "top"}
            if shown == Format.TEXT:
                settings["text_wrap"] = True
            self._made[shown] = self._book.add_format({**settings, "num_format": shown})
        return self._made[shown]


def _sheet(sheet: Worksheet, annex: Annex, table: AnnexTable, looks: _Looks) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=1.18, right=0.59, top=0.79, bottom=0.79)
    sheet.fit_to_pages(1, 0)
    sheet.set_header("&C&P")
    sheet.write_string(0, 0, _plain(annex.title), looks.title)
    sheet.write_string(1, 0, _plain(" · ".join(filter(None, (annex.issuer, annex.subtitle)))), looks.note)
    sheet.write_string(2, 0, _plain(table.title), looks.title)
    for at, name in enumerate(table.header):
        sheet.write_string(4, at, _plain(name), looks.header)
        sheet.set_column(at, at, _width(table, at))
    for down, row in enumerate(table.rows, start=5):
        for at, value in enumerate(row):
            _write(sheet, down, at, value, looks, table.formats[at] if table.formats else None)
    sheet.freeze_panes(5, 0)
    sheet.repeat_rows(4)
    if table.rows:
        sheet.autofilter(4, 0, 4 + len(table.rows), len(table.header) - 1)


def _write(sheet: Worksheet, down: int, at: int, value: Value, looks: _Looks, shown: Format | None) -> None:
    match value:
        case None:
            sheet.write_blank(down, at, None, looks.cell(Format.GENERAL))
        case bool():
            sheet.write_string(down, at, "Có" if value else "Không", looks.cell(Format.TEXT))
        case str():
            sheet.write_string(down, at, _plain(value), looks.cell(Format.TEXT))
        case date():
            plain = value.replace(tzinfo=None) if isinstance(value, datetime) else value
            sheet.write_datetime(down, at, plain, looks.cell(shown or Format.DATE))
        case int():
            sheet.write_number(down, at, value, looks.cell(shown or Format.WHOLE))
        case _:
            sheet.write_number(down, at, float(value), looks.cell(shown or Format.DECIMAL))


def _width(table: AnnexTable, at: int) -> float:
    longest = max((len(str(row[at])) for row in table.rows[:200] if row[at] is not None), default=0)
    return float(min(max(longest + 2, len(table.header[at]) * 0.75 + 2, 8), 68))


def _plain(text: str) -> str:
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)[:MOST_LETTERS]


def _sheet_names(tables: tuple[AnnexTable, ...]) -> tuple[str, ...]:
    """Name the sheets: at most 31 letters, none that the format forbids, and no name twice whatever the case."""
    taken = {FIRST_SHEET.casefold(), "history"}
    names: list[str] = []
    for at, table in enumerate(tables, start=1):
        wanted = re.sub(r"[\[\]:*?/\\]", " ", _plain(table.sheet or table.title)).strip(" '") or f"Bảng {at}"
        name, turn = wanted[:31].strip(" '"), 2
        while name.casefold() in taken:
            tail = f" ({turn})"
            name, turn = wanted[: 31 - len(tail)].strip(" '") + tail, turn + 1
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)
