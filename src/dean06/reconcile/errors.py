"""What reconcile refuses."""

from __future__ import annotations

from dean06.clock.errors import BadInput, HouseError


class NotYours(HouseError):
    """The run or row is not among those the reader may see."""

    exit_code = 4


class FeedRefused(BadInput):
    """The feed cannot be granted, filled or withdrawn as asked; nothing was changed."""


class SheetRefused(BadInput):
    """A field sheet or what was written on it cannot be kept as asked; nothing was changed."""


class AddressClosed(HouseError):
    """No address is open under this secret: unknown, over, revoked, or its maker may look nobody up any more."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__(
            "Địa chỉ tra cứu không mở: đã hết hạn, đã thu hồi, hoặc người lập không còn giữ vị trí. Lập địa chỉ mới.",
            "No address is open here: it is over, revoked, or its maker holds the seat no more. Open a new one.",
        )


class LookupRefused(BadInput):
    """A call that cannot be answered as asked; `code` says of which kind, nobody was shown."""

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(vi, en)
        self.code = code
