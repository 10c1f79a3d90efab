"""The vocabulary: the only words a charter may use, read from its compiled form."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dean06.charter.errors import UnknownWord
from dean06.charter.norms import Words

SOURCE = Path(__file__).with_name("vocabulary.yaml")
COMPILED = Path(__file__).with_name("vocabulary.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWord:
    """A named fact: its type, and its sentence when established and when not."""

    type: str
    if_true: str
    if_false: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWord:
    """An action: its name in both languages, what it is done to, and the facts norms may ask for."""

    name: Words
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
    systems: Mapping[str, Words]
    actions: Mapping[str, ActionWord]
    facts: Mapping[str, FactWord]
    implied_by: Mapping[str, tuple[tuple[str, object], ...]]
    document_kinds: Mapping[str, str]
    meeting_kinds: Mapping[str, str]
    deadline_forms: Mapping[str, tuple[str, ...]]
    sign_forms: Mapping[str, str]
    gaps: Mapping[str, Words]
    gap_of_action: Mapping[str, str]
    signing: frozenset[str]
    sealing: frozenset[str]
    digest: str


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the vocabulary of this version of the product."""
    return from_plain(json.loads(COMPILED.read_text(encoding="utf-8")))


def from_plain(plain: Mapping[str, dict[str, dict[str, object]]]) -> Vocabulary:
    """Build the vocabulary from its compiled form."""
    actions = {code: _action(word) for code, word in plain["actions"].items()}
    implied: dict[str, tuple[tuple[str, object], ...]] = {}
    for rule in _rows(plain["implications"]):
        given = str(rule["gives"])
        implied[given] = (*implied.get(given, ()), (str(rule["fact"]), rule["value"]))
    answers = plain["answers"]
    signing = frozenset(_texts(answers["signing"]))
    return Vocabulary(
        roles=_words(plain["roles"]),
        role_kinds={code: str(word.get("kind", "")) for code, word in plain["roles"].items()},
        members=frozenset(code for code, word in plain["roles"].items() if "includes" in word),
        takes_agency=frozenset(code for code, word in plain["roles"].items() if word.get("takes_agency")),
        agencies=_words(plain["agencies"]),
        systems=_words(plain["systems"]),
        actions=actions,
        facts={code: _fact(word) for code, word in plain["facts"].items()},
        implied_by=implied,
        document_kinds={code: str(name) for code, name in plain["document_kinds"].items()},
        meeting_kinds={code: str(name) for code, name in plain["meeting_kinds"].items()},
        deadline_forms={code: tuple(_texts(form.get("fields", ()))) for code, form in plain["deadline_forms"].items()},
        sign_forms={code: str(form["vi"]) for code, form in plain["sign_forms"].items()},
        gaps=_words(plain["gap_codes"]),
        gap_of_action={
            action: code for code, gap in plain["gap_codes"].items() for action in _texts(gap.get("actions", ()))
        },
        signing=signing,
        sealing=signing | frozenset(_texts(answers["issuing"])) | frozenset(_texts(answers["sealing"])),
        digest=str(plain["digest"]),
    )


def _rows(value: object) -> list[dict[str, object]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []


def _words(section: Mapping[str, dict[str, object]]) -> dict[str, Words]:
    return {code: Words(str(word["vi"]), str(word["en"])) for code, word in section.items()}


def _action(word: Mapping[str, object]) -> ActionWord:
    return ActionWord(
        name=Words(str(word["vi"]), str(word["en"])),
        object=str(word["object"]),
        attributes=tuple(_texts(word.get("attributes"))),
        facts=tuple(_texts(word.get("facts"))),
    )


def _fact(word: Mapping[str, object]) -> FactWord:
    return FactWord(
        type=str(word["type"]), if_true=str(word["vi_true"]), if_false=str(word["vi_false"]), en=str(word["en"])
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
