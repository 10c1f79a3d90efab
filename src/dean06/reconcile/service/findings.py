"""What a run found wrong, as places and codes: the one way in which rows of people leave this room."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

import duckdb

from dean06.ledger import service as ledger
from dean06.orthography import sql as writing
from dean06.population import service as population
from dean06.reconcile import differences
from dean06.reconcile.service import contradictions
from dean06.reconcile.service.opening import opened
from dean06.reconcile.service.runs import for_work
from dean06.reconcile.types import Difference, RunInfo
from dean06.sources import live as contracts
from dean06.sources import service as sources
from dean06.sources.types import Batch

# Verdicts that say something of the whole record; a row that matches fully or after normalisation is no finding.
WHOLE = ("DA_CHET", "DA_CHUYEN_DI", "TRUNG", "KHONG_TIM_THAY", "NGHI_VAN", "SAI_DINH_DANG")
FIELDWISE = "KHOP_SAI_LECH"
# What a run says of somebody in a state of the register (design §9) that a contract may say its list keeps.
GONE = {"chet": "DA_CHET", "chuyen_di": "DA_CHUYEN_DI"}
RECORD = contradictions.RECORD
# What matching compares of a person, by the field that a rule of the contract may find fault with.
COMPARED = {
    "so_cccd": "so_dinh_danh",
    "so_giay_to": "so_dinh_danh",
    "so_cmnd": "so_dinh_danh",
    "ho_ten": "ho_ten",
    "ngay_sinh": "ngay_sinh",
    "gioi_tinh": "gioi_tinh",
    "ma_xa": "noi_o",
    "dia_chi": "noi_o",
}
# A cell that can be a record's key as it stands.
READABLE = "[0-9A-Za-z./-]{4,}"

__all__ = ["as_found", "differences_of", "mark_of", "records_of", "tested_rules", "untested_fields"]


def _key(batch: Batch) -> str:
    """Return SQL for the key of a record: the contract's, else the person found, else name and birth date.

    A row that was set aside at the door has none of these: its key is the contract's where that cell can be read, so
    that the mended row proves it, else the whole row as written.
    """
    name = writing.folded(writing.composed("b.ho_ten")) if "ho_ten" in batch.roles else "''"
    born = "b.ngay_sinh" if "ngay_sinh" in batch.roles else "''"
    fallback = f"'n:' || coalesce({name}, '') || '|' || coalesce({born}, '')"
    own = "case when b.khoa is not null then 'k:' || b.khoa end, " if "khoa" in batch.roles else ""
    told = f"coalesce({own}case when r.so_dinh_danh <> '' then 'p:' || r.so_dinh_danh end, {fallback})"
    return f"case when b.cach_ly is null then {told} else coalesce({_written_key(batch)}, {_whole(batch)}) end"


def _written_key(batch: Batch) -> str:
    cells = [f"b.{writing.identifier(column)}" for column in batch.role_columns.get("khoa", ())]
    read = [f"case when regexp_full_match({cell}, '{READABLE}') then 'k:' || {cell} end" for cell in cells]
    return f"coalesce({', '.join([*read, 'null'])})"


def _whole(batch: Batch) -> str:
    first, *others = [f"coalesce(b.{writing.identifier(column)}, '')" for column in batch.original_columns]
    # An ordinal says where the row stood in one list, not which row it is.
    own = f"case when regexp_full_match({first}, '[0-9]{{1,7}}') then '' else {first} end"
    return f"'g:' || concat_ws(chr(31), {', '.join([own, *others])})"


@contextmanager
def _open(run: RunInfo, batch: Batch) -> Iterator[duckdb.DuckDBPyConnection]:
    register = population.register(run.register_id).directory / "register.parquet"
    with opened(batch.parquet, threads=2) as link:
        for name, path in (("ketqua", run.result), ("lo", batch.parquet), ("so", register)):
            link.execute(f"create view {name} as select * from read_parquet({writing.quoted(str(path))})")
        if "cach_ly" not in {str(row[0]) for row in link.execute("describe lo").fetchall()}:
            link.execute(
                "create or replace view lo as select *, null::varchar as cach_ly from "
                f"read_parquet({writing.quoted(str(batch.parquet))})"
            )
        link.execute("create view r as select (row_number() over ()) - 1 as stt, * from ketqua")
        yield link


def _role(batch: Batch, role: str) -> str:
    return f"coalesce(b.{role}, '')" if role in batch.roles else "''"


def _number(batch: Batch) -> str:
    given = [f"b.{role}" for role in ("so_cccd", "so_giay_to", "so_cmnd") if role in batch.roles]
    candidates = ", ".join([*given, "''"])
    return f"coalesce({candidates})"


def untested_fields(run_id: int) -> frozenset[str]:
    """Return the fields that matching could not compare in a run, since the list does not have them."""
    batch = sources.batch(for_work(run_id).delivery_id)
    return frozenset(COMPARED.values()) - {COMPARED[role] for role in batch.roles if role in COMPARED}


def tested_rules(run_id: int) -> frozenset[tuple[str, str]]:
    """Return (rule, field) of the contract that a run's delivery was tested on, fields named as findings name them."""
    run = for_work(run_id)
    checked = sources.examined_for_work(run.delivery_id)
    own = as_found((one.rule, one.field) for one in (checked.rules if checked else ()))
    across = {(rule.code, RECORD) for rule, _ in contradictions.tested(run, contradictions.others_of(run))}
    return frozenset(own | across)


def as_found(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return (rule, field) of a contract with the fields named as findings name them."""
    return frozenset((rule, COMPARED.get(field, field)) for rule, field in pairs)


def _contradicted(run: RunInfo, batch: Batch, link: duckdb.DuckDBPyConnection) -> Iterator[Difference]:
    """Yield every row that another dataset contradicts, once a rule."""
    others = contradictions.others_of(run)
    kinds = {rule.code: rule.kind for rule, _ in contradictions.tested(run, others)}
    if not kinds:
        return
    wrong = contradictions.query(link, run, others)
    cursor = link.execute(
        f"""select r.stt, r.trang_tinh, r.dong, {_key(batch)} as khoa_ghi,
               coalesce(g.thuong_tru_xa, {_role(batch, "ma_xa")}) as xa, x.luat, '{RECORD}', '{RECORD}'
            from (select distinct stt, luat from ({wrong})) x join r using (stt) join lo b using (stt)
              left join so g on g.so_dinh_danh = r.so_dinh_danh order by r.stt, x.luat"""
    )
    yield from _told(run, cursor, {(code, RECORD): kind for code, kind in kinds.items()})


def mark_of(run_id: int, field: str, wanted: Callable[[str], bool]) -> str:
    """Return a keyed commitment of what a run's list says in a compared field of one record; empty where it is gone.

    The same words give the same mark in every delivery; nothing can be read out of it. `wanted` knows the record by the
    commitment of its key.
    """
    run = for_work(run_id)
    batch = sources.batch(run.delivery_id)
    roles = [f"b.{role}" for role, compared in COMPARED.items() if compared == field and role in batch.roles]
    told = writing.composed(f"coalesce({', '.join([*roles, chr(39) * 2])})")
    commit = ledger.committer()
    with _open(run, batch) as link:
        cursor = link.execute(f"select {_key(batch)}, {told} from r join lo b using (stt) order by r.stt")
        while rows := cursor.fetchmany(5000):
            for key, value in rows:
                if wanted(commit(f"{run.source}\x1f{key}")):
                    return commit(f"{field}\x1f{value}")
    return ""


def _broken(run: RunInfo, batch: Batch, link: duckdb.DuckDBPyConnection) -> Iterator[Difference]:
    """Yield every row that breaks a rule of the contract, but where matching says more of the same cell."""
    path, checked = sources.broken_file(run.delivery_id), sources.examined_for_work(run.delivery_id)
    if path is None or checked is None or not checked.broken_rows:
        return
    kinds = {(one.rule, one.field): one.kind for one in checked.rules}
    told = " ".join(f"when '{field}' then '{compared}'" for field, compared in COMPARED.items())
    promises = ", ".join(f"'{code}'" for code in contracts.PROMISES)
    cursor = link.execute(
        f"""select r.stt, r.trang_tinh, r.dong, {_key(batch)} as khoa_ghi,
               coalesce(g.thuong_tru_xa, {_role(batch, "ma_xa")}) as xa, x.luat,
               case x.truong {told} else x.truong end as truong, x.truong as goc
            from read_parquet({writing.quoted(str(path))}) x join r using (stt) join lo b using (stt)
              left join so g on g.so_dinh_danh = r.so_dinh_danh
            where not (r.ket_qua = '{FIELDWISE}' and coalesce(list_contains(string_split(r.sai_truong, ';'),
                case x.truong {told} end), false))
              and not (r.ket_qua = 'SAI_DINH_DANG' and x.luat in ({promises}) and case x.truong {told} end is not null)
            order by r.stt, x.luat, x.truong"""
    )
    yield from _told(run, cursor, kinds)


def _told(
    run: RunInfo, cursor: duckdb.DuckDBPyConnection, kinds: Mapping[tuple[str, str], str]
) -> Iterator[Difference]:
    commit = ledger.committer()
    while rows := cursor.fetchmany(2000):
        for stt, sheet, dong, key, commune, rule, field, own in rows:
            yield Difference(
                record=commit(f"{run.source}\x1f{key}"),
                field=field,
                rule=rule,
                kind=kinds[rule, own],
                details=(),
                commune=_unit(commune),
                sheet=str(sheet or ""),
                dong=int(dong),
                stt=int(stt),
            )


def _unit(commune: object) -> str:
    code = str(commune or "")
    return code if len(code) == 5 and code.isdigit() else ""


def differences_of(run_id: int) -> Iterator[Difference]:
    """Yield every fault of a run: what breaks a rule, what other datasets contradict, then what matching found."""
    run = for_work(run_id)
    batch = sources.batch(run.delivery_id)
    commit = ledger.committer()
    with _open(run, batch) as link:
        yield from _broken(run, batch, link)
        yield from _contradicted(run, batch, link)
        cursor = link.execute(
            f"""select r.stt, r.trang_tinh, r.dong, r.ket_qua, r.sai_truong, r.goi_y, {_key(batch)} as khoa_ghi,
                   coalesce(g.thuong_tru_xa, {_role(batch, "ma_xa")}) as xa, {_role(batch, "ho_ten")} as ho_ten,
                   {_role(batch, "ngay_sinh")} as ngay_sinh, {_number(batch)} as so, {_role(batch, "ma_xa")} as ma_xa,
                   n.so_dinh_danh is not null as cua_nguoi_khac
                from r join lo b using (stt) left join so g on g.so_dinh_danh = r.so_dinh_danh
                  left join so n on n.so_dinh_danh = lpad(regexp_replace({_number(batch)}, '[^0-9]', '', 'g'), 12, '0')
                    and n.so_dinh_danh <> r.so_dinh_danh
                where r.ket_qua in ({", ".join(f"'{code}'" for code in (*WHOLE, FIELDWISE))}) order by r.stt"""
        )
        names = [column[0] for column in cursor.description or []]
        kept = {GONE[state] for state in sources.contract_of_delivery(run.delivery_id).keeps}
        while rows := cursor.fetchmany(2000):
            for values in rows:
                row = dict(zip(names, values, strict=True))
                verdict = FIELDWISE if row["ket_qua"] in kept else str(row["ket_qua"])
                yield from _of_row(run.source, commit, row, verdict)


def _of_row(source: str, commit: Callable[[str], str], row: dict[str, object], verdict: str) -> Iterator[Difference]:
    record = commit(f"{source}\x1f{row['khoa_ghi']}")
    suggested = json.loads(str(row["goi_y"])) if row["goi_y"] else {}
    fields = (RECORD,) if verdict in WHOLE else tuple(code for code in str(row["sai_truong"] or "").split(";") if code)
    for field in fields:
        yield Difference(
            record=record,
            field=field,
            rule=verdict,
            details=_details(field, row, str(suggested.get(field, ""))),
            commune=_unit(row["xa"]),
            sheet=str(row["trang_tinh"] or ""),
            dong=int(str(row["dong"])),
            stt=int(str(row["stt"])),
        )


def _details(field: str, row: dict[str, object], registered: str) -> tuple[str, ...]:
    match field:
        case "ho_ten" | "ngay_sinh" if registered:
            return (differences.SIMPLE[field](str(row[field]), registered),)
        case "so_dinh_danh":
            return (differences.number(str(row["so"]), registered, known=bool(row["cua_nguoi_khac"])),)
        case "noi_o":
            return (differences.place(str(row["ma_xa"]), registered, old=False),)
        case _:
            return ()


def records_of(run_id: int) -> Iterator[str]:
    """Yield the commitment of every record in the run's delivery, faulty or not."""
    run = for_work(run_id)
    batch = sources.batch(run.delivery_id)
    commit = ledger.committer()
    with _open(run, batch) as link:
        cursor = link.execute(f"select {_key(batch)} from r join lo b using (stt)")
        while rows := cursor.fetchmany(5000):
            for (key,) in rows:
                yield commit(f"{run.source}\x1f{key}")
