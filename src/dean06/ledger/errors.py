"""What the ledger refuses."""

from __future__ import annotations

from dean06.clock.errors import HouseError


class PermitMisused(HouseError):
    """A permit was offered for an act, an object or a time that it was not given for."""

    exit_code = 4


class LedgerStopped(HouseError):
    """The ledger cannot be written, so the act does not happen."""

    exit_code = 5
