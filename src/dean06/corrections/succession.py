"""Orders of a group that ends: what is still to be proved goes on in a successor, whose next delivery can prove it.

A finding keeps its fingerprint, so a later list handed in to the successor proves or contradicts it as it would have
done before. The old order and its findings stay as they stood on the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Count, Q, QuerySet

from dean06.charter.types import Permit
from dean06.corrections.models import Finding, Order, Run
from dean06.corrections.orders import OWED, not_found
from dean06.corrections.rows import order_infos, progress_by_order
from dean06.corrections.runs import last_run, lock
from dean06.corrections.storing import batches
from dean06.corrections.tallies import tally
from dean06.corrections.types import OrderInfo, Status, TakenOver
from dean06.ledger import service as ledger

LATER = {"order_id": None, "status__in": OWED}


ByUnit = dict[int, dict[str, int]]


def open_by_unit(order_ids: Iterable[int]) -> ByUnit:
    """Return how many findings of orders are still to be proved, by order and the unit code of the row (or empty)."""
    return _by_unit(Finding.objects.filter(order_id__in=list(order_ids), status__in=OWED))


def held_by_unit(order_ids: Iterable[int], group_id: int) -> ByUnit:
    """Return how many of these another group has dealt with or ordered by itself, by order and unit code."""
    there = Finding.objects.filter(group_id=group_id).exclude(**LATER).values("fingerprint")
    rows = Finding.objects.filter(order_id__in=list(order_ids), status__in=OWED, fingerprint__in=there)
    return _by_unit(rows)


def _by_unit(rows: QuerySet[Finding]) -> ByUnit:
    found: ByUnit = {}
    for row in rows.order_by().values("order_id", "commune").annotate(n=Count("pk")):
        found.setdefault(row["order_id"], {})[row["commune"]] = row["n"]
    return found


def unordered(group_id: int) -> int:
    """Return how many open findings of a group no order holds."""
    return Finding.objects.filter(group_id=group_id, **LATER).count()


def hand_over_order(by: Permit, order_id: int, new: TakenOver) -> OrderInfo:
    """Let the open findings of an order go on in a successor, under an order of its own; returns that order.

    Findings that the successor has dealt with or ordered by itself stay there as they are. A part of the hand-over of
    the old group, whose one entry must stand already.
    """
    row = Order.objects.select_related("group").filter(pk=order_id).first()
    if row is None:
        raise not_found(order_id)
    ledger.require_recorded(by, row.group.slug)
    group_id = new.slot.group_id
    lock(row.group_id, row.source)
    lock(group_id, row.source)
    run = _carrier(by, row, group_id)
    made = _order(by, row, new)
    for batch in batches(_open(row.pk, new.communes).iterator(chunk_size=2000)):
        made.count += _carry(batch, made, run)
    made.save(update_fields=["count"])
    _retell(run)
    return order_infos([made])[0]


def carry_task(by: Permit, old_order_id: int, order_id: int, task_id: int) -> None:
    """Write down the task that carries an order that was taken over; a part of the hand-over of the old group."""
    ledger.require_recorded(by, Order.objects.select_related("group").get(pk=old_order_id).group.slug)
    Order.objects.filter(pk=order_id, task_id=None).update(task_id=task_id)


def _open(order_id: int, communes: frozenset[str] | None) -> QuerySet[Finding]:
    rows = Finding.objects.filter(order_id=order_id, status__in=OWED).order_by("pk")
    return rows if communes is None else rows.filter(commune__in=sorted(communes))


def _carrier(by: Permit, row: Order, group_id: int) -> Run:
    """Return the run of the old group that saw the findings last, as the successor knows it; its rows stay there."""
    last = last_run(row.group_id, row.source)
    label = last.run_id if last else ""
    Run.objects.filter(group_id=group_id, source=row.source).update(before=None)
    made, _ = Run.objects.get_or_create(
        group_id=group_id,
        run_id=label,
        defaults={"source": row.source, "at": by.at, "complete": False, "tally": {}, "permit": by.digest()},
    )
    return made


def _order(by: Permit, row: Order, new: TakenOver) -> Order:
    return Order.objects.create(
        group_id=new.slot.group_id,
        number=new.slot.number,
        source=row.source,
        cause=row.cause,
        agency=new.agency,
        article=row.article,
        clause=row.clause,
        point=row.point,
        reading=new.reading,
        opened_at=by.at,
        due=row.due,
        count=0,
        permit=by.digest(),
    )


def _carry(batch: list[Finding], order: Order, run: Run) -> int:
    """Carry findings to an order of a successor; returns how many it holds now."""
    prints = [one.fingerprint for one in batch]
    here = Finding.objects.filter(group_id=order.group_id, fingerprint__in=prints)
    known = set(here.values_list("fingerprint", flat=True))
    taken = here.filter(**LATER).update(order=order)
    fresh = list(_copies((one for one in batch if one.fingerprint not in known), order, run))
    Finding.objects.bulk_create(fresh, batch_size=200)
    return taken + len(fresh)


def _copies(found: Iterator[Finding], order: Order, run: Run) -> Iterator[Finding]:
    for one in found:
        yield Finding(
            group_id=order.group_id,
            source=one.source,
            fingerprint=one.fingerprint,
            record=one.record,
            field=one.field,
            rule=one.rule,
            cause=one.cause,
            severity=one.severity,
            commune=one.commune,
            sheet=one.sheet,
            dong=one.dong,
            stt=one.stt,
            first_run=run,
            last_run=run,
            status=one.status,
            order=order,
            opened_at=one.opened_at,
            reopened=one.reopened,
        )


def _retell(run: Run) -> None:
    """Count anew what stands open of the source in the successor."""
    rows = Finding.objects.filter(group_id=run.group_id, source=run.source)
    counted: Counter[tuple[str, str, str]] = Counter()
    standing = rows.filter(Q(status__in=OWED) | Q(status=Status.WITHDRAWN.value))
    for part in standing.order_by().values("status", "cause", "commune").annotate(n=Count("pk")):
        kind = "withdrawn" if part["status"] == Status.WITHDRAWN else "still_open"
        counted[kind, part["cause"], part["commune"]] += part["n"]
    orders = Order.objects.filter(group_id=run.group_id, source=run.source)
    run.tally = tally(counted, progress_by_order(orders.values_list("pk", flat=True)))
    run.save(update_fields=["tally"])
