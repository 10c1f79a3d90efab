"""The visible control that moves a demonstration group's own day; a real group lives on the calendar's."""

from __future__ import annotations

from datetime import date

from dean06.flows.authority import Act, bind, permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

__all__ = ["move"]


def move(account: str, group: GroupInfo, day: date) -> None:
    """Move the day of a demonstration group, and record who moved it."""
    obj = bind("group", f"{group.slug}:{day.isoformat()}", day=day)
    facts = {"group.is_demonstration": group.is_demo}
    by = permit(Act(account=account, group=group, action="demo.move_day", obj=obj, facts=facts))
    offices.move_day(by, group.id, day)
