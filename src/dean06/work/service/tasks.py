"""The face of work: tasks by clause and agency, closed by proof; lists for readers, counts for reports."""

from __future__ import annotations

from dean06.work.acts import (
    cancel,
    claim,
    close_by_proof,
    close_by_report,
    hold,
    open_task,
    progress,
    reopen_by_proof,
    reserve,
    take_back,
    void,
)
from dean06.work.asking import assigned_by, open_by_group
from dean06.work.counting import counts
from dean06.work.finding import by_number, every
from dean06.work.reading import (
    claims,
    continuations,
    events,
    named,
    task,
    task_for_flow,
    tasks,
    tasks_for_flow,
    tasks_of_group,
)
from dean06.work.standing import Standing, standing
from dean06.work.succession import end_with_group, hand_over
from dean06.work.tracing import last_moved_by

__all__ = [
    "Standing",
    "assigned_by",
    "by_number",
    "cancel",
    "claim",
    "claims",
    "close_by_proof",
    "close_by_report",
    "continuations",
    "counts",
    "end_with_group",
    "events",
    "every",
    "hand_over",
    "hold",
    "last_moved_by",
    "named",
    "open_by_group",
    "open_task",
    "progress",
    "reopen_by_proof",
    "reserve",
    "standing",
    "take_back",
    "task",
    "task_for_flow",
    "tasks",
    "tasks_for_flow",
    "tasks_of_group",
    "void",
]
