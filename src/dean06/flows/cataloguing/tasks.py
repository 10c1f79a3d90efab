"""Tasks as they are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dean06.catalogue.types import NewEntry, Readers
from dean06.flows.cataloguing.shapes import Provider, agencies_in_words
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.work.service import tasks as work
from dean06.work.types import TaskInfo

__all__ = ["TASKS"]


def _task(group: GroupInfo, task: TaskInfo, names: Mapping[str, str]) -> NewEntry:
    agencies = (task.lead, *task.coordinating)
    return NewEntry(
        group_id=group.id,
        kind="task",
        key=task.ref,
        title=task.title,
        label=task.ref,
        words=agencies_in_words(agencies, names),
        codes=(str(task.number),),
        route="tasks-one",
        args=(task.id,),
        at=task.opened_at,
        readers=Readers(overseers=True, agencies=frozenset(agencies)),
    )


def _touched_task(group: GroupInfo, object_id: str) -> list[NewEntry]:
    _, _, number = object_id.partition(":")
    task = work.by_number(group.id, int(number)) if number.isdecimal() else None
    return [_task(group, task, offices.agency_names(group.id))] if task else []


def _every_task(group: GroupInfo) -> Iterator[NewEntry]:
    names = offices.agency_names(group.id)
    return (_task(group, task, names) for task in work.every(group.id))


TASKS = Provider(
    kind="task",
    vi="Nhiệm vụ",
    en="Tasks",
    follows=frozenset({"task"}),
    touched=_touched_task,
    every=_every_task,
)
