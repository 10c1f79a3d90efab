"""Counts of registers for a report: by what had happened up to the end of its span, whatever happened later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dean06.clock import service as clock
from dean06.work.models import Entry, EntryEvent
from dean06.work.registers import library
from dean06.work.registers.definition import CLOSED
from dean06.work.registers.succession import INHERITED
from dean06.work.registers.types import Happening, RegisterCount

MOVES = (Happening.OPENED.value, Happening.MOVED.value)


@dataclass(slots=True)
class _Story:
    """Where one entry stood at the end of a span, and since when it was closed."""

    state: str = ""
    opened: datetime | None = None
    closed: datetime | None = None


@clock.once_a_moment
def counts(group_id: int, span: tuple[datetime, datetime]) -> tuple[RegisterCount, ...]:
    """Return the facts of every register in a span, its end excluded, as lists of entries; three queries."""
    since, until = span
    told = Entry.objects.filter(group_id=group_id, opened_at__lt=until)
    known = [row for row in told.values_list("pk", "register", "since", "origin") if row[1] in library.definitions()]
    registers = {pk: (register, day) for pk, register, day, _ in known}
    taken_over = {pk for pk, _, _, origin in known if origin.startswith(INHERITED)}
    stories = _stories(group_id, until, {pk: register for pk, (register, _) in registers.items()})
    made = []
    for code, definition in library.definitions().items():
        own = {pk: stories[pk] for pk, (register, _) in registers.items() if register == code and pk in stories}
        open_ = [pk for pk, story in own.items() if definition.state(story.state).kind not in CLOSED]
        oldest = min(open_, key=lambda pk: (registers[pk][1], pk), default=None)
        made.append(
            RegisterCount(
                register=code,
                opened=_sorted(
                    pk for pk, story in own.items() if story.opened and story.opened >= since and pk not in taken_over
                ),
                settled=_sorted(pk for pk, story in own.items() if story.closed and story.closed >= since),
                open=_sorted(open_),
                oldest=oldest,
                oldest_since=registers[oldest][1] if oldest is not None else None,
            )
        )
    return tuple(made)


def _stories(group_id: int, until: datetime, registers: dict[int, str]) -> dict[int, _Story]:
    """Return how each entry stood at an instant; one whose opening was taken back tells nothing."""
    moves = EntryEvent.objects.filter(group_id=group_id, kind__in=MOVES, at__lt=until, undone=False)
    stories: dict[int, _Story] = {}
    for pk, kind, state, at in moves.order_by("pk").values_list("entry_id", "kind", "state_after", "at"):
        if pk not in registers:
            continue
        story = stories.setdefault(pk, _Story())
        was = story.closed
        story.state = state
        story.opened = at if kind == Happening.OPENED.value else story.opened
        closed = library.definitions()[registers[pk]].state(state).kind in CLOSED
        story.closed = (was or at) if closed else None
    return {pk: story for pk, story in stories.items() if story.opened is not None}


def _sorted(ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(ids))
