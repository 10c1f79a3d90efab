"""What the registers of the group's work tell a report: opened, settled, left open, each with the entries behind it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dean06.offices.types import GroupInfo
from dean06.reports.types import Fact, Source
from dean06.work.service import registers
from dean06.work.service.registers import EntryInfo, RegisterCount

COUNTED = (("moi", "phát sinh trong kỳ"), ("xong", "xong trong kỳ"), ("con", "chưa xong cuối kỳ"))

__all__ = ["register_facts"]


def register_facts(group: GroupInfo, span: tuple[datetime, datetime], base: Source) -> list[Fact]:
    """Return the facts of every register that has something to tell of a span, its end excluded."""
    told = [one for one in registers.counts(group.id, span) if one.opened or one.settled or one.open]
    known = {one.id: one for one in registers.entries_of_group(group.id, *(one.register for one in told))}
    return [fact for one in told for fact in _of(one, known, base)]


def _of(one: RegisterCount, known: dict[int, EntryInfo], base: Source) -> Iterable[Fact]:
    title = registers.definition(one.register).title.vi
    for (key, said), ids in zip(COUNTED, (one.opened, one.settled, one.open), strict=True):
        # An entry is named by its number alone: what it says may be for fewer people than the report is.
        behind = tuple(
            Source(kind="entry", id=f"{one.register}/{pk}", label=known[pk].label) for pk in ids if pk in known
        )
        yield Fact(
            code=f"st.{one.register.replace('-', '_')}.{key}",
            label=f"{title}: {said}",
            value=len(ids),
            sources=behind or (base,),
        )
