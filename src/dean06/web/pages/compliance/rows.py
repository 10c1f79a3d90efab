"""Duties as rows, of the board's list and of a frozen statement; a task stands by its number, title and page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.flows.records import number_of_task, task_period
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.pages.clauses import cite
from dean06.web.pages.compliance import parts
from dean06.web.parts.page import Link
from dean06.web.parts.tables import Column
from dean06.web.reader import Reader
from dean06.work.service import tasks as work

EVIDENCED = ("met", "late")

__all__ = ["cells", "columns", "event", "known_tasks", "outcome"]

Item = Mapping[str, object]
Tasks = Mapping[str, Link]


def known_tasks(reader: Reader, periods: Iterable[str]) -> Tasks:
    """Return the tasks among these periods that the reader may see, by the period under which a duty is judged."""
    numbers = {number for one in periods if (number := number_of_task(one)) is not None}
    found = work.numbered(reader.viewer, reader.group.id, numbers, see_all=reader.see_all) if numbers else []
    return {
        task_period(number): Link(label=title, href=reader.url("tasks-one", task_id))
        for number, task_id, title in found
    }


def columns() -> tuple[Column, ...]:
    """Return the columns under which `cells` stand."""
    return (
        Column(label=words("Nghĩa vụ", "Duty"), kind="text"),
        Column(label=words("Điều khoản", "Clause"), nowrap=True),
        Column(label=words("Bên chịu trách nhiệm", "Bearer"), kind="text"),
        Column(label=words("Kỳ, việc", "Period, event"), nowrap=True),
        Column(label=words("Hạn, trước", "Due before"), nowrap=True),
        Column(label=words("Kết quả", "Result"), nowrap=True),
    )


def cells(reader: Reader, item: Item, tasks: Tasks) -> tuple[str, ...]:
    """Return a duty, as the command line prints it, as the cells of a row."""
    return (
        _title(item, tasks),
        _clause(reader, item),
        parts.party(reader, str(item["bearer"])),
        event(str(item["period"]), _own(item, tasks)),
        writing.instant(datetime.fromisoformat(str(item["due_before"]))) if item["due_before"] else "",
        outcome(item),
    )


def _own(item: Item, tasks: Tasks) -> Tasks:
    """A duty of a group before names that group's own tasks."""
    return {} if item.get("charter") else tasks


def _title(item: Item, tasks: Tasks) -> SafeString | str:
    object_kind = item["object"]
    title = parts.duty_title(str(item["action"]), str(object_kind) if object_kind else None)
    task = _own(item, tasks).get(str(item["period"]))
    return format_html('{}<span class="cell-note">{}</span>', task.label, title) if task else title


def event(name: str, tasks: Tasks) -> SafeString | str:
    """Show a period as an office writes it; a task leads to its page."""
    return marks.link(name, tasks[name].href) if name in tasks else writing.period(name)


def _clause(reader: Reader, item: Item) -> SafeString:
    cited = item["citations"]
    if not isinstance(cited, list) or not cited:
        return format_html("<span>{}</span>", str(item["norm"]))
    if item.get("charter"):
        label = charters.clause_label(Citation(**cited[0]), current_language())
        return marks.clause(words(f"{label}, quy chế của tổ trước", f"{label}, charter of the group before"))
    return cite(reader, Citation(**cited[0]), text=str(item.get("text", "")))


def outcome(item: Item) -> SafeString:
    """Show how a duty stands; where a reply made it so, which one, and by which paper it was shown done by hand."""
    status, reply = str(item["status"]), str(item.get("reply") or "")
    if not reply:
        return parts.state(status)
    paper = item["satisfied_by"]
    told = (
        words(f"nêu tay: văn bản {paper}, {reply}", f"by hand: paper {paper}, {reply}")
        if status in EVIDENCED and paper
        else words(f"theo giải trình {reply}", f"by reply {reply}")
    )
    return format_html('{}<span class="cell-note">{}</span>', parts.state(status), told)
