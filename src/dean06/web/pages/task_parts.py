"""A task as every list of the group shows it, and the same tasks as a workbook."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString

from dean06.charter import service as charters
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.pages.clauses import citation_of, cite_task
from dean06.web.parts.page import Action
from dean06.web.parts.work import Progress, Task
from dean06.web.reader import Reader
from dean06.web.sheet import Sheet
from dean06.work.service import tasks as work
from dean06.work.types import Addressed, Status, TaskInfo

STATUS = {
    Status.OPEN: ("Đang mở", "Open"),
    Status.REPORTED: ("Chờ nghiệm thu", "To accept"),
    Status.DONE: ("Xong", "Done"),
    Status.REOPENED: ("Mở lại", "Reopened"),
    Status.CANCELLED: ("Hủy", "Cancelled"),
    Status.HANDED_OVER: ("Đã bàn giao", "Handed over"),
    Status.ENDED: ("Kết thúc cùng tổ", "Ended with the group"),
}

LEFT = (Status.HANDED_OVER, Status.ENDED)

__all__ = ["linked", "openable", "task_part", "task_sheet", "who_leads"]


def openable(reader: Reader, tasks: Iterable[int]) -> frozenset[int]:
    """Return which of these tasks the reader may open: a page names a task of others, and leads to one's own alone."""
    wanted = list(tasks)
    return work.seen_tasks(reader.viewer, reader.group.id, wanted, see_all=reader.see_all) if wanted else frozenset()


def linked(reader: Reader, label: str, task: int, may: frozenset[int]) -> SafeString | str:
    """Return a task's name, as a link where the reader may open it."""
    return marks.link(label, reader.url("tasks-one", task)) if task in may else label


def who_leads(reader: Reader, task: TaskInfo) -> str:
    """Return the agency that leads a task, or the body outside that is asked."""
    return task.body if task.addressed is Addressed.OUTSIDE else reader.agency(task.lead)


def _progress(task: TaskInfo) -> Progress | None:
    """Return how far a task is: rows proved, or what its agency says; nothing where nothing was said yet."""
    if task.total:
        text = words(
            f"{writing.number(task.done)} trên {writing.number(task.total)} dòng đã có chứng minh",
            f"{writing.number(task.done)} of {writing.number(task.total)} rows proved",
        )
        return Progress(done=task.done, total=task.total, text=text)
    if not task.percent or not task.is_open:
        return None
    text = words(f"cơ quan báo {task.percent} %", f"{task.percent} %, as the agency says")
    return Progress(done=task.percent, total=100, text=text)


def task_part(reader: Reader, task: TaskInfo) -> Task:
    """Return a task as every list of the group shows it."""
    facts = [
        who_leads(reader, task),
        words(f"giao {writing.day(task.opened_at)}", f"set {writing.day(task.opened_at)}"),
    ]
    if task.addressed is Addressed.OUTSIDE:
        facts.append(words("đề nghị, không phải giao việc", "a request, no assignment"))
    if task.important:
        facts.append(words("quan trọng", "important"))
    if task.status is Status.REPORTED:
        facts.append(words("chờ nghiệm thu", "waits to be accepted"))
    if task.first_due is not None and task.first_due != task.due:
        facts.append(words("đã gia hạn", "extended"))
    if task.reopened:
        facts.append(words(f"mở lại {task.reopened} lần", f"reopened {task.reopened} times"))
    before = reader.predecessors.get(task.came_from_group) if task.came_from_group else None
    if before is not None:
        facts.append(words(f"nhận từ {before.short_name}", f"from {before.short_name}"))
    href = reader.url("tasks-one", task.id)
    return Task(
        title=task.title,
        href=href,
        due=task.due if task.is_open else None,
        today=reader.today,
        clauses=(cite_task(reader, task),),
        facts=tuple(facts),
        progress=_progress(task),
        action=Action(label=words("Mở", "Open"), href=href) if task.is_open else None,
        state="" if task.is_open else task.status.value if task.status in LEFT else "done",
    )


def task_sheet(reader: Reader, tasks: Iterable[TaskInfo], notes: tuple[str, ...]) -> Sheet:
    """Return the tasks as a workbook."""
    return Sheet(
        title=words(f"Nhiệm vụ, {reader.group.name}", f"Tasks, {reader.group.name}"),
        notes=notes,
        header=(
            words("Số", "No."),
            words("Nhiệm vụ", "Task"),
            words("Cơ quan chủ trì", "Lead agency"),
            words("Phối hợp", "Coordinating"),
            words("Căn cứ", "Clause"),
            words("Giao ngày", "Set"),
            words("Hạn", "Last day"),
            words("Tình trạng", "State"),
            words("Đã chứng minh", "Proved"),
            words("Phải sửa", "To fix"),
            words("Mở lại", "Reopened"),
            words("Xong ngày", "Done"),
        ),
        rows=(
            (
                task.number,
                task.title,
                who_leads(reader, task),
                ", ".join(reader.agency(code) for code in task.coordinating),
                charters.clause_label(citation_of(task.basis)) if task.basis.article else "",
                task.opened_at,
                task.due,
                words(*STATUS[task.status]),
                task.done,
                task.total,
                task.reopened,
                task.closed_at,
            )
            for task in tasks
        ),
    )
