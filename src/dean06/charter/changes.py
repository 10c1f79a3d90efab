"""What two charters differ in, as frozen values: of the head, the text, the norms, and the effect on each role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dean06.charter.norms import Citation, Norm, Provision
from dean06.charter.types import Charter

ONLY_A, ONLY_B, CHANGED, MOVED = "only_a", "only_b", "changed", "moved"
GAINED, LOST = "gained", "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadChange:
    """A value of the head (`instrument.number`, `roles.leader.post`) that differs; None where a side has none."""

    path: str
    a: object
    b: object

    def as_json(self) -> dict[str, object]:
        """Return the path and both values."""
        return {"path": self.path, "a": self.a, "b": self.b}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """A clause of one text alone, one whose words differ, or one that stands under another address."""

    kind: str
    a: Provision | None
    b: Provision | None

    def as_json(self) -> dict[str, object]:
        """Return both sides with address, label as printed and words."""
        return {"kind": self.kind, "a": _clause(self.a), "b": _clause(self.b)}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a pair of norms with its two plain values."""

    field: str
    a: object
    b: object

    def as_json(self) -> dict[str, object]:
        """Return the field and both values."""
        return {"field": self.field, "a": self.a, "b": self.b}


@dataclass(frozen=True, slots=True, kw_only=True)
class NormChange:
    """A norm of one side alone, or a pair that means the same act but differs in some fields."""

    kind: str
    a: Norm | None
    b: Norm | None
    fields: tuple[FieldChange, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return both norms by key and clause, and the fields that differ."""
        return {
            "kind": self.kind,
            "a": _norm(self.a),
            "b": _norm(self.b),
            "fields": [change.as_json() for change in self.fields],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectChange:
    """What changes for those who act: parties gain or lose something, or hold it on other terms.

    Attributes:
        kind: power, duty, status, prohibition, condition, block or seal.
        change: gained, lost, or the term that differs (deadline, recipients, conditions …).
        way: own, extended (in absence), presupposed or delegated, as the engine's index lays it out.
        objects: systems or kinds of meeting spoken of; empty where the act is not told apart by its object.
        absent: the parties' roles are not declared by the other charter at all.
    """

    kind: str
    change: str
    way: str
    action: str
    parties: tuple[str, ...]
    objects: tuple[str, ...]
    a: object
    b: object
    norms_a: tuple[str, ...]
    norms_b: tuple[str, ...]
    cites_a: tuple[Citation, ...]
    cites_b: tuple[Citation, ...]
    absent: bool

    def as_json(self) -> dict[str, object]:
        """Return every field as plain values."""
        return {
            "kind": self.kind,
            "change": self.change,
            "way": self.way,
            "action": self.action,
            "parties": list(self.parties),
            "objects": list(self.objects),
            "a": self.a,
            "b": self.b,
            "norms": {"a": list(self.norms_a), "b": list(self.norms_b)},
            "citations": {
                "a": [cite.as_json() for cite in self.cites_a],
                "b": [cite.as_json() for cite in self.cites_b],
            },
            "role_absent": self.absent,
        }


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Comparison:
    """Two charters side by side; `pairs` are the norms of both that mean the same act, differing or not."""

    a: Charter
    b: Charter
    head: tuple[HeadChange, ...]
    text: tuple[TextChange, ...]
    norms: tuple[NormChange, ...]
    effects: tuple[EffectChange, ...]
    pairs: Mapping[str, str]

    @property
    def same(self) -> bool:
        """Whether nothing at all differs."""
        return not (self.head or self.text or self.norms or self.effects)

    def as_json(self) -> dict[str, object]:
        """Return the comparison in the form of `charter diff --json`."""
        return {
            "format": "dean06-charter-diff/1",
            "a": _charter(self.a),
            "b": _charter(self.b),
            "same": self.same,
            "head": [change.as_json() for change in self.head],
            "text": [change.as_json() for change in self.text],
            "norms": [change.as_json() for change in self.norms],
            "effects": [change.as_json() for change in self.effects],
        }


def _charter(charter: Charter) -> dict[str, object]:
    return {"line": charter.line, "version": charter.version, "title": charter.title, "hash": charter.hash}


def _clause(node: Provision | None) -> dict[str, object] | None:
    if node is None:
        return None
    cite = node.cite.as_json() if node.cite else None
    words = {"vi": node.summary.vi, "en": node.summary.en}
    return {"citation": cite, "kind": node.kind, "label": node.label, "heading": node.heading, **words}


def _norm(norm: Norm | None) -> dict[str, object] | None:
    if norm is None:
        return None
    bearers = [bearer.party for bearer in norm.bearers]
    what = {"type": norm.type, "action": norm.action, "bearers": bearers}
    return {"norm": norm.key, "citation": norm.cite.as_json(), **what}
