"""Where a task came from and where it went, when a group ended; what its new group can prove, and what not."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dean06.adoption import service as adoption
from dean06.web.language import words
from dean06.web.parts.work import Fact
from dean06.web.reader import Reader
from dean06.work.errors import TaskNotFound
from dean06.work.service import tasks as work
from dean06.work.types import TaskInfo

__all__ = ["handed_facts", "listed"]


def listed(value: object) -> list[Mapping[str, object]]:
    """Return a list of a record's content."""
    return list(value) if isinstance(value, list | tuple) else []


def handed_facts(reader: Reader, task: TaskInfo) -> tuple[Fact, ...]:
    """Return what a hand-over did to a task: its origin with a link, its continuation, or why it ended."""
    return (*_came(reader, task), *_went(reader, task))


def _came(reader: Reader, task: TaskInfo) -> tuple[Fact, ...]:
    before = reader.predecessors.get(task.came_from_group) if task.came_from_group else None
    if before is None or task.came_from is None:
        return ()
    facts = [
        Fact(term=words("Nhận bàn giao từ", "Taken over from"), value=_origin(reader, task)),
        Fact(term=words("Căn cứ cũ", "Old clause"), value=task.basis.reading),
    ]
    outside = _outside(reader, task)
    if outside:
        said = words(
            f"{outside} dòng ngoài địa bàn của tổ: chỉ chứng minh được khi danh sách nộp ở đây vẫn có các dòng ấy.",
            f"{outside} rows lie outside the group's territory: proved only while a list handed in here holds them.",
        )
        facts.append(Fact(term=words("Chưa chắc chứng minh được", "May not be provable"), value=said))
    return tuple(facts)


def _origin(reader: Reader, task: TaskInfo) -> SafeString:
    before = reader.predecessors[task.came_from_group or 0]
    try:
        old = work.task(reader.viewer, task.came_from or 0, see_all=reader.see_all)
    except TaskNotFound:
        return format_html("{}", before.name)
    label = words(f"{before.name}, nhiệm vụ số {old.number}", f"{before.name}, task no. {old.number}")
    return format_html('<a href="{}">{}</a>', reader.url_at(before.id, "tasks-one", old.id), label)


def _outside(reader: Reader, task: TaskInfo) -> int:
    record = adoption.executed(task.came_from_group or 0)
    rows = listed(record.content["tasks"]) if record else []
    old = next((row for row in rows if row["task"] == _old_ref(task)), None)
    parts = [part for part in listed(old.get("to")) if part["group"] == reader.group.slug] if old else []
    return sum(int(str(part.get("outside", 0))) for part in parts)


def _old_ref(task: TaskInfo) -> str:
    return work.task_for_flow(task.came_from).ref if task.came_from else ""


def _went(reader: Reader, task: TaskInfo) -> tuple[Fact, ...]:
    record = adoption.executed(reader.group.id) if reader.ending else None
    row = next((one for one in listed(record.content["tasks"]) if one["task"] == task.ref), None) if record else None
    if record is None or row is None:
        return ()
    if row["outcome"] == "ended":
        return (Fact(term=words("Kết thúc cùng tổ vì", "Ended with the group because"), value=str(row["reason"])),)
    names = {str(one["slug"]): str(one["name"]) for one in listed(record.content["successors"])}
    seen = {one.group_id: one for one in work.continuations(reader.viewer, task.id)}
    groups = {one.slug: one for one in reader.groups}
    lines = []
    for part in listed(row.get("to")):
        slug = str(part["group"])
        group = groups.get(slug)
        new = seen.get(group.id) if group else None
        if group is not None and new is not None:
            label = words(f"{names[slug]}, nhiệm vụ số {new.number}", f"{names[slug]}, task no. {new.number}")
            lines.append((format_html('<a href="{}">{}</a>', reverse("tasks-one", args=[slug, new.id]), label),))
        else:
            lines.append((format_html("{}", names.get(slug, slug)),))
    value = format_html_join(SafeString("<br>"), "{}", lines)
    return (Fact(term=words("Bàn giao cho", "Handed over to"), value=value),)
