"""Values of fields: read from what a person or a workbook wrote, and checked against the definition as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from dean06.charter import service as charters
from dean06.charter.errors import BadAddress
from dean06.charter.types import Citation
from dean06.clock.service import TZ
from dean06.orthography import service as orthography
from dean06.work.errors import FieldRefused
from dean06.work.registers.definition import Definition, FieldRule, FieldType
from dean06.work.registers.library import Item
from dean06.work.registers.types import Value, Values

SHORT, LONG = 300, 6000
ANSWERS = {"co": ("Có", "Yes"), "khong": ("Không", "No"), "khong_ap_dung": ("Không áp dụng", "Not applicable")}
YES = {
    "co": True,
    "yes": True,
    "x": True,
    "true": True,
    "1": True,
    "khong": False,
    "no": False,
    "false": False,
    "0": False,
}
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_AT = re.compile(
    r"(?:(\d{1,2})\s*[:hg]\s*(\d{2})?\s*,?\s*)?(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?:\s+(\d{1,2})\s*[:hg]\s*(\d{2})?)?"
)
_THOUSANDS = re.compile(r"-?\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?|-?\d+,\d+")

Cell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What stands for codes in one group on one day: its agencies, the code lists with its own codes, and the day."""

    agencies: Mapping[str, str]
    lists: Mapping[str, tuple[Item, ...]]
    today: date
    labels: Mapping[tuple[str, int], str] = field(default_factory=dict)

    def items(self, rule: FieldRule) -> tuple[Item, ...]:
        """Return the codes of a choice that may be chosen on the day."""
        return tuple(one for one in self.lists.get(rule.list or "", ()) if one.stands_on(self.today))


def read(rule: FieldRule, given: Cell, known: Known) -> Value | None:
    """Return the value that was written into a field, or refuse it by the field's name; None where nothing was."""
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    return _READERS[rule.type](rule, given, known)


def _refused(rule: FieldRule, vi: str, en: str) -> FieldRefused:
    return FieldRefused(rule.code, f"{rule.title.vi}: {vi}", f"{rule.title.en}: {en}")


def _text(rule: FieldRule, given: Cell, _: Known) -> str | None:
    """Return a text in composed letters without invisible ones; only a long one keeps its lines."""
    lines = [orthography.nfc_clean(line) for line in str(given).splitlines()]
    text = "\n".join(lines).strip() if rule.type is FieldType.LONG else " ".join(filter(None, lines))
    most = LONG if rule.type is FieldType.LONG else SHORT
    if len(text) > most:
        raise _refused(rule, f"dài quá {most} ký tự, hãy viết gọn lại.", f"longer than {most} characters.")
    return text or None


def _same(text: str) -> str:
    return orthography.search_key(text)


def _coded(rule: FieldRule, given: Cell, codes: Mapping[str, tuple[str, str]]) -> str:
    """Return the code that was meant: the code itself, or its words with or without tone marks."""
    text = str(given).strip()
    if text in codes:
        return text
    wanted = _same(text)
    fitting = [code for code, named in codes.items() if wanted in {_same(code), *map(_same, named)}]
    if len(fitting) == 1:
        return fitting[0]
    some = "; ".join(vi for vi, _ in list(codes.values())[:6])
    raise _refused(rule, f"«{text[:60]}» không có trong danh mục ({some}…).", f"{text[:60]!r} is not in the list.")


def _choice(rule: FieldRule, given: Cell, known: Known) -> str:
    return _coded(rule, given, {one.code: (one.vi, one.en) for one in known.lists.get(rule.list or "", ())})


def _agency(rule: FieldRule, given: Cell, known: Known) -> str:
    return _coded(rule, given, {code: (name, code) for code, name in known.agencies.items()})


def _agencies(rule: FieldRule, given: Cell, known: Known) -> list[str] | None:
    return list(dict.fromkeys(_agency(rule, one, known) for one in _parts(given))) or None


def _date(rule: FieldRule, given: Cell, _: Known) -> str:
    return _day(rule, given).isoformat()


def _moment(rule: FieldRule, given: Cell, _: Known) -> str:
    return _instant(rule, given).isoformat()


def _parts(given: Cell) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", str(given)) if part.strip()]


def _system(rule: FieldRule, given: Cell, _: Known) -> str:
    systems = charters.vocabulary().systems
    head = str(given).strip().split(":")[0].strip().upper()
    if head in systems:
        return head
    return _coded(rule, given, {code: (words.vi, words.en) for code, words in systems.items()})


def _day(rule: FieldRule, given: Cell) -> date:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    text = str(given).strip()
    written = _DAY.fullmatch(text)
    try:
        day = date(int(written[3]), int(written[2]), int(written[1])) if written else date.fromisoformat(text)
    except ValueError as problem:
        raise _refused(rule, "ghi ngày/tháng/năm, ví dụ 05/10/2022.", "write day/month/year.") from problem
    if not 1900 <= day.year <= 2200:
        raise _refused(rule, "năm phải từ 1900 đến 2200.", "the year lies outside 1900 to 2200.")
    return day


def _instant(rule: FieldRule, given: Cell) -> datetime:
    if isinstance(given, datetime):
        return given if given.tzinfo is not None else given.replace(tzinfo=TZ)
    text = str(given).strip()
    found = _AT.fullmatch(text)
    try:
        if found is None:
            at = datetime.fromisoformat(text)
            return at if at.tzinfo is not None else at.replace(tzinfo=TZ)
        day = _day(rule, found[3])
        hour, minute = int(found[1] or found[4] or 0), int(found[2] or found[5] or 0)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TZ)
    except ValueError as problem:
        raise _refused(
            rule, "ghi giờ rồi ngày, ví dụ 08:30 05/10/2022.", "write hour, then day, such as 08:30 05/10/2022."
        ) from problem


def _clause(rule: FieldRule, given: Cell, _: Known) -> str:
    text = str(given).strip().replace(" ", "")
    try:
        return Citation.parse(text).dotted
    except BadAddress as problem:
        raise _refused(
            rule, "ghi địa chỉ điều khoản như 7.2.k (điều.khoản.điểm).", "write a clause such as 7.2.k."
        ) from problem


def _number(rule: FieldRule, given: Cell, _: Known) -> int | float:
    text = str(given).strip()
    plain = re.sub(r"[.\s]", "", text).replace(",", ".") if _THOUSANDS.fullmatch(text) else text.replace(" ", "")
    try:
        number = Decimal(plain)
    except InvalidOperation as problem:
        raise _refused(rule, "phải là một số.", "must be a number.") from problem
    if not number.is_finite() or abs(number) > 10**15 or number < 0:
        raise _refused(rule, "phải là số không âm, không quá lớn.", "must be a number that is not negative.")
    return int(number) if number == number.to_integral_value() else float(number)


def _yes(rule: FieldRule, given: Cell, _: Known) -> bool:
    if isinstance(given, bool):
        return given
    said = YES.get(_same(str(given)))
    if said is None:
        raise _refused(rule, "ghi có hoặc không.", "write yes or no.")
    return said


def _link(rule: FieldRule, given: Cell, known: Known) -> int:
    text = str(given).strip()
    if text.isdecimal():
        return int(text)
    wanted = _same(text.split(":")[0])
    fitting = [
        one for (to, one), label in known.labels.items() if to == rule.to and _same(label.split(":")[0]) == wanted
    ]
    if len(fitting) == 1:
        return fitting[0]
    raise _refused(rule, f"không có mục «{text[:60]}».", f"there is no {text[:60]!r}.")


def _answers(rule: FieldRule, given: Cell, _: Known) -> dict[str, str] | None:
    """Return answers written as `code=answer` lines, as the form and the workbook give them."""
    made: dict[str, str] = {}
    for part in _parts(given):
        code, said = (*map(str.strip, part.split("=", 1)), "")[:2]
        if not said:
            continue
        if said not in ANSWERS:
            raise _refused(rule, f"«{said[:40]}» không phải câu trả lời.", f"{said[:40]!r} is no answer.")
        made[code.strip()] = said
    return made or None


_READERS: Mapping[FieldType, Callable[[FieldRule, Cell, Known], Value | None]] = {
    FieldType.TEXT: _text,
    FieldType.LONG: _text,
    FieldType.CHOICE: _choice,
    FieldType.AGENCY: _agency,
    FieldType.AGENCIES: _agencies,
    FieldType.SYSTEM: _system,
    FieldType.DATE: _date,
    FieldType.INSTANT: _moment,
    FieldType.CLAUSE: _clause,
    FieldType.MONEY: _number,
    FieldType.NUMBER: _number,
    FieldType.YES_NO: _yes,
    FieldType.LINK: _link,
    FieldType.QUESTIONS: _answers,
}


def faults(definition: Definition, values: Values, required: Iterable[str]) -> list[FieldRefused]:
    """Return what is wrong with values as a whole: missing fields, and pairs that stand the wrong way round."""
    found = [_refused(definition.field(code), "chưa ghi.", "is missing.") for code in required if code not in values]
    for first, second in definition.ordered:
        if first in values and second in values and str(values[second]) < str(values[first]):
            before, after = definition.field(first), definition.field(second)
            found.append(
                _refused(after, f"không được trước «{before.title.vi}».", f"must not lie before {before.title.en!r}.")
            )
    return found


def texts(definition: Definition, values: Values) -> list[str]:
    """Return every text of an entry, for the search and for marks of secrecy."""
    kinds = (FieldType.TEXT, FieldType.LONG)
    return [str(values[rule.code]) for rule in definition.fields if rule.type in kinds and rule.code in values]
