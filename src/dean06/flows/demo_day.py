"""The visible control that moves a demonstration group's own day; a real group lives on the calendar's."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from dean06.clock import service as clock
from dean06.flows.authority import Act, bind, permit
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

__all__ = ["move"]


def move(account: str, group: GroupInfo, day: date) -> None:
    """Move the day of a demonstration group, and record who moved it."""
    obj = bind("group", f"{group.slug}:ngay:{clock.now():%Y%m%d%H%M%S%f}", day=day)
    facts = {"group.is_demonstration": group.is_demo}
    by = permit(Act(account=account, group=group, action="demo.move_day", obj=obj, facts=facts))
    with transaction.atomic():
        offices.move_day(group.id, day)
        ledger.append(by, scope=group.slug, kind=obj.kind, object_id=obj.id, digest=obj.digest)
