"""The round of the post, each minute: what is queued leaves, what waits on the axis is taken in, group by group."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from dean06.clock.errors import HouseError
from dean06.flows import receiving, sending
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

LOG = logging.getLogger(__name__)

__all__ = ["Post", "Round", "tend"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round of the post came to, over all groups."""

    carried: int
    taken_in: int
    troubled: int


@dataclass(slots=True)
class Post:
    """Who goes the rounds; remembers what each group's trouble was, so that the same is told once."""

    told: dict[str, str] = field(default_factory=dict)

    def go_round(self) -> Round:
        """Carry and take in for every group; what goes wrong with one keeps none of the others waiting."""
        carried = taken_in = troubled = 0
        for group in offices.all_groups():
            taken, first = _tried(_taken, group)
            left, second = _tried(_carried, group)  # after the other, so that what is answered leaves at once
            taken_in, carried = taken_in + taken, carried + left
            trouble = first or second
            troubled += bool(trouble)
            self._tell(group, trouble)
        return Round(carried=carried, taken_in=taken_in, troubled=troubled)

    def _tell(self, group: GroupInfo, trouble: str) -> None:
        """Tell the operator in the house's own sentence, which names no person and nothing of a paper."""
        if trouble and self.told.get(group.slug) != trouble:
            LOG.warning("%s: %s", group.slug, trouble)
        self.told[group.slug] = trouble


def tend(group: GroupInfo) -> None:
    """Take in and carry for one group at once; what went wrong is raised once both were tried."""
    troubles = [problem for work in (_taken, _carried) if (problem := _trouble(work, group)) is not None]
    if troubles:
        raise troubles[0]


def _trouble(work: Callable[[GroupInfo], int], group: GroupInfo) -> HouseError | None:
    try:
        work(group)
    except HouseError as problem:
        return problem
    return None


def _taken(group: GroupInfo) -> int:
    taken = receiving.take_in(group)
    return taken.papers + taken.statuses + taken.aside


def _carried(group: GroupInfo) -> int:
    return sending.carry(group).taken_up


def _tried(work: Callable[[GroupInfo], int], group: GroupInfo) -> tuple[int, str]:
    try:
        return work(group), ""
    except HouseError as problem:
        return 0, problem.vi
