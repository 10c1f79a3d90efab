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
    f"SELECT s.rowid AS id, e.kind FROM catalogue_search s JOIN catalogue_entry e INDEXED BY {KINDS_INDEX}"
    " ON e.id = s.rowid WHERE s.catalogue_search MATCH %s ORDER BY s.rowid DESC LIMIT %s"
)
VECTOR = "array_to_tsvector(string_to_array(tokens, ' '))"
# Without the fence the planner may walk the table from its newest row and test each.
POSTGRESQL = (
    f"WITH hit AS MATERIALIZED (SELECT id, kind FROM catalogue_entry WHERE {VECTOR} @@ %s::tsquery)"
    " SELECT id, kind FROM hit ORDER BY id DESC LIMIT %s"
)
Look = Sequence[Clause]  # what a thing must meet: one look at some shelves


def _condition(clauses: Look) -> str:
    """Write clauses as the database at work reads them; tokens hold letters and digits only."""
    if connection.vendor == "postgresql":
        parts = (" | ".join(f"'{token}'{':*' if begun else ''}" for token, begun in clause) for clause in clauses)
        return " & ".join(f"({part})" for part in parts)
    parts = (" OR ".join(f'"{token}"{"*" if begun else ""}' for token, begun in clause) for clause in clauses)
    return " AND ".join(f"({part})" for part in parts)


def _looks(looks: Sequence[Look], most: int) -> tuple[str, list[str | int]]:
    """Write several looks as one question: both databases take them in order and leave off when there are enough."""
    one = f"SELECT id, kind FROM ({POSTGRESQL if connection.vendor == 'postgresql' else SQLITE}) look"
    values: list[str | int] = [value for look in looks for value in (_condition(look), most)]
    return f"{' UNION ALL '.join([one] * len(looks))} LIMIT %s", [*values, most]


def hits(looks: Sequence[Look], most: int) -> list[tuple[int, str]]:
    """Return id and kind of entries that meet a look, look by look, the newest first, no more than are asked for."""
    if not looks:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*_looks(looks, most))
        return [(int(id_), str(kind)) for id_, kind in cursor.fetchall()]


def by_rank(ranks: Sequence[Sequence[Look]], most: int) -> list[int]:
    """Return ids of entries that meet the looks of a rank, rank by rank, each once."""
    asked = [_looks(looks, most) for looks in ranks if looks]
    if not asked:
        return []
    question = " UNION ALL ".join(f"SELECT id FROM ({one}) by_rank" for one, _ in asked)
    found: dict[int, None] = {}
    with connection.cursor() as cursor:
        cursor.execute(question, [value for _, values in asked for value in values])
        for (id_,) in cursor:
            found[int(id_)] = None
            if len(found) >= most:
                break
    return list(found)
