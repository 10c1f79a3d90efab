"""How norms are laid out for answering: by action, then by role, with memberships and delegations worked in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dean06.charter.norms import Citation, Norm

OWN = "own"
ABSENCE = "extended"
PRESUPPOSED = "presupposed"
DELEGATED = "delegated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One way for one role to do one action: the norm, whom it wants, and what must be established.

    Attributes:
        when: every group must hold; a group holds when one of its facts does; `!` wants the fact not established.
        way: the norm's own, reached in absence, presupposed by another's norm, or under a delegation.
        cites: the clauses relied on when this door opens.
        filter_fact: the fact that tells objects apart here, with the values this norm speaks of.
        filter_asked: whether leaving that fact out is a lack rather than a wide question.
        offered: whether a refusal names what this door lacks.
    """

    norm: Norm
    way: str
    agency: str | None
    when: tuple[tuple[str, ...], ...]
    cites: tuple[Citation, ...]
    norms: tuple[Norm, ...]
    sign_form: str | None
    on_behalf_of: str | None
    filter_fact: str | None
    filter_values: frozenset[str]
    filter_asked: bool
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """A norm that stands before another action until it is fulfilled."""

    norm: Norm
    when: tuple[tuple[str, ...], ...]
    fulfilled_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTable:
    """Everything a charter says of one action, by role.

    `holders` are the powers and duties of whatever role, `guardians` the procedures.
    """

    prohibitions: Mapping[str, tuple[Door, ...]]
    procedures: Mapping[str, tuple[Door, ...]]
    blocks: Mapping[str, tuple[Block, ...]]
    doors: Mapping[str, tuple[Door, ...]]
    holders: tuple[Door, ...]
    guardians: tuple[Door, ...]
    seals: bool
    signs: bool
    issues: bool


@dataclass(frozen=True, slots=True)
class SealRule:
    """Which seal a role uses, under which norm."""

    seal: str
    norm: Norm


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A charter laid out for answering."""

    tables: Mapping[str, ActionTable]
    seals: Mapping[str, SealRule]
    fixed_agency: Mapping[str, str]
    roles: tuple[str, ...]
    gaps: Mapping[str, str]
    norms: Mapping[str, Norm]
