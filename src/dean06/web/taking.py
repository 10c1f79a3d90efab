"""A table that comes with a form (.xlsx, .csv): its rows under headings recognised in the usual spellings.

    COLUMNS = (Column(code="task", label="Nhiệm vụ", spellings=("nội dung công việc", "tên nhiệm vụ"), needed=True), …)
    taken = take(data, file_name, COLUMNS)        taken.rows[0].number, taken.rows[0].cells["task"]

Headings are found below title rows, over one or two lines, with or without tone marks. A cell stands as a person reads
it: what a formula came to, a day as dd/mm/yyyy, a cell merged over rows in each of them. Nothing is kept here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from dean06.clock.errors import BadInput
from dean06.orthography import service as orthography
from dean06.web.pages.uploads import upload
from dean06.web.workbook_opening import MOST_COLUMNS, broken, opened

LIMIT_MB = 10
MOST_ROWS = 20_000
SEARCHED = 60
MOST_LETTERS = 2_000
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2})?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPACES = re.compile(r"\s+")

__all__ = ["Column", "Row", "Taken", "as_day", "take", "uploaded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that is looked for: its code, its heading to a person, other spellings, whether it must be there."""

    code: str
    label: str
    spellings: tuple[str, ...] = ()
    needed: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Its headings, folded."""
        return tuple(dict.fromkeys(orthography.search_key(one) for one in (self.label, *self.spellings)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its number in its sheet as a person counts, and its cells by the code of their column."""

    number: int
    cells: Mapping[str, str]

    def get(self, code: str) -> str:
        """Return a cell; empty where the table has no such column."""
        return self.cells.get(code, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A table as taken: its sheet, the heading under which each column was found, headings nobody asked for, rows."""

    file_name: str
    sheet: str
    headings: Mapping[str, str]
    others: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Header:
    below: int  # index of the first row of data
    places: Mapping[str, int]  # code -> column
    headings: Mapping[str, str]
    others: tuple[str, ...]


def uploaded(request: HttpRequest, name: str, columns: Sequence[Column]) -> Taken:
    """Return the table of a form's file, or say what is wrong with it."""
    data = upload(request, name, LIMIT_MB)
    given = request.FILES[name]
    file_name = (given.name if not isinstance(given, list) else None) or "tep"
    return take(data, file_name, columns)


def take(data: bytes, file_name: str, columns: Sequence[Column]) -> Taken:
    """Return the table of a file: the first sheet that has every needed column, and of those the fullest header."""
    if not data or len(data) > LIMIT_MB << 20:
        raise BadInput(
            f"Tệp «{file_name}» rỗng hoặc lớn hơn {LIMIT_MB} MB: gửi tệp nhỏ hơn.",
            f"The file {file_name!r} is empty or over {LIMIT_MB} MB: send a smaller one.",
        )
    best: tuple[int, str, list[list[str]], _Header] | None = None
    seen: set[str] = set()
    for title, lines in _sheets(data, file_name):
        header = _header(lines, columns)
        seen |= set(header.places)
        whole = all(one.code in header.places for one in columns if one.needed)
        if whole and (best is None or len(header.places) > best[0]):
            best = (len(header.places), title, lines, header)
    if best is None:
        raise _no_header(file_name, columns, seen)
    _, title, lines, header = best
    rows = tuple(_rows(lines, header))
    if len(rows) > MOST_ROWS:
        raise BadInput(
            f"Tệp «{file_name}» có {len(rows)} dòng, vượt giới hạn {MOST_ROWS}: chia thành nhiều tệp.",
            f"The file {file_name!r} has {len(rows)} rows, over the limit of {MOST_ROWS}: split it.",
        )
    return Taken(file_name=file_name, sheet=title, headings=header.headings, others=header.others, rows=rows)


def as_day(text: str) -> date | None:
    """Return the day that a cell names (30/6/2022, 30-06-22, 2022-06-30); None where it names none."""
    if found := _ISO.fullmatch(text.strip()):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY.fullmatch(text.strip()):
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _no_header(file_name: str, columns: Sequence[Column], seen: set[str]) -> BadInput:
    wanted = [one.label for one in columns if one.needed and one.code not in seen] or [
        one.label for one in columns if one.needed
    ]
    listed = ", ".join(f"«{one}»" for one in wanted)
    return BadInput(
        f"Không thấy hàng tiêu đề có cột {listed} trong {SEARCHED} dòng đầu của tệp «{file_name}»: "
        "ghi tên cột ở một hàng rồi gửi lại.",
        f"No header row with the column {listed} in the first {SEARCHED} rows of {file_name!r}: "
        "write the headings in one row and send it again.",
    )


# ------------------------------------------------------------ sheets as lines of text


def _sheets(data: bytes, file_name: str) -> Iterator[tuple[str, list[list[str]]]]:
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        yield from _of_workbook(opened(data, file_name), file_name)
    else:
        yield "", _of_text(data, file_name)


def _of_workbook(book: CalamineWorkbook, file_name: str) -> Iterator[tuple[str, list[list[str]]]]:
    for meta in book.sheets_metadata:
        if meta.typ is not SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_name(meta.name)
            lines = [[_shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            merged = sheet.merged_cell_ranges or []
        except (CalamineError, OSError, ValueError) as error:
            raise broken(file_name) from error
        for (top, left), (bottom, right) in merged:
            _spread(lines, (top, left), (bottom, right))
        yield meta.name, lines


def _spread(lines: list[list[str]], first: tuple[int, int], last: tuple[int, int]) -> None:
    """Let a merged cell stand in each of its rows; a heading over several columns stands over each of them."""
    (top, left), (bottom, right) = first, last
    if top >= len(lines) or left >= len(lines[top]):
        return
    value, across = lines[top][left], bottom == top and top < SEARCHED
    for row in range(top, min(bottom + 1, len(lines))):
        for column in range(left, min((right if across else left) + 1, len(lines[row]))):
            lines[row][column] = lines[row][column] or value


def _of_text(data: bytes, file_name: str) -> list[list[str]]:
    """Return the lines of a .csv in UTF-8 or UTF-16; another encoding is refused by name, never guessed."""
    codec = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(codec)
        head = text[:20_000]
        separator = max(",;\t", key=head.count)
        lines = [
            [_clean(cell) for cell in row[:MOST_COLUMNS]] for row in csv.reader(io.StringIO(text), delimiter=separator)
        ]
    except (UnicodeError, csv.Error) as error:
        raise BadInput(
            f"Tệp «{file_name}» không phải .xlsx, cũng không phải CSV mã UTF-8: lưu lại dạng .xlsx rồi gửi lại.",
            f"The file {file_name!r} is neither .xlsx nor CSV in UTF-8: save it as .xlsx and send it again.",
        ) from error
    if "\x00" in text:
        raise broken(file_name)
    return lines


def _shown(value: Any) -> str:
    """Return a cell as a person reads it."""
    match value:
        case str():
            shown = _clean(value)
        case float():
            shown = str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            shown = f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
        case date():
            shown = f"{value:%d/%m/%Y}"
        case time() | timedelta() | int():
            shown = str(value).upper()
        case _:
            shown = ""
    return shown


def _clean(text: str) -> str:
    return _SPACES.sub(" ", orthography.nfc_clean(text)).strip()[:MOST_LETTERS]


# ------------------------------------------------------------ headings


def _header(lines: Sequence[Sequence[str]], columns: Sequence[Column]) -> _Header:
    """Return the line, or two lines, in which most columns are recognised; the first of equals."""
    best = _Header(0, {}, {}, ())
    for at in range(min(SEARCHED, len(lines))):
        for depth in (1, 2):
            if at + depth > len(lines):
                continue
            found = _recognised(_joined(lines[at : at + depth]), columns, at + depth)
            if len(found.places) > len(best.places):
                best = found
    return best


def _joined(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return for each column what may be its heading: the lowest line by itself first, then all lines together."""
    width = max(len(line) for line in lines)
    names: list[list[str]] = []
    for column in range(width):
        parts = [line[column] for line in lines if column < len(line) and line[column]]
        unique = list(dict.fromkeys(parts))
        names.append([*reversed(unique), " ".join(unique)] if len(unique) > 1 else unique)
    return names


def _recognised(names: Sequence[Sequence[str]], columns: Sequence[Column], below: int) -> _Header:
    places: dict[str, int] = {}
    headings: dict[str, str] = {}
    taken: set[int] = set()
    for exact in (True, False):
        for column in columns:
            if column.code in places:
                continue
            for at, forms in enumerate(names):
                if at not in taken and any(_is(form, column, exact=exact) for form in forms):
                    places[column.code], headings[column.code] = at, forms[-1]
                    taken.add(at)
                    break
    others = tuple(forms[-1] for at, forms in enumerate(names) if forms and at not in taken)
    return _Header(below, places, headings, others)


def _is(heading: str, column: Column, *, exact: bool) -> bool:
    """Say whether a heading is a column's: as a whole, or by holding its words in their order."""
    if len(heading) > 120:
        return False
    for reading in orthography.readings(heading):
        key = orthography.search_key(reading)
        if exact and key in column.keys:
            return True
        if not exact and any(len(one) > 3 and f" {one} " in f" {key} " for one in column.keys):
            return True
    return False


def _rows(lines: Sequence[Sequence[str]], header: _Header) -> Iterator[Row]:
    """Yield rows with something in them; a row that counts the columns (1, 2, 3 …) under the header is none."""
    for at in range(header.below, len(lines)):
        line = lines[at]
        cells = {code: line[place] if place < len(line) else "" for code, place in header.places.items()}
        written = [cell for cell in line if cell]
        if not any(cells.values()):
            continue
        if at <= header.below + 1 and len(written) > 2 and all(cell.strip("()").isdecimal() for cell in written):
            continue
        yield Row(number=at + 1, cells=cells)
