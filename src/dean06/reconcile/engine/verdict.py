"""Verdicts: which person each row names, how each field compares, and the words for it.

Each field gets a state: 0 not compared, 1 equal as written, 2 equal after normalising, 3 different. The states, the
pass, the register's state of the person and what is known of the number are packed into one number, `code`, which
chooses the words.
"""

from __future__ import annotations

from collections import Counter

from dean06.reconcile.engine import levels
from dean06.reconcile.engine.connection import Bench
from dean06.reconcile.engine.options import Options
from dean06.reconcile.engine.sentences import CANCELLED, DIFFERENT, SOMEBODY_ELSES, sentence

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
# So must a row without number and birth date; when it leads to nobody, it was too little to search with.
SURE_WITH_LITTLE = 0.9
# Without its number, a name one letter away from another that people have must be more certain still.
SURE_OF_A_SLIP = 0.998
_PASS, _STATE, _NUMBER, _VERDICT = 4**6, 4**8, 4**9, 4**10
# Some field's state is 3; some field's is 2 or more: each takes two bits of the code.
_LOW_BITS = sum(4**at for at in range(len(FIELDS)))
DIFFERS = f"code & (code >> 1) & {_LOW_BITS} <> 0"
_HEALS = f"(code >> 1) & {_LOW_BITS} <> 0"
# What the fields of a living person say; a code without its verdict; the row of a person whom an earlier one names.
BY_FIELDS = f"case when {DIFFERS} then 6 when {_HEALS} then 7 else 8 end"
BARE = f"code % {_VERDICT}"
NAMED, TWICE = f"verdict >= {FIRST_NAMED}", VERDICTS.index("TRUNG")

_ID = """case when not t.has_id then 0
  when t.id12 = r.id12 then case when exact12 then 1 else 2 end
  when t.id12 is null and t.id9 = r.id9 then case when exact9 then 1 else 2 end
  when t.id12 is null and t.id9 is not null and r.id9 is null then 0 else 3 end"""
_NAME = """case when t.rk is null then 0 when t.rk = r.rk then case when healed then 2 else 1 end
  when s.nk = r.nk then 2 else 3 end"""
_DATE = """case when t.dob is null and not day_odd or r.dob is null then 0 when day_odd then 3
  when t.dob = r.dob then case when day_exact then 1 else 2 end
  when t.dob // 10000 = r.dob // 10000 and (t.dob % 10000 = 0 or r.dob % 10000 = 0
    or t.dob // 100 = r.dob // 100 and (t.dob % 100 = 0 or r.dob % 100 = 0)) then 2 else 3 end"""
_SEX = "case when t.sx is null or r.sx is null then 0 when t.sx <> r.sx then 3 when sex_exact then 1 else 2 end"
_PLACE = """case when r.xa is null or t.xa is null and t.xl is null and not unit_odd then 0 when unit_odd then 3
  when t.xa = r.xa then case when unit_exact then 1 else 2 end
  when contains(t.xl, ' ' || r.xa || ' ') then 2 else 3 end"""


def _parent(one: str, role: str) -> str:
    return f"""case when k.{one}nk is null or r.{one}nk is null then 0 when k.{one}nk <> r.{one}nk then 3
  when t.{role} = {one}.raw then 1 else 2 end"""


# The columns of a person that hold the spelling of a parent's name.
PARENTS = {"c": "father", "m": "mother"}
_OLD_NUMBER = (
    "case when t.id12 is not null and t.id9 is not null and r.id9 is not null and t.id9 <> r.id9 then 3 else 0 end"
)


def decide(bench: Bench, options: Options) -> tuple[Counter[str], Counter[str]]:
    """Fill `decided` (stt, pid, id12, p, verdict, code) for every row, and `words` for every code.

    Returns:
        how many rows there are of each result, and of each pass that decided.
    """
    accept = float(options.accept)
    sure = f"p >= {accept}"
    named = f"""
select stt, pid, lop, p, {sure} as sure, 0 as number from settled
union all select stt, pid, 4, p, {sure} and not {_doubtful()},
  case when not ({levels.OWN}) and owner_ld is not null then {SOMEBODY_ELSES} else 0 end from (
  select c.*, owner_ld, coalesce(doubled, false) as doubled, weak, known_name, known_folded, bare
  from candidates c join (select stt, weak from t) using (stt)
    join (select stt, known_name, known_folded, bare from s) using (stt)
    left join owners using (stt) left join doubles using (stt) where k = 1)"""
    second = "false" if options.recurs else "nth > 1"
    known = " union all select stt, pid, id12, p, verdict, code from kept" if bench.carried else ""
    bench.table(
        "decided",
        f"""with named as ({named}), stated as ({_states(bench)}),
judged as materialized ({_judged()}{known}),
again as (
  select stt, {TWICE} as later from (select stt, row_number() over (partition by pid order by stt) as nth from judged
  where {NAMED} and pid in (select pid from judged where {NAMED} group by pid having count(*) > 1)) where {second})
select stt, pid, id12, p, verdict, code + verdict * {_VERDICT} as code from (
  select stt, pid, id12, p, code, case when verdict > {TWICE} then coalesce(later, verdict) else verdict end as verdict
  from judged left join again using (stt))""",
    )
    counts = _words(bench)
    bench.lap("decide")
    return counts


def _states(bench: Bench) -> str:
    kin = "left join kin k using (stt)" if bench.has_parents else ""
    held = "pid, id12, id9, rk, nk, dob, sx, xa, st, cnk, mnk"
    other, spelt = _OLD_NUMBER, ""
    if bench.has_parents:
        other = f"greatest({_parent('c', 'ho_ten_cha')}, {_parent('m', 'ho_ten_me')}, {_OLD_NUMBER})"
        held += ", father, mother"
        spelt = f"{parent_spelling('c')} {parent_spelling('m')}"
    fields = " + ".join(f"{4**at} * ({state})" for at, state in enumerate((_ID, _NAME, _DATE, _SEX, _PLACE, other)))
    return f"""
select stt, pid, r.id12, p, sure, st,
  {fields} + lop * {_PASS} + coalesce(st, 0) * {_STATE} + coalesce(cancelled, number) * {_NUMBER} as code
from named left join (select stt, pid, {CANCELLED} as cancelled from hits where way = 1) using (stt, pid)
  join t using (stt) left join (select stt, nk from s) s using (stt) {kin}
  join (select {held} from reg.person) r using (pid) {spelt}"""


def parent_spelling(one: str) -> str:
    """Return a join with how the register spells the father's (`c`) or mother's (`m`) name."""
    return f"left join reg.spelling {one} on {one}.id = r.{PARENTS[one]}"


def state(field: str) -> str:
    """Return SQL for the state of a field in a packed code."""
    return f"(code // {4 ** FIELDS.index(field)} % 4)"


def _doubtful() -> str:
    """Say in SQL when what differs forbids what the score allows.

    The number's own person wants some of the name and the date beside it; without a number neither another date nor a
    name a little like is one. Anybody else wants to be nearly certain, and nobody is chosen between the number's
    person and the name's when both were born that day: twins' numbers get swapped as easily as their names.
    """
    # Where nothing of the name agrees, a name that nobody has was garbled, any other is somebody else's.
    little = "(ln = 0 and (known_folded or ls = 0) or ln between 1 and 3 and ld between 0 and 1 or ln < 3 and ld < 2)"
    alone = f"({levels.OWN} and (ln < 9 and doubled or {little}))"
    unnamed = (
        f"(not ({levels.OWN}) and li <> {levels.ID_SLIP} and (ln <= 0 or ld = 0 or ln = 1 and not (ld = 8 and lx = 1)))"
    )
    # A brother or sister of the same day, whom the register need not know, has another given name and the rest alike;
    # without a number one letter is enough for another name that people have.
    strange = f"li not in ({levels.ID_OWN}, {levels.ID_NINE}, {levels.ID_SLIP})"
    twin = f"({strange} and (ln in (1, 2) or ln in (4, 5) and known_folded and p < {SURE_OF_A_SLIP}))"
    other = f"(not ({levels.OWN}) and owner_ld is not null and (p < {SURE_AGAINST_A_NUMBER} or owner_ld >= 8))"
    weak = f"(weak and p < {SURE_WITH_LITTLE})"
    # Another number beside another name, date or commune: two witnesses for somebody else, a sister, a son, a namesake.
    renamed = "(ln between 0 and 5 or ln = 8 and known_name and not bare)"
    apart = f"(li = {levels.ID_OTHER} and ({renamed} or ld between 0 and 5 or lx = 0))"
    return f"({alone} or {unnamed} or {twin} or {other} or {weak} or {apart})"


def _judged() -> str:
    """Judge each row by itself, whoever else in the list names the same person."""
    empty = f"case when searchable and not weak then 4 * {_PASS} + coalesce(o.number, 0) * {_NUMBER} else 0 end"
    return f"""
select stt, pid, id12, p, case when not searchable or pid is null and weak then 0 when pid is null then 1
    when not sure then 2 when st = 1 then 3 when st = 2 then 4 else {BY_FIELDS} end as verdict, code
from (select stt, searchable, weak, pid, id12, coalesce(p, 0.0) as p, sure, st, coalesce(code, {empty}) as code
  from (select stt, searchable, weak from t) left join stated using (stt)
    left join (select stt, {SOMEBODY_ELSES} as number from owners) o using (stt))"""


def said(column: str) -> str:
    """Return SQL for a text of the result, by the place `word` of its packed code."""
    return f"getvariable('said_{column}')[word]"


def _words(bench: Bench) -> tuple[Counter[str], Counter[str]]:
    """Keep the texts of each packed code that occurs, and count the rows by their result and by their pass."""
    counts = {int(str(code)): int(str(n)) for code, n in bench.rows("select code, count(*) from decided group by code")}
    codes = sorted(counts)
    texts = [_texts(code) for code in codes]
    for at, column in enumerate(("ket_qua", "sai_truong", "ly_do", "lop")):
        bench.run(f"set variable said_{column} = ?::varchar[]", [[text[at] for text in texts]])
    bench.run(
        """create or replace temp table words as select code, word::int as word from (
  select unnest(?::int[]) as code, unnest(range(1, ?)) as word)""",
        [codes, len(codes) + 1],
    )
    by_result, by_pass = Counter[str](), Counter[str]()
    for code, (result, _, _, step) in zip(codes, texts, strict=True):
        by_result[result] += counts[code]
        by_pass[step] += counts[code]
    return by_result, by_pass


def _texts(code: int) -> tuple[str, str | None, str, str]:
    """Return the verdict, the fields that differ, the sentence and the pass of a packed code."""
    verdict = VERDICTS[code // _VERDICT]
    fields = {name: code // 4**i % 4 for i, name in enumerate(FIELDS)}
    named = code // _VERDICT >= FIRST_NAMED
    wrong = ";".join(name for name, state in fields.items() if state == DIFFERENT and named) or None
    lop = code // _PASS % 16
    return verdict, wrong, sentence(verdict, lop, code // _STATE % 4, code // _NUMBER % 4, fields), str(lop)
