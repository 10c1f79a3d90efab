"""Prepare a register once: normalised keys, counts of names and dates, sorted by birth date.

The prepared file is a DuckDB database, read-only afterwards, with a format number; `ensure` rebuilds what an older
version made.
"""

from __future__ import annotations

import math
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dean06.orthography import dates, sql
from dean06.reconcile.engine import levels, numbers
from dean06.reconcile.engine.connection import Bench, connect, quoted
from dean06.reconcile.engine.model import BIT
from dean06.reconcile.engine.rarity import rarity

FORMAT = 10
FILE = "keys.duckdb"
STRANGERS = 30_000
STEPS = 11
# What a spelling of a name says by itself.
SPELT = f"""raw, nm, fd, nk, fk, pk, gk, sgk, own, {sql.hash63("raw")} as rk,
  {sql.hash63(levels.surname("fd"))} as su, {sql.hash63(levels.tail("fd"))} as tk"""
# How rare a home is in its commune.
AT_HOME = f"round({BIT} * log2((n_xa + 20.0) / (n_home + 2.0)))::int as w_home"
# Whose name it is: the person's own, the father's, the mother's.
BEARERS = {"own": "ho_ten", "c": "ho_ten_cha", "m": "ho_ten_me"}

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
GONE = 9
# What a register says of a person, as one number; the same for all of them, as another.
FACE = f"hash({', '.join(COLUMNS)})"
MARK = f"select coalesce(sum(hash(id12, face)), 0) % 9223372036854775807 from reg.people where st < {GONE}"


def prepare(register_parquet: Path, out_dir: Path, *, threads: int = 2, memory_limit: str = "4GB") -> Path:
    """Build the prepared file of a register in a directory, whole or not at all, and return its path."""
    out_dir.mkdir(parents=True, exist_ok=True)
    with writing(out_dir / FILE, threads=threads, memory_limit=memory_limit) as bench:
        _build(bench, register_parquet)
    return out_dir / FILE


@contextmanager
def writing(done: Path, *, threads: int, memory_limit: str, like: Path | None = None) -> Iterator[Bench]:
    """Give a bench whose `reg` is empty, or like another file; it takes its place whole, when nothing was raised."""
    part, temp = done.with_name(f"{done.name}.part"), done.parent / "tmp"
    for left in (part, done.with_name(f"{done.name}.part.wal")):
        left.unlink(missing_ok=True)
    connection = connect(threads=threads, memory_limit=memory_limit, temp=temp)
    try:
        if like is not None:
            shutil.copyfile(like, part)
        connection.execute(f"attach {quoted(part)} as reg")
        bench = Bench(connection)
        yield bench
        bench.run("checkpoint reg")
        bench.run("detach reg")
        _settle(part, done)
    finally:
        connection.close()
        shutil.rmtree(temp, ignore_errors=True)
        part.unlink(missing_ok=True)


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
    open_register(bench, register)
    newest = bench.number("select coalesce(max(try_cast(substr(ngay_sinh, 1, 4) as int)), 2026) from r")
    bench.table("total", "select count(*) as n from r")
    _names(bench)
    _days(bench, newest)
    _homes(bench)
    _people(bench)
    _books(bench)
    _strangers(bench)
    _meta(bench, newest)


def open_register(bench: Bench, register: Path) -> None:
    """Make `r` of the people of a register file, with every column that it may have."""
    source = f"read_parquet({quoted(register)})"
    present = {str(row[0]) for row in bench.rows(f"describe select * from {source}")}
    columns = ", ".join(name if name in present else f"null::varchar as {name}" for name in COLUMNS)
    bench.run(f"create temp view r as select {columns} from {source}")


def _names(bench: Bench) -> None:
    """Read each spelling of a name once: its keys, and what agreement on it is worth for a person and for a parent."""
    spell(bench, "r")
    named = ", ".join(f"sum({one})::int as n_{one}" for one in BEARERS)
    bench.table(
        "names",
        f"""select (row_number() over ())::int as id, {SPELT}, n_fk,
  {rarity("n_own", "n", "name")} as w_nk, {rarity("n_fk", "n", "name")} as w_fk, {rarity("n_sg", "n", "name")} as w_sg,
  {rarity("n_c", "n", "name")} as w_cnk, {rarity("n_m", "n", "name")} as w_mnk
from keyed join (select nk, {named} from keyed group by nk) using (nk)
  join (select fk, sum(own)::int as n_fk from keyed group by fk) using (fk)
  join (select sgk, sum(own)::int as n_sg from keyed group by sgk) using (sgk), total""",
    )


def spell(bench: Bench, people: str) -> None:
    """Make `keyed` of the spellings of people's and their parents' names, each once, and count who bears them."""
    borne = " union all ".join(
        f"select {column} as raw, {', '.join(f'{int(one == at)} as {one}' for one in BEARERS)} from {people}"
        for at, column in BEARERS.items()
    )
    counts = ", ".join(f"sum({one})::int as {one}" for one in BEARERS)
    bench.table("spelt", f"select raw, {counts} from ({borne}) where raw is not null group by raw")
    keyed = sql.name_keys("select distinct raw from spelt", ("nk", "fk", "pk", "gk", "sgk"))
    bench.table("keyed", f"select * from ({keyed}) join spelt using (raw)")


def _days(bench: Bench, newest: int) -> None:
    """Read each spelling of a birth date once, and count dates and years."""
    read_days(bench, "r", newest)
    known = "from days where dob is not null"
    bench.run(f"create table reg.day_count as select dob, sum(own)::int as n_dob {known} group by 1 order by 1")
    bench.run(
        f"create table reg.year_count as select dob // 10000 as yr, sum(own)::int as n_yr {known} group by 1 order by 1"
    )


def read_days(bench: Bench, people: str, newest: int) -> None:
    """Make `days` of the spellings of people's birth dates, each once."""
    bench.table(
        "dated", f"select ngay_sinh as raw, count(*) as own from {people} where ngay_sinh is not null group by 1"
    )
    parsed = dates.parsed("select raw from dated", order="ymd", newest=newest)
    bench.table("days", f"select raw, dob, own from ({parsed}) join dated using (raw)")


def _homes(bench: Bench) -> None:
    """Read each address once; beside the same commune an address is as rare as it is there."""
    read_homes(bench, "r")
    bench.run("create table reg.place_count as select xa, sum(own)::int as n_xa from lived group by xa order by xa")
    bench.table(
        "homes",
        f"""select unit, detail, xa, ad, home, n_home, {rarity("n_xa", "n", "place")} as w_xa,
  {rarity("n_ad", "n", "place")} as w_ad, {AT_HOME}
from lived left join details using (detail) left join reg.place_count using (xa)
  {_counted("ad", "n_ad", "lived join details using (detail)")} {_counted("home", "n_home")}, total""",
    )


def read_homes(bench: Bench, people: str) -> None:
    """Make `lived` of people's addresses and `details` of their texts, each once."""
    bench.table(
        "lived",
        f"""select thuong_tru_xa as unit, thuong_tru_chi_tiet as detail, try_cast(thuong_tru_xa as int) as xa,
  {sql.hash63("thuong_tru_xa || ' ' || thuong_tru_chi_tiet")} as home, count(*) as own
from {people} where thuong_tru_xa is not null or thuong_tru_chi_tiet is not null group by all""",
    )
    address = sql.levelled(sql.folded("lower(detail)"))
    bench.table("details", f"select detail, {address} as ad from (select distinct detail from lived)")


def _counted(key: str, name: str, source: str = "lived") -> str:
    """Return a join with how many people live where this key is the same."""
    return f"left join (select {key}, sum(own)::int as {name} from {source} group by {key}) using ({key})"


def _people(bench: Bench) -> None:
    """Write the people in the order of their birth, each value with what it is worth."""
    bench.run("set preserve_insertion_order = true")
    bench.run(f"create table reg.people as {described('r')}")
    bench.run("set preserve_insertion_order = false")
    bench.run(f"create view reg.person as select rowid::int as pid, * exclude (face) from reg.people where st < {GONE}")


def described(source: str) -> str:
    """Return a query of the people of a source with the keys and worths of `names`, `days` and `homes`."""
    states = " ".join(f"when {quoted(name)} then {code}" for name, code in STATES.items())
    parents = ", ".join(f"{one}.{key} as {one}{key}" for one in ("c", "m") for key in ("nk", "fk", "gk"))
    face = FACE.replace("(", "(r.").replace(", ", ", r.")
    return f"""
select try_cast(r.so_dinh_danh as bigint) as id12, {numbers.nine("r.so_cmnd")} as id9,
  n.rk, n.nk, n.fk, n.pk, n.sgk, n.su, n.tk, n.fd, d.dob,
  case r.gioi_tinh when 'Nam' then 1 when 'Nữ' then 2 end::tinyint as sx, h.xa,
  case r.tinh_trang {states} else 0 end::tinyint as st,
  n.w_nk, n.w_fk, n.w_sg, h.w_xa, {rarity("n_yr", "n", "year")} as w_yr, c.w_cnk, m.w_mnk, h.w_ad, h.w_home,
  n.n_fk, h.n_home, {parents}, h.ad, h.home, n.id as name, c.id as father, m.id as mother, {face} as face
from {source} r left join names n on n.raw = r.ho_ten left join days d on d.raw = r.ngay_sinh
  left join homes h on h.unit is not distinct from r.thuong_tru_xa
    and h.detail is not distinct from r.thuong_tru_chi_tiet
  left join names c on c.raw = r.ho_ten_cha left join names m on m.raw = r.ho_ten_me
  left join reg.year_count y on y.yr = d.dob // 10000, total
order by d.dob, id12"""


def _books(bench: Bench) -> None:
    """Write the look-ups of a run: what is known of names, and the numbers that were cancelled."""
    bench.run("create table reg.folded_count as select distinct fk, w_fk from names where own > 0 order by 1")
    bench.run("create table reg.spelling as select id, raw from names order by id")
    # Parents' names that nobody has any more are not in it.
    bench.run(
        """create table reg.name_book as select distinct nk, fd, fk, pk, sgk, gk, nm = fd as bare, w_nk, w_fk
from names where nk in (select nk from names where own > 0) order by nk"""
    )
    bench.run(
        """create table reg.old_number as select distinct try_cast(trim(old) as bigint) as id, pid from (
  select unnest(string_split(so_dinh_danh_cu, ';')) as old, try_cast(so_dinh_danh as bigint) as id12
  from r where so_dinh_danh_cu is not null)
join reg.person using (id12) where try_cast(trim(old) as bigint) is not null order by id, pid"""
    )


def _strangers(bench: Bench) -> None:
    """Pair people in the order of a hash of their number, to count how alike the names of strangers are."""
    bench.table(
        "drawn",
        f"""select (row_number() over (order by h, pid))::int as k, fd, sgk, pk, fk from (
  select id12 % 1000003 * 7919 % 1000003 as h, pid, fd, sgk, pk, fk from reg.person where fd is not null
  order by h, pid limit {STRANGERS})""",
    )
    pairs = f"""select {levels.likeness("a.fd", "b.fd")} as near
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
    mark = bench.number(MARK)
    together = bench.number("select sum(n * (n - 1) // 2) from (select count(*) as n from reg.person group by fk, dob)")
    names = bench.number("select sum(own::hugeint * (n_fk - 1)) // 2 from names")
    days = bench.number("select sum(n_dob::hugeint * n_dob) from reg.day_count")
    expected = names * (days / rows**2) if rows else 0.0
    # Names follow fashions, so namesakes are oftener of one age than chance says.
    factor = (together + 50) / (expected + 50)
    clump = round(1000 * math.log2(max(factor, 1.0)))
    bench.run(
        f"""create table reg.meta as select {FORMAT} as format, {rows} as n, {newest} as newest, {clump} as clump,
  alike, likely, other, {rows} as people, {mark}::bigint as mark, {mark}::bigint as counted, null::bigint as before,
  0 as updates from apart"""
    )
