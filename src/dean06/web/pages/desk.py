"""Việc của tôi: what I owe this month, under which clause, and what state my agency's data are in."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dean06.charter.types import Obligation
from dean06.clock import service as clock
from dean06.flows import desk as journey
from dean06.offices import service as offices
from dean06.reconcile.service import runs, scores
from dean06.sources import live as contracts
from dean06.sources import service as sources
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import clause
from dean06.web.pages.clauses import address_of, label_of
from dean06.web.parts.charts import Axes, Axis
from dean06.web.parts.page import Action, Empty, PageHead
from dean06.web.parts.work import Check, Checklist, Progress, Task, TaskGroup
from dean06.web.reader import Reader, group_page
from dean06.work.types import TaskInfo

SIGNS = {
    "met": ("ok", "ok"),
    "late": ("warn", "bang"),
    "missed": ("bad", "no"),
    "pending": ("warn", "clock"),
    "excused": ("mute", "none"),
    "not_regulated": ("ask", "law"),
}

__all__ = ["desk", "task_part"]


def task_part(reader: Reader, task: TaskInfo) -> Task:
    """Return a task as every list of the group shows it."""
    names = offices.agencies(reader.group.id)
    today = clock.today(reader.group)
    text = words(
        f"{writing.number(task.done)} trên {writing.number(task.total)} dòng đã có chứng minh",
        f"{writing.number(task.done)} of {writing.number(task.total)} rows proved",
    )
    facts = [
        names.get(task.lead, task.lead),
        words(f"giao {writing.day(task.opened_at)}", f"set {writing.day(task.opened_at)}"),
    ]
    if task.reopened:
        facts.append(words(f"mở lại {task.reopened} lần", f"reopened {task.reopened} times"))
    return Task(
        title=task.title,
        href=reader.url("tasks-one", task.id),
        due=task.due if task.is_open else None,
        today=today,
        clauses=(
            clause(label_of(task.basis), address_of(reader, task.basis), kind="reading" if task.basis.reading else ""),
        ),
        facts=tuple(facts),
        progress=Progress(done=task.done, total=task.total, text=text) if task.total else None,
        action=Action(label=words("Mở", "Open"), href=reader.url("tasks-one", task.id)) if task.is_open else None,
        state="" if task.is_open else "done",
    )


def _when(obligation: Obligation) -> str:
    bound = obligation.due_before
    if obligation.status == "met":
        return words("Xong", "Done")
    if not isinstance(bound, datetime):
        return words("Không ghi hạn", "No bound given")
    local = bound.astimezone(clock.TZ)
    return words(f"trước 0 giờ {local:%d/%m}", f"before 00:00 on {local:%d/%m}")


def _duties(reader: Reader, found: journey.Desk, *, mine: bool) -> Checklist:
    return Checklist(
        items=tuple(
            Check(
                text=duty.title,
                tone=SIGNS.get(duty.obligation.status, ("mute", "dots"))[0],
                sign=SIGNS.get(duty.obligation.status, ("mute", "dots"))[1],
                note=_when(duty.obligation),
                aside=clause(duty.label, reader.url("charter-article", duty.obligation.citations[0].article)),
            )
            for duty in found.duties
            if duty.mine is mine
        )
    )


def _axes(reader: Reader) -> tuple[str, Axes] | None:
    """Return the four axes of the newest run of the reader's own agency, beside the run before."""
    own = {seat.agency for seat in reader.seats if seat.agency}
    mine = [one.source for one in sources.assignments(reader.group.id).values() if one.agency in own]
    done = [run for run in runs.runs(reader.viewer, reader.group.id) if run.state == "done" and run.source in mine]
    if not done:
        return None
    newest = done[0]
    before = next((run for run in done[1:] if run.source == newest.source and run.period < newest.period), None)
    now, then = scores.of_run(reader.viewer, newest.id), scores.of_run(reader.viewer, before.id) if before else {}
    rows = []
    for axis in scores.AXES:
        worst = scores.measure_of_axis(now, axis)
        last = then.get(worst.code) if worst else None
        rows.append(
            Axis(
                name=words(axis.vi, axis.en),
                now=worst.share if worst else None,
                was=last.share if last else None,
                target=worst.target if worst else None,
            )
        )
    title = contracts.contract(newest.source).title
    return words(f"{title.vi}, kỳ {newest.period}", f"{title.en}, {newest.period}"), Axes(items=tuple(rows))


@group_page
def desk(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the desk."""
    found = journey.desk(reader.viewer, reader.group)
    today = clock.today(reader.group)
    groups = [
        TaskGroup(title=title, tasks=tuple(task_part(reader, task) for task in tasks))
        for title, tasks in (
            (words("Quá hạn", "Overdue"), found.overdue),
            (words("Trong 5 ngày", "Within 5 days"), found.soon),
            (words("Sau đó", "Later"), found.later),
        )
        if tasks
    ]
    month = f"{today:%m}"
    shown = {
        "head": PageHead(
            title=words("Việc của tôi", "My work"),
            meta=(
                f"{writing.weekday(today)}, {writing.day(today)}",
                *(seat.post or seat.title for seat in reader.seats[:1]),
                words(f"{found.open_count} việc đang mở", f"{found.open_count} tasks open"),
            ),
            actions=(Action(label=words("Nộp dữ liệu", "Hand in data"), href=reader.url("deliveries-new")),),
        ),
        "groups": groups,
        "empty": Empty(
            title=words("Không có việc nào đang chờ bạn", "Nothing waits for you"),
            text=words(
                "Nhiệm vụ được giao sẽ hiện ở đây kèm điều khoản và hạn.", "Tasks appear here with clause and bound."
            ),
        ),
        "mine": _duties(reader, found, mine=True),
        "others": _duties(reader, found, mine=False),
        "duties_title": words(f"Tháng {month} phải làm, theo khoản nào", f"Due in month {month}, under which clause"),
        "axes": _axes(reader),
    }
    return render(request, "dean06/pages/desk.html", shown)
