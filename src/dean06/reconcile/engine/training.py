"""Learn the weights of a file from its own sure pairs and from strangers, without labels and without chance."""

from __future__ import annotations

from collections.abc import Mapping

from dean06.reconcile.engine import scoring
from dean06.reconcile.engine.connection import Bench
from dean06.reconcile.engine.model import DEFAULT_M, Model, learnt

ROWS = 10_000
STRANGERS_PER_ROW = 30
EXPECTED_COVERAGE = 0.95
LEANING = 20


def train(bench: Bench, sure: str) -> Model:
    """Return the model learnt from a table of compared sure pairs."""
    clump = bench.number("select clump from reg.meta")
    holders = bench.number("select count(*) from s where id12 is not null")
    found = bench.number(f"select count(distinct stt) from {sure}")
    coverage = (found + LEANING * EXPECTED_COVERAGE) / (holders * scoring.OWN + LEANING) if holders else EXPECTED_COVERAGE
    _strangers(bench)
    model = learnt(_counts(bench, sure), _counts(bench, "unrelated"), coverage=coverage, clump=clump)
    bench.lap("train")
    return model


def _strangers(bench: Bench) -> None:
    """Pair rows, in the order of a hash of what they say, with the register's fixed choice of people."""
    content = "coalesce(nk, 0), coalesce(dob, 0), coalesce(xa, 0), coalesce(sx, 0), coalesce(id12, 0), coalesce(id9, 0)"
    many = max(bench.number("select count(*) from reg.stranger"), 1)
    bench.table(
        "strangers",
        f"""select stt, pid from (
  select stt, (k * {STRANGERS_PER_ROW} + step) % {many} as k from (
    select stt, (row_number() over (order by h, {content}, stt) - 1) as k from (
      select *, md5(concat_ws(',', {content})) as h from s where nk is not null order by h, {content}, stt limit {ROWS})),
    (select unnest(range({STRANGERS_PER_ROW})) as step)) join reg.stranger using (k)""",
    )
    scoring.compare(bench, "strangers", "unrelated")


def _counts(bench: Bench, pairs: str) -> Mapping[str, Mapping[int, int]]:
    counts: dict[str, dict[int, int]] = {}
    for field in DEFAULT_M:
        if field == "la":
            continue
        found = bench.rows(f"select {field}, count(*) from {pairs} where {field} >= 0 group by 1")
        counts[field] = {int(str(level)): int(str(n)) for level, n in found}
    return counts
