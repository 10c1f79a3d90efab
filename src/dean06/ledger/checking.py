"""Checking a whole log, from rows however they were read. Pure of storage, so that a stranger can run it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from dean06.ledger.checkpoint import parse
from dean06.ledger.tree import Frontier, leaf_hash
from dean06.ledger.types import EntryRow, Fault, HeadRow, Report

COLUMNS = ("at", "action", "scope", "actor", "object_kind", "object_id", "permit_digest")


def columns_of(body: str) -> dict[str, str]:
    """Return the look-up columns that a body implies."""
    facts = json.loads(body)
    return {
        "at": facts["at"],
        "action": facts["action"],
        "scope": facts["scope"],
        "actor": facts["actor"]["account"],
        "object_kind": facts["object"]["kind"],
        "object_id": facts["object"]["id"],
        "permit_digest": facts["permit"],
    }


def _entry_faults(row: EntryRow) -> list[Fault]:
    where = f"entry {row.id}"
    if leaf_hash(row.body.encode()).hex() != row.leaf_hash:
        return [Fault(where=where, vi="Nội dung mục ghi đã bị đổi.", en="The body of the entry was changed.")]
    try:
        expected = columns_of(row.body)
    except (ValueError, KeyError, TypeError):
        return [Fault(where=where, vi="Nội dung mục ghi không đọc được.", en="The body of the entry is unreadable.")]
    wrong = [name for name in COLUMNS if row.columns.get(name) != expected[name]]
    return [
        Fault(
            where=f"{where}, {name}",
            vi=f"Cột {name} không khớp nội dung đã băm.",
            en=f"The column {name} contradicts the hashed body.",
        )
        for name in wrong
    ]


def _head_fault(row: HeadRow, roots: dict[int, str], origin: str, key: Ed25519PublicKey) -> Fault | None:
    head = parse(row.note, key)
    where = f"checkpoint {row.size}"
    if head is None:
        return Fault(where=where, vi="Chữ ký của mốc không đúng.", en="The checkpoint's signature is wrong.")
    if head.origin != origin or head.size != row.size:
        return Fault(where=where, vi="Mốc ghi của sổ khác.", en="The checkpoint belongs to another log.")
    if roots.get(row.size) != head.root.hex():
        return Fault(where=where, vi="Gốc cây không khớp các mục ghi.", en="The tree head contradicts the entries.")
    if (row.root and row.root != head.root.hex()) or (row.frontier and _root_at(row) != head.root):
        return Fault(
            where=where, vi="Bản chép của mốc không khớp mốc đã ký.", en="The copy of the head contradicts its note."
        )
    return None


def _root_at(row: HeadRow) -> bytes | None:
    try:
        return Frontier(row.size, [bytes.fromhex(node) for node in json.loads(row.frontier)]).root()
    except (ValueError, TypeError):
        return None


def _leaf(row: EntryRow) -> bytes:
    """Return the leaf as stored; one that is no hash any more is replaced by what the body says."""
    try:
        return bytes.fromhex(row.leaf_hash)
    except ValueError:
        return leaf_hash(row.body.encode())


def _walk(entries: Iterable[EntryRow], wanted: set[int]) -> tuple[Frontier, dict[int, str], list[Fault], int]:
    """Check each entry and the order of leaves; return the tree, its heads at the wanted sizes, faults, and waiting."""
    roots: dict[int, str] = {}
    frontier = Frontier()
    faults: list[Fault] = []
    waiting = 0
    for row in entries:
        faults += _entry_faults(row)
        if row.leaf_index is None:
            waiting += 1
            continue
        if row.leaf_index != frontier.size:
            faults.append(
                Fault(
                    where=f"entry {row.id}",
                    vi=f"Thiếu hoặc đảo thứ tự mục ghi trước lá {row.leaf_index}.",
                    en=f"Entries before leaf {row.leaf_index} are missing or out of order.",
                )
            )
        frontier.append(_leaf(row))
        if frontier.size in wanted:
            roots[frontier.size] = frontier.root().hex()
    return frontier, roots, faults, waiting


def check(
    entries: Iterable[EntryRow],
    heads: Sequence[HeadRow],
    *,
    origin: str,
    key: Ed25519PublicKey,
    last_seen: str | None = None,
) -> Report:
    """Check entries, order, tree heads and signatures.

    Args:
        entries: sequenced entries by leaf index first, then those not yet sequenced.
        heads: each checkpoint, by size.
        origin: the name of the log.
        key: the log's public key.
        last_seen: the newest checkpoint known from outside the store; a log that lost its tail is found by it.
    """
    kept = parse(last_seen, key) if last_seen else None
    wanted = {row.size for row in heads} | ({kept.size} if kept else set())
    frontier, roots, faults, waiting = _walk(entries, wanted)
    faults += [fault for row in heads if (fault := _head_fault(row, roots, origin, key)) is not None]
    if last_seen and (kept is None or roots.get(kept.size) != kept.root.hex()):
        faults.append(
            Fault(
                where="last checkpoint kept outside the store",
                vi="Sổ ghi ngắn hơn hoặc khác mốc đã giữ bên ngoài.",
                en="The log is shorter than, or differs from, the checkpoint kept outside.",
            )
        )
    return Report(
        origin=origin,
        entries=frontier.size + waiting,
        sequenced=frontier.size,
        checkpoints=len(heads),
        root=frontier.root().hex(),
        faults=tuple(faults),
    )
