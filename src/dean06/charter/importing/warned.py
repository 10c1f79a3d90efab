"""The passages that the importer looks at: every piece of text with the address it is warned of under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dean06.charter.importing.nodes import COVERING, END, REGULATION, TITLE, Node

_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text: its address, the part it stands in, and whether it is a clause's text or a heading."""

    where: str
    part: str
    kind: str  # title, heading, text, signature
    text: str


def passages(nodes: tuple[Node, ...]) -> tuple[Passage, ...]:
    """Return every piece of text in order, each under its nearest address."""
    return tuple(passage for part in nodes for passage in _of_part(part))


def _of_part(part: Node) -> Iterator[Passage]:
    if part.label == REGULATION:
        whole = "\n".join(piece for piece in (part.heading, part.text) if piece)
        if whole:
            yield Passage(TITLE, part.label, "title", whole)
    elif part.label != COVERING:
        return
    for child in part.children:
        yield from _below(child, part.label, None)


def _below(node: Node, part: str, above: str | None) -> Iterator[Passage]:
    where = node.cite or above
    if where is None and node.kind == "paragraph":
        yield Passage(f"{COVERING}-recipients" if part == COVERING else END, part, "signature", node.text)
        return
    if where is None:
        where = next((child.cite for child in node.children if child.cite), None)
    shown = where or REGULATION
    if node.heading:
        yield Passage(shown, part, "heading", node.heading)
    if node.text:
        yield Passage(shown, part, "text", node.text)
    for child in node.children:
        yield from _below(child, part, node.cite or above)


def shown(texts: list[str]) -> str:
    """Quote the words found, each once, none too long."""
    once = list(dict.fromkeys(" ".join(text.split()) for text in texts))
    return ", ".join(f"«{text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + '…'}»" for text in once)


def first_words(text: str, count: int) -> str:
    """Return the first words of a text, small and without marks."""
    return " ".join(re.findall(r"\w+", text.lower())[:count])
