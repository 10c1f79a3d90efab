"""What somebody may do with an entry of a register now: each move with the charter's answer, under which action.

A move names words of the vocabulary in turn. The first that is allowed carries it. Where the group's own charter
regulates one of them and allows none, that refusal stands; only where it is silent on all of them is the act left
open, and done with a reason. The house rules open, and never close what the charter leaves open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dean06.adoption import service as adoption
from dean06.charter.types import Charter, Fact, ObjectRef
from dean06.clock import service as clock
from dean06.flows.authority import Act, Answer, Known, ask
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.work.errors import TaskNotFound
from dean06.work.service import registers
from dean06.work.service import tasks as work
from dean06.work.service.registers import Definition, EntryInfo, Move, Step, Value, Values

# Whoever leads the group writes down what the group does as a body.
LEADING = ("group.direct", "group.lead")
BODY = "group"
RANKS = ("not_allowed", "forbidden", "not_in_force")

__all__ = [
    "Book",
    "Case",
    "Offer",
    "Standing",
    "book",
    "chosen",
    "facts_of",
    "move_of",
    "moves",
    "openings",
    "standing",
    "with_values",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A register as a group has it on its day, with what stands for codes there."""

    group: GroupInfo
    shown: registers.Shown
    known: registers.Known

    @property
    def definition(self) -> Definition:
        """The register's definition."""
        return self.shown.definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who asks, in which group, with what the group's acts are judged by."""

    account: str
    group: GroupInfo
    known: Known
    also: tuple[str, ...]

    @property
    def charter(self) -> Charter:
        """The text that judges."""
        return self.known.closed or self.known.charter


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A move, or an opening, with the answer and the action under which it was reached."""

    move: Move
    action: str
    answer: Answer

    @property
    def outcome(self) -> str:
        """How it was answered."""
        return str(self.answer.decision.outcome)

    @property
    def open_with_reason(self) -> bool:
        """Whether it is done with a reason: the charter is silent, or only warns."""
        decision = self.answer.decision
        warned = self.outcome == "not_allowed" and decision.enforcement == "warn"
        return warned or (self.outcome == "not_regulated" and decision.local_rule is None)


def book(group: GroupInfo, code: str, labels: Mapping[tuple[str, int], str] | None = None) -> Book:
    """Return a register as a group has it on its day."""
    shown = registers.shown(group.id, code, clock.today(group))
    known = registers.Known(
        agencies=offices.agency_names(group.id),
        lists=registers.lists(shown),
        today=clock.today(group),
        labels=labels or {},
    )
    return Book(group=group, shown=shown, known=known)


def standing(account: str, group: GroupInfo, known: Known | None = None) -> Standing:
    """Return who asks; whoever leads the group today also writes down its acts as a body."""
    known = known or Known(group)
    obj = ObjectRef(kind="group", id=group.slug, digest=digest_of(group=group.slug))
    leads = any(ask(Act(account=account, group=group, action=action, obj=obj), known).allowed for action in LEADING)
    return Standing(account=account, group=group, known=known, also=(BODY,) if leads else ())


def facts_of(move: Move, values: Values) -> dict[str, Fact]:
    """Return the named facts that a move gives of a case; what is not known is not given."""
    made: dict[str, Fact] = {}
    for name, told in move.facts.items():
        if isinstance(told, bool):
            made[name] = told
            continue
        source, _, code = told.partition(":")
        if source == "is":
            made[name] = code
            continue
        value = values.get(code)
        if value is None:
            continue
        made[name] = str(value) if source == "field" else _given_by_leader(value)
    return made


def _given_by_leader(task_id: Value) -> bool:
    """Say whether a task was given by the leader: by hand, or under the leader's standing assignment."""
    try:
        task = work.task_for_flow(int(str(task_id)))
    except TaskNotFound:
        return False
    return task.assigned_by_role == "leader" or bool(task.standing_permit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is asked of: the object of the act, the agency whose matter it is, and what is known of the case."""

    obj: ObjectRef
    agency: str
    values: Values = field(default_factory=dict)


def chosen(by: Standing, move: Move, case: Case) -> Offer:
    """Return a move with the action that carries it, or the answer that tells the most where none does."""
    facts = facts_of(move, case.values)
    told = []
    for action in move.actions:
        act = Act(
            account=by.account,
            group=by.group,
            action=action,
            obj=case.obj,
            agency=case.agency,
            facts=facts,
            also=by.also,
        )
        told.append(Offer(move=move, action=action, answer=ask(act, by.known)))
    return _most_telling(told)


def _most_telling(told: Sequence[Offer]) -> Offer:
    allowed = [one for one in told if one.answer.allowed]
    if allowed:
        return allowed[0]
    own = [one for one in told if one.answer.decision.charter.line != adoption.INSTALLATION]
    regulated = [one for one in own if one.outcome in RANKS]
    if regulated:
        return min(regulated, key=lambda one: (RANKS.index(one.outcome), not one.answer.decision.missing))
    return own[0] if own else told[0]


def openings(by: Standing, definition: Definition) -> tuple[Move, ...]:
    """Return the openings of a register: where it has several, those of which the group's charter speaks."""
    if len(definition.openings) == 1:
        return definition.openings
    spoken = tuple(one for one in definition.openings if set(one.actions) & set(by.charter.index.tables))
    return spoken or definition.openings


def moves(by: Standing, definition: Definition, entry: EntryInfo) -> tuple[Offer, ...]:
    """Return every move that leads out of an entry's state, with its answer."""
    obj = ObjectRef(kind="entry", id=entry.ref, digest=digest_of(ref=entry.ref))
    case = Case(obj=obj, agency=entry.agency, values=entry.values)
    return tuple(chosen(by, move, case) for move in definition.moves_from(entry.state))


def with_values(case: Case, values: Values) -> Case:
    """Return a case with what a form adds to it."""
    return replace(case, values={**case.values, **values})


def move_of(definition: Definition, entry: EntryInfo, code: str) -> Step | None:
    """Return a move out of an entry's state by its code; None where there is none."""
    return next((one for one in definition.moves_from(entry.state) if one.code == code), None)
