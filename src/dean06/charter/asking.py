"""Facts as a person types them: `name`, `name=true`, `name=2026-03-01`, each checked against its type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from dean06.charter.errors import BadFact
from dean06.charter.types import Charter, Fact
from dean06.charter.vocabulary import FACT, Vocabulary, demand, vocabulary

_WANTS_VALUE = ("code", "system", "date", "role", "agency", "gap")


def facts_from_words(charter: Charter, words: Iterable[str]) -> dict[str, Fact]:
    """Read repeated `name[=value]`; a bare name means true."""
    facts: dict[str, Fact] = {}
    for word in words:
        name, equals, text = word.partition("=")
        facts[name] = _value(charter, name, text.strip() if equals else "true")
    return facts


def _value(charter: Charter, name: str, text: str) -> Fact:
    known = vocabulary()
    demand(FACT, name, known.facts)
    kind = known.facts[name].type
    if text in ("true", "false"):
        if text == "true" and kind in _WANTS_VALUE:
            raise BadFact(name, text, kind)
        return text == "true"
    if kind == "bool" or not text:
        raise BadFact(name, text, "true, false")
    allowed = _allowed(charter, name, kind, known)
    if allowed is not None and text not in allowed:
        raise BadFact(name, text, ", ".join(list(allowed)[:8]))
    if kind in ("date", "time"):
        _check_time(name, text, kind)
    return text


def _allowed(charter: Charter, name: str, kind: str, known: Vocabulary) -> Mapping[str, object] | None:
    by_kind: Mapping[str, Mapping[str, object]] = {
        "system": known.systems,
        "role": {**known.roles, **charter.roles},
        "agency": {**known.agencies, **charter.agencies},
        "gap": known.gaps,
    }
    if kind == "code":
        return known.document_kinds if name == "document.kind" else known.meeting_kinds
    return by_kind.get(kind)


def _check_time(name: str, text: str, kind: str) -> None:
    try:
        if kind == "date":
            date.fromisoformat(text)
        else:
            datetime.fromisoformat(text)
    except ValueError:
        raise BadFact(name, text, "2026-03-01" if kind == "date" else "2026-03-01T08:00+07:00") from None
