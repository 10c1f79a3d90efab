"""What reconcile refuses."""

from __future__ import annotations

from dean06.clock.errors import BadInput, HouseError


class NotYours(HouseError):
    """The run or row is not among those the reader may see."""

    exit_code = 4


class SheetRefused(BadInput):
    """A field sheet or what was written on it cannot be kept as asked; nothing was changed."""
