"""A round of corrections as a package: what to correct as CSV with its Table Schema, the file to answer in, checksums.

Data Package 2.0. The same rows give the same bytes. What is answered comes back by the finding's name, so the agency
needs no account of its own system's keys; the mark of the value seen tells whether the source changed meanwhile.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from dean06.reconcile.types import FaultyRow, ToAnswer

CORRECTIONS = (
    ("finding", "Mã sai lệch", "string"),
    ("order", "Đơn sửa", "string"),
    ("record_key", "Mã bản ghi", "string"),
    ("sheet", "Trang tính", "string"),
    ("row", "Dòng", "integer"),
    ("field", "Trường", "string"),
    ("field_title", "Tên trường", "string"),
    ("cause", "Việc phải sửa", "string"),
    ("seen", "Dấu của giá trị đã thấy", "string"),
    ("proposed", "Giá trị đề nghị", "string"),
    ("evidence", "Chứng cứ", "string"),
    ("clause", "Căn cứ", "string"),
    ("due", "Hạn", "date"),
)
DISPOSITION = (
    ("finding", "Mã sai lệch", "string"),
    ("seen", "Dấu của giá trị đã thấy", "string"),
    ("disposition", "Trả lời", "string"),
    ("reason", "Lý do", "string"),
    ("reference", "Số văn bản", "string"),
)
WORKBOOK = (
    *(("Trang tính", 14), ("Dòng", 7), ("Mã bản ghi", 16), ("Việc phải sửa", 34), ("Trường", 14), ("Đang ghi", 24)),
    *(("Giá trị đề nghị", 24), ("Đơn sửa", 12), ("Hạn", 12), ("Trả lời", 24), ("Lý do", 34), ("Số văn bản", 20)),
    *(("Mã sai lệch", 12), ("Dấu của giá trị đã thấy", 12)),
)
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FORMULA = re.compile(r"^\s*([=@].|[+-][ \d.,()/-]*[^ \d.,()/-])", re.DOTALL)
_STAMP = (2000, 1, 1, 0, 0, 0)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed moment without an offset, as the file format has it

__all__ = ["CORRECTIONS", "DISPOSITION", "PackageHead", "archive", "workbook"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageHead:
    """What is told of a package: its number, its agency, its day; the answers and reasons that may be given."""

    ref: str
    title: str
    agency: str
    made_on: date
    kinds: Mapping[str, str]
    reasons: Mapping[str, str]


def _csv(header: Sequence[tuple[str, str, str]], rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([name for name, _, _ in header])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: what comes from outside must not execute anywhere."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def _correction(one: ToAnswer, row: FaultyRow, mark: str) -> tuple[str, ...]:
    return (
        one.finding,
        one.order,
        row.key,
        row.sheet,
        str(row.dong),
        one.fix.field,
        row.field,
        one.fix.cause,
        mark,
        row.registered,
        "; ".join(part for part in (f"{one.fix.run}/{one.fix.stt}", one.evidence) if part),
        one.clause,
        one.due.isoformat(),
    )


def archive(head: PackageHead, rows: Sequence[tuple[ToAnswer, FaultyRow]], marks: Mapping[str, str]) -> bytes:
    """Return the package: descriptor, corrections, the file to answer in, and the checksum of each."""
    lines = [_correction(one, row, marks[one.finding]) for one, row in rows]
    blank = [(one.finding, marks[one.finding], "", "", "") for one, _ in rows]
    files = {"corrections.csv": _csv(CORRECTIONS, lines), "disposition.csv": _csv(DISPOSITION, blank)}
    files["datapackage.json"] = _descriptor(head, files, len(rows))
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    files["SHA256SUMS"] = sums.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name, _STAMP), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _descriptor(head: PackageHead, files: Mapping[str, bytes], count: int) -> bytes:
    told: dict[str, Any] = {
        "$schema": PROFILE,
        "name": re.sub(r"[^a-z0-9.-]+", "-", head.ref.lower()),
        "title": head.title,
        "created": f"{head.made_on.isoformat()}T00:00:00+07:00",
        "dean06:agency": head.agency,
        "dean06:handover": head.ref,
        "dean06:rows": count,
        "resources": [
            _resource("corrections", "corrections.csv", files, _schema(CORRECTIONS, "finding")),
            _resource("disposition", "disposition.csv", files, _answers_schema(head)),
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(name: str, path: str, files: Mapping[str, bytes], schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(files[path]),
        "hash": f"sha256:{hashlib.sha256(files[path]).hexdigest()}",
        "schema": dict(schema),
    }


def _schema(header: Sequence[tuple[str, str, str]], key: str) -> dict[str, Any]:
    fields: list[dict[str, Any]] = [{"name": name, "title": title, "type": kind} for name, title, kind in header]
    for field in fields:
        if field["name"] in {key, "due"}:
            field["constraints"] = {"required": True}
    return {"fields": fields, "missingValues": [""], "primaryKey": [key]}


def _answers_schema(head: PackageHead) -> dict[str, Any]:
    schema = _schema(DISPOSITION, "finding")
    codes = {"disposition": head.kinds, "reason": head.reasons}
    for field in schema["fields"]:
        if told := codes.get(field["name"]):
            field["constraints"] = {"enum": list(told)}
            field["dean06:meanings"] = dict(told)
    return schema


def workbook(head: PackageHead, rows: Sequence[tuple[ToAnswer, FaultyRow]], marks: Mapping[str, str]) -> bytes:
    """Return the package as one workbook to answer in: a row a fault, answers and reasons chosen from lists."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": head.title, "created": _MADE})
    sheet, lists = book.add_worksheet("Trả lời"), book.add_worksheet("Danh mục")
    for column, words in enumerate((head.kinds, head.reasons)):
        for at, word in enumerate(words.values()):
            lists.write_string(at, column, word)
    _heading(book, sheet, head)
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    open_ = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "bg_color": "#FFF8E1", "border": 1})
    for place, (one, row) in enumerate(rows, start=4):
        for column, value in enumerate(_answer_line(one, row, marks[one.finding])):
            sheet.write_string(place, column, value, open_ if column in {9, 10, 11} else text)
    last = 3 + max(1, len(rows))
    for column, words in ((9, head.kinds), (10, head.reasons)):
        source = f"='Danh mục'!${'AB'[column - 9]}$1:${'AB'[column - 9]}${len(words)}"
        told = {"validate": "list", "source": source, "error_message": "Chọn một giá trị trong danh sách."}
        sheet.data_validation(4, column, last, column, told)
    sheet.autofilter(3, 0, last, len(WORKBOOK) - 1)
    book.close()
    return file.getvalue()


def _heading(book: Any, sheet: Any, head: PackageHead) -> None:
    bold = book.add_format({"bold": True, "font_size": 14})
    top = book.add_format({"bold": True, "bg_color": "#EFEDE6", "border": 1, "text_wrap": True})
    sheet.write_string(0, 0, head.title, bold)
    sheet.write_string(
        1, 0, "Chọn «Trả lời» ở từng dòng (cột tô vàng), lưu tệp rồi gửi lại. Dòng để trống là chưa trả lời."
    )
    for column, (title, width) in enumerate(WORKBOOK):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, title, top)
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)


def _answer_line(one: ToAnswer, row: FaultyRow, mark: str) -> tuple[str, ...]:
    cause = f"{one.fix.cause} ({one.evidence})" if one.evidence else one.fix.cause
    told = (row.sheet, str(row.dong), row.key, cause, row.field, row.value, row.registered, one.order)
    return (*told, f"{one.due:%d/%m/%Y}", "", "", "", one.finding, mark)
