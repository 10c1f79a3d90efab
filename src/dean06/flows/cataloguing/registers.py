"""What of the registers can be found: entries, guidance documents among them, by whoever may read them."""

from __future__ import annotations

from collections.abc import Iterator

from dean06.catalogue.types import Gone, NewEntry, Readers
from dean06.flows.cataloguing.shapes import Provider, agencies_in_words
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.work.service import registers
from dean06.work.service.registers import EntryInfo

BOOK = "register"

__all__ = ["ENTRIES"]


def _readers(one: EntryInfo) -> Readers:
    """Return who may read an entry: the group, or its own people alone where it or its register is kept to them."""
    kept = registers.definitions()[one.register].readers == "agencies" or one.level is not registers.Level.ORDINARY
    if not kept:
        return Readers(everybody=True)
    return Readers(
        overseers=True,
        agencies=frozenset({one.agency, *one.partners} - {""}),
        accounts=frozenset({one.opened_by} - {""}),
    )


def _entry(group: GroupInfo, one: EntryInfo, names: dict[str, str]) -> NewEntry | Gone:
    if one.state == registers.WITHDRAWN:
        return Gone(group_id=group.id, kind="entry", key=str(one.id))
    definition = registers.definitions()[one.register]
    agencies = agencies_in_words((one.agency, *one.partners), names)
    said = [str(value) for value in one.values.values() if isinstance(value, str)]
    return NewEntry(
        group_id=group.id,
        kind="entry",
        key=str(one.id),
        title=one.title or f"{definition.one.vi} {one.label}",
        label=one.label,
        words=" ".join((definition.title.vi, agencies, *said)),
        codes=(one.label,),
        route="tracking-one",
        args=(one.register, one.id),
        at=one.opened_at,
        readers=_readers(one),
    )


def _touched(group: GroupInfo, object_id: str) -> Iterator[NewEntry | Gone]:
    """Give the entry of an act; an act on a register, which entered or changed many at once, gives its entries all."""
    names, (_, _, rest) = offices.agency_names(group.id), object_id.partition(":")
    if rest in registers.definitions():
        yield from (_entry(group, one, names) for one in registers.every_entry(group.id, rest))
    elif found := registers.entry_of_ref(group.id, object_id):
        yield _entry(group, found, names)


def _every(group: GroupInfo) -> Iterator[NewEntry]:
    names = offices.agency_names(group.id)
    made = (_entry(group, one, names) for one in registers.every_entry(group.id))
    return (one for one in made if isinstance(one, NewEntry))


ENTRIES = Provider(
    kind="entry",
    vi="Mục trong sổ theo dõi",
    en="Entries of registers",
    follows=frozenset({"entry", BOOK}),
    touched=_touched,
    every=_every,
    wide=frozenset({BOOK}),
)
