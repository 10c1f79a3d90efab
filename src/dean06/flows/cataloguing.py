"""Filling the catalogue: it follows the ledger, so that whatever an act touched is found as it is now.

One provider for each kind of thing. A room that gains a page for a kind joins by one line in `PROVIDERS`; nothing in
the room changes. A rebuild makes a group's entries anew from what stands.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from dean06.catalogue.service import entries
from dean06.flows import catalogued
from dean06.flows.catalogued import Provider
from dean06.ledger import service as ledger
from dean06.ledger.service import Followed
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

LOG = logging.getLogger(__name__)
NAME = "catalogue"
PROVIDERS: tuple[Provider, ...] = (
    catalogued.TASKS,
    catalogued.PAPERS,
    catalogued.INCOMING,
    catalogued.REPORTS,
    catalogued.CLAUSES,
)

__all__ = ["PROVIDERS", "follow", "kinds", "rebuild", "rebuild_all"]


def kinds() -> dict[str, tuple[str, str]]:
    """Return the kinds of things that can be found with their words in both languages, in the order of the pages."""
    return {one.kind: (one.vi, one.en) for one in PROVIDERS}


def follow() -> int:
    """Enter whatever the acts since the last time have touched; returns how many acts that was."""
    count = 0
    while taken := ledger.follow(NAME, _take):
        count += taken
    return count


def _take(acts: Sequence[Followed]) -> None:
    """Enter what these acts touched, each thing once, as it is now."""
    last: dict[tuple[str, str, str], datetime] = {(act.scope, act.kind, act.object_id): act.at for act in acts}
    groups = {one.slug: one for one in offices.all_groups()} if last else {}
    for (scope, kind, object_id), at in last.items():
        for provider in PROVIDERS:
            if kind in provider.follows:
                for group in _meant(groups, scope, object_id):
                    _enter(provider, group, object_id, at)


def _meant(groups: dict[str, GroupInfo], scope: str, object_id: str) -> list[GroupInfo]:
    """Return the group an act was in; an act of the installation on a charter concerns every group under it."""
    if scope in groups:
        return [groups[scope]]
    return [one for one in groups.values() if one.charter_line == object_id]


def _enter(provider: Provider, group: GroupInfo, object_id: str, at: datetime) -> None:
    """Enter one thing; what cannot be read now is passed over and told, for it must not stop all others."""
    try:
        with transaction.atomic():
            found = list(provider.touched(group, object_id))
            if provider.whole:
                entries.put_whole(group.id, provider.kind, found)
                return
            entries.put(found, at)
            if not found:
                entries.drop(group.id, provider.kind, object_id)
    except Exception as problem:  # noqa: BLE001  whatever it is, a rebuild mends one thing; its words may quote it
        LOG.warning("catalogue: %s %s: %s", group.slug, provider.kind, type(problem).__name__)


def rebuild(group: GroupInfo, only: Iterable[str] = ()) -> dict[str, int]:
    """Make the entries of a group anew from what stands; returns how many there are of each kind."""
    wanted = frozenset(only)
    return {
        one.kind: entries.put_whole(group.id, one.kind, one.every(group))
        for one in PROVIDERS
        if not wanted or one.kind in wanted
    }


def rebuild_all() -> dict[str, int]:
    """Make the whole catalogue anew; acts of the meantime are followed afterwards, so none is passed by."""
    counted: dict[str, int] = {}
    ledger.skip_to_end(NAME)
    for group in offices.all_groups():
        for kind, count in rebuild(group).items():
            counted[kind] = counted.get(kind, 0) + count
    return counted
