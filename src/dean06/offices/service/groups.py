"""Groups of the installation: found, looked up, moved to another day where they are of a demonstration."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.models import Agency, Group, Service
from dean06.offices.rows import info
from dean06.offices.types import GroupInfo, NewGroup, Viewer

SLUG = re.compile(r"(?=.{1,30}$)[a-z0-9]+(?:-[a-z0-9]+)*")

__all__ = [
    "all_groups",
    "children",
    "create_group",
    "group",
    "group_by_id",
    "groups_seen_by",
    "move_day",
]


def group(slug: str) -> GroupInfo:
    """Return a group by its slug."""
    row = Group.objects.filter(slug=slug).first()
    if row is None:
        raise BadInput(
            f"Không có tổ công tác «{slug}»: xem danh sách bằng «dean06 group list».",
            f"There is no group {slug!r}: list them with `dean06 group list`.",
        )
    return info(row)


def group_by_id(group_id: int) -> GroupInfo:
    """Return a group by its number."""
    return info(Group.objects.get(pk=group_id))


def all_groups() -> list[GroupInfo]:
    """Return every group of the installation, for its own work; screens use `groups_seen_by`."""
    return [info(row) for row in Group.objects.order_by("pk")]


def groups_seen_by(viewer: Viewer) -> list[GroupInfo]:
    """Return the groups in which the reader sits."""
    return [info(row) for row in Group.objects.filter(pk__in=viewer.groups).order_by("pk")]


def children(viewer: Viewer, group_id: int) -> list[GroupInfo]:
    """Return the groups under a group whose summaries the reader sees, by name."""
    rows = Group.objects.filter(parent_id=group_id, pk__in=viewer.children, ended_on=None)
    return [info(row) for row in rows.order_by("short_name", "pk")]


def create_group(by: Permit, new: NewGroup, agencies_: Iterable[tuple[str, str, str]]) -> GroupInfo:
    """Set up a group with its agencies, each as (code, name, short name); codes are those of its charter."""
    if not SLUG.fullmatch(new.slug):
        raise BadInput(
            f"Tên ngắn của tổ «{new.slug}» phải gồm chữ thường không dấu, số, gạch nối, tối đa 30 ký tự.",
            f"The group's short name {new.slug!r} takes small letters without marks, digits and hyphens, at most 30.",
        )
    if Group.objects.filter(slug=new.slug).exists():
        raise BadInput(f"Đã có tổ công tác «{new.slug}».", f"There is a group {new.slug!r} already.")
    with transaction.atomic():
        row = Group.objects.create(
            slug=new.slug,
            name=new.name,
            short_name=new.short_name,
            level=new.level,
            unit_code=new.unit_code,
            unit_on=new.unit_on,
            charter_line=new.charter_line,
            own_day=new.own_day,
            is_demo=new.is_demo,
            parent_id=new.parent_id,
            created_at=by.at,
        )
        row.predecessors.set(Group.objects.filter(slug__in=new.predecessors))
        for code, name, short_name in agencies_:
            Service.objects.create(group=row, agency=_agency(new, name, short_name), code=code)
        digest = new.digest()
        ledger.append(by, scope=new.slug, kind="group", object_id=new.slug, digest=digest, bound=digest)
    return info(row)


def move_day(by: Permit, group_id: int, day: date) -> None:
    """Move a demonstration group's own day; real groups live on the calendar's day and are refused."""
    with transaction.atomic():
        row = Group.objects.select_for_update().get(pk=group_id)
        if not row.is_demo:
            raise BadInput("Chỉ tổ trình diễn mới có ngày riêng.", "Only a demonstration group has a day of its own.")
        row.own_day = day
        row.save(update_fields=["own_day"])
        digest = digest_of(day=day)
        object_id = f"{row.slug}:{day.isoformat()}"
        ledger.append(by, scope=row.slug, kind="group", object_id=object_id, digest=digest, bound=digest)


def _agency(new: NewGroup, name: str, short_name: str) -> Agency:
    """Return the agency of this name that serves a group before this one, else a new one.

    Two districts each have an office of justice: a name alone makes no two of them the same.
    """
    before = (
        Service.objects.filter(group__slug__in=new.predecessors, agency__name=name).select_related("agency").first()
    )
    return before.agency if before else Agency.objects.create(name=name, short_name=short_name)
