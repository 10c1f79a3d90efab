"""Filling the catalogue: it follows the ledger, so that whatever an act touched is found as it is now.

One provider for each kind of thing. A room that gains a page for a kind joins by one line in `PROVIDERS`; nothing in
the room changes. A rebuild makes a group's entries anew from what stands.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from dean06.catalogue.service import entries, making
from dean06.catalogue.service.entries import quiet
from dean06.catalogue.service.making import Unit
from dean06.catalogue.types import Gone, NewEntry
from dean06.conduct.service import violations
from dean06.flows.cataloguing import charter, conduct, funds, meetings, papers, people, plans, registers, tasks
from dean06.flows.cataloguing.shapes import Provider
from dean06.ledger import service as ledger
from dean06.ledger.service import Followed
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

LOG = logging.getLogger(__name__)
NAME = "catalogue"
PROVIDERS: tuple[Provider, ...] = (
    tasks.TASKS,
    plans.DIRECTIVES,
    plans.MATTERS,
    plans.PLANS,
    plans.PLAN_LINES,
    meetings.MEETINGS,
    meetings.CONCLUSIONS,
    meetings.ROUNDS,
    registers.ENTRIES,
    papers.PAPERS,
    papers.INCOMING,
    papers.WORK_FILES,
    papers.REPORTS,
    people.AGENCY_REPORTS,
    funds.SOURCES,
    funds.REQUESTS,
    funds.ESTIMATES,
    funds.BUDGETS,
    funds.MECHANISMS,
    conduct.COMMENDATIONS,
    conduct.VIOLATIONS,
    conduct.REPLACEMENTS,
    people.SEATS,
    people.AGENCIES,
    charter.CLAUSES,
)

__all__ = ["PROVIDERS", "Progress", "follow", "go_on", "kinds", "left", "rebuild", "rebuild_all"]

Progress = Callable[[float, float, str], None]


def silently(done: float, total: float, what: str) -> None:
    """Hear how far the work is, and say nothing."""


def unheard(what: str) -> None:
    """Hear what is being done, and say nothing."""


def kinds() -> dict[str, tuple[str, str]]:
    """Return the kinds of things that can be found with their words in both languages, in the order of the pages."""
    return {one.kind: (one.vi, one.en) for one in PROVIDERS}


def follow() -> int:
    """Enter whatever the acts since the last time have touched; returns how many acts that was."""
    return ledger.caught_up(lambda: ledger.follow_again(NAME, _take)) + go_on()


def _take(acts: Sequence[Followed]) -> None:
    """Enter what these acts touched, each thing once, as it is now; a kind that is entered whole once for all acts."""
    last: dict[tuple[str, str, str], datetime] = {(act.scope, act.kind, act.object_id): act.at for act in acts}
    groups = {one.slug: one for one in offices.all_groups()} if last else {}
    wanted: dict[tuple[str, int, str], tuple[Provider, GroupInfo, str, str, datetime]] = {}
    for (scope, kind, object_id), at in last.items():
        for provider in PROVIDERS:
            if kind in provider.follows:
                for group in _meant(groups, scope, object_id):
                    what = "" if provider.whole else f"{kind} {object_id}"
                    wanted[provider.kind, group.id, what] = (provider, group, kind, object_id, at)
    for one in wanted.values():
        _enter(*one)


def _meant(groups: dict[str, GroupInfo], scope: str, object_id: str) -> list[GroupInfo]:
    """Return the group an act was in; an act of the installation on a charter concerns every group under it."""
    slug = violations.slug_of(scope)
    if slug in groups:
        return [groups[slug]]
    return [one for one in groups.values() if one.charter_line == object_id]


def _enter(provider: Provider, group: GroupInfo, kind: str, object_id: str, at: datetime) -> None:
    """Enter one thing; what cannot be read now is passed over and told, for it must not stop all others."""
    try:
        with transaction.atomic():
            found = list(provider.touched(group, object_id))
            made = [one for one in found if isinstance(one, NewEntry)]
            if provider.whole:
                entries.put_whole(group.id, provider.kind, made, changed_at=at)
                return
            entries.put(made, at, spared=kind in provider.wide)
            for one in found:
                if isinstance(one, Gone):
                    entries.drop(one)
    except Exception as problem:  # noqa: BLE001  whatever it is, a rebuild mends one thing; its words may quote it
        LOG.warning("catalogue: %s %s: %s", group.slug, provider.kind, type(problem).__name__)


def rebuild(group: GroupInfo, only: Iterable[str] = (), told: Callable[[int], None] = quiet) -> dict[str, int]:
    """Make the entries of a group anew from what stands; returns how many there are of each kind."""
    wanted = frozenset(only)
    return {
        one.kind: entries.put_whole(group.id, one.kind, one.every(group), told)
        for one in PROVIDERS
        if not wanted or one.kind in wanted
    }


def left() -> int:
    """Return how many parts are still to be made anew, where that was begun and broken off."""
    return sum(unit.count is None for unit in making.units())


def rebuild_all(progress: Progress = silently, *, again: bool = False) -> dict[str, int]:
    """Make the whole catalogue anew, or go on where that was broken off; `again` begins once more from the start.

    Acts of the meantime are taken as ever, and once more afterwards, so that none is passed by or overwritten.
    """
    if again:
        making.forget()
    if not making.units():
        wanted = [(group.id, one.kind) for group in offices.all_groups() for one in PROVIDERS]
        making.begin(wanted, ledger.newest_leaf())
    todo = making.units()
    for place, unit in enumerate(todo):
        if unit.count is None:
            _make(unit, partial(_tell, progress, place, len(todo)))
    return _ended(todo)


def _tell(progress: Progress, place: int, total: int, what: str) -> None:
    progress(place, total, what)


def _make(unit: Unit, told: Callable[[str], None]) -> None:
    """Make one unit of the work, and tick it off; what cannot be read now is told and stays as it was."""
    group = offices.group_by_id(unit.group_id)
    named = kinds().get(unit.kind, ("", ""))[0]
    told(f"{group.short_name}: {named}")
    counted = rebuild(
        group, [unit.kind] if unit.kind else (), lambda count: told(f"{group.short_name}: {named} {count}")
    )
    making.done(unit, sum(counted.values()))


def _ended(todo: Sequence[Unit]) -> dict[str, int]:
    counted = making.end(kinds())
    if todo:
        ledger.go_back(NAME, min(unit.leaf for unit in todo))
    return {kind: counted[kind] for kind in kinds() if kind in counted}


def go_on() -> int:
    """Let the worker make one group anew where a change of the catalogue's form wants it; returns how many it made."""
    todo = making.units()
    if not todo or any(unit.kind for unit in todo):
        return 0
    unit = next((one for one in todo if one.count is None), None)
    if unit is None:
        _ended(todo)
        return 0
    try:
        _make(unit, unheard)
    except Exception as problem:  # noqa: BLE001  the others must not wait for it; its words may quote what it read
        LOG.warning("catalogue: group %s: %s", unit.group_id, type(problem).__name__)
        making.done(unit, 0)
    return 1
