"""The face of preparing: drafts, agendas, invitees, papers on the table; convening and calling off."""

from __future__ import annotations

from dean06.meetings.preparing import (
    add_item,
    approve_agenda,
    attach,
    call_off,
    change,
    change_item,
    convene,
    create,
    detach,
    drop_item,
    invite,
    mark_content,
    move_item,
    reserve,
    uninvite,
)

__all__ = [
    "add_item",
    "approve_agenda",
    "attach",
    "call_off",
    "change",
    "change_item",
    "convene",
    "create",
    "detach",
    "drop_item",
    "invite",
    "mark_content",
    "move_item",
    "reserve",
    "uninvite",
]
