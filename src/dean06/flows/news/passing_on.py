"""Passing an act on: what an entry of the ledger becomes for those who must learn of it, and whom a charter names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dean06.adoption import service as adoption
from dean06.charter.types import Bearer, Charter, Citation
from dean06.clock import service as clock
from dean06.flows import telling
from dean06.flows.desk import overseers
from dean06.flows.telling import Address, Said, To
from dean06.ledger.service import Followed
from dean06.notices.service import telling as notices
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo

FORBIDS = "prohibition"
AGENCY, MEMBER = "agency", "member"

Rule = Callable[[GroupInfo, Followed], None]

__all__ = ["Rule", "Story", "clause_of", "number_of", "overseeing", "own_clause", "pass_on", "seats_with", "step_of"]


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
        at=act.at,
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


def seats_with(group: GroupInfo, *actions: str) -> tuple[int, ...]:
    """Return the seats that a charter lets do one of these acts: the group's own, or the house's where it is silent."""
    today = clock.today(group)
    held = [seat for seat in offices.holders(group.id, today) if seat.account]
    for text in (adoption.charter_of(group.charter_line, today, group.ending), adoption.installation_charter()):
        named = _bearers(text, actions)
        found = tuple(seat.seat_id for seat in held if any(_is(seat, one) for one in named))
        if found:
            return found
    return ()


def overseeing(group: GroupInfo) -> tuple[str, ...]:
    """Return the roles that the group's charter makes answer for all of its work."""
    return tuple(sorted(overseers(adoption.charter_of(group.charter_line, clock.today(group), group.ending))))


def _bearers(text: Charter, actions: tuple[str, ...]) -> frozenset[Bearer]:
    wanted = frozenset(actions)
    return frozenset(
        bearer
        for norm in text.norms
        if norm.type != FORBIDS and (norm.action in wanted or wanted & frozenset(norm.extends_to))
        for bearer in norm.bearers
    )


def _is(seat: Capacity, bearer: Bearer) -> bool:
    if bearer.agency is None:
        return seat.role == bearer.role
    return seat.agency == bearer.agency and bearer.role in (seat.role, AGENCY, MEMBER)


def step_of(act: Followed) -> str:
    """Return the step of its room's journey that an entry notes; empty where it notes none."""
    return str(act.note.get("step") or act.note.get("act") or act.note.get("move") or "")


def number_of(ref: str) -> int | None:
    """Return the number at the end of a ref such as `qn:VV-12`; None where there is none."""
    _, _, last = ref.rpartition(":")
    digits = last.rpartition("-")[2].rpartition(".")[2]
    return int(digits) if digits.isdecimal() else None
