"""What both versions ask, in one form: a name, the values of fields, an id; read with care, since anybody typed it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import islice, product

from dean06.reconcile.errors import LookupRefused
from dean06.reconcile.service import lookups
from dean06.reconcile.service.lookups import Asked, Question
from dean06.web.reconciliation.door import bad

TYPE = "nguoi"
LONGEST, MOST_VALUES, MOST_READINGS, MOST_FIELDS = 300, 4, 6, 20
DEFAULT_LIMIT = 5
_NUMBER = re.compile(r"[0-9]{8,12}")
_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9:.]+(Z|[+-][0-9:]+)?")
_CODE = re.compile(r"[0-9]{1,5}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ROLES = frozenset(one.name for one in fields(Asked))

__all__ = ["DEFAULT_LIMIT", "TYPE", "Condition", "canonical", "count_of", "question", "require_batch", "text_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What one field must say; `field` is the id of a field, any of the values will do."""

    field: str
    values: tuple[str, ...]
    required: bool = False


@dataclass(slots=True)
class _Reading:
    """What a question says, by role of a list's row."""

    given: dict[str, list[str]] = field(default_factory=dict)
    known: str = ""

    def add(self, role: str, value: str) -> None:
        self.given.setdefault(role, []).append(value)


def canonical(told: object) -> str:
    """Return the one text of what was sent, which the ledger commits to."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def require_batch(queries: int) -> None:
    """Refuse more questions at once than a batch may hold."""
    most = lookups.limit("batch")
    if queries > most:
        raise LookupRefused("too-many", f"Quá {most} câu hỏi một lần.", f"More than {most} queries at once.")


def count_of(value: object, default: int, most: int) -> int:
    """Return a count as it was asked for, within what is given at most."""
    if value is None or value == "":
        return min(default, most)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise bad("Số lượng phải là một số.", "A limit must be a number.")
    try:
        number = int(float(value))
    except (ValueError, OverflowError) as error:
        raise bad("Số lượng phải là một số.", "A limit must be a number.") from error
    return max(1, min(number, most))


def text_of(value: object) -> str:
    """Return a value of a property as text; an entity is its name, a whole number has no point."""
    match value:
        case bool():
            return ""
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case str():
            return _clean(value)
        case {"name": str(name)}:
            return _clean(name)
        case {"id": str(one)}:
            return _clean(one)
        case _:
            raise bad(
                "Giá trị phải là chữ, số, hoặc thực thể có id.", "A value is a text, a number or an entity with an id."
            )


def _clean(text: str) -> str:
    if len(text) > LONGEST:
        raise bad(f"Mỗi giá trị dài nhất {LONGEST} ký tự.", f"A value has {LONGEST} characters at most.")
    return " ".join(_CONTROL.sub(" ", text).split())


def question(name: Sequence[str], ids: Sequence[str], conditions: Iterable[Condition], limit: int) -> Question:
    """Return a question as the room asks it.

    Args:
        name: names to look for; one of digits alone is a number, one that is an id is that person.
        ids: ids given out before.
        conditions: what fields must say; fields that cannot be asked by change nothing.
        limit: how many people at most.
    """
    reading, required = _Reading(), set()
    for text in (*ids, *name):
        _take_name(reading, text)
    known = lookups.fields()
    for one in islice(conditions, MOST_FIELDS):
        of = known.get(one.field)
        if of is None or of.asked is None:
            continue
        for value in one.values[:MOST_VALUES]:
            _take(reading, of.asked, value)
        if one.required:
            required.add("khac" if one.field in {"ho_ten_cha", "ho_ten_me"} else one.field)
    readings = _readings(reading.given)
    return Question(rows=readings, limit=limit, known=reading.known, required=frozenset(required))


def _take_name(reading: _Reading, text: str) -> None:
    digits = text.replace(" ", "").replace(".", "")
    if _NUMBER.fullmatch(digits):
        reading.add("so_cmnd" if len(digits) == 9 else "so_cccd", digits)
    elif text:
        if lookups.looks_like_id(text):
            reading.known = text
        reading.add("ho_ten", text)


def _take(reading: _Reading, role: str, value: str) -> None:
    if not value:
        return
    if role == "ngay_sinh" and (found := _INSTANT.fullmatch(value)):
        value = "/".join(reversed(found[1].split("-")))
    if role == "ma_xa" and not _CODE.fullmatch(value):
        role = "dia_chi"  # a commune by its name: the engine reads it in an address
    reading.add(role, value)


def _readings(given: Mapping[str, Sequence[str]]) -> tuple[Asked, ...]:
    """Return the ways to read a question in which fields have several values, a few at most."""
    names = [name for name in given if name in _ROLES]
    ways = product(*(dict.fromkeys(given[name]) for name in names))
    return tuple(Asked(**dict(zip(names, way, strict=True))) for way in islice(ways, MOST_READINGS))
