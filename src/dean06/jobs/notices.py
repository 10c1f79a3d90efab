"""The round of the letters, each minute: what is due is gathered, one letter a person, and carried to the server."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import date

from dean06.clock import service as clock
from dean06.clock.errors import HouseError
from dean06.flows import due_news, telling
from dean06.notices.types import Tally
from dean06.offices import service as offices

LOG = logging.getLogger(__name__)

__all__ = ["Letters"]


@dataclass(slots=True)
class Letters:
    """Who goes the rounds; remembers the last trouble, so that the same is told once."""

    told: str = ""
    reminded: dict[str, date] = field(default_factory=dict)

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
        """Tell of what falls due, group by group, once on each group's own day."""
        for group in offices.all_groups():
            today = clock.today(group)
            if self.reminded.get(group.slug) == today:
                continue
            self.reminded[group.slug] = today
            try:
                due_news.remind(group)
            except HouseError as problem:  # the others are reminded all the same
                LOG.warning("%s: %s", group.slug, problem.vi)

    def _tell(self, trouble: str) -> None:
        """Tell the operator in the house's own sentence, which names no person and no address."""
        if trouble and trouble != self.told:
            LOG.warning("%s", trouble)
        self.told = trouble
