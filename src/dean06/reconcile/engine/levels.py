"""Compare candidate pairs level by level.

A pair is (stt, pid): a row of the list and a person of the register. Levels are those of `model`; -1 cannot be
compared. Keys decide most names; only pairs whose keys differ are looked at letter by letter.
"""

from __future__ import annotations

from dean06.orthography import sql
from dean06.reconcile.engine.connection import Bench
from dean06.reconcile.engine.distances import LIKENESS, ONE_SLIP

# Levels of the number.
ID_FAMILY, ID_TAKEN, ID_OWN, ID_SLIP, ID_NONE, ID_OTHER, ID_NINE = 5, 4, 3, 2, 1, 0, 6
OWN = f"li in ({ID_OWN}, {ID_NINE})"
# How alike the rest of two names must be, after the surname, to be called alike, or a little like.
NEAR, TYPED, FAR = 0.9, 0.87, 0.78
OTHER_SURNAME = 0.85
# The rows that are left for the last pass.
LAST = "rest"

_WORTH = ("w_nk", "w_fk", "w_sg", "w_xa", "w_yr")
_KIN_WORTH, _HOME_WORTH = ("w_cnk", "w_mnk"), ("w_ad", "w_home")


def worth(bench: Bench, rows: str) -> tuple[str, ...]:
    """Return the columns of rarity that the fields of these rows call for."""
    return (*_WORTH, *(_KIN_WORTH if bench.has_parents else ()), *(_HOME_WORTH if addressed(bench, rows) else ()))


def addressed(bench: Bench, rows: str) -> bool:
    """Say whether rows have an address worth comparing: only what is left for the last pass is prepared for it."""
    return bench.has_address and rows == LAST


# The same syllables between the same ends are one name but for its marks; otherwise they were put in another order.
NAME = """case when s.nk = r.nk then 9 when s.fk = r.fk then case when s.sgk = r.sgk then 8 else 7 end
  when s.nk is null or r.nk is null then -1 end"""
_BOTH_YEAR = "s.dob // 10000 = r.dob // 10000"
_BOTH_MONTH = "s.dob // 100 = r.dob // 100"
_BOTH_DAY = "s.dob % 10000 = r.dob % 10000 and s.dob % 10000 > 0"
DATE = f"""case when s.dob is null or r.dob is null then -1
  when s.dob = r.dob and s.dob % 100 > 0 then 8
  when {_BOTH_YEAR} and (s.dob % 10000 = 0 or r.dob % 10000 = 0
    or {_BOTH_MONTH} and (s.dob % 100 = 0 or r.dob % 100 = 0)) then 7
  when s.dob2 = r.dob then 6
  when {_BOTH_YEAR} and (s.dob % 10000 = 101 or r.dob % 10000 = 101) then 5
  when {_BOTH_DAY} and abs(s.dob - r.dob) = 10000 then 4
  when {_BOTH_MONTH} or {_BOTH_YEAR} and s.dob % 100 = r.dob % 100 then 3
  when {_BOTH_DAY} then 2
  when {_BOTH_YEAR} then 1 else 0 end"""
# The dates agree as far as both are known, or but for day and month changing places.
AGREES = 6
PLACE = """case when r.xa is null or s.xa is null and s.xl is null then -1
  when s.xa = r.xa or contains(s.xl, ' ' || r.xa || ' ') then 1 else 0 end"""
SEX = "case when s.sx is null or r.sx is null then -1 when s.sx = r.sx then 1 else 0 end"
ADDRESS = """case when s.ad is null or r.ad is null then -1 when contains(' ' || s.ad || ' ', ' ' || r.ad || ' ') then 1
  else 0 end"""
_NUMBER = f"""case when s.id12 = r.id12 then 3 when s.id9 = r.id9 then 6
  when s.id12 is null and (s.id9 is null or r.id9 is null) then 1
  when length(rtrim(abs(s.id12 - r.id12)::varchar, '0')) <= 2
    and {ONE_SLIP}(lpad(s.id12::varchar, 12, '0'), lpad(r.id12::varchar, 12, '0')) then 2
  else 0 end"""
# A clerk leaves a middle name out; one that is added belongs to somebody else, and counts as another middle name.
_WHOLE = "length(sfd) < length(rfd) and list_has_all(string_split(rfd, ' '), string_split(sfd, ' '))"
_SLIP = f"""abs(length(sfd) - length(rfd)) <= 1 and {LIKENESS}(sfd, rfd) >= 0.85
    and {ONE_SLIP}(sfd, rfd)"""
_LETTERS = f"""case when same_sound then 4 when same_ends and {_WHOLE} then 6 when {_SLIP} then 5
  when same_ends then 3 when near >= {NEAR} then 2 when near >= {FAR} then 1 else 0 end"""
_LEVELS = "ld, lx, ls, lc, lm, la, li"
NAMES = f"stt, pid, ln, {_LEVELS}"
UNNUMBERED = ("stt", "pid", "ln", "ld", "lx", "ls", "lc", "lm", "la")


def likeness(one: str, other: str) -> str:
    """Return SQL for how alike two folded names are.

    Four in ten people are Nguyễn, so a shared surname says little: the rest is compared, and weighs less beside
    another surname.
    """
    alike = f"{LIKENESS}({tail(one)}, {tail(other)})"
    return f"{alike} * case when {surname(one)} = {surname(other)} then 1.0 else {OTHER_SURNAME} end"


def written_address(column: str) -> str:
    """Return SQL for an address without marks, case and punctuation."""
    return sql.levelled(sql.folded(f"lower({column})"))


def surname(name: str) -> str:
    """Return SQL for the first syllable of a folded name."""
    return f"split_part({name}, ' ', 1)"


def tail(name: str) -> str:
    """Return SQL for a folded name without its surname; a lone syllable is its own."""
    return f"substr({name}, strpos({name}, ' ') + 1)"


def parent(one: str) -> str:
    """Return SQL for the level of the father's (`c`) or mother's (`m`) name."""
    return f"""case when s.{one}nk is null or r.{one}nk is null then -1 when s.{one}nk = r.{one}nk then 3
  when s.{one}fk = r.{one}fk then 2 when s.{one}gk = r.{one}gk then 1 else 0 end"""


def of_pairs(pairs: str, rows: str = "s") -> str:
    """Return a join of a table of (stt, pid) with its rows `s` and its people `r`."""
    return f"{pairs} p join {rows} s using (stt) join reg.person r using (pid)"


def compared(bench: Bench, joined: str, *, letters: bool, led: bool = False, rows: str = "s") -> str:
    """Return a query of pairs with their levels.

    Args:
        bench: the run.
        joined: a join of the list's rows `s` with the people `r` they are compared with.
        letters: look at names whose keys differ.
        led: the row's number led to the person, by the pair's `way`.
        rows: table of the list's rows.
    """
    number = f"case way when 2 then {ID_NINE} else {ID_OWN} end" if led else _NUMBER
    father, mother = (parent(one) if bench.has_parents else "-1" for one in ("c", "m"))
    worths = ", ".join(worth(bench, rows))
    levels = f"""({DATE})::tinyint as ld, ({PLACE})::tinyint as lx, ({SEX})::tinyint as ls, ({father})::tinyint as lc,
  ({mother})::tinyint as lm, ({ADDRESS if addressed(bench, rows) else "-1"})::tinyint as la,
  ({number})::tinyint as li, {worths}"""
    if not letters:
        return f"select s.stt, r.pid, ({NAME})::tinyint as ln, {levels} from {joined}"
    apart = "s.fk <> r.fk"
    spelt = f"""({NAME})::tinyint as known, s.sgk = r.sgk as same_ends, s.pk = r.pk as same_sound,
  case when {apart} then s.fd end as sfd, case when {apart} then r.fd end as rfd,
  case when {apart} then {likeness("s.fd", "r.fd")} end as near"""
    return f"""select stt, pid, coalesce(known, {_LETTERS})::tinyint as ln, {_LEVELS}, {worths}
from (select s.stt, r.pid, {levels}, {spelt} from {joined})"""
