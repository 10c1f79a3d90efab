"""The face of work: tasks of every origin, by clause and agency; lists for readers, counts for reports."""

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
from dean06.work.clarity import clarity, clarity_source
from dean06.work.counting import counts
from dean06.work.extending import (
    answer_extension,
    ask_extension,
    extend,
    extension_digest,
    extensions,
    extensions_waiting,
)
from dean06.work.filters import filter_digest, forget_filter, keep_filter, saved_filters
from dean06.work.finding import by_number, every, of_batch
from dean06.work.reading import (
    by_day,
    claims,
    continuations,
    events,
    files,
    named,
    owed_before,
    tally,
    task,
    task_for_flow,
    tasks,
    tasks_for_flow,
    tasks_of_group,
)
from dean06.work.standing import Standing, standing
from dean06.work.succession import end_with_group, hand_over
from dean06.work.tracing import last_moved_by
from dean06.work.undoing import DECIDED, SAID, opened_alone, undo, undo_digest, undoable
from dean06.work.working import (
    accept,
    answer_digest,
    coordinate,
    coordination_digest,
    name,
    reopen,
    report,
    send_back,
)

__all__ = [
    "DECIDED",
    "SAID",
    "Standing",
    "accept",
    "answer_digest",
    "answer_extension",
    "ask_extension",
    "assigned_by",
    "by_day",
    "by_number",
    "cancel",
    "claim",
    "claims",
    "clarity",
    "clarity_source",
    "close_by_proof",
    "close_by_report",
    "continuations",
    "coordinate",
    "coordination_digest",
    "counts",
    "end_with_group",
    "events",
    "every",
    "extend",
    "extension_digest",
    "extensions",
    "extensions_waiting",
    "files",
    "filter_digest",
    "forget_filter",
    "hand_over",
    "hold",
    "keep_filter",
    "last_moved_by",
    "name",
    "named",
    "of_batch",
    "open_by_group",
    "open_task",
    "opened_alone",
    "owed_before",
    "progress",
    "reopen",
    "reopen_by_proof",
    "report",
    "reserve",
    "saved_filters",
    "send_back",
    "standing",
    "take_back",
    "tally",
    "task",
    "task_for_flow",
    "tasks",
    "tasks_for_flow",
    "tasks_of_group",
    "undo",
    "undo_digest",
    "undoable",
    "void",
]
