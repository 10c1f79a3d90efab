"""Passing an act on: what an entry of the ledger becomes for those who must learn of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dean06.adoption import service as adoption
from dean06.charter.types import Citation
from dean06.clock import service as clock
from dean06.flows import telling
from dean06.flows.telling import Address, Said, To
from dean06.ledger.service import Followed
from dean06.notices.service import telling as notices
from dean06.offices.types import GroupInfo

FORBIDS = "prohibition"
MEMBER = "member"

Rule = Callable[[GroupInfo, Followed], None]

__all__ = ["Rule", "Story", "clause_of", "number_of", "own_clause", "pass_on", "step_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One thing to be said of an act: its kind, its sentence, the page it leads to.

    Attributes:
        kind: a code of `notices/kinds.yaml`.
        said: the sentence in both languages.
        address: the page of what was acted upon.
        clause: the clause it cites; None lets that stand of the act its kind is about, or else the clause of the act.
        key: what makes it one and the same; empty for the act itself.
    """

    kind: str
    said: Said
    address: Address
    clause: Citation | None = None
    key: str = ""


def pass_on(group: GroupInfo, act: Followed, to: To, story: Story) -> int:
    """Tell of an act whomever it concerns, but not whoever did it; returns how many are told now."""
    return telling.tell(
        group,
        replace(to, besides=(*to.besides, act.account)),
        story.kind,
        story.said,
        clause=story.clause or clause_of(group, story.kind) or own_clause(group, act),
        address=story.address,
        key=story.key or f"{act.kind}:{act.leaf}:{story.kind}",
        at=act.done_at,
    )


def own_clause(group: GroupInfo, act: Followed) -> Citation | None:
    """Return the clause under which an act was done, where it is one of the group's own charter."""
    if act.line != group.charter_line or not act.cites:
        return None
    return Citation.parse(act.cites[0])


def clause_of(group: GroupInfo, kind: str) -> Citation | None:
    """Return the clause of the group's charter on the act that a kind of notice is about; None where it has none.

    Where it speaks of several, that of the members stands: what is cited without an act of its own goes to them.
    """
    action = notices.kinds()[kind].action
    if not action:
        return None
    text = adoption.charter_of(group.charter_line, clock.today(group), group.ending)
    norms = [norm for norm in text.norms if norm.action == action and norm.type != FORBIDS]
    of_members = [norm for norm in norms if any(bearer.role == MEMBER for bearer in norm.bearers)]
    return next((norm.cite for norm in (*of_members, *norms)), None)


def step_of(act: Followed) -> str:
    """Return the step of its room's journey that an entry notes; empty where it notes none."""
    return str(act.note.get("step") or act.note.get("act") or act.note.get("move") or "")


def number_of(ref: str) -> int | None:
    """Return the number at the end of a ref such as `qn:VV-12`; None where there is none."""
    _, _, last = ref.rpartition(":")
    digits = last.rpartition("-")[2].rpartition(".")[2]
    return int(digits) if digits.isdecimal() else None
