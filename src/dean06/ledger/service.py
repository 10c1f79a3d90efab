"""The face of the ledger: append in the act's own transaction, sequence, check.

The ledger never holds a person's value: objects are named by kind, id and digest, and people only by keyed commitments.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from dean06.clock import service as clock
from dean06.ledger import keys
from dean06.ledger.checking import check, columns_of
from dean06.ledger.checkpoint import Checkpoint as Head
from dean06.ledger.checkpoint import sign
from dean06.ledger.commitments import commitment, commitments_to, committer, derived_key
from dean06.ledger.errors import LedgerStopped, PermitMisused
from dean06.ledger.following import (
    Followed,
    behind,
    caught_up,
    follow,
    follow_again,
    go_back,
    let_others_write,
    newest_leaf,
    objects,
)
from dean06.ledger.keys import keep_once
from dean06.ledger.models import Checkpoint, Entry, Reason
from dean06.ledger.proof_file import FORMAT as PROOF_FORMAT
from dean06.ledger.proof_file import checksums as checksums_of
from dean06.ledger.proving import inclusions, newest_head
from dean06.ledger.tree import Frontier, leaf_hash
from dean06.ledger.types import Act, EntryRow, Fault, HeadRow, Noted, PermitLike, Report, canonical

BATCH = 2000
HEAD = ("size", "note", "root", "frontier")

__all__ = [
    "PROOF_FORMAT",
    "Followed",
    "acts_on",
    "append",
    "behind",
    "caught_up",
    "checksums_of",
    "commitment",
    "committer",
    "derived_key",
    "entries_for",
    "follow",
    "follow_again",
    "go_back",
    "inclusions",
    "keep_once",
    "known_permit",
    "latest_of",
    "let_others_write",
    "newest_checkpoint",
    "newest_head",
    "newest_leaf",
    "noted",
    "objects",
    "require_recorded",
    "sequence",
    "verify",
]


def _files() -> keys.KeyFiles:
    """Return the key files, made before the first entry; afterwards a lost one stops the log and is never replaced."""
    files = keys.KeyFiles(home=Path(settings.HOME))
    missing = files.missing()
    if missing and Entry.objects.exists():
        missing = files.missing()  # another hand may have made them, and its entry, between the two looks
        if missing:
            names = ", ".join(path.name for path in missing)
            raise LedgerStopped(
                f"Mất tệp khóa của sổ ghi trong {missing[0].parent}: {names}. Khôi phục từ bản sao lưu rồi làm lại.",
                f"Key files of the ledger are lost in {missing[0].parent}: {names}. Restore them from a backup.",
            )
    if missing:
        keys.make(files)
    return files


def append(
    by: PermitLike,
    *,
    scope: str,
    kind: str,
    object_id: str,
    digest: str,
    bound: str | None = None,
    note: Mapping[str, str | int] | None = None,
) -> int:
    """Record an act under its permit, in the transaction of the act; returns the entry's number.

    Args:
        by: the permit; it must have been given for exactly this object.
        scope: the group's slug, or `noi-quy` for acts of the installation.
        kind: the kind of the object acted upon.
        object_id: its id.
        digest: SHA-256 (hex) of the object's content after the act.
        bound: what the permit must have been given for, where the room can tell: the digest of the content it writes.
        note: codes and counts that help a reader; never a value of a person.
    """
    permit = _fresh(by, kind, object_id)
    if bound is not None and by.obj.digest != bound:
        raise PermitMisused(
            f"Giấy phép cho {kind} {object_id} được cấp cho nội dung khác; hãy làm lại với nội dung hiện nay.",
            f"The permit for {kind} {object_id} was given for other content; do it again with what stands now.",
        )
    told = {
        "scope": scope,
        "object": {"kind": kind, "id": object_id, "digest": digest},
        "permit": permit,
        "note": dict(note or {}),
    }
    return _insert(canonical(_under(by) | told), by.reason).pk


def _under(by: PermitLike) -> dict[str, object]:
    """Return what an entry says of its permit, besides what it serves for."""
    return {
        "v": 2,
        "at": clock.now().isoformat(timespec="microseconds"),
        "action": by.action,
        "actor": {
            "account": by.actor.account,
            "role": by.actor.role,
            "agency": by.actor.agency,
            "seat": by.actor.seat,
        },
        "permitted": {"at": by.at.isoformat(timespec="microseconds"), "digest": by.obj.digest},
        "charter": {"line": by.charter_line, "hash": by.charter_hash, "local_rule": by.local_rule},
        "citations": list(by.citation_labels()),
        "outcome": by.outcome,
        "reason": commitment(by.reason) if by.reason else None,
    }


def _insert(body: str, reason: str | None) -> Entry:
    columns = columns_of(body)
    _require_room(columns)
    _files()
    try:
        with transaction.atomic(
            savepoint=False
        ):  # a permit used twice undoes the whole act, so nothing is saved for it
            entry = Entry.objects.create(body=body, leaf_hash=leaf_hash(body.encode()).hex(), **columns)
    except IntegrityError as problem:  # the permit has an entry already
        raise _used(columns["object_kind"], columns["object_id"]) from problem
    if reason:
        Reason.objects.create(entry=entry, text=reason)
    return entry


def _require_room(columns: Mapping[str, str]) -> None:
    """Refuse a name longer than its column on either database; SQLite alone would take it in silence."""
    for name, text in columns.items():
        width = getattr(Entry._meta.get_field(name), "max_length", None)  # noqa: SLF001  Django's own way to a field
        if width is not None and len(text) > width:
            raise LedgerStopped(
                f"Mục ghi không nhận {name} dài quá {width} ký tự: rút gọn mã của tổ hoặc của đối tượng.",
                f"An entry takes no {name} of more than {width} characters: shorten the group's or object's code.",
            )


def _fresh(by: PermitLike, kind: str, object_id: str) -> str:
    """Return the digest of a permit that was given for this object; that it serves once the store itself sees to."""
    if not connection.in_atomic_block:
        raise LedgerStopped(
            "Việc và mục ghi phải nằm trong một giao dịch.", "The act and its entry must share one transaction."
        )
    if (by.obj.kind, by.obj.id) != (kind, object_id):
        raise PermitMisused(
            f"Giấy phép cho {by.obj.kind} {by.obj.id} không dùng được cho {kind} {object_id}.",
            f"A permit for {by.obj.kind} {by.obj.id} cannot serve {kind} {object_id}.",
        )
    return by.digest()


def _used(kind: str, object_id: str) -> PermitMisused:
    return PermitMisused(
        f"Giấy phép cho {kind} {object_id} đã dùng một lần.", f"The permit for {kind} {object_id} was used already."
    )


def sequence() -> int:
    """Give every waiting entry its leaf and sign the new head; returns how many were added."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is not None:
        _keep_outside(newest.size, newest.note)  # a crash may have come between the commit and the copy outside
    added = 0
    while Entry.objects.filter(leaf_index=None).exists():
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
        _keep_outside(frontier.size, note)
        added += len(waiting)
    return added


def _lock() -> None:
    """Let one sequencer in: SQLite's transactions begin by writing, PostgreSQL needs to be told."""
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


def _keep_outside(size: int, note: str) -> None:
    """Keep the newest head outside the store; a kept one that the store does not hold stays, for it is evidence."""
    files = _files()
    kept = keys.kept_checkpoint(files)
    if kept == note or (kept is not None and not _older_head(kept, size)):
        return
    path = files.last_checkpoint
    draft = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        with draft.open("w", encoding="utf-8") as handle:
            handle.write(note)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _older_head(kept: str, size: int) -> bool:
    """Say whether a kept head is one that the store holds too, and smaller."""
    _, _, rest = kept.partition("\n")
    told = rest.partition("\n")[0]
    return told.isascii() and told.isdigit() and int(told) < size and _holds(int(told), kept)


def _holds(size: int, note: str) -> bool:
    return size < 2**63 and Checkpoint.objects.filter(size=size, note=note).exists()


@clock.once_a_moment
def newest_checkpoint() -> tuple[int, str] | None:
    """Return (size, root) of the newest signed head, for the foot of every page."""
    last = Checkpoint.objects.order_by("-size").only("size", "root").first()
    return (last.size, last.root) if last else None


def entries_for(kind: str, object_id: str) -> list[dict[str, object]]:
    """Return the acts on one object, oldest first, as read from their bodies."""
    rows = Entry.objects.filter(object_kind=kind, object_id=object_id).select_related("reason").order_by("pk")
    return [json.loads(row.body) | {"entry": row.pk, "reason": _why(row)} for row in rows]


def latest_of(scope: str, count: int) -> list[Act]:
    """Return the latest acts of a scope, newest first, as their bodies tell them."""
    rows = Entry.objects.filter(scope=scope).select_related("reason").order_by("-pk")[:count]
    return [_act(row) for row in rows]


def acts_on(scope: str, kind: str, object_id: str) -> list[Act]:
    """Return the acts of a scope on one object, newest first, as their bodies tell them."""
    rows = Entry.objects.filter(scope=scope, object_kind=kind, object_id=object_id).select_related("reason")
    return [_act(row) for row in rows.order_by("-pk")]


def noted(scope: str, kind: str, note: Mapping[str, str | int]) -> list[Noted]:
    """Return the entries of a scope on one kind of object whose note says all of this, oldest first; a whole search."""
    told = canonical(note)[1:-1]
    found = []
    for row in Entry.objects.filter(scope=scope, object_kind=kind, body__contains=told.split(",", 1)[0]).order_by("pk"):
        body = json.loads(row.body)
        if note.items() <= body["note"].items():
            at = datetime.fromisoformat(body["permitted"]["at"])
            found.append(Noted(entry=row.pk, object_id=row.object_id, permitted_at=at))
    return found


def _why(row: Entry) -> str:
    """Return the words in which the actor gave a reason, empty where none was asked for."""
    try:
        return row.reason.text
    except Reason.DoesNotExist:
        return ""


def _act(row: Entry) -> Act:
    told = json.loads(row.body)
    return Act(
        at=row.at,
        done_at=datetime.fromisoformat(told["permitted"]["at"]),
        action=row.action,
        role=told["actor"]["role"],
        object_kind=row.object_kind,
        object_id=row.object_id,
        citations=tuple(told["citations"]),
        leaf=row.leaf_index,
        reason=_why(row),
    )


def known_permit(digest: str, scope: str = "") -> bool:
    """Say whether an act was recorded under the permit with this digest, in a scope where one is named."""
    found = Entry.objects.filter(permit_digest=digest)
    return (found.filter(scope=scope) if scope else found).exists()


def require_recorded(by: PermitLike, scope: str) -> None:
    """Refuse a part of an act whose one entry does not stand yet in the transaction that does the parts."""
    if not connection.in_atomic_block or not known_permit(by.digest(), scope):
        raise LedgerStopped(
            f"Việc «{by.action}» chưa có mục ghi: ghi sổ trước rồi mới làm từng phần.",
            f"The act {by.action!r} has no entry yet: it is recorded before its parts are done.",
        )


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


def _changed_reasons() -> Iterator[Fault]:
    """Find reasons whose words are not those that were committed to in the log."""
    for row in Reason.objects.select_related("entry").order_by("pk").iterator():
        if json.loads(row.entry.body).get("reason") not in commitments_to(row.text):
            where = f"entry {row.entry_id}, reason"
            yield Fault(where=where, vi="Lý do đã bị đổi sau khi ghi.", en="The reason was changed afterwards.")


def verify() -> Report:
    """Check the whole log of this installation against its key and the head kept outside the store."""
    files = _files()
    kept = keys.kept_checkpoint(files)
    heads = [HeadRow(**values) for values in Checkpoint.objects.order_by("size").values(*HEAD)]
    report = check(_rows(), heads, origin=keys.kept_origin(files), key=keys.public_key(files), last_seen=kept)
    return replace(report, faults=(*report.faults, *_changed_reasons()))
