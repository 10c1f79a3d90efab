"""The cascade: four passes, each settling what it is sure of and handing the rest on.

Pass 1 follows the number, pass 2 the name as written and the birth date, pass 3 the name without marks and order,
pass 4 weighs every candidate that shares enough to be looked at. Vetoes: a number that contradicts by more than one
slip, or is somebody else's, sends a row past passes 2 and 3, so does the other sex; the score itself is the guard
against namesakes, since it holds how many people of that name and that birth date are to be expected.
"""

from __future__ import annotations

from dean06.reconcile.engine import blocks, levels, pairing, scoring
from dean06.reconcile.engine.connection import Bench
from dean06.reconcile.engine.model import Model
from dean06.reconcile.engine.training import train

SURE_ALONE = 0.98


def cascade(bench: Bench, n: int, model: Model | None, accept: float) -> Model:
    """Fill `settled` (stt, pid, lop, p) and `candidates` (what pass 4 weighed), and return the model used.

    `owners` are the rows whose number's person was weighed, `doubles` those with somebody else of that name and date.

    What falls short of `accept` is settled by no pass: the last one weighs its candidates for a person to choose.
    """
    sure = f"p >= {max(SURE_ALONE, accept)}"
    _by_number(bench)
    model = model or train(bench, "sure")
    _settle_by_number(bench, model, n, sure)
    _settle(bench, model, n, (2, blocks.WRITTEN), sure)
    _settle(bench, model, n, (3, blocks.FOLDED), sure)
    _weigh(bench, model, n)
    if bench.one_to_one:
        pairing.pair(bench, model, n, accept)
    return model


def _by_number(bench: Bench) -> None:
    """Settle the rows whose number and name are a person's and whose date agrees; compare the other ones."""
    bench.table(
        "plain",
        f"""select stt, arg_max(pid, first) as pid, arg_max(ld, first) as ld from (
  select stt, r.pid, first, ({levels.DATE})::tinyint as ld from s
    join (select stt, pid, first, r_nk as nk, r_dob as dob from hits where way >= 2) r using (stt) where s.nk = r.nk)
where ld >= {levels.AGREES} group by stt""",
    )
    bench.add("settled", "select stt, pid, 1, 1.0 from plain")
    led = levels.of_pairs("(select stt, pid, way from hits anti join settled using (stt))")
    bench.table("by_number", levels.compared(bench, led, letters=True, led=True))
    bench.table(
        "sure",
        """select * from by_number where (ln >= 5 or ld >= 6 and ln >= 1)
  and stt in (select stt from by_number group by stt having count(*) = 1)""",
    )
    bench.lap("pass1")


def _settle_by_number(bench: Bench, model: Model, n: int, sure: str) -> None:
    """A number settles a row when name and date go with it, or one of them does and nobody else fits both."""
    weighed = scoring.scored(bench, "by_number", model, n, "stt, pid, ln, ld, ls")
    bench.add(
        "settled",
        f"""with weighed as materialized ({weighed}),
sole as materialized (select stt, pid, ln, ld, ls, p from ({scoring.best("weighed")}) where {sure}),
contested as (
  select distinct w.stt from (select * from sole where not (ln = 9 and ld >= {levels.AGREES})) w join s using (stt)
    join reg.person r on s.fk = r.fk and s.dob = r.dob where r.pid <> w.pid)
select stt, pid, 1, p from sole anti join contested using (stt)
where ln >= 7 and (ld >= 2 or ld = -1) or ld = 8 and ln >= 1 and ls <> 0 or ln >= 5 and ld >= 1
  or ln >= 3 and ld >= {levels.AGREES} and ls <> 0 or ln = -1 and ld in (-1, 8)""",
    )
    bench.table("todo", "select stt from s anti join settled using (stt) where searchable")
    bench.lap("pass1")


def _settle(bench: Bench, model: Model, n: int, step: tuple[int, str], sure: str) -> None:
    lop, joined = step
    found = bench.spread("compared", levels.compared(bench, joined, letters=False), ("todo", "s", "hits"))
    bench.table("weighed", scoring.scored(bench, found, model, n, "stt, pid, li, ls, lx"))
    bench.pairs[str(lop)] = bench.number("select count(*) from weighed")
    bench.add(
        "settled",
        # 01/01 is how a year is written: without the commune it is no birth date.
        f"""select stt, pid, {lop}, p from ({scoring.best("weighed")})
  join (select stt, first_day from s) using (stt)
where {sure} and li in ({levels.ID_NONE}, {levels.ID_SLIP}) and ls <> 0 and (not first_day or lx = 1)""",
    )
    bench.table("todo", "select stt from todo anti join settled using (stt)")
    bench.lap(f"pass{lop}")


def _weigh(bench: Bench, model: Model, n: int) -> None:
    bench.table("pairs", blocks.gather(bench))
    bench.pairs["4"] = bench.number("select count(*) from pairs")
    bench.lap("block")
    pairs = levels.of_pairs("pairs", levels.LAST)
    compared = levels.compared(bench, pairs, letters=True, rows=levels.LAST)
    bench.table("found", blocks.marked(bench, bench.spread("compared", compared, ("pairs", levels.LAST))))
    bench.table("owners", f"select stt, max(ld) as owner_ld from found where {levels.OWN} group by stt")
    bench.table(
        "doubles", f"select stt, true as doubled from found where not ({levels.OWN}) and ln = 9 and ld = 8 group by stt"
    )
    weighed = scoring.ranked(scoring.scored(bench, "found", model, n, levels.NAMES, levels.LAST), scoring.SHOWN)
    bench.table("candidates", f"select {levels.NAMES}, id12, p, k from ({weighed})")
    bench.lap("pass4")
