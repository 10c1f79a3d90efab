"""A register as one group has it on a day: the shipped definition, less the fields it hid, with the codes it added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dean06.work.errors import EntryNotFound, EntryRefused
from dean06.work.models import RegisterChoice
from dean06.work.registers import library
from dean06.work.registers.definition import Definition, FieldRule, FieldType
from dean06.work.registers.library import Item
from dean06.work.registers.types import Choice, Shown

MOST_ADDED = 60

__all__ = ["check", "definition", "fields", "history", "lists", "shown"]


def definition(code: str) -> Definition:
    """Return a register by its code."""
    found = library.definitions().get(code)
    if found is None:
        raise EntryNotFound(f"Không có sổ «{code}».", f"There is no register {code!r}.")
    return found


def shown(group_id: int, code: str, on: date) -> Shown:
    """Return a register as a group has it on a day; one query."""
    whole = definition(code)
    row = RegisterChoice.objects.filter(group_id=group_id, register=code, since__lte=on).order_by("since", "pk").last()
    if row is None:
        return Shown(definition=whole, hidden=frozenset(), added={}, since=None)
    added = {name: tuple((one[0], one[1], one[2]) for one in codes) for name, codes in row.added.items()}
    return Shown(definition=whole, hidden=frozenset(row.hidden), added=added, since=row.since)


def fields(one: Shown) -> tuple[FieldRule, ...]:
    """Return the fields that a group shows."""
    return tuple(rule for rule in one.definition.fields if rule.code not in one.hidden)


def lists(one: Shown) -> Mapping[str, tuple[Item, ...]]:
    """Return the code lists of a register with what the group added."""
    made = {rule.list: library.lists()[rule.list].items for rule in one.definition.fields if rule.list}
    for name, codes in one.added.items():
        if name in made:
            made[name] += tuple(Item(code=code, vi=vi, en=en, part="to") for code, vi, en in codes)
    return made


def check(choice: Choice) -> None:
    """Refuse a choice that hides what the register cannot do without, or adds a code that cannot stand in a list."""
    whole = definition(choice.register)
    known = {rule.code for rule in whole.fields}
    kept = {whole.heading, whole.agency, *(rule.code for rule in whole.fields if rule.required)}
    kept |= {code for move in (*whole.openings, *whole.moves) for code in move.required}
    if wrong := sorted(set(choice.hidden) - known) + sorted(set(choice.hidden) & {one for one in kept if one}):
        names = ", ".join(whole.field(code).title.vi if code in known else code for code in wrong)
        raise EntryRefused(
            f"Không ẩn được trường sổ này cần đến: {names}.", f"The register needs these fields: {', '.join(wrong)}."
        )
    chosen = {rule.list for rule in whole.fields if rule.type in (FieldType.CHOICE, FieldType.QUESTIONS)}
    for name, codes in choice.added.items():
        if name not in chosen or len(codes) > MOST_ADDED:
            raise EntryRefused(f"Không thêm mã vào danh mục «{name}» được.", f"No code can be added to {name!r}.")
        _check_codes(name, codes)


def _check_codes(name: str, codes: tuple[tuple[str, str, str], ...]) -> None:
    taken = {one.code for one in library.lists()[name].items}
    for code, vi, en in codes:
        try:
            Item(code=code, vi=vi, en=en)
        except ValueError as problem:
            raise EntryRefused(
                f"Mã «{code[:40]}»: chỉ gồm chữ thường không dấu, số, gạch dưới; ghi cả tên tiếng Việt và tiếng Anh.",
                f"The code {code[:40]!r}: small letters, digits, underscores; with both names.",
            ) from problem
        if code in taken:
            raise EntryRefused(f"Mã «{code}» đã có trong danh mục.", f"The code {code!r} stands in the list already.")
        taken.add(code)


def history(group_id: int, code: str) -> list[Choice]:
    """Return a group's choices on a register, the newest first."""
    rows = RegisterChoice.objects.filter(group_id=group_id, register=code).order_by("-since", "-pk")
    return [
        Choice(
            register=code,
            since=row.since,
            hidden=tuple(row.hidden),
            added={name: tuple((one[0], one[1], one[2]) for one in codes) for name, codes in row.added.items()},
        )
        for row in rows
    ]
