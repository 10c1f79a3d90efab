"""An official text beside a package: which addresses both have, and the digest of each clause as printed."""

from __future__ import annotations

import hashlib
import re

from dean06.charter.addresses import walk as walk_package
from dean06.charter.advising import TODO
from dean06.charter.importing.nodes import Node, addressed
from dean06.charter.importing.results import BOTH, ONLY_PACKAGE, ONLY_TEXT, Aligned, Alignment
from dean06.charter.types import Charter


def text_digest(node: Node) -> str:
    """Return the SHA-256 of a clause's text; how its lines were broken makes no difference, anything else does."""
    return hashlib.sha256(" ".join(node.own_text().split()).encode()).hexdigest()


def likeness(summary: str, printed: str) -> float | None:
    """Return the share of a summary's syllables that a printed text has; None where one of them has no words."""
    wanted, found = (set(re.findall(r"\w+", text.lower())) for text in (summary.replace(TODO, ""), printed))
    return round(len(wanted & found) / len(wanted), 2) if wanted and found else None


def align(provisions: tuple[Node, ...], charter: Charter) -> Alignment:
    """Lay the imported text beside a package, address by address."""
    text = addressed(provisions)
    package = {
        node.cite.dotted: f"{node.heading} {node.summary.vi}"
        for node in walk_package(charter.provisions)
        if node.cite is not None
    }
    rows = [
        Aligned(
            cite,
            BOTH if cite in package else ONLY_TEXT,
            text_digest(node),
            likeness(package.get(cite, ""), f"{node.heading} {node.own_text()}"),
        )
        for cite, node in text.items()
    ]
    rows += [Aligned(cite, ONLY_PACKAGE, None) for cite in package if cite not in text]
    return Alignment(charter.line, tuple(rows))
