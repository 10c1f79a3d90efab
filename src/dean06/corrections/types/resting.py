"""What a pause of an order's last day is worked out from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days on which a row could not be mended: from `since` on, on `until` no more; open where that is None."""

    since: date
    until: date | None
    ground: str

    def covers(self, day: date) -> bool:
        """Say whether a day lies in it."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Rows of an order by rule and field, to be mended until a day (None: still); or one row that was asked about."""

    rule: str
    field: str
    until: date | None
    asked: tuple[Pause, ...] = ()

    def owed_on(self, day: date) -> bool:
        """Say whether any of it was still to be mended on a day."""
        return self.until is None or day < self.until
