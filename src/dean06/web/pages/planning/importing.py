"""Nhập từ Excel: the task list of a higher plan, read and shown row by row with its faults before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from dean06.clock.errors import BadInput
from dean06.flows import plan_lists, planning
from dean06.web import taking, writing
from dean06.web.language import words
from dean06.web.pages.planning.plan import own_plan
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.parts.page import Link, PageHead
from dean06.web.reader import Reader, group_page
from dean06.work.service import plans as work
from dean06.work.types import NewLine, PlanInfo

COLUMNS = (
    taking.Column(code="label", label="STT", spellings=("TT", "Số TT", "Số thứ tự")),
    taking.Column(
        code="task",
        label="Nhiệm vụ",
        spellings=(
            "Nội dung nhiệm vụ",
            "Nội dung công việc",
            "Nội dung",
            "Tên nhiệm vụ",
            "Nhiệm vụ, giải pháp",
            "Công việc",
        ),
        needed=True,
    ),
    taking.Column(
        code="lead",
        label="Cơ quan chủ trì",
        spellings=("Đơn vị chủ trì", "Chủ trì", "Cơ quan thực hiện", "Đơn vị thực hiện", "Cơ quan, đơn vị chủ trì"),
        needed=True,
    ),
    taking.Column(
        code="others",
        label="Cơ quan phối hợp",
        spellings=("Đơn vị phối hợp", "Phối hợp", "Cơ quan, đơn vị phối hợp"),
    ),
    taking.Column(
        code="due",
        label="Thời hạn",
        spellings=("Thời gian hoàn thành", "Thời gian thực hiện", "Hạn hoàn thành", "Thời gian", "Tiến độ", "Hạn"),
    ),
    taking.Column(
        code="product",
        label="Sản phẩm",
        spellings=("Kết quả", "Sản phẩm hoàn thành", "Sản phẩm, kết quả", "Kết quả đầu ra"),
    ),
)
SALT = "dean06.ke-hoach.nhap"
HOLDS = 3600

__all__ = ["import_list"]


@group_page
def import_list(request: HttpRequest, reader: Reader, plan_id: int) -> HttpResponse:
    """Show the form, then what was read with its faults, then keep what was chosen."""
    plan = own_plan(reader, plan_id)
    if request.method != "POST":
        return _form(request, reader, plan, ())
    try:
        if request.POST.get("da_doc"):
            return _commit(request, reader, plan)
        return _preview(request, reader, plan)
    except BadInput as problem:
        return _form(request, reader, plan, slips_of(problem, "tep"))


def _form(request: HttpRequest, reader: Reader, plan: PlanInfo, slips: tuple[Slip, ...]) -> HttpResponse:
    shown = {
        "head": _head(reader, plan),
        "slips": slips,
        "href": reader.url("tasks-plan-import", plan.id),
        "columns": [(one.label, ", ".join(one.spellings[:3]), one.needed) for one in COLUMNS],
        "limit": taking.LIMIT_MB,
    }
    return render(request, "dean06/pages/plan_import.html", shown, status=UNUSABLE if slips else 200)


def _head(reader: Reader, plan: PlanInfo) -> PageHead:
    return PageHead(
        title=words("Nhập danh mục nhiệm vụ từ Excel", "Import a task list from Excel"),
        crumb=Link(label=plan.title, href=reader.url("tasks-plan", plan.id)),
    )


def _names(reader: Reader) -> plan_lists.Names:
    declared = reader.charter.agencies
    others = {code: (one.name, one.short) for code, one in declared.items()}
    return plan_lists.names_of(reader.agencies, others)


def _preview(request: HttpRequest, reader: Reader, plan: PlanInfo) -> HttpResponse:
    taken = taking.uploaded(request, "tep", COLUMNS)
    read = plan_lists.read_rows(((row.number, row.cells) for row in taken.rows), _names(reader), plan.year)
    known = work.plan_lines(plan.id)
    rows = plan_lists.recognised_again(read, known)
    keys = {line.key for line in known}
    listed = [
        {
            "number": row.number,
            "heading": row.heading,
            "line": row.line,
            "lead": reader.agency(row.line.lead) if row.line and row.line.lead else "",
            "beside": ", ".join(reader.agency(code) for code in row.line.coordinating) if row.line else "",
            "due": writing.day(row.line.due) if row.line and row.line.due else "",
            "faults": [words(*fault) for fault in row.faults],
            "known": bool(row.line and row.line.key in keys),
        }
        for row in rows
    ]
    lines = [asdict(row.line) | {"row": row.number} for row in rows if row.line is not None]
    if not lines:
        raise BadInput("Tệp không có dòng nhiệm vụ nào đọc được.", "The file has no row that can be read as a task.")
    gone = len(keys - {str(one["key"]) for one in lines})
    shown = {
        "head": _head(reader, plan),
        "taken": taken,
        "headings": [(one.label, taken.headings[one.code]) for one in COLUMNS if one.code in taken.headings],
        "rows": listed,
        "good": len(lines),
        "bad": sum(bool(row.faults) for row in rows),
        "fresh": sum(one["key"] not in keys for one in lines),
        "again": sum(one["key"] in keys for one in lines),
        "gone": gone,
        "href": reader.url("tasks-plan-import", plan.id),
        "packed": signing.dumps(_plain(lines), salt=f"{SALT}:{plan.id}", compress=True),
    }
    return render(request, "dean06/pages/plan_import_check.html", shown)


def _plain(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        one | {"due": one["due"].isoformat() if one["due"] else "", "coordinating": list(one["coordinating"])}
        for one in lines
    ]


def _commit(request: HttpRequest, reader: Reader, plan: PlanInfo) -> HttpResponse:
    """Keep the rows that were chosen, as they were read and shown."""
    try:
        packed = signing.loads(request.POST["da_doc"], salt=f"{SALT}:{plan.id}", max_age=HOLDS)
    except signing.BadSignature as problem:
        raise BadInput(
            "Bản xem trước đã cũ: chọn lại tệp.", "What was shown is too old: choose the file again."
        ) from problem
    chosen = {int(one) for one in request.POST.getlist("chon") if one.isdecimal()}
    lines = [_line(one) for one in packed if one["row"] in chosen]
    if not lines:
        raise BadInput("Chọn ít nhất một dòng để nhập.", "Choose at least one row.")
    whole = bool(request.POST.get("tron_ven"))
    planning.put_lines(reader.account, reader.group, plan, lines, whole=whole)
    messages.success(request, words(f"Đã nhập {len(lines)} dòng.", f"{len(lines)} lines were imported."))
    return HttpResponseRedirect(reader.url("tasks-plan", plan.id))


def _line(plain: Mapping[str, Any]) -> NewLine:
    return NewLine(
        key=plain["key"],
        content=plain["content"],
        label=plain["label"],
        heading=plain["heading"],
        lead=plain["lead"],
        coordinating=tuple(plain["coordinating"]),
        due=date.fromisoformat(plain["due"]) if plain["due"] else None,
        due_words=plain["due_words"],
        product=plain["product"],
    )
