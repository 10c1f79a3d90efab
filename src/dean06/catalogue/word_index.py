"""The index of words that a database keeps of the catalogue by itself: of what the table holds, in one transaction.

SQLite: an FTS5 table over the tokens (it stores none of them again), kept by three triggers, and a narrow index of the
kinds; a migration that rebuilds `catalogue_entry` makes them anew. PostgreSQL: a GIN index on an expression of what
every installation has; no extension.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from dean06.catalogue.asking import KINDS_INDEX, VECTOR

_GONE = "INSERT INTO catalogue_search (catalogue_search, rowid, tokens) VALUES ('delete', OLD.id, OLD.tokens);"
_COME = "INSERT INTO catalogue_search (rowid, tokens) VALUES (NEW.id, NEW.tokens);"
_SQLITE = (
    (
        "CREATE VIRTUAL TABLE catalogue_search USING fts5"
        "(tokens, content='catalogue_entry', content_rowid='id', detail=none, tokenize='ascii')"
    ),
    f"CREATE TRIGGER catalogue_entry_come AFTER INSERT ON catalogue_entry BEGIN {_COME} END",
    f"CREATE TRIGGER catalogue_entry_gone AFTER DELETE ON catalogue_entry BEGIN {_GONE} END",
    (
        "CREATE TRIGGER catalogue_entry_moved AFTER UPDATE OF tokens ON catalogue_entry "
        f"WHEN OLD.tokens IS NOT NEW.tokens BEGIN {_GONE} {_COME} END"
    ),
    "INSERT INTO catalogue_search (catalogue_search) VALUES ('rebuild')",
    f"CREATE INDEX {KINDS_INDEX} ON catalogue_entry (id, kind)",
)
_SQLITE_DROP = (
    "DROP TRIGGER IF EXISTS catalogue_entry_come",
    "DROP TRIGGER IF EXISTS catalogue_entry_gone",
    "DROP TRIGGER IF EXISTS catalogue_entry_moved",
    "DROP TABLE IF EXISTS catalogue_search",
    f"DROP INDEX IF EXISTS {KINDS_INDEX}",
)
_POSTGRESQL = (f"CREATE INDEX catalogue_entry_words ON catalogue_entry USING gin ({VECTOR}) WITH (fastupdate = off)",)
_POSTGRESQL_DROP = ("DROP INDEX IF EXISTS catalogue_entry_words",)


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the index."""
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take the index away."""
    _run(connection, _POSTGRESQL_DROP if connection.vendor == "postgresql" else _SQLITE_DROP)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
