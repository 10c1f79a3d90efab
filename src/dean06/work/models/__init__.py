"""Storage of work, one module a noun."""

from __future__ import annotations

from dean06.work.models.filters import SavedFilter
from dean06.work.models.matters import Directive, Matter
from dean06.work.models.plans import Plan, PlanLine
from dean06.work.models.registers import Entry, EntryCounter, EntryEvent, EntryFile, EntryLink, RegisterChoice
from dean06.work.models.tasks import Coordination, Counter, Extension, Task, TaskEvent, TaskFile

__all__ = [
    "Coordination",
    "Counter",
    "Directive",
    "Entry",
    "EntryCounter",
    "EntryEvent",
    "EntryFile",
    "EntryLink",
    "Extension",
    "Matter",
    "Plan",
    "PlanLine",
    "RegisterChoice",
    "SavedFilter",
    "Task",
    "TaskEvent",
    "TaskFile",
]
