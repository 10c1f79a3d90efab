"""What the board consists of: numbers with their doors, by matter; and whose board it is, as of when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from dean06.clock import service as clock
from dean06.offices.types import GroupInfo, Viewer

Number = int | float

__all__ = ["Asked", "Board", "Door", "Figure", "Number", "Panel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where a number leads: the page of what it was counted from."""

    route: str
    args: tuple[str | int, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)
    fragment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number: now, a month before, whether less is better, and its door.

    Attributes:
        kind: `count`, `share` (a ratio of 0 to 1), `days` or `money` (đồng).
        less: less of it is better; None where neither is.
        note: what stands beside it, in both languages.
    """

    code: str
    vi: str
    en: str
    now: Number | None
    door: Door
    was: Number | None = None
    kind: str = "count"
    less: bool | None = None
    bad: bool = False
    note: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One matter of the board: its figures, and how its first figure went over the last months, oldest first.

    `told` is false where the rooms cannot tell how it stood on that day.
    """

    code: str
    vi: str
    en: str
    figures: tuple[Figure, ...] = ()
    course: tuple[tuple[str, float], ...] = ()
    course_words: tuple[str, str] = ("", "")
    told: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose board, for which reader, as of which instant; `past` where that is not now."""

    viewer: Viewer
    group: GroupInfo
    at: datetime
    past: bool

    @property
    def month(self) -> str:
        """The month of the board."""
        return f"{self.day:%Y-%m}"

    @property
    def day(self) -> date:
        """The day of the board."""
        return self.at.astimezone(clock.TZ).date()

    @property
    def month_before(self) -> str:
        """The month before it."""
        first = self.day.replace(day=1)
        return f"{first - timedelta(days=1):%Y-%m}"

    @property
    def earlier(self) -> datetime:
        """The same hour of the same day a month before, or of that month's last day."""
        local = self.at.astimezone(clock.TZ)
        last = local.replace(day=1) - timedelta(days=1)
        return last.replace(day=min(local.day, last.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The board of a group as of an instant."""

    at: datetime
    past: bool
    panels: tuple[Panel, ...]
