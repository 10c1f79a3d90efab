"""Learn the weights of a file from its own sure pairs, without labels and without chance."""

from __future__ import annotations

from dean06.reconcile.engine import levels
from dean06.reconcile.engine.connection import Bench
from dean06.reconcile.engine.model import DAY, DEFAULT_M, ONE_SLIP, OWN, SAME, Model, learnt

EXPECTED_COVERAGE = 0.95
LEANING = 20
ADDRESSES = 5_000


def train(bench: Bench, sure: str) -> Model:
    """Return the model learnt from a table of compared sure pairs and from the register's strangers."""
    [(clump, alike, like, other)] = bench.rows("select clump, alike, likely, other from reg.meta")
    holders = bench.number("select count(*) from t where id12 is not null")
    exact = bench.number("select count(*) from settled")
    dates = {int(str(ld)): int(str(count)) for ld, count in bench.rows("select ld, count(*) from plain group by ld")}
    found = exact + bench.number(f"select count(distinct stt) from {sure} join s using (stt) where id12 is not null")
    reach = OWN + ONE_SLIP
    coverage = (found / reach + LEANING * EXPECTED_COVERAGE) / (holders + LEANING)
    counts = _counts(bench, sure)
    if bench.has_address:
        counts["la"] = _addresses(bench)
    dates[DAY] = dates.get(DAY, 0) + exact - sum(dates.values())
    for field, seen in (("ln", {SAME: exact}), ("ld", dates)):
        for level, count in seen.items():
            counts[field][level] = counts[field].get(level, 0) + count
    model = learnt(
        counts,
        {2: int(str(alike)), 1: int(str(like)), 0: int(str(other))},
        coverage=coverage,
        clump=int(str(clump)),
    )
    bench.lap("train")
    return model


def _counts(bench: Bench, pairs: str) -> dict[str, dict[int, int]]:
    """Count the levels of all fields in one reading."""
    fields = list(DEFAULT_M)
    found = bench.rows(f"select {', '.join(fields)}, count(*) from {pairs} group by all")
    counts: dict[str, dict[int, int]] = {field: {} for field in fields}
    for row in found:
        for field, level in zip(fields, row, strict=False):
            seen = counts[field]
            seen[int(str(level))] = seen.get(int(str(level)), 0) + int(str(row[-1]))
    return counts


def _addresses(bench: Bench) -> dict[int, int]:
    """Count how often the address of a settled person's row holds the register's, on people in the register's order."""
    address = "ad" if bench.keyed else levels.written_address("dia_chi")
    found = bench.rows(
        f"""select {levels.ADDRESS} as la, count(*) from (
  select {address} as ad, pid from (
    select pid, t.* from settled join t using (stt) order by pid, dia_chi limit {ADDRESSES})) s
  join (select pid, ad from reg.person) r using (pid) group by 1"""
    )
    return {int(str(level)): int(str(count)) for level, count in found}
