"""A reader's notices: how many are new, a page of them, and that they were read."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count

from dean06.clock import service as clock
from dean06.notices.errors import NoticeNotFound
from dean06.notices.reading import info, seen_by
from dean06.notices.types import NoticeInfo, Page
from dean06.offices.types import Viewer

__all__ = ["mark_all_read", "mark_read", "of", "unread_by_group", "unread_by_kind", "unread_count"]


def unread_count(viewer: Viewer) -> int:
    """Return how many notices are new to a reader, over all their groups."""
    return seen_by(viewer).filter(read_at=None, in_app=True).count()


def unread_by_kind(viewer: Viewer, group_id: int | None = None) -> dict[str, int]:
    """Return how many are new by kind, in one group where it is named."""
    rows = seen_by(viewer).filter(read_at=None, in_app=True)
    rows = rows.filter(group_id=group_id) if group_id else rows
    return dict(rows.values_list("kind").annotate(count=Count("pk")).order_by("-count", "kind"))


def unread_by_group(viewer: Viewer) -> dict[int, int]:
    """Return how many are new by group."""
    rows = seen_by(viewer).filter(read_at=None, in_app=True)
    return dict(rows.values_list("group_id").annotate(count=Count("pk")).order_by("group_id"))


def of(
    viewer: Viewer,
    group_id: int | None = None,
    *,
    kinds: Collection[str] = (),
    unread: bool = False,
    number: int = 1,
    size: int = 40,
) -> Page:
    """Return a page of a reader's notices, newest first: of one group, or of all they sit in."""
    rows = seen_by(viewer).filter(in_app=True)
    if group_id is not None:
        rows = rows.filter(group_id=group_id)
    if kinds:
        rows = rows.filter(kind__in=sorted(kinds))
    if unread:
        rows = rows.filter(read_at=None)
    number = max(number, 1)
    start = (number - 1) * size
    found = rows.select_related("letter").order_by("-at", "-pk")[start : start + size]
    return Page(items=tuple(info(row) for row in found), total=rows.count(), number=number, size=size)


def mark_read(viewer: Viewer, notice_id: int) -> NoticeInfo:
    """Write down that a reader opened a notice, and return it."""
    row = seen_by(viewer).select_related("letter").filter(pk=notice_id).first()
    if row is None:
        raise NoticeNotFound(
            f"Không có tin {notice_id} của bạn: mở lại trang tin báo.",
            f"There is no notice {notice_id} of yours: open the page of notices again.",
        )
    if row.read_at is None:
        row.read_at = clock.now()
        row.save(update_fields=["read_at"])
    return info(row)


def mark_all_read(viewer: Viewer, group_id: int | None = None) -> int:
    """Write down that a reader has seen all that is new, in one group where it is named; returns how many that was."""
    rows = seen_by(viewer).filter(read_at=None)
    return (rows.filter(group_id=group_id) if group_id is not None else rows).update(read_at=clock.now())
