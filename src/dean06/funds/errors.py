"""What the room of funds refuses."""

from __future__ import annotations

from dean06.clock.errors import BadInput


class FundsNotFound(BadInput):
    """There is no such source, request or estimate, or the reader may not see it; the two are not told apart."""


class FundsRefused(BadInput):
    """The money cannot be entered or moved as asked; nothing was changed."""


class Overdrawn(FundsRefused):
    """More would be taken from an account than stands in it."""


class YearClosed(FundsRefused):
    """The year is closed: nothing is entered into it any more."""
