"""Clause addresses: how a label is written and spoken, and what stands at an address."""

from __future__ import annotations

from collections.abc import Iterator

from dean06.charter.errors import BadAddress
from dean06.charter.norms import Citation, Provision, Words
from dean06.charter.types import Charter

COVERING = "QĐ-"
_COVERING_PARTS = {
    "head": Words("phần đầu", "the heading"),
    "basis": Words("phần căn cứ", "the legal bases"),
    "recipients": Words("phần nơi nhận", "the list of recipients"),
}


def clause_label(citation: Citation, language: str = "vi") -> str:
    """Name a clause from large to small: `Điều 7 khoản 2 điểm k`."""
    return " ".join(_pieces(citation, language))


def clause_in_text(citation: Citation, language: str = "vi") -> str:
    """Name a clause as running text does, from small to large: `điểm k khoản 2 Điều 7`."""
    return (", " if language == "en" else " ").join(reversed(_pieces(citation, language)))


def _pieces(citation: Citation, language: str) -> list[str]:
    english = language == "en"
    pieces = [_article(citation.article, english=english)]
    if citation.clause is not None:
        pieces.append(f"{'clause' if english else 'khoản'} {citation.clause}")
    point = citation.point
    if point is not None and point.startswith("-"):
        pieces.append(f"{'dash' if english else 'gạch đầu dòng thứ'} {point[1:]}")
    elif point is not None:
        pieces.append(f"{'point' if english else 'điểm'} {point}")
    return pieces


def _article(label: str, *, english: bool) -> str:
    if not label.startswith(COVERING):
        return f"{'Article' if english else 'Điều'} {label}"
    part = label.removeprefix(COVERING)
    named = _COVERING_PARTS.get(part)
    if named is not None:
        return f"{named.en} of the decision" if english else f"{named.vi} của Quyết định"
    return f"Article {part} of the decision" if english else f"Điều {part} của Quyết định"


def walk(provisions: tuple[Provision, ...]) -> Iterator[Provision]:
    """Go through a tree of provisions in the order of the text."""
    for node in provisions:
        yield node
        yield from walk(node.children)


def provision(charter: Charter, citation: Citation) -> Provision:
    """Return what stands at an address, or refuse an address that the text does not have."""
    for node in walk(charter.provisions):
        if node.cite == citation:
            return node
    raise BadAddress(citation.dotted)


def summary_of(charter: Charter, citation: Citation) -> Words:
    """Return the summary of a clause in our own words; of its article where the clause has none."""
    node = provision(charter, citation)
    if node.summary.vi or citation.clause is None:
        return node.summary
    return provision(charter, Citation(citation.article)).summary
