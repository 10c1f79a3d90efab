"""Rows that an agency says are not its own: left where they are, or given to another agency under a new order."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from dean06.charter.types import Permit
from dean06.corrections.causes import causes
from dean06.corrections.errors import OrderRefused
from dean06.corrections.models import Disposition, Finding, HandedFinding, Order
from dean06.corrections.orders import OWED, create, not_found
from dean06.corrections.rows import order_infos, order_ref
from dean06.corrections.runs import lock
from dean06.corrections.types import DispositionKind, DispositionOutcome, NewOrder, OrderInfo
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of

WAITING = DispositionOutcome.WAITING.value
DECIDED = (DispositionKind.NOT_OURS.value, DispositionKind.REFUSED.value)

__all__ = ["move_rows", "moved_digest", "upheld_digest", "uphold"]


def moved_digest(new: NewOrder, fingerprints: Sequence[str]) -> str:
    """Return the SHA-256 (hex) of rows that go to another agency, to which the permit is bound."""
    return digest_of(order=new.digest(), moved=sorted(fingerprints))


def upheld_digest(ref: str, fingerprints: Sequence[str]) -> str:
    """Return the SHA-256 (hex) of rows that stay where they are, to which the permit is bound."""
    return digest_of(order=ref, upheld=sorted(fingerprints))


def move_rows(by: Permit, order_id: int, fingerprints: Sequence[str], new: NewOrder) -> OrderInfo:
    """Give open rows of an order to another agency under a new order of the same cause.

    The permit is for object kind `order`, id `new.slot.ref`, digest `moved_digest`. Rows that were not said to be
    another's may go too: the group decides.
    """
    with transaction.atomic():
        old = _old(order_id, new.slot.group_id)
        lock(old.group_id, old.source)
        if (new.source, new.cause) != (old.source, old.cause) or new.agency in {"", old.agency}:
            raise OrderRefused(
                "Chọn một cơ quan khác với cơ quan đang giữ đơn sửa.",
                "Choose an agency other than the one that holds the order.",
            )
        rows = Finding.objects.filter(order=old, status__in=OWED, fingerprint__in=list(fingerprints))
        held = list(rows.values_list("pk", flat=True))
        if not held or new.cause not in causes():
            raise OrderRefused("Không có dòng nào còn mở để giao lại.", "There is no open row to give to another.")
        made = create(by, new)
        made.count = Finding.objects.filter(pk__in=held).update(order=made)
        made.save(update_fields=["count"])
        answers = Disposition.objects.filter(finding__in=held, outcome=WAITING)
        answers.update(outcome=DispositionOutcome.MOVED.value)
        HandedFinding.objects.filter(finding__in=held).delete()
        digest = moved_digest(new, fingerprints)
        note: dict[str, str | int] = {"from": old.number, "agency": new.agency, "findings": made.count}
        scope = old.group.slug
        ledger.append(by, scope=scope, kind="order", object_id=new.slot.ref, digest=digest, bound=digest, note=note)
    return order_infos([made])[0]


def uphold(by: Permit, order_id: int, group_id: int, fingerprints: Sequence[str]) -> int:
    """Leave rows with the agency that refused them or said they are not its own; returns how many answers end so.

    The permit is for object kind `order`, id the order's, digest `upheld_digest`.
    """
    with transaction.atomic():
        order = _old(order_id, group_id)
        ref = order_ref(order.group.slug, order.number)
        answers = Disposition.objects.filter(
            finding__order=order, finding__fingerprint__in=list(fingerprints), outcome=WAITING, kind__in=DECIDED
        )
        done = answers.update(outcome=DispositionOutcome.UPHELD.value)
        digest = upheld_digest(ref, fingerprints)
        scope = order.group.slug
        ledger.append(by, scope=scope, kind="order", object_id=ref, digest=digest, bound=digest, note={"upheld": done})
    return done


def _old(order_id: int, group_id: int) -> Order:
    order = Order.objects.select_related("group").filter(pk=order_id, group_id=group_id).first()
    if order is None:
        raise not_found(order_id)
    return order
