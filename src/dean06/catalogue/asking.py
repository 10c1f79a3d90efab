"""The two languages in which an index of words is asked: SQLite's FTS5 and PostgreSQL's tsquery.

Both get the same condition: every clause holds, of each clause one token stands there, whole or begun.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from dean06.catalogue.tokens import Clause

KINDS_INDEX = "catalogue_entry_kinds"
# The kind is read from a narrow index: the rows themselves lie far apart.
SQLITE = (
    f"SELECT s.rowid, e.kind FROM catalogue_search s JOIN catalogue_entry e INDEXED BY {KINDS_INDEX}"
    " ON e.id = s.rowid WHERE s.catalogue_search MATCH %s ORDER BY s.rowid DESC LIMIT %s"
)
VECTOR = "array_to_tsvector(string_to_array(tokens, ' '))"
# Without the fence the planner may walk the table from its newest row and test each.
POSTGRESQL = (
    f"WITH hit AS MATERIALIZED (SELECT id, kind FROM catalogue_entry WHERE {VECTOR} @@ %s::tsquery)"
    " SELECT id, kind FROM hit ORDER BY id DESC LIMIT %s"
)


def _condition(clauses: Sequence[Clause]) -> str:
    """Write clauses as the database at work reads them; tokens hold letters and digits only."""
    if connection.vendor == "postgresql":
        parts = (" | ".join(f"'{token}'{':*' if begun else ''}" for token, begun in clause) for clause in clauses)
        return " & ".join(f"({part})" for part in parts)
    parts = (" OR ".join(f'"{token}"{"*" if begun else ""}' for token, begun in clause) for clause in clauses)
    return " AND ".join(f"({part})" for part in parts)


def hits(clauses: Sequence[Clause], most: int) -> list[tuple[int, str]]:
    """Return id and kind of entries that meet every clause, the newest first, no more than are asked for."""
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if connection.vendor == "postgresql" else SQLITE, [_condition(clauses), most])
        return [(int(id_), str(kind)) for id_, kind in cursor.fetchall()]
