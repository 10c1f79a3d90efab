"""People of one name in a prepared register: for a name that stands alone, and for the beginning of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dean06.orthography.service import name_keys, search_key
from dean06.reconcile.stopped import EngineStopped

__all__ = ["Namesakes", "beginning", "of_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesakes:
    """Some of the people of a name, those who write it the same first; `total` counts them all."""

    numbers: tuple[str, ...]
    total: int


def of_name(prepared: Path, name: str, most: int, commune: str = "") -> Namesakes:
    """Return people whose name is this one but for tone marks, case and order, those of a commune before others."""
    if not search_key(name):
        return Namesakes(numbers=(), total=0)
    keys = name_keys(name)
    here = int(commune) if commune.isascii() and commune.isdecimal() and len(commune) <= 5 else None
    with _store(prepared) as link:
        found = link.execute(
            """select id12, count(*) over () from person where fk = ?
            order by nk <> ?, xa is distinct from ?, id12 limit ?""",
            [keys.folded_key, keys.normal_key, here, most],
        ).fetchall()
    return Namesakes(numbers=tuple(_number(row[0]) for row in found), total=int(found[0][1]) if found else 0)


def beginning(prepared: Path, prefix: str, most: int, skip: int) -> tuple[str, ...]:
    """Return people whose name without marks begins so, in the order of their names."""
    folded = search_key(prefix)
    if not folded:
        return ()
    with _store(prepared) as link:
        found = link.execute(
            "select id12 from person where starts_with(fd, ?) order by fd, id12 limit ? offset ?", [folded, most, skip]
        ).fetchall()
    return tuple(_number(row[0]) for row in found)


def _number(value: object) -> str:
    return f"{int(str(value)):012}"


@contextmanager
def _store(prepared: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    stopped = False
    link = duckdb.connect(prepared, read_only=True)
    try:
        link.execute("set threads = 2")
        yield link
    except duckdb.Error:
        stopped = True
    finally:
        link.close()
    if stopped:
        raise EngineStopped(prepared)
