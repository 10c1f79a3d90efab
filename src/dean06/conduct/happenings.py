"""What happened to a record of conduct: how it is written down, and how others are told."""

from __future__ import annotations

from dean06.charter.types import Permit
from dean06.conduct.clauses import clauses_of
from dean06.conduct.models.happenings import Happening
from dean06.conduct.types import Happened

LONGEST_NOTE = 400

__all__ = ["columns", "happened"]


def columns(by: Permit, group_id: int, kind: str, note: str) -> dict[str, object]:
    """Return what is written down of an act on any record of conduct."""
    return {
        "group_id": group_id,
        "at": by.at,
        "kind": kind,
        "account": by.actor.account,
        "role": by.actor.role,
        "agency": by.actor.agency or "",
        "note": note[:LONGEST_NOTE],
        "clauses": clauses_of(by),
        "permit": by.digest(),
    }


def happened(row: Happening) -> Happened:
    """Return a stored event as other rooms know it."""
    return Happened(
        at=row.at,
        kind=row.kind,
        account=row.account,
        role=row.role,
        agency=row.agency,
        note=row.note,
        clauses=tuple((line, label) for line, label in row.clauses),
    )
