"""Both regulations answer the same questions, line by line, as `cases/decisions/*.yaml` say."""

from __future__ import annotations

from typing import Any

import pytest

from charter.case_files import REGULATIONS, ask, rows, verdict
from dean06.charter import service

LINES = rows("decisions")
ASKED = [
    pytest.param(case, short, id=f"{case['id']} ({short})") for case in LINES for short in REGULATIONS if short in case
]


@pytest.mark.parametrize(("case", "short"), ASKED)
def test_line(case: dict[str, Any], short: str) -> None:
    wanted = verdict(case[short])
    decision = ask(REGULATIONS[short], case)
    assert decision.outcome == wanted.outcome, decision.sentence()
    assert {citation.dotted for citation in decision.citations} == wanted.cites
    assert sorted(decision.missing) == sorted(wanted.said.get("lacks", []))
    assert decision.sign_form == wanted.one("form")
    assert decision.on_behalf_of == wanted.one("for")
    assert decision.seal == wanted.one("seal")
    assert decision.gap == wanted.one("gap")
    assert (decision.local_rule.gap if decision.local_rule else None) == wanted.one("rule")
    if "can" in wanted.said:
        assert list(decision.who_can) == wanted.said["can"]
    if "weight" in wanted.said:
        assert decision.enforcement == wanted.one("weight")
    for language in ("vi", "en"):
        said = decision.sentence(language)
        assert said.endswith(".")
        assert all(service.clause_label(citation, language) in said for citation in decision.citations)


def test_there_are_enough_lines_and_none_twice() -> None:
    assert len(LINES) >= 400
    questions = [
        (case["who"], case["does"], str(case.get("on")), *sorted(case.get("given", ())), *case.get("rules", ()))
        for case in LINES
    ]
    assert len(set(questions)) == len(questions), [one for one in questions if questions.count(one) > 1]
