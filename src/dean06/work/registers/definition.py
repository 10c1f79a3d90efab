"""What a register is, as data: its fields, its states, the moves between them and the words each asks of a charter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dean06.charter import service as charters

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Address = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
Label = Annotated[str, Field(min_length=1, max_length=300)]
WITHDRAWN = "rut"
KEEP, RECORD_FOR = "register.keep", "register.record_for"


class FieldType(StrEnum):
    """What a field holds, and how it is typed in."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    AGENCY = "agency"
    AGENCIES = "agencies"
    SYSTEM = "system"
    DATE = "date"
    INSTANT = "instant"
    CLAUSE = "clause"
    MONEY = "money"
    NUMBER = "number"
    YES_NO = "yes_no"
    LINK = "link"
    QUESTIONS = "questions"


class StateKind(StrEnum):
    """Whether work is still owed in a state."""

    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"
    DROPPED = "dropped"


CLOSED = frozenset({StateKind.DONE, StateKind.DROPPED})


class Strict(BaseModel):
    """A part of a definition: frozen, and a key it does not know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Strict):
    """A text in Vietnamese and English."""

    vi: Label
    en: Label


class FieldRule(Strict):
    """One field of a register.

    Attributes:
        list: the code list of a choice, or of the questions of a checklist.
        to: what a link leads to: `task`, `paper`, or the code of a register.
        column: whether it stands in the list; `filter`: whether the list can be narrowed by it.
        once: whether it is asked when an entry is opened; a field that only a move asks is not.
    """

    code: Code
    title: Words
    type: FieldType = FieldType.TEXT
    list: Code | None = None
    to: str | None = None
    required: bool = False
    column: bool = False
    filter: bool = False
    once: bool = True
    hint: Words | None = None

    @model_validator(mode="after")
    def _fits(self) -> FieldRule:
        listed = self.type in (FieldType.CHOICE, FieldType.QUESTIONS)
        if listed != (self.list is not None):
            raise ValueError("a choice and a checklist name their list, nothing else does")
        if (self.type is FieldType.LINK) != (self.to is not None):
            raise ValueError("a link says what it leads to, nothing else does")
        if self.filter and self.type not in (FieldType.CHOICE, FieldType.AGENCY, FieldType.SYSTEM):
            raise ValueError("a list is narrowed by a choice, an agency or a system alone")
        return self


class State(Strict):
    """A place where an entry may stand."""

    code: Code
    title: Words
    kind: StateKind


class Needs(Strict):
    """What must hold before a move, beside the charter's word.

    Attributes:
        link: a link whose entry must stand in one of `states`.
        answered: a checklist of which no answer may be `no` or missing.
        where: only under charters that have a norm on this action; empty means always.
    """

    link: Code | None = None
    states: tuple[Code, ...] = ()
    answered: Code | None = None
    where: str = ""
    says: Words


class Move(Strict):
    """A move: which words of the vocabulary carry it, from where to where, what it asks.

    Attributes:
        actions: asked of the charter in turn; the first that allows it carries the act.
        facts: a named fact and where it is read: `true`, `is:<value>`, `field:<code>`, or `task:<code>` (the task it
            leads to was given by the leader).
        asks: fields that the move asks; `required` those it cannot go without.
    """

    code: Code
    title: Words
    actions: tuple[str, ...] = Field(min_length=1)
    to: Code
    facts: Mapping[str, str | bool] = Field(default_factory=dict)
    asks: tuple[Code, ...] = ()
    required: tuple[Code, ...] = ()
    needs: tuple[Needs, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Return every field it shows, the required ones first."""
        return tuple(dict.fromkeys((*self.required, *self.asks)))


class Step(Move):
    """A move between states; `from` names the states it leads out of."""

    since: tuple[Code, ...] = Field(min_length=1, alias="from")


class Computed(Strict):
    """A value worked out of number fields: `less` is the first less the second, `times` multiplies it."""

    code: Code
    title: Words
    less: tuple[Code, Code]
    times: Code | None = None
    column: bool = False


class Seed(Strict):
    """How a register is filled in one gesture: from the charter's connections, or from a code list."""

    kind: Literal["connections", "list"]
    list: Code | None = None
    field: Code | None = None
    title: Words


class Panel(Strict):
    """What the page of one entry shows besides: uptime, from the entries of another register that link to it.

    Attributes:
        book: the register where the interruptions stand; `link` is its field that leads here.
        since: when one began; `until` when it ended.
        kind: the choice that tells what it is; `planned` the code that is not held against the uptime.
        promised: this register's field with the promised share, in percent.
    """

    book: Address
    link: Code
    since: Code
    until: Code
    kind: Code
    planned: Code
    promised: Code


class Definition(Strict):
    """One register.

    Attributes:
        code: the register's word in addresses; `prefix` stands before its numbers.
        rows: the rows of the requirements that it carries, as `QN-7.1.a#2`.
        deadline: the field that is its last day; `since` the one from which its age counts, else the day it was opened.
        readers: `group` where whoever sits in the group reads it; `agencies` where only its own and the overseers do.
    """

    format: Literal["dean06-register/1"]
    code: Address
    prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,6}$")]
    order: int
    section: Words
    title: Words
    one: Words
    about: Words
    rows: tuple[str, ...] = ()
    heading: Code
    agency: Code | None = None
    partners: Code | None = None
    deadline: Code | None = None
    since: Code | None = None
    readers: Literal["group", "agencies"] = "group"
    fields: tuple[FieldRule, ...] = Field(min_length=1)
    states: tuple[State, ...] = Field(min_length=1)
    openings: tuple[Move, ...] = Field(min_length=1)
    moves: tuple[Step, ...] = ()
    ordered: tuple[tuple[Code, Code], ...] = ()
    computed: tuple[Computed, ...] = ()
    seed: Seed | None = None
    panel: Panel | None = None

    def field(self, code: str) -> FieldRule:
        """Return a field by its code."""
        return next(one for one in self.fields if one.code == code)

    def state(self, code: str) -> State:
        """Return a state; of one that stands in no definition any more, a dropped one under its bare code."""
        known = next((one for one in self.states if one.code == code), None)
        if known is not None:
            return known
        return State(code=code, title=GONE if code == WITHDRAWN else Words(vi=code, en=code), kind=StateKind.DROPPED)

    def moves_from(self, state: str) -> tuple[Step, ...]:
        """Return the moves that lead out of a state."""
        return tuple(move for move in self.moves if state in move.since)

    @property
    def open_states(self) -> tuple[str, ...]:
        """Return the states in which work is owed."""
        return tuple(one.code for one in self.states if one.kind not in CLOSED)

    @model_validator(mode="after")
    def _whole(self) -> Definition:
        faults = [*_twice(self), *_unknown(self), *_of_moves(self), *_of_types(self)]
        if faults:
            raise ValueError("; ".join(faults))
        return self


GONE = Words(vi="Đã rút", en="Withdrawn")


def _twice(whole: Definition) -> Iterator[str]:
    for what, codes in (
        ("fields", [*(one.code for one in whole.fields), *(one.code for one in whole.computed)]),
        ("states", [one.code for one in whole.states]),
        ("moves", [one.code for one in (*whole.openings, *whole.moves)]),
    ):
        yield from (f"{what}: {code} stands twice" for code in sorted({c for c in codes if codes.count(c) > 1}))


def _unknown(whole: Definition) -> Iterator[str]:
    known = {one.code for one in whole.fields}
    named = [(name, getattr(whole, name)) for name in ("heading", "agency", "partners", "deadline", "since")]
    named += [("ordered", code) for pair in whole.ordered for code in pair]
    named += [(f"computed.{one.code}", code) for one in whole.computed for code in (*one.less, one.times)]
    named += [("seed", whole.seed.field)] if whole.seed else []
    for move in (*whole.openings, *whole.moves):
        named += [(f"moves.{move.code}", code) for code in move.fields]
        named += [(f"moves.{move.code}.needs", code) for one in move.needs for code in (one.link, one.answered)]
        named += [(f"moves.{move.code}.facts", code) for code in _read_by(move)]
    yield from (f"{where}: no field {code}" for where, code in named if code and code not in known)


def _read_by(move: Move) -> Iterator[str]:
    for told in move.facts.values():
        if isinstance(told, str) and not told.startswith("is:"):
            yield told.partition(":")[2]


def _of_moves(whole: Definition) -> Iterator[str]:
    states = {one.code for one in whole.states}
    words = charters.vocabulary()
    for move in (*whole.openings, *whole.moves):
        reached = {move.to, *(move.since if isinstance(move, Step) else ())}
        yield from (f"moves.{move.code}: no state {code}" for code in sorted(reached - states))
        yield from (f"moves.{move.code}: no action {action}" for action in move.actions if action not in words.actions)
        yield from (f"moves.{move.code}: no fact {name}" for name in move.facts if name not in words.facts)
        yield from (
            f"moves.{move.code}: {name} is read from nowhere ({told})"
            for name, told in move.facts.items()
            if isinstance(told, str) and told.partition(":")[0] not in ("field", "task", "is")
        )
    if WITHDRAWN in states:
        yield f"states: {WITHDRAWN} is kept for entries that were withdrawn"


def _of_types(whole: Definition) -> Iterator[str]:
    kinds = {one.code: one.type for one in whole.fields}
    wanted = {
        "heading": (FieldType.TEXT,),
        "agency": (FieldType.AGENCY,),
        "partners": (FieldType.AGENCIES,),
        "deadline": (FieldType.DATE,),
        "since": (FieldType.DATE,),
    }
    for name, types in wanted.items():
        code = getattr(whole, name)
        if code and kinds.get(code, types[0]) not in types:
            yield f"{name}: {code} is no field of type {types[0].value}"
    for one in whole.computed:
        for code in (*one.less, one.times):
            if code and kinds.get(code) not in (FieldType.NUMBER, FieldType.MONEY):
                yield f"computed.{one.code}: {code} is no number"
