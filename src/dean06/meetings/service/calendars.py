"""The face of calendars: secret addresses, and meetings as a calendar reads them."""

from __future__ import annotations

from dean06.meetings.feeds import feeds, made, meetings_of, new_feed, new_obj, revoke, revoke_obj, written

__all__ = [
    "feeds",
    "made",
    "meetings_of",
    "new_feed",
    "new_obj",
    "revoke",
    "revoke_obj",
    "written",
]
