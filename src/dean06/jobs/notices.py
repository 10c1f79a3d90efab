"""The round of the letters, each minute: what is due is gathered, one letter a person, and carried to the server."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from dean06.clock.errors import HouseError
from dean06.flows import telling
from dean06.notices.types import Tally

LOG = logging.getLogger(__name__)

__all__ = ["Letters"]


@dataclass(slots=True)
class Letters:
    """Who goes the rounds; remembers the last trouble, so that the same is told once."""

    told: str = ""

    def go_round(self) -> Tally:
        """Gather and carry; what goes wrong keeps the letters waiting for the next minute."""
        try:
            tally = telling.post()
        except HouseError as problem:
            self._tell(problem.vi)
            return Tally()
        self._tell("")
        return tally

    def _tell(self, trouble: str) -> None:
        """Tell the operator in the house's own sentence, which names no person and no address."""
        if trouble and trouble != self.told:
            LOG.warning("%s", trouble)
        self.told = trouble
