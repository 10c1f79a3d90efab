"""An entry as stored, as the room hands it out, and as its events are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from dean06.charter.types import Permit
from dean06.clock.service import TZ
from dean06.orthography import service as orthography
from dean06.work.errors import EntryNotFound
from dean06.work.models import Entry, EntryEvent
from dean06.work.registers import library
from dean06.work.registers.binding import state_digest
from dean06.work.registers.definition import CLOSED, Definition
from dean06.work.registers.types import (
    EntryInfo,
    EntrySlot,
    HappenedInfo,
    Happening,
    Level,
    Value,
    Values,
)
from dean06.work.registers.values import texts

Changed = Mapping[str, tuple[Value | None, Value | None]]


def slot_of(row: Entry) -> EntrySlot:
    """Return the number of a stored entry and the id under which the ledger names it."""
    return EntrySlot(group_id=row.group_id, register=row.register, year=row.year, number=row.number, ref=ref_of(row))


def ref_of(row: Entry) -> str:
    """Return the id under which permits and the ledger name an entry."""
    return ref(row.group.slug, row.register, row.year, row.number)


def ref(slug: str, register: str, year: int, number: int) -> str:
    """Return the id of an entry: `slug:VM-2022-3`."""
    return f"{slug}:{library.definitions()[register].prefix}-{year}-{number}"


def fill(row: Entry, definition: Definition, values: Values, on: date) -> None:
    """Set an entry's values, and the columns that its definition draws from them."""

    def drawn(code: str | None) -> str:
        return str(values.get(code, "")) if code else ""

    partners = values.get(definition.partners or "")
    row.values = dict(values)
    row.title = drawn(definition.heading)[:300]
    row.agency = drawn(definition.agency)
    row.partners = f";{';'.join(partners)};"[:300] if isinstance(partners, list) and partners else ""
    row.due = _day(drawn(definition.deadline))
    row.since = _day(drawn(definition.since)) or on
    number = f"{definition.prefix} {row.number} {row.year}"
    row.search = orthography.search_key(" ".join([number, row.agency, *texts(definition, values)]))[:1200]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def place(row: Entry, definition: Definition, state: str) -> None:
    """Set an entry's state, and whether work is owed in it."""
    row.state = state
    row.closed = definition.state(state).kind in CLOSED


def info(row: Entry) -> EntryInfo:
    """Return a stored entry as other rooms know it."""
    definition = library.definitions()[row.register]
    return EntryInfo(
        id=row.pk,
        ref=ref_of(row),
        group_id=row.group_id,
        register=row.register,
        year=row.year,
        number=row.number,
        prefix=definition.prefix,
        title=row.title,
        values=row.values,
        state=row.state,
        kind=definition.state(row.state).kind,
        level=Level(row.level),
        agency=row.agency,
        partners=tuple(code for code in row.partners.split(";") if code),
        due=row.due,
        since=row.since,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        opened_by=row.opened_by,
        revision=row.revision,
        origin=row.origin,
    )


def locked(entry_id: int) -> Entry:
    """Return an entry whose row no other act may change until this transaction ends."""
    row = Entry.objects.select_for_update(of=("self",)).select_related("group").filter(pk=entry_id).first()
    if row is None or row.register not in library.definitions():
        raise not_found(entry_id)
    return row


def not_found(entry_id: int) -> EntryNotFound:
    """Return the one answer for an entry that is not there or not for the reader."""
    return EntryNotFound(
        f"Không có mục {entry_id} trong phạm vi của bạn: mở lại sổ theo dõi.",
        f"There is no entry {entry_id} within your reach: open the register again.",
    )


def digest(row: Entry) -> str:
    """Return the SHA-256 (hex) of an entry as it stands."""
    return state_digest(ref_of(row), row.revision, row.state, row.level, row.values)


def closed_since(definition: Definition, events: Iterable[EntryEvent]) -> datetime | None:
    """Return since when an entry is closed, from what happened and was not undone, oldest first; None while open."""
    since: datetime | None = None
    for one in events:
        if one.kind not in (Happening.OPENED.value, Happening.MOVED.value):
            continue
        if definition.state(one.state_after).kind not in CLOSED:
            since = None
        elif since is None:
            since = one.at
    return since


def record(
    by: Permit,
    row: Entry,
    kind: Happening,
    *,
    before: tuple[str, str, str] = ("", "", ""),
    changed: Changed | None = None,
    move: str = "",
    note: str = "",
    paper: str = "",
) -> EntryEvent:
    """Write down one thing that happened to an entry.

    `before` are the digest, state and level that it found; `changed` the old and new value of each field.
    """
    return EntryEvent.objects.create(
        group_id=row.group_id,
        entry=row,
        at=by.at,
        kind=kind.value,
        move=move,
        state_before=before[1],
        state_after=row.state,
        actor=by.actor.account,
        role=by.actor.role,
        agency=by.actor.agency or "",
        seat=by.actor.seat,
        citations=list(by.citation_labels()),
        charter=by.charter_hash,
        line=by.charter_line,
        outcome=by.outcome,
        permit=by.digest(),
        paper=paper[:120],
        before=before[0],
        after=digest(row),
        changed={code: list(pair) for code, pair in (changed or {}).items()},
        level_before=before[2],
        note=note[:120],
    )


def happened(row: EntryEvent) -> HappenedInfo:
    """Return a stored event as other rooms know it."""
    return HappenedInfo(
        id=row.pk,
        at=row.at,
        kind=Happening(row.kind),
        move=row.move,
        before=row.state_before,
        after=row.state_after,
        actor=row.actor,
        role=row.role,
        agency=row.agency,
        citations=tuple(row.citations),
        charter=row.charter if row.line else "",
        outcome=row.outcome,
        permit=row.permit,
        paper=row.paper,
        changed={code: (pair[0], pair[1]) for code, pair in row.changed.items()},
        note=row.note,
        undone=row.undone,
    )


def local_day(at: datetime) -> date:
    """Return the day of an instant in Viet Nam."""
    return at.astimezone(TZ).date()
