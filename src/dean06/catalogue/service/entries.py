"""Entering things: put, dropped, and put anew; each kind of a group as a whole where it is made again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Max

from dean06.catalogue.models import Entry
from dean06.catalogue.tokens import entry_tokens, reader_keys
from dean06.catalogue.types import NewEntry

BATCH = 500
SAME = ("group", "kind", "key")
MOVES = (
    "serial", "title", "label", "route", "args", "query", "fragment", "at", "changed_at", "readers", "tokens"
)  # fmt: skip

__all__ = ["drop", "greatest", "put", "put_whole", "size"]


def put(entries: Iterable[NewEntry], changed_at: datetime | None = None) -> int:
    """Enter things, or enter them as they are now; returns how many. It lives or dies with the caller's transaction."""
    given, count = iter(entries), 0
    with transaction.atomic():
        while rows := [_row(one, changed_at) for one in islice(given, BATCH)]:
            fresh = {(row.group_id, row.kind, row.key): row for row in rows}
            Entry.objects.bulk_create(
                fresh.values(), update_conflicts=True, unique_fields=list(SAME), update_fields=list(MOVES)
            )
            count += len(fresh)
    return count


def _row(new: NewEntry, changed_at: datetime | None) -> Entry:
    return Entry(
        group_id=new.group_id,
        kind=new.kind,
        key=new.key,
        serial=int(new.key) if new.key.isdecimal() else 0,
        title=" ".join(new.title.split())[:400],
        label=new.label[:120],
        route=new.route,
        args=list(new.args),
        query=dict(new.query),
        fragment=new.fragment,
        at=new.at,
        changed_at=changed_at or new.at,
        readers=reader_keys(new.readers),
        tokens=entry_tokens(new),
    )


def drop(group_id: int, kind: str, key: str) -> None:
    """Take a thing out that is there no more."""
    Entry.objects.filter(group_id=group_id, kind=kind, key=key).delete()


def put_whole(group_id: int, kind: str, entries: Iterable[NewEntry]) -> int:
    """Enter all things of a kind in a group, and take out whatever of it is not among them."""
    with transaction.atomic():
        kept = list(entries)
        count = put(kept)
        stale = set(Entry.objects.filter(group_id=group_id, kind=kind).values_list("key", flat=True))
        stale -= {one.key for one in kept}
        for chunk in _chunks(sorted(stale)):
            Entry.objects.filter(group_id=group_id, kind=kind, key__in=chunk).delete()
    return count


def _chunks(keys: list[str]) -> Iterable[list[str]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def greatest(group_id: int, kind: str) -> int:
    """Return the greatest number among the keys of a kind in a group; what was made later is not entered yet."""
    found = Entry.objects.filter(group_id=group_id, kind=kind).aggregate(most=Max("serial"))["most"]
    return int(found or 0)


def size() -> int:
    """Return how many things are entered, for the operator."""
    return Entry.objects.count()
