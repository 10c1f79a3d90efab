"""Finding things: best first, only what the reader may find, only of groups in which they sit."""

from __future__ import annotations

from datetime import datetime

from dean06.catalogue import asking
from dean06.catalogue.models import Entry
from dean06.catalogue.tokens import Clause, gates, ranks, viewer_keys
from dean06.catalogue.types import Asked, Found, Results
from dean06.offices.types import Viewer

DEEPEST = 400
NOTHING = Results(items=(), counts={}, more=False)

__all__ = ["changed_since", "search", "suggest"]


def search(viewer: Viewer, asked: Asked) -> Results:
    """Return a page of what fits the words, best first, with how much of each kind there is."""
    groups, gate = gates(viewer, asked)
    wanted = ranks(asked.text, groups)
    if not wanted:
        return NOTHING
    _, open_gate = gates(viewer, _of_any_kind(asked))
    counts = asking.counts([*open_gate, *wanted[-1]])
    start = (max(asked.number, 1) - 1) * asked.size
    ids = _best(gate, wanted, min(start + asked.size, DEEPEST))[start:]
    return Results(items=_found(ids), counts=counts, more=sum(counts.values()) >= asking.ENOUGH)


def suggest(viewer: Viewer, asked: Asked) -> tuple[Found, ...]:
    """Return the best few for somebody who is still typing; nothing is counted."""
    groups, gate = gates(viewer, asked)
    wanted = ranks(asked.text, groups)
    return _found(_best(gate, wanted, asked.size)) if wanted else ()


def _of_any_kind(asked: Asked) -> Asked:
    return Asked(text=asked.text, groups=asked.groups, see_all=asked.see_all)


def _best(gate: list[Clause], wanted: list[list[Clause]], most: int) -> list[int]:
    """Return ids rank by rank, the newest first in each, no more than are asked for."""
    found: dict[int, None] = {}
    for clauses in wanted:
        for one in asking.hits([*gate, *clauses], most):
            found.setdefault(one)
        if len(found) >= most:
            break
    return list(found)[:most]


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
    viewer: Viewer, group_id: int, since: datetime, *, overseeing: frozenset[str], most: int = 20
) -> tuple[Found, ...]:
    """Return what a reader may find in a group and was entered or changed since an instant, the newest first."""
    keys = set(viewer_keys(viewer, group_id, overseeing))
    if not keys:
        return ()
    rows = Entry.objects.filter(group_id=group_id, changed_at__gt=since).defer("tokens").order_by("-changed_at", "-pk")
    found = []
    for row in rows[: most * 25]:
        if keys & set(row.readers):
            found.append(_info(row))
        if len(found) == most:
            break
    return tuple(found)
