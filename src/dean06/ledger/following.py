"""Following the log: whoever keeps something of their own by it takes every entry once, in the order of the leaves.

Leaves are given by one sequencer under its lock, so an entry that commits late has a later leaf: nothing is passed by.
Where a follower stands is written in the transaction of what it made of the entries.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max, Min

from dean06.ledger.models import Entry, Follower

LOOK_AWAY = 0.15  # seconds; SQLite asks again for a lock every tenth of one
MOST = 100  # at once: what follows holds the one writer's place of SQLite while it takes them


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """An entry as a follower takes it: what was done to what, by whom, under which clauses of which charter.

    `at` is when it was written; `done_at` when it was done by the day of its group, which a demonstration moves. `note`
    holds the codes noted beside it, `cites` dotted addresses in the charter of the line `line`.
    """

    leaf: int
    at: datetime
    done_at: datetime
    action: str
    scope: str
    kind: str
    object_id: str
    account: str
    note: dict[str, str | int]
    line: str = ""
    cites: tuple[str, ...] = ()


def let_others_write() -> None:
    """Leave the one writer's place of SQLite free for longer than those who wait for it look away."""
    if connection.vendor == "sqlite":
        time.sleep(LOOK_AWAY)


def caught_up(step: Callable[[], int]) -> int:
    """Let a follower take step after step until nothing is left; returns how many entries it took."""
    count = 0
    while taken := step():
        count += taken
        if taken >= MOST:
            let_others_write()
    return count


def follow(name: str, take: Callable[[Sequence[Followed]], None], most: int = MOST) -> int:
    """Let a follower take the next entries, each exactly once; returns how many there were.

    What `take` writes and the place it has reached are one transaction: a kill in between undoes both.
    """
    Follower.objects.get_or_create(name=name)
    with transaction.atomic():
        place = Follower.objects.select_for_update().get(name=name)
        rows = _next(place, most)
        if rows:
            take([_followed(row) for row in rows])
            place.leaf = rows[-1].leaf_index or 0
            place.save(update_fields=["leaf"])
    return len(rows)


def follow_again(name: str, take: Callable[[Sequence[Followed]], None], most: int = MOST) -> int:
    """Let a follower take the next entries, each at least once; returns how many there were.

    For a `take` that may be done again without harm, and writes so much that others must be able to write meanwhile: it
    has transactions of its own, and a kill in between lets it take the same entries once more.
    """
    place, _ = Follower.objects.get_or_create(name=name)
    rows = _next(place, most)
    if rows:
        take([_followed(row) for row in rows])
        # Whoever was quicker, or sent the follower back meanwhile, has the say.
        Follower.objects.filter(pk=place.pk, leaf=place.leaf).update(leaf=rows[-1].leaf_index or 0)
    return len(rows)


def _next(place: Follower, most: int) -> list[Entry]:
    return list(Entry.objects.filter(leaf_index__gt=place.leaf).order_by("leaf_index")[:most])


def _followed(row: Entry) -> Followed:
    body = json.loads(row.body)
    return Followed(
        leaf=row.leaf_index or 0,
        at=row.at,
        done_at=datetime.fromisoformat(body["permitted"]["at"]),
        action=row.action,
        scope=row.scope,
        kind=row.object_kind,
        object_id=row.object_id,
        account=row.actor,
        note=body["note"],
        line=body["charter"]["line"] or "",
        cites=tuple(body["citations"]),
    )


def behind(name: str) -> int:
    """Return how many entries a follower has still to take."""
    place = Follower.objects.filter(name=name).first()
    return Entry.objects.filter(leaf_index__gt=place.leaf if place else -1).count()


def objects(scope: str, kind: str) -> list[str]:
    """Return the ids of all objects of a kind on which there was an act in a scope, in the order of their first act."""
    rows = Entry.objects.filter(scope=scope, object_kind=kind).values("object_id").annotate(first=Min("pk"))
    return [row["object_id"] for row in rows.order_by("first")]


def newest_leaf() -> int:
    """Return the newest leaf that was given, -1 where there is none."""
    last = Entry.objects.aggregate(leaf=Max("leaf_index"))["leaf"]
    return -1 if last is None else int(last)


def go_back(name: str, leaf: int) -> None:
    """Let a follower take again whatever came after a leaf, unless it has not come so far."""
    place, made = Follower.objects.get_or_create(name=name, defaults={"leaf": leaf})
    if not made:
        Follower.objects.filter(pk=place.pk, leaf__gt=leaf).update(leaf=leaf)
