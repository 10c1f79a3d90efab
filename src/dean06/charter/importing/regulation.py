"""One file in, one regulation out: its tree, and what is odd in it."""

from __future__ import annotations

from pathlib import Path

from dean06.charter.importing import covering, joining, oddities, refusals
from dean06.charter.importing.documents import read_document
from dean06.charter.importing.lines import Document, Healing
from dean06.charter.importing.nodes import END, frozen
from dean06.charter.importing.refusals import NotImportable
from dean06.charter.importing.results import Imported
from dean06.charter.importing.segmenting import ArticleTwice


def import_regulation(path: Path, heal: Healing | None = None) -> Imported:
    """Read a regulation's file; what cannot be read is refused in one sentence."""
    return import_document(read_document(path, heal))


def import_document(document: Document) -> Imported:
    """Turn lines into the tree, then look for what is odd."""
    parts = covering.split(document.lines)
    if parts is None:
        raise NotImportable(document.name, refusals.NO_ARTICLES)
    spaced = joining.is_spaced(document.lines)
    drafts = []
    stray = []
    try:
        if parts.decision:
            draft, dropped = covering.decision(parts.decision, spaced=spaced)
            drafts.append(draft)
            stray += dropped
        if parts.body:
            draft, dropped = covering.regulation(parts, spaced=spaced, end=END)
            drafts.append(draft)
            stray += dropped
    except ArticleTwice as fault:
        raise NotImportable(document.name, fault.why) from None
    added = covering.appendix(parts.appendix)
    nodes = tuple(frozen(draft) for draft in [*drafts, *([added] if added else [])])
    return Imported(
        file=document.name, sha256=document.sha256, provisions=nodes, warnings=oddities.look_over(nodes, stray)
    )
