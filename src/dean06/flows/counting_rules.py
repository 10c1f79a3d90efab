"""By which rules a vote or a written round is counted: the charter's clause, else the group's own rule, else ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Fact, Question
from dean06.clock import service as clock
from dean06.flows.authority import local_rules_of
from dean06.meetings.service import rules
from dean06.meetings.types import RuleUsed
from dean06.offices.types import GroupInfo

# Where a charter has a clause on the act of a gap, its answer is the rule: allowed gives the first choice, else the
# second; an empty second leaves the gap to the group.
BY_CLAUSE: Mapping[str, tuple[str, str, Mapping[str, Fact], tuple[str, str]]] = {
    "G-02": ("chair_of_meeting", "tie.break", {"vote.is_tied": True}, ("chair", "")),
    "G-05": ("substitute", "substitute.vote", {}, ("votes", "listens")),
}

__all__ = ["of_round", "of_vote", "rule"]


def rule(group: GroupInfo, gap: str) -> RuleUsed:
    """Return the rule that holds on one gap on the group's day."""
    return _rules(group, (gap,))[0]


def of_vote(group: GroupInfo, *, secret: bool | None = None) -> tuple[RuleUsed, ...]:
    """Return the rules of a vote; the chair may choose secret or open where nobody else has."""
    found = _rules(group, rules.OF_A_VOTE)
    if secret is None:
        return found
    asked = "secret" if secret else "open"
    return tuple(
        replace(one, choice=asked, source="chair") if one.gap == "G-14" and one.source == "default" else one
        for one in found
    )


def of_round(group: GroupInfo) -> tuple[RuleUsed, ...]:
    """Return the rules of a written round; the base is every seat that is asked or every answer, never a room."""
    return tuple(
        replace(one, choice="cast") if one.gap == "G-01" and one.choice == "present" else one
        for one in _rules(group, rules.OF_A_ROUND)
    )


def _rules(group: GroupInfo, gaps: Iterable[str]) -> tuple[RuleUsed, ...]:
    today = clock.today(group)
    own, local = adoption.local_rules(group.id, today), local_rules_of(group)
    charter = adoption.charter_of(group.charter_line, today)
    found = []
    for gap in gaps:
        role, action, facts, choices = BY_CLAUSE.get(gap, ("", "", {}, ("", "")))
        if action and action in charter.index.tables:
            question = Question(role=role, action=action, on=today, facts=dict(facts), local_rules=local)
            decision = charters.decide(charter, question)
            said = choices[0] if decision.outcome == "allowed" else choices[1]
            if decision.outcome != "not_regulated" and said:
                clause = charters.clause_label(decision.citations[0]) if decision.citations else ""
                found.append(RuleUsed(gap=gap, choice=said, source="charter", clause=clause))
                continue
        found.append(rules.used(gap, own.get(gap)))
    return tuple(found)
