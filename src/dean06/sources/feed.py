"""A feed as other rooms know it, and a pull of it: what is said, where it stands; never a row, never a secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dean06.ledger.types import canonical, digest_of
from dean06.sources.connectors.types import Extent
from dean06.sources.schedule import Schedule

__all__ = ["FeedInfo", "NewFeed", "PullInfo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFeed:
    """What is said of a feed when it is set up; `secret` is a reference, `whole` whether a full pull is everybody."""

    name: str
    source: str
    agency: str
    kind: str
    settings: Mapping[str, str]
    secret: str
    schedule: Schedule
    extent: Extent
    whole: bool = False

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what is set up, to which the permit is bound."""
        return digest_of(
            name=self.name,
            source=self.source,
            agency=self.agency,
            kind=self.kind,
            settings=canonical(dict(self.settings)),
            secret=self.secret,
            schedule=canonical(self.schedule.model_dump(mode="json")),
            extent=self.extent,
            whole=self.whole,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedInfo:
    """A feed; `permit_digest` is what automatic pulls cite, `since` how far the last delivered pull went."""

    id: int
    group_id: int
    name: str
    source: str
    agency: str
    kind: str
    settings: Mapping[str, str]
    secret: str
    schedule: Schedule
    extent: Extent
    whole: bool
    enabled: bool
    permit_digest: str
    set_up_by: str
    set_up_at: datetime
    since: datetime | None
    next_at: datetime
    succeeded_at: datetime | None

    def lag(self, now: datetime) -> timedelta:
        """Return how long after its schedule the last success, or the setting up, lies; none where it keeps to it."""
        due = (self.succeeded_at or self.set_up_at) + self.schedule.span
        return max(now - due, timedelta())


@dataclass(frozen=True, slots=True, kw_only=True)
class PullInfo:
    """One pull; `asked_by` is empty where the schedule asked, `news` false where the same bytes were there already.

    The problem is the pull's own, or else why its delivery was refused when it was read.
    """

    id: int
    group_id: int
    feed_id: int
    asked_by: str
    state: str
    period: str
    extent: Extent
    since: datetime | None
    until: datetime
    pieces: int
    rows: int
    tries: int
    next_try_at: datetime
    problem_vi: str
    problem_en: str
    delivery_id: int | None
    news: bool
    begun_at: datetime
    finished_at: datetime | None

    @property
    def waiting(self) -> bool:
        """Say whether the pull is still to be finished."""
        return self.state in {"waiting", "running"}
