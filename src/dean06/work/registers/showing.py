"""Values of fields as a reader, a workbook and a printed page see them, and the values worked out of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from dean06.charter import service as charters
from dean06.clock.service import TZ
from dean06.work.registers.definition import Definition, FieldRule, FieldType
from dean06.work.registers.types import Value, Values
from dean06.work.registers.values import ANSWERS, Known

__all__ = ["computed", "written"]


def written(rule: FieldRule, value: Value | None, known: Known, language: str = "vi") -> str:
    """Return a value in words; empty where there is none."""
    if value is None:
        return ""
    write = _WRITERS.get(rule.type)
    return write(rule, value, known, language) if write else str(value)


def _choice(rule: FieldRule, value: Value, known: Known, language: str) -> str:
    item = next((one for one in known.lists.get(rule.list or "", ()) if one.code == value), None)
    if item is None:
        return str(value)
    return item.en if language == "en" else item.vi


def _agency(_: FieldRule, value: Value, known: Known, __: str) -> str:
    codes = value if isinstance(value, list) else [str(value)]
    return "; ".join(known.agencies.get(code, code) for code in codes)


def _system(_: FieldRule, value: Value, __: Known, language: str) -> str:
    words = charters.vocabulary().systems.get(str(value))
    return f"{value}: {words.en if language == 'en' else words.vi}" if words else str(value)


def _date(_: FieldRule, value: Value, __: Known, ___: str) -> str:
    return f"{date.fromisoformat(str(value)):%d/%m/%Y}"


def _instant(_: FieldRule, value: Value, __: Known, ___: str) -> str:
    at = datetime.fromisoformat(str(value)).astimezone(TZ)
    return f"{at:%H:%M} {at:%d/%m/%Y}"


def _yes(_: FieldRule, value: Value, __: Known, language: str) -> str:
    return ANSWERS["co" if value else "khong"][language == "en"]


def _link(rule: FieldRule, value: Value, known: Known, _: str) -> str:
    return known.labels.get((rule.to or "", int(str(value))), f"#{value}")


def _answers(_: FieldRule, value: Value, __: Known, ___: str) -> str:
    return "; ".join(f"{code}={said}" for code, said in value.items()) if isinstance(value, dict) else str(value)


def _number(_: FieldRule, value: Value, __: Known, ___: str) -> str:
    return f"{value:,}".translate(str.maketrans(",.", ".,")) if isinstance(value, int | float) else str(value)


_WRITERS: Mapping[FieldType, Callable[[FieldRule, Value, Known, str], str]] = {
    FieldType.CHOICE: _choice,
    FieldType.AGENCY: _agency,
    FieldType.AGENCIES: _agency,
    FieldType.SYSTEM: _system,
    FieldType.DATE: _date,
    FieldType.INSTANT: _instant,
    FieldType.YES_NO: _yes,
    FieldType.LINK: _link,
    FieldType.QUESTIONS: _answers,
    FieldType.MONEY: _number,
    FieldType.NUMBER: _number,
}


def computed(definition: Definition, values: Values) -> dict[str, float | None]:
    """Return the worked-out values of an entry; None where a number is missing."""
    made: dict[str, float | None] = {}
    for one in definition.computed:
        parts = [values.get(code) for code in (*one.less, *([one.times] if one.times else []))]
        if any(not isinstance(part, int | float) for part in parts):
            made[one.code] = None
            continue
        first, second, *times = (Decimal(str(part)) for part in parts)
        made[one.code] = float((first - second) * (times[0] if times else 1))
    return made
