"""What a change of charter means for those who act, read off the index that the engine itself answers from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from dean06.charter.changes import GAINED, LOST, EffectChange
from dean06.charter.index import OWN, Block, Door, SealRule
from dean06.charter.norms import Citation, Norm
from dean06.charter.pairing import plain_deadline
from dean06.charter.types import Charter, canonical_json

SEALING = "seal.use"
KINDS = {
    "power": "power",
    "entitlement": "power",
    "duty": "duty",
    "prohibition": "prohibition",
    "procedure": "condition",
}
ORDER = ("power", "duty", "prohibition", "condition", "block", "seal", "status")
TERMS = ("deadline", "recipients", "via", "conditions", "sign_form", "on_behalf_of", "enforcement", "seal", "until")


class _Place(NamedTuple):
    """Who holds what: the kind of hold, its way, the action, the party and the object spoken of."""

    kind: str
    way: str
    action: str
    party: str
    object: str


@dataclass(slots=True)
class _Hold:
    """The terms of one hold, gathered over every norm that gives it."""

    norms: list[Norm] = field(default_factory=list)
    terms: dict[str, list[object]] = field(default_factory=dict)

    def add(self, norms: Iterable[Norm], terms: dict[str, object]) -> None:
        self.norms.extend(norm for norm in norms if norm not in self.norms)
        for name, value in terms.items():
            values = self.terms.setdefault(name, [])
            if value not in values:
                values.append(value)

    def term(self, name: str) -> object:
        values = sorted(self.terms.get(name, []), key=canonical_json)
        return values[0] if len(values) == 1 else values or None


_Holds = dict[_Place, _Hold]


def effects(a: Charter, b: Charter) -> tuple[EffectChange, ...]:
    """Return who gains, loses or holds on other terms what; equal changes of several parties are told as one."""
    mine, other = _holds(a), _holds(b)
    changes: dict[tuple[object, ...], list[tuple[_Place, _Hold | None, _Hold | None]]] = {}
    for place in dict.fromkeys((*mine, *other)):
        before, after = mine.get(place), other.get(place)
        absent = _role(place) not in (b.roles if after is None else a.roles)
        for change, x, y in _changed(before, after):
            told = (place.kind, change, place.way, place.action, canonical_json([x, y]), absent and _role(place))
            changes.setdefault(told, []).append((place, before, after))
    made = [_effect(str(told[1]), rows, absent=bool(told[5])) for told, rows in changes.items()]
    return tuple(sorted(made, key=lambda one: (ORDER.index(one.kind), one.absent)))


def _role(place: _Place) -> str:
    return place.party.partition(":")[0]


def _changed(before: _Hold | None, after: _Hold | None) -> Iterator[tuple[str, object, object]]:
    if before is None:
        yield GAINED, None, None
    elif after is None:
        yield LOST, None, None
    else:
        for name in TERMS:
            x, y = before.term(name), after.term(name)
            if x != y:
                yield name, x, y


def _effect(change: str, rows: list[tuple[_Place, _Hold | None, _Hold | None]], *, absent: bool) -> EffectChange:
    place, before, after = rows[0]
    norms_a = tuple(dict.fromkeys(norm for _, hold, _ in rows if hold for norm in hold.norms))
    norms_b = tuple(dict.fromkeys(norm for _, _, hold in rows if hold for norm in hold.norms))
    return EffectChange(
        kind=place.kind,
        change=change,
        way=place.way,
        action=place.action,
        parties=tuple(dict.fromkeys(row.party for row, _, _ in rows)),
        objects=tuple(dict.fromkeys(row.object for row, _, _ in rows if row.object)),
        a=before.term(change) if before else None,
        b=after.term(change) if after else None,
        norms_a=tuple(norm.key for norm in norms_a),
        norms_b=tuple(norm.key for norm in norms_b),
        cites_a=_cites(norms_a),
        cites_b=_cites(norms_b),
        absent=absent,
    )


def _cites(norms: Iterable[Norm]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(norm.cite for norm in norms))


def _holds(charter: Charter) -> _Holds:
    holds: _Holds = {}
    for action, table in charter.index.tables.items():
        for by_role in (table.doors, table.prohibitions, table.procedures):
            for role, doors in by_role.items():
                for door in doors:
                    if (party := _party(charter, role, door)) is not None:
                        _open(holds, action, party, door)
        for role, blocks in table.blocks.items():
            for block in blocks:
                place = _Place("block", OWN, action, role, "")
                holds.setdefault(place, _Hold()).add([block.norm], _block(block))
    for role, rule in charter.index.seals.items():
        holds.setdefault(_Place("seal", OWN, SEALING, role, ""), _Hold()).add([rule.norm], _seal(rule))
    return holds


def _party(charter: Charter, role: str, door: Door) -> str | None:
    """Name the holder; a seat that is also a member has an agency's norm only where it sits for that agency."""
    if door.agency is None:
        return role
    if any((bearer.role, bearer.agency) == (role, door.agency) for bearer in door.norm.bearers):
        return f"{role}:{door.agency}"
    info = charter.roles.get(role)
    return role if info is not None and info.agency == door.agency else None


def _open(holds: _Holds, action: str, party: str, door: Door) -> None:
    kind = KINDS.get(door.norm.type, "status")
    for spoken_of in sorted(door.filter_values) or [""]:
        holds.setdefault(_Place(kind, door.way, action, party, spoken_of), _Hold()).add(door.norms, _terms(door))


def _terms(door: Door) -> dict[str, object]:
    norm = door.norm
    return {
        "deadline": plain_deadline(norm.deadline),
        "recipients": sorted(norm.recipients),
        "via": norm.via,
        "conditions": sorted(sorted(group) for group in door.when),
        "sign_form": door.sign_form,
        "on_behalf_of": door.on_behalf_of,
        "enforcement": norm.enforcement,
    }


def _block(block: Block) -> dict[str, object]:
    return {"conditions": sorted(sorted(group) for group in block.when), "until": block.fulfilled_by}


def _seal(rule: SealRule) -> dict[str, object]:
    return {"seal": rule.seal}
