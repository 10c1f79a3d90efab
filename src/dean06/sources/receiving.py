"""Receiving a file: kept as it came, its receipt recorded, and with it those of the lists that read the same file.

A list beside another reads the file for another person of its rows. It is received in the same transaction: never one
without the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.sources.keeping import fingerprint_file, keep, vault
from dean06.sources.models import Delivery
from dean06.sources.types import DeliveryInfo, NewDelivery, delivery_ref
from dean06.sources.versions import contract_in_force

LIVE = (Delivery.State.RECEIVED, Delivery.State.READ)

__all__ = ["companions_of", "receive", "same_file", "told"]


def told(row: Delivery) -> DeliveryInfo:
    """Return a delivery as other rooms know it."""
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
        partial=row.partial,
        state=row.state,
        rows=row.rows,
        quarantined=row.quarantined,
        sheets=tuple(row.sheets),
        repairs=dict(row.repairs),
        problem_vi=row.problem_vi,
        problem_en=row.problem_en,
        directory=vault() / row.directory,
        contract_sha256=row.contract_sha256,
        beside=row.beside_id,
    )


def receive(
    by: Permit,
    new: NewDelivery,
    file: Path,
    *,
    companions: Sequence[tuple[Permit, NewDelivery]] = (),
    answers: str = "",
    with_it: Callable[[int], None] | None = None,
) -> DeliveryInfo:
    """Keep a file as it came and record its receipt; reading it is a later step that may fail without losing it.

    `companions` are the lists that read the same file, each under a permit of its own; one that has the file already is
    left as it is. `answers` is the account that answers for what comes by itself: whoever set that up. `with_it` is
    done in the same transaction.
    """
    digest, slug = fingerprint_file(file), offices.group_by_id(new.group_id).slug
    _require_new(new, digest)
    for one in (new, *(other for _, other in companions)):
        keep(file, vault() / _directory(slug, one, digest), digest)
    of_file = {"file_sha256": digest, "file_size": file.stat().st_size, "received_by": answers or by.actor.account}
    try:
        with transaction.atomic():
            row = _create(by, slug, new, of_file)
            for permit, other in companions:
                if _twin(other, digest) is None:
                    _create(permit, slug, other, of_file, beside=row)
            if with_it is not None:
                with_it(row.pk)
    except IntegrityError:  # another hand delivered the same file in the meantime
        _require_new(new, digest)
        raise
    return told(row)


def _directory(slug: str, new: NewDelivery, digest: str) -> Path:
    return Path("batches") / slug / new.source / f"{new.period}-{digest[:12]}"


def _create(
    by: Permit, slug: str, new: NewDelivery, of_file: Mapping[str, Any], *, beside: Delivery | None = None
) -> Delivery:
    digest = of_file["file_sha256"]
    row = Delivery.objects.create(
        group_id=new.group_id,
        source=new.source,
        period=new.period,
        agency_code=new.agency,
        file_name=new.file_name,
        received_at=by.at,
        complete=new.complete,
        partial=new.partial,
        directory=str(_directory(slug, new, digest)),
        contract_sha256=contract_in_force(new.group_id, slug, new.source, by.at.date()),
        beside=beside,
        **of_file,
    )
    ref = delivery_ref(slug, new.source, new.period, digest)
    ledger.append(by, scope=slug, kind="delivery", object_id=ref, digest=digest, bound=new.digest(digest))
    return row


def _twin(new: NewDelivery, digest: str) -> Delivery | None:
    live_ones = Delivery.objects.filter(group_id=new.group_id, state__in=LIVE)
    return live_ones.filter(source=new.source, period=new.period, file_sha256=digest).first()


def _require_new(new: NewDelivery, digest: str) -> None:
    if twin := _twin(new, digest):
        month = clock.as_read(new.period)
        raise BadInput(
            f"Tệp «{new.file_name}» đã nộp cho kỳ {month} (lần nộp {twin.pk}): mở lần nộp đó, không cần nộp lại.",
            f"The file {new.file_name!r} was delivered for {month} already (delivery {twin.pk}): open that one.",
        )


def companions_of(delivery_id: int) -> list[int]:
    """Return the deliveries that came with one and were not taken back, in the order in which they were received."""
    found = Delivery.objects.filter(beside_id=delivery_id).exclude(state=Delivery.State.UNDONE)
    return list(found.order_by("pk").values_list("pk", flat=True))


def same_file(viewer: Viewer, delivery: DeliveryInfo) -> list[DeliveryInfo]:
    """Return the other deliveries of the same file that came with one, to who sits in the group."""
    first = delivery.beside or delivery.id
    found = Delivery.objects.filter(group_id__in=viewer.groups).exclude(pk=delivery.id)
    rows = found.filter(pk=first) | found.filter(beside_id=first)
    return [told(row) for row in rows.order_by("pk")]
