"""Questions drawn to be interesting: near a norm, with its facts mostly given, its object mostly named."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dean06.charter import service
from dean06.charter.types import Charter, Fact, Question

WORDS = service.vocabulary()
LINES = service.packages()
SIGNED: dict[str, Fact] = {
    "charter.number": "12/QĐ-UBND",
    "charter.adopted_on": "2022-04-20",
    "charter.confirmed_by_two": True,
}
VALUES: Mapping[str, list[Fact]] = {
    "task.system": list(WORDS.systems),
    "meeting.kind": list(WORDS.meeting_kinds),
    "document.kind": list(WORDS.document_kinds),
    "delegation.to_role": ["standing_deputy", "standing_deputy", "deputy"],
    "seal.agency": ["POL", "PC", "OFF", "CPOL", "YT"],
    "local_rule.set": list(WORDS.gaps),
    "charter.adopted_on": ["2022-04-20", "2023-06-30"],
    "charter.number": ["12/QĐ-UBND"],
}
WEIGHT = {"quang-ninh-2022": 3, "xuan-truong-2022": 3}
RARE = {"prohibition": 6, "procedure": 3}
LOUD = ("prohibition", "procedure")


class Drawer:
    """A stream of questions from one seed; the same seed gives the same questions."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311  a test's dice

    def question(self) -> tuple[Charter, Question]:
        """Draw a charter and a question."""
        line = self.dice.choices(LINES, [WEIGHT.get(name, 1) for name in LINES])[0]
        charter = service.load(line)
        if self.dice.random() < 0.14:
            return charter, self._anything(charter)
        return charter, self._near(charter)

    def _anything(self, charter: Charter) -> Question:
        action = self.dice.choice(list(WORDS.actions))
        names = [*WORDS.actions[action].facts, *self.dice.sample(list(WORDS.facts), 2)]
        return self._ask(charter, self.dice.choice([*WORDS.roles, "người lạ"]), None, action, self._given(names, 0.5))

    def _near(self, charter: Charter) -> Question:
        """Draw near a norm: one of its bearers or not, its facts mostly given."""
        rows: Any = charter.raw["norms"]
        acting = [row for row in rows if row["action"]]
        row = self.dice.choices(acting, [RARE.get(one["type"], 1) for one in acting])[0]
        action = self.dice.choice([row["action"], row["action"], *row["extends_to"], *row["blocks"]])
        role, _, agency = self.dice.choice(row["bearers"] or ["leader"]).partition(":")
        if role == "member" and self.dice.random() < 0.3:
            role = self.dice.choice(["standing_deputy", "deputy", "standing_member"])
        if self.dice.random() < (0.05 if row["type"] in LOUD else 0.25):
            role, agency = self.dice.choice(list(charter.roles)), ""
        asked = [name.removeprefix("!") for group in row["when"] for name in group]
        facts = self._given(asked, 0.75) | self._given(WORDS.actions[action].facts, 0.35)
        for fact, known in (("task.system", row["systems"]), ("meeting.kind", row["meeting_kinds"])):
            if known and self.dice.random() < 0.8:
                facts[fact] = self.dice.choice(known)
        return self._ask(charter, role, agency or None, action, facts)

    def _given(self, names: list[str] | tuple[str, ...], likely: float) -> dict[str, Fact]:
        return {
            name: self.dice.choice(VALUES.get(name, [True, True, True, True, False]))
            for name in names
            if self.dice.random() < likely
        }

    def _ask(self, charter: Charter, role: str, agency: str | None, action: str, facts: dict[str, Fact]) -> Question:
        entered = dict(SIGNED)
        if self.dice.random() < 0.08:
            del entered[self.dice.choice(list(entered))]
        if self.dice.random() < 0.03:
            facts["seal.agency"] = self.dice.choice(VALUES["seal.agency"])
        if agency is None and self.dice.random() < 0.6:
            agency = self.dice.choice([*charter.agencies, "NOBODY"])
        on = date(2023, 1, 1) + timedelta(days=self.dice.randrange(1400))
        if self.dice.random() < 0.08:
            on = date(2022, 4, 1) + timedelta(days=self.dice.randrange(60))
        return Question(role=role, agency=agency, action=action, on=on, facts={**entered, **facts})


def told(question: Question) -> str:
    """Show a question as the command line would ask it, for a failing draw."""
    facts = ", ".join(f"{name}={value}" for name, value in question.facts.items())
    return f"{question.role}:{question.agency} {question.action} on {question.on} with {facts}"
