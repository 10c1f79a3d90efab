"""Compare candidate pairs level by level, weigh them, and turn weights into a posterior per row.

A pair is (stt, pid): a row of the list and a person of the register. Levels are those of `model`; -1 cannot be
compared. The score is in thousandths of a bit, relative to "this row's person is not in the register" at 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from dean06.reconcile.engine.connection import Bench
from dean06.reconcile.engine.model import BIT, COUNTED, DEFAULT_M, Model

# Levels of the number: the person's own, one slip of the finger away, not comparable, another one, another's.
ID = {"same": 3, "slip": 2, "none": 1, "other": 0, "taken": 4}
# How often a person's own number stands in the row, a slip of it, another number; and how often a number found in the
# register was borrowed from the one it belongs to. Rounded experience: no file teaches it without its truth.
OWN, SLIP, WRONG, BORROWED = 0.93, 0.02, 0.03, 0.005
SLIPS_PER_NUMBER = 60
# A pair whose names are less alike than this is no candidate unless the number or the sound agrees.
ALIKE = 0.78

_NAME = """case when s.nk = r.nk then 8 when s.fk = r.fk and s.hk = r.hk then 7 when s.fk = r.fk then 6
  when s.nk is null or r.nk is null then -1 when s.pk = r.pk then 5 end"""
_DATE = """case when s.dob is null or r.dob is null then -1
  when s.dob = r.dob then case when s.dob % 100 > 0 then 5 else 4 end
  when s.dob // 10000 = r.dob // 10000 and (s.dob % 10000 = 0 or r.dob % 10000 = 0
    or s.dob // 100 = r.dob // 100 and (s.dob % 100 = 0 or r.dob % 100 = 0)) then 4
  when s.dob2 = r.dob then 3
  when s.dob // 100 = r.dob // 100 or s.dob // 10000 = r.dob // 10000 and s.dob % 100 = r.dob % 100
    or s.dob % 10000 = r.dob % 10000 and s.dob % 10000 > 0
    or s.dob // 10000 = r.dob // 10000 and (s.dob % 10000 = 101 or r.dob % 10000 = 101) then 2
  when s.dob // 10000 = r.dob // 10000 then 1 else 0 end"""
_PLACE = """case when r.xa is null or s.xa is null and s.xl is null then -1
  when s.xa = r.xa or list_contains(s.xl, r.xa) then 1 else 0 end"""
_SEX = "case when s.sx is null or r.sx is null then -1 when s.sx = r.sx then 1 else 0 end"


def _parent(one: str) -> str:
    return f"""case when s.{one}nk is null or r.{one}nk is null then -1 when s.{one}nk = r.{one}nk then 3
  when s.{one}fk = r.{one}fk then 2 when s.{one}gk = r.{one}gk then 1 else 0 end"""


_ID = """case when s.id12 = r.id12 or s.id9 = r.id9 then 3
  when s.id12 is null and (s.id9 is null or r.id9 is null) then 1
  when length(rtrim(abs(s.id12 - r.id12)::varchar, '0')) <= 2
    and damerau_levenshtein(lpad(s.id12::varchar, 12, '0'), lpad(r.id12::varchar, 12, '0')) <= 1 then 2
  else 0 end"""
_KEYS = "pid, id12, id9, nk, fk, hk, pk, gk, dob, sx, xa, n_nk, n_fk, n_dob, n_xa, n_yr, cnk, cfk, cgk, mnk, mfk, mgk"


def compare(bench: Bench, pairs: str, target: str, *, prune: bool = False) -> None:
    """Make a table of pairs with their levels; with `prune`, drop pairs whose names are not alike."""
    bench.table(
        "compared",
        f"""select stt, r.pid, {_NAME}::tinyint as ln, ({_DATE})::tinyint as ld, ({_PLACE})::tinyint as lx,
  ({_SEX})::tinyint as ls, ({_parent("c")})::tinyint as lc, ({_parent("m")})::tinyint as lm, ({_ID})::tinyint as li,
  s.gk = r.gk as given, r.n_nk, r.n_fk, r.n_dob, r.n_xa, r.n_yr
from {pairs} p join s using (stt) join (select {_KEYS} from reg.person) r using (pid)""",
    )
    kept = f"where jw >= {ALIKE} or li >= 2" if prune else ""
    bench.table(
        target,
        f"""select * exclude (given) from compared where ln is not null
union all by name
select * exclude (given, jw, whole) replace (({_fuzzy()})::tinyint as ln) from (
  select c.*, jaro_winkler_similarity(s.fd, r.fd) as jw, s.n_gk < 3 as unknown_given,
    {_inside("s.fd", "r.fd")} or {_inside("r.fd", "s.fd")} as whole
  from compared c join s using (stt) join (select pid, fd from reg.person) r using (pid) where c.ln is null) {kept}""".replace(
            "exclude (given, jw, whole)", "exclude (given, jw, whole, unknown_given)"
        ),
    )


def _inside(one: str, other: str) -> str:
    """Say in SQL that all syllables of one name, at least two, stand in the other."""
    return f"(contains({one}, ' ') and list_has_all(string_split({other}, ' '), string_split({one}, ' ')))"


def _fuzzy() -> str:
    return "case when whole then 4 when jw >= 0.92 and (given or unknown_given) then 3 when jw >= 0.92 then 2 when jw >= 0.82 then 1 else 0 end"


def _case(column: str, weights: Mapping[int, int]) -> str:
    cases = " ".join(f"when {level} then {weight}" for level, weight in sorted(weights.items()))
    return f"case {column} {cases} else 0 end"


def _counted(column: str, n: int) -> str:
    """Return the bits by which agreement on a value is rarer than certain, from the register's own count."""
    return f"round({BIT} * log2({float(n)} / greatest(coalesce({column}, 1), 1)))::int"


def score(model: Model, n: int) -> str:
    """Return SQL for the score of a compared pair."""
    weights = model.weights
    counted_name = f"case when ln = 8 then {_counted('n_nk', n)} when ln in (6, 7) then {_counted('n_fk', n)} else 0 end"
    counted_date = f"case when ld in (3, 5) then {_counted('n_dob', n)} when ld = 4 then {_counted('n_yr', n)} else 0 end"
    counted_place = f"case when lx = 1 then {_counted('n_xa', n)} else 0 end"
    clump = f"case when ln >= 6 and ld in (3, 5) then {model.clump} else 0 end"
    size = round(BIT * math.log2(max(n, 2)))
    ids = {
        ID["same"]: round(BIT * math.log2(OWN / BORROWED)),
        ID["slip"]: round(BIT * math.log2(max(SLIP * n / SLIPS_PER_NUMBER, 2))) - size,
        ID["none"]: -size,
        ID["other"]: round(BIT * math.log2(WRONG)) - size,
        ID["taken"]: -size,
    }
    terms = [_case(name, weights[name]) for name in ("ln", "ld", "lx", "lc", "lm")]
    # Names carry sex, so agreement adds nothing to an equal name.
    sex = f"case when ls = 1 and ln >= 5 then 0 else {_case('ls', weights['ls'])} end"
    return " + ".join([*terms, sex, counted_name, counted_date, counted_place, _case("li", ids), str(model.prior())]) + f" - {clump}"


def posterior(scored: str) -> str:
    """Return a query that adds `p` and the rank `k` of each scored pair among its row's rivals and "not in the register".

    Powers of two are summed as whole numbers, so the order of summing cannot matter.
    """
    return f"""select *, part / (sum(part) over (partition by stt) + nobody)::double as p from (
  select *, round(power(2, 40 + (score - top) / {float(BIT)}))::bigint as part,
    round(power(2, 40 - greatest(top, -20000) / {float(BIT)}))::bigint as nobody from (
  select *, greatest(max(score) over (partition by stt), -20000) as top,
    row_number() over (partition by stt order by score desc, pid) as k from ({scored})))"""


__all__ = ["ALIKE", "COUNTED", "DEFAULT_M", "ID", "compare", "posterior", "score"]
