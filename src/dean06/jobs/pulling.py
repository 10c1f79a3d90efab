"""The round of the pullers: feeds that are due are gone to, one after another, and what was judged is put away."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dean06.clock import service as clock
from dean06.clock.errors import HouseError
from dean06.flows import feeding
from dean06.sources import service as sources
from dean06.sources.service import feeds, pulls

LOG = logging.getLogger(__name__)
AGAIN = timedelta(minutes=10)

__all__ = ["Gone", "Pullers"]

Ask = Callable[[int, str, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What one round came to: feeds gone to, deliveries made of them, and those that met trouble."""

    tried: int
    delivered: int
    troubled: int


@dataclass(slots=True)
class Pullers:
    """Who goes the rounds.

    `ask` asks for the work on a delivery. Each feed's trouble is told once; one that could not be put in order is left
    alone for a while.
    """

    ask: Ask
    told: dict[int, str] = field(default_factory=dict)
    resting: dict[int, datetime] = field(default_factory=dict)

    def go_round(self) -> Gone:
        """Go to every feed that is due; what goes wrong with one keeps none of the others waiting."""
        tried = delivered = troubled = 0
        for feed_id in pulls.due(clock.now()):
            tried += 1
            try:
                ended = feeding.pull(feed_id)
            except HouseError as problem:
                self._tell(feed_id, problem.vi)
                troubled += 1
                continue
            if ended.state == "done" and ended.news and ended.delivery_id is not None:
                self._ask(ended.delivery_id)
                delivered += 1
            troubled += ended.waiting or ended.state == "failed"
            self._tell(feed_id, ended.problem_vi)
        self._put_away()
        return Gone(tried=tried, delivered=delivered, troubled=troubled)

    def _ask(self, delivery_id: int) -> None:
        """Ask for the work on what came; whatever nobody asked for is found when the worker starts."""
        delivery = sources.delivery_for_work(delivery_id)
        for _, pk, answers in sources.unfinished():
            if pk == delivery_id:
                self.ask(delivery.group_id, answers, delivery_id)

    def _put_away(self) -> None:
        for feed_id in feeds.with_files():
            if self.resting.get(feed_id, clock.now()) > clock.now():
                continue
            try:
                feeding.put_away(feed_id)
            except HouseError as problem:
                self.resting[feed_id] = clock.now() + AGAIN
                self._tell(feed_id, problem.vi)

    def _tell(self, feed_id: int, trouble: str) -> None:
        """Tell the operator in the house's own sentence, which names no person and no secret."""
        if trouble and self.told.get(feed_id) != trouble:
            LOG.warning("%s: %s", feeds.feed_for_work(feed_id).name, trouble)
        self.told[feed_id] = trouble
