"""The face of deliveries: who answers for a source, what was delivered, and what was set aside at the door."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, HouseError, Unavailable
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer
from dean06.sources import live
from dean06.sources.assigning import assign, assignment, assignments
from dean06.sources.disputes import (
    decide_dispute,
    dispute,
    dispute_of_number,
    dispute_rule,
    disputes,
    disputes_for_work,
    end_suspension,
    longest_suspension,
    most_examples,
    next_dispute,
    suspended_rules,
)
from dean06.sources.drafts import (
    begin_contract,
    contract_draft,
    contract_drafts,
    drop_contract,
    note_contract_trial,
    save_contract,
)
from dean06.sources.examining import broken_file, broken_rows, examine, examined, examined_for_work, profiled
from dean06.sources.keeping import fingerprint_file, kept, kept_sha256, private, vault
from dean06.sources.models import Delivery, Quarantined
from dean06.sources.receiving import companions_of, receive, same_file, told
from dean06.sources.succession import pass_sources_on
from dean06.sources.trying import original_of_delivery, try_contracts
from dean06.sources.types import (
    Batch,
    DeliveryInfo,
    SetAside,
    delivery_ref,
)
from dean06.sources.versions import (
    adopt_version,
    contract_adopted,
    contract_of_delivery,
    contract_texts,
    contract_version,
    contract_versions,
    contracts,
    next_version,
    read_by,
)

__all__ = [
    "adopt_version",
    "alone",
    "assign",
    "assignment",
    "assignments",
    "batch",
    "begin_contract",
    "broken_file",
    "broken_rows",
    "companions_of",
    "contract_adopted",
    "contract_draft",
    "contract_drafts",
    "contract_of_delivery",
    "contract_texts",
    "contract_version",
    "contract_versions",
    "contracts",
    "decide_dispute",
    "deliveries",
    "deliveries_between",
    "delivery",
    "delivery_for_work",
    "dispute",
    "dispute_of_number",
    "dispute_rule",
    "disputes",
    "disputes_for_work",
    "drop_contract",
    "end_suspension",
    "examine",
    "examined",
    "examined_for_work",
    "fingerprint_file",
    "hold_read",
    "kept_sha256",
    "longest_suspension",
    "most_examples",
    "next_dispute",
    "next_version",
    "note_contract_trial",
    "original_of_delivery",
    "pass_sources_on",
    "private",
    "profiled",
    "read",
    "receive",
    "same_file",
    "save_contract",
    "set_aside",
    "suspended_rules",
    "try_contracts",
    "undo",
    "unfinished",
]


@contextmanager
def alone(delivery_id: int, *, wait: bool = True) -> Iterator[None]:
    """Hold a delivery's source for one hand: its lists are read, matched and taken back one after another.

    The system lets go of it when its holder dies. Without `wait`, a source in other hands is a refusal.
    """
    folder = private((vault() / Delivery.objects.get(pk=delivery_id).directory).parent)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise BadInput(
                "Nguồn này đang được đọc hoặc đối soát: chờ xong rồi làm lại.",
                "This source is being read or matched: wait until it is done, then try again.",
            ) from None
        yield
    finally:
        os.close(descriptor)


def read(delivery_id: int, progress: Callable[[float], None] | None = None) -> DeliveryInfo:
    """Read a kept file into its batch; a file that cannot be read is refused with the sentence that says why."""
    row = Delivery.objects.get(pk=delivery_id)
    shelf = vault() / row.directory
    original = _original(row, shelf)
    taken = None
    try:
        taken = live.read_batch(original, read_by(row), shelf, progress=progress)
    except Unavailable:
        raise  # disk or memory, no fault of the file: it stays received and may be read again
    except HouseError as problem:
        return _refuse(delivery_id, *(text.replace(original.name, row.file_name) for text in (problem.vi, problem.en)))
    except duckdb.Error:
        pass  # told below, outside of the handler: what DuckDB says may quote a row, and goes no further
    if taken is None or taken.file_sha256 != row.file_sha256:
        raise Unavailable(
            f"Chưa đọc xong tệp «{row.file_name}»: tệp trong kho không còn nguyên, hoặc bộ đọc dừng giữa chừng. Báo"
            " người vận hành; tệp vẫn được giữ.",
            f"The file {row.file_name!r} was not read: its copy is damaged, or reading stopped; tell the operator.",
        )
    return _record(delivery_id, taken)


def _original(row: Delivery, shelf: Path) -> Path:
    file = kept(shelf)
    if file is None:
        raise Unavailable(
            f"Tệp «{row.file_name}» không còn trong kho: khôi phục từ bản sao lưu.",
            f"The file {row.file_name!r} is no longer in the vault: restore it from a backup.",
        )
    return file


def _refuse(delivery_id: int, vi: str, en: str) -> DeliveryInfo:
    with transaction.atomic():
        row = Delivery.objects.select_for_update().get(pk=delivery_id)
        if row.state == Delivery.State.RECEIVED:
            row.state, row.problem_vi, row.problem_en = Delivery.State.REFUSED, vi[:600], en[:600]
            row.save(update_fields=["state", "problem_vi", "problem_en"])
    return told(row)


def _record(delivery_id: int, taken: Batch) -> DeliveryInfo:
    """Write down what was read, unless the delivery was taken back meanwhile."""
    with transaction.atomic():
        row = Delivery.objects.select_for_update().get(pk=delivery_id)
        if row.state != Delivery.State.RECEIVED:
            return told(row)
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
    return told(row)


def hold_read(delivery_id: int) -> DeliveryInfo:
    """Hold a delivery that was read until the caller's transaction ends; one taken back meanwhile is refused."""
    row = Delivery.objects.select_for_update().get(pk=delivery_id)
    if row.state != Delivery.State.READ:
        raise BadInput(
            f"Lần nộp {row.pk} đã rút hoặc chưa đọc xong: không ghi tiếp được.",
            f"Delivery {row.pk} was taken back or is not read: nothing more can be recorded of it.",
        )
    return told(row)


def batch(delivery_id: int) -> Batch:
    """Return the batch of a delivery that was read."""
    return live.open_batch(vault() / Delivery.objects.get(pk=delivery_id).directory)


def undo(by: Permit, delivery_id: int) -> DeliveryInfo:
    """Take back a delivery that was a mistake; its file stays in the vault until its retention ends."""
    with transaction.atomic():
        row = Delivery.objects.select_for_update().get(pk=delivery_id)
        if row.state == Delivery.State.UNDONE:
            raise BadInput(f"Lần nộp {row.pk} đã rút trước đó.", f"Delivery {row.pk} was taken back before.")
        row.state = Delivery.State.UNDONE
        row.save(update_fields=["state"])
        slug = row.group.slug
        ref = delivery_ref(slug, row.source, row.period, row.file_sha256)
        bound = digest_of(undo=row.file_sha256)
        ledger.append(by, scope=slug, kind="delivery", object_id=ref, digest=row.file_sha256, bound=bound)
    return told(row)


def unfinished() -> list[tuple[int, int, str]]:
    """Return (group, delivery, account) of every file received and not read, for work to be taken up again."""
    rows = Delivery.objects.filter(state=Delivery.State.RECEIVED).order_by("pk")
    return [(row.group_id, row.pk, str(row.received_by)) for row in rows]


def deliveries(viewer: Viewer, group_id: int, *, source: str | None = None) -> list[DeliveryInfo]:
    """Return the deliveries of a group in which the reader sits, newest first."""
    if not viewer.sits_in(group_id):
        return []
    rows = Delivery.objects.filter(group_id=group_id)
    return [told(row) for row in (rows.filter(source=source) if source else rows)]


def delivery(viewer: Viewer, delivery_id: int) -> DeliveryInfo | None:
    """Return one delivery if the reader sits in its group."""
    row = Delivery.objects.filter(pk=delivery_id, group_id__in=viewer.groups).first()
    return told(row) if row else None


def delivery_for_work(delivery_id: int) -> DeliveryInfo:
    """Return one delivery for the rooms above, which filter by their own viewer."""
    return told(Delivery.objects.get(pk=delivery_id))


def deliveries_between(group_id: int, since: date, until: date) -> list[DeliveryInfo]:
    """Return the deliveries received in a span of days, both ends included; facts for a report."""
    rows = Delivery.objects.filter(
        group_id=group_id,
        received_at__gte=clock.at_start_of(since),
        received_at__lt=clock.at_start_of(date.fromordinal(until.toordinal() + 1)),
    ).exclude(state=Delivery.State.UNDONE)
    return [told(row) for row in rows.order_by("received_at", "pk")]


def set_aside(viewer: Viewer, delivery_id: int) -> list[SetAside]:
    """Return the rows that were set aside at the door, by sheet and number."""
    rows: Iterable[Quarantined] = Quarantined.objects.filter(
        delivery_id=delivery_id, group_id__in=viewer.groups
    ).order_by("pk")
    return [SetAside(sheet=row.sheet, row=row.row, reason=row.reason, sentence=row.sentence) for row in rows]
