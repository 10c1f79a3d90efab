"""The correction file handed to an agency: which cell, what it says, what the register says, under which clause."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from django.db import transaction

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.orthography import sql as writing
from dean06.reconcile.errors import NotYours
from dean06.reconcile.service import looks, runs
from dean06.reconcile.service.opening import opened
from dean06.reconcile.types import RunInfo, ToFix
from dean06.sources import service as sources
from dean06.sources.types import Batch

FIELDS = {
    "so_dinh_danh": ("Số định danh", ("so_cccd", "so_giay_to", "so_cmnd")),
    "ho_ten": ("Họ và tên", ("ho_ten",)),
    "ngay_sinh": ("Ngày sinh", ("ngay_sinh",)),
    "gioi_tinh": ("Giới tính", ("gioi_tinh",)),
    "noi_o": ("Nơi thường trú", ("ma_xa", "dia_chi")),
}
HEADER = ("Trang tính", "Dòng", "Mã bản ghi", "Việc phải sửa", "Trường", "Đang ghi", "Theo sổ dân cư", "Ghi chú")
WIDTHS = (18, 8, 20, 36, 16, 30, 30, 60)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed moment without an offset, as the file format has it

__all__ = ["Heading", "wanted_digest", "workbook"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands over the list: who must fix it, under which clause, by when, and why the rows were read."""

    title: str
    agency: str
    clause: str
    due: date
    ref: str
    purpose: str


def wanted_digest(wanted: Iterable[ToFix], purpose: str) -> str:
    """Return the SHA-256 (hex) of the rows of a correction file and its purpose, to which its permit is bound."""
    rows = ";".join(f"{one.run}/{one.stt}/{one.field}" for one in wanted)
    return digest_of(rows=rows, purpose=ledger.commitment(purpose))


def workbook(by: Permit, viewer: Viewer, group_id: int, heading: Heading, wanted: Iterable[ToFix]) -> bytes:
    """Return the workbook; the look at its rows is recorded before they are read.

    The permit is for object kind `task`, id `<task>:bang-sua`, digest `wanted_digest`.
    """
    looks.require(by, viewer, heading.purpose)
    if not viewer.sits_in(group_id):
        raise NotYours("Bảng sửa thuộc tổ công tác khác.", "The correction file belongs to another group.")
    listed = list(wanted)
    grouped = [(_run_of(label, group_id), some) for label, some in _by_run(listed).items()]
    bound = wanted_digest(listed, heading.purpose)
    with transaction.atomic():
        entry = ledger.append(
            by,
            scope=offices.group_by_id(group_id).slug,
            kind="task",
            object_id=f"{heading.ref}:bang-sua",
            digest=bound,
            bound=bound,
            note={"rows": len(listed)},
        )
        seen = {run.id: (run, sorted({one.stt for one in some})) for run, some in grouped}
        looks.keep(by, entry, seen, heading.purpose)
    return _written(heading, [line for run, some in grouped for line in _lines(run, some)])


def _by_run(listed: Iterable[ToFix]) -> dict[str, list[ToFix]]:
    grouped: dict[str, list[ToFix]] = defaultdict(list)
    for one in listed:
        grouped[one.run].append(one)
    return grouped


def _role(batch: Batch, roles: tuple[str, ...]) -> str:
    there = ", ".join(f"b.{role}" for role in roles if role in batch.roles)
    return f"coalesce({there}, '')" if there else "''"


def _lines(run: RunInfo, wanted: list[ToFix]) -> list[tuple[str, ...]]:
    batch = sources.batch(run.delivery_id)
    values = ", ".join(f"{_role(batch, roles)} as {field}" for field, (_, roles) in _read_of(wanted).items())
    key = _role(batch, ("khoa",))
    with opened(batch.parquet) as link:
        link.execute("create table muon (stt bigint)")
        link.executemany("insert into muon values (?)", [[one.stt] for one in wanted])
        cursor = link.execute(
            f"""select r.stt, r.trang_tinh, r.dong, r.goi_y, r.ly_do, {key} as khoa, {values} from (
                  select (row_number() over ()) - 1 as stt, * from read_parquet({writing.quoted(str(run.result))})) r
                join read_parquet({writing.quoted(str(batch.parquet))}) b using (stt)
                where r.stt in (select stt from muon)"""
        )
        names = [column[0] for column in cursor.description or []]
        found = {int(row[0]): dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
    return [_line(one, found[one.stt]) for one in wanted if one.stt in found]


def _read_of(wanted: Iterable[ToFix]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the fields a correction file reads: what matching compares, and the contract's own that are at fault."""
    own = {one.field: (one.title, (one.field,)) for one in wanted if one.title}
    return own | FIELDS


def _line(one: ToFix, row: dict[str, object]) -> tuple[str, ...]:
    suggested = json.loads(str(row["goi_y"])) if row["goi_y"] else {}
    name, _ = FIELDS.get(one.field, (one.title or "Cả bản ghi", ()))
    return (
        str(row["trang_tinh"] or ""),
        str(row["dong"]),
        str(row["khoa"] or ""),
        one.cause,
        name,
        str(row.get(one.field) or ""),
        str(suggested.get(one.field, "")),
        str(row["ly_do"] or ""),
    )


def _run_of(label: str, group_id: int) -> RunInfo:
    """Return the run that saw a row: the group's own, or one of a group whose corrections it took over."""
    run = runs.for_work(int(label.removeprefix("L")))
    own = {group_id, *(one.id for one in offices.predecessors(group_id))}
    if run.group_id not in own or run.result is None:
        raise NotYours("Lượt đối soát này không thuộc tổ công tác.", "This run is not the group's.")
    return run


def _written(heading: Heading, lines: list[tuple[str, ...]]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": heading.title, "created": _MADE})
    sheet = book.add_worksheet("Bảng sửa")
    bold, head, text = (
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format({"bold": True, "bg_color": "#EFEDE6", "border": 1, "text_wrap": True}),
        book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
    )
    sheet.write_string(0, 0, heading.title, bold)
    sheet.write_string(1, 0, f"{heading.agency} · {heading.clause} · hạn {heading.due:%d/%m/%Y} · {heading.ref}")
    sheet.write_string(2, 0, "Sửa tại nguồn rồi nộp lại cả danh sách kỳ sau: chỉ lần nộp sau mới đóng được sai lệch.")
    for column, (title, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
        sheet.set_column(column, column, width, text)
        sheet.write_string(4, column, title, head)
    for row, line in enumerate(lines, start=5):
        for column, value in enumerate(line):
            sheet.write_string(row, column, value, text)
    sheet.freeze_panes(5, 0)
    sheet.autofilter(4, 0, 4 + max(1, len(lines)), len(HEADER) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(4)
    book.close()
    return file.getvalue()
