"""What a costly set-up wrote to the main database, remembered as rows: made once, put back for every module that asks.

Only rows that were added count; a set-up that changes or removes what was there before it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

Rows = Mapping[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Remembered:
    """The rows that a set-up added, by table."""

    added: Rows

    def put(self) -> None:
        """Write the rows again; what counts up goes on after them."""
        with connection.cursor() as cursor:
            for table, rows in self.added.items():
                places = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {quoted(table)} VALUES ({places})", rows)
            for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
                cursor.execute(statement)


def quoted(table: str) -> str:
    return connection.ops.quote_name(table)


def standing() -> Rows:
    """Return every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {quoted(table)}")
            found[table] = cursor.fetchall()
    return found


def added(before: Rows) -> Remembered:
    """Return what was added since; refused where a row that stood is gone or changed."""
    fresh = {}
    for table, rows in standing().items():
        kept = [row for row in rows if row not in before[table]]
        if len(kept) != len(rows) - len(before[table]):
            raise AssertionError(f"a set-up changed rows of {table} that stood before it")
        if kept:
            fresh[table] = kept
    return Remembered(fresh)
