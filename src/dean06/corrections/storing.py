"""Writing findings many at a time: a delivery may bring a hundred thousand.

The ORM's bulk writes build SQL text that grows with the rows. Here SQLite runs one prepared statement over all rows,
and PostgreSQL takes them in batches, each as one JSON parameter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import connection

from dean06.corrections.models import Finding

# What a run may change in a finding, and so what taking it back restores.
STATE = (
    "status",
    "cause",
    "severity",
    "commune",
    "sheet",
    "dong",
    "stt",
    "last_run_id",
    "closed_at",
    "closed_by_id",
    "reopened",
)
GIVEN = ("group_id", "source", "fingerprint", "record", "field", "rule", "first_run_id", "opened_at")
BATCH = 5000
SENT = "json_array_elements(CAST(%s AS json)) AS sent(cells)"

T = TypeVar("T")
Cell = str | int | datetime | None
State = tuple[Cell, ...]


def insert(rows: Iterable[Sequence[Cell]]) -> None:
    """Insert findings given as GIVEN and STATE in order."""
    columns = (*GIVEN, *STATE)
    into = f"INSERT INTO {_table()} ({', '.join(map(_quoted, columns))})"
    if connection.vendor == "postgresql":
        _in_batches(f"{into} SELECT {', '.join(_read(columns))} FROM {SENT}", rows)
    else:
        _row_by_row(f"{into} VALUES ({', '.join(['%s'] * len(columns))})", rows)


def restate(rows: Iterable[Sequence[Cell]]) -> None:
    """Bring findings to a state, given as STATE in order and then the finding's id."""
    change = f"UPDATE {_table()} SET"
    if connection.vendor == "postgresql":
        *read, key = _read((*STATE, "id"))
        sets = ", ".join(f"{_quoted(name)} = {source}" for name, source in zip(STATE, read, strict=True))
        _in_batches(f"{change} {sets} FROM {SENT} WHERE {_table()}.id = {key}", rows)
    else:
        _row_by_row(f"{change} {', '.join(f'{_quoted(name)} = %s' for name in STATE)} WHERE id = %s", rows)


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Return items in lists that one statement takes."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _table() -> str:
    return _quoted(Finding._meta.db_table)  # noqa: SLF001  Django's own way to a table's name


def _read(columns: Iterable[str]) -> list[str]:
    """Return how PostgreSQL reads each column out of a row sent as a JSON array."""
    kinds = {f.column: f.db_type(connection) or "text" for f in Finding._meta.concrete_fields}  # noqa: SLF001  as above
    # A cast to varchar(n) would cut a text that is too long; text makes the database refuse it.
    plain = ("text" if kinds[name].startswith("varchar") else kinds[name] for name in columns)
    return [f"CAST(cells ->> {place} AS {kind})" for place, kind in enumerate(plain)]


def _in_batches(statement: str, rows: Iterable[Sequence[Cell]]) -> None:
    with connection.cursor() as cursor:
        for batch in batches(rows):
            cursor.execute(statement, [json.dumps(batch, default=_time, ensure_ascii=False)])


def _row_by_row(statement: str, rows: Iterable[Sequence[Cell]]) -> None:
    """Run a statement for each row inside the database's own process, where a round trip costs nothing."""
    with connection.cursor() as cursor:
        for batch in batches(rows):
            cursor.executemany(statement, [[_adapted(cell) for cell in row] for row in batch])


def _time(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _adapted(cell: Cell) -> str | int | None:
    return str(connection.ops.adapt_datetimefield_value(cell)) if isinstance(cell, datetime) else cell
