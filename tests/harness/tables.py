"""The tables of an installation, made once a run: every database of the suite begins as a copy of them.

To make them takes a quarter of a minute; to copy a file, or to let PostgreSQL copy a database, takes a moment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from harness.once import once

FILE = "dean06.sqlite3"
NAME = "database"

__all__ = ["begin", "empty_database", "lay", "lay_file", "own_database", "template"]


def begin() -> None:
    """Make the tables of this run before anybody asks for them."""
    if os.environ.get("DATABASE_URL"):
        template()
    else:
        _file()


def lay(home: Path) -> None:
    """Put tables into an empty state directory, for a process that finds its installation there on SQLite."""
    lay_file(home / FILE)


def lay_file(file: Path) -> None:
    """Put a file with tables where SQLite is to find it."""
    shutil.copyfile(_file(), file)


def _file() -> Path:
    return once("tables-in-a-file", _make_file) / FILE


def template() -> str:
    """Return the name of a database of PostgreSQL with tables, from which others are copied."""
    return (once("tables-in-postgresql", _make_database) / NAME).read_text()


def own_database() -> dict[str, str]:
    """On PostgreSQL make a database for one installation and return where it is; on SQLite it lives in its home."""
    address = os.environ.get("DATABASE_URL")
    return {"DATABASE_URL": _created(address, template())} if address else {}


def empty_database() -> str:
    """Make a database of PostgreSQL without tables, and return its address."""
    return _created(os.environ["DATABASE_URL"], "template1")


def _created(address: str, like: str) -> str:
    name = f"installation_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return urlsplit(address)._replace(path=f"/{name}").geturl()


def _make_file(folder: Path) -> None:
    _migrate({"DEAN06_HOME": str(folder), "DATABASE_URL": ""})


def _make_database(folder: Path) -> None:
    (home := folder / "home").mkdir()
    address = _created(os.environ["DATABASE_URL"], "template1")
    _migrate({"DEAN06_HOME": str(home), "DATABASE_URL": address})
    (folder / NAME).write_text(urlsplit(address).path.strip("/"))


def _migrate(where: dict[str, str]) -> None:
    environment = os.environ | where | {"DJANGO_SETTINGS_MODULE": "dean06.settings"}
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], env=environment, check=True)
