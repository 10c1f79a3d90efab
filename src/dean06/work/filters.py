"""Filters that people keep for the list of tasks, for themselves or for the whole group."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.work.errors import TaskRefused
from dean06.work.models import SavedFilter
from dean06.work.types import FilterInfo

MOST = 40

__all__ = ["filter_digest", "forget_filter", "keep_filter", "saved_filters"]


def filter_digest(name: str, query: str, *, shared: bool, dropped: bool = False) -> str:
    """Return the SHA-256 (hex) to which the permit of keeping or dropping a filter is bound."""
    return digest_of(name=name, query=query, shared=shared, dropped=dropped)


def keep_filter(by: Permit, group_id: int, name: str, query: str, *, shared: bool) -> FilterInfo:
    """Keep a filter under a name, in place of one's own of that name."""
    name = " ".join(name.split())[:80]
    if not name or len(query) > 500:
        raise TaskRefused("Đặt tên cho bộ lọc rồi lưu lại.", "Give the filter a name, then keep it.")
    with transaction.atomic():
        own = SavedFilter.objects.filter(group_id=group_id, account=by.actor.account)
        if own.exclude(name=name).count() >= MOST:
            raise TaskRefused(
                f"Bạn đã lưu {MOST} bộ lọc: bỏ bớt một bộ rồi lưu.", f"You keep {MOST} filters: drop one first."
            )
        row, _ = SavedFilter.objects.update_or_create(
            group_id=group_id,
            account=by.actor.account,
            name=name,
            defaults={"query": query, "shared": shared, "kept_at": by.at},
        )
        _enter(by, group_id, filter_digest(name, query, shared=shared))
    return _info(row, by.actor.account)


def forget_filter(by: Permit, group_id: int, filter_id: int) -> None:
    """Drop one's own filter."""
    with transaction.atomic():
        row = SavedFilter.objects.filter(pk=filter_id, group_id=group_id, account=by.actor.account).first()
        if row is None:
            raise TaskRefused("Bạn không có bộ lọc này.", "You keep no such filter.")
        digest = filter_digest(row.name, row.query, shared=row.shared, dropped=True)
        row.delete()
        _enter(by, group_id, digest)


def _enter(by: Permit, group_id: int, digest: str) -> None:
    slug = offices.group_by_id(group_id).slug
    ledger.append(by, scope=slug, kind="filter", object_id=by.obj.id, digest=digest, bound=digest)


def saved_filters(viewer: Viewer, group_id: int) -> tuple[FilterInfo, ...]:
    """Return a reader's own filters and those that others of the group share."""
    if not viewer.sits_in(group_id):
        return ()
    rows = SavedFilter.objects.filter(Q(account=viewer.account) | Q(shared=True), group_id=group_id)
    return tuple(_info(row, viewer.account) for row in rows)


def _info(row: SavedFilter, account: str) -> FilterInfo:
    return FilterInfo(id=row.pk, name=row.name, query=row.query, shared=row.shared, own=row.account == account)
