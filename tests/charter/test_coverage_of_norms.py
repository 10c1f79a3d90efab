"""No norm of either regulation is left without a case that touches it."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from charter.case_files import CASES, REGULATIONS, ask, owed, owed_line, rows
from dean06.charter import service

STATED: list[dict[str, Any]] = YAML(typ="safe").load(CASES / "constitution.yaml")
TOLD = [
    pytest.param(case, short, id=f"{case['norm']} ({short})")
    for case in STATED
    for short in REGULATIONS
    if short in case
]
EXAMPLES = set(range(1, 13))


@pytest.mark.parametrize(("case", "short"), TOLD)
def test_what_a_charter_is(case: dict[str, Any], short: str) -> None:
    wanted, charter = case[short], service.load(REGULATIONS[short])
    norm = charter.index.norms[case["norm"]]
    assert norm.cite.dotted == wanted["at"]
    assert wanted.get("says", "") in service.summary_of(charter, norm.cite).vi
    assert wanted.get("reading", "") in (norm.reading.vi if norm.reading else "")
    instrument = charter.instrument
    dated = instrument.date.isoformat() if instrument.date else None
    head = {"number": instrument.number, "date": dated, "issuer": instrument.issuer}
    head["from"] = charter.in_force_from.isoformat() if charter.in_force_from else None
    assert {key: wanted[key] for key in head if key in wanted} == {key: head[key] for key in head if key in wanted}


@pytest.mark.parametrize("short", REGULATIONS)
def test_every_norm_is_touched_by_a_case(short: str) -> None:
    charter = service.load(REGULATIONS[short])
    touched = {case["norm"] for case in STATED if short in case}
    for case in rows("decisions"):
        touched |= {norm.key for norm in ask(charter.line, case).norms}
    for case in rows("obligations"):
        wanted = {line.action for line in map(owed_line, case[short]) if line.status != "no"}
        touched |= {item.norm for item in owed(charter.line, case) if item.action in wanted}
    untouched = [f"{norm.key} ({norm.source})" for norm in charter.norms if norm.key not in touched]
    assert untouched == []


def test_the_twelve_acceptance_examples_are_among_the_cases() -> None:
    assert {case["example"] for case in (*rows("decisions"), *rows("obligations")) if "example" in case} == EXAMPLES
