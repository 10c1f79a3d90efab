"""The words of a regulation's file in a draft: clauses as they are written, norms as proposals nobody has taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dean06.charter import service as charters

LONGEST = 1200
UNTRANSLATED = "(not translated)"
TO_FILL_IN = "TODO"  # what the importer leaves where a text says nothing
NAMELESS = "Nội dung"

__all__ = ["NAMELESS", "TO_FILL_IN", "UNTRANSLATED", "nodes", "proposal", "worded"]


def nodes(roots: Iterable[charters.Node]) -> Iterator[charters.Node]:
    """Return every node of an imported text, each before its children."""
    for node in roots:
        yield node
        yield from nodes(node.children)


def worded(article: Mapping[str, object], texts: Mapping[str, str]) -> dict[str, object]:
    """Put the words of the file in the place of what is still to be described."""
    label = str(article["article"])
    made = dict(article)
    if made["heading"] == TO_FILL_IN:
        made["heading"] = NAMELESS
    if "vi" in made:
        made |= _words_of(texts.get(label, ""))
    made["clauses"] = [
        dict(_mapping(clause))
        | _words_of(texts.get(f"{label}.{_mapping(clause)['label']}", ""))
        | (
            {
                "points": [
                    dict(_mapping(point))
                    | _words_of(texts.get(f"{label}.{_mapping(clause)['label']}.{_mapping(point)['label']}", ""))
                    for point in _rows(_mapping(clause)["points"])
                ]
            }
            if _mapping(clause).get("points")
            else {}
        )
        for clause in _rows(article.get("clauses"))
    ]
    return made


def _words_of(text: str) -> dict[str, str]:
    said = " ".join(text.split())[:LONGEST]
    return {"vi": said or "–", "en": UNTRANSLATED}


def proposal(one: charters.Candidate) -> dict[str, object]:
    """Return a candidate as the plain values of a norm without a key."""
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


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _rows(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
