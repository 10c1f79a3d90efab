"""Numbers of many clerks at once, killed in the middle: none twice, none missing; papers, ledger and archive agree.

Clerks are processes of their own (`papers.clerks`) that issue through the face of the room, on SQLite and PostgreSQL.
What is stood in for is said there: the rendering of the two files, and the laying down of drafts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from harness.cluster import PrivateCluster
from harness.tree import ROOT
from papers.clerks import SYMBOLS

SERIES = 2 * len(SYMBOLS)  # each symbol before and after the new year


def play(home: Path, url: str, *command: str) -> dict:
    """Let the office do one thing, and return what it tells.

    Clerks on PostgreSQL give way to those on SQLite, who write one at a time and would wait behind them for a core.
    """
    behind = ("nice", "-n", "10") if url else ()
    places = [str(ROOT / "src"), str(ROOT / "tests")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places), "DATABASE_URL": url}
    done = subprocess.run(
        [*behind, sys.executable, "-m", "papers.clerks", str(home), *command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout) if done.stdout else {}


def numbered(home: Path, url: str, count: int, clerks: int, every: int) -> tuple[int, dict]:
    """Have so many papers numbered by so many clerks; returns how many clerks were killed, and what stands."""
    play(home, url, "make", str(count))
    killed = play(home, url, "work", str(clerks), str(every))["killed"]
    return killed, play(home, url, "count")


def holds(told: dict, count: int) -> None:
    """None twice, none missing, in each series; each paper signed and numbered once in the ledger; its files there."""
    assert told["unnumbered"] == 0
    assert told["wrong_year"] == 0
    assert len(told["series"]) == SERIES
    for one in told["series"]:
        numbers = one["numbers"]
        assert numbers == {"papers": one["last"], "distinct": one["last"], "first": 1, "last": one["last"]}
        assert one["holes"] == []
    assert sum(one["last"] for one in told["series"]) == count
    assert told["entries"] == {"twice": 0, "missing": 0, "strange": 0, "pairs": 2 * count}
    assert (told["signed"], told["signatures"]) == (count, 1)
    assert told["archive"] == {"wrong": 0, "named": 2 * count}
    assert told["log"] == []


@contextmanager
def in_memory(fallback: Path) -> Iterator[Path]:
    """Give a directory in memory where there is one: a killed process loses nothing that it wrote, synced or not."""
    memory = Path("/dev/shm")  # noqa: S108  as above
    with tempfile.TemporaryDirectory(prefix="d06so-", dir=memory if os.access(memory, os.W_OK) else fallback) as made:
        yield Path(made)


@pytest.fixture
def own_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database of the kind the suite runs on; empty means SQLite in the office's home."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield ""
        return
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE clerks")
        yield url.replace("/dean06?", "/clerks?")
        connection.execute("DROP DATABASE clerks WITH (FORCE)")


@pytest.mark.proof
@pytest.mark.django_db
def test_eight_clerks_killed_in_the_middle_leave_no_hole(own_database, tmp_path):
    with in_memory(tmp_path) as home:
        killed, told = numbered(home, own_database, 600, 8, 15)
    assert killed >= 30
    holds(told, 600)


@pytest.mark.proof
@pytest.mark.timeout(2400)
def test_a_hundred_thousand_numbers_of_fifty_clerks(tmp_path):
    """On PostgreSQL, where so many clerks belong; beside them as many on SQLite, who number twenty thousand."""
    cluster = PrivateCluster.start(max_connections="200")
    try:
        with in_memory(tmp_path) as one, in_memory(tmp_path) as two, ThreadPoolExecutor(2) as pool:
            at_work = [
                (count, pool.submit(numbered, home, url, count, 50, 100))
                for home, url, count in ((one, "", 20_000), (two, cluster.url("dean06"), 100_000))
            ]
            for count, each in at_work:
                killed, told = each.result()
                assert killed >= count // 100 * 0.9
                holds(told, count)
    finally:
        cluster.stop()
