"""Norm candidates read out of the language of a regulation: drafts, until a person accepts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dean06.charter.importing import candidate_words as words
from dean06.charter.importing.nodes import COVERING, REGULATION, Node
from dean06.charter.importing.results import Candidate
from dean06.charter.norms import Deadline

_SENTENCE = re.compile(r"(?<=[.;])\s+|\n")
_LEAD_IN = re.compile(r"^(?:Khi|Trường hợp|Trong|Định kỳ|Hằng|Hàng|Tùy|Tuỳ|Căn cứ|Nếu|Theo)\b", re.IGNORECASE)
_COMMA = re.compile(r",\s+")
_TO = re.compile(r"(?:báo cáo|trình|gửi|kiến nghị|đề xuất)\s+(?:lên |về |cho |với |đồng chí )?", re.IGNORECASE)
_THROUGH = re.compile(r"(?:thông qua|qua)\s+(?:đồng chí )?", re.IGNORECASE)
_BACK = 8  # sentences of a clause that may name the subject of a later one
_LONGEST = 3000  # characters of one sentence that are looked at
_DEADLINES = (
    ("before_day", re.compile(r"trước ngày\s+(\d{1,2})\s*(?:của\s+)?(?:hằng|hàng|mỗi)?\s*tháng", re.IGNORECASE)),
    (
        "every_month",
        re.compile(r"(?:hằng|hàng|mỗi)\s+tháng|0?1\s+tháng\s*/\s*0?1\s+lần|một tháng một lần", re.IGNORECASE),
    ),
    ("every_half_year", re.compile(r"(?:0?6|sáu)\s+tháng", re.IGNORECASE)),
    ("every_year", re.compile(r"(?:hằng|hàng|mỗi|cuối)\s+năm", re.IGNORECASE)),
    ("before_event", re.compile(r"trước khi", re.IGNORECASE)),
    ("timely", re.compile(r"kịp thời|khẩn trương", re.IGNORECASE)),
)
_WITH_DEADLINE = {"duty", "procedure"}


@dataclass(frozen=True, slots=True)
class _Said:
    """One sentence of a clause, and the words above it that name who it speaks of."""

    cite: str
    text: str
    before: tuple[str, ...]
    above: tuple[str, ...]


def candidates(provisions: tuple[Node, ...]) -> tuple[Candidate, ...]:
    """Return the candidates of every clause in order; one clause gives an action once."""
    found: dict[tuple[str, str, str | None], Candidate] = {}
    for said in (said for part in provisions if part.label in (COVERING, REGULATION) for said in _sentences(part, ())):
        for candidate in _of(said):
            found.setdefault((candidate.cite, candidate.type, candidate.action), candidate)
    return tuple(found.values())


def _sentences(node: Node, above: tuple[str, ...], cite: str | None = None) -> Iterator[_Said]:
    cite = node.cite or cite
    if (
        cite is not None
        and node.text
        and not cite.startswith((f"{COVERING}-head", f"{COVERING}-basis", f"{COVERING}-rec"))
    ):
        texts = [text for text in _split(node.text) if not _is_lead_in(node, text)]
        for at, text in enumerate(texts):
            yield _Said(cite, text, tuple(reversed(texts[max(0, at - _BACK) : at])), above)
    inner = (node.heading or (node.text if node.children else ""), *above) if node.kind != "part" else above
    for child in node.children:
        yield from _sentences(child, inner, cite)


def _split(text: str) -> list[str]:
    return [piece.strip()[:_LONGEST] for piece in _SENTENCE.split(text) if piece.strip()]


def _is_lead_in(node: Node, text: str) -> bool:
    return bool(node.children) and (text.endswith(":") or text.lower().startswith("thành viên")) and len(text) < 160


def _of(said: _Said) -> list[Candidate]:
    found = [
        _candidate(said, turn.type, turn.action, turn.bearer, match[0])
        for turn in words.turns()
        if (match := turn.says.search(said.text)) and not (turn.unless and turn.unless.search(said.text))
    ]
    if found:
        return found
    for kind, pattern in words.table(words.TRIGGERS):
        match = pattern.search(said.text)
        if match:
            return [_candidate(said, kind, None, None, match[0])]
    return []


def _candidate(said: _Said, kind: str, action: str | None, bearer: str | None, trigger: str) -> Candidate:
    text, parties = (bearer, (bearer,)) if bearer else _bearer(said)
    return Candidate(
        cite=said.cite,
        type=kind,
        bearer_text=text,
        bearer=parties,
        action=action,
        deadline=_deadline(said.text) if kind in _WITH_DEADLINE else None,
        recipients=_recipients(said.text),
        via=_via(said.text),
        triggers=(" ".join(trigger.split()),),
    )


def _bearer(said: _Said) -> tuple[str, tuple[str, ...]]:
    """Return who a sentence speaks of: its own subject, else that of a sentence before, else the nearest name above."""
    for text in (said.text, *said.before):
        own = _subject(text)
        if own[1]:
            return own
    for text in said.above:
        named = _parties(text, at_start=False)
        if named[1]:
            return named
    return "", ()


def _subject(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the subject of a sentence, behind its lead-in if it has one."""
    starts = [comma.end() for comma in _COMMA.finditer(text)] if _LEAD_IN.match(text) else [0]
    found = (_parties(text[start:], at_start=True) for start in starts)
    return next((party for party in found if party[1]), ("", ()))


def _parties(text: str, *, at_start: bool) -> tuple[str, tuple[str, ...]]:
    for code, pattern in words.table(words.ROLES):
        match = pattern.match(text) if at_start else pattern.search(text)
        if match is None:
            continue
        agency = _agency(text) if code == "member" and not at_start else None
        return match[0], (f"{code}:{agency}" if agency else code,)
    for code, pattern in words.table(words.AGENCIES):
        match = pattern.match(text)
        if match:
            return match[0].strip(), (f"agency:{code}",)
    return "", ()


def _agency(text: str) -> str | None:
    return next((code for code, pattern in words.table(words.AGENCIES) if pattern.search(text)), None)


def _deadline(text: str) -> Deadline | None:
    for form, pattern in _DEADLINES:
        match = pattern.search(text)
        if match:
            return Deadline("every_month_before_day", int(match[1])) if form == "before_day" else Deadline(form)
    return None


def _via(text: str) -> str | None:
    """Return through whom a sentence sends what it speaks of, as far as the words right behind `qua` tell."""
    return next((code for through in _THROUGH.finditer(text) if (code := _named_at(text, through.end()))), None)


def _recipients(text: str) -> tuple[str, ...]:
    """Return whom a sentence reports or submits to, as far as the words right behind the verb tell."""
    named = (_named_at(text, verb.end()) for verb in _TO.finditer(text))
    return tuple(dict.fromkeys(code for code in named if code))


def _named_at(text: str, at: int) -> str | None:
    tables = (*words.table(words.ROLES), *words.table(words.AGENCIES))
    return next((code for code, pattern in tables if pattern.match(text, at)), None)
