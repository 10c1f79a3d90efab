"""Two hands that share no code with the answering agree with it: a plain decision table, and Cedar."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charter import oracle_cedar
from charter.draws import WORDS, Drawer, told
from charter.oracle_table import Table, Told
from dean06.charter import service
from dean06.charter.types import Charter, Question

SEEDS = st.integers(min_value=0, max_value=2**48)
SHARES = {"allowed": 0.25, "not_allowed": 0.2, "forbidden": 0.02, "not_regulated": 0.04, "not_in_force": 0.03}
BATCH = 100
CHECKED = [HealthCheck.too_slow]


def _by_table(charter: Charter, question: Question) -> Told:
    table = Table(charter.raw, question.role, question.agency, question.action, question.on, question.facts)
    return table.answer()


def _answers_agree(charter: Charter, question: Question) -> str:
    """Compare outcome, citations and missing facts, and look at the explanation."""
    decision = service.decide(charter, question)
    mine = Told(
        decision.outcome,
        frozenset(citation.dotted for citation in decision.citations),
        frozenset(decision.missing),
    )
    assert mine == _by_table(charter, question), f"{charter.line}: {told(question)}"
    for language in ("vi", "en"):
        said = decision.sentence(language)
        assert said.endswith("."), told(question)
        for citation in decision.citations:
            assert service.clause_label(citation, language) in said, told(question)
    return decision.outcome


def _those_who_can_agree(charter: Charter, question: Question) -> None:
    """Ask the table for every role of the charter, alone, with its post's agency and with each that a norm names."""
    rows: Any = charter.raw["norms"]
    wanted: list[str] = []
    for role in [code for code in WORDS.roles if code in charter.roles]:
        hats = {party.partition(":")[2] for row in rows for party in row["bearers"] if party.startswith(f"{role}:")}
        hats |= {charter.roles[role].agency} - {None}
        if _by_table(charter, replace(question, role=role, agency=None)).outcome == "allowed":
            wanted.append(role)
            continue
        can = [a for a in hats if _by_table(charter, replace(question, role=role, agency=a)).outcome == "allowed"]
        wanted.extend(sorted(f"{role}:{agency}" for agency in can))
    found = service.decide(charter, question).who_can
    in_force = service.decide(charter, question).outcome != "not_in_force"
    order = list(WORDS.roles)
    known = [party for party in found if party.partition(":")[0] in WORDS.roles]
    assert sorted(known) == (sorted(wanted) if in_force else []), told(question)
    assert known == sorted(known, key=lambda party: order.index(party.partition(":")[0]))


def _table_agrees(draws: int) -> Counter[str]:
    outcomes: Counter[str] = Counter()

    @settings(max_examples=draws // BATCH, suppress_health_check=CHECKED)
    @given(seed=SEEDS)
    def agree(seed: int) -> None:
        drawer = Drawer(seed)
        for number in range(BATCH):
            charter, question = drawer.question()
            outcomes[_answers_agree(charter, question)] += 1
            if number % 20 == 0:
                _those_who_can_agree(charter, question)

    agree()
    return outcomes


def _cedar_agrees(draws: int) -> Counter[bool]:
    outcomes: Counter[bool] = Counter()

    @settings(max_examples=draws // BATCH, suppress_health_check=CHECKED)
    @given(seed=SEEDS)
    def agree(seed: int) -> None:
        drawer, by_line = Drawer(seed), defaultdict[str, list[Question]](list)
        for _ in range(BATCH):
            charter, question = drawer.question()
            by_line[charter.line].append(question)
        for line, questions in by_line.items():
            charter = service.load(line)
            for question, may in zip(questions, oracle_cedar.allowed(charter.raw, questions), strict=True):
                assert (service.decide(charter, question).outcome == "allowed") == may, f"{line}: {told(question)}"
                outcomes[may] += 1

    agree()
    return outcomes


def _well_spread(outcomes: Counter[str]) -> None:
    total = outcomes.total()
    shares = {name: outcomes[name] / total for name in SHARES}
    assert all(shares[name] >= least for name, least in SHARES.items()), shares


def test_decision_table_agrees() -> None:
    _well_spread(_table_agrees(600))


def test_cedar_agrees() -> None:
    outcomes = _cedar_agrees(600)
    assert min(outcomes[True], outcomes[False]) > outcomes.total() // 4


@pytest.mark.proof
@pytest.mark.timeout(1800)
def test_decision_table_agrees_on_100_000_draws() -> None:
    outcomes = _table_agrees(100_000)
    assert outcomes.total() >= 100_000
    _well_spread(outcomes)


@pytest.mark.proof
@pytest.mark.timeout(1800)
def test_cedar_agrees_on_100_000_draws() -> None:
    outcomes = _cedar_agrees(100_000)
    assert outcomes.total() >= 100_000
    assert min(outcomes[True], outcomes[False]) > outcomes.total() // 4


def test_draws_of_a_seed_are_always_the_same() -> None:
    one, other = Drawer(7), Drawer(7)
    assert [told(one.question()[1]) for _ in range(20)] == [told(other.question()[1]) for _ in range(20)]
