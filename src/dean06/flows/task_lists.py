"""Many tasks in one gesture, out of a workbook or after a month before: all of them or none, and back again."""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.db import transaction

from dean06.charter.errors import Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import task_work
from dean06.flows.plan_lists import ListedRow
from dean06.flows.tasking import Wanted, assign_all, clause_stands
from dean06.offices.types import GroupInfo, Viewer
from dean06.orthography import service as orthography
from dean06.work.service import tasks as work
from dean06.work.types import GONE, Addressed, Filters, NewLine, Origin, Status, TaskInfo

MOST = 300
LONGEST = 300
# Tasks of findings open after each matching, and a request is made anew each time: neither is copied.
COPIED = frozenset({Origin.PLAN, Origin.CONCLUSION, Origin.DIRECTIVE, Origin.OWN, Origin.REPORT})

__all__ = [
    "MOST",
    "TaskRow",
    "as_before",
    "batch",
    "batch_of",
    "give",
    "next_month",
    "of_rows",
    "take_back",
    "whole_again",
]

Faults = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A row of a list on its way to a task: what is wanted, what is wrong, and whether it is there already.

    `wanted` is None for a row that can become no task; a heading is no fault.
    """

    number: int
    title: str
    wanted: Wanted | None
    faults: Faults = ()
    heading: str = ""
    again: bool = False


def batch_of(packed: str) -> str:
    """Return the name of a list as it was shown, under which its tasks are found; the same list has the same name."""
    return f"dot-{hashlib.sha256(packed.encode()).hexdigest()[:16]}"


def _key(title: str, lead: str) -> tuple[str, str]:
    return orthography.search_key(title), lead


def _open_now(viewer: Viewer, group_id: int, see_all: frozenset[str]) -> dict[tuple[str, str], int]:
    """Return the open tasks that the reader sees, by their folded words and lead agency."""
    open_ = work.open_titles(viewer, group_id, see_all=see_all)
    return {_key(title, lead): number for number, title, lead in open_}


# ------------------------------------------------------------ out of a workbook


def of_rows(rows: Iterable[ListedRow], viewer: Viewer, group: GroupInfo, *, see_all: frozenset[str]) -> list[TaskRow]:
    """Return what each row of a list would become, with what is wrong for a task where a plan would still take it."""
    open_, today = _open_now(viewer, group.id, see_all), clock.today(group)
    return [_of_row(row, open_, today) for row in rows]


def _of_row(row: ListedRow, open_: Mapping[tuple[str, str], int], today: date) -> TaskRow:
    line = row.line
    if line is None:
        return TaskRow(number=row.number, title="", wanted=None, faults=row.faults, heading=row.heading)
    stops = _stops(line, today)
    known = open_.get(_key(line.content, line.lead))
    faults = (*row.faults, *stops, *_already(known))
    wanted = None if stops or not line.lead or line.due is None else _of_line(line, line.due)
    return TaskRow(
        number=row.number, title=line.content, wanted=wanted, faults=faults, again=known is not None and not stops
    )


def _stops(line: NewLine, today: date) -> Faults:
    faults = []
    if len(line.content) > LONGEST:
        faults.append(
            (
                f"nội dung dài {len(line.content)} ký tự: rút gọn còn {LONGEST}",
                f"{len(line.content)} characters: shorten to {LONGEST}",
            )
        )
    if line.due is not None and line.due < today:
        faults.append(("thời hạn đã qua", "the last day is past"))
    return tuple(faults)


def _already(number: int | None) -> Faults:
    if number is None:
        return ()
    return ((f"trùng nhiệm vụ số {number} đang mở", f"the same as open task {number}"),)


def _of_line(line: NewLine, due: date) -> Wanted:
    return Wanted(
        title=line.content,
        lead=line.lead,
        due=due,
        origin=Origin.PLAN,
        coordinating=line.coordinating,
        expected=line.product,
    )


# ------------------------------------------------------------ after a month before


def as_before(
    month: date, viewer: Viewer, group: GroupInfo, agencies: Mapping[str, str], *, see_all: frozenset[str]
) -> list[TaskRow]:
    """Return the tasks with their last day in a month as they would stand now, each with a day to come."""
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    asked = Filters(due_from=month.replace(day=1), due_to=last)
    found = work.tasks(viewer, group.id, asked, see_all=see_all, size=MOST).items
    today = clock.today(group)
    own = {one.number for one in found}
    open_ = {key: number for key, number in _open_now(viewer, group.id, see_all).items() if number not in own}
    copied = [
        one for one in found if one.origin in COPIED and one.addressed is Addressed.MEMBER and one.status not in GONE
    ]
    clauses = {one for one in {_dotted(task) for task in copied} if clause_stands(group, one)}
    rows = [_again(one, open_, agencies, today) for one in copied]
    return [_with_clause(row, clauses) for row in rows]


def _dotted(task: TaskInfo) -> str:
    return ".".join(part for part in (task.basis.article, task.basis.clause, task.basis.point) if part)


def _with_clause(row: TaskRow, clauses: set[str]) -> TaskRow:
    """Let a row rest on the clause its task rested on, where the charter still has it."""
    if row.wanted is None or row.wanted.clause in clauses:
        return row
    return replace(row, wanted=replace(row.wanted, clause=""))


def _again(task: TaskInfo, open_: Mapping[tuple[str, str], int], agencies: Mapping[str, str], today: date) -> TaskRow:
    known = open_.get(_key(task.title, task.lead))
    faults = list(_already(known))
    if task.lead not in agencies:
        faults.append(("cơ quan chủ trì không còn trong tổ", "the lead agency has left the group"))
        return TaskRow(number=task.number, title=task.title, wanted=None, faults=tuple(faults))
    wanted = Wanted(
        title=task.title,
        lead=task.lead,
        due=next_month(task.first_due or task.due, today),
        origin=task.origin,
        coordinating=tuple(code for code in task.coordinating if code in agencies),
        following=tuple(code for code in task.following if code in agencies),
        clause=_dotted(task),
        expected=task.expected,
        accountable=task.accountable,
        important=task.important,
        source=f"Như nhiệm vụ số {task.number}",
    )
    return TaskRow(number=task.number, title=task.title, wanted=wanted, faults=tuple(faults), again=known is not None)


def next_month(day: date, today: date) -> date:
    """Return the same day of this month or, where that is past, of the next; a month too short ends on its last day."""
    return next(
        moved for moved in (_moved(day, today, ahead) for ahead in (0, 1, 2)) if moved >= today and moved != day
    )


def _moved(day: date, today: date, ahead: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# ------------------------------------------------------------ given together, taken back together


def give(
    account: str,
    group: GroupInfo,
    listed: Sequence[tuple[int, Wanted]],
    name: str,
    *,
    reason: str | None = None,
) -> list[TaskInfo]:
    """Give every task of a list or none: what stops one is told with its row. The same list is given once.

    `listed` holds the number of each row as its reader knows it, and what it asks for; `name` comes of `batch_of`.
    """
    if len(listed) > MOST:
        raise BadInput(
            f"Mỗi lần giao nhiều nhất {MOST} nhiệm vụ: chọn ít hơn.", f"At most {MOST} tasks at once: choose fewer."
        )
    with transaction.atomic():
        work.hold(group.id)
        if work.of_batch(group.id, name):
            raise BadInput(
                "Danh sách này đã được giao: xem ở danh sách nhiệm vụ.", "This list was given already: see the tasks."
            )
        wanted = [replace(one, origin_ref=name) for _, one in listed]
        try:
            return assign_all(account, group, wanted, reason=reason)
        except BadInput as problem:
            raise _named(account, group, listed, problem, reason) from problem


def _named(
    account: str,
    group: GroupInfo,
    listed: Sequence[tuple[int, Wanted]],
    problem: BadInput,
    reason: str | None,
) -> BadInput:
    """Return a refusal with the row it comes of, found by trying each row alone and keeping none."""
    for number, one in listed:
        if _fails(partial(assign_all, account, group, [one], reason=reason)):
            return BadInput(
                f"Dòng {number}: {problem.vi} Chưa giao nhiệm vụ nào.",
                f"Row {number}: {problem.en} No task was given.",
            )
    return BadInput(problem.vi, problem.en)


def _fails(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except (BadInput, Refused):
        return True
    return False


def batch(viewer: Viewer, group_id: int, name: str, *, see_all: frozenset[str]) -> tuple[TaskInfo, ...]:
    """Return the tasks of a list that was given in one gesture, as far as the reader sees them."""
    if not name.startswith("dot-"):
        return ()
    return work.tasks(viewer, group_id, Filters(origin_ref=name), see_all=see_all, size=MOST).items


def whole_again(tasks: Iterable[TaskInfo]) -> bool:
    """Say whether a list can still be taken back whole: nothing has happened to any of its tasks."""
    listed = [one for one in tasks if one.status is not Status.CANCELLED]
    return bool(listed) and set(work.opened_alone(one.id for one in listed)) == {one.id for one in listed}


def take_back(account: str, group: GroupInfo, tasks: Sequence[TaskInfo], *, reason: str | None = None) -> int:
    """Take a list back that was given in one gesture, whole, while nothing has happened to any of its tasks."""
    listed = [one for one in tasks if one.status is not Status.CANCELLED]
    with transaction.atomic():
        work.hold(group.id)
        alone = work.opened_alone(one.id for one in listed)
        moved = [str(one.number) for one in listed if one.id not in alone]
        if moved or not listed:
            raise BadInput(
                f"Không rút cả danh sách được: nhiệm vụ số {', '.join(moved[:10]) or '–'} đã có việc khác.",
                f"The list cannot be taken back whole: something happened to tasks {', '.join(moved[:10]) or '–'}.",
            )
        for one in listed:
            task_work.undo_opening(account, group, one, alone[one.id], reason=reason)
    return len(listed)
