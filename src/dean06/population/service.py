"""The face of the register for an installation: take a snapshot, name the newest, look one person up with a purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput, RefusedByCharter, Unavailable
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.population import live
from dean06.population.errors import RegisterDamaged
from dean06.population.live import SnapshotInfo
from dean06.population.models import Register

__all__ = [
    "RegisterInfo",
    "empty_expired",
    "holds_snapshot",
    "latest",
    "lookup",
    "register",
    "register_ref",
    "registers",
    "require_whole",
    "take",
    "take_answers",
    "vault",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterInfo:
    """A snapshot that the installation holds."""

    id: int
    group_id: int
    as_of: date
    sha256: str
    rows: int
    directory: Path
    answers: bool = False
    """Only those people whom the population service was asked about; not the register of a territory."""


def vault() -> Path:
    """Return the directory under which rows of people lie; only the rooms that may hold them open it."""
    return Path(settings.HOME) / "vault"


def _info(row: Register) -> RegisterInfo:
    return RegisterInfo(
        id=row.pk,
        group_id=row.group_id,
        as_of=row.as_of,
        sha256=row.sha256,
        rows=row.rows,
        directory=vault() / row.directory,
        answers=row.kind == Register.Kind.ANSWERS,
    )


def register_ref(slug: str, as_of: date, sha256: str) -> str:
    """Return the id under which permits and the ledger name a snapshot."""
    return f"{slug}:{as_of.isoformat()}:{sha256[:12]}"


def take(by: Permit, group_id: int, file: Path, as_of: date) -> RegisterInfo:
    """Load a snapshot whole or not at all, and record it; loading the same file again changes nothing.

    The permit is for object kind `register`, id `register_ref`, digest of the file's SHA-256.
    """
    group = offices.group_by_id(group_id)
    snapshot = _loaded(file, as_of, vault() / "registers" / group.slug)
    with transaction.atomic():
        row, fresh = Register.objects.get_or_create(
            group_id=group_id,
            as_of=as_of,
            sha256=snapshot.sha256,
            defaults={
                "rows": snapshot.rows,
                "directory": str(snapshot.directory.relative_to(vault())),
                "loaded_at": by.at,
            },
        )
        ref = register_ref(group.slug, as_of, snapshot.sha256)
        if fresh or _seal_of_record(ref) != snapshot.seal:
            ledger.append(
                by,
                scope=group.slug,
                kind="register",
                object_id=ref,
                digest=snapshot.sha256,
                bound=digest_of(sha256=snapshot.sha256),
                note={"rows": snapshot.rows, "seal": snapshot.seal},
            )
    return _info(row)


def _loaded(file: Path, as_of: date, shelf: Path) -> SnapshotInfo:
    for part in (*reversed(shelf.parents), shelf):
        part.mkdir(mode=0o700, exist_ok=True)
    try:
        return live.load_snapshot(file, as_of, shelf)
    except duckdb.Error:
        pass  # told below, outside of the handler: what DuckDB says may quote a person, and goes no further
    raise Unavailable(
        f"Chưa nạp được {file.name}: bộ nạp dừng vì một lỗi ngoài dự kiến; chưa có gì thay đổi. Báo người vận hành.",
        f"{file.name} was not loaded: loading stopped on an unexpected fault; nothing was changed. Tell the operator.",
    )


def _snapshots(group_id: int) -> QuerySet[Register]:
    return Register.objects.filter(group_id=group_id, kind=Register.Kind.SNAPSHOT)


def holds_snapshot(group_id: int, on: date) -> bool:
    """Say whether a group holds a snapshot as of a day or earlier."""
    return _snapshots(group_id).filter(as_of__lte=on).exists()


def take_answers(by: Permit, group_id: int, people: Path, as_of: date, until: datetime) -> RegisterInfo:
    """Keep, until a moment, the people that the population service was asked about, in the form of a snapshot.

    Args:
        by: the permit under which they were asked about.
        group_id: the group that asked.
        people: a Parquet file with columns of the register contract; those without a number are left out of it.
        as_of: the day on which they were asked about.
        until: when they may be kept no longer.
    """
    sha256 = live.sha256_of(people)
    directory = Path("answers") / offices.group_by_id(group_id).slug / f"{as_of.isoformat()}_{sha256[:16]}"
    shelf = vault() / directory
    for part in (*reversed(shelf.parents), shelf):
        part.mkdir(mode=0o700, exist_ok=True)
    draft = shelf / f"{live.REGISTER}.part"
    rows = live.copy_people(people, draft)
    draft.replace(shelf / live.REGISTER)
    row, _fresh = Register.objects.update_or_create(
        group_id=group_id,
        as_of=as_of,
        sha256=sha256,
        defaults={
            "kind": Register.Kind.ANSWERS,
            "rows": rows,
            "directory": str(directory),
            "loaded_at": by.at,
            "until": until,
            "emptied_at": None,
        },
    )
    return _info(row)


def empty_expired(now: datetime) -> int:
    """Empty every register of answers whose time is over, keep when that was done, and return how many."""
    rows = list(Register.objects.filter(kind=Register.Kind.ANSWERS, until__lte=now, emptied_at=None))
    for row in rows:
        people = vault() / row.directory / live.REGISTER
        draft = people.with_name(f"{people.name}.part")
        live.copy_people(people, draft, nobody=True)
        draft.replace(people)
        Register.objects.filter(pk=row.pk).update(emptied_at=now)
    return len(rows)


def latest(group_id: int, on: date) -> RegisterInfo:
    """Return the newest snapshot of a group's territory as of a day."""
    row = _snapshots(group_id).filter(as_of__lte=on).first()
    if row is None:
        raise BadInput(
            "Tổ công tác chưa có sổ dân cư nào tính đến ngày này: Công an nạp sổ trước («dean06 register load»).",
            "The group holds no register snapshot for this day: the police load one first (`dean06 register load`).",
        )
    return _info(row)


def register(register_id: int) -> RegisterInfo:
    """Return a snapshot by its number, for the rooms above."""
    return _info(Register.objects.get(pk=register_id))


def _seal_of_record(ref: str) -> str:
    """Return the seal under which a snapshot was loaded last; empty where it was loaded before seals were recorded."""
    noted = [entry["note"] for entry in ledger.entries_for("register", ref)]
    seals = [str(note["seal"]) for note in noted if isinstance(note, dict) and "seal" in note]
    return seals[-1] if seals else ""


def require_whole(info: RegisterInfo) -> SnapshotInfo:
    """Refuse a snapshot of which a byte changed since it was loaded, also one that was sealed anew over other bytes."""
    snapshot = live.open_snapshot(info.directory)
    live.require_whole(snapshot)
    slug = offices.group_by_id(info.group_id).slug
    if _seal_of_record(register_ref(slug, info.as_of, info.sha256)) not in {"", snapshot.seal}:
        raise RegisterDamaged(info.directory, ["manifest.json"])
    return snapshot


def registers(viewer: Viewer, group_id: int) -> list[RegisterInfo]:
    """Return the snapshots of a group in which the reader sits."""
    if not viewer.sits_in(group_id):
        return []
    return [_info(row) for row in _snapshots(group_id)]


def lookup(by: Permit, viewer: Viewer, register_id: int, number: str, purpose: str) -> Mapping[str, object] | None:
    """Return one person by number, for a stated purpose; the look-up is recorded before the answer.

    The permit is for object kind `register`, id the snapshot's number, digest of the commitment to the number asked
    for; its reason is the purpose, which the ledger keeps beside the entry.
    """
    info = register(register_id)
    if not viewer.sits_in(info.group_id):
        raise RefusedByCharter(
            "Bạn không thuộc tổ công tác giữ sổ này.", "You do not sit in the group that holds this register."
        )
    if by.actor.account != viewer.account or by.reason is None or by.reason != purpose.strip():
        raise RefusedByCharter(
            "Giấy phép tra cứu được cấp cho người hoặc mục đích khác.",
            "The permit to look a person up was given to another person or for another purpose.",
        )
    snapshot = require_whole(info)
    asked = ledger.commitment(number)
    with transaction.atomic():
        ledger.append(
            by,
            scope=offices.group_by_id(info.group_id).slug,
            kind="register",
            object_id=str(register_id),
            digest=asked,
            bound=digest_of(number=asked),
        )
    return live.lookup(snapshot, number, purpose)
