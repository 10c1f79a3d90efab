"""The month before whose scores nobody has froze yet: whoever may is told while there is time, and on the last day."""

from __future__ import annotations

from dean06.clock import service as clock
from dean06.flows import scorecards
from dean06.flows.due.reminding import Message
from dean06.flows.telling import Address, Said, To
from dean06.offices.types import GroupInfo

DAYS_BEFORE = (3, 1)

__all__ = ["messages"]


def messages(group: GroupInfo) -> list[Message]:
    """Return what stands to be said today of the month before, where it has scores that nobody froze."""
    month = scorecards.unfrozen(group)
    if not month:
        return []
    last, today = scorecards.last_day(month), clock.today(group)
    left = (last - today).days
    if left not in DAYS_BEFORE:
        return []
    read = clock.as_read(month)
    return [
        Message(
            to=To(roles=tuple(sorted(scorecards.freezers()))),
            kind="scores_due",
            said=Said(
                vi=f"Bảng điểm tháng {read} chưa chốt: chốt trước ngày 12, hạn cuối {last:%d/%m/%Y}.",
                en=f"The scores of {read} are not frozen: freeze them before the 12th, by {last:%d/%m/%Y}.",
            ),
            clause=None,
            address=Address(route="scores-months"),
            key=f"scores:{month}:{left}",
        )
    ]
