"""The chair's board: how the group stands on a day, each number with the door to what it was counted from.

One provider a matter, in the order of the board; a room that keeps another matter (dossiers) joins by one line in
`PROVIDERS`. A provider that cannot tell a past day says so, and no number is made up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dean06.clock import service as clock
from dean06.flows.board.means import of_agencies, of_connections, of_funds, of_obstacles
from dean06.flows.board.shapes import Asked, Board, Door, Figure, Panel
from dean06.flows.board.work import of_data, of_duties, of_papers, of_reports, of_tasks
from dean06.offices.types import GroupInfo, Viewer

Provider = Callable[[Asked], Panel]

PROVIDERS: tuple[Provider, ...] = (
    of_duties,
    of_tasks,
    of_connections,
    of_data,
    of_agencies,
    of_reports,
    of_obstacles,
    of_funds,
    of_papers,
)

__all__ = ["PROVIDERS", "Board", "Door", "Figure", "Panel", "board"]


def board(viewer: Viewer, group: GroupInfo, day: date | None = None) -> Board:
    """Return the board of a group now, or as it stood at the end of a past day."""
    now = clock.now(group)
    past = day is not None and day < now.date()
    at = clock.at_start_of(day + timedelta(days=1)) - timedelta(seconds=1) if past and day is not None else now
    asked = Asked(viewer=viewer, group=group, at=at, past=past)
    return Board(at=at, past=past, panels=tuple(provider(asked) for provider in PROVIDERS))
