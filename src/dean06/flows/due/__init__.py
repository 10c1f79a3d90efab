"""What a day brings: tasks, reports, meetings, entries and powers whose day draws near, each told once.

It may be asked as often as one likes: what was told is known by its key.
"""

from __future__ import annotations

from collections.abc import Callable

from dean06.flows.due import entries, meetings, powers, reminding, reports, scores
from dean06.flows.due.reminding import Message, deliver
from dean06.offices.types import GroupInfo

PARTS: tuple[Callable[[GroupInfo], list[Message]], ...] = (
    reports.messages,
    reminding.messages,
    reminding.digests,
    meetings.messages,
    entries.messages,
    powers.messages,
    scores.messages,
)

__all__ = ["remind"]


def remind(group: GroupInfo) -> int:
    """Tell a group of what its day brings; returns how many people are told now.

    What cannot be read now keeps none of the other parts waiting; it is raised once they were told.
    """
    if group.ending is not None:
        return 0
    count, troubles = 0, []
    for part in PARTS:
        try:
            count += deliver(group, part(group))
        except Exception as problem:  # noqa: BLE001  whatever it is, the others are told first
            troubles.append(problem)
    if troubles:
        raise troubles[0]
    return count
