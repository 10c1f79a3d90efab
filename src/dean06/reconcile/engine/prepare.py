"""Prepare a register once: normalised keys, counts of names and dates, sorted by birth date.

The prepared file is a DuckDB database, read-only afterwards, with a format number; `ensure` rebuilds what an older
version made.
"""

from __future__ import annotations

import math
import os
import shutil
from pathlib import Path

from dean06.orthography import dates, sql
from dean06.reconcile.engine import levels, numbers
from dean06.reconcile.engine.connection import Bench, connect, quoted
from dean06.reconcile.engine.model import BIT
from dean06.reconcile.engine.rarity import rarity

FORMAT = 8
FILE = "keys.duckdb"
STRANGERS = 30_000
STEPS = 11
# Values whose count in the register says how much agreement on them is worth.
COUNTED = (
    ("nk", "n_nk"),
    ("fk", "n_fk"),
    ("sgk", "n_sg"),
    ("dob", "n_dob"),
    ("xa", "n_xa"),
    ("cnk", "n_cnk"),
    ("mnk", "n_mnk"),
    ("ad", "n_ad"),
    ("home", "n_home"),
)
WORTH = {
    "w_nk": "name",
    "w_fk": "name",
    "w_sg": "name",
    "w_xa": "place",
    "w_yr": "year",
    "w_cnk": "name",
    "w_mnk": "name",
    "w_ad": "place",
    "w_home": "place",
}

# The register's columns (design §9); those a file does not carry are null.
COLUMNS = (
    "so_dinh_danh",
    "so_cmnd",
    "ho_ten",
    "ngay_sinh",
    "gioi_tinh",
    "thuong_tru_xa",
    "thuong_tru_chi_tiet",
    "ho_ten_cha",
    "ho_ten_me",
    "tinh_trang",
    "so_dinh_danh_cu",
)
STATES = {"chet": 1, "chuyen_di": 2, "mat_tich": 3}


def prepare(register_parquet: Path, out_dir: Path, *, threads: int = 2, memory_limit: str = "4GB") -> Path:
    """Build the prepared file of a register in a directory, whole or not at all, and return its path."""
    out_dir.mkdir(parents=True, exist_ok=True)
    part, done = out_dir / f"{FILE}.part", out_dir / FILE
    for left in (part, out_dir / f"{FILE}.part.wal"):
        left.unlink(missing_ok=True)
    connection = connect(threads=threads, memory_limit=memory_limit, temp=out_dir / "tmp")
    try:
        connection.execute(f"attach {quoted(part)} as reg")
        bench = Bench(connection)
        _build(bench, register_parquet)
        bench.run("checkpoint reg")
        bench.run("detach reg")
    finally:
        connection.close()
        shutil.rmtree(out_dir / "tmp", ignore_errors=True)
    _settle(part, done)
    return done


def prepared_format(path: Path) -> int | None:
    """Return the format number of a prepared file, None when there is none to read."""
    if not path.is_file():
        return None
    connection = connect(threads=1, memory_limit="200MB", temp=path.parent / "tmp")
    try:
        connection.execute(f"attach {quoted(path)} as reg (read_only)")
        return int(connection.execute("select format from reg.meta").fetchall()[0][0])
    finally:
        connection.close()


def _settle(part: Path, done: Path) -> None:
    with part.open("rb+") as handle:
        os.fsync(handle.fileno())
    part.chmod(0o444)
    part.replace(done)


def _build(bench: Bench, register: Path) -> None:
    source = f"read_parquet({quoted(register)})"
    present = {str(row[0]) for row in bench.rows(f"describe select * from {source}")}
    columns = ", ".join(name if name in present else f"null::varchar as {name}" for name in COLUMNS)
    bench.run(f"create temp view r as select {columns} from {source}")
    newest = bench.number("select coalesce(max(try_cast(substr(ngay_sinh, 1, 4) as int)), 2026) from r")
    names = " union ".join(f"select {name} as raw from r" for name in ("ho_ten", "ho_ten_cha", "ho_ten_me"))
    bench.table(
        "names",
        sql.name_keys(f"select distinct raw from ({names}) where raw is not null", ("nk", "fk", "pk", "gk", "sgk")),
    )
    dated = "select distinct ngay_sinh as raw from r where ngay_sinh is not null"
    bench.table("days", dates.parsed(dated, order="ymd", newest=newest))
    _people(bench)
    _worth(bench)
    _strangers(bench)
    _meta(bench, newest)


def _people(bench: Bench) -> None:
    states = " ".join(f"when {quoted(name)} then {code}" for name, code in STATES.items())
    bench.table(
        "people",
        f"""select try_cast(r.so_dinh_danh as bigint) as id12, {numbers.nine("r.so_cmnd")} as id9,
  {sql.hash63("r.ho_ten")} as rk, n.nk, n.fk, n.pk, n.sgk, n.fd, d.dob,
  case r.gioi_tinh when 'Nam' then 1 when 'Nữ' then 2 end::tinyint as sx, try_cast(r.thuong_tru_xa as int) as xa,
  case r.tinh_trang {states} else 0 end::tinyint as st,
  c.nk as cnk, c.fk as cfk, c.gk as cgk, m.nk as mnk, m.fk as mfk, m.gk as mgk,
  {sql.levelled(sql.folded("lower(r.thuong_tru_chi_tiet)"))} as ad,
  {sql.hash63("r.thuong_tru_xa || ' ' || r.thuong_tru_chi_tiet")} as home,
  r.ho_ten, r.ho_ten_cha, r.ho_ten_me, r.so_dinh_danh_cu
from r left join names n on n.raw = r.ho_ten left join days d on d.raw = r.ngay_sinh
  left join names c on c.raw = r.ho_ten_cha left join names m on m.raw = r.ho_ten_me""",
    )


def _worth(bench: Bench) -> None:
    """Count what is counted, write the people with what each of their values is worth, and the look-ups of a run."""
    for key, name in COUNTED:
        bench.table(
            f"f_{key}", f"select {key}, count(*)::int as {name} from people where {key} is not null group by {key}"
        )
    bench.table("f_yr", "select dob // 10000 as yr, count(*)::int as n_yr from people where dob is not null group by 1")
    bench.table("total", "select count(*) as n from people")
    _write_people(bench)
    w_nk, w_fk = rarity("n_nk", "n", "name"), rarity("n_fk", "n", "name")
    bench.run(f"create table reg.folded_count as select fk, {w_fk} as w_fk from f_fk, total order by 1")
    # Everything known of the names people have; parents' names that nobody has any more are not in it.
    bench.run(
        f"""create table reg.name_book as
select nk, fd, fk, pk, sgk, gk, nm = fd as bare, {w_nk} as w_nk, {w_fk} as w_fk
from (select distinct nk, nm, fd, fk, pk, sgk, gk from names) join f_nk using (nk) join f_fk using (fk), total
order by nk"""
    )
    for table, source in (("day_count", "f_dob"), ("year_count", "f_yr")):
        bench.run(f"create table reg.{table} as select * from {source} order by 1")
    bench.run(
        """create table reg.old_number as select distinct try_cast(trim(old) as bigint) as id, pid from (
  select unnest(string_split(so_dinh_danh_cu, ';')) as old, id12 from people where so_dinh_danh_cu is not null)
join reg.person using (id12) where try_cast(trim(old) as bigint) is not null order by id, pid"""
    )


def _write_people(bench: Bench) -> None:
    worth = {name: kind for name, kind in WORTH.items() if name != "w_home"}
    rare = ", ".join(f"{rarity(name.replace('w_', 'n_'), 'n', kind)} as {name}" for name, kind in worth.items())
    # Beside the same commune an address is as rare as it is there.
    within = f"round({BIT} * log2((n_xa + 20.0) / (n_home + 2.0)))::int as w_home"
    joins = " ".join(f"left join f_{key} using ({key})" for key, _ in COUNTED if key != "dob")
    bench.run(
        f"""create table reg.person as
select (row_number() over (order by p.dob, p.id12) - 1)::int as pid, p.id12, p.id9, p.rk, p.nk, p.fk, p.pk, p.sgk, p.fd,
  split_part(p.fd, ' ', 1) as su, {levels.tail("p.fd")} as tail,
  p.dob, p.sx, p.xa, p.st, {rare}, {within}, n_fk, n_home, p.cnk, p.cfk, p.cgk, p.mnk, p.mfk, p.mgk, p.ad, p.home,
  p.ho_ten, p.ho_ten_cha, p.ho_ten_me
from people p {joins} left join f_yr on f_yr.yr = p.dob // 10000, total order by p.dob, p.id12"""
    )


def _strangers(bench: Bench) -> None:
    """Pair people in the order of a hash of their number, to count how alike the names of strangers are."""
    bench.table(
        "drawn",
        f"""select (row_number() over (order by h, pid))::int as k, fd, su, tail, sgk, pk, fk from (
  select md5(id12::varchar) as h, pid, fd, su, tail, sgk, pk, fk from reg.person where fd is not null
  order by h, pid limit {STRANGERS})""",
    )
    pairs = f"""select {levels.likeness("a.fd", "b")} as near
  from drawn a join (select unnest(range(1, {STEPS})) as step) on true join drawn b on b.k = a.k + step
  where a.fk <> b.fk and a.sgk <> b.sgk and a.pk <> b.pk"""
    bench.table(
        "apart",
        f"""select count(*) filter (near >= {levels.NEAR}) as alike,
  count(*) filter (near >= {levels.FAR} and near < {levels.NEAR}) as likely,
  count(*) filter (near < {levels.FAR}) as other from ({pairs})""",
    )


def _meta(bench: Bench, newest: int) -> None:
    rows = bench.number("select count(*) from reg.person")
    together = bench.number("select sum(n * (n - 1) // 2) from (select count(*) as n from people group by fk, dob)")
    names = bench.number("select sum(n_fk::hugeint * (n_fk - 1)) // 2 from f_fk where fk is not null")
    days = bench.number("select sum(n_dob::hugeint * n_dob) from f_dob where dob is not null")
    expected = names * (days / rows**2) if rows else 0.0
    # Names follow fashions, so namesakes are oftener of one age than chance says.
    factor = (together + 50) / (expected + 50)
    clump = round(1000 * math.log2(max(factor, 1.0)))
    bench.run(
        f"""create table reg.meta as select {FORMAT} as format, {rows} as n, {newest} as newest, {clump} as clump,
  alike, likely, other from apart"""
    )
