"""Who answers for a system's data, and how a report of the group is issued."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dean06.charter.deciding import Decision, decide
from dean06.charter.index import DELEGATED
from dean06.charter.norms import Norm, Words
from dean06.charter.types import Answerable, Charter, Question, ReportRule
from dean06.charter.vocabulary import SYSTEM, demand, vocabulary
from dean06.charter.wording import agency_name, party_name

LEAD, COORDINATE = "integration.lead", "integration.coordinate"
_EVER = {"charter.number": True, "charter.confirmed_by_two": True}


def answerable(charter: Charter, system: str) -> Answerable | None:
    """Return who answers for a system: the agency that leads, else the one that coordinates, with the reading."""
    demand(SYSTEM, system, vocabulary().systems)
    for action in (LEAD, COORDINATE):
        for norm in charter.norms:
            if norm.action == action and system in norm.systems:
                return _answer(charter, norm, system, lead=action == LEAD)
    return None


def _answer(charter: Charter, norm: Norm, system: str, *, lead: bool) -> Answerable:
    named = next((bearer for bearer in norm.bearers if bearer.agency), norm.bearers[0])
    agency = named.agency or charter.roles[named.role].agency or named.role
    reading = norm.reading
    return Answerable(
        system=system,
        agency=agency,
        agency_name=agency_name(charter, agency),
        role=named.role,
        citation=norm.cite,
        norm=norm.key,
        lead=lead,
        lead_by_reading=reading.lead if reading else None,
        coordinators=norm.coordinators,
        reading=Words(reading.vi, reading.en) if reading else None,
    )


def report_rules(charter: Charter, action: str) -> tuple[ReportRule, ...]:
    """Return how the reports of one action are issued, one rule a norm, in the charter's order."""
    return tuple(_rule(charter, norm) for norm in charter.norms if norm.action == action and norm.recipients)


def report_rule(charter: Charter, action: str) -> ReportRule | None:
    """Return the first rule for reports of an action, or None where the charter is silent."""
    return next(iter(report_rules(charter, action)), None)


def _rule(charter: Charter, norm: Norm) -> ReportRule:
    kind = norm.document_kinds[0] if norm.document_kinds else "other"
    body = charter.body
    return ReportRule(
        action=norm.action or "",
        citation=norm.cite,
        norm=norm.key,
        recipients=tuple((party, party_name(charter, party)) for party in norm.recipients),
        distribution=charter.distribution.get(norm.action or "", ()),
        parent=body.parent,
        name_lines=body.name_lines,
        place=body.place,
        symbol=body.symbols.get(kind, body.symbols.get("other", "")),
        signers=_signers(charter, kind),
        deadline=norm.deadline,
    )


def _signers(charter: Charter, kind: str) -> tuple[str, ...]:
    """Roles that may sign this kind of paper, given a delegation or assignment where they need one."""
    day = charter.in_force_from or date(2000, 1, 1)
    facts: dict[str, str | bool] = {
        **_EVER,
        "charter.adopted_on": day.isoformat(),
        "document.kind": kind,
        "document.serves_group_task": True,
        "assignment.covers_document": True,
        "delegation.covers_date_and_scope": True,
    }
    return decide(charter, Question(role="leader", action="document.sign", on=day, facts=facts)).who_can


def delegable(charter: Charter, role: str) -> tuple[str, ...]:
    """Return the acts that a delegation opens to a role, in the order of the vocabulary."""
    doors = ((action, door) for action, table in charter.index.tables.items() for door in table.doors.get(role, ()))
    asks = "delegation.covers_date_and_scope"
    found = {action for action, door in doors if door.way == DELEGATED or any(asks in one_of for one_of in door.when)}
    return tuple(action for action in vocabulary().actions if action in found)


def delegates(charter: Charter) -> tuple[str, ...]:
    """Return the roles to which the charter lets anybody delegate."""
    return tuple(dict.fromkeys(norm.delegate for norm in charter.norms if norm.delegate))


def capacities_allowed(
    charter: Charter, question: Question, capacities: Iterable[tuple[str, str | None]]
) -> tuple[tuple[tuple[str, str | None], Decision], ...]:
    """Ask one question for each (role, agency) a person may act in; return those allowed, in the given order."""
    asked = ((hat, decide(charter, _as(question, hat))) for hat in capacities)
    return tuple((hat, decision) for hat, decision in asked if decision.outcome == "allowed")


def _as(question: Question, hat: tuple[str, str | None]) -> Question:
    return Question(
        role=hat[0],
        agency=hat[1],
        action=question.action,
        on=question.on,
        facts=question.facts,
        local_rules=question.local_rules,
    )
