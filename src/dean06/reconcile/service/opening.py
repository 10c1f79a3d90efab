"""Opening files with rows of people: what DuckDB says of a fault may quote a row, so it never goes any further."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb

from dean06.reconcile.stopped import EngineStopped

__all__ = ["glanced", "opened"]


@contextmanager
def opened(where: Path, *, threads: int = 1) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a private engine for work on `where` and what lies beside it; a fault names the file alone."""
    with _guarded(duckdb.connect(), where) as link:
        link.execute(f"set threads = {threads}")
        yield link


@contextmanager
def glanced(where: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection for a short look at `where`, of an engine that this process starts once.

    Only what is temporary may be made on it: that is the connection's own, and ends with it.
    """
    with _guarded(_engine().cursor(), where) as link:
        yield link


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """Start the engine of this process for short looks: starting one takes longer than most looks."""
    engine = duckdb.connect()
    engine.execute("set threads = 2")
    engine.execute("set enable_external_file_cache = false")  # no row of a person outlives its look
    return engine


@contextmanager
def _guarded(link: duckdb.DuckDBPyConnection, where: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    stopped = False
    try:
        yield link
    except duckdb.Error:
        stopped = True
    finally:
        link.close()
    if stopped:
        raise EngineStopped(where)
