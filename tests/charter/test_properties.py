"""What always holds, whatever the actor, the facts and the day."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from charter.draws import SIGNED, VALUES, WORDS, Drawer, told
from dean06.charter import service, text
from dean06.charter.types import Charter, Fact, Question, canonical_json

CHARTERS = [service.load(name) for name in service.packages()]
SEEDS = st.integers(min_value=0, max_value=2**48)
DRAWN = SEEDS.map(lambda seed: Drawer(seed).question())
APART = ("seal.use", "delegation.grant")  # norms on these reach other actions by design


@settings(max_examples=200)
@given(drawn=DRAWN)
def test_every_answer_is_explained(drawn: tuple[Charter, Question]) -> None:
    charter, question = drawn
    decision = service.decide(charter, question)
    for language in ("vi", "en"):
        said = decision.sentence(language)
        assert len(said) > 20
        assert all(service.clause_label(citation, language) in said for citation in decision.citations)
    silent = decision.outcome in ("not_regulated", "not_in_force")
    assert bool(decision.citations) == (not silent)
    assert all(service.provision(charter, citation) for citation in decision.citations)
    assert all(name.removeprefix("!") in WORDS.facts for name in decision.missing)
    assert decision.outcome == "allowed" or (decision.seal, decision.sign_form) == (None, None)


@settings(max_examples=150)
@given(drawn=DRAWN)
def test_those_named_can_indeed(drawn: tuple[Charter, Question]) -> None:
    charter, question = drawn
    for party in service.decide(charter, question).who_can:
        role, _, agency = party.partition(":")
        asked = replace(question, role=role, agency=agency or None)
        assert service.decide(charter, asked).outcome == "allowed", told(asked)


def _lacking(seed: int) -> tuple[Charter, Question, tuple[str, ...]]:
    """Draw until an answer lacks plain facts alone."""
    drawer = Drawer(seed)
    while True:
        charter, question = drawer.question()
        decision = service.decide(charter, question)
        plain = [name for name in decision.missing if name.removeprefix("!") not in VALUES]
        if decision.outcome == "not_allowed" and plain and len(plain) == len(decision.missing):
            return charter, question, decision.missing


@settings(max_examples=150)
@given(lacking=SEEDS.map(_lacking))
def test_supplying_what_is_missing_opens_the_door_it_speaks_of(
    lacking: tuple[Charter, Question, tuple[str, ...]],
) -> None:
    charter, question, missing = lacking
    facts = {**question.facts, **{name.removeprefix("!"): not name.startswith("!") for name in missing}}
    after = service.decide(charter, replace(question, facts=facts))
    assert after.outcome == "allowed" or set(after.missing).isdisjoint(missing), told(question)


def _decided(charter: Charter, question: Question) -> dict[str, object]:
    """Return the answer without what it points to beside the decision, and without the words for it."""
    beside = ("sentence", "nearest", "next_steps", "signature")
    return {key: value for key, value in service.decide(charter, question).as_json().items() if key not in beside}


@settings(max_examples=200)
@given(drawn=DRAWN)
def test_a_fact_said_to_be_false_is_as_good_as_unsaid(drawn: tuple[Charter, Question]) -> None:
    charter, question = drawn
    unsaid = dict.fromkeys((*WORDS.actions[question.action].facts, "meeting.kind", "seal.agency"), False)
    kept = {name: value for name, value in question.facts.items() if value is not False}
    padded: dict[str, Fact] = {**unsaid, **question.facts}
    one, other = (_decided(charter, replace(question, facts=facts)) for facts in (kept, padded))
    assert other == one, told(question)


# ------------------------------------------------------------------ the charter changed around a question
def _with(charter: Charter, norms: list[Any]) -> Charter:
    return text.from_raw({**charter.raw, "norms": norms})


def _stranger(charter: Charter, question: Question, dice: random.Random) -> Charter:
    """Add a norm on another action, wherever in the text it may stand."""
    rows: Any = charter.raw["norms"]
    others = [action for action in WORDS.actions if action not in (question.action, *APART)]
    stranger = {
        **rows[0],
        "key": "stranger",
        "type": dice.choice(["power", "duty", "prohibition", "procedure", "entitlement"]),
        "bearers": [question.role if question.role in charter.roles else "member"],
        "action": dice.choice(others),
        "when": dice.choice([[], [["matter.is_important"]], [["task.not_completed"], ["subplan.filed"]]]),
    }
    at = dice.randrange(len(rows) + 1)
    return _with(charter, [*rows[:at], stranger, *rows[at:]])


@settings(max_examples=120)
@given(drawn=DRAWN, dice=st.randoms(use_true_random=False))
def test_an_unrelated_norm_changes_no_answer(drawn: tuple[Charter, Question], dice: random.Random) -> None:
    charter, question = drawn
    other = _decided(_stranger(charter, question, dice), question)
    assert other == _decided(charter, question), told(question)


@settings(max_examples=120)
@given(drawn=DRAWN, dice=st.randoms(use_true_random=False))
def test_the_order_of_norms_changes_no_outcome(drawn: tuple[Charter, Question], dice: random.Random) -> None:
    charter, question = drawn
    rows: Any = charter.raw["norms"]
    one = service.decide(charter, question)
    other = service.decide(_with(charter, dice.sample(rows, len(rows))), question)
    assert other.outcome == one.outcome, told(question)
    assert sorted(other.who_can) == sorted(one.who_can)
    if one.outcome == "not_allowed":
        assert set(other.missing) == set(one.missing)
        assert set(other.citations) == set(one.citations)


PROHIBITIONS = [
    (charter, norm, bearer)
    for charter in CHARTERS
    for norm in charter.norms
    if norm.type == "prohibition"
    for bearer in norm.bearers
]


@settings(max_examples=150)
@given(which=st.sampled_from(PROHIBITIONS), seed=SEEDS)
def test_prohibitions_come_before_every_power(which: tuple[Charter, Any, Any], seed: int) -> None:
    charter, norm, bearer = which
    _, other = Drawer(seed).question()
    own = {group[0].removeprefix("!"): not group[0].startswith("!") for group in norm.when}
    facts: dict[str, Fact] = {**other.facts, "delegation.covers_date_and_scope": True, **SIGNED, **own}
    question = Question(role=bearer.role, agency=bearer.agency, action=norm.action, on=date(2023, 5, 5), facts=facts)
    decision = service.decide(charter, question)
    assert decision.outcome == "forbidden"
    assert decision.missing == ()
    assert norm.cite in decision.citations


@settings(max_examples=150)
@given(drawn=DRAWN, days=st.integers(min_value=1, max_value=4000))
def test_before_the_first_day_nothing_else_is_examined(drawn: tuple[Charter, Question], days: int) -> None:
    charter, question = drawn
    first = date(2022, 4, 20) if charter.is_unsigned else charter.in_force_from
    assert first is not None
    asked = replace(question, facts={**question.facts, **SIGNED}, on=first - timedelta(days=days))
    decision = service.decide(charter, asked)
    assert (decision.outcome, decision.citations, decision.missing) == ("not_in_force", (), ())
    assert (decision.who_can, decision.enforcement, decision.gap) == ((), "block", None)
    assert service.decide(charter, replace(asked, on=first)).outcome != "not_in_force"


def test_canonical_form_does_not_depend_on_the_order_of_keys() -> None:
    for charter in CHARTERS:
        turned = dict(reversed(list(charter.raw.items())))
        assert canonical_json(turned) == canonical_json(charter.raw)
        assert text.from_raw(turned).hash == charter.hash
