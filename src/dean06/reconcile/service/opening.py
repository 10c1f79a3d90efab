"""Opening files with rows of people: what DuckDB says of a fault may quote a row, so it never goes any further."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from dean06.reconcile.stopped import EngineStopped

__all__ = ["opened"]


@contextmanager
def opened(where: Path, *, threads: int = 1) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a private connection for reading `where` and what lies beside it; a fault names the file alone."""
    link = duckdb.connect()
    stopped = False
    try:
        link.execute(f"set threads = {threads}")
        yield link
    except duckdb.Error:
        stopped = True
    finally:
        link.close()
    if stopped:
        raise EngineStopped(where)
