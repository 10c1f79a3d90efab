"""Pair what the passes left open, where every row is a person of the register and no person is two rows.

That promise is evidence of its own. Whoever a row settled is nobody else's, so the fewer people are left, the less it
takes to tell them apart; and a pair is judged against the rivals of its row and of its person alike. What nobody
contests is paired, taken off, and the rest is looked at again, until nothing changes. A pair with at least half of all
that speaks for its row and its person has no equal, so neither the order of rows nor of rounds can matter. Somebody
who has a partner stays a rival, since the partner may be the wrong one: a row that looks like him waits for a person.
"""

from __future__ import annotations

from dataclasses import dataclass

from dean06.reconcile.engine import blocks, levels, powers, scoring
from dean06.reconcile.engine.connection import Bench, Row
from dean06.reconcile.engine.distances import LIKENESS
from dean06.reconcile.engine.model import BIT, Model, bits
from dean06.reconcile.engine.options import Block

STEP = 5
# How often the promise that a row's person is in the register is kept.
KEPT = 0.999
# What the last pass may pair before one looks wider, and what is paired at the end.
SURE, HALF = 0.98, 0.5
# Rows of neither number nor birth date say too little: for them the passes' rules stand.
TELLING = "(id12 is not null or id9 is not null or dob is not null)"
# Pairs that may be looked at: everyone left beside every row when there are no more than that, else those of the keys
# below, each with its share, its smallest blocks first.
BUDGET = 2_000_000
# A register of no more people is laid beside a row whole when somebody asks who is most like it.
EVERYONE = 100_000


@dataclass(frozen=True, slots=True)
class Key:
    """What a row and a person share to be looked at once more: one or two values, the same on both sides."""

    kind: str
    first: str
    second: str = "0"

    def joined(self) -> str:
        """Return the condition that a row `s` and a person `r` share it."""
        return " and ".join(
            f"{part.replace('dob', 's.dob') if 'dob' in part else f's.{part}'} = "
            f"{part.replace('dob', 'r.dob') if 'dob' in part else f'r.{part}'}"
            for part in (self.first, self.second)
            if part != "0"
        )


_YEAR = "dob // 10000"
# Any one of these survives several damaged fields: the others may all be wrong.
KEYS = (
    Key("ngay_sinh", "dob"),
    Key("dia_chi", "ad"),
    Key("ten_doc_giong", "pk"),
    Key("ten_va_nam", "tk", _YEAR),
    Key("ho_va_nam", "su", _YEAR),
    Key("ten_va_xa", "tk", "xa"),
    Key("ho_va_xa", "su", "xa"),
    Key("xa_va_nam", "xa", _YEAR),
)


def pair(bench: Bench, model: Model, n: int, accept: float) -> None:
    """Add to `settled` the pairs that nothing contests, and leave the other rows' candidates for a person.

    Those of the last pass that are nearly certain come first: the fewer are left, the wider one may look.

    Args:
        bench: the run, with `settled`, `candidates`, `found` and `rest` as the passes left them.
        model: the weights.
        n: people in the register.
        accept: posterior from which a person is named, here at least a half.
    """
    bench.table("free", "select pid from reg.person anti join settled using (pid)")
    bench.table("lone", f"select stt from {levels.LAST} where {TELLING}")
    bench.table("paired", "select stt, pid, p from candidates where false")
    _rounds(bench, model, n, "(select *, 0 as closer from found semi join lone using (stt))", max(accept, SURE))
    bench.table("wide", _wide(bench))
    bench.pairs[str(STEP)] = bench.number("select count(*) from wide")
    compared = levels.compared(bench, levels.of_pairs("wide", levels.LAST), letters=True, rows=levels.LAST)
    bench.table("looked", blocks.marked(bench, f"({compared})"))
    bench.table("closely", _closely(bench))
    _rounds(bench, model, n, "closely", max(accept, HALF))
    _leave(bench)
    bench.lap(f"pass{STEP}")


def _rounds(bench: Bench, model: Model, n: int, pairs: str, accept: float) -> None:
    """Take off the pairs that nothing contests until there are none, adding them to `paired`.

    Each round anybody who is left is as likely as any other, and the fewer they are the likelier.
    """
    weighed = scoring.scored(bench, pairs, model, n, f"{levels.NAMES}, closer", levels.LAST)
    sure = bits(KEPT / (1 - KEPT)) - model.prior()
    lowest = powers.SCALE * BIT + sure + bits(max(n, 1))
    bench.table(
        "standing", f"select {levels.NAMES}, score + closer as score from ({weighed}) where score + closer > {-lowest}"
    )
    while True:
        left = bench.number("select count(*) from free")
        bench.table("judged", _judged(sure + bits(max(n, 1) / max(left, 1))))
        bench.table("won", f"select stt, pid, p from judged where p >= {accept} and not taken")
        if not bench.number("select count(*) from won"):
            return
        bench.add("paired", "select stt, pid, p from won")
        for table, key in (("free", "pid"), ("lone", "stt")):
            bench.table("kept", f"select * from {table} anti join won using ({key})")
            bench.table(table, "select * from kept")
        bench.table("kept", "select * from standing semi join lone using (stt)")
        bench.table("standing", "select * from kept")


def _judged(surer: int) -> str:
    """Return what is left to pair with each pair's posterior among its row's and its person's rivals."""
    rivals = (
        """select s.*, f.pid is null as taken from standing s left join (select pid from free) f on f.pid = s.pid"""
    )
    likely = f"score + {surer} - case when taken then {-bits(1 - KEPT)} else 0 end"
    parts = f"select *, {powers.of(f'({likely})')} as part from ({rivals})"
    return scoring.posterior(f"""select *, sum(part) over (partition by stt) + sum(part) over (partition by pid) - part
  + {powers.ABSENT} as total from ({parts})""")


def _leave(bench: Bench) -> None:
    """Settle the pairs; a row without one keeps its candidates, or those it met here when it had none."""
    bench.add("settled", f"select stt, pid, {STEP}, p from paired")
    order = "row_number() over (partition by stt order by score desc, coalesce(id12, pid))"
    fresh = f"""select {levels.NAMES}, id12, p, {order} as k
from judged anti join candidates using (stt) join (select pid, id12 from reg.person) using (pid)"""
    bench.table("open_met", f"select * from ({fresh}) where p >= {scoring.SHOWN}")
    bench.table(
        "open_kept",
        f"""select {levels.NAMES}, id12, p, k from candidates anti join paired using (stt)
union all select * from open_met""",
    )
    bench.table("candidates", "select * from open_kept")


# ------------------------------------------------------------ what a closer look gives

# Where nothing of the name or the address agrees, what still does: the surname, most letters of the address.
_SURNAME = "ln in (0, 1)", "s.su = r.su"
_ADDRESS = "la = 0", f"{LIKENESS}(s.ad, r.ad) >= {levels.NEAR}"
DRAWN, STEPS = 2_000, 10


def _closely(bench: Bench) -> str:
    """Return a query of the pairs looked at, each with what a closer look gives, in thousandths of a bit.

    How often it agrees is learnt from the pairs already made, and among strangers from people drawn by a hash.
    """
    looks = [_SURNAME, _ADDRESS] if bench.has_address else [_SURNAME]
    bench.table(
        "drawn",
        f"""select (row_number() over (order by h, pid))::int as k, su, ad from (
  select id12 % 1000003 * 7919 % 1000003 as h, pid, su, ad from reg.person semi join free using (pid)
  where fd is not null order by h, pid limit {DRAWN})""",
    )
    closer = [_weight(bench, *look) for look in looks]
    return f"""select l.*, {" + ".join(closer)} as closer from (select * from looked) l
  join (select stt, su, ad from {levels.LAST}) s using (stt) join (select pid, su, ad from reg.person) r using (pid)"""


def _weight(bench: Bench, when: str, agrees: str) -> str:
    """Return SQL for what agreement or its want is worth in a pair, where a look applies."""
    strangers = bench.rows(
        f"""select count(*) filter ({agrees}), count({agrees}) from drawn s
  join (select unnest(range(1, {STEPS + 1})) as step) on true join drawn r on r.k = s.k + step"""
    )
    pairs = bench.rows(
        f"""select count(*) filter ({agrees}), count({agrees}) from (select stt, pid from found where {when}) f
  semi join (select stt, pid from paired) p using (stt, pid) join (select stt, su, ad from {levels.LAST}) s using (stt)
  join (select pid, su, ad from reg.person) r using (pid)"""
    )
    same, other = (_odds(found) for found in (pairs, strangers))
    gives, lacks = bits(same / other), bits((1 - same) / (1 - other))
    return (
        f"case when {when} then case when {agrees} then {gives} when not ({agrees}) then {lacks} else 0 end else 0 end"
    )


def _odds(counted: list[Row]) -> float:
    [(good, total)] = counted
    return (int(str(good)) + 1) / (int(str(total)) + 2)


# ------------------------------------------------------------ who is looked at


def beside(bench: Bench, n: int) -> str:
    """Return a query of whom to lay beside a few rows: all of a small register, of a large one who shares a key."""
    blocks.rest(bench)
    if n <= EVERYONE:
        return f"select s.stt, r.pid from {levels.LAST} s cross join reg.person r"
    joins = (
        f"select s.stt, r.pid from {levels.LAST} s join reg.person r on {equal}"
        for equal in (key.joined() for key in KEYS)
    )
    near = f"{blocks.slips('true')} union all {' union all '.join(joins)}"
    return f"select distinct stt, pid from (select stt, pid from hits union all {near})"


def _wide(bench: Bench) -> str:
    """Return a query of the pairs to look at: those of the last pass and wider ones, nobody who has a partner."""
    rows, left = (bench.number(f"select count(*) from {table}") for table in ("lone", "free"))
    met = "select stt, pid from found semi join lone using (stt)"
    if rows * left <= min(BUDGET, bench.budget):
        return f"select stt, pid from lone cross join free union {met}"
    queries = [blocks.slips("true"), *(_block(bench, key) for key in KEYS)]
    return f"""select distinct stt, pid from ({" union all ".join(queries)})
semi join lone using (stt) semi join free using (pid) union {met}"""


def _block(bench: Bench, key: Key) -> str:
    """Return a query of the pairs of one key within its share, and report what is beyond it."""
    shared = f"{key.first} as one, {key.second} as two"
    known = f"{key.first} is not null and {key.second} is not null"
    mine = f"select {shared}, stt from {levels.LAST} semi join lone using (stt) where {known}"
    theirs = f"select {shared}, pid from reg.person semi join free using (pid) where {known}"
    counted, share = f"block_{key.kind}", min(BUDGET, bench.budget) // len(KEYS)
    bench.table(
        counted,
        f"""select one, two, n, people, n * people as pairs,
  sum(n * people) over (order by n * people, one, two) as so_far
from (select one, two, count(*) as n from ({mine}) group by one, two)
  join (select one, two, count(*) as people from ({theirs}) group by one, two) using (one, two)""",
    )
    beyond = f"from {counted} where so_far > {share}"
    sizes = bench.rows(f"select sum(n), sum(people), sum(pairs) {beyond} having count(*) > 0")
    for n, people, pairs in sizes:
        told = Block(step=str(STEP), key=key.kind, rows=int(str(n)), people=int(str(people)), pairs=int(str(pairs)))
        bench.blocks.append(told)
    return f"""select stt, pid from (select one, two from {counted} where so_far <= {share})
  join ({mine}) using (one, two) join ({theirs}) using (one, two)"""
