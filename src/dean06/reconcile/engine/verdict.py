"""Verdicts: which person each row names, how each field compares, and the words for it.

Each field gets a state: 0 not compared, 1 equal as written, 2 equal after normalising, 3 different.
"""

from __future__ import annotations

from dean06.reconcile.engine.connection import Bench
from dean06.reconcile.engine.options import Options
from dean06.reconcile.engine.sentences import sentence

FIELDS = ("so_dinh_danh", "ho_ten", "ngay_sinh", "gioi_tinh", "noi_o", "khac")
RIVALS_WANT = 0.9

_ID = """case when not s.has_id then 0
  when s.id12 = r.id12 then case when exact12 then 1 else 2 end
  when s.id12 is null and s.id9 = r.id9 then case when exact9 then 1 else 2 end
  when s.id12 is null and s.id9 is not null and r.id9 is null then 0 else 3 end"""
_NAME = "case when not has_name then 0 when s.rk = r.rk then case when healed then 2 else 1 end when s.nk = r.nk then 2 else 3 end"
_DATE = """case when s.dob is null and not day_odd or r.dob is null then 0 when day_odd then 3
  when s.dob = r.dob then case when day_exact then 1 else 2 end
  when s.dob // 10000 = r.dob // 10000 and (s.dob % 10000 = 0 or r.dob % 10000 = 0
    or s.dob // 100 = r.dob // 100 and (s.dob % 100 = 0 or r.dob % 100 = 0)) then 2 else 3 end"""
_SEX = "case when s.sx is null or r.sx is null then 0 when s.sx <> r.sx then 3 when sex_exact then 1 else 2 end"
_PLACE = """case when r.xa is null or s.xa is null and s.xl is null and not unit_odd then 0 when unit_odd then 3
  when s.xa = r.xa then case when unit_exact then 1 else 2 end when list_contains(s.xl, r.xa) then 2 else 3 end"""


def _parent(one: str) -> str:
    return f"case when s.{one}nk is null or r.{one}nk is null then 0 when s.{one}nk <> r.{one}nk then 3 else 1 end"


_OTHER = f"""greatest({_parent("c")}, {_parent("m")},
  case when s.id12 is not null and s.id9 is not null and r.id9 is not null and s.id9 <> r.id9 then 3 else 0 end)"""


def decide(bench: Bench, options: Options, healed: str) -> None:
    """Fill `decided` (stt, pid, lop, p, the states, ket_qua) for every row."""
    accept = float(options.accept)
    bench.table("best", "select stt, pid, p, li, ln, ld, count(*) filter (li = 3) over (partition by stt) as owners from scored qualify k = 1")
    bench.table(
        "named",
        f"""select stt, pid, lop, p, p >= {accept} as sure from settled
union all select stt, pid, 4, p, p >= {accept} and not (li <> 3 and owners > 0 and p < {RIVALS_WANT}) from best""",
    )
    bench.table(
        "stated",
        f"""select stt, pid, lop, round(p, 4) as p, sure, st, ({_ID})::tinyint as f1, ({_NAME})::tinyint as f2,
  ({_DATE})::tinyint as f3, ({_SEX})::tinyint as f4, ({_PLACE})::tinyint as f5, ({_OTHER})::tinyint as f6
from named join s using (stt) left join ({healed}) using (stt)
  join (select pid, id12, id9, rk, nk, dob, sx, xa, st, cnk, mnk from reg.person) r using (pid)""",
    )
    bench.table("decided", _verdicts())
    _words(bench)
    bench.lap("decide")


def _verdicts() -> str:
    return """
select stt, pid, coalesce(lop, case when searchable then 4 else 0 end)::tinyint as lop, coalesce(p, 0.0) as p, st,
  f1, f2, f3, f4, f5, f6, case when not searchable then 'SAI_DINH_DANG' when pid is null then 'KHONG_TIM_THAY'
    when not sure then 'NGHI_VAN' when st = 1 then 'DA_CHET' when st = 2 then 'DA_CHUYEN_DI' when again > 1 then 'TRUNG'
    when greatest(f1, f2, f3, f4, f5, f6) = 3 then 'KHOP_SAI_LECH'
    when greatest(f1, f2, f3, f4, f5, f6) = 2 then 'KHOP_CHUAN_HOA' else 'KHOP_HOAN_TOAN' end as ket_qua
from (select stt, searchable from s) left join (
  select *, row_number() over (partition by pid, sure order by stt) as again from stated) using (stt)"""


def _words(bench: Bench) -> None:
    """Write one sentence for each combination of verdict, pass and states that occurs."""
    key = "ket_qua, lop, coalesce(st, 0)::tinyint, coalesce(f1, 0), coalesce(f2, 0), coalesce(f3, 0), coalesce(f4, 0), coalesce(f5, 0), coalesce(f6, 0)"
    found = bench.rows(f"select distinct {key} from decided")
    bench.run("create or replace temp table words (ket_qua varchar, lop tinyint, st tinyint, f1 tinyint, f2 tinyint, f3 tinyint, f4 tinyint, f5 tinyint, f6 tinyint, ly_do varchar)")
    for row in found:
        verdict, lop, state, *fields = row
        text = sentence(str(verdict), int(str(lop)), int(str(state)), dict(zip(FIELDS, (int(str(f)) for f in fields), strict=True)))
        bench.run("insert into words values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*row, text])
