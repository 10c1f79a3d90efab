"""Laying a charter out for answering: membership, absence, what is presupposed, and delegation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dean06.charter.index import (
    ABSENCE,
    DELEGATED,
    OWN,
    PRESUPPOSED,
    ActionTable,
    Block,
    Door,
    Index,
    SealRule,
)
from dean06.charter.norms import Bearer, Norm
from dean06.charter.vocabulary import Vocabulary, vocabulary

MEMBER = "member"
SEAL = "seal.use"
GRANT = "delegation.grant"
COVERED = "delegation.covers_date_and_scope"
CLOSING = ("prohibition", "procedure")


@dataclass(frozen=True, slots=True)
class _Ground:
    """What laying out needs to know beside the norms."""

    words: Vocabulary
    roles: tuple[str, ...]
    norms: tuple[Norm, ...]

    def reached(self, bearer: Bearer) -> Iterator[str]:
        """A norm for `member` reaches the seats that are also members."""
        yield bearer.role
        if bearer.role == MEMBER:
            yield from (role for role in self.roles if role in self.words.members)

    def wider_power(self, role: str) -> Norm | None:
        """Return the power that carries what others may do on this role's behalf, if the charter gives one."""
        own = Bearer(role)
        return next(
            (
                norm
                for norm in self.norms
                if norm.action in self.words.wider
                and own in norm.bearers
                and norm.type not in CLOSING
                and not norm.when
            ),
            None,
        )


def build(norms: tuple[Norm, ...], roles: Iterable[str], fixed: Mapping[str, str]) -> Index:
    """Lay out norms by action and role."""
    words = vocabulary()
    declared = set(roles)
    known = [role for role in words.roles if role in declared]
    ground = _Ground(words, (*known, *sorted(declared - set(known))), norms)
    seals = {
        bearer.role: SealRule(norm.seal, norm)
        for norm in norms
        if norm.action == SEAL and norm.seal and norm.type not in CLOSING
        for bearer in norm.bearers
    }
    speaking: dict[str, list[Norm]] = {}
    for norm in norms:
        for action in dict.fromkeys(_actions(norm)):
            speaking.setdefault(action, []).append(norm)
    tables = {action: _table(action, about, ground) for action, about in sorted(speaking.items())}
    return Index(
        tables=_delegate(tables, ground),
        seals=seals,
        fixed_agency=dict(fixed),
        roles=ground.roles,
        gaps=words.gap_of_action,
        norms={norm.key: norm for norm in norms},
    )


def _actions(norm: Norm) -> Iterator[str]:
    if norm.action and norm.bearers:
        yield norm.action
        yield from norm.extends_to
    yield from norm.blocks


def _table(action: str, about: list[Norm], ground: _Ground) -> ActionTable:
    doors: dict[str, list[Door]] = {}
    closing: dict[str, dict[str, list[Door]]] = {kind: {} for kind in CLOSING}
    blocks: dict[str, list[Block]] = {}
    for norm in about:
        for bearer in norm.bearers:
            for role in ground.reached(bearer):
                if action in norm.blocks:
                    blocks.setdefault(role, []).append(Block(norm, norm.when, norm.fulfilled_by))
                if action == norm.action or action in norm.extends_to:
                    kept = closing.get(norm.type, doors)
                    kept.setdefault(role, []).append(_door(norm, bearer, action, ground.words))
    holders = _holders(doors)
    for door in holders:
        if door.on_behalf_of in ground.roles:
            _presuppose(doors, door.on_behalf_of, door, ground.wider_power(door.on_behalf_of))
    return ActionTable(
        prohibitions=_frozen(closing["prohibition"]),
        procedures=_frozen(closing["procedure"]),
        blocks={role: tuple(rows) for role, rows in blocks.items()},
        doors=_frozen(doors),
        holders=holders,
        guardians=_holders(closing["procedure"]),
        seals=action in ground.words.sealing,
        signs=action in ground.words.signing,
        issues=action in ground.words.issuing,
    )


def _frozen(doors: Mapping[str, list[Door]]) -> dict[str, tuple[Door, ...]]:
    return {role: tuple(rows) for role, rows in doors.items()}


def _holders(doors: Mapping[str, list[Door]]) -> tuple[Door, ...]:
    seen: dict[str, Door] = {}
    for rows in doors.values():
        for door in rows:
            seen.setdefault(door.norm.key, door)
    return tuple(seen.values())


def _door(norm: Norm, bearer: Bearer, action: str, words: Vocabulary) -> Door:
    fact, values = _filter(norm, action, words)
    return Door(
        norm=norm,
        way=OWN if action == norm.action else ABSENCE,
        agency=bearer.agency,
        when=norm.when,
        cites=(norm.cite,),
        norms=(norm,),
        sign_form=norm.sign_form,
        on_behalf_of=norm.on_behalf_of,
        filter_fact=fact,
        filter_values=values,
        filter_asked=fact is not None and fact in words.actions[action].facts,
    )


def _filter(norm: Norm, action: str, words: Vocabulary) -> tuple[str | None, frozenset[str]]:
    if action != norm.action:
        return None, frozenset()
    word = words.actions[action]
    # only connections and meetings are told apart by their object
    for fact, values in (("task.system", norm.systems), ("meeting.kind", norm.meeting_kinds)):
        if values and (fact in word.attributes or fact in word.facts):
            return fact, frozenset(values)
    return None, frozenset()


def _presuppose(doors: dict[str, list[Door]], principal: str, door: Door, wider: Norm | None) -> None:
    """To act for another presupposes that the other may in person, under a wider power of his own if any."""
    mine = doors.setdefault(principal, [])
    if not any(other.way in (OWN, ABSENCE) for other in mine):
        ground = wider or door.norm
        mine.append(
            replace(
                door,
                way=PRESUPPOSED,
                agency=None,
                when=(),
                cites=(ground.cite,),
                norms=(ground,),
                sign_form=None,
                on_behalf_of=None,
            )
        )


def _delegate(tables: Mapping[str, ActionTable], ground: _Ground) -> dict[str, ActionTable]:
    """A delegation in force covers every action of the one who delegated, except a further delegation."""
    result = dict(tables)
    for grant in ground.norms:
        if grant.action != GRANT or grant.delegate is None:
            continue
        never = {GRANT, *grant.extends_to}
        for action, table in tables.items():
            if action not in never:
                result[action] = _under(grant, action, table, ground.words)
    return result


def _under(grant: Norm, action: str, table: ActionTable, words: Vocabulary) -> ActionTable:
    delegate = str(grant.delegate)
    mine = table.doors.get(delegate, ())
    if any(COVERED in group for door in mine for group in door.when if door.on_behalf_of):
        return table  # the charter has a norm of its own for the delegate's act
    asked = COVERED in words.actions[action].facts
    theirs = [door for bearer in grant.bearers for door in table.doors.get(bearer.role, ())]
    covered = tuple(_covered(door, grant, offered=asked, signs=table.signs) for door in theirs)
    if not covered:
        return table
    return replace(table, doors={**table.doors, delegate: (*mine, *covered)})


def _covered(door: Door, grant: Norm, *, offered: bool, signs: bool) -> Door:
    inferred = door.way == PRESUPPOSED
    return replace(
        door,
        way=DELEGATED,
        agency=None,
        when=((COVERED,), *door.when),
        cites=(grant.cite, door.norm.cite) if inferred else (grant.cite, *door.cites),
        norms=(grant, door.norm) if inferred else (grant, *door.norms),
        sign_form="KT" if signs else None,
        on_behalf_of=grant.bearers[0].role if signs else None,
        offered=offered,
    )
