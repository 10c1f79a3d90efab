"""What the room of work refuses."""

from __future__ import annotations

from dean06.clock.errors import BadInput, RefusedByCharter


class TaskNotFound(BadInput):
    """There is no such task, or the reader may not see it; the two are not told apart."""


class NotProved(RefusedByCharter):
    """Somebody wanted to close by saying so what only a later delivery can prove."""


class TaskRefused(BadInput):
    """The task cannot be opened or changed as asked; nothing was changed."""
