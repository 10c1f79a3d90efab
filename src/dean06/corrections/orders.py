"""Orders: the findings of one cause, handed to the agency that answers for them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Count, Min, Q

from dean06.charter.types import Permit
from dean06.corrections.causes import causes
from dean06.corrections.errors import OrderNotFound, OrderRefused
from dean06.corrections.models import Counter, Finding, Order, Run
from dean06.corrections.rows import finding_info, order_infos, order_ref, progress_by_order, run_labels
from dean06.corrections.runs import last_run, lock
from dean06.corrections.types import OPEN_STATES, CauseGroup, FindingInfo, NewOrder, OrderInfo, Slot, Status
from dean06.ledger import service as ledger
from dean06.ledger.errors import PermitMisused
from dean06.ledger.types import canonical
from dean06.offices import service as offices

# Rules that rest, by source: (rule, field) as findings name them.
Paused = Mapping[str, Collection[tuple[str, str]]]
NOTHING_RESTS: Paused = {}
OWED = [status.value for status in OPEN_STATES]


def reserve(group_id: int) -> Slot:
    """Keep the next number of a group for an order about to be opened, inside the caller's transaction."""
    with transaction.atomic():
        Counter.objects.get_or_create(group_id=group_id)
        row = Counter.objects.select_for_update().get(group_id=group_id)
        group = offices.group_by_id(group_id)
        if group.ending is not None:
            raise OrderRefused(
                f"«{group.name}» đã kết thúc: giao sửa ở tổ kế thừa.",
                f"{group.name} has ended: corrections are ordered in its successors.",
            )
        row.last += 1
        row.save(update_fields=["last"])
    return Slot(group_id=group_id, number=row.last, ref=order_ref(group.slug, row.last))


def resting(paused: Paused) -> Q:
    """Return the condition that a finding is one of a rule that rests."""
    told = Q(pk__in=())
    for source, pairs in paused.items():
        for rule, field in pairs:
            told |= Q(source=source, rule=rule, field=field)
    return told


def groups_to_order(group_id: int, source: str = "", *, paused: Paused = NOTHING_RESTS) -> list[CauseGroup]:
    """Return the open findings that no order holds yet, by source and cause, the gravest first.

    Those of a rule that rests are not among them.
    """
    rows = Finding.objects.filter(group_id=group_id, order=None, status__in=OWED).exclude(resting(paused))
    if source:
        rows = rows.filter(source=source)
    parts = rows.order_by().values("source", "cause", "field", "commune").annotate(n=Count("pk"), worst=Min("severity"))
    gathered: dict[tuple[str, str], list[tuple[str, str, int, int]]] = {}
    for part in parts:
        key = (part["source"], part["cause"])
        gathered.setdefault(key, []).append((part["field"], part["commune"], part["n"], part["worst"]))
    found = [
        CauseGroup(
            source=source_,
            cause=cause,
            fields=tuple(sorted({field for field, *_ in rest})),
            severity=min(worst for *_, worst in rest),
            count=sum(n for _, _, n, _ in rest),
            communes=tuple(sorted({commune for _, commune, *_ in rest if commune})),
        )
        for (source_, cause), rest in gathered.items()
    ]
    return sorted(found, key=lambda group: (group.severity, -group.count, group.source, group.cause))


def open_order(by: Permit, new: NewOrder, *, paused: Paused = NOTHING_RESTS) -> OrderInfo:
    """Hand every open finding of one cause that no order holds yet to the agency answerable: one cause, one order.

    Findings of a rule that rests stay where they are. The permit must be given for object kind `order`, id
    `new.slot.ref`, digest `new.digest()`.
    """
    if by.obj.digest != new.digest():
        raise PermitMisused(
            f"Giấy phép không phải cho đúng nội dung của đơn sửa {new.slot.ref}.",
            f"The permit was not given for this content of order {new.slot.ref}.",
        )
    if new.cause not in causes() or not new.agency or not (new.article or new.reading):
        raise OrderRefused(
            f"Đơn sửa {new.slot.ref} cần nguyên nhân có trong bảng, cơ quan trả lời và điều khoản (hoặc cách hiểu).",
            f"Order {new.slot.ref} needs a known cause, the agency answerable, and its clause or reading.",
        )
    with transaction.atomic():
        lock(new.slot.group_id, new.source)
        row = create(by, new)
        waiting = Finding.objects.filter(
            group_id=new.slot.group_id, source=new.source, cause=new.cause, order=None, status__in=OWED
        ).exclude(resting(paused))
        row.count = waiting.update(order=row)
        if not row.count:
            raise OrderRefused(
                f"Nguồn {new.source}: không còn sai lệch nào vì «{new.cause}» chờ giao.",
                f"Source {new.source}: no finding of cause {new.cause!r} waits for an order.",
            )
        row.save(update_fields=["count"])
        note: dict[str, str | int] = {
            "source": row.source,
            "cause": row.cause,
            "agency": row.agency,
            "findings": row.count,
        }
        ledger.append(by, scope=row.group.slug, kind="order", object_id=new.slot.ref, digest=new.digest(), note=note)
    return order_infos([row])[0]


def create(by: Permit, new: NewOrder) -> Order:
    """Write the row of an order, with no finding yet; inside the transaction that gives it its findings."""
    last = last_run(new.slot.group_id, new.source)
    return Order.objects.create(
        group_id=new.slot.group_id,
        number=new.slot.number,
        source=new.source,
        cause=new.cause,
        agency=new.agency,
        article=new.article,
        clause=new.clause,
        point=new.point,
        reading=new.reading,
        task_id=new.task_id,
        opened_at=by.at,
        due=new.due,
        count=0,
        permit=by.digest(),
        file_sha256=new.file_sha256,
        after_run=last.run_id if last else "",
    )


def attach_task(by: Permit, order_id: int, task_id: int, file_sha256: str = "") -> OrderInfo:
    """Write down the task that carries an order, and the checksum of the file handed over; each once."""
    with transaction.atomic():
        row = Order.objects.select_for_update().filter(pk=order_id).first()
        if row is None:
            raise not_found(order_id)
        if row.voided_at or row.task_id not in (None, task_id) or row.file_sha256 not in ("", file_sha256):
            raise OrderRefused(
                f"Đơn sửa số {row.number} đã hủy, hoặc đã gắn nhiệm vụ hay tệp bàn giao khác.",
                f"Order {row.number} is void, or already has another task or hand-over file.",
            )
        row.task_id, row.file_sha256 = task_id, file_sha256
        row.save(update_fields=["task_id", "file_sha256"])
        ref = order_ref(row.group.slug, row.number)
        digest = hashlib.sha256(canonical({"ref": ref, "task": task_id, "file": file_sha256}).encode()).hexdigest()
        ledger.append(by, scope=row.group.slug, kind="order", object_id=ref, digest=digest, note={"task": task_id})
    return order_infos([row])[0]


def not_found(order_id: int) -> OrderNotFound:
    """Return the one answer for an order that is not there or not for the reader."""
    return OrderNotFound(
        f"Không có đơn sửa {order_id} trong phạm vi của bạn: mở lại danh sách đơn sửa.",
        f"There is no order {order_id} within your reach: open the list of orders again.",
    )


def order_progress(order_id: int) -> tuple[int, int]:
    """Return (proved, total) of an order, withdrawn findings left out."""
    if not Order.objects.filter(pk=order_id).exists():
        raise not_found(order_id)
    return progress_by_order([order_id]).get(order_id, (0, 0))


def findings_of_order(order_id: int) -> Iterator[FindingInfo]:
    """Return every finding of an order in the list's own order, for the file handed over to the agency."""
    row = Order.objects.filter(pk=order_id).first()
    if row is None:
        raise not_found(order_id)
    labels = run_labels(row.group_id)
    held = Finding.objects.filter(order=row).order_by("stt", "pk")
    return (finding_info(found, labels) for found in held.iterator(chunk_size=2000))


def withdraw(by: Permit, group_id: int, source: str, fingerprints: Iterable[str], until: date) -> int:
    """Set findings aside because the rule that found them is wrong, until a day; returns how many.

    They are proved by nobody and count in no total. The permit is for object kind `findings`, id `<group>:<source>`.
    """
    with transaction.atomic():
        dataset = lock(group_id, source)
        wanted = sorted(set(fingerprints))
        open_ones = Finding.objects.filter(group_id=group_id, source=source, status__in=OWED)
        done = 0
        for start in range(0, len(wanted), 500):
            batch = open_ones.filter(fingerprint__in=wanted[start : start + 500])
            done += batch.update(status=Status.WITHDRAWN.value, withdrawn_until=until)
        Run.objects.filter(group_id=group_id, source=source).update(before=None)
        digest = hashlib.sha256(canonical({"withdrawn": wanted, "until": until.isoformat()}).encode()).hexdigest()
        ledger.append(
            by,
            scope=dataset.group.slug,
            kind="findings",
            object_id=f"{dataset.group.slug}:{source}",
            digest=digest,
            note={"withdrawn": done, "until": until.isoformat()},
        )
    return done
