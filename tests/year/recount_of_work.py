"""Work counted again over a span: given, done in time, done late, still open and overdue at its end; by agency too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from year.recount import Recount
from year.script import start_of

Told = Mapping[str, Any]
NAMES = (
    "Nhiệm vụ giao trong kỳ",
    "Nhiệm vụ hoàn thành đúng hạn",
    "Nhiệm vụ hoàn thành trễ",
    "Nhiệm vụ đang thực hiện",
    "Nhiệm vụ quá hạn",
)

__all__ = ["figures", "overdue_at", "results"]


class _Work:
    """The tasks of a script as they stood at the end of a span."""

    def __init__(self, recount: Recount, since: datetime, until: datetime) -> None:
        self.then = Recount(recount.script, until - timedelta(microseconds=1))
        self.since, self.until, self.script = since, until, recount.script
        self.known = [one for _, one in self.then.tasks() if self.then.at(one["given"])]

    def bound(self, one: Told) -> datetime:
        return self.script.after(self.then.last_day(one))

    def closed(self) -> list[Told]:
        return [one for one in self.known if self._closed_at(one) and self._closed_at(one) >= self.since]

    def _closed_at(self, one: Told) -> datetime | None:
        return self.then.at(one.get("accepted"))

    def done_in_time(self) -> list[Told]:
        return [one for one in self.closed() if self.then.finished(one) < self.bound(one)]

    def open(self) -> list[Told]:
        return [one for one in self.known if not self._closed_at(one) and not self.then.at(one.get("cancelled"))]

    def overdue(self) -> list[Told]:
        """What is owed past its bound; a result that came in time and was not sent back is not late."""
        return [one for one in self.open() if self.bound(one) <= self.until and not self._came_in_time(one)]

    def _came_in_time(self, one: Told) -> bool:
        done = one.get("done") or []
        came = [moment for moment in map(self.then.at, done if isinstance(done, list) else [done]) if moment]
        back = self.then.at(one.get("returned"))
        last = max(came, default=None)
        return last is not None and (back is None or back < last) and last < self.bound(one)


def overdue_at(recount: Recount) -> list[Told]:
    """The tasks that are overdue at the instant of a recount."""
    return _Work(recount, recount.now, recount.now).overdue()


def figures(recount: Recount, period: str) -> dict[str, int]:
    """The figures on tasks of the report due in a month: of the calendar month before."""
    until = start_of(date(int(period[:4]), int(period[5:]), 1))
    since = start_of((until - timedelta(days=1)).date().replace(day=1))
    work = _Work(recount, since, until)
    given = [one for one in work.known if recount.script.at(one["given"]) >= since]
    in_time = work.done_in_time()
    late = len(work.closed()) - len(in_time)
    return dict(zip(NAMES, (len(given), len(in_time), late, len(work.open()), len(work.overdue())), strict=True))


def results(recount: Recount) -> dict[str, tuple[int, int, int]]:
    """What each agency did in the year: tasks in time, tasks late or overdue, reports in time."""
    year, owed = recount.script.year, recount.owed()
    work = _Work(recount, start_of(date(year, 1, 1)), start_of(date(year + 1, 1, 1)))
    in_time, closed, overdue = work.done_in_time(), work.closed(), work.overdue()
    met = [one.bearer.partition(":")[2] for one in owed if one.action == "report.submit" and one.status == "met"]
    names = {one["lead"] for one in (*closed, *overdue)} | set(met)
    found = {}
    for agency in names:
        good = sum(one["lead"] == agency for one in in_time)
        bad = sum(one["lead"] == agency for one in (*closed, *overdue)) - good
        found[agency] = (good, bad, met.count(agency))
    return found
