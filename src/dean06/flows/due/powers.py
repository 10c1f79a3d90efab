"""Acting powers that begin: whoever acts for another from today on is told on that very day, once."""

from __future__ import annotations

from datetime import timedelta

from dean06.clock import service as clock
from dean06.flows.due.reminding import Message
from dean06.flows.news.people import acting_words
from dean06.flows.powers import Acting, actings
from dean06.flows.telling import Address, To
from dean06.offices.types import GroupInfo

# How long after its start the beginning of a power is still worth telling.
BEGUN_FOR = timedelta(days=2)

__all__ = ["messages"]


def messages(group: GroupInfo) -> list[Message]:
    """Return what stands to be said today of powers that begin or have just begun."""
    return [_message(one) for one in actings(group) if _begins(group, one)]


def _begins(group: GroupInfo, one: Acting) -> bool:
    now, today = clock.now(group), clock.today(group)
    day = one.since.astimezone(clock.TZ).date()
    return day <= today <= day + BEGUN_FOR and now < one.until


def _message(one: Acting) -> Message:
    return Message(
        to=To(roles=(one.role,)),
        kind="acting",
        said=acting_words(one),
        clause=one.clauses[0] if one.clauses else None,
        address=Address(route="offices-powers"),
        key=f"acting:{one.basis}:{one.record}:begins:{one.since:%Y%m%d%H%M}",
    )
