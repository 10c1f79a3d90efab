"""Weigh a few rows of a finished run again, to say what its score was made of.

Rows are prepared and compared one by one, whatever else stands in the file, so that a few of them weigh now what they
weighed among all; the weights are those that the run kept.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dean06.reconcile.engine import batch, blocks, levels, scoring
from dean06.reconcile.engine.connection import Bench, connect, limit_memory, quoted
from dean06.reconcile.engine.explain import LEVELS, ROW_WORTH, of_pair
from dean06.reconcile.engine.model import Model
from dean06.reconcile.engine.options import Options, memory_for
from dean06.reconcile.engine.output import CANDIDATES

__all__ = ["Weighed", "weigh"]


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
    temp.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection = connect(threads=options.threads, memory_limit=options.memory_limit or memory_for(0, 0), temp=temp)
    try:
        connection.execute(f"attach {quoted(prepared)} as reg (read_only)")
        return _weighed(Bench(connection), batch_parquet, stts, replace(options, temp=temp), options.model, temp)
    finally:
        connection.close()
        shutil.rmtree(temp, ignore_errors=True)


def _weighed(
    bench: Bench, batch_parquet: Path, stts: Sequence[int], options: Options, model: Model, temp: Path
) -> list[Weighed]:
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
    bench.table("pairs", blocks.gather(bench))
    compared = levels.compared(bench, levels.of_pairs("pairs", levels.LAST), letters=True, rows=levels.LAST)
    bench.table("found", blocks.marked(bench, f"({compared})"))
    return _best(bench, model, people)


def _best(bench: Bench, model: Model, people: int) -> list[Weighed]:
    names = ["stt", "pid", *LEVELS, *levels.worth(bench, levels.LAST), *ROW_WORTH]
    ranked = scoring.ranked(scoring.scored(bench, "found", model, people, ", ".join(names), levels.LAST))
    found = bench.rows(
        f"""select {", ".join(names)}, score, lpad(id12::varchar, 12, '0') from ({ranked}) where k <= {2 * CANDIDATES}
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
