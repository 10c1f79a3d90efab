"""Bring a prepared register up to a later snapshot: only the people who changed are read and written.

How rare a name, a date or a place is belongs to the weights, and stays as it was counted; what nobody bore then is as
rare as can be. So a list that is matched again under the same weights finds every value worth what it was. People who
are gone keep their place, marked and out of sight, until the register is prepared anew: after some updates, or many
changes, the counts have to be taken again.
"""

from __future__ import annotations

from pathlib import Path

from dean06.reconcile.engine.connection import Bench
from dean06.reconcile.engine.prepare import (
    AT_HOME,
    FACE,
    FORMAT,
    GONE,
    MARK,
    SPELT,
    described,
    open_register,
    prepared_format,
    read_days,
    read_homes,
    spell,
    writing,
)
from dean06.reconcile.engine.rarity import rarity

# Whoever is gone stays no longer than the last six snapshots do (design §10).
UPDATES = 5
_WORTH = ("w_nk", "w_fk", "w_sg", "w_cnk", "w_mnk")
# Share of the people counted who may have changed since.
CHANGED = 0.1


def update(before: Path, register: Path, done: Path, *, threads: int = 2, memory_limit: str = "4GB") -> Path | None:
    """Write the prepared file of a later snapshot from the one before, whole or not at all.

    Returns:
        its path; None when the register must be prepared anew.
    """
    if prepared_format(before) != FORMAT:
        return None
    try:
        with writing(done, threads=threads, memory_limit=memory_limit, like=before) as bench:
            _update(bench, register)
    except _Anew:
        return None
    return done


class _Anew(Exception):
    """The register has to be prepared anew."""


def _update(bench: Bench, register: Path) -> None:
    open_register(bench, register)
    [(n, newest, updates, places)] = [
        [int(str(one)) for one in row]
        for row in bench.rows("select n, newest, updates, (select count(*) from reg.people) from reg.meta")
    ]
    if updates >= UPDATES:
        raise _Anew
    _compare(bench)
    if places - n + bench.number("select count(*) from come") > CHANGED * n:
        raise _Anew
    bench.table("total", f"select {n} as n")
    _names(bench)
    read_days(bench, "come", newest)
    _homes(bench)
    _people(bench, places)
    _books(bench, places)
    _meta(bench)


def _compare(bench: Bench) -> None:
    """Find who came or is otherwise now (`come`), and the places of those who are gone or were otherwise (`gone`)."""
    bench.table(
        "come",
        f"""select * exclude (id12, face) from (
  select *, try_cast(so_dinh_danh as bigint) as id12, {FACE} as face from r)
anti join (select id12, face from reg.people where st < {GONE}) using (id12, face)""",
    )
    bench.table("renewed", "select try_cast(so_dinh_danh as bigint) as id12 from come")
    bench.table(
        "gone",
        f"""with there as (select rowid as place, id12 from reg.people where st < {GONE})
select place from there semi join renewed using (id12)
union all select place from there anti join (select try_cast(so_dinh_danh as bigint) as id12 from r) using (id12)""",
    )


def _worth(key: str, *columns: str, at: str = "") -> str:
    """Return a join with what a key is worth to those who have it, or had; `at` is their column for it."""
    held = ", ".join(f"any_value({column}) as {column}" for column in columns)
    wanted = "details" if key == "ad" else "lived" if key == "home" else "keyed"
    return f"""left join (select {key}, {held} from (select {at or key} as {key}, {", ".join(columns)} from reg.people)
  semi join {wanted} using ({key}) group by {key}) using ({key})"""


def _names(bench: Bench) -> None:
    """Read the names of those who came; a name keeps its worth, and one that nobody had has that of such a name."""
    spell(bench, "come")
    top = bench.number("select max(id) from reg.spelling")
    worth = ", ".join(f"coalesce({one}, {rarity('0', 'n', 'name')}) as {one}" for one in _WORTH)
    bench.table(
        "names",
        f"""select coalesce(k.id, {top} + row_number() over (partition by k.id is null order by raw))::int as id,
  k.id is null as strange, {SPELT}, coalesce(n_fk, 0) as n_fk, {worth}
from keyed left join reg.spelling k using (raw) {_worth("nk", "w_nk")} {_worth("fk", "w_fk", "n_fk")}
  {_worth("sgk", "w_sg")} {_worth("nk", "w_cnk", at="cnk")} {_worth("nk", "w_mnk", at="mnk")}, total""",
    )


def _homes(bench: Bench) -> None:
    """Read the addresses of those who came, each as rare as it was."""
    read_homes(bench, "come")
    bench.table(
        "homes",
        f"""select unit, detail, xa, ad, home, n_home, {rarity("n_xa", "n", "place")} as w_xa,
  coalesce(w_ad, {rarity("0", "n", "place")}) as w_ad, {AT_HOME}
from (select * replace (case when home is not null then coalesce(n_home, 0) end as n_home,
    case when xa is not null then coalesce(n_xa, 0) end as n_xa)
  from lived left join details using (detail) left join reg.place_count using (xa)
    {_worth("ad", "w_ad")} {_worth("home", "n_home")}), total""",
    )


def _people(bench: Bench, places: int) -> None:
    """Put those who are gone out of sight, and add those who came behind all others; remember both."""
    bench.run(f"update reg.people set st = {GONE} where rowid in (select place from gone)")
    bench.run("set preserve_insertion_order = true")
    bench.run(f"insert into reg.people {described('come')}")
    bench.run("set preserve_insertion_order = false")
    moved = f"from reg.people where rowid >= {places} or rowid in (select place from gone)"
    bench.run(f"create or replace table reg.changed as select distinct fk, dob, xa {moved}")
    bench.run(
        f"""create or replace table reg.changed_number as select id12 as id {moved}
union select id9 {moved} union select id from reg.old_number where pid in (select place from gone)"""
    )


def _books(bench: Bench, places: int) -> None:
    """Add what a run looks up: names that nobody had, and numbers that were cancelled."""
    bench.run("insert into reg.spelling select id, raw from names where strange order by id")
    bench.table("unheard", "select distinct fk, w_fk from names anti join reg.folded_count using (fk) where own > 0")
    bench.run("insert into reg.folded_count select * from unheard order by fk")
    bench.table("new_names", "select * from names where nk in (select nk from names where own > 0)")
    bench.table("new_names", "select * from new_names anti join reg.name_book using (nk)")
    bench.run(
        """insert into reg.name_book select distinct nk, fd, fk, pk, sgk, gk, nm = fd as bare, w_nk, w_fk
from new_names order by nk"""
    )
    bench.run("create or replace table reg.changed_name as select distinct fk from new_names")
    bench.run("delete from reg.old_number where pid in (select place from gone)")
    bench.table(
        "cancelled",
        f"""select distinct try_cast(trim(old) as bigint) as id, pid from (
  select unnest(string_split(so_dinh_danh_cu, ';')) as old, try_cast(so_dinh_danh as bigint) as id12
  from come where so_dinh_danh_cu is not null)
join (select pid, id12 from reg.person where pid >= {places}) using (id12)
where try_cast(trim(old) as bigint) is not null""",
    )
    bench.run("insert into reg.old_number select id, pid from cancelled order by id, pid")
    bench.run("insert into reg.changed_number select id from cancelled")


def _meta(bench: Bench) -> None:
    """Count the people and mark the register, when they are those of the snapshot, each by one number."""
    people = bench.number("select count(*) from reg.person")
    if people != bench.number("select count(*) from r"):
        raise _Anew
    bench.run(f"update reg.meta set before = mark, people = {people}, updates = updates + 1, mark = ({MARK})")
