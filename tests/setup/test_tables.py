"""A new database is made in one step; one of an earlier build is brought up step by step, and both end the same."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

STEP_BY_STEP = """
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
steps = MigrationExecutor(connection)
steps.loader = MigrationLoader(connection, replace_migrations=False)
joined = {key for key, step in steps.loader.disk_migrations.items() if step.replaces}
steps.migrate([leaf for leaf in steps.loader.graph.leaf_nodes() if leaf not in joined])
"""
IN_ONE_STEP = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


def made(home: Path, how: str) -> dict[tuple[str, str], object]:
    """Make a database and return what it consists of; the order of columns and Django's own digests left out."""
    home.mkdir()
    where = {"DEAN06_HOME": str(home), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "dean06.settings"}
    subprocess.run([sys.executable, "-c", how], env=os.environ | where, check=True)
    with sqlite3.connect(home / "dean06.sqlite3") as database:
        rows = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {(kind, name): parts(sql) if kind == "table" else sql for kind, name, sql in rows}


def parts(sql: str) -> list[str]:
    """Return what stands between the outer brackets of a table, in the order of the alphabet."""
    inner, found, depth, quoted, part = sql[sql.index("(") + 1 : sql.rindex(")")], [], 0, False, ""
    for sign in inner:
        quoted ^= sign == "'"
        depth += 0 if quoted else (sign == "(") - (sign == ")")
        if sign == "," and not depth and not quoted:
            found.append(part.strip())
            part = ""
        else:
            part += sign
    return sorted(re.sub(r"\s+", " ", one) for one in [*found, part.strip()])


@pytest.mark.proof
def test_step_by_step_and_in_one_step_end_the_same(tmp_path):
    stepwise, at_once = made(tmp_path / "stepwise", STEP_BY_STEP), made(tmp_path / "at_once", IN_ONE_STEP)
    assert len(at_once) > 400
    assert at_once == stepwise


def test_a_step_rests_on_steps_that_every_database_took():
    """Only a new database takes many steps as one: a step that rested on such would be taken twice by an older one."""
    steps = MigrationLoader(None, replace_migrations=False).disk_migrations
    joined = {key for key, step in steps.items() if step.replaces}
    assert joined
    assert not {
        key: step.dependencies
        for key, step in steps.items()
        if joined.intersection(step.dependencies) and not step.replaces
    }
