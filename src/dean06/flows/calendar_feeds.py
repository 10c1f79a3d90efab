"""Addresses of calendars: made for oneself or for the group, shown once, revoked at will."""

from __future__ import annotations

from dean06.clock.errors import RefusedByCharter
from dean06.flows.authority import Act, permit
from dean06.meetings.service import calendars
from dean06.offices.types import GroupInfo, Viewer

KEEPERS = frozenset({"leader", "standing_deputy", "deputy", "standing_member", "secretariat", "clerk"})

__all__ = ["make", "revoke"]


def make(viewer: Viewer, group: GroupInfo, *, of_group: bool) -> str:
    """Make an address and return its secret part; it is told nowhere else."""
    roles = {one.role for one in viewer.capacities if one.group_id == group.id and not one.reading}
    if of_group and not roles & KEEPERS:
        raise RefusedByCharter(
            "Địa chỉ lịch của cả tổ do lãnh đạo và bộ máy giúp việc lập: bạn lập địa chỉ lịch của mình.",
            "The group's calendar is kept by its leaders and support: make your own.",
        )
    token = calendars.made()
    what = calendars.new_obj(group.slug, token, of_group=of_group)
    by = permit(Act(account=viewer.account, group=group, action="calendar_feed.set", obj=what))
    calendars.new_feed(by, group.id, group.slug, token, of_group=of_group)
    return token


def revoke(account: str, group: GroupInfo, feed_id: int) -> None:
    """Revoke an address."""
    what = calendars.revoke_obj(group.slug, feed_id)
    by = permit(Act(account=account, group=group, action="calendar_feed.set", obj=what))
    calendars.revoke(by, group.id, group.slug, feed_id)
