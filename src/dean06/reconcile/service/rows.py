"""Rows of a run for a person with a purpose: each page seen leaves its entry in the ledger before it is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from dean06.charter.types import Permit
from dean06.offices.types import Viewer
from dean06.orthography import sql as writing
from dean06.reconcile.errors import NotYours
from dean06.reconcile.models import Run
from dean06.reconcile.service import looks
from dean06.reconcile.service.opening import opened
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


def _where(wanted: RowFilter) -> tuple[str, list[str]]:
    clauses, values = ["true"], []
    if wanted.result:
        clauses.append("ket_qua = ?")
        values.append(wanted.result)
    if wanted.field:
        clauses.append("list_contains(string_split(coalesce(sai_truong, ''), ';'), ?)")
        values.append(wanted.field)
    if wanted.sheet:
        clauses.append("trang_tinh = ?")
        values.append(wanted.sheet)
    if wanted.text.strip().isdigit() and len(wanted.text.strip()) < 8:
        clauses.append("dong = cast(? as integer)")
        values.append(wanted.text.strip())
    elif wanted.text.strip():
        haystack = writing.folded(
            writing.composed("concat_ws(' ', so_dinh_danh, columns(c -> starts_with(c, 'goc_')))")
        )
        clauses.append(f"contains({haystack}, {writing.folded(writing.composed('cast(? as varchar)'))})")
        values.append(wanted.text.strip())
    return " and ".join(clauses), values


ROLES = ("ho_ten", "ngay_sinh", "gioi_tinh", "so_cccd", "so_giay_to", "so_cmnd", "ma_xa", "dia_chi", "khoa")


@contextmanager
def _open(run: RunInfo) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a run's rows beside what was delivered, role by role, both read-only."""
    batch = sources.batch(run.delivery_id)
    roles = ", ".join(f"b.{role} as vai_{role}" for role in ROLES if role in batch.roles)
    with opened(_result(run)) as link:
        link.execute(
            f"""create view dong_ket_qua as
            select r.*{f", {roles}" if roles else ""}
            from (select (row_number() over ()) - 1 as stt, * from read_parquet({writing.quoted(str(run.result))})) r
            join read_parquet({writing.quoted(str(batch.parquet))}) b using (stt)"""
        )
        yield link


def _result(run: RunInfo) -> Path:
    if run.result is None:
        raise NotYours("Lượt này chưa có kết quả.", "The run has no result yet.")
    return run.result


def _select(run: RunInfo, wanted: RowFilter, limits: str) -> tuple[list[str], list[tuple[object, ...]], int]:
    where, values = _where(wanted)
    order = ORDERS.get(wanted.sort, "stt")
    with _open(run) as link:
        total = link.execute(f"select count(*) from dong_ket_qua where {where}", values).fetchall()[0][0]
        cursor = link.execute(f"select * from dong_ket_qua where {where} order by {order} {limits}", values)
        names = [column[0] for column in cursor.description or []]
        return names, cursor.fetchall(), int(total)


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
        original=_texts(named, "goc_"),
    )


def page(by: Permit, viewer: Viewer, run_id: int, wanted: RowFilter, number: int, *, purpose: str) -> Page:
    """Return one page of a run's rows; the look is recorded with its purpose before anything is shown."""
    run = _own(viewer, run_id)
    looks.require(by, viewer, purpose)
    names, found, total = _select(run, wanted, f"limit {SIZE} offset {(number - 1) * SIZE}")
    made = tuple(_made(names, values) for values in found)
    looks.record(by, viewer, run, f"trang-{number}", purpose, [one.stt for one in made])
    return Page(rows=made, total=total, number=number, size=SIZE)


def row(by: Permit, viewer: Viewer, run_id: int, stt: int, *, purpose: str) -> ResultRow:
    """Return one row by its place in the file; the look is recorded first."""
    run = _own(viewer, run_id)
    looks.require(by, viewer, purpose)
    with _open(run) as link:
        cursor = link.execute("select * from dong_ket_qua where stt = ?", [stt])
        names = [column[0] for column in cursor.description or []]
        found = cursor.fetchall()
    if not found:
        raise NotYours("Lượt này không có dòng đó.", "The run has no such row.")
    looks.record(by, viewer, run, f"dong-{stt}", purpose, [stt])
    return _made(names, found[0])


def sheets(viewer: Viewer, run_id: int) -> list[tuple[str, int]]:
    """Return the sheets of a run with their counts; holds no value of a person."""
    run = _own(viewer, run_id)
    with opened(_result(run)) as link:
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
