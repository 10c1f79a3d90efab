"""What of tasks and matters waits for a word of the reader, as the notices of the desk."""

from __future__ import annotations

from dean06.web import writing
from dean06.web.language import words
from dean06.web.parts.page import Link, Notice
from dean06.web.reader import Reader
from dean06.work.service import tasks

NAMED = 4

__all__ = ["notices"]


def notices(reader: Reader) -> list[Notice]:
    """Return what waits: time asked for, results to accept, matters to decide."""
    owed = tasks.answers_owed(reader.viewer, reader.group.id, see_all=reader.see_all)
    made = []
    if owed.extensions:
        named = ", ".join(f"NV-{number}" for _, number in owed.extensions[:NAMED])
        more = words(f" và {len(owed.extensions) - NAMED} việc khác", f" and {len(owed.extensions) - NAMED} more")
        named += more if len(owed.extensions) > NAMED else ""
        text = words(f"Xin thêm thời gian: {named}.", f"More time is asked for: {named}.")
        made.append(_notice(text, words("Trả lời", "Answer"), reader.url("tasks-one", owed.extensions[0][0])))
    if owed.reported:
        count = writing.number(owed.reported)
        text = words(f"{count} nhiệm vụ báo xong, chờ nghiệm thu.", f"{count} tasks are reported done, to be accepted.")
        made.append(_notice(text, words("Nghiệm thu", "Accept"), f"{reader.url('tasks')}?xem=cho"))
    if owed.matters:
        count = writing.number(owed.matters)
        text = words(f"{count} việc chờ quyết định.", f"{count} matters wait to be decided.")
        made.append(_notice(text, words("Xem và quyết", "Look and decide"), f"{reader.url('tasks-matters')}?xem=cho"))
    return made


def _notice(text: str, label: str, href: str) -> Notice:
    return Notice(text=text, tone="warn", sign="pen", link=Link(label=label, href=href))
