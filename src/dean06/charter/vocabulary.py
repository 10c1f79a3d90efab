"""The vocabulary: the only words a charter may use, read from its compiled form."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dean06.charter.errors import UnknownWord
from dean06.charter.norms import Words

SOURCE = Path(__file__).with_name("vocabulary.yaml")
COMPILED = Path(__file__).with_name("vocabulary.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWord:
    """A named fact: its type, and its sentence when established, when given as false, and when not given."""

    type: str
    if_true: str
    if_false: str
    if_open: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What makes a missing fact true: the acts that do, or what the asker has to state."""

    acts: tuple[str, ...]
    words: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWord:
    """An action: its name in both languages, what it is done to, and the facts norms may ask for.

    Attributes:
        forbidden: what a prohibition on the action forbids; the name itself unless the name is what it bids.
    """

    name: Words
    forbidden: Words
    object: str
    attributes: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All words by kind, in the order of the contract."""

    roles: Mapping[str, Words]
    role_kinds: Mapping[str, str]
    members: frozenset[str]
    takes_agency: frozenset[str]
    agencies: Mapping[str, Words]
    agency_levels: Mapping[str, str]
    systems: Mapping[str, Words]
    actions: Mapping[str, ActionWord]
    facts: Mapping[str, FactWord]
    implied_by: Mapping[str, tuple[tuple[str, object], ...]]
    document_kinds: Mapping[str, str]
    evidence: Mapping[str, str]
    meeting_kinds: Mapping[str, str]
    deadline_forms: Mapping[str, tuple[str, ...]]
    sign_forms: Mapping[str, str]
    signed_for: Mapping[str, str]
    gaps: Mapping[str, Words]
    gap_of_action: Mapping[str, str]
    signing: frozenset[str]
    sealing: frozenset[str]
    issuing: frozenset[str]
    signature: str
    wider: frozenset[str]
    neighbours: Mapping[str, tuple[str, ...]]
    next_steps: Mapping[str, NextStep]
    digest: str


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the vocabulary of this version of the product."""
    return from_plain(json.loads(COMPILED.read_text(encoding="utf-8")))


def from_plain(plain: Mapping[str, Any]) -> Vocabulary:
    """Build the vocabulary from its compiled form."""
    actions = {code: _action(word) for code, word in plain["actions"].items()}
    answers = plain["answers"]
    signing, issuing = frozenset(_texts(answers["signing"])), frozenset(_texts(answers["issuing"]))
    return Vocabulary(
        roles=_words(plain["roles"]),
        role_kinds={code: str(word.get("kind", "")) for code, word in plain["roles"].items()},
        members=frozenset(code for code, word in plain["roles"].items() if "includes" in word),
        takes_agency=frozenset(code for code, word in plain["roles"].items() if word.get("takes_agency")),
        agencies=_words(plain["agencies"]),
        agency_levels={code: str(word.get("level", "")) for code, word in plain["agencies"].items()},
        systems=_words(plain["systems"]),
        actions=actions,
        facts={code: _fact(word) for code, word in plain["facts"].items()},
        implied_by=_implied(plain["implications"]),
        document_kinds={code: str(name) for code, name in plain["document_kinds"].items()},
        evidence={code: str(name) for code, name in (plain["document_kinds"] | plain["evidence_kinds"]).items()},
        meeting_kinds={code: str(name) for code, name in plain["meeting_kinds"].items()},
        deadline_forms={code: tuple(_texts(form.get("fields", ()))) for code, form in plain["deadline_forms"].items()},
        sign_forms={code: str(form["vi"]) for code, form in plain["sign_forms"].items()},
        signed_for={
            code: str(form["on_behalf_of"]) for code, form in plain["sign_forms"].items() if form["on_behalf_of"]
        },
        gaps=_words(plain["gap_codes"]),
        gap_of_action={
            action: code for code, gap in plain["gap_codes"].items() for action in _texts(gap.get("actions", ()))
        },
        signing=signing,
        sealing=signing | issuing | frozenset(_texts(answers["sealing"])),
        issuing=issuing,
        signature=str(answers["signature"]),
        wider=frozenset(_texts(answers["wider"])),
        neighbours=_neighbours(plain["neighbours"]),
        next_steps={fact: _step(step) for fact, step in plain["next_steps"].items()},
        digest=str(plain["digest"]),
    )


def _implied(rules: object) -> dict[str, tuple[tuple[str, object], ...]]:
    """Return by each fact which others bring it."""
    implied: dict[str, tuple[tuple[str, object], ...]] = {}
    for rule in _rows(rules):
        given = str(rule["gives"])
        implied[given] = (*implied.get(given, ()), (str(rule["fact"]), rule["value"]))
    return implied


def _rows(value: object) -> list[dict[str, object]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []


def _words(section: Mapping[str, dict[str, object]]) -> dict[str, Words]:
    return {code: Words(str(word["vi"]), str(word["en"])) for code, word in section.items()}


def _neighbours(rows: object) -> dict[str, tuple[str, ...]]:
    groups = [_texts(row) for row in rows] if isinstance(rows, list) else []
    return {action: tuple(other for other in group if other != action) for group in groups for action in group}


def _step(step: Mapping[str, object]) -> NextStep:
    words = Words(str(step["vi"]), str(step["en"])) if "vi" in step else None
    return NextStep(acts=tuple(_texts(step.get("acts"))), words=words)


def _action(word: Mapping[str, Any]) -> ActionWord:
    never = word.get("never", word)
    return ActionWord(
        name=Words(str(word["vi"]), str(word["en"])),
        forbidden=Words(str(never["vi"]), str(never["en"])),
        object=str(word["object"]),
        attributes=tuple(_texts(word.get("attributes"))),
        facts=tuple(_texts(word.get("facts"))),
    )


def _fact(word: Mapping[str, object]) -> FactWord:
    return FactWord(
        type=str(word["type"]),
        if_true=str(word["vi_true"]),
        if_false=str(word["vi_false"]),
        if_open=str(word.get("vi_open", word["vi_false"])),
        en=str(word["en"]),
    )


def nearest(word: str, known: Mapping[str, object]) -> tuple[str, ...]:
    """Return up to three known words that look like this one."""
    return tuple(difflib.get_close_matches(word, list(known), n=3, cutoff=0.6))


ACTION, FACT, ROLE, AGENCY, SYSTEM = (
    ("Hành vi", "action"),
    ("Dữ kiện", "fact"),
    ("Vai", "role"),
    ("Cơ quan", "agency"),
    ("Hệ thống", "system"),
)
_OFFERED = 12


def demand(kind: tuple[str, str], word: str, known: Mapping[str, object]) -> None:
    """Refuse a word that the vocabulary does not have, offering the nearest ones, else the first."""
    if word not in known:
        raise UnknownWord(kind, word, nearest(word, known) or tuple(known)[:_OFFERED])
