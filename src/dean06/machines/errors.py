"""What the room of machines refuses."""

from __future__ import annotations

from dean06.clock.errors import BadInput, HouseError


class MachineNotFound(BadInput):
    """There is no such account or address, or the reader may not see it; the two are not told apart."""


class MachineInvalid(BadInput):
    """The account or address cannot be made as asked; nothing was changed."""


class NotRecognised(HouseError):
    """A piece of software is not who it says, or may not do this now; `code` is that of RFC 6749 or RFC 6750."""

    exit_code = 4

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(vi, en)
        self.code = code


class KeyTaken(HouseError):
    """The same key of repetition came with another request, or with one that is still being answered."""


class AddressRefused(BadInput):
    """Nothing may be sent to this address."""
