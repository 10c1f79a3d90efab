"""The face of the ledger: append in the act's own transaction, sequence, check.

The ledger never holds a person's value: objects are named by kind, id and digest, and people only by keyed commitments.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from dean06.clock import service as clock
from dean06.ledger import keys
from dean06.ledger.checking import check, columns_of
from dean06.ledger.checkpoint import Checkpoint as Head
from dean06.ledger.checkpoint import sign
from dean06.ledger.errors import LedgerStopped, PermitMisused
from dean06.ledger.models import Checkpoint, Entry
from dean06.ledger.tree import Frontier, leaf_hash
from dean06.ledger.types import Act, EntryRow, PermitLike, Report, canonical

BATCH = 2000

__all__ = [
    "append",
    "commitment",
    "entries_for",
    "known_permit",
    "latest_of",
    "newest_checkpoint",
    "sequence",
    "verify",
]


def _files() -> keys.KeyFiles:
    return keys.KeyFiles(home=Path(settings.HOME))


def append(
    by: PermitLike, *, scope: str, kind: str, object_id: str, digest: str, note: Mapping[str, str | int] | None = None
) -> int:
    """Record an act under its permit, in the transaction of the act; returns the entry's number.

    Args:
        by: the permit; it must have been given for exactly this object.
        scope: the group's slug, or `noi-quy` for acts of the installation.
        kind: the kind of the object acted upon.
        object_id: its id.
        digest: SHA-256 (hex) of the object's content after the act.
        note: codes and counts that help a reader; never a value of a person.
    """
    permit = _fresh(by, kind, object_id)
    body = canonical(
        {
            "v": 1,
            "at": clock.now().isoformat(timespec="microseconds"),
            "scope": scope,
            "action": by.action,
            "actor": {
                "account": by.actor.account,
                "role": by.actor.role,
                "agency": by.actor.agency,
                "seat": by.actor.seat,
            },
            "object": {"kind": kind, "id": object_id, "digest": digest},
            "permit": permit,
            "charter": {"line": by.charter_line, "hash": by.charter_hash},
            "citations": list(by.citation_labels()),
            "outcome": by.outcome,
            "note": dict(note or {}),
        }
    )
    columns = columns_of(body)
    entry = Entry.objects.create(body=body, leaf_hash=leaf_hash(body.encode()).hex(), **columns)
    return entry.pk


def _fresh(by: PermitLike, kind: str, object_id: str) -> str:
    """Return the digest of a permit that was given for this object and has not served yet."""
    if not connection.in_atomic_block:
        raise LedgerStopped(
            "Việc và mục ghi phải nằm trong một giao dịch.", "The act and its entry must share one transaction."
        )
    if (by.obj.kind, by.obj.id) != (kind, object_id):
        raise PermitMisused(
            f"Giấy phép cho {by.obj.kind} {by.obj.id} không dùng được cho {kind} {object_id}.",
            f"A permit for {by.obj.kind} {by.obj.id} cannot serve {kind} {object_id}.",
        )
    permit = by.digest()
    if Entry.objects.filter(permit_digest=permit).exists():
        raise PermitMisused(
            f"Giấy phép cho {kind} {object_id} đã dùng một lần.", f"The permit for {kind} {object_id} was used already."
        )
    return permit


def sequence() -> int:
    """Give every waiting entry its leaf and sign the new head; returns how many were added."""
    added = 0
    while True:
        with transaction.atomic():
            _lock()
            waiting = list(Entry.objects.filter(leaf_index=None).order_by("pk")[:BATCH])
            if not waiting:
                return added
            last = Checkpoint.objects.order_by("-size").first()
            frontier = (
                Frontier(last.size, [bytes.fromhex(node) for node in json.loads(last.frontier)]) if last else Frontier()
            )
            for entry in waiting:
                entry.leaf_index = frontier.size
                frontier.append(bytes.fromhex(entry.leaf_hash))
            Entry.objects.bulk_update(waiting, ["leaf_index"], batch_size=200)
            note = _sign(frontier)
        _keep_outside(note)
        added += len(waiting)


def _lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(600601)")


def _sign(frontier: Frontier) -> str:
    files = _files()
    head = Head(origin=keys.origin(files), size=frontier.size, root=frontier.root())
    note = sign(head, keys.signing_key(files))
    Checkpoint.objects.create(
        size=head.size,
        root=head.root.hex(),
        note=note,
        frontier=json.dumps([node.hex() for node in frontier.nodes]),
        at=clock.now(),
    )
    return note


def _keep_outside(note: str) -> None:
    path = _files().last_checkpoint
    draft = path.with_suffix(".part")
    draft.write_text(note)
    draft.replace(path)


def commitment(value: str) -> str:
    """Return the keyed commitment (HMAC-SHA-256, hex) by which the house speaks of a person's value without it."""
    return hmac.new(keys.commitment_key(_files()), value.encode(), hashlib.sha256).hexdigest()


def newest_checkpoint() -> tuple[int, str] | None:
    """Return (size, root) of the newest signed head, for the foot of every page."""
    last = Checkpoint.objects.order_by("-size").only("size", "root").first()
    return (last.size, last.root) if last else None


def entries_for(kind: str, object_id: str) -> list[dict[str, object]]:
    """Return the acts on one object, oldest first, as read from their bodies."""
    rows = Entry.objects.filter(object_kind=kind, object_id=object_id).order_by("pk")
    return [json.loads(row.body) | {"entry": row.pk} for row in rows]


def latest_of(scope: str, count: int) -> list[Act]:
    """Return the latest acts of a scope, newest first, as their bodies tell them."""
    rows = Entry.objects.filter(scope=scope).order_by("-pk")[:count]
    return [_act(row) for row in rows]


def _act(row: Entry) -> Act:
    told = json.loads(row.body)
    return Act(
        at=row.at,
        action=row.action,
        role=told["actor"]["role"],
        object_kind=row.object_kind,
        object_id=row.object_id,
        citations=tuple(told["citations"]),
        leaf=row.leaf_index,
    )


def known_permit(digest: str) -> bool:
    """Say whether an act was recorded under the permit with this digest."""
    return Entry.objects.filter(permit_digest=digest).exists()


def _rows() -> Iterator[EntryRow]:
    sequenced = Entry.objects.exclude(leaf_index=None).order_by("leaf_index")
    waiting = Entry.objects.filter(leaf_index=None).order_by("pk")
    for query in (sequenced, waiting):
        for row in query.iterator():
            yield EntryRow(
                id=row.pk,
                body=row.body,
                leaf_hash=row.leaf_hash,
                leaf_index=row.leaf_index,
                columns={
                    "at": row.at.astimezone(clock.TZ).isoformat(timespec="microseconds"),
                    "action": row.action,
                    "scope": row.scope,
                    "actor": row.actor,
                    "object_kind": row.object_kind,
                    "object_id": row.object_id,
                    "permit_digest": row.permit_digest,
                },
            )


def verify() -> Report:
    """Check the whole log of this installation against its key and the head kept outside the store."""
    files = _files()
    kept = files.last_checkpoint.read_text() if files.last_checkpoint.exists() else None
    notes = list(Checkpoint.objects.order_by("size").values_list("size", "note"))
    keys.signing_key(files)
    return check(_rows(), notes, origin=keys.origin(files), key=keys.public_key(files), last_seen=kept)
