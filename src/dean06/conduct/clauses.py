"""The clauses an act was done under, as they are kept beside it."""

from __future__ import annotations

from dean06.charter.types import Permit


def clauses_of(by: Permit) -> list[list[str]]:
    """Return the clauses as (charter line, address); a local rule stands beside them, with no line."""
    found = [[by.charter_line, label] for label in by.citation_labels()]
    return [*found, *([["", by.local_rule]] if by.local_rule else [])]
