"""What a costly set-up leaves behind, remembered: made once a run, put back whenever a module or a test asks for it.

Only rows that were added count; a set-up that changes or removes what was there before it is refused.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import override_settings

from harness.once import once

Rows = Mapping[str, list[tuple[object, ...]]]
T = TypeVar("T")
KEPT = "kept.pickle"
KEPT_BY_TRIGGERS = "catalogue_search"  # the index of words, which SQLite fills by itself from the rows put back


@dataclass(frozen=True)
class Settled(Generic[T]):
    """What a set-up returned (pickled), the rows it added by table, and the files it left in the state directory."""

    made: bytes
    added: Rows
    files: Path

    def again(self, home: Path) -> T:
        """Put rows and files back, inside a transaction that will be undone; return a copy of what was made."""
        shutil.copytree(self.files, home, dirs_exist_ok=True)
        with connection.cursor() as cursor:
            for table, rows in self.added.items():
                places = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {_quoted(table)} VALUES ({places})", rows)  # type: ignore[arg-type]  # what a row held
            filled = [one for one in apps.get_models(include_auto_created=True) if one._meta.db_table in self.added]
            for statement in connection.ops.sequence_reset_sql(no_style(), filled):
                cursor.execute(statement)
        made: T = pickle.loads(self.made)  # noqa: S301  written by this run
        return made


def settle(blocker: object, folder: Path, build: Callable[[Path], T]) -> None:
    """Run a set-up in a place of its own and write down in a folder what it leaves; the database is then as it was."""
    # A folder of the run is renamed once it is whole; a set-up may know its own.
    place = folder.with_name(f"{folder.name}.place")
    shutil.rmtree(place, ignore_errors=True)
    (home := place / "home").mkdir(parents=True)
    with blocker.unblock(), override_settings(HOME=home), transaction.atomic():  # type: ignore[attr-defined]  # pytest-django's
        before = _standing()
        made = build(place)
        kept: Settled[T] = Settled(made=pickle.dumps(made), added=_since(before), files=home)
        (folder / KEPT).write_bytes(pickle.dumps(kept))
        transaction.set_rollback(True)


def settled_once(name: str, build: Callable[[Path], T]) -> object:
    """Make the fixture that runs a set-up once a run, in whichever worker asks first, and gives what it left behind."""

    @pytest.fixture(scope="session")
    def settled(django_db_setup: None, django_db_blocker: object) -> Settled[T]:
        folder = once(f"settled-{build.__module__}-{name}", lambda folder: settle(django_db_blocker, folder, build))
        kept: Settled[T] = pickle.loads((folder / KEPT).read_bytes())  # noqa: S301  written by this run
        return kept

    return settled


def _quoted(table: str) -> str:
    return connection.ops.quote_name(table)


def _standing() -> Rows:
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(KEPT_BY_TRIGGERS):
                continue
            cursor.execute(f"SELECT * FROM {_quoted(table)}")
            found[table] = cursor.fetchall()
    return found


def _since(before: Rows) -> Rows:
    fresh = {}
    for table, rows in _standing().items():
        added = [row for row in rows if row not in before[table]]
        if len(added) != len(rows) - len(before[table]):
            raise AssertionError(f"a set-up changed rows of {table} that stood before it")
        if added:
            fresh[table] = added
    return fresh
