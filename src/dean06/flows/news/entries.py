"""What people are told of entries of registers: one that their agency answers for, given singly or in one gesture."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from dean06.flows.news.passing_on import Story, pass_on
from dean06.flows.telling import Address, Said, To
from dean06.ledger.service import Followed
from dean06.offices.types import GroupInfo
from dean06.work.service import registers
from dean06.work.service.registers import EntryInfo, Level

GESTURE = timedelta(minutes=1)

__all__ = ["entry_words", "tell_of_batch", "tell_of_entry"]


def entry_words(one: EntryInfo) -> tuple[str, str, bool]:
    """Return how an entry is named in both languages, and whether it is of restricted reading: its title stays out."""
    if one.level is not Level.ORDINARY:
        return f"mục {one.label}", f"entry {one.label}", True
    return f"mục {one.label}: {one.title}", f"entry {one.label}: {one.title}", False


def tell_of_entry(group: GroupInfo, act: Followed) -> None:
    """Tell the agency that answers for an entry, once, by the act that gave it: its opening, or a change of agency."""
    one = registers.entry_of_ref(group.id, act.object_id)
    if one is None or not one.agency or not one.is_open or not _gives(one, act):
        return
    vi, en, restricted = entry_words(one)
    due = (f" Hạn {one.due:%d/%m/%Y}.", f" Due {one.due:%d/%m/%Y}.") if one.due else ("", "")
    said = Said(
        vi=f"Cơ quan bạn phụ trách {vi}.{due[0]}", en=f"Your agency answers for {en}.{due[1]}", restricted=restricted
    )
    address, key = Address(route="tracking-one", args=(one.register, one.id)), f"entry:{one.ref}:{one.agency}"
    pass_on(group, act, To(agencies=(one.agency,)), Story(kind="entry_given", said=said, address=address, key=key))


def _gives(one: EntryInfo, act: Followed) -> bool:
    """Say whether an act opened an entry, or the newest of those on it set its agency."""
    if "register" in act.note:
        return True
    last, definition = registers.last_for_flow(one.id), registers.definition(one.register)
    return last is not None and definition.agency is not None and definition.agency in last.changed


def tell_of_batch(group: GroupInfo, act: Followed) -> None:
    """Tell each agency how many entries one gesture gave to it."""
    register = str(act.note.get("register", ""))
    if not register or "entries" not in act.note:
        return
    made = Counter(
        one.agency
        for one in registers.entries_of_group(group.id, register)
        if one.agency and one.is_open and one.opened_by == act.account and act.done_at - one.opened_at < GESTURE
    )
    title = registers.definition(register).title
    for agency, count in sorted(made.items()):
        said = Said(
            vi=f"Cơ quan bạn phụ trách {count} mục mới trong sổ «{title.vi}».",
            en=f"Your agency answers for {count} new entries of {title.en!r}.",
        )
        address, key = Address(route="tracking-list", args=(register,)), f"entries:{act.leaf}:{agency}"
        pass_on(group, act, To(agencies=(agency,)), Story(kind="entry_given", said=said, address=address, key=key))
