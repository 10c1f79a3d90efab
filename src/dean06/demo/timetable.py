"""The days of a group: which act falls on which hour, from its founding to the day on which it lives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from dean06.clock import service as clock
from dean06.demo.office import Office, assigned
from dean06.demo.presets import month_end
from dean06.demo.sector import NOTHING, Fix
from dean06.demo.stages import Handing, Stage
from dean06.demo.supplies import Wanted
from dean06.sources import live as contracts

EVERY, READ = timedelta(minutes=40), timedelta(minutes=60)
"""Lists come one after the other; each is matched an hour after it came, while the next one is being read."""
LATE = 6
"""Days by which a late list is late."""
AWAY = (4, 14)
"""An absent leader is away from so many days after the deliveries, until so many."""
EXPLAINING = 2  # sources whose agencies explain what they owe
AGENCIES_LATE = 16
"""Day of the month on which the last agency sends its report."""
CLAIMED = 10
"""Days after its list on which an agency says what it fixed."""
LISTED = {"bhyt": 0.93, "tiem-chung": 0.85, "hoc-sinh": 0.23, "chung": 0.12}
"""How much of a population a source lists: what an act weighs in the progress."""


@dataclass(frozen=True, slots=True)
class Event:
    """An act at its hour; heavier ones move the progress further."""

    at: datetime
    do: Callable[[], None]
    weight: float = 0.0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One delivery of one source: the month it is of, which turn that is, and the day it comes."""

    handing: Handing
    month: str
    turn: int
    on: date

    @property
    def again(self) -> bool:
        """Say whether the first list comes once more in place of this one."""
        return self.turn in self.handing.relapses


def deliveries(stage: Stage) -> list[Day]:
    """Return every delivery of a group in the order in which they come."""
    found = []
    for turn, month in enumerate(stage.months):
        for handing in stage.handings:
            after = LATE if turn in handing.late else 0
            found.append(Day(handing, month, turn, month_end(month) + timedelta(days=after)))
    return sorted(found, key=lambda day: day.on)


def wanted(stage: Stage) -> tuple[Wanted, ...]:
    """Return the files of a group in the order of their days: a month's register before its deliveries."""
    registers = {month: Wanted(month) for month in stage.months}
    found: list[Wanted] = []
    for day in deliveries(stage):
        if day.month in registers:
            found.append(registers.pop(day.month))
        if day.again:
            continue
        fixed = NOTHING if day.turn == 0 else Fix(share=day.handing.share, said=day.handing.said)
        found.append(Wanted(day.month, day.handing.source, fixed))
    return tuple(found)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return an hour of a day in Viet Nam."""
    return datetime.combine(day, time(hour, minute), tzinfo=clock.TZ)


def office_day(day: date) -> date:
    """Return the day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _next(month: str) -> date:
    return month_end(month) + timedelta(days=1)


def own_day(stage: Stage) -> date:
    """Return the day on which a group lives once its history is over."""
    return _next(stage.months[-1]).replace(day=stage.own_day)


def events(office: Office) -> list[Event]:
    """Return the history of a group, by the hour; what would fall after its own day did not happen yet."""
    stage = office.stage
    end = own_day(stage)
    found = [*_founding(office), *_files(office), *_corrections(office), *_reports(office), *_compliance(office)]
    past = [one for one in found if one.at.date() <= end]
    past.append(Event(at(end, 17), partial(office.settle, end)))
    return sorted(past, key=lambda one: one.at)


def _founding(office: Office) -> Iterator[Event]:
    stage = office.stage
    yield Event(at(stage.founded, 8), office.found, 0.05, f"{stage.short_name}: quy chế, ghế, tài khoản")
    for minute, user in enumerate(stage.confirmed_by if stage.instrument else ()):
        if stage.instrument:
            yield Event(at(stage.founded, 14, minute * 20), partial(office.confirm, user, stage.instrument))
    following = office_day(stage.founded + timedelta(days=2))
    for minute, gap in enumerate(stage.local_rules):
        yield Event(at(following, 9, minute * 10), partial(office.agree, gap))
    for minute, source in enumerate(assigned(stage)):
        if source not in stage.assigned_late:
            yield Event(at(following, 10, minute * 10), partial(office.assign, source))


def _files(office: Office) -> Iterator[Event]:
    stage = office.stage
    million = stage.place.persons / 1_000_000
    for month in stage.months:
        said = f"{stage.short_name}, {month[5:7]}/{month[:4]}: sổ dân cư"
        yield Event(at(month_end(month), 7), partial(office.load_register, month), 0.5 * million, said)
    for place, day in enumerate(deliveries(stage)):
        weight = LISTED[day.handing.source] * million
        came = at(day.on, 9) + place % len(stage.handings) * EVERY
        first = stage.months[0] if day.again else ""
        yield Event(came, partial(office.hand_in, day.handing, day.month, first), 0.2 * weight)
        title = contracts.contract(day.handing.source).title.vi
        said = f"{stage.short_name}, {day.month[5:7]}/{day.month[:4]}: {title}"
        yield Event(came + READ, partial(office.process, day.handing, day.month), weight, said)
    yield from _mistakes(office)


def _mistakes(office: Office) -> Iterator[Event]:
    stage = office.stage
    first, last = stage.months[0], stage.months[min(1, len(stage.months) - 1)]
    for day in deliveries(stage):
        hour = at(day.on, 8, 30)
        if "damaged" in stage.mistakes and (day.month, day.handing.source) == (first, "hoc-sinh"):
            yield Event(hour, partial(office.hand_in_damaged, day.handing, day.month))
        if "taken_back" in stage.mistakes and first != last and (day.month, day.handing.source) == (last, "chung"):
            yield Event(hour, partial(office.hand_in_by_mistake, day.handing, first, day.month))


def _corrections(office: Office) -> Iterator[Event]:
    stage = office.stage
    for place, day in enumerate(deliveries(stage)):
        minute = place % len(stage.handings) * 10
        said = office_day(day.on + timedelta(days=CLAIMED))
        yield Event(at(said, 10, minute), partial(office.claim, day.handing.user, day.handing))
        if day.turn == 0:
            following = office_day(day.on + timedelta(days=1))
            yield Event(at(following, 15, minute), partial(office.take_home, day.handing))
    if stage.assigned_late:
        yield from _absence(office)


def _absence(office: Office) -> Iterator[Event]:
    """The leader gives sources away on the eve of leaving; the standing deputy gives out what had come before."""
    stage = office.stage
    came = month_end(stage.months[0])
    gone, back = (came + timedelta(days=days) for days in AWAY)
    eve, acting = office_day(came + timedelta(days=1)), office_day(gone + timedelta(days=1))
    for minute, source in enumerate(sorted(stage.assigned_late)):
        yield Event(at(eve, 8, minute), partial(office.assign, source))
        yield Event(at(acting, 9, minute), partial(office.order_in_absence, source))
    yield Event(at(eve, 16), partial(office.leave, at(gone, 0), at(back, 0)))


def _reports(office: Office) -> Iterator[Event]:
    """Agencies send their reports, one on paper and one late; the group's is made from them, signed and sent."""
    stage = office.stage
    for month in stage.months:
        first = _next(month)
        due = f"{first:%Y-%m}"
        yield from _of_agencies(office, due, first)
        yield Event(at(first.replace(day=2), 16), partial(office.measure, month))
        for day in stage.report_days:
            yield Event(at(office_day(first.replace(day=day)), 9, 30), partial(office.draft, due), 0.01)
        edited = office_day(first.replace(day=stage.report_days[0]))
        yield Event(at(edited, 10, 30), partial(office.edit, due), 0.01)
        if month == stage.months[-1]:
            continue  # the present month's report is still a draft
        signed = office_day(first.replace(day=stage.signed_on))
        yield Event(at(signed, 9), partial(office.sign, due), 0.01)
        yield Event(at(signed, 14), partial(office.send, due))


def _of_agencies(office: Office, due: str, first: date) -> Iterator[Event]:
    """The first agency is returned its report once, the last one sends it late; one without an account sends paper."""
    users = list(dict.fromkeys(handing.user for handing in office.stage.handings))
    for place, user in enumerate(users):
        day = first.replace(day=AGENCIES_LATE if user == users[-1] else 2 + place % 2)
        yield Event(at(day, 8, 10 * place), partial(office.report_own, user, due))
        if place == 0:
            yield Event(at(day, 9), partial(office.return_own, user, due))
            yield Event(at(day, 10), partial(office.report_own, user, due))
        yield Event(at(day, 11, 10 * place), partial(office.take_in, user, due))
    yield Event(at(first.replace(day=3), 15), partial(office.enter_paper, due))


def _compliance(office: Office) -> Iterator[Event]:
    """Agencies explain, then the standing deputy freezes the month; the newest month still waits for it."""
    stage = office.stage
    for month in stage.months[1:-1]:
        first = office_day(_next(month) + timedelta(days=1))
        for minute, user in enumerate(dict.fromkeys(handing.user for handing in stage.handings[:EXPLAINING])):
            yield Event(at(first, 10, minute * 10), partial(office.explain, user, month))
        yield Event(at(first, 16), partial(office.freeze, month))
