"""Which tests run on which database, and where the test database lives."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import tables

WALKED = {"test_pages.py", "test_foreign_group.py"}
ASKS_FOR_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "site", "installation"}


def pytest_configure(config: pytest.Config) -> None:
    """Make the tables while the workers collect: whoever gives out the work has nothing else to do."""
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        threading.Thread(target=tables.begin, daemon=True).start()


def needs_database(item: pytest.Item) -> bool:
    """Say whether a test touches the main database."""
    return item.get_closest_marker("django_db") is not None or bool(
        ASKS_FOR_DATABASE & set(getattr(item, "fixturenames", ()))
    )


def on_sqlite_alone(item: pytest.Item) -> bool:
    """Say whether the ordinary run asks SQLite and not PostgreSQL."""
    page = item.path.parent.name == "web" and item.path.name not in WALKED
    return page or item.get_closest_marker("either_database") is not None


def on_postgresql_alone(item: pytest.Item) -> bool:
    """Say whether the ordinary run asks PostgreSQL and not SQLite: a flow joins rooms that are asked on both."""
    return item.path.parent.name == "flows" and needs_database(item) and not on_sqlite_alone(item)


def is_told(item: pytest.Item, told: str) -> bool:
    """Say whether a test runs here.

    Args:
        item: the test.
        told: `once` in the ordinary run, `again` in the proof, which runs what that left out; nothing in a run by
            hand, which leaves nothing out.
    """
    if os.environ.get("DEAN06_TEST_DATABASE") == "postgresql":
        return needs_database(item) and (not told or on_sqlite_alone(item) == (told == "again"))
    return not told or on_postgresql_alone(item) == (told == "again")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tell each database what it may answer differently, and leave the rest to the proof.

    Rooms are asked on both. Their flows are asked on the stricter one, all pages and demonstrations on the other; the
    proof turns this round. On PostgreSQL a test that touches no database has nothing new to say.
    """
    told = os.environ.get("DEAN06_TEST_TOLD", "")
    chosen = {item: is_told(item, told) for item in items}
    config.hook.pytest_deselected(items=[item for item in items if not chosen[item]])
    items[:] = [item for item in items if chosen[item]]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Begin with the tables of the run; SQLite's lie in a file, where threads and processes lock as they do at work."""
    from django.conf import settings

    default: Any = settings.DATABASES["default"]
    test = default.setdefault("TEST", {})
    test["MIGRATE"] = False
    if default["ENGINE"] == "django.db.backends.sqlite3":
        test["NAME"] = str(Path(settings.HOME) / "test.sqlite3")
        tables.lay_file(Path(test["NAME"]))
        default["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    else:
        test["TEMPLATE"] = tables.template()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Take the database as it was laid down; it goes with the directory of the run."""
    return True


@pytest.fixture(scope="session", autouse=True)
def ledger_may_be_emptied() -> Iterator[None]:
    """Let a transactional test empty its database: the ledger's own refusal is lifted for that moment only."""
    # On PostgreSQL nothing has loaded SQLite's backend yet, and its operations cannot be the first of it to load.
    from django.db.backends.sqlite3 import base  # noqa: F401  see above
    from django.db.backends.sqlite3.operations import DatabaseOperations

    from dean06.ledger import triggers

    emptied = DatabaseOperations.execute_sql_flush

    def flush(operations: DatabaseOperations, sql_list: list[str]) -> None:
        triggers.drop(operations.connection)
        emptied(operations, sql_list)
        triggers.create(operations.connection)

    DatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign, assignment]  # for the length of the test run
    yield
    DatabaseOperations.execute_sql_flush = emptied  # type: ignore[method-assign]  # as it was before the run
