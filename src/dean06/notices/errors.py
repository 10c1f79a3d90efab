"""What the room of notices refuses."""

from __future__ import annotations

from dean06.clock.errors import BadInput


class NoticeNotFound(BadInput):
    """There is no such notice, or it is not the reader's; the two are not told apart."""


class UnknownKind(BadInput):
    """Somebody wants to tell something under a kind that `kinds.yaml` does not list."""
