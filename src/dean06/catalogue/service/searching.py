"""Finding things: best first, only what the reader may find, only of groups in which they sit.

However much there is, the work is bounded: shelves are looked through from the newest, a few at a time, and no further
than until there is enough. The database does so itself in answer to one question: a group with many shelves is asked
no more than one with a single shelf.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from dean06.catalogue import asking
from dean06.catalogue.models import Entry, Shelf
from dean06.catalogue.tokens import CODE, Clause, Word, clauses, fits, gates, ranks, viewer_keys
from dean06.catalogue.types import Asked, Found, Results
from dean06.offices.types import Viewer

DEEPEST = 400
ENOUGH = 1000  # counting stops here
AT_HAND = 200  # so many are put in order without asking again
MOST_SHELVES = 64  # of a group that are looked through together; at once for a code as a whole, of which there are few
NOTHING = Results(items=(), counts={}, more=False)
NOBODY: frozenset[str] = frozenset()
Hit = tuple[int, str]

__all__ = ["changed_since", "search", "suggest"]


class _Looking:
    """One look through the shelves of some groups for what a reader may find."""

    def __init__(self, viewer: Viewer, asked: Asked) -> None:
        self.groups, self.gate = gates(viewer, asked)
        self.ranks = ranks(asked.text) if self.groups else []
        self.newest = dict(Shelf.objects.filter(group_id__in=self.groups).values_list("group_id", "number"))

    def _steps(self, *, wide: bool) -> Iterator[list[tuple[int, int]]]:
        """Give the shelves of each group from the newest, few at first, then ever more at once."""
        since, width = 0, MOST_SHELVES if wide else 1
        while shelves := list(self._behind(range(since, since + width))):
            yield shelves
            since, width = since + width, min(2 * width, MOST_SHELVES)

    def _behind(self, backs: range) -> Iterator[tuple[int, int]]:
        """Give the shelves of each group that stand so far behind its newest."""
        for group, newest in self.newest.items():
            yield from ((group, newest - back) for back in backs if newest >= back)

    def hits(self, rank: Sequence[Word], most: int, gate: Sequence[Clause] = ()) -> list[Hit]:
        """Return what meets a rank, the newest first, no more than are asked for."""
        return asking.hits(self._looks(rank, gate or self.gate), most)

    def _looks(self, rank: Sequence[Word], gate: Sequence[Clause]) -> list[list[Clause]]:
        wide = all(sort == CODE for sort, _, _ in rank)
        return [[*gate, *clauses(list(rank), shelves)] for shelves in self._steps(wide=wide)]

    def best(self, known: Sequence[Hit], most: int, *, whole: bool) -> list[int]:
        """Return ids rank by rank, the newest first in each; `known` are hits of the last rank, all where `whole`."""
        if whole and len(known) <= AT_HAND:
            return _ranked(self.ranks, [one for one, _ in known])[:most]
        found = dict.fromkeys(asking.by_rank([self._looks(rank, self.gate) for rank in self.ranks[:-1]], most))
        return list(found | dict.fromkeys(one for one, _ in known))[:most]


def _ranked(wanted: list[list[Word]], ids: list[int]) -> list[int]:
    """Put a few things in order by their ranks; in each they keep the order given."""
    rows = Entry.objects.filter(pk__in=ids).values_list("pk", "group_id", "shelf", "tokens")
    place = {}
    for pk, group, shelf, tokens in rows:
        words, at = set(tokens.split(" ")), f"g{group}b{shelf}"
        place[pk] = next((number for number, rank in enumerate(wanted) if fits(rank, at, words)), len(wanted))
    return sorted((one for one in ids if one in place), key=lambda one: place[one])


def search(viewer: Viewer, asked: Asked) -> Results:
    """Return a page of what fits the words, best first, with how much of each kind there is."""
    looking = _Looking(viewer, asked)
    if not looking.ranks:
        return NOTHING
    _, every_kind = gates(viewer, _of_any_kind(asked))
    hits = looking.hits(looking.ranks[-1], ENOUGH, every_kind)
    counts, whole = dict(Counter(kind for _, kind in hits)), len(hits) < ENOUGH
    known = [one for one in hits if not asked.kinds or one[1] in asked.kinds]
    if asked.kinds and not whole:
        known = looking.hits(looking.ranks[-1], DEEPEST)
        counts |= _at_least(counts, known)
    start = (max(asked.number, 1) - 1) * asked.size
    ids = looking.best(known, min(start + asked.size, DEEPEST), whole=whole)[start:]
    return Results(items=_found(ids), counts=counts, more=not whole)


def _at_least(counts: dict[str, int], known: Sequence[Hit]) -> dict[str, int]:
    """Return the counts of kinds of which more was found when these alone were looked for."""
    return {kind: max(count, counts.get(kind, 0)) for kind, count in Counter(kind for _, kind in known).items()}


def suggest(viewer: Viewer, asked: Asked) -> tuple[Found, ...]:
    """Return the best few for somebody who is still typing; nothing is counted."""
    looking = _Looking(viewer, asked)
    if not looking.ranks:
        return ()
    hits = looking.hits(looking.ranks[-1], AT_HAND + 1)
    return _found(looking.best(hits, asked.size, whole=len(hits) <= AT_HAND))


def _of_any_kind(asked: Asked) -> Asked:
    return Asked(text=asked.text, groups=asked.groups, see_all=asked.see_all, circles=asked.circles)


def _found(ids: list[int]) -> tuple[Found, ...]:
    rows = Entry.objects.defer("tokens", "readers").in_bulk(ids)
    return tuple(_info(rows[one]) for one in ids if one in rows)


def _info(row: Entry) -> Found:
    return Found(
        id=row.pk,
        group_id=row.group_id,
        kind=row.kind,
        key=row.key,
        title=row.title,
        label=row.label,
        route=row.route,
        args=tuple(row.args),
        query=row.query,
        fragment=row.fragment,
        at=row.at,
        changed_at=row.changed_at,
    )


def changed_since(
    viewer: Viewer,
    group_id: int,
    since: datetime,
    *,
    overseeing: frozenset[str],
    without: frozenset[str] = frozenset(),
    most: int = 20,
) -> tuple[Found, ...]:
    """Return what a reader may find in a group and was entered or changed since an instant, some kinds left out."""
    keys = set(viewer_keys(viewer, group_id, overseeing))
    if not keys:
        return ()
    rows = Entry.objects.filter(group_id=group_id, changed_at__gt=since).exclude(kind__in=without)
    found = []
    for row in rows.defer("tokens").order_by("-changed_at", "-pk")[: most * 25]:
        if keys & set(row.readers):
            found.append(_info(row))
        if len(found) == most:
            break
    return tuple(found)
