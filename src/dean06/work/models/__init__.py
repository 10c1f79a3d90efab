"""Storage of work, one module a noun."""

from __future__ import annotations

from dean06.work.models.tasks import Coordination, Counter, Task, TaskEvent

__all__ = ["Coordination", "Counter", "Task", "TaskEvent"]
