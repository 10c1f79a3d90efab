"""Links of an entry and files that show what it says: put, taken away, each with its event."""

from __future__ import annotations

from django.db import transaction

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.papers.service import evidence
from dean06.work.errors import EntryRefused
from dean06.work.models import Entry, EntryFile, EntryLink
from dean06.work.registers.acts import KIND
from dean06.work.registers.checks import level_taken
from dean06.work.registers.definition import WITHDRAWN
from dean06.work.registers.rows import digest, locked, record, ref_of
from dean06.work.registers.types import Happening, Level, LinkKind, Taken

__all__ = ["link", "link_digest", "put", "put_digest", "take", "take_out", "unlink"]


def link_digest(ref: str, kind: LinkKind, target: str) -> str:
    """Return the SHA-256 (hex) to which the permit of a link is bound."""
    return digest_of(ref=ref, kind=kind.value, target=target)


def put_digest(ref: str, sha256: str, level: Level) -> str:
    """Return the SHA-256 (hex) to which the permit of putting a file is bound."""
    return digest_of(ref=ref, sha256=sha256, level=level.value)


def link(by: Permit, entry_id: int, kind: LinkKind, target: str) -> None:
    """Link an entry to a task, a paper, a meeting or another entry; the same link stands once."""
    with transaction.atomic():
        row = _standing(entry_id)
        _, made = EntryLink.objects.get_or_create(
            entry=row, kind=kind.value, target=target, defaults={"group_id": row.group_id, "at": by.at}
        )
        if not made:
            raise EntryRefused("Liên kết này đã có.", "The link stands already.")
        _written(by, row, Happening.LINKED, f"{kind.value}:{target}", link_digest(ref_of(row), kind, target))


def unlink(by: Permit, entry_id: int, link_id: int) -> None:
    """Take a link away."""
    with transaction.atomic():
        row = _standing(entry_id)
        found = EntryLink.objects.filter(pk=link_id, entry=row).first()
        if found is None:
            raise EntryRefused("Liên kết này không còn.", "The link is gone already.")
        kind, target = LinkKind(found.kind), found.target
        found.delete()
        _written(by, row, Happening.UNLINKED, f"{kind.value}:{target}", link_digest(ref_of(row), kind, target))


def take(data: bytes, file_name: str) -> Taken:
    """Keep the bytes of a file in the archive of papers; refused where it is secret, active or no document."""
    sha256, suffix = evidence.keep_evidence(data, file_name)
    return Taken(sha256=sha256, suffix=suffix, size=len(data))


def put(by: Permit, entry_id: int, taken: Taken, name: str, level: Level) -> None:
    """Put a kept file at an entry as evidence."""
    level = level_taken(level)
    with transaction.atomic():
        row = _standing(entry_id)
        if EntryFile.objects.filter(entry=row, kept_sha256=taken.sha256, taken_out_at=None).exists():
            raise EntryRefused("Tệp này đã có ở mục.", "The file lies at the entry already.")
        EntryFile.objects.create(
            group_id=row.group_id,
            entry=row,
            name=name[:200],
            kept_sha256=taken.sha256,
            suffix=taken.suffix,
            size=taken.size,
            level=level.value,
            at=by.at,
        )
        _written(by, row, Happening.PUT, taken.sha256[:12], put_digest(ref_of(row), taken.sha256, level))


def take_out(by: Permit, entry_id: int, file_id: int) -> None:
    """Take a file away from an entry; it stays on record, and its bytes in the archive."""
    with transaction.atomic():
        row = _standing(entry_id)
        found = EntryFile.objects.filter(pk=file_id, entry=row, taken_out_at=None).first()
        if found is None:
            raise EntryRefused("Tệp này không còn ở mục.", "The file does not lie at the entry any more.")
        found.taken_out_at = by.at
        found.save(update_fields=["taken_out_at"])
        bound = put_digest(ref_of(row), found.kept_sha256, Level(found.level))
        _written(by, row, Happening.TAKEN_OUT, found.kept_sha256[:12], bound)


def _standing(entry_id: int) -> Entry:
    row = locked(entry_id)
    if row.state == WITHDRAWN:
        raise EntryRefused("Mục đã rút: không ghi tiếp được.", "The entry was withdrawn.")
    return row


def _written(by: Permit, row: Entry, kind: Happening, note: str, bound: str) -> None:
    record(by, row, kind, before=(digest(row), row.state, row.level), note=note)
    ledger.append(
        by, scope=row.group.slug, kind=KIND, object_id=ref_of(row), digest=digest(row), bound=bound,
        note={"done": kind.value},
    )  # fmt: skip
