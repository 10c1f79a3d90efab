"""What the product says at the end: read from its pages, its frozen statements and its workbooks."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import datetime

import openpyxl

from year.house import House
from year.recount import Owed
from year.script import TZ

UNMEASURED = ("not_testable", "dormant")

__all__ = ["duties", "freeze", "workbook"]


def freeze(house: House, month: str) -> None:
    """Let the standing deputy freeze the statement of a month that is over."""
    deputy = house.person("standing_deputy")
    deputy.press(deputy.open("tuan-thu/"), f"/{month}/chot/")


def duties(house: House, month: str) -> list[Owed]:
    """The duties of a frozen month, from the very file whose checksum its page shows."""
    deputy = house.person("standing_deputy")
    file = deputy.file(f"tuan-thu/{month}/ban.json")
    assert hashlib.sha256(file).hexdigest() in deputy.open(f"tuan-thu/{month}/").text
    return [_owed(house, month, one) for one in json.loads(file)["items"] if one["status"] not in UNMEASURED]


def _owed(house: House, month: str, one: dict[str, object]) -> Owed:
    cites = [".".join(str(part) for part in cited.values() if part) for cited in one["citations"]]  # type: ignore[attr-defined]
    due = datetime.fromisoformat(str(one["due_before"])).astimezone(TZ).isoformat() if one["due_before"] else ""
    return Owed(
        month,
        str(one["action"]),
        str(one["object"] or ""),
        str(one["bearer"]),
        _period(house, str(one["period"])),
        due,
        " ".join(cites),
        str(one["status"]),
    )


def _period(house: House, period: str) -> str:
    """A point of a conclusion is numbered behind its meeting's own number, which the script does not know."""
    if not period.startswith("KL-"):
        return period
    _, number, place = period.split("-")
    meeting = next(one for one in house.script.list("meetings") if str(one.get("number")) == number)
    return f"KL-{meeting['id']}-{place}"


def workbook(content: bytes) -> list[tuple[object, ...]]:
    """The rows of a list that a page hands out as a workbook, without its title and notes."""
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    top = next(place for place, row in enumerate(rows) if sum(cell is not None for cell in row) > 2)
    return rows[top + 1 :]
