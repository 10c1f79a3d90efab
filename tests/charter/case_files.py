"""Cases as a jurist writes them: one line a question, with the verdict of each regulation beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from dean06.charter import service
from dean06.charter.types import LocalRule, Question

CASES = Path(__file__).with_name("cases")
SIGNED = {"charter.number": "12/QĐ-UBND", "charter.adopted_on": "2022-04-20", "charter.confirmed_by_two": True}
REGULATIONS = {"QN": "quang-ninh-2022", "XT": "xuan-truong-2022"}
WORDS = ("lacks", "form", "for", "seal", "gap", "rule", "can", "weight")
OUTCOMES = ("allowed", "not_allowed", "forbidden", "not_regulated", "not_in_force")


@dataclass(frozen=True)
class Verdict:
    """What a line expects; `can` and `weight` are looked at only where they are written."""

    outcome: str
    cites: frozenset[str]
    said: Mapping[str, list[str]] = field(default_factory=dict)

    def one(self, word: str) -> str | None:
        return next(iter(self.said.get(word, ())), None)


def verdict(line: str) -> Verdict:
    """Read `allowed 4.4 2.3 form KT for leader seal POL`."""
    outcome, *tokens = line.split()
    assert outcome in OUTCOMES, line
    said: dict[str, list[str]] = {}
    cites: list[str] = []
    kept = cites
    for token in tokens:
        if token in WORDS:
            kept = said.setdefault(token, [])
        else:
            kept.append(token)
    return Verdict(outcome, frozenset(cites), said)


def rows(folder: str) -> list[dict[str, Any]]:
    """Return the cases of every file of a folder; the name of a file stands before each."""
    found = []
    for path in sorted((CASES / folder).glob("*.yaml")):
        for case in YAML(typ="safe").load(path):
            found.append({**case, "id": f"{path.stem}: {case.get('ask') or case.get('case')}"})
    return found


def ask(name: str, case: Mapping[str, Any]) -> service.Decision:
    """Put one line's question to one regulation."""
    charter = service.load(name)
    role, _, agency = str(case["who"]).partition(":")
    entered = {} if case.get("unsigned") else SIGNED
    facts = {**entered, **service.facts_from_words(charter, case.get("given", ()))}
    rules = {
        gap: LocalRule(gap=gap, number=number, adopted_on=date(2022, 9, 2))
        for number, gap in enumerate(case.get("rules", ()), start=1)
    }
    question = Question(
        role=role,
        agency=agency or None,
        action=case["does"],
        on=date.fromisoformat(str(case.get("on", "2023-03-10"))),
        facts=facts,
        local_rules=rules,
    )
    service.check_words(charter, question)
    return service.decide(charter, question)
