"""What the room of places says: a unit of one catalogue, never a bare code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal["tinh", "huyen", "xa"]

KIND_NAMES = {
    "tinh": "tỉnh",
    "thanh_pho": "thành phố",
    "quan": "quận",
    "huyen": "huyện",
    "thi_xa": "thị xã",
    "thi_tran": "thị trấn",
    "xa": "xã",
    "phuong": "phường",
    "dac_khu": "đặc khu",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit as one catalogue knows it; the same code before and after a reform is two units."""

    code: str
    name: str
    kind: str
    level: Level
    parent: str | None
    valid_from: date
    valid_to: date | None
    """The last day of validity, included; None while the unit exists."""
    successors: tuple[str, ...]
    """Codes, in the catalogue of the day after `valid_to`, of the units that took it over; empty while it exists."""
    legal_basis: str

    def covers(self, day: date) -> bool:
        """Tell whether the unit existed on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def full_name(self) -> str:
        """Return the name with its kind, as an address prints it: `xã Gia Ninh`."""
        return f"{KIND_NAMES[self.kind]} {self.name}"


@dataclass(frozen=True, slots=True)
class Succession:
    """One step of history: the unit that bore `old_code` up to a day went to `new_code` the day after."""

    old_code: str
    old_last_day: date
    new_code: str
    new_first_day: date
    how: str
    legal_basis: str
