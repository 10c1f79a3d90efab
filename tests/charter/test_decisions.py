"""The regulations answer as a jurist reads them: both on the same facts, one case a row of `cases/decisions.yaml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dean06.charter import service
from dean06.charter.types import LocalRule, Question

CASES = YAML(typ="safe").load(Path(__file__).with_name("cases").joinpath("decisions.yaml"))
REGULATIONS = ("quang-ninh-2022", "xuan-truong-2022")
SIGNED = {"charter.number": "12/QĐ-UBND", "charter.adopted_on": "2022-04-20", "charter.confirmed_by_two": True}


def _ask(name: str, case: dict[str, Any]) -> service.Decision:
    entered = {} if case.get("unsigned") else SIGNED
    question = Question(
        role=case["role"],
        agency=case.get("agency"),
        action=case["action"],
        on=date.fromisoformat(str(case.get("on", "2023-03-10"))),
        facts={**entered, **case.get("facts", {})},
    )
    charter = service.load(name)
    service.check_words(charter, question)
    return service.decide(charter, question)


@pytest.mark.parametrize("name", REGULATIONS)
@pytest.mark.parametrize("case", CASES, ids=[case["ask"] for case in CASES])
def test_answer(name: str, case: dict[str, Any]) -> None:
    wanted = case[name]
    decision = _ask(name, case)
    told = decision.as_json()
    cites = [citation.dotted for citation in decision.citations]
    assert told["outcome"] == wanted["may"], decision.sentence()
    for key in ("sign_form", "on_behalf_of", "seal", "gap", "local_rule", "enforcement", "who_can"):
        if key in wanted:
            assert told[key] == wanted[key], key
    if "cites" in wanted:
        assert cites == wanted["cites"]
    if "missing" in wanted:
        assert sorted(decision.missing) == sorted(wanted["missing"])
    assert set(wanted.get("has_cites", ())) <= set(cites)
    assert set(wanted.get("has_missing", ())) <= set(decision.missing)


@pytest.mark.parametrize("name", REGULATIONS)
@pytest.mark.parametrize("case", CASES, ids=[case["ask"] for case in CASES])
def test_answer_is_said_in_both_languages(name: str, case: dict[str, Any]) -> None:
    decision = _ask(name, case)
    for language in ("vi", "en"):
        said = decision.sentence(language)
        assert said.endswith(".")
        for citation in decision.citations:
            assert service.clause_label(citation, language) in said


def test_local_rule_is_shown_with_number_and_day() -> None:
    rule = LocalRule(gap="G-11", number=3, adopted_on=date(2022, 9, 2))
    question = Question(
        role="chair_of_meeting", action="minutes.sign", on=date(2023, 1, 1), facts=SIGNED, local_rules={"G-11": rule}
    )
    decision = service.decide(service.load("xuan-truong-2022"), question)
    assert decision.local_rule == rule
    assert "quy ước số 3 ngày 02/09/2022" in decision.sentence("vi")


def test_refusal_names_what_is_missing_and_who_can() -> None:
    question = Question(role="standing_deputy", action="document.sign", on=date(2023, 1, 1))
    said = service.decide(service.load("quang-ninh-2022"), question).sentence("vi")
    assert "Không có phân công nào của Tổ trưởng" in said
    assert "Người làm được ngay: Tổ trưởng" in said


def test_capacities_allowed_keeps_the_hats_that_fit() -> None:
    question = Question(role="member", action="integration.lead", on=date(2023, 1, 1), facts={"task.system": "S11"})
    hats = (("deputy", "OFF"), ("member", "BHXH"), ("agency", "BHXH"))
    fitting = service.capacities_allowed(service.load("quang-ninh-2022"), question, hats)
    assert [hat for hat, _ in fitting] == [("member", "BHXH")]
