"""The step before a cluster: processes of their own, each with the people of some years of birth.

A pair is a row and one person, and what is compared of it rests on the row and that person alone. So pairs found by
each process among its own people are, together, the pairs of all: the same rows, whatever the number of processes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from typing_extensions import override

from dean06.reconcile.engine import cluster
from dean06.reconcile.engine.connection import Bench, connect, quoted

Years = tuple[int, int]
# What the DuckDB of one process may take before it spills.
SHARE = "2GB"


@dataclass(slots=True)
class ShardBench(Bench):
    """A bench that looks for pairs in processes of their own, each with the people born in some years."""

    pool: ProcessPoolExecutor = field(kw_only=True)
    prepared: Path = field(kw_only=True)
    years: list[Years] = field(kw_only=True)
    folder: Path = field(kw_only=True)

    @override
    def spread(self, name: str, query: str, tables: tuple[str, ...]) -> str:
        """Make a table of the pairs that each process finds among its people."""
        for table in tables:
            self.run(f"copy {table} to {quoted(self.folder / f'{table}.parquet')} ({cluster.FORM})")
        jobs = [
            self.pool.submit(find, Shard(self.prepared, years, self.folder, tables), query, at)
            for at, years in enumerate(self.years)
        ]
        found = [quoted(job.result()) for job in jobs]
        self.table(name, f"select * from read_parquet([{', '.join(found)}])")
        return name


@dataclass(frozen=True, slots=True)
class Shard:
    """What a process is told: the register, its years, and where the list's tables lie."""

    prepared: Path
    years: Years
    folder: Path
    tables: tuple[str, ...]


def find(shard: Shard, query: str, at: int) -> Path:
    """Run a query of pairs against the people of a shard, in a process of its own, and return the file of its rows."""
    out = shard.folder / f"found-{at}.parquet"
    first, last = shard.years
    link = connect(threads=1, memory_limit=SHARE, temp=shard.folder / f"spill-{at}")
    try:
        link.execute(f"attach {quoted(shard.prepared)} as whole (read_only)")
        link.execute("attach ':memory:' as reg")
        link.execute(
            f"""create view reg.person as select * from whole.person
where coalesce(dob, 0) between {first * 10000} and {last * 10000 + 9999}"""
        )
        for table in shard.tables:
            file = quoted(shard.folder / f"{table}.parquet")
            link.execute(f"create temp table {table} as select * from read_parquet({file})")
        link.execute(f"copy ({query}) to {quoted(out)} ({cluster.FORM})")
    finally:
        link.close()
    return out


@contextmanager
def sharded(bench: Bench, prepared: Path, processes: int, temp: Path) -> Iterator[ShardBench]:
    """Give a bench of so many processes; what they were told are rows of people and go with the run."""
    temp.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="shards-", dir=temp))
    try:
        # A process that is forked would share what DuckDB's threads hold.
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            years = divided(bench, processes)
            yield ShardBench(bench.db, **bench.for_many(), pool=pool, prepared=prepared, years=years, folder=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def divided(bench: Bench, processes: int) -> list[Years]:
    """Divide the years of birth into spans of about as many people; year 0 holds those whose date is unknown."""
    counts = [
        (int(str(year)), int(str(n))) for year, n in bench.rows("select yr, n_yr from reg.year_count order by yr")
    ]
    share, firsts, before = sum(n for _, n in counts) / processes, [0], 0
    for year, n in counts:
        if before >= share * len(firsts) and year > firsts[-1]:
            firsts.append(year)
        before += n
    return list(zip(firsts, [*(first - 1 for first in firsts[1:]), 9999], strict=True))
