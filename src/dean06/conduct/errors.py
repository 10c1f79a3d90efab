"""What the room of conduct refuses."""

from __future__ import annotations

from dean06.clock.errors import BadInput


class ReplacementNotFound(BadInput):
    """There is no such procedure, or the reader may not see it; the two are not told apart."""


class ReplacementRefused(BadInput):
    """The procedure cannot be opened or moved as asked; nothing was changed."""
