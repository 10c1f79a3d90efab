"""The shipped registers and code lists, read once and checked whole: every fault is named with its file and path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from dean06.work.errors import RegisterInvalid
from dean06.work.registers.definition import Code, Definition, FieldType, Label, Strict, Words

SHIPPED = Path(__file__).parent
LISTS = SHIPPED / "lists"
OUTSIDE = frozenset({"task", "paper"})
T = TypeVar("T", bound=BaseModel)


class Item(Strict):
    """One code of a list: its words, since when and until when it may be chosen, and the part of the list it is in."""

    code: Code
    vi: Label
    en: Label
    since: date | None = None
    until: date | None = None
    part: str = ""

    def stands_on(self, day: date) -> bool:
        """Say whether it may be chosen on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class CodeList(Strict):
    """A dated list of codes with its source."""

    format: Literal["dean06-list/1"]
    code: Code
    title: Words
    source: Annotated[str, Field(min_length=3, max_length=500)]
    as_of: date
    items: tuple[Item, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> CodeList:
        codes = [one.code for one in self.items]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"a code stands twice: {', '.join(twice)}")
        return self


def read(path: Path, model: type[T]) -> T:
    """Read and check one file; every fault is named with its place."""
    try:
        return model.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    except (ValidationError, YAMLError) as fault:
        places = _places(fault)
        raise RegisterInvalid(f"Tệp {path.name} sai: {places}.", f"The file {path.name} is wrong: {places}.") from fault


def _places(fault: ValidationError | YAMLError) -> str:
    if not isinstance(fault, ValidationError):
        return str(fault)
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or '.'}: {one['msg']}" for one in fault.errors())


@lru_cache(maxsize=1)
def lists() -> Mapping[str, CodeList]:
    """Return every shipped code list by its code."""
    return {made.code: made for path in sorted(LISTS.glob("*.yaml")) for made in (read(path, CodeList),)}


@lru_cache(maxsize=1)
def definitions() -> Mapping[str, Definition]:
    """Return every shipped register by its code, in the order in which they are shown."""
    return {one.code: one for one in checked([read(path, Definition) for path in sorted(SHIPPED.glob("*.yaml"))])}


def checked(made: Iterable[Definition]) -> list[Definition]:
    """Return registers in their order, or refuse them where one leans on what is not there."""
    ordered = sorted(made, key=lambda one: (one.order, one.code))
    codes, prefixes = [one.code for one in ordered], [one.prefix for one in ordered]
    faults = [f"{code}: stands twice" for code in sorted({c for c in codes if codes.count(c) > 1})]
    faults += [
        f"{prefix}: stands before the numbers of two" for prefix in {p for p in prefixes if prefixes.count(p) > 1}
    ]
    by_code = {one.code: one for one in ordered}
    for one in ordered:
        faults += _leaning(one, by_code)
    if faults:
        told = "; ".join(faults)
        raise RegisterInvalid(f"Bộ sổ theo dõi sai: {told}.", f"The registers are wrong: {told}.")
    return ordered


def _leaning(one: Definition, known: Mapping[str, Definition]) -> list[str]:
    """Return what a register names that stands elsewhere and is not there: lists, other registers, their states."""
    faults = []
    for rule in one.fields:
        if rule.list is not None and rule.list not in lists():
            faults.append(f"{one.code}.fields.{rule.code}: no list {rule.list}")
        if rule.type is FieldType.LINK and rule.to not in OUTSIDE and rule.to not in known:
            faults.append(f"{one.code}.fields.{rule.code}: no register {rule.to}")
    for move in (*one.openings, *one.moves):
        for need in move.needs:
            to = one.field(need.link).to if need.link else None
            states = {state.code for state in known[to].states} if to and to in known else set()
            if need.link and not set(need.states) <= states:
                faults.append(f"{one.code}.moves.{move.code}.needs: {to} has no such state")
    if one.panel:
        other = known.get(one.panel.book)
        codes = {rule.code for rule in other.fields} if other else set()
        named = {one.panel.link, one.panel.since, one.panel.until, one.panel.kind}
        if not named <= codes or one.panel.promised not in {rule.code for rule in one.fields}:
            faults.append(f"{one.code}.panel: {one.panel.book} has no such fields")
    if one.seed and one.seed.list is not None and one.seed.list not in lists():
        faults.append(f"{one.code}.seed: no list {one.seed.list}")
    return faults
