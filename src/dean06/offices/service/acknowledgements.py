"""Who has read which version of the charter, when; in person, or on paper with its scan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.models import Acknowledgement, Appointment, Group, Reminder
from dean06.offices.types import AcknowledgementInfo, Viewer

__all__ = ["acknowledge", "acknowledged", "reading_digest", "remind", "reminded", "reminder_digest", "scan_of"]


def reading_digest(charter_hash: str, read_on: date, scan: str = "") -> str:
    """Return what the permit to acknowledge is bound to."""
    return digest_of(charter=charter_hash, read_on=read_on, scan=scan)


def acknowledge(
    by: Permit, group_id: int, appointment_id: int, charter_hash: str, read_on: date, scan: tuple[str, str] = ("", "")
) -> None:
    """Record that the holder of a seat has read a version; `scan` is (SHA-256, suffix) of a signed sheet."""
    with transaction.atomic():
        held = Appointment.objects.filter(pk=appointment_id, group_id=group_id).select_related("group").first()
        if held is None:
            raise BadInput("Người này không giữ vị trí nào của tổ.", "This person holds no seat of the group.")
        sha256, suffix = scan
        try:
            with transaction.atomic():
                Acknowledgement.objects.create(
                    group_id=group_id,
                    appointment=held,
                    charter_hash=charter_hash,
                    read_on=read_on,
                    at=by.at,
                    entered_by=by.actor.account,
                    on_paper=bool(sha256),
                    scan=sha256,
                    suffix=suffix,
                )
        except IntegrityError as problem:
            raise BadInput("Đã có xác nhận cho bản này.", "This version was acknowledged already.") from problem
        digest = reading_digest(charter_hash, read_on, sha256)
        object_id = f"{held.group.slug}:{appointment_id}"
        ledger.append(
            by, scope=held.group.slug, kind="acknowledgement", object_id=object_id, digest=digest, bound=digest
        )


def acknowledged(viewer: Viewer, group_id: int, charter_hash: str) -> dict[int, AcknowledgementInfo]:
    """Return, by appointment, who of a group in which the reader sits has read a version."""
    if not viewer.sits_in(group_id):
        return {}
    rows = Acknowledgement.objects.filter(group_id=group_id, charter_hash=charter_hash).order_by("pk")
    return {row.appointment_id: _info(row) for row in rows}


def scan_of(viewer: Viewer, appointment_id: int, charter_hash: str) -> AcknowledgementInfo | None:
    """Return an acknowledgement on paper of a group in which the reader sits."""
    rows = Acknowledgement.objects.filter(
        appointment_id=appointment_id, charter_hash=charter_hash, on_paper=True, group_id__in=viewer.groups
    )
    row = rows.first()
    return _info(row) if row else None


def reminder_digest(charter_hash: str, appointments: Iterable[int]) -> str:
    """Return what the permit to remind is bound to."""
    return digest_of(charter=charter_hash, reminded=sorted(appointments))


def remind(by: Permit, group_id: int, charter_hash: str, appointments: Iterable[int]) -> None:
    """Record that these people were reminded to read a version."""
    chosen = sorted(appointments)
    with transaction.atomic():
        group = Group.objects.get(pk=group_id)
        known = set(Appointment.objects.filter(pk__in=chosen, group=group).values_list("pk", flat=True))
        Reminder.objects.bulk_create(
            Reminder(group=group, appointment_id=one, charter_hash=charter_hash, at=by.at)
            for one in chosen
            if one in known
        )
        digest = reminder_digest(charter_hash, chosen)
        ledger.append(
            by,
            scope=group.slug,
            kind="acknowledgement",
            object_id=f"{group.slug}:{charter_hash[:16]}",
            digest=digest,
            bound=digest,
            note={"reminded": len(chosen)},
        )


def reminded(viewer: Viewer, group_id: int, charter_hash: str) -> dict[int, datetime]:
    """Return, by appointment, when somebody of a group in which the reader sits was last reminded of a version."""
    if not viewer.sits_in(group_id):
        return {}
    rows = Reminder.objects.filter(group_id=group_id, charter_hash=charter_hash).values("appointment_id")
    return dict(rows.annotate(last=Max("at")).values_list("appointment_id", "last"))


def _info(row: Acknowledgement) -> AcknowledgementInfo:
    return AcknowledgementInfo(
        appointment_id=row.appointment_id,
        charter_hash=row.charter_hash,
        read_on=row.read_on,
        at=row.at,
        on_paper=row.on_paper,
        scan=row.scan,
        suffix=row.suffix,
    )
