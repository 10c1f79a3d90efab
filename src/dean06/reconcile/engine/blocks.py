"""Which people of the register a row is compared with, and whose number it carries."""

from __future__ import annotations

from dean06.orthography import sql
from dean06.reconcile.engine import levels
from dean06.reconcile.engine.connection import Bench
from dean06.reconcile.engine.distances import LIKENESS
from dean06.reconcile.engine.options import Block

# An address of more people than this is a hamlet, not a home.
HOUSEHOLD = 15

# Joins of rows with the people of one key. Rows whose number is somebody's wait for the last pass, which weighs that
# person too.
_TODO = "(select s.* from todo join s using (stt) anti join hits using (stt)) s"
WRITTEN = f"{_TODO} join reg.person r on s.nk = r.nk and s.dob = r.dob"
FOLDED = levels.of_pairs(f"""(
  select s.stt, r.pid from {_TODO} join reg.person r on s.fk = r.fk and s.dob = r.dob
  union select s.stt, r.pid from {_TODO} join reg.person r on s.fk = r.fk and s.dob2 = r.dob
  union select s.stt, r.pid from {_TODO} join reg.person r
    on s.fk = r.fk and s.xa = r.xa and s.dob // 10000 = r.dob // 10000 where s.dob % 100 = 0 or r.dob % 100 = 0)""")
# What a pair needs beside a shared date, or beside a shared name, to have a chance: candidates that the weights could
# never lift above "not in the register" are not worth comparing.
_NEAR = f"{LIKENESS}(s.tail, {levels.tail('r.fd')})"
_TYPED = f"not s.known_folded and {LIKENESS}(s.fd, r.fd) >= {levels.TYPED}"
_RARE = "r.n_fk <= 20"
_CLOSE = """(s.dob // 100 = r.dob // 100 or s.dob % 100 = r.dob % 100 or s.dob % 10000 in (0, 101)
    or r.dob % 10000 in (0, 101))"""
_SAME_YEAR = "s.dob // 10000 = r.dob // 10000"
_SAME_DAY = "s.dob % 10000 = r.dob % 10000"


_JOIN = "select s.stt, r.pid from rest s join reg.person r on"


def _kin(bench: Bench) -> str:
    """Say in SQL that a pair is of one commune, or of one parent's name where the list has such names."""
    return "(s.xa = r.xa or s.cnk = r.cnk or s.mnk = r.mnk)" if bench.has_parents else "s.xa = r.xa"


def gather(bench: Bench) -> str:
    """Return a query of the pairs the last pass weighs, names too unlike already left out."""
    rest(bench)
    queries = [
        slips("not known_folded or dob is null or dob % 100 = 0 or first_day"),
        *_same_date(bench),
        *_same_name(bench),
        *_slipped_name(),
    ]
    found = bench.spread("gathered", " union all ".join(queries), (levels.LAST, "hits"))
    return f"""select distinct stt, pid from (
  select stt, pid from hits semi join rest using (stt) union all select stt, pid from {found})"""


def keyed(rows: str) -> str:
    """Return a query of rows with the keys that only the last pass asks for."""
    return f"""select s.*, {sql.hash63(levels.surname("fd"))} as su, {sql.hash63(levels.tail("fd"))} as tk,
  {levels.tail("fd")} as tail, case when dia_chi is not null then {levels.written_address("dia_chi")} end as ad
from {rows} join (select stt, dia_chi from t) using (stt)"""


def rest(bench: Bench) -> None:
    """Keep the rows that are left for the last pass, with the keys that only it asks for."""
    left = "todo join s using (stt)"
    bench.table(levels.LAST, f"select s.* from {left}" if bench.keyed else keyed(left))


def _same_date(bench: Bench) -> list[str]:
    """Everyone born on the row's date whose name is alike, within a budget; 01/01 stands for a year and says less."""
    born = "(select *, dob as day from rest where dob % 100 > 0 and not first_day)"
    narrow = "and (s.fk = r.fk or s.sgk = r.sgk or s.xa = r.xa)" if _too_many(bench, born) else ""
    alike = f"""s.sgk = r.sgk or {_TYPED} or s.su = r.su and {_NEAR} >= {levels.NEAR}
    or {_kin(bench)} and {levels.likeness("s.fd", "r.fd")} >= {levels.FAR}"""
    return [
        f"select s.stt, r.pid from {born} s join reg.person r on s.day = r.dob {narrow} where {alike}",
        """select s.stt, r.pid from (
  select stt, sgk, dob from rest where first_day union all select stt, sgk, dob2 from rest where dob2 is not null) s
  join reg.person r on s.dob = r.dob and s.sgk = r.sgk""",
    ]


def _too_many(bench: Bench, born: str) -> bool:
    """Say whether the people born on the rows' dates are more than the budget of pairs, and report it if they are."""
    of_days = f"select day, count(*) as n from {born} b group by day"
    counted = f"from ({of_days}) b join reg.day_count d on d.dob = b.day"
    found = bench.rows(f"select sum(n), sum(n_dob), sum(n * n_dob) {counted}")
    [(rows, people, pairs)] = [[int(str(size or 0)) for size in sizes] for sizes in found]
    if bench.elsewhere + pairs <= bench.budget:
        return False
    bench.blocks.append(Block(step="4", key="ngay_sinh", rows=rows, people=people, pairs=pairs))
    return True


def _same_name(bench: Bench) -> list[str]:
    """Namesakes, by marks, sound, or surname and given name, whose date could be a slip of the row's."""
    kin = _kin(bench)
    queries = [
        f"{_JOIN} s.pk = r.pk and {_SAME_YEAR} where {kin} or {_RARE} or {_CLOSE} and r.n_fk <= 200",
        f"{_JOIN} s.sgk = r.sgk and s.xa = r.xa and {_SAME_YEAR}",
        f"{_JOIN} s.fk = r.fk and s.xa = r.xa where s.dob is null or {_RARE}",
        f"{_JOIN} s.fk = r.fk where s.dob is null and {_RARE}",
        f"""{_JOIN} s.fk = r.fk and {_SAME_DAY}
  where s.dob % 100 > 0 and (abs(s.dob - r.dob) = 10000 or {kin} or {_RARE})""",
    ]
    return queries + [f"{_JOIN} s.fk = r.fk and s.{one} = r.{one}" for one in ("cnk", "mnk") if bench.has_parents]


def _slipped_name() -> list[str]:
    """A slip in the name beside a partial date, or one of another year: the surname or the rest is whole."""
    return [
        f"""{_JOIN} s.xa = r.xa and s.su = r.su and {_SAME_YEAR}
  where (s.dob % 100 = 0 or not s.known_folded) and {_NEAR} >= {levels.TYPED}""",
        f"""{_JOIN} s.xa = r.xa and s.tk = r.tk
  where not s.known_folded and ({_SAME_YEAR} or {_SAME_DAY}) and {_TYPED}""",
        f"{_JOIN} s.xa = r.xa and s.su = r.su and {_SAME_DAY} where not s.known_folded and {_NEAR} >= {levels.TYPED}",
        f"""{_JOIN} s.xa = r.xa
  where s.dob is null and not s.known_folded and s.su = r.su and {_NEAR} >= {levels.NEAR}""",
    ]


def slips(which: str) -> str:
    """Find the people whose number is one wrong digit, or two neighbours swapped, away from a number nobody has.

    Args:
        which: rows to look for, in SQL; those of a known name and a full date find their people by these.
    """
    digit = "(id12 // place % 10)"
    after = "(id12 // (place // 10) % 10)"
    swapped = f"id12 + ({after} - {digit}) * place + ({digit} - {after}) * (place // 10)"
    return f"""select stt, pid from (
  select stt, id12 + (other - {digit}) * place as slip from lonely, places, (select unnest(range(10)) as other)
  where other <> {digit}
  union all select stt, {swapped} from lonely, places where place > 1 and {digit} <> {after})
join reg.person r on r.id12 = slip""".replace(
        "lonely",
        f"(select stt, id12 from rest anti join hits using (stt) where id12 is not null and ({which}))",
    ).replace("places", f"(select unnest({[10**at for at in range(12)]}) as place)")


def marked(bench: Bench, compared: str) -> str:
    """Return a query of compared pairs, marked where the row's number is this person's, somebody else's or family's.

    Args:
        bench: the run.
        compared: table or query of `levels.compared` on what is left for the last pass.
    """
    columns = ", ".join((*levels.UNNUMBERED, *levels.worth(bench, levels.LAST)))
    own, nine, taken, family = levels.ID_OWN, levels.ID_NINE, levels.ID_TAKEN, levels.ID_FAMILY
    bench.table(
        "met",
        f"""select {columns}, way is not null as led,
  (case when way is null then li when way = 2 then {nine} else {own} end)::tinyint as li
from {compared} left join (select stt, pid, way from hits) using (stt, pid)""",
    )
    others = """select distinct f.stt, f.pid, h.pid as owner
from (select stt, pid from met where not led) f join (select stt, pid from hits) h on h.stt = f.stt"""
    held = "(select pid, nk, home, n_home, cnk, mnk from reg.person)"
    bench.table(
        "borrowed",
        f"""select o.stt, o.pid, coalesce(bool_or(a.home = b.home and a.n_home <= {HOUSEHOLD}
    or a.cnk = b.cnk and a.mnk = b.mnk or b.nk in (a.cnk, a.mnk) or a.nk in (b.cnk, b.mnk)), false) as family
from ({others}) o join {held} a on a.pid = o.pid join {held} b on b.pid = o.owner group by o.stt, o.pid""",
    )
    return f"""select {columns},
  (case when family is null then li when family then {family} else {taken} end)::tinyint as li
from met left join borrowed using (stt, pid)"""
