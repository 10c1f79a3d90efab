"""Who runs a group, under which clause, since when: acting powers, switched on and off by absences and delegations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Charter, Citation, Fact, Question
from dean06.clock import service as clock
from dean06.flows.authority import ABSENT, DELEGATED
from dean06.offices.service import absences, appointments, delegations, seats
from dean06.offices.types import AbsenceInfo, DelegationInfo, GroupInfo

LEADER = "leader"
LEADING, DIRECTING = "group.lead", "group.direct"

__all__ = ["Acting", "Spell", "acting_at", "acting_for", "actings", "spells"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """A power that one seat holds for another: who acts for whom, under which clauses, from when until when, and why.

    `basis` is `absence` or `delegation`, `record` the number of that record; `actions` what a delegation covers, empty
    for everything.
    """

    role: str
    holder: str
    title: str
    for_holder: str
    for_title: str
    clauses: tuple[Citation, ...]
    since: datetime
    until: datetime
    basis: str
    record: int
    ground: str
    instrument: str = ""
    actions: tuple[str, ...] = ()

    def stands_at(self, instant: datetime) -> bool:
        """Say whether the power stands at an instant."""
        return self.since <= instant < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A span in which the same people run the group; `acting` is empty while the leader does so alone."""

    since: datetime | None
    until: datetime | None
    leader_away: bool
    acting: tuple[Acting, ...]


def _answers(group: GroupInfo, charter: Charter, action: str, fact: str) -> dict[str, tuple[Citation, ...]]:
    """Return the roles other than the leader to which a fact opens an act, and the clauses that do so."""
    today = clock.today(group)
    known = adoption.adoption_facts(group.charter_line, today)
    facts: dict[str, Fact] = {name: value for name, value in known.items() if isinstance(value, str | bool)}
    found: dict[str, tuple[Citation, ...]] = {}
    for role in charter.roles:
        bare = charters.decide(charter, Question(role=role, action=action, on=today, facts=facts))
        given = charters.decide(charter, Question(role=role, action=action, on=today, facts={**facts, fact: True}))
        if role != LEADER and given.outcome == "allowed" and bare.outcome != "allowed":
            found[role] = given.citations
    return found


def actings(group: GroupInfo) -> list[Acting]:
    """Return every acting power of a group that its records give rise to, the earliest first."""
    away = [one for one in absences.absences_of(group.id) if one.role == LEADER]
    given = [one for one in delegations.delegations_of(group.id) if one.from_role == LEADER and one.ends > one.since]
    if not away and not given:
        return []
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    held = _Holders(group)
    found = [*_by_absence(group, charter, away, held), *_by_delegation(group, charter, given, held)]
    return sorted(found, key=lambda one: (one.since, one.basis, one.record))


@dataclass(frozen=True, slots=True)
class _Held:
    """Who held a seat of a role, from when until when."""

    role: str
    title: str
    holder: str
    since: date
    until: date | None


class _Holders:
    """Who held which seat when; asked for once."""

    def __init__(self, group: GroupInfo) -> None:
        known = {one.id: one for one in seats.seats_of(group.id, clock.today(group))}
        self._held = [
            _Held(known[one.seat_id].role, known[one.seat_id].title, one.holder, one.since, one.until)
            for one in appointments.appointments_of(group.id)
        ]

    def at(self, instant: datetime, role: str) -> _Held | None:
        day = instant.astimezone(clock.TZ).date()
        fitting = (one for one in self._held if one.role == role and one.since <= day)
        return next((one for one in fitting if one.until is None or one.until >= day), None)


def _by_absence(group: GroupInfo, charter: Charter, away: Sequence[AbsenceInfo], held_by: _Holders) -> Iterable[Acting]:
    opened = _answers(group, charter, LEADING, ABSENT) if away else {}
    for one in away:
        for role, clauses in opened.items():
            held = held_by.at(one.since, role)
            yield Acting(
                role=role,
                holder=held.holder if held else "",
                title=held.title if held else charters.role_name(charter, role),
                for_holder=one.holder,
                for_title=one.title,
                clauses=clauses,
                since=one.since,
                until=one.until,
                basis="absence",
                record=one.id,
                ground=one.ground,
            )


def _by_delegation(
    group: GroupInfo, charter: Charter, given: Sequence[DelegationInfo], held_by: _Holders
) -> Iterable[Acting]:
    opened = _answers(group, charter, DIRECTING, DELEGATED) if given else {}
    for one in given:
        to, by = held_by.at(one.since, one.to_role), held_by.at(one.since, LEADER)
        yield Acting(
            role=one.to_role,
            holder=to.holder if to else "",
            title=to.title if to else charters.role_name(charter, one.to_role),
            for_holder=by.holder if by else "",
            for_title=by.title if by else charters.role_name(charter, LEADER),
            clauses=opened.get(one.to_role, ()),
            since=one.since,
            until=one.ends,
            basis="delegation",
            record=one.id,
            ground=one.ground,
            instrument=_paper(one),
            actions=one.actions,
        )


def _paper(one: DelegationInfo) -> str:
    if not one.instrument or one.instrument_on is None:
        return one.instrument
    return f"{one.instrument} ({one.instrument_on:%d/%m/%Y})"


def acting_at(group: GroupInfo, instant: datetime) -> tuple[Acting, ...]:
    """Return the acting powers that stand at an instant."""
    return tuple(one for one in actings(group) if one.stands_at(instant))


def acting_for(known: Sequence[Acting], role: str, instant: datetime) -> Acting | None:
    """Return the acting power under which a role could act at an instant; an absence before a delegation."""
    return next((one for one in known if one.role == role and one.stands_at(instant)), None)


def spells(known: Sequence[Acting]) -> list[Spell]:
    """Return the history of who ran a group, the earliest first: it changes at each record's start and end alone."""
    bounds = sorted({instant for one in known for instant in (one.since, one.until)})
    found: list[Spell] = []
    for since, until in zip([None, *bounds], [*bounds, None], strict=True):
        standing = tuple(one for one in known if since is not None and one.stands_at(since))
        away = any(one.basis == "absence" for one in standing)
        found.append(Spell(since=since, until=until, leader_away=away, acting=standing))
    return found
