"""The face of a meeting as it goes: opened, item by item, concluded, closed, and the ways back."""

from __future__ import annotations

from dean06.meetings.running import (
    attach_task,
    begin_item,
    close,
    conclude,
    defer_item,
    drop_conclusion,
    end_item,
    note_item,
    open_meeting,
    reopen,
    reopen_item,
    reword_conclusion,
)

__all__ = [
    "attach_task",
    "begin_item",
    "close",
    "conclude",
    "defer_item",
    "drop_conclusion",
    "end_item",
    "note_item",
    "open_meeting",
    "reopen",
    "reopen_item",
    "reword_conclusion",
]
