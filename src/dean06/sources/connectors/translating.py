"""From a service's codes and dates to the texts a contract reads. A date known in part stays known in part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from dean06.sources.connectors.answers import malformed, text_at
from dean06.sources.connectors.description import FieldOf
from dean06.sources.rule import Words

ALL, YEAR, MONTH = "0", "1", "2"
LENGTHS = {ALL: {8}, YEAR: {4, 8}, MONTH: {6, 8}}
DMY = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")
TIME = re.compile(r"[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")

__all__ = ["day_month_year", "run_together", "translate"]

Tables = Mapping[str, Mapping[str, str]]


def translate(title: Words, code: str, rule: FieldOf, row: object, tables: Tables) -> str:
    """Return the text of one field of the contract; `tables` are the catalogues fetched from the service."""
    text = next((text for place in rule.places if (text := text_at(title, row, place).strip())), "")
    if rule.dates == "ymd" and rule.known:
        known = text_at(title, row, rule.known).strip()
        return run_together(title, code, text, known)
    if rule.dates == "dmy":
        return day_month_year(text)
    table = tables.get(rule.catalogue, {}) if rule.catalogue else rule.codes
    if table is None or not text:
        return text
    if text not in table:
        raise malformed(
            title, f"mã ở trường «{code}» không có trong bảng mã", f"a code of the field {code!r} is in no table"
        )
    return table[text]


def day_month_year(text: str) -> str:
    """Return a date as `dd/mm/yyyy`, `mm/yyyy` or `yyyy`; a text that is no date stays as it was written."""
    found = DMY.fullmatch(TIME.sub("", text))
    if not found:
        return text
    day, month, year = found.groups()
    if month is None:
        return year
    return f"{int(day):02d}/{int(month):02d}/{year}" if day else f"{int(month):02d}/{year}"


def run_together(title: Words, code: str, text: str, known: str) -> str:
    """Return a `yyyymmdd` as far as it is said to be known: what stands in for an unknown part is not taken for one."""
    if not text:
        return ""
    if known not in LENGTHS:
        raise malformed(
            title, f"cách ghi ngày ở trường «{code}» không có trong mô tả", f"the kind of date of {code!r} is unknown"
        )
    if not (text.isascii() and text.isdigit()) or len(text) not in LENGTHS[known]:
        return text
    year, month, day = text[:4], text[4:6], text[6:8]
    if known == YEAR:
        return year
    if known == MONTH:
        return f"{month}/{year}" if "01" <= month <= "12" else text
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return text
    return f"{day}/{month}/{year}"
