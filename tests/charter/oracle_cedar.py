"""A third hand: every norm written as policies of the Cedar language, and Cedar's own engine to say allow or deny.

Roles are entities; the seats that are also members stand below `Role::"member"`. What a power, duty or entitlement
gives is a `permit`; a prohibition, a procedure that does not hold, a norm that blocks, a wrong seal and a day out of
force are `forbid`, and Cedar lets any forbid win. The policies are made from a charter's canonical JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import cedarpy

from charter.oracle_table import ALSO_MEMBERS, COVERED, ENTRIES, SEALED
from dean06.charter.types import Question

Row = Mapping[str, Any]
OBJECTS = {"integration.lead": "system", "integration.coordinate": "system", "platform.operate": "system"} | {
    "meeting.hold": "meeting",
    "meeting.convene": "meeting",
}
KEYS = {"system": "systems", "meeting": "meeting_kinds"}
CLOSING = ("prohibition", "procedure")


def fact(name: str) -> str:
    """One fact as a Cedar expression."""
    plain = name.removeprefix("!")
    held = f'context.held.contains("{plain}")'
    if plain == "delegation.to_standing_deputy":
        held = f'({held} || context.held.contains("delegation.to_role=standing_deputy"))'
    if plain == "task.assigned_by_leadership":
        held = f'({held} || context.held.contains("task.assigned_by_leader"))'
    return f"!{held}" if name.startswith("!") else held


def all_of(parts: Iterable[str]) -> str:
    """Join conditions that must all hold."""
    return " && ".join(f"({part})" for part in parts) or "true"


def any_of(parts: Iterable[str]) -> str:
    """Join conditions of which one would do."""
    return " || ".join(f"({part})" for part in parts) or "false"


def facts_of(row: Row) -> str:
    """Write what a norm asks to be established."""
    return all_of(any_of(fact(name) for name in group) for group in row["when"])


def about(row: Row, action: str, *, named: bool) -> str:
    """Write that the question is on this norm's object; `named` wants a connection to be told."""
    kind = OBJECTS.get(action)
    if kind is None or action != row["action"] or not row[KEYS[kind]]:
        return "true"
    known = json.dumps(list(row[KEYS[kind]]))
    if kind == "system" and named:
        return f"context has system && {known}.contains(context.system)"
    return f"!(context has {kind}) || {known}.contains(context.{kind})"


def borne(row: Row) -> str:
    """Write that a norm reaches the asker, by role and agency."""
    return any_of(_bearer(party) for party in row["bearers"])


def _bearer(party: str) -> str:
    role, _, agency = party.partition(":")
    return all_of([f'principal in Role::"{role}"', *([f'context.agency == "{agency}"'] if agency else [])])


def _rule(effect: str, action: str, when: str) -> str:
    return f'{effect}(principal, action == Action::"{action}", resource) when {{ {when} }};'


def policies(raw: Row) -> str:
    """Write a whole charter as policies."""
    return "\n".join([_in_force(raw), *_clauses(raw)])


def _in_force(raw: Row) -> str:
    instrument, span = raw["instrument"], raw["in_force"]
    blank = instrument["number"] is None or instrument["date"] is None
    first = "context.adopted" if blank else str(_ordinal(span["from"]))
    entered = all_of(fact(name) for name in ENTRIES) if blank else "true"
    last = f" && context.on <= {_ordinal(span['to'])}" if span["to"] else ""
    # Cedar has no order of evaluation to lean on: `adopted` is always there, 0 where no day was entered
    return f"forbid(principal, action, resource) unless {{ {entered} && context.on >= {first}{last} }};"


def _ordinal(day: str) -> int:
    return int(day.replace("-", ""))


def _clauses(raw: Row) -> Iterator[str]:
    norms = [row for row in raw["norms"] if row["bearers"]]
    actions = {action for row in norms for action in (row["action"], *row["extends_to"], *row["blocks"]) if action}
    for action in sorted(actions):
        speaking = [row for row in norms if row["action"] == action or action in row["extends_to"]]
        giving = [row for row in speaking if row["type"] not in CLOSING]
        yield from _closing(speaking, norms, action)
        yield from _giving(giving, action)
        yield from _delegated(giving, norms, action)
        yield from _procedure_alone(speaking, giving, action)
        if action in SEALED:
            yield from _seals(norms, action)


def _closing(speaking: list[Row], norms: list[Row], action: str) -> Iterator[str]:
    for row in speaking:
        reached = [borne(row), about(row, action, named=False)]
        if row["type"] == "prohibition":
            yield _rule("forbid", action, all_of([*reached, facts_of(row)]))
        if row["type"] == "procedure":
            yield _rule("forbid", action, all_of([*reached, f"!({facts_of(row)})"]))
    for row in norms:
        if action in row["blocks"]:
            remedy = f"!{fact(row['fulfilled_by'])}" if row["fulfilled_by"] else "true"
            yield _rule("forbid", action, all_of([borne(row), facts_of(row), remedy]))


def _giving(giving: list[Row], action: str) -> Iterator[str]:
    for row in giving:
        yield _rule("permit", action, all_of([borne(row), about(row, action, named=True), facts_of(row)]))
    yield from (_rule("permit", action, f"{who} && ({row})") for who, row in _in_person(giving, action))


def _in_person(giving: list[Row], action: str) -> Iterator[tuple[str, str]]:
    """Acting for another presupposes that the other may: unless a norm of his own on this action speaks of him."""
    for row in giving:
        role = row["on_behalf_of"]
        if role and not any(_reaches(other, role) for other in giving):
            yield f'principal in Role::"{role}"', about(row, action, named=True)


def _reaches(row: Row, role: str) -> bool:
    bearers = {party.partition(":")[0] for party in row["bearers"]}
    return role in bearers or (role in ALSO_MEMBERS and "member" in bearers)


def _delegated(giving: list[Row], norms: list[Row], action: str) -> Iterator[str]:
    for grant in norms:
        if (
            grant["action"] != "delegation.grant"
            or not grant["delegate"]
            or action in ("delegation.grant", *grant["extends_to"])
        ):
            continue
        own = [row for row in giving if _reaches(row, grant["delegate"]) and row["on_behalf_of"]]
        if any(COVERED in group for row in own for group in row["when"]):
            continue
        for principal in (party.partition(":")[0] for party in grant["bearers"]):
            theirs = [
                all_of([about(row, action, named=True), facts_of(row)]) for row in giving if _reaches(row, principal)
            ]
            theirs += [when for who, when in _in_person(giving, action) if f'"{principal}"' in who]
            delegate = f'principal in Role::"{grant["delegate"]}"'
            yield from (_rule("permit", action, all_of([delegate, fact(COVERED), when])) for when in theirs)


def _procedure_alone(speaking: list[Row], giving: list[Row], action: str) -> Iterator[str]:
    """A procedure that holds, with no power anywhere on the action, lets it pass."""
    nobody = all_of(f"!({about(row, action, named=False)})" for row in giving)
    for row in speaking:
        if row["type"] == "procedure":
            yield _rule("permit", action, all_of([borne(row), about(row, action, named=False), nobody]))


def _seals(norms: list[Row], action: str) -> Iterator[str]:
    for row in norms:
        if row["action"] == "seal.use" and row["seal"]:
            own = row["seal"] == "own_agency"
            wrong = (
                'context.agency != "" && context.seal != context.agency' if own else f'context.seal != "{row["seal"]}"'
            )
            yield _rule("forbid", action, all_of([borne(row), "context has seal", wrong]))


# ------------------------------------------------------------------ asking
def entities(raw: Row) -> list[dict[str, Any]]:
    """Return the roles a charter declares, the members' seats below `member`."""
    declared = [row["code"] for row in raw["roles"]]
    return [
        {
            "uid": {"type": "Role", "id": code},
            "attrs": {},
            "parents": [{"type": "Role", "id": "member"}] if code in ALSO_MEMBERS else [],
        }
        for code in declared
    ]


def request(raw: Row, question: Question) -> dict[str, Any]:
    """Write a question as a Cedar request; a role that the charter does not know stands below nobody."""
    given = {name: value for name, value in question.facts.items() if value is not False}
    posts = {row["code"]: row["agency"] for row in raw["roles"] if not row["agency_by_reading"]}
    adopted = str(given.get("charter.adopted_on", "0"))
    context: dict[str, Any] = {
        "held": [*given, *(f"{name}={value}" for name, value in given.items() if value is not True)],
        "agency": question.agency or posts.get(question.role) or "",
        "on": _ordinal(question.on.isoformat()),
        "adopted": _ordinal(adopted),
    }
    for key, name in (("system", "task.system"), ("meeting", "meeting.kind"), ("seal", "seal.agency")):
        if name in given:
            context[key] = given[name]
    role = question.role if question.role in posts or _declared(raw, question.role) else "nobody"
    return {
        "principal": f'Role::"{role}"',
        "action": f'Action::"{question.action}"',
        "resource": 'Case::"x"',
        "context": context,
    }


def _declared(raw: Row, role: str) -> bool:
    return any(row["code"] == role for row in raw["roles"])


def allowed(raw: Row, questions: list[Question]) -> list[bool]:
    """Let Cedar answer questions under one charter."""
    asked = [request(raw, question) for question in questions]
    answers = cedarpy.is_authorized_batch(asked, policies(raw), entities(raw))
    told = [answer.diagnostics.errors for answer in answers if answer.diagnostics.errors]
    assert not told, told[:1]
    return [answer.allowed for answer in answers]
