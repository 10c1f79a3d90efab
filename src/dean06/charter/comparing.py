"""Two charters side by side: head and text here, norms by meaning, effect by the engine's own index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from dean06.charter.addresses import walk
from dean06.charter.changes import CHANGED, MOVED, ONLY_A, ONLY_B, Comparison, HeadChange, TextChange
from dean06.charter.effects import effects
from dean06.charter.norms import Provision
from dean06.charter.pairing import norm_changes, pairs
from dean06.charter.types import Charter, Raw

HEAD = ("title", "kind", "level", "instrument", "in_force", "body", "seals", "distribution")
ALIKE = 0.6
SAME_PLACE = 0.1


def compare(a: Charter, b: Charter) -> Comparison:
    """Say in what B differs from A: head, text, norms and effect."""
    paired = pairs(a, b)
    return Comparison(
        a=a,
        b=b,
        head=tuple(_head(a.raw, b.raw)),
        text=tuple(_text(a, b)),
        norms=tuple(norm_changes(a, b, paired)),
        effects=effects(a, b),
        pairs=paired,
    )


def _head(a: Raw, b: Raw) -> Iterator[HeadChange]:
    for name in HEAD:
        yield from _values(name, a[name], b[name])
    for name in ("roles", "agencies"):
        yield from _values(name, _by_code(a[name]), _by_code(b[name]))
    mine, other = _notes(a), _notes(b)
    yield from _values("notes", mine, other)


def _by_code(rows: object) -> dict[str, object]:
    found = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return {str(row["code"]): {name: value for name, value in row.items() if name != "code"} for row in found}


def _notes(raw: Raw) -> dict[str, object]:
    rows = raw["notes"]
    found = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return {f"{row['code']}@{row['where']}": row["vi"] for row in found}


def _values(path: str, a: object, b: object) -> Iterator[HeadChange]:
    """Go down two plain values together; a part that one side lacks is one change, not many."""
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        for name in dict.fromkeys((*a, *b)):
            yield from _values(f"{path}.{name}", a.get(name), b.get(name))
    elif a != b:
        yield HeadChange(path=path, a=a, b=b)


def _text(a: Charter, b: Charter) -> Iterator[TextChange]:
    mine, other = _by_article(a), _by_article(b)
    for article in dict.fromkeys((*mine, *other)):
        x, y = mine.get(article, []), other.get(article, [])
        one_matter = a.line == b.line or bool(x and y and x[0].heading == y[0].heading)
        yield from _article(x, y, one_matter=one_matter)


def _by_article(charter: Charter) -> dict[str, list[Provision]]:
    found: dict[str, list[Provision]] = {}
    for node in walk(charter.provisions):
        if node.cite is not None:
            found.setdefault(node.cite.article, []).append(node)
    return found


def _article(mine: list[Provision], other: list[Provision], *, one_matter: bool) -> Iterator[TextChange]:
    """Align the clauses of one article: the same words first, then like words, then (in one matter) the same place."""
    matched = _matched(mine, other, 0.0 if one_matter else SAME_PLACE)
    back = set(matched.values())
    for n, node in enumerate(mine):
        if n not in matched:
            yield TextChange(kind=ONLY_A, a=node, b=None)
            continue
        partner = other[matched[n]]
        if _said(node) != _said(partner):
            yield TextChange(kind=CHANGED, a=node, b=partner)
        elif node.cite != partner.cite:
            yield TextChange(kind=MOVED, a=node, b=partner)
    yield from (TextChange(kind=ONLY_B, a=None, b=node) for m, node in enumerate(other) if m not in back)


def _matched(mine: list[Provision], other: list[Provision], least: float) -> dict[int, int]:
    scored = sorted(
        (-score, n, m)
        for n, node in enumerate(mine)
        for m, partner in enumerate(other)
        if (score := _alike(node, partner)) > least
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, n, m in scored:
        if n not in found and m not in taken:
            found[n] = m
            taken.add(m)
    return found


def _alike(node: Provision, partner: Provision) -> float:
    """Rank a pair: 3 same words and place, 2 same words, near 1 like words, below that the same place alone."""
    if _depth(node) != _depth(partner):
        return 0.0
    here = node.cite == partner.cite
    if _depth(node) == 0 or _said(node) == _said(partner):
        return 3.0 if here else 2.0
    matcher = SequenceMatcher(None, node.summary.vi.split(), partner.summary.vi.split(), autojunk=False)
    if matcher.quick_ratio() >= ALIKE and (ratio := matcher.ratio()) >= ALIKE:
        return ratio + here
    return SAME_PLACE if here and node.kind == partner.kind else 0.0


def _depth(node: Provision) -> int:
    return 0 if node.cite is None else len(node.cite.dotted.split(".")) - 1


def _said(node: Provision) -> tuple[str, str, str]:
    return node.heading, node.summary.vi, node.summary.en
