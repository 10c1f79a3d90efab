"""Proofs that an entry stands in the log, against the newest signed head; the roots of full blocks are kept at hand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from dean06.ledger import keys
from dean06.ledger.errors import LedgerStopped
from dean06.ledger.models import Checkpoint, Entry
from dean06.ledger.tree import path_from_blocks, root_of, verify_inclusion
from dean06.ledger.types import Inclusion, LogHead

BLOCK = 1024
_roots: dict[str, list[bytes]] = {}  # of full blocks, by the name of the log; they never change


def newest_head() -> LogHead | None:
    """Return the newest signed head with the log's name and public key; None before the first one."""
    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        return None
    files = keys.KeyFiles(home=Path(settings.HOME))
    return LogHead(
        origin=keys.kept_origin(files),
        key=keys.public_key(files).public_bytes_raw().hex(),
        size=last.size,
        root=last.root,
        note=last.note,
        at=last.at,
    )


def inclusions(entries: Iterable[int], head: LogHead) -> dict[int, Inclusion]:
    """Return the proof of each of these entries that the head covers, by the entry's number."""
    rows = Entry.objects.filter(pk__in=set(entries), leaf_index__lt=head.size)
    found = {}
    for row in rows:
        if row.leaf_index is None:
            continue
        path = _path(row, row.leaf_index, head)
        found[row.pk] = Inclusion(
            entry=row.pk,
            body=row.body,
            leaf_hash=row.leaf_hash,
            leaf_index=row.leaf_index,
            path=tuple(node.hex() for node in path),
            size=head.size,
            root=head.root,
        )
    return found


def _path(row: Entry, index: int, head: LogHead) -> list[bytes]:
    """Return an audit path that holds; roots that were kept of another past of the log are read again once."""
    for _ in range(2):
        path = path_from_blocks(_block(index // BLOCK, head.size), _block_roots(head), index, size=BLOCK)
        if verify_inclusion(bytes.fromhex(row.leaf_hash), index, head.size, path, bytes.fromhex(head.root)):
            return path
        _roots.pop(head.origin, None)
    raise LedgerStopped(
        "Sổ ghi không khớp mốc ký: chạy «dean06 ledger verify».",
        "The log does not agree with its signed head: run `dean06 ledger verify`.",
    )


def _block(number: int, size: int) -> list[bytes]:
    first = number * BLOCK
    rows = Entry.objects.filter(leaf_index__gte=first, leaf_index__lt=min(first + BLOCK, size))
    return [bytes.fromhex(leaf) for leaf in rows.order_by("leaf_index").values_list("leaf_hash", flat=True)]


def _block_roots(head: LogHead) -> list[bytes]:
    kept = _roots.setdefault(head.origin, [])
    full = head.size // BLOCK
    for number in range(len(kept), full):
        kept.append(root_of(_block(number, head.size)))
    last = [root_of(_block(full, head.size))] if head.size % BLOCK else []
    return [*kept[:full], *last]
