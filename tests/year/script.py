"""A year as a jurist writes it down: who sits in the group, what happened on which day, under which regulation.

Nothing here knows the product: the driver and the recount both read from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
FOLDER = Path(__file__).parent / "scripts"
_WRITTEN = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?: (\d{1,2}):(\d{2}))?")

__all__ = ["FOLDER", "TZ", "Script", "read"]


@dataclass(frozen=True)
class Script:
    """The script of one group's year."""

    told: Mapping[str, Any]

    @property
    def year(self) -> int:
        return int(self.told["year"])

    @property
    def people(self) -> Mapping[str, Mapping[str, str]]:
        """Who sits in the group, by the key that the script names them with."""
        return self.told["people"]

    def name(self, who: str) -> str:
        return self.people[who]["name"]

    @property
    def members(self) -> list[str]:
        """Who decides: the leader and everybody who sits as a member."""
        return [who for who in self.people if self.people[who].get("decides", True)]

    def party(self, who: str) -> str:
        """How the regulation names somebody: a member by agency, everybody else by office."""
        seat = self.people[who].get("seat", who)
        return f"member:{self.people[who]['agency']}" if seat == "member" else seat

    def list(self, name: str) -> list[Any]:
        return list(self.told.get(name) or ())

    def table(self, name: str) -> Mapping[str, Any]:
        return self.told.get(name) or {}

    def at(self, written: str) -> datetime:
        """An instant: «12/01 16:30» of the script's year, in Viet Nam."""
        found = _WRITTEN.fullmatch(str(written))
        if found is None or found[4] is None:
            raise ValueError(f"an instant is written dd/mm HH:MM: {written!r}")
        return datetime(
            int(found[3] or self.year), int(found[2]), int(found[1]), int(found[4]), int(found[5]), tzinfo=TZ
        )

    def day(self, written: str) -> date:
        found = _WRITTEN.fullmatch(str(written))
        if found is None or found[4] is not None:
            raise ValueError(f"a day is written dd/mm: {written!r}")
        return date(int(found[3] or self.year), int(found[2]), int(found[1]))

    def after(self, written: str) -> datetime:
        """The bound of something that may still be done on a day: the first instant of the next."""
        return start_of(self.day(written) + timedelta(days=1))

    @property
    def months(self) -> list[str]:
        return [f"{self.year}-{number:02d}" for number in range(1, int(self.told.get("until_month", 12)) + 1)]


def start_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=TZ)


def read(name: str) -> Script:
    """Read a script of this folder."""
    return Script(YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))
