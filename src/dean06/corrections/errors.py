"""What the room of corrections refuses."""

from __future__ import annotations

from dean06.clock.errors import BadInput, HouseError, RefusedByCharter


class CausesInvalid(HouseError):
    """The table of causes cannot be used."""


class OrderNotFound(BadInput):
    """There is no such order, or the reader may not see it; the two are not told apart."""


class OrderRefused(BadInput):
    """The order cannot be opened or changed as asked; nothing was changed."""


class RunRefused(BadInput):
    """The run cannot be recorded; nothing was changed."""


class NotTheLast(RefusedByCharter):
    """Only the last run of a source can be taken back, and only while nothing rests on it."""


class ProposalRefused(BadInput):
    """The proposal cannot be made or moved as asked; nothing was changed."""


class DispositionRefused(BadInput):
    """An answer on a row cannot be kept as given; nothing was changed. `code` is that of its `BadDisposition`."""

    def __init__(self, vi: str, en: str, code: str = "") -> None:
        super().__init__(vi, en)
        self.code = code


class HandoverRefused(BadInput):
    """The package cannot be handed over as asked; nothing was changed."""
