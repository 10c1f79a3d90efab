"""The file of facts from which obligations are judged: what was done, when, and by whom.

One mapping in YAML or JSON. An unknown key, a wrong type or an unknown word is a fault with its path; a list left out
is empty, and nothing recorded means nothing was done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from dean06.charter import yaml_reader
from dean06.charter.errors import CharterInvalid, Fault
from dean06.charter.types import Charter
from dean06.charter.vocabulary import nearest, vocabulary
from dean06.clock.service import TZ, at_start_of

FORMAT = "dean06-charter-facts/1"
Row = Mapping[str, Any]

_PERIOD = re.compile(r"^\d{4}(-(0[1-9]|1[0-2]|H1|H2))?$")
_REPORTS = ("agency_monthly_report", "group_monthly_report", "consolidated_report", "review_report", "year_end_report")

# A field's shape: a word for a plain value, a mapping for a mapping, a list of one shape for a list.
Shape = str | Mapping[str, Any] | list[Any]

_BY_AT = {"by": "party", "at": "time"}
SHAPE: Mapping[str, Shape] = {
    "format": "format",
    "as_of": "time",
    "adoption": {"number": "text", "signed_on": "date", "confirmed_by": ["text"]},
    "reporting_agencies": ["agency"],
    "meetings": [
        {
            "id": "text",
            "kind": "meeting_kind",
            "convened_by": "party",
            "convened_at": "time",
            "opened_at": "time",
            "presided_by": "party",
            "roll": "bool",
            "minutes": "bool",
            "content_report_at": "time",
            "attendance": [
                {
                    "member": "party",
                    "present": "bool",
                    "report_filed_at": "time",
                    "absence_reported": {"to": "party", "at": "time"},
                    "consent": {"by": "party", "at": "time", "given": "bool"},
                    "substitute": {"name": "text", "responsible": "bool", "written_opinion_at": "time"},
                }
            ],
        }
    ],
    "reports": [
        {
            "id": "text",
            "kind": "report_kind",
            "period": "period",
            "from": "party",
            "received": [_BY_AT],
            "dispatched": [{"to": "party", "at": "time"}],
        }
    ],
    "documents": [
        {
            "id": "text",
            "kind": "document_kind",
            "year": "year",
            "agency": "agency",
            "issued_at": "time",
            "issued_by": "party",
            "on_behalf_of": "party",
            "under": "text",
            "submitted_to_chair_at": "time",
            "appraised": _BY_AT,
            "submitted_at": "time",
        }
    ],
    "matters": [
        {
            "id": "text",
            "important": "bool",
            "exceeds_competence": "bool",
            "routine": "bool",
            "settled_by": "party",
            "settled_at": "time",
            "escalated_at": "time",
        }
    ],
    "tasks": [
        {
            "id": "text",
            "bearer": "party",
            "assigned_by": "party",
            "assigned_at": "time",
            "due_at": "time",
            "done_at": "time",
            "accepted": "bool",
        }
    ],
    "conclusions": [
        {
            "id": "text",
            "by": "party",
            "concerns": ["agency"],
            "at": "time",
            "due_at": "time",
            "done": [{"agency": "agency", "at": "time"}],
        }
    ],
    "issues": [{"id": "text", "raised_by": "party", "arose_at": "time", "reported_at": "time", "answered_at": "time"}],
    "written_rounds": [
        {
            "id": "text",
            "opened_at": "time",
            "closes_at": "time",
            "members": ["party"],
            "opinions": [{"member": "party", "at": "time"}],
        }
    ],
    "leader_absences": [{"from": "time", "to": "until", "recorded_by": "party"}],
    "delegations": [
        {
            "id": "text",
            "from_role": "party",
            "to_role": "party",
            "scope": "text",
            "from": "time",
            "to": "until",
            "revoked_at": "time",
        }
    ],
    "inspections": [{"id": "text", "at": "time", "by": "party", "subject": "text"}],
    "statements": [{"period": "period", "by": "party", "at": "time"}],
    "sessions": [{"id": "text", "at": "time", "by": "party", "with": ["party"]}],
    "local_rules": [
        {"gap": "gap", "value": "any", "adopted_by": "party", "adopted_on": "date", "document": "text"},
    ],
}


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts as read: times are instants, everything else as written."""

    as_of: datetime
    values: Row
    _reports: dict[tuple[object, object], list[Row]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    _tasks: dict[str, list[Row]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def rows(self, key: str) -> tuple[Row, ...]:
        """Return the rows of one list; empty when it was left out."""
        return tuple(self.values.get(key) or ())

    def reports(self, kind: str, period: str) -> list[Row]:
        """Return the reports of one kind on one period."""
        if not self._reports:
            for row in self.rows("reports"):
                self._reports.setdefault((row.get("kind"), row.get("period")), []).append(row)
        return self._reports.get((kind, period), [])

    def tasks(self, month: str) -> list[Row]:
        """Return the tasks whose last instant before their bound lies in a month, or that begin in it without one."""
        if not self._tasks:
            for row in self.rows("tasks"):
                bound, at = row.get("due_at"), row.get("assigned_at")
                last = bound - timedelta(microseconds=1) if bound is not None else at
                if last is not None:
                    self._tasks.setdefault(f"{last.astimezone(TZ):%Y-%m}", []).append(row)
        return self._tasks.get(month, [])

    def known(self, instant: datetime | None) -> datetime | None:
        """Return an instant if it was not after `as_of`: nothing recorded later counts."""
        return instant if instant is not None and instant <= self.as_of else None


def read_facts(path: Path, charter: Charter) -> Facts:
    """Read a facts file, or refuse it with every fault and its path."""
    plain, faults = yaml_reader.read(path)
    if faults:
        raise CharterInvalid(tuple(faults))
    return facts_from_plain(plain, charter, path.name)


def facts_from_plain(plain: object, charter: Charter, file: str = "facts") -> Facts:
    """Check plain values and return them as facts."""
    reader = _Reader(file, charter)
    values = reader.read(plain, SHAPE, "")
    if isinstance(plain, dict):
        for key in ("format", "as_of"):
            if plain.get(key) is None:
                reader.fault(key, "Thiếu khóa này.", "This key is missing.")
    if reader.faults or not isinstance(values, dict):
        raise CharterInvalid(tuple(reader.faults))
    return Facts(as_of=values["as_of"], values=values)


@dataclass(slots=True)
class _Reader:
    file: str
    charter: Charter
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: str, vi: str, en: str) -> None:
        self.faults.append(Fault(self.file, path or ".", vi, en))

    def read(self, value: object, shape: Shape, path: str) -> object:
        if value is None:
            if path:
                return None
            self.fault(path, "Tệp phải là một bảng khóa và giá trị.", "The file must be one mapping.")
            return None
        if isinstance(shape, str):
            return self._word(value, shape, path)
        if isinstance(shape, list):
            return self._list(value, shape[0], path)
        return self._mapping(value, shape, path)

    def _list(self, value: object, shape: Shape, path: str) -> list[object] | None:
        if not isinstance(value, list):
            self.fault(path, "Phải là danh sách.", "Must be a list.")
            return None
        return [self.read(item, shape, f"{path}[{n}]") for n, item in enumerate(value) if self._present(item, path, n)]

    def _present(self, item: object, path: str, n: int) -> bool:
        if item is None:
            self.fault(f"{path}[{n}]", "Dòng trống.", "An empty row.")
        return item is not None

    def _mapping(self, value: object, shape: Mapping[str, Any], path: str) -> dict[str, object] | None:
        if not isinstance(value, dict):
            self.fault(path, "Phải là bảng khóa và giá trị.", "Must be a mapping.")
            return None
        result: dict[str, object] = {}
        for key, item in value.items():
            here = f"{path}.{key}" if path else str(key)
            if key not in shape:
                near = nearest(str(key), shape)
                hint_vi, hint_en = (
                    (f" Gần nhất: {', '.join(near)}.", f" Nearest: {', '.join(near)}.") if near else ("", "")
                )
                self.fault(here, f"Khóa này không có trong mẫu.{hint_vi}", f"This key is unknown.{hint_en}")
                continue
            result[str(key)] = self.read(item, shape[key], here)
        return result

    def _word(self, value: object, kind: str, path: str) -> object:
        read = _READERS[kind]
        try:
            return read(value, self.charter)
        except ValueError as error:
            vi, _, en = str(error).partition("|")
            self.fault(path, vi, en)
            return None


def _text(value: object, _: Charter) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        raise ValueError("Phải là chữ.|Must be a text.")
    return str(value)


def _bool(value: object, _: Charter) -> bool:
    if not isinstance(value, bool):
        raise ValueError("Phải là true hoặc false.|Must be true or false.")  # noqa: TRY004  one kind of refusal
    return value


def _written(text: str) -> datetime:
    return at_start_of(_day(text)) if len(text) == 10 else datetime.fromisoformat(text)


def _time(value: object, _: Charter) -> datetime:
    try:
        instant = value if isinstance(value, datetime) else _written(str(value))
    except ValueError:
        raise ValueError("Phải là ngày hoặc thời điểm ISO 8601.|Must be an ISO 8601 date or time.") from None
    if not 1900 <= instant.year <= 2200:
        raise ValueError("Năm ngoài khoảng 1900 đến 2200.|The year lies outside 1900 to 2200.")
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=TZ)


def _until(value: object, charter: Charter) -> datetime:
    """Read the end of a span: a plain date is its last whole day."""
    instant = _time(value, charter)
    return instant + timedelta(days=1, microseconds=-1) if len(str(value)) == 10 else instant


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not 1900 <= day.year <= 2200:
        raise ValueError(text)
    return day


def _date(value: object, _: Charter) -> date:
    try:
        return _day(str(value)[:10])
    except ValueError:
        raise ValueError("Phải là ngày dạng năm-tháng-ngày.|Must be a date as year-month-day.") from None


def _party(value: object, charter: Charter) -> str:
    text = str(value)
    first, _, agency = text.partition(":")
    words = vocabulary()
    known = first in charter.roles or first in words.roles or first in charter.agencies or first in words.agencies
    if not known or (agency and agency not in charter.agencies and agency not in words.agencies):
        raise ValueError(f"«{text}» không phải vai hay cơ quan đã biết.|{text!r} is no known role or agency.")
    return agency if first == "agency" and agency else text


def _agency(value: object, charter: Charter) -> str:
    text = str(value).removeprefix("agency:")
    if text not in charter.agencies and text not in vocabulary().agencies:
        raise ValueError(f"«{text}» không phải cơ quan đã biết.|{text!r} is no known agency.")
    return text


def _one_of(known: Callable[[], Iterator[str]]) -> Callable[[object, Charter], str]:
    def read(value: object, _: Charter) -> str:
        if str(value) not in set(known()):
            near = ", ".join(nearest(str(value), dict.fromkeys(known())))
            raise ValueError(f"Từ «{value}» không có trong bảng từ. {near}|Unknown word {value!r}. {near}")
        return str(value)

    return read


def _period(value: object, _: Charter) -> str:
    if _PERIOD.match(str(value)) is None:
        raise ValueError("Kỳ viết YYYY-MM, YYYY-H1, YYYY-H2 hoặc YYYY.|A period is YYYY-MM, YYYY-H1, YYYY-H2 or YYYY.")
    return str(value)


def _year(value: object, _: Charter) -> int:
    if re.fullmatch(r"\d{4}", str(value)) is None:
        raise ValueError("Năm viết YYYY.|A year is YYYY.")
    return int(str(value))


def _any(value: object, _: Charter) -> object:
    return value


_READERS: Mapping[str, Callable[[object, Charter], object]] = {
    "format": _one_of(lambda: iter((FORMAT,))),
    "text": _text,
    "bool": _bool,
    "time": _time,
    "until": _until,
    "date": _date,
    "party": _party,
    "agency": _agency,
    "period": _period,
    "year": _year,
    "any": _any,
    "meeting_kind": _one_of(lambda: iter(vocabulary().meeting_kinds)),
    "document_kind": _one_of(lambda: iter(vocabulary().document_kinds)),
    "report_kind": _one_of(lambda: iter(_REPORTS)),
    "gap": _one_of(lambda: iter(vocabulary().gaps)),
}
