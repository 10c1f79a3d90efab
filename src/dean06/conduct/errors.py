"""What the room of conduct refuses."""

from __future__ import annotations

from dean06.clock.errors import BadInput


class ConductNotFound(BadInput):
    """There is no such record, or the reader may not see it; the two are not told apart."""


class ConductRefused(BadInput):
    """The record cannot be entered or changed as asked; nothing was changed."""
