"""Clauses as chips: the label as printed, and the page of its article."""

from __future__ import annotations

from typing import Protocol

from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.web.reader import Reader


class HasAddress(Protocol):
    """Anything that rests on a clause."""

    @property
    def article(self) -> str: ...
    @property
    def clause(self) -> str: ...
    @property
    def point(self) -> str: ...


def citation_of(basis: HasAddress) -> Citation:
    """Return the address of a clause."""
    return Citation(article=basis.article, clause=basis.clause or None, point=basis.point or None)


def label_of(basis: HasAddress) -> str:
    """Return `Điều 7 khoản 2 điểm k`."""
    return charters.clause_label(citation_of(basis)) if basis.article else ""


def address_of(reader: Reader, basis: HasAddress) -> str:
    """Return the page of the clause's article in the reader's group."""
    return reader.url("charter-article", basis.article) if basis.article else ""
