"""Read a batch: one table `s` of keys, each distinct name, date, sex and unit code normalised once.

Rows whose number, name and date stand in the register letter for letter are told by hashes of what is written; only
the other names are worth normalising.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from dean06.orthography import dates, sql
from dean06.reconcile.engine import addresses, numbers, trail
from dean06.reconcile.engine.connection import Bench, halves, quoted
from dean06.reconcile.engine.model import DEFAULTED
from dean06.reconcile.engine.options import SEXES, Options
from dean06.reconcile.engine.rarity import rarity
from dean06.reconcile.engine.trail import Trail

# The door's sentence on a row it could not take: such a row has no other cell to match by.
ASIDE = "cach_ly"
CELLS = ("so_cccd", "so_giay_to", "so_cmnd")
PARENTS = {"c": "ho_ten_cha", "m": "ho_ten_me"}
ROLES = ("ho_ten", "ngay_sinh", "gioi_tinh", *CELLS, "ma_xa", "dia_chi", *PARENTS.values())
ORIGINAL = "goc_"
_KEYS = ("nk", "fk", "pk", "sgk")


def read(bench: Bench, batch: Path, options: Options, people: int, newest: int, last: Trail | None = None) -> list[str]:
    """Fill `s` and `hits` from a batch file and return the names of its original columns.

    Args:
        bench: the run.
        batch: the list, as the door hands it over.
        options: how to match it.
        people: how many people the register's counts rest on.
        newest: the latest year in which somebody can be born.
        last: what the last run left; rows that it knows are not read again.
    """
    source = f"read_parquet({quoted(batch)})"
    columns = [str(row[0]) for row in bench.rows(f"describe select * from {source}")]
    original = [name for name in columns if name.startswith(ORIGINAL)]
    roles = ", ".join(role if role in columns else f"null::varchar as {role}" for role in ROLES)
    bench.run(
        f"""create or replace temp view written as
select stt, {roles}, {_healed(bench, batch, columns, original)} as healed from {source}"""
    )
    trail.take(bench, last)
    spelt = "select distinct ngay_sinh as raw from b where ngay_sinh is not null"
    days = _days(dates.parsed(spelt, order=options.date_order, newest=newest), people)
    _sexes(bench, options)
    _units(bench, options)
    bench.table("t", _cells([cell for cell in CELLS if cell in columns], days))
    _hits(bench)
    bench.has_parents, bench.has_address = any(role in columns for role in PARENTS.values()), "dia_chi" in columns
    bench.has_aside = ASIDE in columns
    parents = {one: role for one, role in PARENTS.items() if role in columns}
    bench.table("settled", _letter_for_letter())
    addresses.read_communes(bench, options.model.communes if options.model else None)
    _names(bench, parents)
    bench.table("kin", _kin(parents))
    bench.as_written(f"create or replace temp table s as {_sector(has_parents=bool(parents))}")
    bench.lap("read")
    return original


def roles_of(bench: Bench, batch: Path) -> list[str]:
    """Return which roles a batch file has columns for."""
    there = {str(row[0]) for row in bench.rows(f"describe select * from read_parquet({quoted(batch)})")}
    return [role for role in ROLES if role in there]


def _healed(bench: Bench, batch: Path, columns: Sequence[str], original: Sequence[str]) -> str:
    """Say in SQL that the door already mended the name (encoding, Unicode form), so that it is not as written."""
    if "ho_ten" not in columns or not original:
        return "false"
    used = _read_from(bench, batch, original)
    cells = [f"{sql.identifier(name)}::varchar" for name in used or original]
    if len(used) == 1:
        return f"ho_ten is distinct from {cells[0]}"
    # A name split over two neighbouring columns is as written when their joined text is.
    joined = [f"{one} || ' ' || {other}" for one, other in pairwise(cells)]
    whole = ", ".join(f"coalesce({cell}, '')" for cell in cells)
    pieces = ", ".join(f"coalesce({text}, chr(0))" for text in joined) or "chr(0)"
    return f"case when ho_ten in ({whole}) then false else ho_ten not in ({pieces}) end"


def _read_from(bench: Bench, batch: Path, original: Sequence[str]) -> list[str]:
    """Return the columns the door read the name from, as it noted in the file; none when it noted nothing."""
    noted = bench.rows(f"select decode(value) from parquet_kv_metadata({quoted(batch)}) where decode(key) = 'dean06'")
    try:
        found = json.loads(str(noted[0][0]))["role_columns"]["ho_ten"] if noted else []
    except (KeyError, TypeError, ValueError):
        return []
    return [str(name) for name in found if name in original]


def _days(parsed: str, people: int) -> str:
    """Read each spelling of a date and how rare the date is; `s_rare` counts years written as 01/01 too."""
    first_day = "d.dob % 10000 = 101"
    defaulted = f"coalesce(f.n_dob, 0) + case when {first_day} then {DEFAULTED} * coalesce(y.n_yr, 0) else 0 end"
    return f"""select d.*, {first_day} as first_day, d.dob % 10000 > 0 and d.dob % 100 = 0 as s_month,
  {rarity(f"({defaulted})", str(people), "day")} as s_rare, {rarity("f.n_dob", str(people), "day")} as s_day
from ({parsed}) d left join reg.day_count f on f.dob = d.dob left join reg.year_count y on y.yr = d.dob // 10000"""


def _sexes(bench: Bench, options: Options) -> None:
    """Join each spelling of sex with its code; a contract's own codes count as written."""
    spellings = {**SEXES, **{code.strip().lower(): sex for code, sex in options.gender_codes.items()}}
    exact = ", ".join(quoted(code) for code in sorted({"Nam", "Nữ", *options.gender_codes}))
    listed = ", ".join(f"({quoted(low)}, {1 if sex == 'Nam' else 2})" for low, sex in sorted(spellings.items()))
    bench.table(
        "genders",
        f"""select raw, sx::tinyint as sx, raw in ({exact}) as exact
from (select distinct gioi_tinh as raw from b where gioi_tinh is not null)
  join (values {listed}) v (low, sx) on low = lower({sql.single_spaces("nfc_normalize(raw)")})""",
    )


def _units(bench: Bench, options: Options) -> None:
    """Resolve each distinct unit code to the codes it stands for at the register's date."""
    bench.table(
        "codes",
        """select raw, try_cast(case when regexp_full_match(trim(raw), '[0-9]{1,5}') then trim(raw) end as int) as code
from (select distinct ma_xa as raw from b where ma_xa is not null)""",
    )
    # Of the country's ten thousand old codes, those the file has.
    there = {f"{code:05}" for (code,) in bench.rows("select distinct code from codes where code is not null")}
    known = {
        int(code): sorted(int(new) for new in options.units[code])
        for code in there & options.units.keys()
        if options.units[code] and all(new.isdigit() for new in options.units[code])
    }
    listed = ", ".join(f"({code}, {after})" for code, after in sorted(known.items())) or "(null::int, null::int[])"
    bench.table(
        "units",
        f"""select raw, case when xas is null then code when len(xas) = 1 then xas[1] end as xa,
  case when len(xas) > 1 then ' ' || array_to_string(xas, ' ') || ' ' end as xl, code is null as odd,
  length(raw) = 5 and xas is null and code is not null as exact
from codes left join (values {listed}) v (code, xas) using (code)""",
    )


def _cells(present: Sequence[str], days: str) -> str:
    """Everything of a row that needs no name."""
    twelve = _first([numbers.twelve(f"d_{cell}") for cell in present])
    nine = _first([numbers.nine(f"d_{cell}") for cell in reversed(present)])
    whole = "".join(f", {numbers.whole(cell)} as w_{cell}" for cell in present)
    digits = "".join(
        f", case when w_{cell} then {cell} else {numbers.digits(cell)} end as d_{cell}" for cell in present
    )
    exact12, exact9 = (
        " or ".join(f"w_{cell} and {number} = try_cast({cell} as bigint)" for cell in present) or "false"
        for number in ("id12", "id9")
    )
    within = "b.dia_chi is not null or b.ho_ten_cha is not null or b.ho_ten_me is not null"
    return f"""
select b.stt, b.ho_ten, b.dia_chi, b.ho_ten_cha, b.ho_ten_me, b.healed, b.id12, b.id9, b.has_id,
  coalesce({exact12}, false) as exact12, coalesce({exact9}, false) as exact9, {sql.hash63("ho_ten")} as rk,
  d.dob, d.dob2, coalesce(d.written, false) as day_exact, coalesce(d.odd, false) as day_odd, d.s_rare, d.s_day,
  coalesce(d.first_day, false) as first_day, coalesce(d.s_month, false) as s_month,
  g.sx, coalesce(g.exact, false) as sex_exact, u.xa, u.xl, coalesce(u.exact, false) as unit_exact,
  coalesce(u.odd, false) as unit_odd, {numbers.fits("b.id12", "d.dob", "g.sx")} as fits,
  b.id12 is not null or b.id9 is not null or b.ho_ten is not null and (d.dob is not null or u.xa is not null
    or u.xl is not null or {within}) as searchable,
  b.id12 is null and b.id9 is null and d.dob is null as weak
from (select *, {twelve} as id12, {nine} as id9, coalesce({", ".join(CELLS)}) is not null as has_id
      from (select *{digits} from (select *{whole} from b))) b
  left join ({days}) d on d.raw = b.ngay_sinh left join genders g on g.raw = b.gioi_tinh
  left join units u on u.raw = b.ma_xa"""


def _first(values: Sequence[str]) -> str:
    return f"coalesce({', '.join(values)})" if values else "null::bigint"


def _hits(bench: Bench) -> None:
    """Follow every number, current, old and cancelled; `exact` when name and date are the register's to the letter."""
    # Of several people of one number the current one comes first, then the lower number.
    first = f"max(way) * {2**40} - any_value(coalesce(id12, pid))"
    told = "r.id12, t.rk = r.rk and t.dob = r.dob and t.dob % 100 > 0 as exact, r.nk as r_nk, r.dob as r_dob"
    bench.table(
        "hits",
        f"""select stt, pid, max(way) as way, coalesce(bool_or(exact), false) as exact, any_value(r_nk) as r_nk,
  any_value(r_dob) as r_dob, {first} as first from (
  select t.stt, r.pid, 3 as way, {told} from t join reg.person r on t.id12 = r.id12
  union all select t.stt, r.pid, 2, {told} from t join reg.person r on t.id9 = r.id9
  union all select t.stt, o.pid, 1, {told}
    from t join reg.old_number o on o.id = coalesce(t.id12, t.id9) join reg.person r using (pid)) group by stt, pid""",
    )


def _letter_for_letter() -> str:
    """Settle the rows whose number, name and date are the register's: nothing else could be meant."""
    return """select stt, arg_max(pid, first) as pid, 1::tinyint as lop, 1.0::double as p
from hits where exact group by stt"""


def _names(bench: Bench, parents: dict[str, str]) -> None:
    """Normalise the names of rows that are not settled, and of all parents, each spelling once.

    What the register knows of a name is taken from it; only names it does not know are folded here.
    """
    sources = ["select ho_ten as raw from t anti join settled using (stt)"]
    sources += [f"select {role} from t" for role in parents.values()]
    spellings = f"select distinct raw from ({' union all '.join(sources)}) where {{half}}"
    keys = (*_KEYS, "gk") if parents else _KEYS
    known = ", ".join(f"d.{key}" for key in keys if key != "nk")
    made = ", ".join(f"{sql.KEYS[key]} as {key}" for key in keys if key != "nk")
    normal = f"select raw, nm, {sql.KEYS['nk']} as nk from ({sql.normal_names(spellings)})"
    bench.table("normal", halves(normal, "length(raw)"))
    bench.table(
        "names",
        f"""with strange as materialized (
  select nm, nk, fd, {made} from (
    select nm, nk, {sql.folded_name("nm")} as fd from (
      select distinct nm, nk from normal anti join reg.name_book using (nk))))
select n.raw, n.nk, d.fd, {known}, d.bare, d.w_nk as s_nk, d.w_fk as s_fk
from normal n join reg.name_book d using (nk)
union all select n.raw, n.nk, d.fd, {known}, d.nm = d.fd, null, f.w_fk
from normal n join strange d using (nk) left join reg.folded_count f using (fk)""",
    )


def _kin(parents: dict[str, str]) -> str:
    """Keep the keys of the parents' names of every row; none when the file has no such column."""
    keys = [
        f"{one}.{key} as {one}{key}" if one in parents else f"null::bigint as {one}{key}"
        for one in PARENTS
        for key in ("nk", "fk", "gk")
    ]
    joins = " ".join(f"left join names {one} on {one}.raw = t.{role}" for one, role in parents.items())
    return f"select stt, {', '.join(keys)} from t {joins} {'' if parents else 'where false'}"


def _sector(*, has_parents: bool) -> str:
    """Everything of the rows that are not settled."""
    keys = ", ".join(f"n.{key}" for key in (*_KEYS, "fd"))
    kin, joined = (", kin.* exclude (stt)", "left join kin using (stt)") if has_parents else ("", "")
    return f"""
select t.* exclude (ho_ten, dia_chi, ho_ten_cha, ho_ten_me, healed, exact12, exact9, day_exact, sex_exact, unit_exact,
  day_odd, unit_odd, has_id, rk, weak),
  {keys}, n.s_nk, n.s_fk, n.s_nk is not null as known_name, n.s_fk is not null as known_folded,
  coalesce(n.bare, false) as bare{kin}
from t anti join settled using (stt) left join names n on n.raw = t.ho_ten {joined}"""
