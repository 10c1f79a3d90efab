"""Entering things: put, dropped, and put anew; each kind of a group as a whole where it is made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Max

from dean06.catalogue.models import Entry, Shelf
from dean06.catalogue.tokens import entry_tokens, reader_keys
from dean06.catalogue.types import Gone, NewEntry

BATCH = 500
SHELF = 4096  # things on a shelf: so many are looked through at once
SAME = ("group", "kind", "key")
MOVES = (
    "serial", "title", "label", "route", "args", "query", "fragment", "at", "changed_at", "readers", "tokens"
)  # fmt: skip
Named = tuple[int, str, str]

__all__ = ["drop", "greatest", "keys_under", "put", "put_whole", "quiet", "size"]


def quiet(count: int) -> None:
    """Hear how many there are, and say nothing."""


def put(entries: Iterable[NewEntry], changed_at: datetime | None = None, *, spared: bool = False) -> int:
    """Enter things, or enter them as they are now; returns how many. It lives or dies with the caller's transaction.

    Where they are spared, or no instant is given, what stands there as given is left alone.
    """
    given, count = iter(entries), 0
    with transaction.atomic():
        while batch := list(islice(given, BATCH)):
            count += _put(batch, changed_at, spared=spared or changed_at is None)
    return count


def _put(batch: Sequence[NewEntry], changed_at: datetime | None, *, spared: bool) -> int:
    fresh = {(one.group_id, one.kind, one.key): one for one in batch}
    known = _known(fresh)
    places = _places(one[0] for one in fresh if one not in known)
    rows = [
        _row(one, known[named].shelf if named in known else next(places[one.group_id]), changed_at)
        for named, one in fresh.items()
    ]
    if spared:
        rows = [row for row in rows if not _stands(known.get((row.group_id, row.kind, row.key)), row)]
    Entry.objects.bulk_create(rows, update_conflicts=True, unique_fields=list(SAME), update_fields=list(MOVES))
    return len(fresh)


def _known(fresh: dict[Named, NewEntry]) -> dict[Named, Entry]:
    """Return those that are entered already."""
    sorts: dict[tuple[int, str], list[str]] = {}
    for group, kind, key in fresh:
        sorts.setdefault((group, kind), []).append(key)
    return {
        (row.group_id, row.kind, row.key): row
        for (group, kind), keys in sorts.items()
        for row in Entry.objects.filter(group_id=group, kind=kind, key__in=keys)
    }


def _stands(known: Entry | None, row: Entry) -> bool:
    """Say whether a thing stands there as it is to be entered; its last change is never put back."""
    if known is None:
        return False
    row.changed_at = max(known.changed_at, row.changed_at)
    return all(getattr(known, name) == getattr(row, name) for name in MOVES if name != "changed_at")


def _places(groups: Iterable[int]) -> dict[int, Iterator[int]]:
    """Return, for each group, the shelves of its new things, one after another."""
    wanted: dict[int, int] = {}
    for group in groups:
        wanted[group] = wanted.get(group, 0) + 1
    return {group: iter(_taken(group, count)) for group, count in sorted(wanted.items())}


def _taken(group_id: int, count: int) -> list[int]:
    Shelf.objects.get_or_create(group_id=group_id)
    shelf = Shelf.objects.select_for_update().get(group_id=group_id)
    places = [shelf.number + (shelf.filled + one) // SHELF for one in range(count)]
    shelf.number, shelf.filled = shelf.number + (shelf.filled + count) // SHELF, (shelf.filled + count) % SHELF
    shelf.save(update_fields=["number", "filled"])
    return places


def _row(new: NewEntry, shelf: int, changed_at: datetime | None) -> Entry:
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
        changed_at=changed_at or new.changed_at or new.at,
        readers=reader_keys(new.readers),
        shelf=shelf,
        tokens=entry_tokens(new, shelf),
    )


def drop(gone: Gone) -> None:
    """Take a thing out that is there no more."""
    Entry.objects.filter(group_id=gone.group_id, kind=gone.kind, key=gone.key).delete()


def put_whole(
    group_id: int,
    kind: str,
    entries: Iterable[NewEntry],
    told: Callable[[int], None] = quiet,
    changed_at: datetime | None = None,
) -> int:
    """Enter all things of a kind in a group, and take out whatever of it is not among them; returns how many.

    What stands there as given is left alone. Each batch is a transaction of its own, so that others can write
    meanwhile. `told` hears how many there are so far.
    """
    given, kept = iter(entries), set[str]()
    while batch := list(islice(given, BATCH)):
        put(batch, changed_at, spared=True)
        kept |= {one.key for one in batch}
        told(len(kept))
    stale = set(Entry.objects.filter(group_id=group_id, kind=kind).values_list("key", flat=True)) - kept
    for chunk in _chunks(sorted(stale)):
        Entry.objects.filter(group_id=group_id, kind=kind, key__in=chunk).delete()
    return len(kept)


def _chunks(keys: list[str]) -> Iterable[list[str]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def greatest(group_id: int, kind: str) -> int:
    """Return the greatest number among the keys of a kind in a group; what was made later is not entered yet."""
    found = Entry.objects.filter(group_id=group_id, kind=kind).aggregate(most=Max("serial"))["most"]
    return int(found or 0)


def keys_under(group_id: int, kind: str, beginning: str) -> set[str]:
    """Return the keys of a kind in a group that begin so: the parts of one thing."""
    rows = Entry.objects.filter(group_id=group_id, kind=kind, key__startswith=beginning)
    return set(rows.values_list("key", flat=True))


def size() -> int:
    """Return how many things are entered, for the operator."""
    return Entry.objects.count()
