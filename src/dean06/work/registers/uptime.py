"""Uptime of a component, month by month, from the incidents that name it. Pure.

An incident counts from its start to its end, to the present while it goes on; what overlaps is counted once. Planned
maintenance counts neither as time up nor as time down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dean06.clock.service import TZ, at_start_of
from dean06.work.registers.definition import Panel
from dean06.work.registers.types import EntryInfo

Interval = tuple[datetime, datetime]
NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthUp:
    """One month: hours to be served, hours down, planned hours, incidents; `share` is 0 to 1, None where none was."""

    month: str
    served: float
    down: float
    planned: float
    incidents: int
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """An incident or a planned maintenance; with no end it goes on."""

    since: datetime
    until: datetime | None
    planned: bool


def interruptions(panel: Panel, entry: EntryInfo, told: Iterable[EntryInfo]) -> list[Interruption]:
    """Return what interrupted a component, from the entries that lead to it."""
    return [
        Interruption(
            since=datetime.fromisoformat(str(one.values[panel.since])),
            until=datetime.fromisoformat(str(one.values[panel.until])) if panel.until in one.values else None,
            planned=one.values.get(panel.kind) == panel.planned,
        )
        for one in told
        if one.register == panel.book and one.values.get(panel.link) == entry.id
    ]


def of_entry(panel: Panel, entry: EntryInfo, told: Iterable[EntryInfo], now: datetime) -> tuple[MonthUp, ...]:
    """Return the months of a component since it was entered, the newest first."""
    return months_up(interruptions(panel, entry, told), entry.opened_at.astimezone(TZ).date(), now)


def months_up(told: Iterable[Interruption], first: date, now: datetime, most: int = 12) -> tuple[MonthUp, ...]:
    """Return the months from a day to now, the newest first, at most so many."""
    listed = list(told)
    made: list[MonthUp] = []
    month = at_start_of(now.date().replace(day=1))
    began = at_start_of(first)
    while len(made) < most and _next(month) > began:
        made.append(_of(listed, max(month, began), min(_next(month), now), month))
        month = at_start_of((month.date() - timedelta(days=1)).replace(day=1))
    return tuple(made)


def _next(month: datetime) -> datetime:
    return at_start_of((month.date() + timedelta(days=32)).replace(day=1))


def _of(told: list[Interruption], since: datetime, until: datetime, month: datetime) -> MonthUp:
    planned = _union(_within(told, since, until, planned=True))
    down = _union(_within(told, since, until, planned=False))
    both = _union([*planned, *down])
    out, off = _length(planned), _length(both) - _length(planned)  # what was announced is not held against it
    served = max(NOTHING, (until - since) - out)
    return MonthUp(
        month=f"{month:%Y-%m}",
        served=_hours(served),
        down=_hours(off),
        planned=_hours(out),
        incidents=len(_within(told, since, until, planned=False)),
        share=1 - off / served if served > NOTHING else None,
    )


def _within(told: list[Interruption], since: datetime, until: datetime, *, planned: bool) -> list[Interval]:
    spans = [(max(one.since, since), min(one.until or until, until)) for one in told if one.planned is planned]
    return [(begin, end) for begin, end in spans if begin < end]


def _union(spans: list[Interval]) -> list[Interval]:
    made: list[Interval] = []
    for begin, end in sorted(spans):
        if made and begin <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((begin, end))
    return made


def _length(spans: list[Interval]) -> timedelta:
    return sum((end - begin for begin, end in spans), NOTHING)


def _hours(span: timedelta) -> float:
    return round(span.total_seconds() / 3600, 2)
