"""T1: what a list says of a person, field by field, beside what the group's other newest lists say of them."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from dean06.orthography import dates
from dean06.orthography import sql as writing
from dean06.places import service as places
from dean06.population import service as population
from dean06.reconcile.service import contradictions
from dean06.reconcile.types import RunInfo
from dean06.sources import service as sources
from dean06.sources.live import Contract
from dean06.sources.types import Batch

FIELDS = ("ho_ten", "ngay_sinh", "gioi_tinh", "so", "xa")
NUMBERS = ("so_cccd", "so_giay_to")
ROLES = ("ho_ten", "ngay_sinh", "gioi_tinh", *NUMBERS, "ma_xa")

__all__ = ["laid"]


def laid(link: duckdb.DuckDBPyConnection, run: RunInfo, *, wanted: bool = True) -> bool:
    """Lay `thong_nhat` (stt, giong, so_o): of each person who is in another list too, the fields compared and alike.

    A field is compared where this list and at least one other have it; it is alike where every other list agrees. A
    date known in part agrees with what it may be. False where the group has no other list, or nobody wants it.
    """
    others = contradictions.others_of(run) if wanted else []
    if not others:
        link.execute("create temp table thong_nhat (stt bigint, giong int, so_o int)")
        return False
    _lay_units(link, run)
    _lay_shared(link, run, others)
    _lay_list(link, run, "noi_day")
    for one in others:
        _lay_list(link, one, f"noi_{one.id}")
    listed = " union all ".join(f"select * from noi_{one.id}" for one in others)
    compared = ", ".join(
        f"count(*) filter (where {both}) > 0 as c_{name},"
        f" coalesce(bool_and({_alike(name)}) filter (where {both}), false) as d_{name}"
        for name in FIELDS
        for both in (f"here.{name} is not null and there.{name} is not null",)
    )
    good = " + ".join(f"d_{name}::int" for name in FIELDS)
    total = " + ".join(f"c_{name}::int" for name in FIELDS)
    link.execute(
        f"""create temp table thong_nhat as select stt, ({good})::int as giong, ({total})::int as so_o from
            (select here.stt, {compared} from noi_day here join ({listed}) there using (nguoi) group by here.stt)"""
    )
    return True


def _alike(name: str) -> str:
    if name != "ngay_sinh":
        return f"here.{name} = there.{name}"
    one, other = "here.ngay_sinh", "there.ngay_sinh"
    return f"""{one} // 10000 = {other} // 10000
        and ({one} // 100 % 100 in (0, {other} // 100 % 100) or {other} // 100 % 100 = 0)
        and ({one} % 100 in (0, {other} % 100) or {other} % 100 = 0)"""


def _lay_shared(link: duckdb.DuckDBPyConnection, run: RunInfo, others: Sequence[RunInfo]) -> None:
    """Lay `chung`: who is named in this list and in another; what lists say of anybody else is never read."""
    here, *there = (
        f"select so_dinh_danh from read_parquet({writing.quoted(str(one.result))}) where so_dinh_danh <> ''"
        for one in (run, *others)
    )
    link.execute(
        f"""create temp table chung as select distinct so_dinh_danh from ({here})
            where so_dinh_danh in ({" union all ".join(there)})"""
    )


def _lay_units(link: duckdb.DuckDBPyConnection, run: RunInfo) -> None:
    """Lay `xa_cu`: units of earlier catalogues that one unit of the register's day holds whole."""
    moved = places.old_codes(population.register(run.register_id).as_of)
    pairs = [(old, new[0]) for old, new in moved.items() if len(new) == 1]
    link.execute(
        "create temp table xa_cu as select unnest($1::varchar[]) as cu, unnest($2::varchar[]) as moi",
        [[old for old, _ in pairs], [new for _, new in pairs]],
    )


def _lay_list(link: duckdb.DuckDBPyConnection, run: RunInfo, table: str) -> None:
    """Lay the shared people of a run as its list writes them, each once, by the first row."""
    batch, contract = sources.batch(run.delivery_id), sources.contract_of_delivery(run.delivery_id)
    link.execute(
        f"""create temp table dong_{table} as select k.stt, k.so_dinh_danh as nguoi
            from (select (row_number() over ()) - 1 as stt, so_dinh_danh
                  from read_parquet({writing.quoted(str(run.result))})) k
            where k.so_dinh_danh in (select so_dinh_danh from chung)
            qualify row_number() over (partition by k.so_dinh_danh order by k.stt) = 1"""
    )
    held = [role for role in ROLES if role in batch.roles]
    columns = "".join(f", {role}" for role in held)
    link.execute(
        f"""create temp table lo_{table} as select stt, nguoi{columns} from dong_{table}
            join (select stt{columns} from read_parquet({writing.quoted(str(batch.parquet))})) using (stt)"""
    )
    joins, told = [], dict.fromkeys(FIELDS, "null")
    if "ho_ten" in batch.roles:
        names = writing.normal_names(f"select distinct ho_ten as raw from lo_{table} where ho_ten is not null")
        joins.append(f"left join ({names}) n on n.raw = b.ho_ten")
        told["ho_ten"] = "nullif(n.nm, '')"
    if "ngay_sinh" in batch.roles:
        newest = population.register(run.register_id).as_of.year
        spelt = f"select distinct ngay_sinh as raw from lo_{table} where ngay_sinh is not null"
        joins.append(
            f"left join ({dates.parsed(spelt, order=contract.dates.order, newest=newest)}) d on d.raw = b.ngay_sinh"
        )
        told["ngay_sinh"] = "case when not d.odd then d.dob end"
    if "gioi_tinh" in batch.roles:
        told["gioi_tinh"] = _sex(contract)
    if number := _number(batch):
        told["so"] = number
    if "ma_xa" in batch.roles:
        joins.append("left join xa_cu on xa_cu.cu = b.ma_xa")
        told["xa"] = "coalesce(xa_cu.moi, b.ma_xa)"
    kinds = {"ngay_sinh": "int"}
    told_as = ", ".join(f"({expression})::{kinds.get(name, 'varchar')} as {name}" for name, expression in told.items())
    link.execute(f"create temp table {table} as select b.stt, b.nguoi, {told_as} from lo_{table} b {' '.join(joins)}")


def _sex(contract: Contract) -> str:
    """Return SQL for Nam or Nữ as a source's code says; nothing for any other code."""
    known = {code.lower(): sex for code, sex in contract.sex_codes.items() if sex}
    pairs = ", ".join(f"{writing.quoted(code)}: {writing.quoted(sex)}" for code, sex in known.items())
    return f"map {{{pairs}}}[lower(trim(b.gioi_tinh))]"


def _number(batch: Batch) -> str:
    """Return SQL for a personal number of twelve digits (lost zeros put back); an older paper's number is none."""
    written = ", ".join(f"b.{role}" for role in NUMBERS if role in batch.roles)
    if not written:
        return ""
    digits = f"regexp_replace(coalesce({written}), '[^0-9]', '', 'g')"
    return f"case when length({digits}) between 10 and 12 then lpad({digits}, 12, '0') end"
