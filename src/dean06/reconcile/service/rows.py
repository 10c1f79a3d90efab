"""Rows of a run for a person with a purpose: each page seen leaves its entry in the ledger before it is shown."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from dean06.charter.types import Permit
from dean06.offices.types import Viewer
from dean06.orthography import sql as writing
from dean06.reconcile.errors import NotYours
from dean06.reconcile.models import Run
from dean06.reconcile.service import looks, measuring, scores
from dean06.reconcile.service.opening import glanced
from dean06.reconcile.service.runs import info
from dean06.reconcile.types import Page, ResultRow, RowFilter, RunInfo
from dean06.sources import service as sources

SIZE = 25
# What a reader may sort by; anything else falls back to the order of the file.
ORDERS = {
    "dong": "stt",
    "tin_cay": "do_tin_cay, stt",
    "tin_cay_giam": "do_tin_cay desc, stt",
    "ket_qua": "ket_qua, stt",
}
__all__ = ["ORDERS", "SIZE", "page", "result_file", "row", "sheets"]


def _own(viewer: Viewer, run_id: int) -> RunInfo:
    row = Run.objects.select_related("delivery").filter(pk=run_id, group_id__in=viewer.groups).first()
    if row is None or not row.result_path:
        raise NotYours(
            "Không có lượt đối soát này trong tổ công tác của bạn.", "Your groups hold no such run with a result."
        )
    return info(row)


def _where(wanted: RowFilter, roles: Sequence[str], within: list[int] | None) -> tuple[str, list[str | list[int]]]:
    clauses: list[str] = ["true"]
    values: list[str | list[int]] = []
    if within is not None:
        clauses.append("stt in (select unnest(?::bigint[]))")
        values.append(within)
    if wanted.result:
        clauses.append("ket_qua = ?")
        values.append(wanted.result)
    if wanted.field:
        clauses.append("list_contains(string_split(coalesce(sai_truong, ''), ';'), ?)")
        values.append(wanted.field)
    if wanted.sheet:
        clauses.append("trang_tinh = ?")
        values.append(wanted.sheet)
    text = unicodedata.normalize("NFC", wanted.text).strip()
    digits = text.replace(" ", "")
    if digits.isdecimal() and len(digits) < 8:
        clauses.append("dong = cast(? as integer)")
        values.append(digits)
    elif text:
        said = digits if digits.isdecimal() else text  # a number is written in groups, and kept without spaces
        others = ", ".join([NOTHING, *(role for role in roles if role != NAME)])
        asked = [f"contains(lower(concat_ws(' ', {others})), lower(?))"]
        if NAME in roles:
            asked.append(f"contains({writing.folded(f'lower({NAME})')}, {writing.folded('lower(?)')})")
        clauses.append(f"(contains(so_dinh_danh, ?) or stt in (select stt from lo where {' or '.join(asked)}))")
        values += [said] * (1 + len(asked))
    return " and ".join(clauses), values


# What is read of a run's own columns to show a row; the input columns, untouched, stay in the result file.
TOLD = ", ".join(
    f"r.{name}"
    for name in (
        *("stt", "trang_tinh", "dong", "ket_qua", "so_dinh_danh", "do_tin_cay"),
        *("sai_truong", "goi_y", "ung_vien", "ly_do", "lop"),
    )
)
NAME = "ho_ten"
NOTHING = "''"
ROLES = ("ho_ten", "ngay_sinh", "gioi_tinh", "so_cccd", "so_giay_to", "so_cmnd", "ma_xa", "dia_chi", "khoa")


@contextmanager
def _open(run: RunInfo) -> Iterator[tuple[duckdb.DuckDBPyConnection, list[str]]]:
    """Open a run's rows and, beside them, what was delivered, both read-only; gives the roles of the delivery too."""
    batch = sources.batch(run.delivery_id)
    with glanced(_result(run)) as link:
        link.execute(
            "create temp view ket as select file_row_number as stt, * exclude (file_row_number) "
            f"from read_parquet({writing.quoted(str(run.result))}, file_row_number = true)"
        )
        link.execute(f"create temp view lo as select * from read_parquet({writing.quoted(str(batch.parquet))})")
        yield link, [role for role in ROLES if role in batch.roles]


def _result(run: RunInfo) -> Path:
    if run.result is None:
        raise NotYours("Lượt này chưa có kết quả.", "The run has no result yet.")
    return run.result


def _select(run: RunInfo, wanted: RowFilter, number: int) -> tuple[list[ResultRow], int]:
    """Return one page of rows and their count: first which rows, from the few columns that say so, then those whole."""
    order = ORDERS.get(wanted.sort, "stt")
    narrowed = wanted.measure or wanted.commune
    within = measuring.places_of(run, scores.lists_of(run), wanted.measure, wanted.commune) if narrowed else None
    with _open(run) as (link, roles):
        where, values = _where(wanted, roles, within)
        link.execute(f"create temp table chon as select stt from ket where {where} order by {order}", values)
        total = link.execute("select count(*) from chon").fetchall()[0][0]
        limits = f"limit {SIZE} offset {(number - 1) * SIZE}"
        chosen = link.execute(f"select stt from chon order by rowid {limits}").fetchall()
        return _fetched(link, roles, [int(row[0]) for row in chosen]), int(total)


def _fetched(link: duckdb.DuckDBPyConnection, roles: Sequence[str], stts: Sequence[int]) -> list[ResultRow]:
    """Return rows by their places in the file, in the order asked for."""
    if not stts:
        return []
    listed = ", ".join(map(str, stts))
    delivered = "".join(f", b.{role} as vai_{role}" for role in roles)
    own = "".join(f", {role}" for role in roles)
    cursor = link.execute(
        f"""select {TOLD}{delivered} from (select {TOLD} from ket r where stt in ({listed})) r
            join (select stt{own} from lo where stt in ({listed})) b using (stt)"""
    )
    names = [column[0] for column in cursor.description or []]
    made = {one.stt: one for one in (_made(names, values) for values in cursor.fetchall())}
    return [made[stt] for stt in stts if stt in made]


def _texts(named: dict[str, object], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): "" if value is None else str(value)
        for name, value in named.items()
        if name.startswith(prefix)
    }


def _made(names: list[str], values: tuple[object, ...]) -> ResultRow:
    named = dict(zip(names, values, strict=True))
    suggested = json.loads(str(named["goi_y"])) if named["goi_y"] else {}
    candidates = json.loads(str(named["ung_vien"])) if named["ung_vien"] else []
    confidence = named["do_tin_cay"]
    return ResultRow(
        stt=int(str(named["stt"])),
        sheet=str(named["trang_tinh"] or ""),
        dong=int(str(named["dong"])),
        result=str(named["ket_qua"]),
        number=str(named["so_dinh_danh"] or ""),
        confidence=float(str(confidence)) if confidence is not None else 0.0,
        wrong=tuple(code for code in str(named["sai_truong"] or "").split(";") if code),
        suggested={str(key): str(value) for key, value in suggested.items()},
        candidates=tuple(candidates),
        reason=str(named["ly_do"] or ""),
        layer=str(named["lop"] or ""),
        values=_texts(named, "vai_"),
    )


def page(by: Permit, viewer: Viewer, run_id: int, wanted: RowFilter, number: int, *, purpose: str) -> Page:
    """Return one page of a run's rows; the look is recorded with its purpose before anything is shown."""
    run = _own(viewer, run_id)
    looks.require(by, viewer, purpose)
    found, total = _select(run, wanted, number)
    made = tuple(found)
    looks.record(by, viewer, run, f"trang-{number}", purpose, [one.stt for one in made])
    return Page(rows=made, total=total, number=number, size=SIZE)


def row(by: Permit, viewer: Viewer, run_id: int, stt: int, *, purpose: str) -> ResultRow:
    """Return one row by its place in the file; the look is recorded first."""
    run = _own(viewer, run_id)
    looks.require(by, viewer, purpose)
    with _open(run) as (link, roles):
        found = _fetched(link, roles, [stt])
    if not found:
        raise NotYours("Lượt này không có dòng đó.", "The run has no such row.")
    looks.record(by, viewer, run, f"dong-{stt}", purpose, [stt])
    return found[0]


def sheets(viewer: Viewer, run_id: int) -> list[tuple[str, int]]:
    """Return the sheets of a run with their counts; holds no value of a person."""
    run = _own(viewer, run_id)
    with glanced(_result(run)) as link:
        found = link.execute(
            f"select trang_tinh, count(*) from read_parquet({writing.quoted(str(run.result))}) group by 1 order by 1"
        ).fetchall()
    return [(str(name or ""), int(count)) for name, count in found]


def result_file(by: Permit, viewer: Viewer, run_id: int, *, purpose: str) -> Path:
    """Return the result file of a run for a download, which is recorded as a read of every row."""
    run = _own(viewer, run_id)
    result = _result(run)
    looks.record(by, viewer, run, "tai", purpose, looks.EVERY_ROW)
    return result
