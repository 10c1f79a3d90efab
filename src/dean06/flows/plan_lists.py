"""The task list of a higher plan as it lies in a workbook: each row read, its agencies and day found, its faults told.

Pure but for the names of the group's agencies. A row that was imported before is known again by its words, or by its
number as printed where the words were changed, so that a second import changes lines and doubles none.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dean06.orthography import service as orthography
from dean06.work.types import LineInfo, NewLine

_SPLIT = re.compile(r"\s*[;,\n]\s*|\s+-\s+|\s*\+\s*")
_ROMAN = re.compile(r"[IVXLC]+\.?|[A-Z]\.?")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MONTH = re.compile(r"(?:thang\s*)?(\d{1,2})\s*(?:[/.-]|\s+nam\s+)\s*(\d{4})")
_QUARTER = re.compile(r"quy\s*(iv|iii|ii|i|[1-4])\s*(?:[/.-]|\s+nam\s+)?\s*(\d{4})?")
_YEAR = re.compile(r"(?:trong\s+)?nam\s*(\d{4})")
_HALF = re.compile(r"6 thang dau nam\s*(\d{4})?")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_STANDING = ("thuong xuyen", "hang nam", "lien tuc")
MOST_LEADS = 1

__all__ = ["ListedRow", "Names", "names_of", "read_due", "read_rows", "recognised_again"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """A row of the list: the line it makes, and what is wrong with it, in both languages.

    `stops` says that no line can be made of it; a heading makes none and is no fault.
    """

    number: int
    line: NewLine | None
    faults: tuple[tuple[str, str], ...] = ()
    heading: str = ""

    @property
    def stops(self) -> bool:
        """Say whether the row makes no line."""
        return self.line is None


Names = Mapping[str, str]  # folded name -> code


def names_of(agencies: Mapping[str, str], others: Mapping[str, Iterable[str]]) -> Names:
    """Return the folded names by which a group's agencies are found; the first of equals stands."""
    found: dict[str, str] = {}
    for code, name in agencies.items():
        for one in (name, code, *others.get(code, ())):
            found.setdefault(orthography.search_key(one), code)
    return found


def read_rows(rows: Iterable[tuple[int, Mapping[str, str]]], names: Names, year: int) -> list[ListedRow]:
    """Return the rows of a list as lines with their faults, in their order.

    Args:
        rows: number of the row in its sheet, and its cells by column: label, task, lead, others, due, product.
        names: from `names_of`.
        year: of the plan, for a deadline that names none.
    """
    told: list[ListedRow] = []
    heading, seen = "", dict[str, int]()
    for number, cells in rows:
        one = _row(number, cells, names, year, heading)
        if one.heading:
            heading = one.heading
        elif one.line is not None and one.line.key in seen:
            first = seen[one.line.key]
            fault = (f"trùng dòng {first}", f"the same as row {first}")
            one = replace(one, line=None, faults=(*one.faults, fault))
        elif one.line is not None:
            seen[one.line.key] = number
        told.append(one)
    return told


def _row(number: int, cells: Mapping[str, str], names: Names, year: int, heading: str) -> ListedRow:
    content = cells.get("task", "").strip()
    rest = any(cells.get(code, "").strip() for code in ("lead", "others", "due", "product"))
    if not content:
        return ListedRow(number=number, line=None, faults=(("thiếu nội dung nhiệm vụ", "no task is written"),))
    if not rest and (content.isupper() or _ROMAN.fullmatch(cells.get("label", "").strip())):
        return ListedRow(number=number, line=None, heading=content[:300])
    return _line_row(number, cells, names, year, heading)


def _line_row(number: int, cells: Mapping[str, str], names: Names, year: int, heading: str) -> ListedRow:
    content, written = cells.get("task", "").strip(), cells.get("due", "").strip()
    leads, strange = _agencies(cells.get("lead", ""), names)
    others, strangers = _agencies(cells.get("others", ""), names)
    due = read_due(written, year)
    lead = leads[0] if leads else ""
    line = NewLine(
        key=key_of(content),
        label=cells.get("label", "").strip()[:20],
        heading=heading,
        content=content[:1000],
        lead=lead,
        coordinating=tuple(code for code in dict.fromkeys((*leads[1:], *others)) if code != lead),
        due=due,
        due_words=written[:80],
        product=cells.get("product", "").strip()[:500],
    )
    named = bool(cells.get("lead", "").strip())
    faults = (*_of_agencies(leads, (*strange, *strangers), named=named), *_of_due(written, due))
    return ListedRow(number=number, line=line, faults=faults)


def _of_agencies(leads: Sequence[str], strange: Iterable[str], *, named: bool) -> tuple[tuple[str, str], ...]:
    """Return what is wrong with the agencies of a row: none leads, one is not known, or more than one leads."""
    faults = [] if named else [("chưa ghi cơ quan chủ trì", "no lead agency is written")]
    faults += [
        (f"không nhận ra cơ quan «{one}»: chọn sau khi nhập", f"the agency {one!r} is not known: choose it afterwards")
        for one in strange
    ]
    if len(leads) > MOST_LEADS:
        faults.append(
            (
                f"có {len(leads)} cơ quan chủ trì: lấy cơ quan đầu, các cơ quan sau thành phối hợp",
                f"{len(leads)} lead agencies: the first leads, the others coordinate",
            )
        )
    return tuple(faults)


def _of_due(written: str, due: date | None) -> tuple[tuple[str, str], ...]:
    if due is not None:
        return ()
    if written:
        return ((f"không đọc được thời hạn «{written}»", f"the deadline {written!r} cannot be read"),)
    return (("chưa ghi thời hạn", "no deadline is written"),)


def key_of(content: str) -> str:
    """Return what a line is known by: a hash of its folded words."""
    return hashlib.sha256(orthography.search_key(content).encode()).hexdigest()[:40]


def _agencies(text: str, names: Names) -> tuple[list[str], list[str]]:
    """Return the agencies that a cell names, and the words that name none."""
    found: list[str] = []
    strange: list[str] = []
    whole = names.get(orthography.search_key(text))
    if whole:
        return [whole], []
    left = _SPLIT.split(text)
    while left:
        code, taken = _longest(left, names)
        if code:
            found.append(code)
        elif left[0].strip():
            strange.append(left[0].strip()[:80])
        left = left[max(1, taken) :]
    return list(dict.fromkeys(found)), strange


def _longest(parts: Sequence[str], names: Names) -> tuple[str, int]:
    """Return the agency that the first parts name together (a name may hold a comma or a dash), and how many."""
    for count in range(min(3, len(parts)), 0, -1):
        code = names.get(orthography.search_key(" ".join(parts[:count])))
        if code:
            return code, count
    return "", 0


def read_due(text: str, year: int) -> date | None:
    """Return the last day a deadline names: a day, month, quarter or year; `trước ngày` leaves that day out."""
    key = " ".join(orthography.fold(text).replace(",", " ").split())
    try:
        return _due(key, year)
    except ValueError:
        return None


def _due(key: str, year: int) -> date | None:
    for pattern, read in _GRAMMAR:
        if found := pattern.search(key):
            return read(found, year)
    return date(year, 12, 31) if any(word in key for word in _STANDING) else None


def _on(found: re.Match[str], _: int) -> date:
    day = date(int(found[3]), int(found[2]), int(found[1]))
    return day - timedelta(days=1) if "truoc" in found.string[: found.start()] else day


_GRAMMAR: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], date]], ...] = (
    (_DAY, _on),
    (_HALF, lambda found, year: date(int(found[1] or year), 6, 30)),
    (_QUARTER, lambda found, year: _end(int(found[2] or year), 3 * _QUARTERS[found[1]])),
    (_MONTH, lambda found, _: _end(int(found[2]), int(found[1]))),
    (re.compile(r"^thang\s*(\d{1,2})$"), lambda found, year: _end(year, int(found[1]))),
    (_YEAR, lambda found, _: date(int(found[1]), 12, 31)),
)


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def recognised_again(rows: Sequence[ListedRow], known: Iterable[LineInfo]) -> list[ListedRow]:
    """Let a row whose words were changed be the line that had its number, where that line is not in the list itself."""
    listed = {row.line.key for row in rows if row.line is not None}
    lines = list(known)
    keys = {line.key for line in lines}
    free = {line.label: line.key for line in lines if line.label and line.key not in listed}
    told = []
    for row in rows:
        line = row.line
        if line is not None and line.key not in keys and line.label in free:
            row = replace(row, line=replace(line, key=free.pop(line.label)))  # noqa: PLW2901  the row as recognised
        told.append(row)
    return told
