"""What people are told of the charter: that another text is adopted, and from which day it binds."""

from __future__ import annotations

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.flows.news.passing_on import Story, number_of, pass_on
from dean06.flows.telling import Address, Said, To
from dean06.ledger.service import Followed
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo

ADOPTING = "charter.adopt"

__all__ = ["tell_of_draft"]


def tell_of_draft(group: GroupInfo, act: Followed) -> None:
    """Tell everybody who sits in a group once two people have adopted a draft; until then it binds nobody."""
    number = number_of(act.object_id)
    if act.action != ADOPTING or number is None:
        return
    draft = adoption.draft(group.id, number)
    if draft is None or draft.state != "adopted" or draft.adoption is None:
        return
    since = f"{draft.adoption.in_force_from:%d/%m/%Y}"
    said = Said(
        vi=f"Quy chế được sửa đổi theo {draft.adoption.instrument}, có hiệu lực từ ngày {since}.",
        en=f"The charter is amended by {draft.adoption.instrument}, in force from {since}.",
    )
    seats = tuple(seat.seat_id for seat in offices.holders(group.id, clock.today(group)) if seat.account)
    story = Story(
        kind="charter_changed", said=said, address=Address(route="charter"), key=f"charter:{draft.id}:adopted"
    )
    pass_on(group, act, To(seats=seats), story)
