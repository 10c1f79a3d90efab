"""Entries of registers near or past their last day: the agency that answers for one is told, once a stage."""

from __future__ import annotations

from datetime import timedelta

from dean06.clock import service as clock
from dean06.flows.due.reminding import Message
from dean06.flows.news.entries import entry_words
from dean06.flows.news.passing_on import clause_of
from dean06.flows.telling import Address, Said, To
from dean06.offices.types import GroupInfo
from dean06.work.service import registers
from dean06.work.service.registers import EntryInfo

SOON = timedelta(days=3)
# How long an entry that is overdue is worth telling of for the first time.
LATE_FOR = timedelta(days=14)

__all__ = ["messages"]


def messages(group: GroupInfo) -> list[Message]:
    """Return what stands to be said today of the entries of a group's registers."""
    today = clock.today(group)
    found = []
    for one in registers.owed_in_group(group.id, today + SOON):
        if one.due is not None and one.due >= today - LATE_FOR:
            late = one.due < today
            begins = one.due + timedelta(days=1) if late else one.due - SOON
            if one.opened_at.astimezone(clock.TZ).date() < begins:  # what is opened later is told by that very act
                found.append(_message(group, one, late=late))
    return found


def _message(group: GroupInfo, one: EntryInfo, *, late: bool) -> Message:
    vi, en, restricted = entry_words(one)
    due = f"{one.due:%d/%m/%Y}"
    told = (f"quá hạn {due}", f"was due on {due}") if late else (f"đến hạn {due}", f"is due on {due}")
    return Message(
        to=To(agencies=(one.agency,)),
        kind="entry_due",
        said=Said(
            vi=f"Sổ theo dõi, {told[0]}: {vi}.", en=f"In a register, what {told[1]}: {en}.", restricted=restricted
        ),
        clause=clause_of(group, "entry_due"),
        address=Address(route="tracking-one", args=(one.register, one.id)),
        key=f"entry:{one.ref}:{due}:{'late' if late else 'soon'}",
    )
