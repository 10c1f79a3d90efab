"""How many questions a stand-in takes, and how many came: what a caller's restraint is measured by."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field

__all__ = ["Quotas"]


@dataclass(slots=True)
class Quotas:
    """So many in any second, so many in all; None is no bound.

    Attributes:
        taken: how many questions came and were let in.
        turned_away: how many were not let in.
        busiest: the most that came within one second.
    """

    per_second: int | None = None
    in_all: int | None = None
    taken: int = 0
    turned_away: int = 0
    busiest: int = 0
    _last: deque[float] = field(default_factory=deque)

    def take(self) -> int:
        """Let a question in; returns the seconds to wait where it is not."""
        now = time.monotonic()
        while self._last and self._last[0] <= now - 1:
            self._last.popleft()
        if self.in_all is not None and self.taken >= self.in_all:
            self.turned_away += 1
            return 3600
        self._last.append(now)
        self.busiest = max(self.busiest, len(self._last))
        if self.per_second is not None and len(self._last) > self.per_second:
            self.turned_away += 1
            return 1
        self.taken += 1
        return 0
