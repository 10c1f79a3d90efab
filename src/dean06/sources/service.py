"""The face of deliveries: who answers for a source, what was delivered, and what was set aside at the door."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, HouseError
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.sources import live
from dean06.sources.models import Assignment, Delivery, Quarantined
from dean06.sources.types import AssignmentInfo, Batch, DeliveryInfo, NewAssignment, NewDelivery, SetAside

__all__ = [
    "assign",
    "assignment",
    "assignments",
    "batch",
    "deliveries",
    "deliveries_between",
    "delivery",
    "delivery_for_work",
    "fingerprint_file",
    "read",
    "receive",
    "set_aside",
    "undo",
]


def _vault() -> Path:
    return Path(settings.HOME) / "vault"


def _assignment(row: Assignment) -> AssignmentInfo:
    return AssignmentInfo(
        id=row.pk,
        group_id=row.group_id,
        source=row.source,
        agency=row.agency_code,
        coordinators=tuple(row.coordinators),
        citation=dict(row.citation),
        citation_label=row.citation_label,
        norm_key=row.norm_key,
        reading=row.reading,
        permit_digest=row.permit_digest,
        since=row.since,
    )


def _delivery(row: Delivery) -> DeliveryInfo:
    return DeliveryInfo(
        id=row.pk,
        group_id=row.group_id,
        source=row.source,
        period=row.period,
        agency=row.agency_code,
        file_name=row.file_name,
        file_sha256=row.file_sha256,
        file_size=row.file_size,
        received_at=row.received_at,
        complete=row.complete,
        state=row.state,
        rows=row.rows,
        quarantined=row.quarantined,
        sheets=tuple(row.sheets),
        repairs=dict(row.repairs),
        problem_vi=row.problem_vi,
        problem_en=row.problem_en,
        directory=_vault() / row.directory,
    )


def assign(by: Permit, group_id: int, new: NewAssignment) -> AssignmentInfo:
    """Set or renew the leader's standing assignment of a source; later automatic acts cite this permit."""
    with transaction.atomic():
        row, _ = Assignment.objects.update_or_create(
            group_id=group_id,
            source=new.source,
            defaults={
                "agency_code": new.agency,
                "coordinators": list(new.coordinators),
                "citation": dict(new.citation),
                "citation_label": new.citation_label,
                "norm_key": new.norm_key,
                "reading": new.reading,
                "permit_digest": by.digest(),
                "assigned_by": by.actor.account,
                "since": by.at.date(),
            },
        )
        digest = digest_of(source=new.source, agency=new.agency, cite=new.citation_label)
        ledger.append(by, scope=row.group.slug, kind=by.obj.kind, object_id=by.obj.id, digest=digest)
    return _assignment(row)


def assignments(group_id: int) -> dict[str, AssignmentInfo]:
    """Return the standing assignments of a group by source."""
    return {row.source: _assignment(row) for row in Assignment.objects.filter(group_id=group_id).order_by("source")}


def assignment(group_id: int, source: str) -> AssignmentInfo | None:
    """Return the standing assignment of one source, if the leader has made one."""
    row = Assignment.objects.filter(group_id=group_id, source=source).first()
    return _assignment(row) if row else None


def fingerprint_file(path: Path) -> str:
    """Return the SHA-256 (hex) of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _keep(file: Path, shelf: Path) -> None:
    """Copy the file as received into the vault: whole, flushed, read-only."""
    shelf.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = shelf / f"goc{file.suffix.lower()}"
    if target.exists():
        return
    draft = shelf / "goc.part"
    shutil.copyfile(file, draft)
    with draft.open("rb+") as handle:
        os.fsync(handle.fileno())
    draft.chmod(0o400)
    draft.replace(target)


def receive(by: Permit, new: NewDelivery, file: Path) -> DeliveryInfo:
    """Keep a file as it came and record its receipt; reading it is a later step that may fail without losing it."""
    digest = fingerprint_file(file)
    group = offices.group_by_id(new.group_id)
    twin = (
        Delivery.objects.filter(group_id=new.group_id, source=new.source, period=new.period, file_sha256=digest)
        .exclude(state__in=[Delivery.State.UNDONE, Delivery.State.REFUSED])
        .first()
    )
    if twin:
        raise BadInput(
            f"Tệp «{new.file_name}» đã nộp cho kỳ {new.period} (lần nộp {twin.pk}): mở lần nộp đó, không cần nộp lại.",
            f"The file {new.file_name!r} was delivered for {new.period} already (delivery {twin.pk}): open that one.",
        )
    directory = Path("batches") / group.slug / new.source / f"{new.period}-{digest[:12]}"
    _keep(file, _vault() / directory)
    with transaction.atomic():
        row = Delivery.objects.create(
            group_id=new.group_id,
            source=new.source,
            period=new.period,
            agency_code=new.agency,
            file_name=new.file_name,
            file_sha256=digest,
            file_size=file.stat().st_size,
            received_at=clock.now(),
            received_by=by.actor.account,
            complete=new.complete,
            directory=str(directory),
        )
        ledger.append(by, scope=group.slug, kind=by.obj.kind, object_id=by.obj.id, digest=digest)
    return _delivery(row)


def read(delivery_id: int, progress: Callable[[float], None] | None = None) -> DeliveryInfo:
    """Read a kept file into its batch; a file that cannot be read is refused with the sentence that says why."""
    row = Delivery.objects.get(pk=delivery_id)
    shelf = _vault() / row.directory
    original = next(path for path in sorted(shelf.glob("goc.*")) if path.suffix != ".part")
    try:
        taken = live.read_batch(original, live.contract(row.source), shelf, progress=progress)
    except HouseError as problem:
        row.state = Delivery.State.REFUSED
        row.problem_vi = problem.vi.replace(original.name, row.file_name)
        row.problem_en = problem.en.replace(original.name, row.file_name)
        row.save(update_fields=["state", "problem_vi", "problem_en"])
        return _delivery(row)
    with transaction.atomic():
        _record(row, taken)
    return _delivery(row)


def _record(row: Delivery, taken: Batch) -> None:
    row.state = Delivery.State.READ
    row.rows = taken.rows
    row.quarantined = len(taken.quarantined)
    row.sheets = list(taken.sheets)
    row.repairs = dict(taken.repairs)
    row.save(update_fields=["state", "rows", "quarantined", "sheets", "repairs"])
    row.set_aside.all().delete()
    Quarantined.objects.bulk_create(
        (
            Quarantined(
                group_id=row.group_id,
                delivery=row,
                sheet=item.sheet[:120],
                row=item.row,
                reason=item.reason_code,
                sentence=item.sentence[:400],
            )
            for item in taken.quarantined
        ),
        batch_size=500,
    )


def batch(delivery_id: int) -> Batch:
    """Return the batch of a delivery that was read."""
    return live.open_batch(_vault() / Delivery.objects.get(pk=delivery_id).directory)


def undo(by: Permit, delivery_id: int) -> DeliveryInfo:
    """Take back a delivery that was a mistake; its file stays in the vault until its retention ends."""
    with transaction.atomic():
        row = Delivery.objects.select_for_update().get(pk=delivery_id)
        row.state = Delivery.State.UNDONE
        row.save(update_fields=["state"])
        ledger.append(by, scope=row.group.slug, kind=by.obj.kind, object_id=by.obj.id, digest=row.file_sha256)
    return _delivery(row)


def deliveries(viewer: Viewer, group_id: int, *, source: str | None = None) -> list[DeliveryInfo]:
    """Return the deliveries of a group in which the reader sits, newest first."""
    if not viewer.sits_in(group_id):
        return []
    rows = Delivery.objects.filter(group_id=group_id)
    return [_delivery(row) for row in (rows.filter(source=source) if source else rows)]


def delivery(viewer: Viewer, delivery_id: int) -> DeliveryInfo | None:
    """Return one delivery if the reader sits in its group."""
    row = Delivery.objects.filter(pk=delivery_id, group_id__in=viewer.groups).first()
    return _delivery(row) if row else None


def delivery_for_work(delivery_id: int) -> DeliveryInfo:
    """Return one delivery for the rooms above, which filter by their own viewer."""
    return _delivery(Delivery.objects.get(pk=delivery_id))


def deliveries_between(group_id: int, since: date, until: date) -> list[DeliveryInfo]:
    """Return the deliveries received in a span of days, both ends included; facts for a report."""
    rows = Delivery.objects.filter(
        group_id=group_id,
        received_at__gte=clock.at_start_of(since),
        received_at__lt=clock.at_start_of(date.fromordinal(until.toordinal() + 1)),
    ).exclude(state=Delivery.State.UNDONE)
    return [_delivery(row) for row in rows.order_by("received_at", "pk")]


def set_aside(viewer: Viewer, delivery_id: int) -> list[SetAside]:
    """Return the rows that were set aside at the door, by sheet and number."""
    rows: Iterable[Quarantined] = Quarantined.objects.filter(
        delivery_id=delivery_id, group_id__in=viewer.groups
    ).order_by("pk")
    return [SetAside(sheet=row.sheet, row=row.row, reason=row.reason, sentence=row.sentence) for row in rows]
