"""Tasks as the catalogue of things takes them: by number, or those made after the last it knows."""

from __future__ import annotations

from collections.abc import Iterator

from dean06.work.models import Task
from dean06.work.rows import info
from dean06.work.types import Status, TaskInfo


def by_number(group_id: int, number: int) -> TaskInfo | None:
    """Return one task of a group by its number, for the house's own work."""
    rows = Task.objects.filter(group_id=group_id, number=number).select_related("group", "came_from")
    row = rows.first()
    return info(row) if row else None


def of_batch(group_id: int, origin_ref: str) -> int:
    """Return how many tasks of a group came of one origin and still stand, for the house's own work."""
    rows = Task.objects.filter(group_id=group_id, origin_ref=origin_ref).exclude(status=Status.CANCELLED.value)
    return rows.count()


def every(group_id: int) -> Iterator[TaskInfo]:
    """Give every task of a group in the order they were made, for the house's own work."""
    rows = Task.objects.filter(group_id=group_id).select_related("group", "came_from")
    for row in rows.prefetch_related("coordinations").order_by("pk").iterator(chunk_size=500):
        yield info(row)
