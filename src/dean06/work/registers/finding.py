"""Entries as the catalogue of things takes them: one by the id that the ledger has of it, a register, or all."""

from __future__ import annotations

from collections.abc import Iterator

from dean06.work.models import Entry
from dean06.work.registers import library
from dean06.work.registers.rows import info
from dean06.work.registers.types import EntryInfo

__all__ = ["entry_of_ref", "every_entry"]


def entry_of_ref(group_id: int, ref: str) -> EntryInfo | None:
    """Return one entry of a group by its id, `slug:VM-2022-3`, a withdrawn one too; for the house's own work."""
    prefix, _, numbers = ref.partition(":")[2].partition("-")
    year, _, number = numbers.partition("-")
    register = next((one.code for one in library.definitions().values() if one.prefix == prefix), None)
    if register is None or not (year.isdecimal() and number.isdecimal()):
        return None
    rows = Entry.objects.filter(group_id=group_id, register=register, year=int(year), number=int(number))
    row = rows.select_related("group").first()
    return info(row) if row else None


def every_entry(group_id: int, register: str = "") -> Iterator[EntryInfo]:
    """Give the entries of a group, of one register or of all, those withdrawn too; for the house's own work."""
    rows = Entry.objects.filter(group_id=group_id, register__in=[register] if register else library.definitions())
    return (info(row) for row in rows.select_related("group").order_by("pk").iterator(chunk_size=500))
