"""Differences that people have declared between two lines, each borne out by what the comparison computes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from dean06.charter.changes import Comparison, FieldChange, HeadChange, NormChange, TextChange
from dean06.charter.library import PACKAGES
from dean06.charter.norms import Citation, Norm, Provision, Words

FOLDER = PACKAGES / "differences"
Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Side:
    """What one text says of the matter, and where."""

    words: Words
    cites: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What in the two packages bears a difference out; `same` are norms that must not differ."""

    head: tuple[str, ...] = ()
    text_a: tuple[str, ...] = ()
    text_b: tuple[str, ...] = ()
    norms_a: tuple[str, ...] = ()
    norms_b: tuple[str, ...] = ()
    same: tuple[str, ...] = ()

    def turned(self) -> Shown:
        """Return the same with the sides exchanged."""
        return replace(self, text_a=self.text_b, text_b=self.text_a, norms_a=self.norms_b, norms_b=self.norms_a)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One declared difference; a side is None where its text is silent."""

    code: str
    matter: Words
    a: Side | None
    b: Side | None
    shown: Shown


@dataclass(frozen=True, slots=True)
class Aside:
    """Computed differences that no declared one speaks of, with the reason why not."""

    reason: Words
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Everything declared between two lines."""

    a: str
    b: str
    items: tuple[Difference, ...]
    asides: tuple[Aside, ...]

    def turned(self) -> Differences:
        """Return the same with the sides exchanged."""
        items = tuple(replace(one, a=one.b, b=one.a, shown=one.shown.turned()) for one in self.items)
        asides = tuple(Aside(one.reason, one.shown.turned()) for one in self.asides)
        return Differences(a=self.b, b=self.a, items=items, asides=asides)


@dataclass(frozen=True, slots=True)
class Rest:
    """What the comparison computes and no declared difference claims."""

    head: tuple[HeadChange, ...]
    text: tuple[TextChange, ...]
    norms: tuple[NormChange, ...]


def declared(a: str, b: str) -> Differences | None:
    """Return what is declared between two lines, in either order, from the compiled form; None where nothing is."""
    for path in sorted(FOLDER.glob("*.json")):
        plain: Plain = json.loads(path.read_text(encoding="utf-8"))
        found = from_plain(plain)
        if (found.a, found.b) == (a, b):
            return found
        if (found.a, found.b) == (b, a):
            return found.turned()
    return None


def declared_is_fresh() -> bool:
    """Say whether every compiled form was made from its source as it stands."""
    return all(_is_fresh(source) for source in sorted(FOLDER.glob("*.yaml")))


def _is_fresh(source: Path) -> bool:
    path = source.with_suffix(".json")
    return path.is_file() and json.loads(path.read_text(encoding="utf-8")).get("digest") == digest_of(source)


def digest_of(source: Path) -> str:
    """Return the SHA-256 of a source file."""
    return hashlib.sha256(source.read_bytes()).hexdigest()


def from_plain(plain: Plain) -> Differences:
    """Build the differences from their plain form."""
    return Differences(
        a=plain["a"],
        b=plain["b"],
        items=tuple(_difference(row) for row in plain["differences"]),
        asides=tuple(Aside(Words(**row["reason"]), _shown(row)) for row in plain["also_differs"]),
    )


def _difference(row: Plain) -> Difference:
    return Difference(
        code=row["code"],
        matter=Words(**row["matter"]),
        a=_side(row["a"]),
        b=_side(row["b"]),
        shown=_shown(row["shown_by"]),
    )


def _side(row: Plain | None) -> Side | None:
    if row is None:
        return None
    return Side(Words(row["vi"], row["en"]), tuple(Citation.parse(cite) for cite in row["cites"]))


def _shown(row: Plain) -> Shown:
    names = ("head", "text_a", "text_b", "norms_a", "norms_b", "same")
    return Shown(**{name: tuple(row.get(name, ())) for name in names})


def proofs(found: Comparison, shown: Shown) -> dict[str, bool]:
    """Say for each thing named whether the comparison bears it out."""
    head = [change.path for change in found.head]
    mine = {_address(change.a) for change in found.text} - {None}
    other = {_address(change.b) for change in found.text} - {None}
    norms_a = _named((change.a, change.fields) for change in found.norms)
    norms_b = _named((change.b, change.fields) for change in found.norms)
    told = {f"head {path}": any(_under(one, path) for one in head) for path in shown.head}
    told |= {f"text a {address}": address in mine for address in shown.text_a}
    told |= {f"text b {address}": address in other for address in shown.text_b}
    told |= {f"norm a {name}": name in norms_a for name in shown.norms_a}
    told |= {f"norm b {name}": name in norms_b for name in shown.norms_b}
    paired = {*found.pairs, *found.pairs.values()}
    return told | {f"same {key}": key in paired and key not in norms_a | norms_b for key in shown.same}


def borne_out(found: Comparison, item: Difference) -> bool:
    """Say whether at least one computed difference bears a declared one out, and nothing said to be equal differs."""
    told = proofs(found, item.shown)
    equal = [holds for name, holds in told.items() if name.startswith("same ")]
    return all(equal) and any(told.values())


def rest(found: Comparison, known: Differences | None) -> Rest:
    """Return the computed differences of head, text and norms that nothing declared claims."""
    shown = [*(item.shown for item in known.items), *(aside.shown for aside in known.asides)] if known else []
    paths = [path for one in shown for path in one.head]
    mine = {address for one in shown for address in one.text_a}
    other = {address for one in shown for address in one.text_b}
    claimed_a = {name for one in shown for name in one.norms_a}
    claimed_b = {name for one in shown for name in one.norms_b}
    return Rest(
        head=tuple(one for one in found.head if not any(_under(one.path, path) for path in paths)),
        text=tuple(one for one in found.text if _address(one.a) not in mine and _address(one.b) not in other),
        norms=tuple(_unclaimed(found.norms, claimed_a, claimed_b)),
    )


def _unclaimed(changes: Iterable[NormChange], mine: set[str], other: set[str]) -> Iterator[NormChange]:
    for change in changes:
        if (change.a and change.a.key in mine) or (change.b and change.b.key in other):
            continue
        fields = tuple(
            one
            for one in change.fields
            if not (change.a and f"{change.a.key}#{one.field}" in mine)
            and not (change.b and f"{change.b.key}#{one.field}" in other)
        )
        if fields or not change.fields:
            yield replace(change, fields=fields)


def _named(side: Iterable[tuple[Norm | None, Iterable[FieldChange]]]) -> set[str]:
    """Return `key` of every norm of a side that differs, and `key#field` of every field."""
    names: set[str] = set()
    for norm, fields in side:
        if norm is not None:
            names.add(norm.key)
            names.update(f"{norm.key}#{one.field}" for one in fields)
    return names


def _under(path: str, root: str) -> bool:
    return path == root or path.startswith(f"{root}.")


def _address(node: Provision | None) -> str | None:
    return node.cite.dotted if node is not None and node.cite is not None else None


def diff_json(found: Comparison, known: Differences | None) -> dict[str, object]:
    """Return a comparison as `charter diff --json` prints it: what is computed, declared, and left over."""
    left = rest(found, known)
    return found.as_json() | {
        "declared": [_item(found, item) for item in known.items] if known else [],
        "also_differs": [{"reason": one.reason.as_json(), **_plain_shown(one.shown)} for one in known.asides]
        if known
        else [],
        "rest": {
            "head": [one.path for one in left.head],
            "text": [[_address(one.a), _address(one.b)] for one in left.text],
            "norms": [[one.a.key if one.a else None, one.b.key if one.b else None] for one in left.norms],
        },
    }


def _item(found: Comparison, item: Difference) -> dict[str, object]:
    return {
        "code": item.code,
        "matter": item.matter.as_json(),
        "a": _plain_side(item.a),
        "b": _plain_side(item.b),
        "shown_by": _plain_shown(item.shown),
        "borne_out": borne_out(found, item),
    }


def _plain_side(side: Side | None) -> dict[str, object] | None:
    return {**side.words.as_json(), "citations": [cite.as_json() for cite in side.cites]} if side else None


def _plain_shown(shown: Shown) -> dict[str, object]:
    return {name: list(names) for name, names in asdict(shown).items() if names}
