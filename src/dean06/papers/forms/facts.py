"""The facts that a form asks for: their types, and the reading of what somebody filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dean06.clock import service as clock
from dean06.papers.errors import Fault, PaperRefused
from dean06.papers.writing.outline import read_articles
from dean06.papers.writing.sections import REF, Align, Outline, Section, clean

CODE = r"^[a-z][a-z0-9_]*$"
_DIGITS = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_NO_NUMBER = ("phải là một số, viết như 1846, 1.846 hoặc 97,5", "must be a number, written as 1846, 1.846 or 97,5")


class FactType(StrEnum):
    """What a fact is, and so where its placeholder may stand."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    DATE = "date"
    MOMENT = "moment"
    NUMBER = "number"
    LIST = "list"
    ROWS = "rows"
    PERSON = "person"
    ARTICLES = "articles"


ALONE = frozenset({FactType.PARAGRAPH, FactType.LIST, FactType.ROWS})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnRule(_Strict):
    """One column of a table that is filled in."""

    code: str = Field(pattern=CODE)
    title: str = Field(min_length=1)
    share: float = Field(default=1.0, ge=0.05, le=100)
    align: Align = Align.LEFT
    type: FactType = FactType.TEXT

    @model_validator(mode="after")
    def _agree(self) -> ColumnRule:
        if self.type not in (FactType.TEXT, FactType.NUMBER):
            raise ValueError("a column holds text or numbers")
        return self


class FactRule(_Strict):
    """One fact: its name to the clerk, what it is, whether a paper can go out without it, and a made-up example."""

    code: str = Field(pattern=CODE)
    label: str = Field(min_length=1)
    hint: str = ""
    type: FactType = FactType.TEXT
    required: bool = True
    example: object
    columns: tuple[ColumnRule, ...] = ()
    caption: str = ""
    unit: str = ""
    total: bool = False
    counted: bool = False

    @model_validator(mode="after")
    def _agree(self) -> FactRule:
        if (self.type is FactType.ROWS) != bool(self.columns and self.caption):
            raise ValueError("rows need columns and a caption, and no other type has them")
        _, fault = read(self, self.example)
        if fault is not None:
            raise ValueError(f"its example is refused: {fault.en}")
        return self


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by name and title."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number, and the code of the annex line that proves it where it was counted."""

    value: Decimal
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Articles:
    """A pasted regulation as sections."""

    outline: Outline
    sections: tuple[Section, ...]


Row = Mapping[str, "str | Number"]
Value = str | tuple[str, ...] | date | datetime | Number | tuple[Row, ...] | Person | Articles | None


def read(rule: FactRule, given: object) -> tuple[Value, Fault | None]:
    """Return a fact's value, None where nothing was filled in, and what is wrong with it."""
    if given is None or given in ("", [], (), {}):
        return None, None
    try:
        return _typed(rule, given), None
    except PaperRefused as refused:
        vi, en = refused.vi.partition(": ")[2], refused.en.partition(": ")[2]
        return None, Fault(rule.code, f"{rule.label}: {vi}", f"{rule.code}: {en}")


def _typed(rule: FactRule, given: object) -> Value:
    if rule.type is FactType.ROWS:
        return tuple(_row(rule, at, row) for at, row in enumerate(_many(given), start=1))
    return _READERS[rule.type](given)


def _whole(given: object) -> str:
    if not isinstance(given, str):
        raise _wrong("phải là chữ", "must be text")
    return given


def _text(given: object) -> str:
    return clean(_whole(given), "")


def _many(given: object) -> list[object]:
    if isinstance(given, str):
        return [line for line in given.splitlines() if line.strip()]
    if not isinstance(given, list | tuple):
        raise _wrong("phải là một danh sách, mỗi dòng một mục", "must be a list")
    return list(given)


def _date(given: object) -> date:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError as error:
        raise _wrong("ngày không đúng; hãy chọn một ngày có trong lịch", "is no day of the calendar") from error


def _moment(given: object) -> datetime:
    try:
        moment = given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
    except ValueError as error:
        raise _wrong("giờ và ngày không đúng; hãy chọn lại giờ, ngày", "is no hour of a day") from error
    return moment.replace(tzinfo=clock.TZ) if moment.tzinfo is None else moment.astimezone(clock.TZ)


def _number(given: object) -> Number:
    value, ref = (given.get("value"), str(given.get("ref", ""))) if isinstance(given, Mapping) else (given, "")
    if ref and not REF.fullmatch(ref):
        raise _wrong("mã dẫn nguồn của số liệu không đúng dạng", "has a malformed reference code")
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Number(Decimal(value), ref)
    if not isinstance(value, str) or not _DIGITS.fullmatch(value.strip()):
        raise _wrong(*_NO_NUMBER)
    return Number(Decimal(value.strip().replace(".", "").replace(",", ".")), ref)


def _row(rule: FactRule, at: int, given: object) -> Row:
    codes = {column.code for column in rule.columns}
    if not isinstance(given, Mapping) or not set(given) <= codes:
        raise _wrong(f"dòng {at} có cột không thuộc bảng này", f"row {at} has a column that is not of this table")
    cells: dict[str, str | Number] = {}
    for column in rule.columns:
        cell = given.get(column.code)
        if cell is None or cell == "":
            cells[column.code] = ""
        elif column.type is FactType.NUMBER:
            try:
                cells[column.code] = _number(cell)
            except PaperRefused as refused:
                raise _wrong(
                    f"dòng {at}, cột {column.title}: {_NO_NUMBER[0]}",
                    f"row {at}, column {column.code}: {_NO_NUMBER[1]}",
                ) from refused
        else:
            cells[column.code] = _text(str(cell))
    return cells


def _person(given: object) -> Person:
    if isinstance(given, Person):
        return given
    if not isinstance(given, Mapping) or not set(given) <= {"name", "title"}:
        raise _wrong("phải có họ tên và chức vụ", "must have a name and a title")
    return Person(clean(str(given.get("name", "")), "", empty=True), clean(str(given.get("title", "")), "", empty=True))


def _wrong(vi: str, en: str) -> PaperRefused:
    return PaperRefused("", vi, en)


def _paragraphs(given: object) -> tuple[str, ...]:
    return tuple(_text(line) for line in _whole(given).splitlines() if line.strip())


def _items(given: object) -> tuple[str, ...]:
    return tuple(_text(item) for item in _many(given))


def _articles(given: object) -> Articles:
    return Articles(*read_articles(_whole(given)))


_READERS: Mapping[FactType, Callable[[object], Value]] = {
    FactType.TEXT: _text,
    FactType.PARAGRAPH: _paragraphs,
    FactType.DATE: _date,
    FactType.MOMENT: _moment,
    FactType.NUMBER: _number,
    FactType.LIST: _items,
    FactType.PERSON: _person,
    FactType.ARTICLES: _articles,
}
