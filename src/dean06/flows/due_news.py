"""What a day brings: tasks, reports, meetings, entries and powers whose day draws near, each told once.

It may be asked as often as one likes: what was told is known by its key.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from dean06.clock.errors import HouseError
from dean06.flows import due_entries, due_meetings, due_powers, due_reports, reminding
from dean06.flows.reminding import Message, deliver
from dean06.offices.types import GroupInfo

LOG = logging.getLogger(__name__)
PARTS: tuple[Callable[[GroupInfo], list[Message]], ...] = (
    due_reports.messages,
    reminding.messages,
    reminding.digests,
    due_meetings.messages,
    due_entries.messages,
    due_powers.messages,
)

__all__ = ["remind"]


def remind(group: GroupInfo) -> int:
    """Tell a group of what its day brings; returns how many people are told now."""
    if group.ending is not None:
        return 0
    return sum(_of(group, part) for part in PARTS)


def _of(group: GroupInfo, part: Callable[[GroupInfo], list[Message]]) -> int:
    """Deliver one part; what cannot be read now keeps none of the others waiting."""
    try:
        return deliver(group, part(group))
    except HouseError as problem:
        LOG.warning("%s: %s", group.slug, problem.vi)
        return 0
