"""`decide`: may this role do this now, under which clause, and if not, what is missing and who can.

The order is the vocabulary's: in force, prohibition, procedure, power or duty, then the four ways of no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dean06.charter import pointing, wording
from dean06.charter.establishing import NO, established, holds, lacks
from dean06.charter.index import ActionTable, Door
from dean06.charter.norms import Citation, Norm
from dean06.charter.types import OWN_AGENCY, Charter, Fact, LocalRule, Outcome, Question
from dean06.charter.vocabulary import ACTION, AGENCY, FACT, ROLE, demand, vocabulary

SEAL_FACT = "seal.agency"
ENTRY = ("charter.number", "charter.adopted_on", "charter.confirmed_by_two")
SEVERITY = ("record", "warn", "block")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer to one question; its sentence and who can are worked out when asked for."""

    charter: Charter
    question: Question
    outcome: Outcome
    norms: tuple[Norm, ...] = ()
    citations: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()
    sign_form: str | None = None
    on_behalf_of: str | None = None
    seal: str | None = None
    seal_lacks: tuple[str, ...] = ()
    gap: str | None = None
    local_rule: LocalRule | None = None
    enforcement: str | None = None
    way: str | None = None

    @property
    def who_can(self) -> tuple[str, ...]:
        """Roles, as `role` or `role:AGENCY`, for which the same question is answered `allowed` today."""
        return () if self.outcome == "not_in_force" else _who_can(self.charter, self.question)

    @property
    def nearest(self) -> tuple[pointing.Near, ...]:
        """The norms nearest to an act that no norm gives or forbids."""
        return pointing.nearest(self.charter, self.question) if self.outcome == "not_regulated" else ()

    @property
    def next_steps(self) -> tuple[pointing.Step, ...]:
        """What makes the missing facts true, and who may do it."""
        refused = self.outcome == "not_allowed"
        return pointing.next_steps(self.charter, self.question, self.missing) if refused else ()

    @property
    def signature(self) -> Decision | None:
        """How a paper that is issued is signed, where the charter lets the same role sign on the same facts."""
        table = self.charter.index.tables.get(self.question.action)
        if self.outcome != "allowed" or self.sign_form is not None or table is None or not table.issues:
            return None
        signing = _answer(self.charter, replace(self.question, action=vocabulary().signature))
        return signing if signing.outcome == "allowed" else None

    def sentence(self, language: str = "vi") -> str:
        """Return the answer as sentences for a person."""
        return wording.sentence(self, language)

    def as_json(self) -> dict[str, object]:
        """Return the answer as the command line prints it."""
        return {
            "outcome": self.outcome,
            "citations": [citation.as_json() for citation in self.citations],
            "sign_form": self.sign_form,
            "on_behalf_of": self.on_behalf_of,
            "seal": self.seal,
            "missing": list(self.missing),
            "who_can": list(self.who_can),
            "local_rule": self.local_rule.gap if self.local_rule else None,
            "enforcement": self.enforcement,
            "sentence": {"vi": self.sentence("vi"), "en": self.sentence("en")},
            "gap": self.gap,
            "norms": [norm.key for norm in self.norms],
            "seal_lacks": list(self.seal_lacks),
            "signature": _signature_json(self.signature),
            "nearest": [near.as_json() for near in self.nearest],
            "next_steps": [step.as_json() for step in self.next_steps],
        }


def _signature_json(signing: Decision | None) -> dict[str, object] | None:
    if signing is None:
        return None
    return {
        "sign_form": signing.sign_form,
        "on_behalf_of": signing.on_behalf_of,
        "citations": [citation.as_json() for citation in signing.citations],
    }


def decide(charter: Charter, question: Question) -> Decision:
    """Answer one question under one charter."""
    absent = not_in_force(charter, question.on, question.facts)
    if absent is not None:
        return Decision(charter=charter, question=question, outcome="not_in_force", missing=absent, enforcement="block")
    return _answer(charter, question)


def not_in_force(charter: Charter, on: date, facts: Mapping[str, Fact]) -> tuple[str, ...] | None:
    """Say why the text binds nobody on a day: the missing entries, or none for a day outside; None when in force."""
    start = charter.in_force_from
    if charter.is_unsigned:
        start = _entered_day(facts.get(ENTRY[1]))
        lacking = tuple(name for name in ENTRY if facts.get(name) in NO or (name == ENTRY[1] and start is None))
        if lacking:
            return lacking
    if start is None or on < start or (charter.in_force_to is not None and on > charter.in_force_to):
        return ()
    return None


def _entered_day(value: Fact | None) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _concerns(door: Door, facts: Mapping[str, Fact]) -> bool:
    """Say whether a norm is on this object; a kind that was not named excludes nothing."""
    if door.filter_fact is None:
        return True
    value = facts.get(door.filter_fact)
    return value in NO or value in door.filter_values


def _unnamed(door: Door, facts: Mapping[str, Fact]) -> list[str]:
    asked = door.filter_asked and door.filter_fact is not None and facts.get(door.filter_fact) in NO
    return [door.filter_fact] if asked and door.filter_fact else []


def _reaches(door: Door, agency: str | None) -> bool:
    return door.agency is None or door.agency == agency


def _mine(rows: tuple[Door, ...] | None, agency: str | None, facts: Mapping[str, Fact]) -> list[Door]:
    return [door for door in rows or () if _reaches(door, agency) and _concerns(door, facts)]


def _answer(charter: Charter, question: Question) -> Decision:
    index, facts, role = charter.index, question.facts, question.role
    table = index.tables.get(question.action)
    if table is None:
        return _silent(charter, question)
    agency = question.agency or index.fixed_agency.get(role)
    for door in _mine(table.prohibitions.get(role), agency, facts):
        if all(holds(facts, group) for group in door.when):
            return _no(charter, question, "forbidden", (door,), ())
    procedures = _mine(table.procedures.get(role), agency, facts)
    stopped = _stopped(charter, question, table, procedures)
    if stopped is not None:
        return stopped
    own = _mine(table.doors.get(role), agency, facts)
    for door in own:
        if not _unnamed(door, facts) and all(holds(facts, group) for group in door.when):
            return _allowed(charter, question, table, door, procedures, agency)
    if procedures and not any(_concerns(door, facts) for door in table.holders):
        return _allowed(charter, question, table, procedures[0], procedures[1:], agency)
    return _closed(charter, question, table, own)


def _stopped(charter: Charter, question: Question, table: ActionTable, procedures: list[Door]) -> Decision | None:
    """Answer no where a procedure does not hold, or a norm that stands before this action is not fulfilled."""
    facts = question.facts
    broken = tuple(door for door in procedures if lacks(facts, door.when))
    if broken:
        missing = [name for door in broken for name in lacks(facts, door.when)]
        return _no(charter, question, "not_allowed", broken, missing)
    for block in table.blocks.get(question.role, ()):
        speaks = all(holds(facts, group) for group in block.when)
        done = block.fulfilled_by is not None and established(facts, block.fulfilled_by)
        if speaks and not done:
            standing = [f"!{name}" for group in block.when for name in group if established(facts, name)]
            missing = [*standing, *([block.fulfilled_by] if block.fulfilled_by else [])]
            return Decision(
                charter=charter,
                question=question,
                outcome="not_allowed",
                norms=(block.norm,),
                citations=(block.norm.cite,),
                missing=tuple(missing),
                enforcement=block.norm.enforcement,
            )
    return None


def _allowed(
    charter: Charter,
    question: Question,
    table: ActionTable,
    door: Door,
    procedures: list[Door],
    agency: str | None,
) -> Decision:
    norms = [*door.norms, *(asked.norm for asked in procedures)]
    cites = [*door.cites, *(asked.norm.cite for asked in procedures)]
    seal: str | None = None
    seal_lacks: tuple[str, ...] = ()
    rule = charter.index.seals.get(question.role) if table.seals else None
    if rule is not None:
        # The contract's rule on seals: a signing answer names the seal of the role's clause; that clause's own
        # condition is asked by `seal.use` alone, so here it is told beside the seal and refuses nothing.
        seal_lacks = tuple(lacks(question.facts, rule.norm.when))
        seal = (agency or OWN_AGENCY) if rule.seal == OWN_AGENCY else rule.seal
        meant = question.facts.get(SEAL_FACT)
        if meant not in NO and meant is not True and seal not in (meant, OWN_AGENCY):
            return _no(charter, question, "not_allowed", (_by_seal(door, rule.norm),), [f"!{SEAL_FACT}"])
        norms.append(rule.norm)
        cites.append(rule.norm.cite)
    form = door.sign_form or ("own" if table.signs else None)
    return Decision(
        charter=charter,
        question=question,
        outcome="allowed",
        norms=tuple(dict.fromkeys(norms)),
        citations=tuple(dict.fromkeys(cites)),
        sign_form=form,
        on_behalf_of=door.on_behalf_of if form else None,
        seal=seal,
        seal_lacks=seal_lacks,
        enforcement=_strongest(norms),
        way=door.way,
    )


def _by_seal(door: Door, norm: Norm) -> Door:
    return replace(door, norm=norm, norms=(norm,), cites=(norm.cite,))


def _closed(charter: Charter, question: Question, table: ActionTable, own: list[Door]) -> Decision:
    facts = question.facts
    offered = tuple(door for door in own if door.offered)
    if offered:
        missing = [name for door in offered for name in (*_unnamed(door, facts), *lacks(facts, door.when))]
        return _no(charter, question, "not_allowed", offered, missing)
    holders = tuple(door for door in table.holders if _concerns(door, facts))
    holders = holders or tuple(door for door in table.guardians if _concerns(door, facts))
    if holders:
        return _no(charter, question, "not_allowed", holders, ())
    return _silent(charter, question)


def _no(
    charter: Charter,
    question: Question,
    outcome: Outcome,
    doors: tuple[Door, ...],
    missing: list[str] | tuple[str, ...],
) -> Decision:
    norms = tuple(dict.fromkeys(norm for door in doors for norm in door.norms))
    return Decision(
        charter=charter,
        question=question,
        outcome=outcome,
        norms=norms,
        citations=tuple(dict.fromkeys(cite for door in doors for cite in door.cites)),
        missing=tuple(dict.fromkeys(missing)),
        enforcement=_strongest(norms),
    )


def _silent(charter: Charter, question: Question) -> Decision:
    gap = charter.index.gaps.get(question.action)
    rule = question.local_rules.get(gap) if gap else None
    if rule is None and gap is not None and question.facts.get("local_rule.set") == gap:
        rule = LocalRule(gap=gap, number=0, adopted_on=question.on)
    return Decision(
        charter=charter,
        question=question,
        outcome="not_regulated",
        gap=gap,
        local_rule=rule,
        enforcement="record" if rule else "warn",
    )


def _strongest(norms: list[Norm] | tuple[Norm, ...]) -> str | None:
    return max((norm.enforcement for norm in norms), key=SEVERITY.index, default=None)


def _who_can(charter: Charter, question: Question) -> tuple[str, ...]:
    table = charter.index.tables.get(question.action)
    if table is None:
        return ()
    found: list[str] = []
    for role in charter.index.roles:
        rows = (*table.doors.get(role, ()), *table.procedures.get(role, ()))
        if not rows:
            continue
        if _answer(charter, replace(question, role=role, agency=None)).outcome == "allowed":
            found.append(role)
            continue
        found.extend(
            f"{role}:{code}"
            for code in _named(charter, rows, role)
            if _answer(charter, replace(question, role=role, agency=code)).outcome == "allowed"
        )
    return tuple(found)


def _named(charter: Charter, rows: tuple[Door, ...], role: str) -> list[str]:
    """Return the agencies that norms name together with this very role, and that of its post by a reading."""
    named = dict.fromkeys(b.agency for door in rows for b in door.norm.bearers if b.agency and b.role == role)
    post = charter.roles[role].agency
    reached = any(door.agency == post for door in rows)
    return [*named, *([post] if post and reached and post not in named else [])]


def check_words(charter: Charter, question: Question) -> None:
    """Refuse a role, agency, action or fact that neither the charter nor the vocabulary has."""
    words = vocabulary()
    demand(ROLE, question.role, {**charter.roles, **words.roles})
    if question.agency is not None:
        demand(AGENCY, question.agency, {**charter.agencies, **words.agencies})
    demand(ACTION, question.action, words.actions)
    for name in question.facts:
        demand(FACT, name, words.facts)
