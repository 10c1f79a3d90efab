"""Which norms of two charters mean the same act, and in which fields such a pair differs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from dean06.charter.changes import CHANGED, ONLY_A, ONLY_B, FieldChange, NormChange
from dean06.charter.norms import Deadline, Norm, Reading
from dean06.charter.types import Charter

LISTS = {
    "systems": "systems",
    "joined_with": "joined_with",
    "documents": "document_kinds",
    "meetings": "meeting_kinds",
    "coordinators": "coordinators",
    "recipients": "recipients",
    "blocks": "blocks",
    "extends_to": "extends_to",
    "evidence": "evidence",
    "gaps": "gaps",
}
PLAIN = (
    "type",
    "action",
    "on_behalf_of",
    "delegate",
    "sign_form",
    "via",
    "fulfilled_by",
    "enforcement",
    "testable",
    "dormant",
)


def pairs(a: Charter, b: Charter) -> dict[str, str]:
    """Pair norms by meaning: action, bearer, type, systems; in two versions of one line a key is an identity."""
    found: dict[str, str] = {}
    if a.line == b.line:
        found = {key: key for key in a.index.norms if key in b.index.norms}
    by_action: dict[str | None, list[tuple[int, Norm]]] = {}
    for m, norm in enumerate(b.norms):
        by_action.setdefault(norm.action, []).append((m, norm))
    scored = [
        (-score, n, m, x.key, y.key)
        for n, x in enumerate(a.norms)
        if x.key not in found
        for m, y in by_action.get(x.action, ())
        if (score := likeness(x, y)) > 0
    ]
    taken = set(found.values())
    for *_, mine, other in sorted(scored):
        if mine not in found and other not in taken:
            found[mine] = other
            taken.add(other)
    for key, norm in a.index.norms.items():
        namesake = b.index.norms.get(key)
        if namesake is not None and key not in found and key not in taken and _one_intent(norm, namesake):
            found[key] = key
    return found


def likeness(x: Norm, y: Norm) -> float:
    """Return how much two norms mean the same; 0 where they do not."""
    if x.action != y.action:
        return 0.0
    if x.action is None:
        same_place = x.key == y.key or x.cite == y.cite
        return 4.0 + (x.key == y.key) if x.type == y.type and same_place else 0.0
    bearers = _bearing(x, y)
    if not bearers or (x.systems and y.systems and not set(x.systems) & set(y.systems)):
        return 0.0
    return (
        4 * bearers
        + 4 * _overlap(x.systems, y.systems)
        + 2 * _overlap(x.document_kinds, y.document_kinds)
        + 2 * _overlap(x.meeting_kinds, y.meeting_kinds)
        + _overlap(x.joined_with, y.joined_with)
        + 3 * (x.type == y.type)
        + 2 * (x.when == y.when)
        + (x.key == y.key)
        + (x.deadline == y.deadline)
        + (x.cite.article == y.cite.article)
        + 0.5 * (x.cite == y.cite)
    )


def _bearing(x: Norm, y: Norm) -> float:
    whole = _overlap([bearer.party for bearer in x.bearers], [bearer.party for bearer in y.bearers])
    agencies = _agencies(x) & _agencies(y)
    return whole or (0.5 if agencies else 0.0)


def _agencies(norm: Norm) -> set[str]:
    return {bearer.agency for bearer in norm.bearers if bearer.agency}


def _overlap(mine: Collection[str], other: Collection[str]) -> float:
    both = set(mine) | set(other)
    return len(set(mine) & set(other)) / len(both) if both else 1.0


def _one_intent(x: Norm, y: Norm) -> bool:
    """One key and one type, for people who overlap, though the act is put in other words."""
    return x.type == y.type and _bearing(x, y) > 0


def norm_changes(a: Charter, b: Charter, paired: Mapping[str, str]) -> Iterator[NormChange]:
    """Give the norms of one side alone and the pairs that differ: first in the order of A, then what only B has."""
    back = {other: mine for mine, other in paired.items()}
    for norm in a.norms:
        if norm.key not in paired:
            yield NormChange(kind=ONLY_A, a=norm, b=None)
            continue
        other = b.index.norms[paired[norm.key]]
        fields = _fields(a, norm, b, other, paired)
        if fields:
            yield NormChange(kind=CHANGED, a=norm, b=other, fields=fields)
    for norm in b.norms:
        if norm.key not in back:
            yield NormChange(kind=ONLY_B, a=None, b=norm)


def _fields(a: Charter, x: Norm, b: Charter, y: Norm, paired: Mapping[str, str]) -> tuple[FieldChange, ...]:
    mine, other = plain_norm(a, x), plain_norm(b, y)
    if a.line != b.line:
        mine["cite"] = other["cite"]  # two texts number their clauses each in its own way
    after = sorted(paired.get(key, key) for key in x.after)
    changes = [FieldChange(name, mine[name], other[name]) for name in mine if mine[name] != other[name]]
    if after != sorted(y.after):
        changes.append(FieldChange("after", list(x.after), list(y.after)))
    return tuple(changes)


def plain_norm(charter: Charter, norm: Norm) -> dict[str, object]:
    """Return what a norm says as plain values, lists in one order, the seal looked up; but not what it stands after."""
    seal = norm.seal or (charter.index.norms[norm.seal_by].seal if norm.seal_by else None)
    plain: dict[str, object] = {"cite": norm.cite.dotted}
    plain |= {name: getattr(norm, name) for name in PLAIN}
    plain |= {name: sorted(getattr(norm, attribute)) for name, attribute in LISTS.items()}
    return plain | {
        "bearers": sorted(bearer.party for bearer in norm.bearers),
        "when": sorted(sorted(group) for group in norm.when),
        "seal": seal,
        "deadline": plain_deadline(norm.deadline),
        "reading": _reading(norm.reading),
    }


def plain_deadline(deadline: Deadline | None) -> dict[str, object] | None:
    """Return a deadline's form and what it needs."""
    if deadline is None:
        return None
    parts = {"form": deadline.form, "day": deadline.day, "event": deadline.event}
    return {name: value for name, value in parts.items() if value is not None}


def _reading(reading: Reading | None) -> dict[str, object] | None:
    return {"vi": reading.vi, "en": reading.en, "lead": reading.lead} if reading else None
