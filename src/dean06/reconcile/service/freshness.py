"""How current a run's records are: days from an event to its entry (L2), and records within their validity (L3)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from dean06.adoption import service as adoption
from dean06.clock.service.working_days import Calendar, vietnam_calendar
from dean06.orthography import dates
from dean06.orthography import sql as writing
from dean06.reconcile.types import Counted
from dean06.sources.live import Contract
from dean06.sources.types import Batch

SPANS = {"month": 1, "quarter": 3, "year": 12, "once": 12}
AHEAD = 80  # years after the data's day that a term may lie
HOLIDAYS = 10  # years back for which public holidays are counted; before them weekends alone

__all__ = ["Lists", "late_rows", "measured", "stale_rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """A delivery as it is measured: what it was read by, the month it speaks of, the day it came, how soon is soon."""

    batch: Batch
    contract: Contract
    period: str
    day: date
    within: int


def measured(link: duckdb.DuckDBPyConnection, lists: Lists) -> Iterator[Counted]:
    """Yield L2 and L3 by commune, each where the contract says what tells it and the list has it.

    The link holds `r` (rows with `xa`) and `b` (what was delivered).
    """
    events = _lay_events(link, lists)
    if events:
        yield from _told(link, "L2", f"ngay <= {lists.within}", "su_kien", detail=True)
    if _lay_valid(link, lists):
        yield from _told(link, "L3", "con_han", "hieu_luc", detail=False)


def late_rows(link: duckdb.DuckDBPyConnection, lists: Lists) -> str:
    """Return SQL for the places of the rows whose event came too late."""
    return f"select stt from su_kien where ngay > {lists.within}" if _lay_events(link, lists) else ""


def stale_rows(link: duckdb.DuckDBPyConnection, lists: Lists) -> str:
    """Return SQL for the places of the rows past their validity."""
    return "select stt from hieu_luc where not con_han" if _lay_valid(link, lists) else ""


def _told(link: duckdb.DuckDBPyConnection, code: str, good: str, table: str, *, detail: bool) -> Iterator[Counted]:
    days = "quantile_disc(ngay, 0.5), quantile_disc(ngay, 0.95)" if detail else "null, null"
    found = link.execute(
        f"""select grouping(xa) = 1, coalesce(xa, ''), count(*) filter (where {good}), count(*), {days}
            from {table} group by grouping sets ((xa), ())"""
    ).fetchall()
    for whole, commune, passed, total, middle, most in found:
        told = {"median": int(middle), "p95": int(most)} if middle is not None else {}
        yield Counted.at(whole, commune, code, int(passed), int(total), told)


def _column(lists: Lists, name: str | None) -> str:
    """Return the column of a field that freshness is told by; empty where the list has it not."""
    if name is None:
        return ""
    column = lists.contract.field(name).column
    return column if column in lists.batch.roles else ""


def _read(link: duckdb.DuckDBPyConnection, lists: Lists, column: str, table: str) -> None:
    """Read the distinct dates of a column as `table` (raw, dob)."""
    name = writing.identifier(column)
    order = lists.contract.dates.order
    spelt = f"select distinct {name} as raw from b where {name} is not null"
    link.execute(
        f"create or replace temp table {table} as select raw, dob from ("
        f"{dates.parsed(spelt, order=order, newest=lists.day.year, ahead=AHEAD)}) where not odd"
    )


def _lay_events(link: duckdb.DuckDBPyConnection, lists: Lists) -> bool:
    """Lay `su_kien`: the events entered in the list's own span, each with its working days from event to entry.

    Both days must be known whole; an entry before its event is a fault of another measure, and tells no time.
    """
    told = lists.contract.freshness
    event, entered = _column(lists, told.event if told else None), _column(lists, told.entered if told else None)
    if not event or not entered:
        return False
    _read(link, lists, event, "d_su_kien")
    _read(link, lists, entered, "d_vao")
    since, until = _span(lists)
    link.execute(
        f"""create or replace temp table cap as select r.stt, r.xa, e.dob as tu, v.dob as den from r join b using (stt)
            join d_su_kien e on e.raw = b.{writing.identifier(event)}
            join d_vao v on v.raw = b.{writing.identifier(entered)}
            where e.dob % 100 > 0 and v.dob between {_number(since)} and {_number(until)} and e.dob <= v.dob"""
    )
    first = link.execute("select min(tu) from cap").fetchall()[0][0]
    _lay_calendar(link, _day(int(first)) if first else since, until)
    link.execute(
        """create or replace temp table su_kien as select stt, xa, (d.lam - t.lam)::int as ngay from cap
           join lich t on t.ngay = cap.tu join lich d on d.ngay = cap.den"""
    )
    return True


def _span(lists: Lists) -> tuple[date, date]:
    """Return the first and last day of what one delivery of the source is of: a month, a quarter, a year."""
    year, month = (int(part) for part in lists.period.split("-"))
    back = SPANS[lists.contract.cadence.every] - 1
    first = year * 12 + month - 1 - back
    return date(first // 12, first % 12 + 1, 1), date(year, month, monthrange(year, month)[1])


def _lay_calendar(link: duckdb.DuckDBPyConnection, first: date, last: date) -> None:
    """Lay `lich`: each day with the working days up to and including it."""
    swapped = adoption.calendar(last).swapped
    near = vietnam_calendar(range(max(first.year, last.year - HOLIDAYS), last.year + 1), swapped)
    days, counts, worked = [], [], 0
    for day in _days(first, last):
        worked += _works(near, day)
        days.append(_number(day))
        counts.append(worked)
    link.execute("create or replace temp table lich as select unnest($1) as ngay, unnest($2) as lam", [days, counts])


def _works(calendar: Calendar, day: date) -> bool:
    return calendar.is_working_day(day)


def _days(first: date, last: date) -> Iterator[date]:
    for step in range((last - first).days + 1):
        yield first + timedelta(days=step)


def _lay_valid(link: duckdb.DuckDBPyConnection, lists: Lists) -> bool:
    """Lay `hieu_luc`: every sound row, and whether it is within its validity on the day the list came.

    A day that is known in part counts as the earliest it may be where it confirms, as the latest where it is a term.
    """
    told = lists.contract.freshness
    column = _column(lists, (told.confirmed or told.until) if told else None)
    if told is None or not column:
        return False
    _read(link, lists, column, "d_han")
    today = _number(lists.day)
    if told.months:
        since = _number(_months_before(lists.day, told.months))
        earliest = "dob + case when dob % 10000 = 0 then 101 when dob % 100 = 0 then 1 else 0 end"
        good = f"{earliest} between {since} and {today}"
    else:
        latest = "dob + case when dob % 10000 = 0 then 1231 when dob % 100 = 0 then 31 else 0 end"
        good = f"{latest} >= {today}"
    sound = "where b.cach_ly is null" if lists.batch.quarantined else ""
    link.execute(
        f"""create or replace temp table hieu_luc as select r.stt, r.xa, coalesce({good}, false) as con_han from r
            join b using (stt) left join d_han on d_han.raw = b.{writing.identifier(column)} {sound}"""
    )
    return True


def _months_before(day: date, months: int) -> date:
    first = day.year * 12 + day.month - 1 - months
    year, month = first // 12, first % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _day(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)
