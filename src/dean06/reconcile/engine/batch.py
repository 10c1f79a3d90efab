"""Read a batch: one table `s` of keys, each distinct name, date, sex and unit code normalised once."""

from __future__ import annotations

from pathlib import Path

from dean06.orthography import sql
from dean06.reconcile.engine import dates, numbers
from dean06.reconcile.engine.connection import Bench, quoted
from dean06.reconcile.engine.options import SEXES, Options

ROLES = (
    "ho_ten",
    "ngay_sinh",
    "gioi_tinh",
    "so_giay_to",
    "so_cccd",
    "so_cmnd",
    "ma_xa",
    "dia_chi",
    "ho_ten_cha",
    "ho_ten_me",
)
ORIGINAL = "goc_"


def read(bench: Bench, batch: Path, options: Options, newest: int) -> list[str]:
    """Fill `s` from a batch file and return the names of its original columns."""
    source = f"read_parquet({quoted(batch)})"
    columns = [str(row[0]) for row in bench.rows(f"describe select * from {source}")]
    original = [name for name in columns if name.startswith(ORIGINAL)]
    roles = ", ".join(f"{role}" if role in columns else f"null::varchar as {role}" for role in ROLES)
    bench.run(f"create or replace temp view b as select stt, {roles} from {source}")
    names = " union ".join(f"select {name} as raw from b" for name in ("ho_ten", "ho_ten_cha", "ho_ten_me") if name in columns)
    bench.table("names", _names(names or "select null::varchar as raw"))
    days = "select distinct ngay_sinh as raw from b where ngay_sinh is not null"
    bench.table("days", dates.parsed(days, order=options.date_order, newest=newest))
    _sexes(bench, options)
    _units(bench, options)
    bench.table("s", _sector())
    bench.lap("read")
    return original


def _names(names: str) -> str:
    keys = sql.name_keys(f"select distinct raw from ({names}) where raw is not null")
    return f"""select k.*, {sql.hash64("raw")} as rk, coalesce(g.n_gk, 0) as n_gk
from ({keys}) k left join reg.given g using (gk)"""


def _sexes(bench: Bench, options: Options) -> None:
    """Join each spelling of sex with its code; a contract's own codes count as written."""
    spellings = {**SEXES, **{code.strip().lower(): sex for code, sex in options.gender_codes.items()}}
    exact = {"Nam", "Nữ", *options.gender_codes}
    bench.run("create or replace temp table sexes (low varchar, sx tinyint)")
    bench.db.executemany("insert into sexes values (?, ?)", [[low, 1 if sex == "Nam" else 2] for low, sex in spellings.items()])
    listed = ", ".join(quoted(code) for code in sorted(exact))
    bench.table(
        "genders",
        f"""select raw, sx, raw in ({listed}) as exact from (select distinct gioi_tinh as raw from b where gioi_tinh is not null)
join sexes on low = lower({sql.single_spaces("nfc_normalize(raw)")})""",
    )


def _units(bench: Bench, options: Options) -> None:
    """Resolve each distinct unit code to the codes it stands for at the register's date."""
    bench.run("create or replace temp table successors (code int, xas int[])")
    listed = [
        [int(code), sorted(int(new) for new in after)]
        for code, after in sorted(options.units.items())
        if code.isdigit() and after and all(new.isdigit() for new in after)
    ]
    if listed:
        bench.db.executemany("insert into successors values (?, ?)", listed)
    bench.table(
        "units",
        """select raw, case when xas is null then code when len(xas) = 1 then xas[1] end as xa,
  case when len(xas) > 1 then xas end as xl, code is null as odd, length(raw) = 5 and xas is null and code is not null as exact
from (select raw, try_cast(case when regexp_full_match(trim(raw), '[0-9]{1,5}') then trim(raw) end as int) as code
      from (select distinct ma_xa as raw from b where ma_xa is not null)) left join successors using (code)""",
    )


def _sector() -> str:
    cells = ("so_cccd", "so_giay_to", "so_cmnd")
    twelve = ", ".join(numbers.twelve(f"d_{cell}") for cell in cells)
    nine = ", ".join(numbers.nine(f"d_{cell}") for cell in reversed(cells))
    digits = ", ".join(f"{numbers.digits(cell)} as d_{cell}" for cell in cells)
    written = ", ".join(f"coalesce({cell}, '')" for cell in cells)
    exact12 = f"coalesce(lpad(id12::varchar, 12, '0') in ({written}), false)"
    exact9 = f"coalesce(lpad(id9::varchar, 9, '0') in ({written}), false)"
    return f"""
select b.stt, b.id12, b.id9, b.has_id, {exact12} as exact12, {exact9} as exact9,
  b.ho_ten is not null as has_name, n.rk, n.nk, n.hk, n.fk, n.pk, n.gk, n.fd, n.n_gk,
  d.dob, d.dob2, coalesce(d.written, false) as day_exact, coalesce(d.odd, false) as day_odd,
  g.sx, coalesce(g.exact, false) as sex_exact, u.xa, u.xl, coalesce(u.exact, false) as unit_exact,
  coalesce(u.odd, false) as unit_odd,
  c.nk as cnk, c.fk as cfk, c.gk as cgk, m.nk as mnk, m.fk as mfk, m.gk as mgk, b.dia_chi,
  b.id12 is not null or b.id9 is not null or n.nk is not null and (d.dob is not null or b.ma_xa is not null
    or c.nk is not null or m.nk is not null) as searchable
from (select *, coalesce({twelve}) as id12, coalesce({nine}) as id9,
        coalesce(so_cccd, so_giay_to, so_cmnd) is not null as has_id
      from (select *, {digits} from b)) b
  left join names n on n.raw = b.ho_ten left join days d on d.raw = b.ngay_sinh
  left join genders g on g.raw = b.gioi_tinh left join units u on u.raw = b.ma_xa
  left join names c on c.raw = b.ho_ten_cha left join names m on m.raw = b.ho_ten_me"""


def healed(batch: Path, original: list[str]) -> str:
    """Return a query of (stt, healed): the door already mended the name (encoding, Unicode form), so it is not as written."""
    columns = [f'"{name.replace(chr(34), chr(34) * 2)}"' for name in original]
    if not columns:
        return "select stt, false as healed from s"
    # A name split over two neighbouring columns is as written when their joined text is.
    joined = [f"{one} || ' ' || {other}" for one, other in zip(columns, columns[1:], strict=False)]
    same = ", ".join(f"coalesce({text}, '')" for text in (*columns, *joined))
    return f"select stt, ho_ten not in ({same}) as healed from read_parquet({quoted(batch)})"
