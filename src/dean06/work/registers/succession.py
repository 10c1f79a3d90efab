"""Registers of a group that ends: what is open in them goes on in a successor; the old entries stay as they stood."""

from __future__ import annotations

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.work.errors import EntryRefused
from dean06.work.models import Entry
from dean06.work.registers import library
from dean06.work.registers.acts import reserve
from dean06.work.registers.definition import FieldType
from dean06.work.registers.rows import fill, info, local_day, place, record, ref_of
from dean06.work.registers.types import EntryInfo, EntrySlot, Happening

INHERITED = "tu:"

__all__ = ["INHERITED", "live_entries", "pass_entries_on"]


def live_entries(group_id: int) -> tuple[EntryInfo, ...]:
    """Return what is still open in a group's registers, by register and number; one query."""
    rows = Entry.objects.filter(group_id=group_id, closed=False, register__in=library.definitions())
    return tuple(info(row) for row in rows.select_related("group").order_by("register", "year", "number"))


def pass_entries_on(by: Permit, group_id: int, heir: GroupInfo, seen: tuple[str, ...]) -> list[EntryInfo]:
    """Let every open entry of a group go on in a successor, under a number of its own; it names where it came from.

    A part of the hand-over of the group, whose one entry must stand already; `seen` are the ids that its record names.
    What came of a norm, such as the list of integrations, is not made twice where the successor has it.
    """
    ledger.require_recorded(by, offices.group_by_id(group_id).slug)
    rows = Entry.objects.select_for_update(of=("self",)).filter(
        group_id=group_id, closed=False, register__in=library.definitions()
    )
    listed = list(rows.select_related("group").order_by("register", "year", "number"))
    if tuple(ref_of(row) for row in listed) != seen:
        raise EntryRefused(
            "Sổ theo dõi của tổ vừa đổi: mở lại trang bàn giao rồi xác nhận.",
            "The group's registers have just changed: open the hand-over again.",
        )
    known = set(Entry.objects.filter(group_id=heir.id).exclude(origin="").values_list("register", "origin"))
    going = [row for row in listed if not row.origin or (row.register, row.origin) not in known]
    return [info(_going_on(by, row, heir)) for row in going]


def _going_on(by: Permit, row: Entry, heir: GroupInfo) -> Entry:
    """Make the entry in which one goes on; links to what stays with the old group are left there."""
    definition = library.definitions()[row.register]
    kept = {rule.code for rule in definition.fields if rule.type is not FieldType.LINK}
    slot: EntrySlot = reserve(heir.id, row.register, local_day(by.at))[0]
    made = Entry(
        group_id=heir.id,
        register=row.register,
        year=slot.year,
        number=slot.number,
        level=row.level,
        opened_at=by.at,
        opened_by=by.actor.account,
        origin=(row.origin or f"{INHERITED}{ref_of(row)}")[:120],
    )
    values = {code: value for code, value in row.values.items() if code in kept}
    fill(made, definition, values, row.since)
    made.since = row.since
    place(made, definition, row.state)
    made.save()
    changed = {code: (None, value) for code, value in values.items()}
    record(by, made, Happening.OPENED, changed=changed, note=f"{INHERITED}{ref_of(row)}")
    return made
