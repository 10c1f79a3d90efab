"""What a costly set-up leaves behind, remembered: made once a run, put back whenever a module or a test asks for it.

Only rows that were added count; a set-up that changes or removes what was there before it is refused.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Literal, TypeVar

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import override_settings

Rows = Mapping[str, list[tuple[object, ...]]]
T = TypeVar("T")
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


def settle(blocker: object, folder: Path, build: Callable[[Path], T]) -> Settled[T]:
    """Run a set-up in a folder of its own and remember what it leaves; the database is then as it was."""
    (home := folder / "home").mkdir()
    with blocker.unblock(), override_settings(HOME=home), transaction.atomic():  # type: ignore[attr-defined]  # pytest-django's
        before = _standing()
        made = build(folder)
        kept: Settled[T] = Settled(made=pickle.dumps(made), added=_since(before), files=home)
        transaction.set_rollback(True)
    return kept


def settled_once(name: str, build: Callable[[Path], T], *, scope: Literal["session", "module"] = "session") -> object:
    """Make the fixture that runs a set-up once a run, or once a module, and gives what it left behind.

    Modules that import a fixture of the run share what it left.
    """
    kept: dict[str, Settled[T]] = {}

    @pytest.fixture(scope=scope)
    def settled(
        django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
    ) -> Settled[T]:
        if scope == "session" and name in kept:
            return kept[name]
        kept[name] = settle(django_db_blocker, tmp_path_factory.mktemp(name), build)
        return kept[name]

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
