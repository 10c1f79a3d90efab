"""Those who keep something of their own by the ledger take its new entries, right after these got their leaves."""

from __future__ import annotations

from dean06.flows import cataloguing, machine_telling, news

FOLLOWERS = (cataloguing.follow, news.follow, machine_telling.follow)

__all__ = ["follow"]


def follow() -> int:
    """Let every follower take what is new; returns how many entries were taken, each counted for each follower."""
    return sum(one() for one in FOLLOWERS)
