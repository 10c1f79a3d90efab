"""Storage of work, one module a noun."""

from __future__ import annotations

from dean06.work.models.registers import Entry, EntryCounter, EntryEvent, EntryFile, EntryLink, RegisterChoice
from dean06.work.models.tasks import Coordination, Counter, Task, TaskEvent

__all__ = [
    "Coordination",
    "Counter",
    "Entry",
    "EntryCounter",
    "EntryEvent",
    "EntryFile",
    "EntryLink",
    "RegisterChoice",
    "Task",
    "TaskEvent",
]
