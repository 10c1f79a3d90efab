"""Absences of those who hold a seat: facts that switch an acting power on and off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.models import Absence, Appointment
from dean06.offices.rows import own_seats
from dean06.offices.types import AbsenceInfo, Viewer

__all__ = [
    "absences_of",
    "absences_seen",
    "end_absence",
    "end_digest",
    "leader_absences",
    "record_absence",
]


def record_absence(by: Permit, group_id: int, seat_id: int, since: datetime, until: datetime, ground: str = "") -> int:
    """Record that the holder of a seat is away for a span of time, and on what ground."""
    if until <= since:
        raise BadInput("Lúc về phải sau lúc đi.", "The end of an absence must lie after its start.")
    with transaction.atomic():
        group_ = own_seats(group_id, seat_id)
        if Absence.objects.filter(seat_id=seat_id, since__lt=until, until__gt=since).exists():
            raise BadInput(
                "Khoảng này trùng một lần vắng đã ghi: kết thúc lần ấy trước.",
                "The span overlaps an absence on record: end that one first.",
            )
        row = Absence.objects.create(
            group=group_, seat_id=seat_id, since=since, until=until, recorded_by=by.actor.account, ground=ground
        )
        digest = digest_of(seat=seat_id, since=since.isoformat(), until=until.isoformat())
        object_id = f"{group_.slug}:{seat_id}:{since.isoformat()}"
        ledger.append(by, scope=group_.slug, kind="absence", object_id=object_id, digest=digest, bound=digest)
    return row.pk


def end_digest(absence_id: int, until: datetime) -> str:
    """Return what the permit to end an absence earlier is bound to."""
    return digest_of(absence=absence_id, until=until.isoformat())


def end_absence(by: Permit, group_id: int, absence_id: int, until: datetime) -> None:
    """Record that somebody came back before the time on record; what was done meanwhile stands."""
    with transaction.atomic():
        row = Absence.objects.select_for_update().filter(pk=absence_id, group_id=group_id).first()
        if row is None:
            raise BadInput("Tổ không có lần vắng này.", "The group has no such absence.")
        if not row.since < until < row.until or until < by.at.replace(second=0, microsecond=0):
            raise BadInput(
                "Lúc về phải từ bây giờ trở đi và trước lúc đã ghi.",
                "The return must lie between now and the end on record.",
            )
        row.planned_until = row.planned_until or row.until
        row.until = until
        row.save(update_fields=["until", "planned_until"])
        digest = end_digest(row.pk, until)
        object_id = f"{row.group.slug}:vang-{row.pk}"
        ledger.append(by, scope=row.group.slug, kind="absence", object_id=object_id, digest=digest, bound=digest)


@clock.once_a_moment
def leader_absences(group_id: int) -> list[tuple[datetime, datetime]]:
    """Return when the leader was away, as recorded."""
    rows = Absence.objects.filter(group_id=group_id, seat__role="leader").order_by("since", "pk")
    return list(rows.values_list("since", "until"))


def absences_of(group_id: int) -> list[AbsenceInfo]:
    """Return every absence of a group, the earliest first, for its own work."""
    rows = list(Absence.objects.filter(group_id=group_id).select_related("seat").order_by("since", "pk"))
    held = Appointment.objects.filter(seat__in={row.seat_id for row in rows}).order_by("since")
    times = [(one.seat_id, one.since, one.holder) for one in held]

    def holder(row: Absence) -> str:
        before = [name for seat, since, name in times if seat == row.seat_id and since <= row.since.date()]
        return before[-1] if before else ""

    return [
        AbsenceInfo(
            id=row.pk,
            seat_id=row.seat_id,
            role=row.seat.role,
            title=row.seat.title,
            holder=holder(row),
            since=row.since,
            until=row.until,
            ground=row.ground,
            planned_until=row.planned_until,
            recorded_by=str(row.recorded_by),
        )
        for row in rows
    ]


def absences_seen(viewer: Viewer, group_id: int) -> list[AbsenceInfo]:
    """Return every absence of a group in which the reader sits, the newest first."""
    return list(reversed(absences_of(group_id))) if viewer.sits_in(group_id) else []
