"""The database's own refusal to change the log: an entry may only receive its leaf, once; nothing may be deleted."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_FROZEN = ["id", "body", "leaf_hash", "at", "action", "scope", "actor", "object_kind", "object_id", "permit_digest"]

_REFUSE = "SELECT RAISE(ABORT, 'ledger: append only');"
_TOUCHED_SQLITE = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _FROZEN)
_SQLITE = (
    f"CREATE TRIGGER ledger_entry_keep BEFORE DELETE ON ledger_entry BEGIN {_REFUSE} END",
    (
        "CREATE TRIGGER ledger_entry_fixed BEFORE UPDATE ON ledger_entry "
        f"WHEN OLD.leaf_index IS NOT NULL OR {_TOUCHED_SQLITE} BEGIN {_REFUSE} END"
    ),
    f"CREATE TRIGGER ledger_checkpoint_keep BEFORE DELETE ON ledger_checkpoint BEGIN {_REFUSE} END",
    f"CREATE TRIGGER ledger_checkpoint_fixed BEFORE UPDATE ON ledger_checkpoint BEGIN {_REFUSE} END",
    # INSERT OR REPLACE deletes the row it replaces without asking the triggers of deletion.
    (
        "CREATE TRIGGER ledger_entry_new BEFORE INSERT ON ledger_entry WHEN EXISTS (SELECT 1 FROM ledger_entry "
        f"WHERE id = NEW.id OR permit_digest = NEW.permit_digest OR leaf_index = NEW.leaf_index) BEGIN {_REFUSE} END"
    ),
    (
        "CREATE TRIGGER ledger_checkpoint_new BEFORE INSERT ON ledger_checkpoint WHEN EXISTS "
        f"(SELECT 1 FROM ledger_checkpoint WHERE id = NEW.id OR size = NEW.size) BEGIN {_REFUSE} END"
    ),
)
_SQLITE_DROP = tuple(
    f"DROP TRIGGER IF EXISTS {name}"
    for name in (
        "ledger_entry_keep",
        "ledger_entry_fixed",
        "ledger_entry_new",
        "ledger_checkpoint_keep",
        "ledger_checkpoint_fixed",
        "ledger_checkpoint_new",
    )
)

_FUNCTION = "FOR EACH ROW EXECUTE FUNCTION ledger_append_only()"
_TOUCHED_POSTGRESQL = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _FROZEN)
_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'ledger: append only'; END $$""",
    f"CREATE TRIGGER ledger_entry_keep BEFORE DELETE ON ledger_entry {_FUNCTION}",
    (
        "CREATE TRIGGER ledger_entry_fixed BEFORE UPDATE ON ledger_entry FOR EACH ROW "
        f"WHEN (OLD.leaf_index IS NOT NULL OR {_TOUCHED_POSTGRESQL}) EXECUTE FUNCTION ledger_append_only()"
    ),
    f"CREATE TRIGGER ledger_checkpoint_keep BEFORE DELETE OR UPDATE ON ledger_checkpoint {_FUNCTION}",
)
_POSTGRESQL_DROP = (
    "DROP TRIGGER IF EXISTS ledger_entry_keep ON ledger_entry",
    "DROP TRIGGER IF EXISTS ledger_entry_fixed ON ledger_entry",
    "DROP TRIGGER IF EXISTS ledger_checkpoint_keep ON ledger_checkpoint",
)


def create(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place."""
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: a migration that rebuilds the table, or the emptying of a test database."""
    _run(connection, _POSTGRESQL_DROP if connection.vendor == "postgresql" else _SQLITE_DROP)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
