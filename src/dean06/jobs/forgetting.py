"""The round of what may be kept no longer: answers of the population service, and the small registers made of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from dean06.clock import service as clock
from dean06.population import service as population
from dean06.sources.service import inquiries

LOG = logging.getLogger(__name__)
EVERY = timedelta(hours=1)

__all__ = ["Forgetting"]


@dataclass(slots=True)
class Forgetting:
    """Who goes the round, once an hour."""

    next_at: datetime | None = None

    def go_round(self) -> int:
        """Delete what may be kept no longer; returns how many answers and registers went."""
        now = clock.now()
        if self.next_at is not None and now < self.next_at:
            return 0
        self.next_at = now + EVERY
        gone = inquiries.forget_expired() + population.empty_expired(now)
        if gone:
            LOG.info("answers deleted because their time was over: %d", gone)
        return gone
