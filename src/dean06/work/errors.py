"""What the room of work refuses."""

from __future__ import annotations

from dean06.clock.errors import BadInput, RefusedByCharter


class TaskNotFound(BadInput):
    """There is no such task, or the reader may not see it; the two are not told apart."""


class NotProved(RefusedByCharter):
    """Somebody wanted to close by saying so what only a later delivery can prove."""


class TaskRefused(BadInput):
    """The task cannot be opened or changed as asked; nothing was changed."""


class RegisterInvalid(BadInput):
    """A register's definition or code list is wrong; every fault is named with its place."""


class EntryNotFound(BadInput):
    """There is no such entry, or the reader may not see it; the two are not told apart."""


class EntryRefused(BadInput):
    """The entry cannot be opened or changed as asked; nothing was changed."""


class FieldRefused(EntryRefused):
    """One field cannot be taken; `field` is its code."""

    def __init__(self, field: str, vi: str, en: str) -> None:
        super().__init__(vi, en)
        self.field = field
