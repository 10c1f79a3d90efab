"""A private DuckDB over one prepared register, opened read-only, and its named steps."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from dean06.reconcile.engine import distances, powers
from dean06.reconcile.engine.model import Communes
from dean06.reconcile.engine.options import BUDGET, Block

Row = tuple[object, ...]


def quoted(value: str | Path) -> str:
    """Return a text or path as an SQL literal."""
    return "'" + str(value).replace("'", "''") + "'"


def halves(query: str, number: str) -> str:
    """Return a query as the union of its two halves, by a whole number of each row of its source.

    A table of less than 122,880 rows is read by one processor; the halves of a union are read by two.

    Args:
        query: SQL with `{half}` where a condition on the source stands.
        number: SQL for the number whose parity tells the halves apart.
    """
    return " union all ".join(query.replace("{half}", f"{number} % 2 = {half}") for half in (0, 1))


def connect(*, threads: int, memory_limit: str, temp: Path) -> duckdb.DuckDBPyConnection:
    """Open an empty database in memory with the limits of a run, and the functions and numbers of the plan."""
    connection = duckdb.connect()
    connection.execute(f"set threads = {int(threads)}")
    limit_memory(connection, memory_limit)
    connection.execute(f"set temp_directory = {quoted(temp)}")
    connection.execute("set enable_progress_bar = false")
    connection.execute("set preserve_insertion_order = false")
    connection.execute(distances.MACRO)
    connection.execute(powers.MACRO)
    connection.execute(f"set variable {powers.VARIABLE} = ?::bigint[]", [powers.table()])
    return connection


def limit_memory(connection: duckdb.DuckDBPyConnection, limit: str) -> None:
    """Set what DuckDB may take, in its own notation."""
    connection.execute(f"set memory_limit = {quoted(limit)}")


# What a bench of many machines or processes has from the one it stands in for.
_COMMON = (
    "has_parents",
    "has_address",
    "has_aside",
    "one_to_one",
    "budget",
    "seconds",
    "pairs",
    "blocks",
    "communes",
    "carried",
    "elsewhere",
)


@dataclass(slots=True)
class Bench:
    """The connection of a run, what its file has beyond the usual, and the time of each step.

    `keyed` says that rows come with the keys of the last pass, and `t` with the folded address `ad`; `communes` are
    what the list's addresses taught, `carried` the rows that are taken from the last run, and `elsewhere` the pairs of
    one birth date that it counted for those.
    """

    db: duckdb.DuckDBPyConnection
    has_parents: bool = False
    has_address: bool = False
    has_aside: bool = False
    keyed: bool = False
    one_to_one: bool = False
    budget: int = BUDGET
    seconds: dict[str, float] = field(default_factory=dict)
    pairs: dict[str, int] = field(default_factory=dict)
    communes: Communes = field(default_factory=dict)
    carried: int = 0
    elsewhere: int = 0
    blocks: list[Block] = field(default_factory=list)
    started: float = field(default_factory=time.perf_counter)

    def for_many(self) -> dict[str, Any]:
        """Return what a bench of several machines takes over from this one."""
        return {name: getattr(self, name) for name in _COMMON}

    def run(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """Execute a statement for its effect."""
        self.db.execute(sql, list(parameters) if parameters else None)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Execute a query and return every row."""
        found: list[Row] = self.db.execute(sql, list(parameters) if parameters else None).fetchall()
        return found

    def as_written(self, sql: str) -> None:
        """Execute a statement whose joins are to be made in the order they stand in.

        The optimizer takes what an anti join leaves for a fifth of it, and would build on the larger side.
        """
        self.db.execute("set disabled_optimizers = 'join_order'")
        self.run(sql)
        self.db.execute("set disabled_optimizers = ''")

    def table(self, name: str, query: str) -> None:
        """Make a temporary table of a query."""
        self.run(f"create or replace temp table {name} as {query}")

    def add(self, name: str, query: str) -> None:
        """Add the rows of a query to a table."""
        self.run(f"insert into {name} {query}")

    def spread(self, name: str, query: str, tables: tuple[str, ...]) -> str:  # noqa: ARG002  for a bench of many
        """Return where the pairs of a query stand; here they are found when they are asked for.

        Args:
            name: table that a bench of several machines would make of them.
            query: pairs of a row of the list and a person of the register, each person's apart from all others'.
            tables: the tables of the list that the query reads.
        """
        return f"({query})"

    def number(self, sql: str) -> int:
        """Return the one number of a query, 0 for null."""
        found = self.rows(sql)[0][0]
        return int(str(found)) if found is not None else 0

    def lap(self, step: str) -> None:
        """Close a step's time."""
        now = time.perf_counter()
        self.seconds[step] = round(self.seconds.get(step, 0.0) + now - self.started, 4)
        self.started = now
