"""The two languages in which an index of words is asked: SQLite's FTS5 and PostgreSQL's tsquery.

Both get the same condition: every clause holds, of each clause one token stands there, whole or begun.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from dean06.catalogue.tokens import Clause

ENOUGH = 2000

SQLITE = {
    "hits": "SELECT rowid FROM catalogue_search WHERE catalogue_search MATCH %s ORDER BY rowid DESC LIMIT %s",
    "counts": (
        "SELECT kind, count(*) FROM (SELECT e.kind AS kind FROM catalogue_search s JOIN catalogue_entry e"
        " ON e.id = s.rowid WHERE s.catalogue_search MATCH %s LIMIT %s) GROUP BY kind"
    ),
}
VECTOR = "array_to_tsvector(string_to_array(tokens, ' '))"
# Without the fence the planner may walk the table from its newest row and test each.
POSTGRESQL = {
    "hits": (
        f"WITH hit AS MATERIALIZED (SELECT id FROM catalogue_entry WHERE {VECTOR} @@ %s::tsquery)"
        " SELECT id FROM hit ORDER BY id DESC LIMIT %s"
    ),
    "counts": (
        f"WITH hit AS MATERIALIZED (SELECT kind FROM catalogue_entry WHERE {VECTOR} @@ %s::tsquery LIMIT %s)"
        " SELECT kind, count(*) FROM hit GROUP BY kind"
    ),
}


def _condition(clauses: Sequence[Clause]) -> str:
    """Write clauses as the database at work reads them; tokens hold letters and digits only."""
    if connection.vendor == "postgresql":
        parts = (" | ".join(f"'{token}'{':*' if begun else ''}" for token, begun in clause) for clause in clauses)
        return " & ".join(f"({part})" for part in parts)
    parts = (" OR ".join(f'"{token}"{"*" if begun else ""}' for token, begun in clause) for clause in clauses)
    return " AND ".join(f"({part})" for part in parts)


def _statement(name: str) -> str:
    return (POSTGRESQL if connection.vendor == "postgresql" else SQLITE)[name]


def hits(clauses: Sequence[Clause], most: int) -> list[int]:
    """Return ids of entries that meet every clause, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_statement("hits"), [_condition(clauses), most])
        return [row[0] for row in cursor.fetchall()]


def counts(clauses: Sequence[Clause]) -> dict[str, int]:
    """Return how many entries of each kind meet every clause; counting stops at `ENOUGH`."""
    with connection.cursor() as cursor:
        cursor.execute(_statement("counts"), [_condition(clauses), ENOUGH])
        return dict(cursor.fetchall())
