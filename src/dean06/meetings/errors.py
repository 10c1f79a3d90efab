"""What the room of meetings refuses."""

from __future__ import annotations

from dean06.clock.errors import BadInput


class MeetingNotFound(BadInput):
    """There is no such meeting or written round, or the reader may not see it; the two are not told apart."""


class MeetingRefused(BadInput):
    """The meeting, the vote or the round cannot be changed as asked; nothing was changed."""
