"""Where an answer points: the clause nearest to an act no norm is on, and the act that makes a missing fact true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dean06.charter.establishing import NO, lacks
from dean06.charter.index import Door
from dean06.charter.norms import Norm, Words
from dean06.charter.types import Charter, Question
from dean06.charter.vocabulary import vocabulary

MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A norm that speaks of an act without deciding it.

    Attributes:
        forbids: it forbids the very act, where `lacks` are established.
        reaches: whether such a prohibition speaks of the asking role.
    """

    norm: Norm
    action: str
    forbids: bool
    reaches: bool
    lacks: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the norm, its clause and what would decide."""
        return {
            "norm": self.norm.key,
            "action": self.action,
            "citation": self.norm.cite.as_json(),
            "forbids": self.forbids,
            "decided_by": list(self.lacks),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What makes a missing fact true: an act with those who hold it and their clauses, or what is to be stated."""

    fact: str
    action: str | None
    words: Words | None
    norms: tuple[Norm, ...]

    @property
    def by(self) -> tuple[str, ...]:
        """The parties that the charter lets do the act, as `role` or `role:AGENCY`."""
        return tuple(dict.fromkeys(bearer.party for norm in self.norms for bearer in norm.bearers))

    def as_json(self) -> dict[str, object]:
        """Return the fact, the act, who may do it and under which clauses."""
        cites = dict.fromkeys(norm.cite for norm in self.norms)
        return {
            "fact": self.fact,
            "action": self.action,
            "by": list(self.by),
            "citations": [cite.as_json() for cite in cites],
        }


def nearest(charter: Charter, question: Question) -> tuple[Near, ...]:
    """Return the norms nearest to an act that no power or duty is on: prohibitions of it, else acts beside it."""
    forbidding = tuple(_forbidding(charter, question))
    return forbidding or tuple(_beside(charter, question))[:MOST]


def _forbidding(charter: Charter, question: Question) -> Iterator[Near]:
    table = charter.index.tables.get(question.action)
    mine = {id(door.norm) for door in table.prohibitions.get(question.role, ())} if table else set[int]()
    rows = {door.norm.key: door for doors in (table.prohibitions.values() if table else ()) for door in doors}
    for door in rows.values():
        yield Near(
            norm=door.norm,
            action=question.action,
            forbids=True,
            reaches=id(door.norm) in mine,
            lacks=tuple(lacks(question.facts, door.when)),
        )


def _beside(charter: Charter, question: Question) -> Iterator[Near]:
    for action in vocabulary().neighbours.get(question.action, ()):
        for door in _holders(charter, action, question):
            yield Near(norm=door.norm, action=action, forbids=False, reaches=False, lacks=())


def _holders(charter: Charter, action: str, question: Question) -> list[Door]:
    """Return the norms on an act and on the object asked about."""
    table = charter.index.tables.get(action)
    doors = (table.holders or table.guardians) if table else ()
    return [door for door in doors if door.norm.action == action and _concerns(door, question)]


def _concerns(door: Door, question: Question) -> bool:
    value = question.facts.get(door.filter_fact) if door.filter_fact else None
    return value in NO or value in door.filter_values


def next_steps(charter: Charter, question: Question, missing: tuple[str, ...]) -> tuple[Step, ...]:
    """Return what makes each missing fact true, where the vocabulary knows it and the charter lets somebody."""
    steps = vocabulary().next_steps
    return tuple(step for fact in missing if fact in steps for step in _steps(charter, question, fact))


def _steps(charter: Charter, question: Question, fact: str) -> Iterator[Step]:
    known = vocabulary().next_steps[fact]
    if known.words is not None:
        yield Step(fact=fact, action=None, words=known.words, norms=())
    for action in known.acts:
        norms = tuple(dict.fromkeys(door.norm for door in _holders(charter, action, question)))
        if norms:
            yield Step(fact=fact, action=action, words=None, norms=norms)
