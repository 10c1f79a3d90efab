"""The face of the register for an installation: take a snapshot, name the newest, look one person up with a purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, RefusedByCharter
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.population import live
from dean06.population.models import Register

__all__ = ["RegisterInfo", "latest", "lookup", "register", "registers", "take", "vault"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterInfo:
    """A snapshot that the installation holds."""

    id: int
    group_id: int
    as_of: date
    sha256: str
    rows: int
    directory: Path


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
    )


def take(by: Permit, group_id: int, file: Path, as_of: date) -> RegisterInfo:
    """Load a snapshot whole or not at all, and record it; loading the same file again changes nothing."""
    group = offices.group_by_id(group_id)
    shelf = vault() / "registers" / group.slug
    snapshot = live.load_snapshot(file, as_of, shelf)
    with transaction.atomic():
        row, fresh = Register.objects.get_or_create(
            group_id=group_id,
            as_of=as_of,
            sha256=snapshot.sha256,
            defaults={
                "rows": snapshot.rows,
                "directory": str(snapshot.directory.relative_to(vault())),
                "loaded_at": clock.now(),
            },
        )
        if fresh:
            ledger.append(
                by,
                scope=group.slug,
                kind="register",
                object_id=by.obj.id,
                digest=snapshot.sha256,
                note={"rows": snapshot.rows},
            )
    return _info(row)


def latest(group_id: int, on: date) -> RegisterInfo:
    """Return the newest snapshot of a group's territory as of a day."""
    row = Register.objects.filter(group_id=group_id, as_of__lte=on).first()
    if row is None:
        raise BadInput(
            "Tổ công tác chưa có sổ dân cư nào tính đến ngày này: Công an nạp sổ trước («dean06 register load»).",
            "The group holds no register snapshot for this day: the police load one first (`dean06 register load`).",
        )
    return _info(row)


def register(register_id: int) -> RegisterInfo:
    """Return a snapshot by its number, for the rooms above."""
    return _info(Register.objects.get(pk=register_id))


def registers(viewer: Viewer, group_id: int) -> list[RegisterInfo]:
    """Return the snapshots of a group in which the reader sits."""
    if not viewer.sits_in(group_id):
        return []
    return [_info(row) for row in Register.objects.filter(group_id=group_id)]


def lookup(by: Permit, viewer: Viewer, register_id: int, number: str, purpose: str) -> Mapping[str, object] | None:
    """Return one person by number, for a stated purpose; the look-up is recorded before the answer."""
    info = register(register_id)
    if not viewer.sits_in(info.group_id):
        raise RefusedByCharter(
            "Bạn không thuộc tổ công tác giữ sổ này.", "You do not sit in the group that holds this register."
        )
    snapshot = live.open_snapshot(info.directory)
    with transaction.atomic():
        ledger.append(
            by,
            scope=offices.group_by_id(info.group_id).slug,
            kind=by.obj.kind,
            object_id=by.obj.id,
            digest=ledger.commitment(number),
        )
    return live.lookup(snapshot, number, purpose)
