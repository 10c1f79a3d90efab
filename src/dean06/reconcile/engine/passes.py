"""The cascade: four passes, each settling what it is sure of and handing the rest on.

Pass 1 follows the number, pass 2 the name as written and the birth date, pass 3 the name without marks and order,
pass 4 weighs every candidate that shares enough to be looked at. Vetoes: a number that contradicts by more than one
slip sends a row past passes 2 and 3, so does the other sex; the score itself is the guard against namesakes, since it
holds how many people of that name and that birth date are to be expected.
"""

from __future__ import annotations

from dean06.reconcile.engine import scoring
from dean06.reconcile.engine.connection import Bench
from dean06.reconcile.engine.model import Model
from dean06.reconcile.engine.training import train

SURE_ALONE = 0.95
# Pairs the last pass may look at when it takes everyone born on a row's date, and when it asks for the surname too.
BUDGET = 20_000_000
SHOWN = 0.03


def cascade(bench: Bench, n: int, model: Model | None) -> Model:
    """Fill `settled` (stt, pid, lop, p) and `scored` (the candidates of what is left), and return the model used."""
    bench.table("todo", "select stt from s where searchable")
    _by_number(bench)
    model = model or train(bench, "sure")
    bench.run("create or replace temp table settled (stt bigint, pid int, lop tinyint, p double)")
    _settle_by_number(bench, model, n)
    _settle(bench, model, n, 2, "select s.stt, r.pid from todo join s using (stt) join reg.person r on s.nk = r.nk and s.dob = r.dob")
    _settle(bench, model, n, 3, _folded())
    _weigh(bench, model, n)
    return model


def _by_number(bench: Bench) -> None:
    bench.table(
        "hits",
        """select distinct stt, pid from (
  select s.stt, r.pid from s join reg.person r on s.id12 = r.id12
  union all select s.stt, r.pid from s join reg.person r on s.id9 = r.id9
  union all select s.stt, o.pid from s join reg.old_number o on s.id12 = o.id or s.id12 is null and s.id9 = o.id)""",
    )
    scoring.compare(bench, "hits", "by_number")
    bench.run("update by_number set li = 3")
    bench.table(
        "sure",
        "select * from by_number where (ln >= 3 or ld >= 3) and stt in (select stt from by_number group by stt having count(*) = 1)",
    )
    bench.lap("pass1")


def _settle_by_number(bench: Bench, model: Model, n: int) -> None:
    """A number settles a row when name and date go with it, or one of them does and nobody else fits both."""
    bench.table("weighed", scoring.posterior(f"select stt, pid, ln, ld, ({scoring.score(model, n)}) as score from by_number"))
    bench.table("sole", f"select stt, pid, ln, ld, p from weighed where k = 1 and p >= {SURE_ALONE}")
    bench.table(
        "contested",
        """select distinct w.stt from sole w join s using (stt) join reg.person r on s.fk = r.fk and s.dob = r.dob
where r.pid <> w.pid and not (w.ln >= 6 and w.ld >= 3)""",
    )
    bench.run(
        """insert into settled select stt, pid, 1, p from sole anti join contested using (stt)
where ln >= 6 and (ld >= 2 or ld = -1) or ld >= 3 and ln <> 0 or ln >= 3 and ld >= 1 or ln = -1 and ld in (-1, 5)"""
    )
    bench.run("create or replace temp table todo as select stt from todo anti join settled using (stt)")
    bench.lap("pass1")


def _folded() -> str:
    return """select distinct stt, pid from (
  select s.stt, r.pid from todo join s using (stt) join reg.person r on s.fk = r.fk and s.dob = r.dob
  union all select s.stt, r.pid from todo join s using (stt) join reg.person r on s.fk = r.fk and s.dob2 = r.dob
  union all select s.stt, r.pid from todo join s using (stt) join reg.person r
    on s.fk = r.fk and s.xa = r.xa and s.dob // 10000 = r.dob // 10000 where s.dob % 100 = 0 or r.dob % 100 = 0)"""


def _settle(bench: Bench, model: Model, n: int, lop: int, pairs: str) -> None:
    bench.table("pairs", pairs)
    bench.pairs[str(lop)] = bench.number("select count(*) from pairs")
    scoring.compare(bench, "pairs", "found")
    _mark_taken(bench, "found")
    bench.table("weighed", scoring.posterior(f"select stt, pid, li, ls, ({scoring.score(model, n)}) as score from found"))
    bench.run(
        f"""insert into settled select stt, pid, {lop}, p from weighed
where k = 1 and p >= {SURE_ALONE} and li in (1, 2, 3) and ls <> 0"""
    )
    bench.run("create or replace temp table todo as select stt from todo anti join settled using (stt)")
    bench.lap(f"pass{lop}")


def _mark_taken(bench: Bench, table: str) -> None:
    """A number that belongs to somebody else says nothing against "not in the register"."""
    bench.run(f"update {table} set li = 3 from hits h where h.stt = {table}.stt and h.pid = {table}.pid and li <> 3")
    bench.run(f"update {table} set li = 4 where li = 0 and stt in (select stt from hits)")


def _weigh(bench: Bench, model: Model, n: int) -> None:
    bench.table("rest", "select s.* from todo join s using (stt)")
    bench.table("born", "select stt, dob as day from rest where dob % 100 > 0 union all select stt, dob2 from rest where dob2 is not null")
    bench.table("pairs", f"select distinct stt, pid from ({_blocks(bench)})")
    bench.pairs["4"] = bench.number("select count(*) from pairs")
    bench.lap("block")
    scoring.compare(bench, "pairs", "found", prune=True)
    _mark_taken(bench, "found")
    scored = scoring.posterior(f"select *, ({scoring.score(model, n)}) as score from found")
    bench.table("scored", f"select * from ({scored}) where p >= {SHOWN}")
    bench.lap("pass4")


def _blocks(bench: Bench) -> str:
    day = "from born join rest s using (stt) join reg.person r on day = r.dob"
    blocks = [
        "select stt, pid from hits semi join rest using (stt)",
        f"select s.stt, r.pid {day} and s.fk = r.fk",
        f"select s.stt, r.pid {day} and s.xa = r.xa",
        f"select s.stt, r.pid {day} and s.gk = r.gk",
        "select s.stt, r.pid from rest s join reg.person r on s.pk = r.pk and s.dob // 10000 = r.dob // 10000",
        "select s.stt, r.pid from rest s join reg.person r on s.gk = r.gk and s.xa = r.xa and s.dob // 10000 = r.dob // 10000",
        "select s.stt, r.pid from rest s join reg.person r on s.fk = r.fk and s.xa = r.xa",
    ]
    wide = bench.number("select sum(n) from born join (select dob as day, count(*) as n from reg.person group by 1) using (day)")
    if wide <= BUDGET:
        blocks.append(f"select s.stt, r.pid {day}")
    return " union all ".join(blocks)
