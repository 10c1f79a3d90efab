"""Lists of findings and orders, as far as a reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.db.models import Count, Q, QuerySet

from dean06.corrections.models import Finding, Order
from dean06.corrections.orders import NOTHING_RESTS, Paused, groups_to_order, not_found, resting
from dean06.corrections.rows import finding_info, order_infos, run_labels
from dean06.corrections.types import OPEN_STATES, CauseGroup, Filters, OrderInfo, Page
from dean06.offices.types import Viewer

NO_FILTERS = Filters()
NO_CODES: frozenset[str] = frozenset()


def _sees_all(viewer: Viewer, group_id: int, see_all: frozenset[str]) -> bool:
    """Say whether a reader sees the whole group; the charter says which roles do, this room does not."""
    return any(held.group_id == group_id and held.role in see_all for held in viewer.capacities)


def _orders_seen(viewer: Viewer, group_id: int, see_all: frozenset[str]) -> QuerySet[Order]:
    rows = Order.objects.filter(group_id=group_id)
    if _sees_all(viewer, group_id, see_all):
        return rows
    return rows.filter(agency__in=sorted(viewer.agencies_in(group_id)))


def orders(viewer: Viewer, group_id: int, *, source: str = "", see_all: frozenset[str] = NO_CODES) -> list[OrderInfo]:
    """Return the orders a reader may see in a group, the newest first: his agency's, or all."""
    rows = _orders_seen(viewer, group_id, see_all)
    if source:
        rows = rows.filter(source=source)
    return order_infos(rows.select_related("group").order_by("-number"))


def order(viewer: Viewer, order_id: int, *, see_all: frozenset[str] = NO_CODES) -> OrderInfo:
    """Return one order, if the reader may see it."""
    for group_id in sorted(viewer.groups):
        row = _orders_seen(viewer, group_id, see_all).select_related("group").filter(pk=order_id).first()
        if row is not None:
            return order_infos([row])[0]
    raise not_found(order_id)


def waiting(
    viewer: Viewer,
    group_id: int,
    *,
    source: str = "",
    see_all: frozenset[str] = NO_CODES,
    paused: Paused = NOTHING_RESTS,
) -> list[CauseGroup]:
    """Return the causes that wait for an order, for readers who see the whole group; none of a rule that rests."""
    return groups_to_order(group_id, source, paused=paused) if _sees_all(viewer, group_id, see_all) else []


def findings(
    viewer: Viewer,
    group_id: int,
    filters: Filters = NO_FILTERS,
    *,
    see_all: frozenset[str] = NO_CODES,
    own_sources: frozenset[str] = NO_CODES,
    number: int = 1,
    size: int = 50,
) -> Page:
    """Return a page of the findings a reader may see, in the list's own order.

    Args:
        viewer: who reads.
        group_id: whose findings.
        filters: what the list is narrowed to.
        see_all: roles that see the whole group, as the charter says.
        own_sources: sources the reader's agency answers for, as the charter says; ordered findings of the agency are
            seen without it.
        number: the page, from 1.
        size: rows on a page.
    """
    rows = _narrowed(_findings_seen(viewer, group_id, see_all, own_sources), filters)
    number = max(number, 1)
    start = (number - 1) * size
    labels = run_labels(group_id)
    listed = list(rows.order_by("source", "stt", "pk").values_list("pk", flat=True)[start : start + size])
    found = Finding.objects.in_bulk(listed)
    return Page(
        items=tuple(finding_info(found[key], labels) for key in listed),
        total=rows.count(),
        number=number,
        size=size,
    )


def count_by_source(
    viewer: Viewer,
    group_id: int,
    filters: Filters = NO_FILTERS,
    *,
    see_all: frozenset[str] = NO_CODES,
    own_sources: frozenset[str] = NO_CODES,
) -> dict[str, int]:
    """Return how many findings a reader may see of each source, in one query; arguments as those of `findings`."""
    rows = _narrowed(_findings_seen(viewer, group_id, see_all, own_sources), filters)
    return dict(rows.values("source").order_by("source").annotate(n=Count("pk")).values_list("source", "n"))


def open_counts(
    viewer: Viewer,
    group_id: int,
    by: tuple[Literal["source", "rule", "commune", "status"], ...],
    rules: frozenset[str] = NO_CODES,
    *,
    see_all: frozenset[str] = NO_CODES,
    own_sources: frozenset[str] = NO_CODES,
) -> dict[tuple[str, ...], int]:
    """Return how many open findings a reader may see by some of their marks, in one query; no rules named: of all."""
    rows = _findings_seen(viewer, group_id, see_all, own_sources).filter(status__in=[one.value for one in OPEN_STATES])
    if rules:
        rows = rows.filter(rule__in=sorted(rules))
    counted = rows.order_by().values_list(*by).annotate(n=Count("pk"))
    return {tuple(map(str, row[:-1])): int(row[-1]) for row in counted}


def orders_by_id(order_ids: Iterable[int]) -> list[OrderInfo]:
    """Return orders by their ids, for work."""
    return order_infos(list(Order.objects.filter(pk__in=list(order_ids)).select_related("group").order_by("number")))


def places_of_rule(group_id: int, source: str, rule: str, run_label: str) -> list[tuple[str, int]]:
    """Return where a rule found rows of a run wrong: (sheet, row), in the list's order."""
    rows = Finding.objects.filter(group_id=group_id, source=source, rule=rule, last_run__run_id=run_label)
    return [(name, row) for name, row in rows.order_by("stt").values_list("sheet", "dong")]


def paused_count(group_id: int, paused: Paused) -> int:
    """Return how many open findings of a group wait since their rule rests."""
    rows = Finding.objects.filter(group_id=group_id, status__in=[one.value for one in OPEN_STATES])
    return rows.filter(resting(paused)).count() if paused else 0


def _findings_seen(
    viewer: Viewer, group_id: int, see_all: frozenset[str], own_sources: frozenset[str]
) -> QuerySet[Finding]:
    rows = Finding.objects.filter(group_id=group_id)
    if _sees_all(viewer, group_id, see_all):
        return rows
    own = sorted(viewer.agencies_in(group_id))
    if not own:
        return rows.none()
    handed_over = Order.objects.filter(group_id=group_id, agency__in=own).values_list("pk", flat=True)
    return rows.filter(Q(order__in=handed_over) | Q(source__in=sorted(own_sources)))


def _narrowed(rows: QuerySet[Finding], filters: Filters) -> QuerySet[Finding]:
    wanted: dict[str, str | int | None] = {
        "source": filters.source or None,
        "cause": filters.cause or None,
        "field": filters.field or None,
        "commune": filters.commune or None,
        "order_id": filters.order_id,
        "last_run__run_id": filters.run_id or None,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if filters.statuses:
        rows = rows.filter(status__in=[status.value for status in filters.statuses])
    return rows
