"""Dates as lists write them, read on each distinct text, as SQL for DuckDB.

A date is a number yyyymmdd with 00 for a part that is not known. `dob2` is the same date with day and month swapped,
where that is a date; `written` says that the text is dd/mm/yyyy or yyyy-mm-dd exactly; `odd` that something was there
which no calendar has.
"""

from __future__ import annotations

from dean06.orthography import sql

OLDEST = 1850
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
POSITIONS = {"dmy": (3, 2, 1), "mdy": (3, 1, 2), "ymd": (1, 2, 3)}
_EXACT = r"[0-9]{2}/[0-9]{2}/[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
# Nothing to take out before the digits are read.
_BARE = r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}|[0-9]{1,2}[./-][0-9]{4}|[0-9]{4,8}"
_TIME = r"[t ]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?z?$"
_CALENDAR = (
    "m between 1 and 12 and d between 1 and case when m in (4, 6, 9, 11) then 30 when m <> 2 then 31"
    " when y % 4 = 0 and (y % 100 <> 0 or y % 400 = 0) then 29 else 28 end"
)


def parsed(source: str, *, order: str, newest: int, ahead: int = 3) -> str:
    """Return a query of (raw, dob, dob2, written, odd) for a query of distinct (raw).

    `newest` is the year that two digits are read by; a year more than `ahead` after it is none.
    """
    month_at, day_at = (1, 4) if order == "mdy" else (4, 1)
    usual = f"""select raw, true as exact, case when substr(raw, 3, 1) = '/' then {_whole("substr(raw, 7)")}
    else {_whole("substr(raw, 1, 4)")} end as y,
  case when substr(raw, 3, 1) <> '/' then {_whole("substr(raw, 6, 2)")}
    else {_whole(f"substr(raw, {month_at}, 2)")} end as m,
  case when substr(raw, 3, 1) <> '/' then {_whole("substr(raw, 9)")} else {_whole(f"substr(raw, {day_at}, 2)")} end as d
from shapes where exact"""
    return f"""with shapes as materialized (select raw, regexp_full_match(raw, '{_EXACT}') as exact from ({source}))
select raw, dob,
  case when dob % 100 between 1 and 12 and dob % 100 <> dob // 100 % 100
       then (dob // 10000 * 10000 + dob % 100 * 100 + dob // 100 % 100)::int end as dob2,
  coalesce(exact and not turned and dob % 100 > 0, false) as written,
  dob is null or bad as odd
from (select raw, exact, turned, ({_dob()})::int as dob, {_bad()} as bad
from ({_turned(f"{usual} union all {_parts(_numbers(newest + ahead), order, newest)}", newest + ahead)}))"""


def _numbers(latest: int) -> str:
    """Find the runs of digits in a text: `g`, how many `n`, and the length `l` and value `v` of a lone one."""
    return f"""
select raw, exact, g, n, l, coalesce(n = 1 and (l = 5 or l = 4 and v > {latest}), false) as serial,
  date '1899-12-30' + coalesce(v, 0) % 99999 as day,
  coalesce(n = 1 and l = 8 and v // 10000 between 1880 and 2100 and v // 100 % 100 <= 12, false) as ymd8
from (select raw, exact, g, len(g) as n, len(g[1]) as l, try_cast(g[1] as int) as v
from (select raw, exact, case when regexp_full_match(raw, '{_BARE}') then string_split(translate(raw, '.-', '//'), '/')
    else regexp_extract_all({_spelt()}, '[0-9]+') end as g from shapes where not exact))"""


def _spelt() -> str:
    text = sql.replaced(sql.single_spaces("lower(raw)"), _TIME)
    text = sql.replaced(text, r"[.]0+$")
    for number, month in enumerate(MONTHS, 1):
        text = f"replace({text}, '{month}', ' {number} ')"
    # An age or a duration is no date: "45 tuổi".
    aged = "regexp_matches(lower(raw), 'tuổi|tuoi')"
    return f"case when {aged} then '' else {text} end"


def _parts(numbers: str, order: str, newest: int) -> str:
    """Tell year, month and day apart by length first, by the order agreed on second."""
    year, month, day = (f"g[{position}]" for position in POSITIONS[order])
    return f"""
select raw, exact,
  case when n >= 3 and len(g[1]) = 4 then {_whole("g[1]")}
       when n >= 3 and len(g[3]) = 4 then {_whole("g[3]")}
       when n >= 3 and len({year}) = 2 then {_two_digits(year, newest)}
       when n = 2 and len(g[1]) = 4 then {_whole("g[1]")}
       when n = 2 and len(g[2]) = 4 then {_whole("g[2]")}
       when serial then year(day)
       when ymd8 then {_whole("substr(g[1], 1, 4)")}
       when n = 1 and l = 8 then {_whole("substr(g[1], 5, 4)")}
       when n = 1 and l = 6 then {_two_digits("substr(g[1], 5, 2)", newest)}
       when n = 1 and l = 4 then {_whole("g[1]")}
       when n = 1 and l = 2 and g[1] = raw then {_two_digits("g[1]", newest)} end as y,
  case when n >= 3 and len(g[1]) = 4 then {_whole("g[2]")}
       when n >= 3 then {_whole(month)}
       when n = 2 and len(g[1]) = 4 then {_whole("g[2]")}
       when n = 2 then {_whole("g[1]")}
       when serial then month(day)
       when ymd8 then {_whole("substr(g[1], 5, 2)")}
       when n = 1 and l in (6, 8) then {_whole("substr(g[1], 3, 2)")} end as m,
  case when n >= 3 and len(g[1]) = 4 then {_whole("g[3]")}
       when n >= 3 then {_whole(day)}
       when serial then day(day)
       when ymd8 then {_whole("substr(g[1], 7, 2)")}
       when n = 1 and l in (6, 8) then {_whole("substr(g[1], 1, 2)")} end as d
from ({numbers})"""


def _whole(text: str) -> str:
    return f"try_cast({text} as int)"


def _two_digits(text: str, newest: int) -> str:
    century = newest // 100 * 100
    return f"({_whole(text)} + case when {_whole(text)} <= {newest % 100} then {century} else {century - 100} end)"


def _turned(parts: str, latest: int) -> str:
    """A month over twelve beside a day that could be a month was written the other way round."""
    turned = "coalesce(m between 13 and 31 and d between 1 and 12, false)"
    return f"""
select raw, exact, {turned} as turned, case when y between {OLDEST} and {latest} then y end as y,
  case when {turned} then d else m end as m, case when {turned} then m else d end as d
from ({parts})"""


def _dob() -> str:
    return f"""case when y is null then null
  when d is null and m between 1 and 12 then y * 10000 + m * 100
  when {_CALENDAR} then y * 10000 + m * 100 + d
  else y * 10000 end"""


def _bad() -> str:
    return f"""coalesce(case when d is null and m is null then false
  when d is null then m not between 1 and 12
  else not ({_CALENDAR}) end, true)"""
