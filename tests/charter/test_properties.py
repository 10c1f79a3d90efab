"""What always holds, whatever the actor, the facts and the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.charter import service, text
from dean06.charter.types import Charter, Fact, Question, canonical_json

WORDS = service.vocabulary()
CHARTERS = [service.load(name) for name in service.packages()]
SIGNED: dict[str, Fact] = {
    "charter.number": "1/QĐ",
    "charter.adopted_on": "2022-04-20",
    "charter.confirmed_by_two": True,
}
VALUES: dict[str, list[Fact]] = {
    "task.system": [code for code in WORDS.systems if code != "S01"],
    "meeting.kind": list(WORDS.meeting_kinds),
    "document.kind": list(WORDS.document_kinds),
    "delegation.to_role": ["standing_deputy", "deputy"],
    "seal.agency": ["POL", "PC", "OFF", "CPOL"],
    "local_rule.set": list(WORDS.gaps),
}


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, Question]:
    """Draw a charter by name and a question, facts leaning towards those the action may ask for."""
    charter = service.load(draw(st.sampled_from(service.packages())))
    action = draw(st.sampled_from(list(WORDS.actions)))
    likely = [*WORDS.actions[action].facts, *WORDS.actions[action].attributes]
    pool = (
        st.sampled_from(likely) | st.sampled_from(list(WORDS.facts)) if likely else st.sampled_from(list(WORDS.facts))
    )
    facts: dict[str, Fact] = dict(SIGNED) if draw(st.integers(0, 9)) else {}
    for name in draw(st.lists(pool, max_size=5)):
        facts[name] = draw(st.sampled_from(VALUES.get(name, [True, True, False])))
    question = Question(
        role=draw(st.sampled_from([*WORDS.roles, "người lạ"])),
        agency=draw(st.none() | st.sampled_from([*charter.agencies, "NOBODY"])),
        action=action,
        on=draw(st.dates(date(2022, 4, 1), date(2026, 12, 31))),
        facts=facts,
    )
    return charter.line, question


@settings(max_examples=200)
@given(drawn=questions())
def test_every_answer_is_explained(drawn: tuple[str, Question]) -> None:
    charter, question = service.load(drawn[0]), drawn[1]
    decision = service.decide(charter, question)
    said = decision.sentence("vi"), decision.sentence("en")
    assert all(len(sentence) > 20 for sentence in said)
    silent = decision.outcome in ("not_regulated", "not_in_force")
    assert bool(decision.citations) == (not silent)
    assert all(service.provision(charter, citation) for citation in decision.citations)
    assert all(name.removeprefix("!") in WORDS.facts for name in decision.missing)
    assert decision.outcome == "allowed" or (decision.seal, decision.sign_form) == (None, None)


@settings(max_examples=150)
@given(drawn=questions())
def test_those_named_can_indeed(drawn: tuple[str, Question]) -> None:
    charter, question = service.load(drawn[0]), drawn[1]
    for party in service.decide(charter, question).who_can:
        role, _, agency = party.partition(":")
        asked = replace(question, role=role, agency=agency or None)
        assert service.decide(charter, asked).outcome == "allowed"


@settings(max_examples=120)
@given(drawn=questions())
def test_supplying_one_missing_fact_of_each_group_never_makes_it_worse(drawn: tuple[str, Question]) -> None:
    """Establishing all that is missing, and removing all that stands in the way, opens the door it speaks of."""
    charter, question = service.load(drawn[0]), drawn[1]
    decision = service.decide(charter, question)
    plain = [name for name in decision.missing if name.removeprefix("!") not in VALUES]
    if decision.outcome != "not_allowed" or not decision.missing or len(plain) != len(decision.missing):
        return
    facts = dict(question.facts)
    for name in decision.missing:
        facts[name.removeprefix("!")] = not name.startswith("!")
    after = service.decide(charter, replace(question, facts=facts))
    assert after.outcome == "allowed" or set(after.missing).isdisjoint(decision.missing)


def _with_stranger(charter: Charter) -> Charter:
    """Add a norm about something no other norm of the charter speaks of."""
    taken = {norm.action for norm in charter.norms} | {action for norm in charter.norms for action in norm.extends_to}
    free = next(action for action in WORDS.actions if action not in taken)
    raw = dict(charter.raw)
    rows = raw["norms"]
    assert isinstance(rows, list)
    stranger = {**rows[0], "key": "stranger", "type": "power", "bearers": ["leader"], "action": free, "when": []}
    raw["norms"] = [stranger, *rows]
    return text.from_raw(raw)


STRANGERS = {charter.line: _with_stranger(charter) for charter in CHARTERS}


@settings(max_examples=150)
@given(drawn=questions())
def test_an_unrelated_norm_changes_no_answer(drawn: tuple[str, Question]) -> None:
    charter, question = service.load(drawn[0]), drawn[1]
    other = STRANGERS[charter.line]
    if question.action == other.norms[0].action:
        return
    assert service.decide(other, question).as_json() == service.decide(charter, question).as_json()


@settings(max_examples=200)
@given(drawn=questions())
def test_a_fact_said_to_be_false_is_as_good_as_unsaid(drawn: tuple[str, Question]) -> None:
    charter, question = service.load(drawn[0]), drawn[1]
    kept = {name: value for name, value in question.facts.items() if value is not False}
    assert (
        service.decide(charter, replace(question, facts=kept)).as_json() == service.decide(charter, question).as_json()
    )


def test_canonical_form_does_not_depend_on_the_order_of_keys() -> None:
    for charter in CHARTERS:
        turned = dict(reversed(list(charter.raw.items())))
        assert canonical_json(turned) == canonical_json(charter.raw)
        assert text.from_raw(turned).hash == charter.hash
