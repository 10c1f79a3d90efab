"""The facts of a form as fields of a page: how each is shown, and what was typed read back as the form takes it.

A table is typed a line a row, its cells parted by `|` or pasted from a spreadsheet; a list a line an item.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.papers.types import FactRule, FactType, Form
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.slips import Misfilled

PREFIX = "tt-"
HOUR = re.compile(r"\s*(\d{1,2})\s*(?:[:hg]|giờ)\s*(\d{2})?\s*(?:phút)?\s*,?\s*(?:ngày)?\s*(\S.*)")
THOUSANDS = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?|-?\d+,\d+")
CELLS = re.compile(r"\t|\s*\|\s*")
LONG = frozenset({FactType.PARAGRAPH, FactType.LIST, FactType.ROWS, FactType.ARTICLES})
ROWS = {FactType.PARAGRAPH: 3, FactType.LIST: 4, FactType.ROWS: 5, FactType.ARTICLES: 12}

__all__ = ["Field", "fields", "given", "typed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One fact on the page; a person has a second box for the title."""

    id: str
    label: str
    hint: str
    required: bool
    kind: str
    value: str
    title: str = ""
    rows: int = 1

    @property
    def many(self) -> bool:
        """Whether it is typed in several lines."""
        return self.rows > 1


def _hint(rule: FactRule) -> str:
    told = {
        FactType.DATE: words("ngày/tháng/năm", "day/month/year"),
        FactType.MOMENT: words("ví dụ 08:00 20/03/2026", "such as 08:00 20/03/2026"),
        FactType.LIST: words("mỗi dòng một mục", "one item a line"),
        FactType.ARTICLES: words("dán toàn văn: Chương, Điều, khoản, điểm", "paste the whole text"),
    }
    if rule.type is FactType.ROWS:
        heads = " | ".join(column.title for column in rule.columns)
        return words(f"mỗi dòng một hàng, hoặc dán từ Excel: {heads}", f"a row a line, or paste from Excel: {heads}")
    return ". ".join(part for part in (rule.hint, told.get(rule.type, "")) if part)


def fields(form: Form, shown: Mapping[str, str]) -> tuple[Field, ...]:
    """Return the fields of a form with what is in them, by their names on the page."""
    return tuple(
        Field(
            id=f"{PREFIX}{rule.code}",
            label=rule.label,
            hint=_hint(rule),
            required=rule.required,
            kind=rule.type.value,
            value=str(shown.get(f"{PREFIX}{rule.code}", "")),
            title=str(shown.get(f"{PREFIX}{rule.code}-cv", "")),
            rows=ROWS.get(rule.type, 1),
        )
        for rule in form.facts
    )


def typed(form: Form, facts: Mapping[str, object]) -> dict[str, str]:
    """Return kept facts as a person would type them, by the names of their fields."""
    made: dict[str, str] = {}
    for rule in form.facts:
        value = facts.get(rule.code)
        name = f"{PREFIX}{rule.code}"
        if isinstance(value, Mapping) and rule.type is FactType.PERSON:
            made[name], made[f"{name}-cv"] = str(value.get("name", "")), str(value.get("title", ""))
        elif value not in (None, ""):
            made[name] = _written(rule, value)
    return made


def _written(rule: FactRule, value: object) -> str:
    match rule.type:
        case FactType.DATE:
            return writing.day(date.fromisoformat(str(value)))
        case FactType.MOMENT:
            at = datetime.fromisoformat(str(value)).astimezone(clock.TZ)
            return f"{at:%H:%M} {at:%d/%m/%Y}"
        case FactType.ROWS if isinstance(value, list | tuple):
            return "\n".join(
                " | ".join(str(row.get(column.code, "")) for column in rule.columns)
                for row in value
                if isinstance(row, Mapping)
            )
        case _ if isinstance(value, list | tuple):
            return "\n".join(str(line) for line in value)
        case _:
            return str(value)


def given(form: Form, post: Mapping[str, str]) -> dict[str, object]:
    """Return what was typed as the form takes it; a day or hour that cannot be read is named at its field."""
    made: dict[str, object] = {}
    for rule in form.facts:
        text = str(post.get(f"{PREFIX}{rule.code}", "")).replace("\r\n", "\n").strip()
        title = str(post.get(f"{PREFIX}{rule.code}-cv", "")).strip()
        if rule.type is FactType.PERSON and (text or title):
            made[rule.code] = {"name": text, "title": title}
        elif text:
            made[rule.code] = _read(rule, text)
    return made


def _read(rule: FactRule, text: str) -> object:
    try:
        match rule.type:
            case FactType.DATE:
                return day_given(text, rule.label).isoformat()
            case FactType.MOMENT:
                return _moment(rule, text)
            case FactType.NUMBER:
                return _plain_number(text)
            case FactType.LIST:
                return [line.strip().removeprefix("- ") for line in text.splitlines() if line.strip()]
            case FactType.ROWS:
                return [_row(rule, line) for line in text.splitlines() if line.strip()]
            case _:
                return text
    except BadInput as problem:
        raise Misfilled(f"{PREFIX}{rule.code}", problem.vi, problem.en) from problem


def _moment(rule: FactRule, text: str) -> str:
    found = HOUR.fullmatch(text)
    if found is None or not 0 <= int(found[1]) < 24 or not 0 <= int(found[2] or 0) < 60:
        raise BadInput(
            f"{rule.label}: ghi giờ rồi ngày, ví dụ 08:00 20/03/2026.",
            f"{rule.code}: write hour, then day, such as 08:00 20/03/2026.",
        )
    day = day_given(found[3], rule.label)
    return datetime(day.year, day.month, day.day, int(found[1]), int(found[2] or 0), tzinfo=clock.TZ).isoformat()


def _plain_number(text: str) -> str:
    """Return a number as an office writes it (1.234,5) in plain digits; anything else as it is."""
    text = text.replace(" ", "")
    return text.replace(".", "").replace(",", ".") if THOUSANDS.fullmatch(text) else text


def _row(rule: FactRule, line: str) -> dict[str, object]:
    cells = [cell.strip() for cell in CELLS.split(line.strip("|"))]
    if len(cells) > len(rule.columns):
        raise BadInput(
            f"{rule.label}: dòng «{line[:40]}» có {len(cells)} ô, bảng chỉ có {len(rule.columns)} cột.",
            f"{rule.code}: a line has {len(cells)} cells, the table {len(rule.columns)} columns.",
        )
    return {
        column.code: _plain_number(cell) if column.type is FactType.NUMBER else cell
        for column, cell in zip(rule.columns, cells, strict=False)
    }
