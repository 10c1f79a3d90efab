"""Weigh a few rows of a finished run again, to say what its score was made of.

Rows are prepared and compared one by one, whatever else stands in the file, so that a few of them weigh now what they
weighed among all; the weights are those that the run kept.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dean06.reconcile.engine import batch, blocks, levels, pairing, scoring
from dean06.reconcile.engine.connection import Bench, connect, limit_memory, quoted
from dean06.reconcile.engine.explain import LEVELS, ROW_WORTH, of_pair
from dean06.reconcile.engine.model import Model, learnt
from dean06.reconcile.engine.options import Options, memory_for
from dean06.reconcile.engine.output import CANDIDATES
from dean06.reconcile.engine.training import EXPECTED_COVERAGE

__all__ = ["Weighed", "nearest", "weigh"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One candidate of a row: what its score is made of, by term, in thousandths of a bit; `levels` of each field."""

    stt: int
    number: str
    score: int
    levels: dict[str, int]
    terms: dict[str, int]


def weigh(prepared: Path, batch_parquet: Path, stts: Sequence[int], options: Options, temp: Path) -> list[Weighed]:
    """Return the best candidates of each row, as the last pass of the run weighed them.

    Args:
        prepared: the prepared register of the run.
        batch_parquet: its list.
        stts: which rows.
        options: those of the run, with its model.
        temp: a private directory that is there for this alone; it is emptied, for what lies in it are rows of people.
    """
    if options.model is None or not stts:
        return []
    with _bench(prepared, options, temp) as bench:
        people = _read(bench, batch_parquet, stts, replace(options, temp=temp), temp)
        _compare(bench, blocks.gather(bench))
        return _best(bench, options.model, people, 2 * CANDIDATES)


def nearest(prepared: Path, batch_parquet: Path, stt: int, options: Options, temp: Path) -> list[str]:
    """Return the numbers of the people most like a row, however unlike they are, the likest first.

    It looks wider than a run does, for a person to say whether the run has missed somebody; the arguments are those of
    `weigh`, and a run that kept no weights is looked at with shipped experience.
    """
    model = options.model or learnt({}, {}, coverage=EXPECTED_COVERAGE, clump=0)
    with _bench(prepared, options, temp) as bench:
        people = _read(bench, batch_parquet, [stt], replace(options, temp=temp), temp)
        _compare(bench, pairing.beside(bench, people))
        return [one.number for one in _best(bench, model, people, CANDIDATES)]


@contextmanager
def _bench(prepared: Path, options: Options, temp: Path) -> Iterator[Bench]:
    temp.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection = connect(threads=options.threads, memory_limit=options.memory_limit or memory_for(0, 0), temp=temp)
    try:
        connection.execute(f"attach {quoted(prepared)} as reg (read_only)")
        yield Bench(connection)
    finally:
        connection.close()
        shutil.rmtree(temp, ignore_errors=True)


def _read(bench: Bench, batch_parquet: Path, stts: Sequence[int], options: Options, temp: Path) -> int:
    """Read a few rows of a list as a run reads all, and return how many people the register holds."""
    [(n, newest)] = bench.rows("select n, newest from reg.meta")
    people, few = int(str(n)), temp / "dong.parquet"
    limit_memory(bench.db, options.memory_limit or memory_for(people, len(stts)))
    bench.table("chosen", f"select unnest([{', '.join(map(str, stts))}])::bigint as stt")
    bench.run(
        f"""copy (select * from read_parquet({quoted(batch_parquet)}) semi join chosen using (stt))
to {quoted(few)} (format parquet)"""
    )
    batch.read(bench, few, options, people, max(int(str(newest)), options.year))
    bench.table("todo", "select stt from s where searchable")
    return people


def _compare(bench: Bench, pairs: str) -> None:
    bench.table("pairs", pairs)
    compared = levels.compared(bench, levels.of_pairs("pairs", levels.LAST), letters=True, rows=levels.LAST)
    bench.table("found", blocks.marked(bench, f"({compared})"))


def _best(bench: Bench, model: Model, people: int, most: int) -> list[Weighed]:
    names = ["stt", "pid", *LEVELS, *levels.worth(bench, levels.LAST), *ROW_WORTH]
    ranked = scoring.ranked(scoring.scored(bench, "found", model, people, ", ".join(names), levels.LAST))
    found = bench.rows(
        f"""select {", ".join(names)}, score, lpad(id12::varchar, 12, '0') from ({ranked}) where k <= {most}
order by stt, k"""
    )
    made = []
    for row in found:
        cells = dict(zip(names, row, strict=False))
        made.append(
            Weighed(
                stt=int(str(cells["stt"])),
                number=str(row[-1]),
                score=int(str(row[-2])),
                levels={name: int(str(cells[name])) for name in LEVELS},
                terms=of_pair(model, people, cells),
            )
        )
    return made
