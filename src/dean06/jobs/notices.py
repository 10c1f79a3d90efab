"""The round of the letters, each minute: what is due is gathered, one letter a person, and carried to the server."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from dean06.clock import service as clock
from dean06.clock.errors import HouseError
from dean06.flows import due, pausing, scorecards, telling
from dean06.notices.types import Tally
from dean06.offices import service as offices

LOG = logging.getLogger(__name__)

__all__ = ["Letters"]


@dataclass(slots=True)
class Letters:
    """Who goes the rounds; remembers the last trouble, so that the same is told once."""

    told: str = ""
    reminded: dict[str, str] = field(default_factory=dict)

    def go_round(self) -> Tally:
        """Remind once a day, gather and carry; what goes wrong keeps the letters waiting for the next minute."""
        try:
            self._remind()
            tally = telling.post()
        except HouseError as problem:
            self._tell(problem.vi)
            return Tally()
        self._tell("")
        return tally

    def _remind(self) -> None:
        """Tell of what falls due, group by group, once on each group's own day; where it failed, again in an hour.

        What was told is known by its key, so that a worker that begins anew, or tries again, tells nothing twice.
        """
        for group in offices.all_groups():
            now = clock.now(group).astimezone(clock.TZ)
            day, hour = f"{now:%Y-%m-%d}", f"{now:%Y-%m-%d %H}"
            if self.reminded.get(group.slug) in (day, hour):
                continue
            try:
                pausing.keep(group)
                scorecards.keep(group)
                due.remind(group)
                self.reminded[group.slug] = day
            except Exception as problem:  # noqa: BLE001  the others are reminded all the same; its words may quote
                self.reminded[group.slug] = hour
                LOG.warning("%s: %s", group.slug, type(problem).__name__)

    def _tell(self, trouble: str) -> None:
        """Tell the operator in the house's own sentence, which names no person and no address."""
        if trouble and trouble != self.told:
            LOG.warning("%s", trouble)
        self.told = trouble
