"""The text as a tree: parts, chapters, articles, clauses, points, dashes, paragraphs, each with its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dean06.charter.norms import Citation

COVERING = "QĐ"
REGULATION = "QC"
APPENDIX = "PL"
TITLE = "title"
END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One piece of the text as printed; `cite` is None for what has no address of its own."""

    kind: str
    label: str
    heading: str = ""
    text: str = ""
    cite: str | None = None
    children: tuple[Node, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the five fields of the contract, and the address."""
        return {
            "kind": self.kind,
            "label": self.label,
            "cite": self.cite,
            "heading": self.heading,
            "text": self.text,
            "children": [child.as_json() for child in self.children],
        }

    def own_text(self) -> str:
        """Return heading, text and the paragraphs without an address below, as they stand under this label."""
        pieces = [self.heading, self.text]
        for child in self.children:
            if child.cite is None:
                label = "" if child.kind == "paragraph" else f"{child.label} "
                pieces.append(label + child.own_text())
        return "\n".join(piece for piece in pieces if piece)


@dataclass(slots=True, kw_only=True)
class Draft:
    """A node while it is being read."""

    kind: str
    label: str
    place: str = ""
    heading: str = ""
    text: str = ""
    address: str | None = None
    children: list[Draft] = field(default_factory=list)

    def add(self, child: Draft) -> Draft:
        """Append a child and return it."""
        self.children.append(child)
        return child

    def last_label(self, kind: str) -> str | None:
        """Return the label of the last child of a kind."""
        return next((child.label for child in reversed(self.children) if child.kind == kind), None)


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Go through the tree in the order of the text."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def addressed(nodes: tuple[Node, ...]) -> dict[str, Node]:
    """Return the nodes that have an address, by address, in the order of the text; the first one keeps it."""
    found: dict[str, Node] = {}
    for node in walk(nodes):
        if node.cite is not None:
            found.setdefault(node.cite, node)
    return found


def frozen(draft: Draft, above: Citation | None = None, prefix: str = "", dashes: int = 0) -> Node:
    """Close the tree and give every node its address."""
    prefix = f"{COVERING}-" if draft.kind == "part" and draft.label == COVERING else prefix
    cite = _cite(draft, prefix, above, dashes)
    children: list[Node] = []
    seen = 0
    for child in draft.children:
        seen += child.kind == "dash"
        children.append(frozen(child, cite, prefix, seen))
    return Node(
        kind=draft.kind,
        label=draft.label,
        heading=draft.heading,
        text=draft.text,
        cite=cite.dotted if cite is not None else None,
        children=tuple(children),
    )


def _cite(draft: Draft, prefix: str, above: Citation | None, dashes: int) -> Citation | None:
    if draft.address is not None:
        return Citation(f"{prefix}{draft.address}")
    if draft.kind == "article":
        return Citation(f"{prefix}{draft.label}")
    if above is None or above.point is not None or draft.kind not in ("clause", "point", "dash"):
        return None
    label = f"-{dashes}" if draft.kind == "dash" else draft.label
    if above.clause is None:
        return Citation(above.article, label)
    return Citation(above.article, above.clause, label)
