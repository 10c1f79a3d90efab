"""Duties that outlive a group: what was pending on its last day, and how a successor fulfils it under the old text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Charter, Obligation
from dean06.clock import service as clock
from dean06.flows.records import months_of_year, records, task_period
from dean06.flows.standing import unrecorded
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.work.service import tasks as work
from dean06.work.types import TaskInfo

__all__ = ["Inherited", "Pending", "began", "duty_key", "inherited", "pending"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A duty whose time had begun and whose bound had not passed on the last day of a group.

    `month` is the one under which the board lists it; `task` the number of the task it is about, if it is about one.
    """

    month: str
    obligation: Obligation
    task: int | None = None

    @property
    def key(self) -> str:
        """The key under which a plan and a record name it."""
        return duty_key(self.obligation.norm, self.obligation.bearer, self.obligation.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inherited:
    """A duty taken over from an ended group, judged by that group's text on both groups' records."""

    month: str
    obligation: Obligation
    before: GroupInfo
    text: Charter
    succession_id: int


def duty_key(norm: str, bearer: str, period: str) -> str:
    """Return the key of a duty in plans and records."""
    return f"{norm}|{bearer}|{period}"


def _text(group: GroupInfo, last_day: date) -> Charter:
    """Return the text that bound a group on its last day, as if it had gone on."""
    return replace(adoption.charter_of(group.charter_line, last_day), in_force_to=None)


def pending(group: GroupInfo, last_day: date) -> list[Pending]:
    """Return the duties of a group that were pending when its last day was over, each once."""
    end = clock.at_start_of(last_day + timedelta(days=1))
    text = _text(group, last_day)
    open_tasks = [one for one in work.tasks_of_group(group.id) if one.is_open]
    numbers = {task_period(one.number): one.number for one in open_tasks if one.came_from is None}
    months = {*months_of_year(last_day.year), *(f"{one.bound.astimezone(clock.TZ):%Y-%m}" for one in open_tasks)}
    facts = charters.facts_from_plain(records(group, end), text)
    days = adoption.calendar(last_day)
    found: dict[str, Pending] = {}
    for month in sorted(months):
        for one in charters.obligations(text, facts, month=month, calendar=days):
            if one.status == "pending" and began(one.period) <= last_day:
                item = Pending(month=month, obligation=one, task=numbers.get(one.period))
                found.setdefault(item.key, item)
    return list(found.values())


def began(period: str) -> date:
    """Return the first day of a period; an event, a task among them, has begun by being recorded."""
    year, _, rest = period.partition("-")
    if not year.isdecimal():
        return date.min
    if rest.isdecimal():
        return date(int(year), int(rest), 1)
    return date(int(year), 7 if rest == "H2" else 1, 1)


def inherited(group: GroupInfo, at: datetime | None = None) -> list[Inherited]:
    """Return the duties a group has taken over, as the records of both groups stood at an instant (now if none)."""
    when = at or clock.now(group)
    found: list[Inherited] = []
    for before in offices.predecessors(group.id):
        record = adoption.executed(before.id)
        if record is not None and record.done_at is not None and record.done_at <= when:
            found += _taken_over(group, before, record, when)
    return found


def _taken_over(
    group: GroupInfo, before: GroupInfo, record: adoption.SuccessionInfo, at: datetime
) -> Iterable[Inherited]:
    listed = record.content["duties"]
    mine = [row for row in listed if group.slug in row.get("to", ())] if isinstance(listed, list) else []
    if not mine:
        return
    text = _text(before, record.plan.last_day)
    facts = charters.facts_from_plain(_together(before, group, at), text)
    days = adoption.calendar(record.plan.last_day)
    for month in sorted({row["month"] for row in mine}):
        wanted = {duty_key(row["norm"], row["bearer"], row["period"]) for row in mine if row["month"] == month}
        for one in charters.obligations(text, facts, month=month, calendar=days):
            if duty_key(one.norm, one.bearer, one.period) in wanted:
                yield Inherited(
                    month=month,
                    obligation=unrecorded(replace(one, charter=text.hash)),
                    before=before,
                    text=text,
                    succession_id=record.id,
                )


def _together(before: GroupInfo, group: GroupInfo, at: datetime) -> dict[str, object]:
    """Return the ended group's records with what its successor did since."""
    old, new = records(before, at), records(group, at)
    done = _done(before, group)
    tasks = [row | {"done_at": done[str(row["id"])]} if str(row["id"]) in done else row for row in _rows(old["tasks"])]
    joined = {name: [*_rows(old[name]), *_rows(new[name])] for name in ("reports", "statements")}
    return {**old, **joined, "tasks": tasks}


def _done(before: GroupInfo, group: GroupInfo) -> Mapping[str, str | None]:
    """Return when the continuation of each handed-over task was done in a successor, by the task's period."""
    numbers = {one.id: one.number for one in work.tasks_of_group(before.id)}
    mine = [one for one in work.tasks_of_group(group.id) if one.came_from in numbers]
    return {task_period(numbers[one.came_from]): _closed(one) for one in mine if one.came_from is not None}


def _closed(task: TaskInfo) -> str | None:
    return task.closed_at.isoformat() if task.closed_at and not task.is_open else None


def _rows(value: object) -> list[dict[str, object]]:
    return list(value) if isinstance(value, list) else []
