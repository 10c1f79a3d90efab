"""Which commune an address speaks of, learnt from the file itself.

Lists that give no unit code write the commune somewhere in the address, spelt and shortened in their own way. Rows that
stand in the register letter for letter teach which part of an address goes with which commune there; the lesson serves
the other rows. No catalogue is asked, so any spelling that the file repeats is understood.
"""

from __future__ import annotations

from dean06.orthography import sql
from dean06.reconcile.engine.connection import Bench
from dean06.reconcile.engine.model import Communes

# A part of an address names a commune when so many rows say so, and nearly all of them the same one.
ROWS, SHARE = 5, 0.8
# With fewer rows than this to learn from, those of one name and birth date join them.
LESSONS = 200


def read_communes(bench: Bench, known: Communes | None) -> None:
    """Fill in the commune of rows that have an address and no unit code.

    Args:
        bench: the run, which keeps what it learns.
        known: lessons of a saved model; learnt from the list itself when absent.
    """
    bench.communes = dict(known or {})
    if not bench.has_address or not bench.number(
        "select count(*) from t where xa is null and xl is null and dia_chi is not null"
    ):
        return
    part = sql.levelled(sql.folded("lower(nfc_normalize(part))"))
    bench.table(
        "address_parts",
        f"""select distinct raw, part, {sql.hash63("part")} as hk from (select distinct raw, {part} as part from (
  select raw, unnest(string_split_regex(raw, '[,;]| - ')) as part from (
    select distinct dia_chi as raw from t where dia_chi is not null and xa is null and xl is null)))""",
    )
    if known is None:
        _learn(bench)
    lessons = bench.communes
    bench.run(
        """create or replace temp table placed as select raw, arg_max(xa, (rows, part)) as xa from address_parts join (
  select unnest(?::bigint[]) as hk, unnest(?::int[]) as xa, unnest(?::bigint[]) as rows) using (hk) group by raw""",
        [list(lessons), [xa for xa, _ in lessons.values()], [rows for _, rows in lessons.values()]],
    )
    bench.run(
        """update t set xa = p.xa, unit_exact = true from placed p
where p.raw = t.dia_chi and t.xa is null and t.xl is null and p.xa is not null"""
    )


def _learn(bench: Bench) -> None:
    """Learn which parts of an address name a commune."""
    bench.table("lessons", _lessons(bench))
    found = bench.rows(
        f"""select hk, arg_max(xa, n * 100000 - xa), sum(n) from (
  select hk, r.xa, count(*) as n from lessons join t using (stt) join address_parts a on a.raw = t.dia_chi
    join (select pid, xa from reg.person where xa is not null) r using (pid) where part <> '' group by hk, r.xa)
group by hk having sum(n) >= {ROWS} and max(n) >= {SHARE} * sum(n)"""
    )
    bench.communes = {int(str(part)): (int(str(xa)), int(str(rows))) for part, xa, rows in found}


def _lessons(bench: Bench) -> str:
    sure = "select stt, pid from settled"
    if bench.number("select count(*) from settled") >= LESSONS:
        return sure
    return f"""{sure} union select stt, min(r.pid) as pid from t join reg.person r on t.rk = r.rk and t.dob = r.dob
where t.dob % 100 > 0 group by stt having count(*) = 1"""
