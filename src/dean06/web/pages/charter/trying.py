"""Thử một việc: a question asked of a draft by names, kept with its answer, and every kept one asked on every look."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from dean06.adoption.service import DraftInfo
from dean06.charter import service as charters
from dean06.charter.types import Charter
from dean06.clock.errors import BadInput
from dean06.flows import chartering, trying
from dean06.flows.draft_values import mapping
from dean06.web import marks
from dean06.web.language import current_language, words
from dean06.web.pages.charter import picks
from dean06.web.pages.slips import Slip, slips_of
from dean06.web.reader import Reader

FACT = "du_kien-"  # before the name of a fact in the fields of the form
NO = "!"
CHOSEN = ("code", "system", "role", "agency", "gap")
TIMES = {"date": "2026-03-01", "time": "2026-03-01T08:00"}

__all__ = ["FactField", "Kept", "Trying", "given_facts", "trying_on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactField:
    """One fact that the act asks for: its field, its words, what may be chosen, and what stands in it."""

    field: str
    name: str
    choices: tuple[picks.Choice, ...]
    typed: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A question kept with its answer, and what becomes of it now."""

    number: int
    ask: str
    holds: bool
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trying:
    """The form to try an act, its answer, and the questions kept before."""

    roles: tuple[tuple[str, tuple[picks.Choice, ...]], ...]
    actions: tuple[tuple[str, tuple[picks.Choice, ...]], ...]
    facts: tuple[FactField, ...]
    asked: bool
    outcome: str
    sentence: str
    slips: tuple[Slip, ...]
    kept: tuple[Kept, ...]
    changed: int
    name: str
    page_href: str
    carried: tuple[tuple[str, str], ...]


def given_facts(given: QueryDict) -> list[str]:
    """Return the facts of the form as `name` or `name=value`."""
    made = []
    for field in given:
        value = given.get(field, "").strip()
        if field.startswith(FACT) and value:
            made.append(field.removeprefix(FACT) if value == "true" else f"{field.removeprefix(FACT)}={value}")
    return made


def _fields(made: Charter, action: str, given: QueryDict) -> tuple[FactField, ...]:
    known = charters.vocabulary()
    word = known.actions.get(action)
    own = [
        name.removeprefix(NO) for norm in made.norms if norm.action == action for any_of in norm.when for name in any_of
    ]
    names = dict.fromkeys((*(word.facts if word else ()), *(word.attributes if word else ()), *own))
    return tuple(_field(made, name, given.get(f"{FACT}{name}", "")) for name in names if name in known.facts)


def _field(made: Charter, name: str, typed: str) -> FactField:
    known = charters.vocabulary()
    fact = known.facts[name]
    choices: list[tuple[str, str]] = []
    if fact.type == "bool":
        choices = [("true", picks.fact_words(name)), ("false", picks.fact_words(f"{NO}{name}"))]
    elif fact.type in CHOSEN:
        language = current_language()
        choices = {
            "system": picks.named(known.systems),
            "role": [(code, charters.party_name(made, code, language)) for code in made.roles],
            "agency": [(code, charters.agency_name(made, code, language)) for code in made.agencies],
            "gap": picks.named(known.gaps),
            "code": picks.named(known.document_kinds if name == "document.kind" else known.meeting_kinds),
        }[fact.type]
    return FactField(
        field=f"{FACT}{name}",
        name=words(fact.if_true, fact.en).rstrip("."),
        choices=tuple(picks.Choice(value=value, name=text, chosen=value == typed) for value, text in choices),
        typed=typed,
        example=TIMES.get(fact.type, ""),
    )


def _chosen(named: list[tuple[str, str]], value: str) -> tuple[picks.Choice, ...]:
    return tuple(picks.Choice(value=code, name=text, chosen=code == value) for code, text in named)


def _roles(made: Charter, draft: DraftInfo, value: str) -> tuple[tuple[str, tuple[picks.Choice, ...]], ...]:
    """Return the parties that the draft's norms speak of first, then every role it declares."""
    language = current_language()
    parties = dict.fromkeys(bearer.party for norm in made.norms for bearer in norm.bearers)
    bearing = [(code, charters.party_name(made, code, language)) for code in parties]
    rest = [one for one in picks.roles(mapping(draft.files.get(chartering.HEAD))) if one[0] not in parties]
    groups = (
        (words("Mang quy phạm", "Bearing norms"), sorted(bearing, key=lambda pair: pair[1])),
        (words("Vai khác", "Other roles"), rest),
    )
    return tuple((name, _chosen(named, value)) for name, named in groups if named)


def _actions(made: Charter, value: str) -> tuple[tuple[str, tuple[picks.Choice, ...]], ...]:
    used = {norm.action for norm in made.norms if norm.action}
    listed = picks.acts()
    groups = (
        (words("Quy chế có nói tới", "Spoken of"), [one for one in listed if one[0] in used]),
        (words("Việc khác", "Other acts"), [one for one in listed if one[0] not in used]),
    )
    return tuple((name, _chosen(named, value)) for name, named in groups if named)


def _kept(reader: Reader, made: Charter, draft: DraftInfo) -> tuple[Kept, ...]:
    return tuple(
        Kept(
            number=number,
            ask=ran.ask,
            holds=ran.holds,
            expected=_outcome(ran.expected),
            found=_outcome(ran.found),
        )
        for number, ran in enumerate(trying.run(made, reader.group, draft))
    )


def _outcome(line: str) -> str:
    """Say the line of an answer in words: its outcome and the clauses it rests on."""
    outcome, _, rest = line.partition(" ")
    if outcome not in marks.STATES:
        return line
    cites = []
    for token in rest.split():
        if token in charters.SCENARIO_WORDS:
            break
        cites.append(token)
    known = marks.STATES[outcome]
    return words(known.vi, known.en) + (f" ({', '.join(cites)})" if cites else "")


def trying_on(
    request: HttpRequest, reader: Reader, draft: DraftInfo, review: chartering.Review, slips: tuple[Slip, ...] = ()
) -> Trying | None:
    """Return the form of a draft that compiles; a question asked of it comes with its answer."""
    made = review.charter
    if made is None:
        return None
    given = request.POST if request.method == "POST" else request.GET
    role, action = given.get("vai", ""), given.get("viec", "")
    outcome, sentence = "", ""
    if role and action and "xem" not in given:
        try:
            facts = charters.facts_from_words(made, given_facts(given))
            decision = trying.try_out(made, reader.group, role, action, facts)
            outcome, sentence = marks.chip(decision.outcome), decision.sentence(current_language())
        except BadInput as problem:
            slips = (*slips, *slips_of(problem, "viec"))
    kept = _kept(reader, made, draft)
    return Trying(
        roles=_roles(made, draft, role),
        actions=_actions(made, action),
        facts=_fields(made, action, given),
        asked=bool(outcome),
        outcome=outcome,
        sentence=sentence,
        slips=slips,
        kept=kept,
        changed=sum(not one.holds for one in kept),
        name=given.get("ten", ""),
        page_href=reader.url("charter-draft", draft.id),
        carried=tuple((field, given[field]) for field in given if field in ("vai", "viec") or field.startswith(FACT)),
    )
