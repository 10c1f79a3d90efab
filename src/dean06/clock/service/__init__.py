"""The face of time: with `moments` the only place that asks what day it is; working days are in `working_days`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from dean06.clock.service.moments import instant, moment, once_a_moment

TZ = ZoneInfo("Asia/Ho_Chi_Minh")

_pinned: ContextVar[datetime | None] = ContextVar("dean06_pinned_clock", default=None)

__all__ = ["TZ", "HasOwnDay", "as_read", "at_start_of", "moment", "now", "once_a_moment", "pinned", "today"]


class HasOwnDay(Protocol):
    """Something with a day of its own: a demonstration group."""

    @property
    def own_day(self) -> date | None: ...


def now(group: HasOwnDay | None = None) -> datetime:
    """Return the present instant in Asia/Ho_Chi_Minh; a demonstration group's own day keeps the time of day."""
    local = (_pinned.get() or instant()).astimezone(TZ)
    if group is None or group.own_day is None or _pinned.get() is not None:
        return local
    return datetime.combine(group.own_day, local.timetz())


def today(group: HasOwnDay | None = None) -> date:
    """Return the present day in Asia/Ho_Chi_Minh, or the group's own day."""
    return now(group).date()


def at_start_of(day: date) -> datetime:
    """Return 00:00 of a day in Asia/Ho_Chi_Minh; bounds of the law are written so."""
    return datetime.combine(day, time(), tzinfo=TZ)


def as_read(part: str) -> str:
    """Write a month or a day kept as 2022-09 or 2022-09-05 as offices read it: 09/2022, 05/09/2022."""
    return "/".join(reversed(part.split("-")))


@contextmanager
def pinned(at: datetime) -> Iterator[None]:
    """Hold the clock at an aware instant for this context: tests and the demonstration's simulated months."""
    if at.tzinfo is None:
        raise ValueError("an instant needs an offset")
    token = _pinned.set(at)
    try:
        yield
    finally:
        _pinned.reset(token)
