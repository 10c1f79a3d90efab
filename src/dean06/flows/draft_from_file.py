"""A draft's files read from a regulation's own file: its clauses in its own words, its norms proposed, not taken."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from dean06.charter import service as charters
from dean06.flows.draft_bases import HEAD
from dean06.flows.draft_values import items, mapping
from dean06.orthography import service as orthography

PROPOSED = "proposed"  # beside the package's files: norms read from a text, which nobody has taken
LONGEST = 1200
UNTRANSLATED = "(not translated)"
NAMELESS = "Nội dung"
TO_FILL_IN = "TODO"  # what the importer leaves where a text says nothing

__all__ = ["PROPOSED", "UNTRANSLATED", "read"]


def read(file: Path, mine: Mapping[str, object], on: date) -> dict[str, object]:
    """Return the files of a draft.

    Args:
        file: the regulation, .docx, .pdf with text or .txt.
        mine: the head of the group's own text, from which body, agencies, seals and the posts of known roles come.
        on: the day on which the clauses count as checked.
    """
    imported = charters.import_regulation(file, orthography.heal_lines)
    found = charters.candidates(imported.provisions)
    with tempfile.TemporaryDirectory(prefix="soan-") as folder:
        place = Path(folder) / "draft"
        charters.write_draft(imported, found, place, on)
        files: dict[str, object] = {
            path.name: charters.from_yaml(path.read_text(encoding="utf-8"), path.name)
            for path in sorted(place.glob("*.yaml"))
        }
    texts = {node.cite: node.text for node in _nodes(imported.provisions) if node.cite}
    worded = {name: _worded(mapping(value), texts) for name, value in files.items() if name != HEAD}
    return {**worded, HEAD: _head(mapping(files[HEAD]), mine), PROPOSED: [_proposal(one) for one in found]}


def _head(head: Mapping[str, object], mine: Mapping[str, object]) -> dict[str, object]:
    roles = {code: mapping(mine["roles"]).get(code, role) for code, role in mapping(head["roles"]).items()}
    taken = {key: mine[key] for key in ("title", "level", "instrument", "body", "agencies", "seals", "distribution")}
    chapters = [
        dict(mapping(one)) | ({"heading": NAMELESS} if mapping(one)["heading"] == TO_FILL_IN else {})
        for one in items(head["chapters"])
    ]
    return {**head, **taken, "chapters": chapters, "roles": roles}


def _nodes(nodes: Iterable[charters.Node]) -> Iterator[charters.Node]:
    for node in nodes:
        yield node
        yield from _nodes(node.children)


def _worded(article: Mapping[str, object], texts: Mapping[str, str]) -> dict[str, object]:
    """Put the words of the file in the place of what is still to be described."""
    label = str(article["article"])
    made = dict(article)
    if made["heading"] == TO_FILL_IN:
        made["heading"] = NAMELESS
    if "vi" in made:
        made |= _words_of(texts.get(label, ""))
    made["clauses"] = [
        dict(mapping(clause))
        | _words_of(texts.get(f"{label}.{mapping(clause)['label']}", ""))
        | (
            {
                "points": [
                    dict(mapping(point))
                    | _words_of(texts.get(f"{label}.{mapping(clause)['label']}.{mapping(point)['label']}", ""))
                    for point in items(mapping(clause)["points"])
                ]
            }
            if mapping(clause).get("points")
            else {}
        )
        for clause in items(article.get("clauses"))
    ]
    return made


def _words_of(text: str) -> dict[str, str]:
    said = " ".join(text.split())[:LONGEST]
    return {"vi": said or "–", "en": UNTRANSLATED}


def _proposal(one: charters.Candidate) -> dict[str, object]:
    deadline = one.deadline
    made: dict[str, object] = {"cite": one.cite, "type": one.type, "source": "; ".join(one.triggers)}
    if one.bearer:
        made["bearer"] = list(one.bearer)
    if one.action:
        made["action"] = one.action
    if one.recipients:
        made["recipients"] = list(one.recipients)
    if one.via:
        made["via"] = one.via
    if deadline is not None:
        made["deadline"] = {"form": deadline.form} | ({"day": deadline.day} if deadline.day is not None else {})
    return made
