"""The register of seals: whose seal, who keeps it, its print, from when until when."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.models import Group, Seal, Service
from dean06.offices.types import NewSeal, SealInfo, Viewer

__all__ = ["end_seal", "register_seal", "retirement_digest", "seal", "seals"]


def register_seal(by: Permit, group_id: int, new: NewSeal) -> SealInfo:
    """Enter a seal; the one the agency had before ends on the day before."""
    if not (new.name and new.custodian):
        raise BadInput("Ghi tên con dấu và người giữ.", "Name the seal and who keeps it.")
    with transaction.atomic():
        group = Group.objects.select_for_update().get(pk=group_id)
        if not Service.objects.filter(group=group, code=new.agency).exists():
            raise BadInput("Con dấu của cơ quan không thuộc tổ.", "The seal is of an agency that does not serve here.")
        held = Seal.objects.filter(group=group, agency_code=new.agency, until=None)
        if held.filter(since__gte=new.since).exists():
            raise BadInput(
                "Con dấu đang dùng có từ ngày ấy hoặc sau: ghi ngày muộn hơn.",
                "The present seal dates from that day or later: give a later day.",
            )
        held.update(until=new.since - timedelta(days=1))
        row = Seal.objects.create(
            group=group,
            agency_code=new.agency,
            name=new.name,
            custodian=new.custodian,
            specimen=new.specimen,
            suffix=new.suffix,
            since=new.since,
            recorded_at=by.at,
        )
        _enter(by, group, new.agency, new.digest())
    return _info(row)


def retirement_digest(seal_id: int, until: date) -> str:
    """Return what the permit to end a seal is bound to."""
    return digest_of(seal=seal_id, until=until)


def end_seal(by: Permit, group_id: int, seal_id: int, until: date) -> None:
    """Record the last day of a seal: handed in, worn out, or its agency is no more."""
    with transaction.atomic():
        row = Seal.objects.select_for_update().filter(pk=seal_id, group_id=group_id, until=None).first()
        if row is None or until < row.since:
            raise BadInput(
                "Con dấu đã thôi dùng, hoặc ngày thôi trước ngày bắt đầu.",
                "The seal has ended already, or the day lies before its start.",
            )
        row.until = until
        row.save(update_fields=["until"])
        _enter(by, row.group, row.agency_code, retirement_digest(seal_id, until))


def _enter(by: Permit, group: Group, agency: str, digest: str) -> None:
    object_id = f"{group.slug}:{agency}"
    ledger.append(by, scope=group.slug, kind="seal", object_id=object_id, digest=digest, bound=digest)


def seals(viewer: Viewer, group_id: int) -> list[SealInfo]:
    """Return the register of a group in which the reader sits: those in use first, then the newest."""
    if not viewer.sits_in(group_id):
        return []
    rows = Seal.objects.filter(group_id=group_id).order_by("agency_code", "-since")
    return sorted((_info(row) for row in rows), key=lambda one: one.until is not None)


def seal(viewer: Viewer, seal_id: int) -> SealInfo | None:
    """Return a seal of a group in which the reader sits."""
    row = Seal.objects.filter(pk=seal_id, group_id__in=viewer.groups).first()
    return _info(row) if row else None


def _info(row: Seal) -> SealInfo:
    return SealInfo(
        id=row.pk,
        agency=row.agency_code,
        name=row.name,
        custodian=row.custodian,
        specimen=row.specimen,
        suffix=row.suffix,
        since=row.since,
        until=row.until,
    )
