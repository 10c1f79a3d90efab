"""Findings and orders as the room hands them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count, Q

from dean06.corrections.models import Finding, Order, Run
from dean06.corrections.types import FindingInfo, OrderInfo, Status

PROVED = Count("pk", filter=Q(status=Status.PROVED.value))
COUNTED = Count("pk", filter=~Q(status=Status.WITHDRAWN.value))


def order_ref(slug: str, number: int) -> str:
    """Return the id under which permits and the ledger name an order."""
    return f"{slug}:{number}"


def progress_by_order(order_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return (proved, total) of orders, withdrawn findings left out."""
    rows = Finding.objects.filter(order_id__in=list(order_ids))
    counted = rows.order_by().values("order_id").annotate(proved=PROVED, total=COUNTED)
    return {row["order_id"]: (row["proved"], row["total"]) for row in counted}


def order_infos(rows: Iterable[Order]) -> list[OrderInfo]:
    """Return orders as other rooms know them, each with its progress; two queries whatever their number."""
    listed = list(rows)
    progress = progress_by_order(row.pk for row in listed)
    return [_order_info(row, *progress.get(row.pk, (0, 0))) for row in listed]


def _order_info(row: Order, proved: int, total: int) -> OrderInfo:
    return OrderInfo(
        id=row.pk,
        ref=order_ref(row.group.slug, row.number),
        group_id=row.group_id,
        number=row.number,
        source=row.source,
        cause=row.cause,
        agency=row.agency,
        article=row.article,
        clause=row.clause,
        point=row.point,
        reading=row.reading,
        task_id=row.task_id,
        opened_at=row.opened_at,
        due=row.due,
        count=row.count,
        permit=row.permit,
        file_sha256=row.file_sha256,
        voided_at=row.voided_at,
        proved=proved,
        total=total,
        first_due=row.first_due,
        paused=row.paused,
    )


def run_labels(group_id: int) -> dict[int, str]:
    """Return the ids by which other rooms know the runs of a group; a join would drag their states along."""
    return dict(Run.objects.filter(group_id=group_id).values_list("pk", "run_id"))


def finding_info(row: Finding, labels: Mapping[int, str]) -> FindingInfo:
    """Return a finding as other rooms know it, its runs by their labels."""
    return FindingInfo(
        id=row.pk,
        fingerprint=row.fingerprint,
        record=row.record,
        source=row.source,
        field=row.field,
        rule=row.rule,
        cause=row.cause,
        severity=row.severity,
        commune=row.commune,
        sheet=row.sheet,
        dong=row.dong,
        stt=row.stt,
        first_run=labels[row.first_run_id],
        last_run=labels[row.last_run_id],
        status=Status(row.status),
        order_id=row.order_id,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closed_by_run=labels[row.closed_by_id] if row.closed_by_id else None,
        reopened=row.reopened,
    )
