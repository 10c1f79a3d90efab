"""The round of the addresses at which agencies' software is told: what falls due is queued, what waits is posted."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from dean06.clock import service as clock
from dean06.flows import machine_telling
from dean06.machines.service import calls, hooks
from dean06.machines.types import Carried
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

LOG = logging.getLogger(__name__)

__all__ = ["Hooks"]


@dataclass(slots=True)
class Hooks:
    """Who goes the rounds; remembers for each group when its day was looked at last."""

    reminded: dict[str, str] = field(default_factory=dict)

    def go_round(self) -> Carried:
        """Remind once an hour of each group's own day, and carry; one group's trouble keeps none of the others waiting.

        What was queued is known by its key, so that looking again queues nothing twice.
        """
        sent = dead = waiting = opened = 0
        busy = hooks.groups()
        for group in offices.all_groups() if busy else ():
            if group.id not in busy:
                continue
            try:
                self._remind(group)
                told = machine_telling.carry(group)
            except Exception as problem:  # noqa: BLE001  the others are told all the same; its words may quote
                LOG.warning("%s: %s", group.slug, type(problem).__name__)
                continue
            sent, dead = sent + told.sent, dead + told.dead
            waiting, opened = waiting + told.waiting, opened + told.opened
        self._sweep()
        return Carried(sent=sent, dead=dead, waiting=waiting, opened=opened)

    def _remind(self, group: GroupInfo) -> None:
        hour = f"{clock.now(group).astimezone(clock.TZ):%Y-%m-%d %H}"
        if self.reminded.get(group.slug) != hour:
            machine_telling.remind(group)
            self.reminded[group.slug] = hour

    def _sweep(self) -> None:
        """Forget once a day what calls left behind whose time is over."""
        day = f"{clock.now():%Y-%m-%d}"
        if self.reminded.get("") != day:
            calls.sweep()
            self.reminded[""] = day
