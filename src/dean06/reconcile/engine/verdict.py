"""Verdicts: which person each row names, how each field compares, and the words for it.

Each field gets a state: 0 not compared, 1 equal as written, 2 equal after normalising, 3 different. The states, the
pass and the register's state of the person are packed into one number, `code`, which chooses the sentence.
"""

from __future__ import annotations

from dean06.reconcile.engine import levels
from dean06.reconcile.engine.connection import Bench, quoted
from dean06.reconcile.engine.options import Options
from dean06.reconcile.engine.sentences import sentence

FIELDS = ("so_dinh_danh", "ho_ten", "ngay_sinh", "gioi_tinh", "noi_o", "khac")
VERDICTS = (
    "SAI_DINH_DANG",
    "KHONG_TIM_THAY",
    "NGHI_VAN",
    "DA_CHET",
    "DA_CHUYEN_DI",
    "TRUNG",
    "KHOP_SAI_LECH",
    "KHOP_CHUAN_HOA",
    "KHOP_HOAN_TOAN",
)
FIRST_NAMED = 3
# A row that carries somebody else's number names a person only when nothing else is in doubt.
SURE_AGAINST_A_NUMBER = 0.9
_OWN = f"li in ({levels.ID_OWN}, {levels.ID_NINE})"

_ID = """case when not t.has_id then 0
  when t.id12 = r.id12 then case when exact12 then 1 else 2 end
  when t.id12 is null and t.id9 = r.id9 then case when exact9 then 1 else 2 end
  when t.id12 is null and t.id9 is not null and r.id9 is null then 0 else 3 end"""
_NAME = "case when t.rk is null then 0 when t.rk = r.rk then case when healed then 2 else 1 end when s.nk = r.nk then 2 else 3 end"
_DATE = """case when t.dob is null and not day_odd or r.dob is null then 0 when day_odd then 3
  when t.dob = r.dob then case when day_exact then 1 else 2 end
  when t.dob // 10000 = r.dob // 10000 and (t.dob % 10000 = 0 or r.dob % 10000 = 0
    or t.dob // 100 = r.dob // 100 and (t.dob % 100 = 0 or r.dob % 100 = 0)) then 2 else 3 end"""
_SEX = "case when t.sx is null or r.sx is null then 0 when t.sx <> r.sx then 3 when sex_exact then 1 else 2 end"
_PLACE = """case when r.xa is null or t.xa is null and t.xl is null and not unit_odd then 0 when unit_odd then 3
  when t.xa = r.xa then case when unit_exact then 1 else 2 end when list_contains(t.xl, r.xa) then 2 else 3 end"""


def _parent(one: str) -> str:
    return f"case when k.{one}nk is null or r.{one}nk is null then 0 when k.{one}nk <> r.{one}nk then 3 else 1 end"


_OTHER = f"""greatest({_parent("c")}, {_parent("m")},
  case when t.id12 is not null and t.id9 is not null and r.id9 is not null and t.id9 <> r.id9 then 3 else 0 end)"""


def decide(bench: Bench, options: Options) -> None:
    """Fill `decided` (stt, pid, p, lop, verdict, code, f1 … f6) for every row."""
    accept = float(options.accept)
    bench.table("owners", f"select stt, max(ld) as owner_ld from found where {_OWN} group by stt")
    bench.table("doubles", f"select stt, true as double from found where not ({_OWN}) and ln = 9 and ld = 8 group by stt")
    bench.table(
        "named",
        f"""select stt, pid, lop, p, floor(p * 10000) / 10000 >= {accept} as sure from settled
union all select stt, pid, 4, p, floor(p * 10000) / 10000 >= {accept} and not {_doubtful()} from (
  select c.*, owner_ld, coalesce(double, false) as double
  from candidates c left join owners using (stt) left join doubles using (stt) where k = 1)""",
    )
    bench.table(
        "stated",
        f"""select stt, pid, lop, floor(p * 10000) / 10000 as p, sure, st, ({_ID})::tinyint as f1, ({_NAME})::tinyint as f2,
  ({_DATE})::tinyint as f3, ({_SEX})::tinyint as f4, ({_PLACE})::tinyint as f5, ({_OTHER})::tinyint as f6
from named join t using (stt) left join (select stt, nk from s) s using (stt) left join kin k using (stt)
  join (select pid, id12, id9, rk, nk, dob, sx, xa, st, cnk, mnk from reg.person) r using (pid)""",
    )
    bench.table("decided", _verdicts())
    _words(bench)
    bench.lap("decide")


def _doubtful() -> str:
    """Say in SQL when a number forbids what the score allows.

    The number's own person wants the name or the date beside it; without a number neither another date nor a name a
    little like is one. Anybody else wants to be nearly certain, and nobody is
    chosen between the number's person and the name's when both were born that day: twins' numbers get swapped as easily
    as their names.
    """
    alone = f"({_OWN} and (ln < 9 and double or not (ln >= 3 or ld >= 6 or ln >= 1 and ld >= 2)))"
    unnamed = f"(not ({_OWN}) and li <> {levels.ID_SLIP} and (ln <= 0 or ld = 0 or ln = 1 and not (ld = 8 and lx = 1)))"
    other = f"(not ({_OWN}) and owner_ld is not null and (p < {SURE_AGAINST_A_NUMBER} or owner_ld >= 8))"
    return f"({alone} or {unnamed} or {other})"


def _verdicts() -> str:
    code = " + ".join(f"coalesce(f{i}, 0)::int * {4 ** (i - 1)}" for i in range(1, 7))
    return f"""
select *, {code} + lop * {4**6} + coalesce(st, 0) * {4**8} + verdict * {4**9} as code from (
  select stt, pid, coalesce(lop, case when searchable then 4 else 0 end)::tinyint as lop, coalesce(p, 0.0) as p, st,
    f1, f2, f3, f4, f5, f6, case when not searchable then 0 when pid is null then 1 when not sure then 2 when st = 1 then 3
      when st = 2 then 4 when again > 1 then 5 when worst = 3 then 6 when worst = 2 then 7 else 8 end as verdict
  from (select stt, searchable from t) left join (
    select *, greatest(f1, f2, f3, f4, f5, f6) as worst, case when sure then row_number() over (partition by pid, sure order by stt) end as again
    from stated) using (stt))"""


def _words(bench: Bench) -> None:
    """Write one sentence for each packed code that occurs."""
    codes = [int(str(row[0])) for row in bench.rows("select distinct code from decided order by 1")]
    listed = ", ".join(f"({code}, {quoted(VERDICTS[code // 4**9])}, {quoted(_sentence(code))})" for code in codes)
    bench.table("words", f"select * from (values {listed or '(null, null, null)'}) v (code, ket_qua, ly_do)")


def _sentence(code: int) -> str:
    fields = {name: code // 4**i % 4 for i, name in enumerate(FIELDS)}
    return sentence(VERDICTS[code // 4**9], code // 4**6 % 16, code // 4**8 % 4, fields)
