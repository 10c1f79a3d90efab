"""What an entry must satisfy before it is written: values that fit, links that lead somewhere, no mark of secrecy."""

from __future__ import annotations

from collections.abc import Iterable

from dean06.papers.service import secrecy
from dean06.work.errors import EntryRefused, FieldRefused
from dean06.work.models import Entry
from dean06.work.registers.definition import Definition, FieldRule, FieldType, Needs
from dean06.work.registers.library import OUTSIDE
from dean06.work.registers.types import SECRETS, Level, Value, Values
from dean06.work.registers.values import Known, faults, read, texts

__all__ = ["fitting", "level_taken", "needed", "whole"]


def level_taken(level: Level) -> Level:
    """Return a level that is kept here; those of state secrets are refused by name."""
    if level in SECRETS:
        secrecy.refuse(SECRETS[level])
    return level


def fitting(definition: Definition, group_id: int, values: Values, known: Known) -> dict[str, Value]:
    """Return values of known fields as they are kept; a link within the registers leads to an entry."""
    rules = {rule.code: rule for rule in definition.fields}
    if unknown := sorted(set(values) - set(rules)):
        raise EntryRefused(
            f"Sổ «{definition.title.vi}» không có trường: {', '.join(unknown)}.",
            f"The register {definition.code!r} has no field: {', '.join(unknown)}.",
        )
    made = {
        code: kept for code, value in values.items() if (kept := read(rules[code], _cell(value), known)) is not None
    }
    for code, value in made.items():
        _check_link(rules[code], group_id, value)
    for text in texts(definition, made):
        secrecy.refuse_text(text)
    return made


def _cell(value: Value) -> str | int | float | bool:
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, dict):
        return ";".join(f"{code}={said}" for code, said in value.items())
    return value


def _check_link(rule: FieldRule, group_id: int, value: Value) -> None:
    if rule.type is not FieldType.LINK or rule.to in OUTSIDE:
        return
    if not Entry.objects.filter(pk=int(str(value)), group_id=group_id, register=rule.to).exists():
        raise FieldRefused(
            rule.code, f"{rule.title.vi}: chọn một mục trong sổ của tổ.", f"{rule.title.en}: choose an entry."
        )


def whole(definition: Definition, values: Values, required: Iterable[str]) -> None:
    """Refuse values that are not whole, with every fault."""
    found = faults(definition, values, required)
    if found:
        told = [(one.vi, one.en) for one in found]
        raise FieldRefused(found[0].field, "\n".join(vi for vi, _ in told), "\n".join(en for _, en in told))


def needed(needs: Iterable[Needs], values: Values, known: Known, definition: Definition) -> None:
    """Refuse a move whose linked entry does not stand where it must, or whose questions are not all answered."""
    for need in needs:
        if need.link is not None:
            target = values.get(need.link)
            found = Entry.objects.filter(pk=int(str(target))).first() if target is not None else None
            if found is None or found.state not in need.states:
                raise FieldRefused(need.link, need.says.vi, need.says.en)
        if need.answered is not None and not _all_answered(definition.field(need.answered), values, known):
            raise FieldRefused(need.answered, need.says.vi, need.says.en)


def _all_answered(rule: FieldRule, values: Values, known: Known) -> bool:
    said = values.get(rule.code)
    answers = said if isinstance(said, dict) else {}
    return all(answers.get(one.code) in ("co", "khong_ap_dung") for one in known.items(rule))
