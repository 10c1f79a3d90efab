"""Cases as a jurist writes them: one line a question, with the verdict of each regulation beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from dean06.charter import service, text
from dean06.charter.types import Charter, Fact, LocalRule, Obligation, Question

CASES = Path(__file__).with_name("cases")
SIGNED = {"charter.number": "12/QĐ-UBND", "charter.adopted_on": "2022-04-20", "charter.confirmed_by_two": True}
REGULATIONS = {"QN": "quang-ninh-2022", "XT": "xuan-truong-2022"}
WORDS = ("lacks", "form", "for", "seal", "gap", "rule", "can", "weight")
OWED = ("by", "before", "to", "via", "gap")
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
    cites, said = _words(tokens, WORDS)
    return Verdict(outcome, cites, said)


def _words(tokens: list[str], known: tuple[str, ...]) -> tuple[frozenset[str], dict[str, list[str]]]:
    """Split what stands first from what stands behind each known word."""
    said: dict[str, list[str]] = {}
    first: list[str] = []
    kept = first
    for token in tokens:
        if token in known:
            kept = said.setdefault(token, [])
        else:
            kept.append(token)
    return frozenset(first), said


@dataclass(frozen=True)
class Line:
    """One duty as a case expects it; without object or period any will do, if it is the only one."""

    status: str
    action: str
    kind: str | None
    bearer: str | None
    period: str | None
    cites: frozenset[str]
    said: Mapping[str, list[str]]


def owed_line(text: str) -> Line:
    """Read `met meeting.hold/regular group@2022-06 8.1 by m1`, `no report.submit`, or `no report.submit@2022-06`."""
    status, duty, *tokens = text.split()
    duty, _, only = duty.partition("@")
    action, _, kind = duty.partition("/")
    who, _, period = tokens[0].partition("@") if tokens else ("", "", only)
    cites, said = _words(tokens[1:], OWED)
    return Line(status, action, kind or None, who or None, period or None, cites, said)


def rows(folder: str) -> list[dict[str, Any]]:
    """Return the cases of every file of a folder; the name of a file stands before each."""
    read = YAML(typ="safe")
    return [
        {**case, "id": f"{path.stem}: {case.get('ask') or case.get('case')}"}
        for path in sorted((CASES / folder).glob("*.yaml"))
        for case in read.load(path)
    ]


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


ADOPTED = {"number": "12/QĐ-UBND", "signed_on": "2022-04-20", "confirmed_by": ["a", "b"]}


def owed(name: str, case: Mapping[str, Any]) -> list[Obligation]:
    """Compute what was owed under one regulation on the facts of a case."""
    charter = service.load(name)
    entered = {} if case.get("unsigned") else {"adoption": ADOPTED}
    plain = {"format": "dean06-charter-facts/1", **entered, **plain_of(case["facts"])}
    facts = service.facts_from_plain(plain, charter)
    return service.obligations(charter, facts, month=case.get("month"), year=case.get("year"))


def plain_of(value: Any) -> Any:
    """Turn YAML's dates back into the text that a file of facts holds."""
    if isinstance(value, dict):
        return {key: plain_of(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain_of(item) for item in value]
    return value if isinstance(value, (bool, int, str)) or value is None else value.isoformat()


LISTS = (
    "when",
    "systems",
    "joined_with",
    "document_kinds",
    "meeting_kinds",
    "coordinators",
    "recipients",
    "after",
    "blocks",
    "extends_to",
    "evidence",
    "gaps",
)
BLANKS = (
    "on_behalf_of",
    "delegate",
    "sign_form",
    "seal",
    "seal_by",
    "deadline",
    "via",
    "fulfilled_by",
    "why_not_testable",
    "dormant",
    "reading",
)


def rule(key: str, kind: str, action: str | None, *bearers: str, **more: Any) -> dict[str, Any]:
    """Return a norm of a made-up regulation; what is not said of it is empty."""
    return {
        "key": key,
        "cite": "1.1",
        "type": kind,
        "action": action,
        "bearers": list(bearers),
        "enforcement": "block",
        "testable": True,
        "source": "một quy chế nghĩ ra",
        "last_checked": "2022-05-01",
        **{name: [] for name in LISTS},
        **dict.fromkeys(BLANKS),
        **more,
    }


def made_up(*norms: dict[str, Any], **head: Any) -> Charter:
    """Return a regulation of these norms alone, in force from 5 May 2022 unless its head says otherwise."""
    whole = service.load("quang-ninh-2022").raw
    return text.from_raw({**whole, "norms": list(norms), **head})


FOR_LEADER = rule(  # the deputy signs for the leader
    "sign",
    "power",
    "document.sign",
    "deputy",
    cite="5.1",
    on_behalf_of="leader",
    sign_form="KT",
    when=[["meeting.held"]],
)


def asked(
    charter: Charter, role: str, action: str, agency: str | None = None, *, on: date = date(2023, 1, 10), **facts: Fact
) -> service.Decision:
    """Ask a made-up regulation; a fact is named with two low lines for its stop."""
    named = {name.replace("__", "."): value for name, value in facts.items()}
    return service.decide(charter, Question(role=role, agency=agency, action=action, on=on, facts=named))


def deadline(form: str, day: int | None = None, event: str | None = None) -> dict[str, Any]:
    """Return the deadline of a made-up norm."""
    return {"form": form, "day": day, "event": event}


def facts_of(charter: Charter, **lists: Any) -> service.Facts:
    """Return facts of these lists, as known on 1 February 2023 unless they say otherwise."""
    return service.facts_from_plain({"format": "dean06-charter-facts/1", "as_of": "2023-02-01", **lists}, charter)


def owed_under(charter: Charter, month: str, **lists: Any) -> list[Obligation]:
    """Compute what was owed in a month on facts of these lists."""
    return service.obligations(charter, facts_of(charter, **lists), month=month)
