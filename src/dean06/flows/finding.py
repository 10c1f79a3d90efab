"""Looking for things: the catalogue says what fits, and what a reader may read is what the rooms say at this moment.

The catalogue follows the acts a second or two later. Kinds whose readers an act can narrow (a task given to another
agency, an entry made restricted) are therefore asked once more before anything of them is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from dean06.catalogue.service import searching
from dean06.catalogue.types import Asked, Found, Results
from dean06.flows import circles
from dean06.offices.types import GroupInfo, Viewer
from dean06.papers.service import circulation
from dean06.reports.service import agency_reports
from dean06.work.service import plans, registers
from dean06.work.service import tasks as work

Seen = Callable[[Viewer, int, list[int], frozenset[str]], frozenset[int]]
NOBODY: frozenset[str] = frozenset()


def _papers(by: Viewer, group_id: int, ids: list[int], _: frozenset[str]) -> frozenset[int]:
    return circulation.seen_papers(by, group_id, ids)


def _tasks(by: Viewer, group_id: int, ids: list[int], see_all: frozenset[str]) -> frozenset[int]:
    return work.seen_tasks(by, group_id, ids, see_all=see_all)


def _entries(by: Viewer, group_id: int, ids: list[int], see_all: frozenset[str]) -> frozenset[int]:
    return registers.seen_entries(by, group_id, ids, see_all=see_all)


def _plans(by: Viewer, group_id: int, ids: list[int], see_all: frozenset[str]) -> frozenset[int]:
    return plans.seen_plans(by, group_id, ids, see_all=see_all)


def _reports(by: Viewer, group_id: int, ids: list[int], _: frozenset[str]) -> frozenset[int]:
    return agency_reports.seen_reports(by, group_id, ids)


# Kinds whose readers may become fewer: what a page reads it by, and who may see that now.
NARROWED: Mapping[str, tuple[Callable[[Found], object], Seen]] = {
    "paper": (lambda one: one.args[0], _papers),
    "task": (lambda one: one.args[0], _tasks),
    "entry": (lambda one: one.args[1], _entries),
    "plan": (lambda one: one.args[0], _plans),
    "plan_line": (lambda one: one.args[0], _plans),
    "agency_report": (lambda one: one.key, _reports),
}

__all__ = ["changed_since", "search", "suggest"]


def search(viewer: Viewer, groups: Sequence[GroupInfo], asked: Asked) -> Results:
    """Return a page of what fits the words, best first, with how much of each kind there is."""
    result = searching.search(viewer, _belonging(viewer, groups, asked))
    kept = _readable(viewer, result.items, asked.see_all)
    counts, shown = dict(result.counts), {one.id for one in kept}
    for one in result.items:
        counts[one.kind] -= one.id not in shown
    return replace(result, items=kept, counts={kind: count for kind, count in counts.items() if count > 0})


def suggest(viewer: Viewer, groups: Sequence[GroupInfo], asked: Asked) -> tuple[Found, ...]:
    """Return the best few for somebody who is still typing; nothing is counted."""
    return _readable(viewer, searching.suggest(viewer, _belonging(viewer, groups, asked)), asked.see_all)


def changed_since(
    viewer: Viewer, group: GroupInfo, since: datetime, overseeing: frozenset[str], without: frozenset[str], most: int
) -> tuple[Found, ...]:
    """Return what a reader may find in a group and was entered or changed since an instant, the newest first."""
    found = searching.changed_since(viewer, group.id, since, overseeing=overseeing, without=without, most=most)
    return _readable(viewer, found, {group.id: overseeing})


def _belonging(viewer: Viewer, groups: Sequence[GroupInfo], asked: Asked) -> Asked:
    """Add the circles to which a reader belongs now in the groups that are looked in."""
    wanted = [one for one in groups if one.id in (asked.groups or viewer.groups)]
    belongs = {one.id: circles.of(viewer, one, asked.see_all.get(one.id, NOBODY)) for one in wanted}
    return replace(asked, circles=belongs)


def _readable(viewer: Viewer, found: Sequence[Found], see_all: Mapping[int, frozenset[str]]) -> tuple[Found, ...]:
    """Leave out what is not for the reader any more; each room is asked once a group."""
    asked: dict[tuple[Seen, int], dict[int, int]] = {}
    for one in found:
        if one.kind in NARROWED:
            known, seen = NARROWED[one.kind]
            asked.setdefault((seen, one.group_id), {})[one.id] = int(str(known(one)))
    gone: set[int] = set()
    for (seen, group_id), ids in asked.items():
        still = seen(viewer, group_id, sorted(set(ids.values())), see_all.get(group_id, NOBODY))
        gone |= {pk for pk, id_ in ids.items() if id_ not in still}
    return tuple(one for one in found if one.id not in gone)
