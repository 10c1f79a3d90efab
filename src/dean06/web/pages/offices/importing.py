"""Nhập danh sách thành viên từ Excel: a file, what each row would do, then all of the chosen rows or none."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.charter import service as charters
from dean06.clock.errors import BadInput
from dean06.flows import enlisting
from dean06.flows.enlisting import CHANGED, NEW, SAME, WRONG, Line, Read
from dean06.offices.types import Instrument
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.days import day_given
from dean06.web.pages.offices.frame import home
from dean06.web.pages.offices.typed import instrument_fields, instrument_given
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.web.taking import Column as Wanted
from dean06.web.taking import Row as Given
from dean06.web.taking import as_day, uploaded

SALT = "dean06.offices.import"
HOLDS = 3600  # seconds for which a preview may be committed
COLUMNS = (
    Wanted(code="holder", label="Họ và tên", spellings=("họ tên", "người giữ", "full name"), needed=True),
    Wanted(
        code="role",
        label="Vai trong tổ",
        spellings=("vai", "vị trí", "mã vai", "chức danh trong tổ", "nhiệm vụ trong tổ", "role"),
        needed=True,
    ),
    Wanted(code="agency", label="Cơ quan", spellings=("đơn vị", "cơ quan, đơn vị", "cơ quan công tác", "agency")),
    Wanted(code="post", label="Chức vụ", spellings=("chức vụ ở cơ quan", "chức danh", "post")),
    Wanted(code="since", label="Từ ngày", spellings=("giữ từ ngày", "ngày bắt đầu", "since")),
    Wanted(code="instrument", label="Số quyết định", spellings=("văn bản cử", "số văn bản", "quyết định", "paper")),
    Wanted(code="instrument_on", label="Ngày quyết định", spellings=("ngày văn bản", "date of paper")),
    Wanted(code="mark", label="Phân biệt", spellings=("mark",)),
)
STATES = {
    NEW: ("ok", "pen", "Ghi mới", "New"),
    CHANGED: ("warn", "warn", "Đổi người giữ hoặc chức vụ", "Changed"),
    SAME: ("mute", "dash", "Không đổi", "Unchanged"),
    WRONG: ("bad", "no", "Sai", "Wrong"),
}

__all__ = ["begin", "commit", "preview"]


def _file_form(reader: Reader) -> Form:
    return Form(
        id="tep",
        action=reader.url("offices-import-preview"),
        button=words("Xem trước", "Preview"),
        kind="primary",
        fields=(
            Field(
                name="tep",
                label=words("Danh sách (.xlsx, .csv)", "List (.xlsx, .csv)"),
                kind="file",
                accept=".xlsx,.xls,.csv",
                hint=words(
                    "Cần: Họ và tên, Vai trong tổ. Nhận thêm: Cơ quan, Chức vụ, Từ ngày, Số và Ngày quyết định.",
                    "Needed: full name, role. Also taken: agency, post, since, paper and its date.",
                ),
            ),
            Field(
                name="tu",
                label=words("Giữ từ ngày (dòng không ghi)", "Since, where a row says nothing"),
                kind="day",
                value=writing.day(reader.today),
            ),
            *instrument_fields(reader.today),
        ),
    )


@group_page
def begin(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Take a list: its file, and the paper for rows that name none of their own."""
    text = words(
        "Chưa ghi gì cho tới khi bạn xem từng dòng và bấm ghi. Nhập lại tệp đã sửa thì chỉ dòng đổi được ghi.",
        "Nothing is recorded until you have seen each row. Importing a corrected file records what changed alone.",
    )
    shown = {
        "head": PageHead(
            title=words("Nhập danh sách thành viên", "Import the list of members"),
            crumb=home(reader),
            actions=(
                Action(
                    label=words("Tải danh sách hiện có làm mẫu", "The present list as a form"),
                    href=f"{reader.url('offices')}?dang=xlsx",
                    sign="save",
                ),
            ),
        ),
        "main": (Panel(id="chon-tep", title=words("Tệp danh sách", "File"), text=text, parts=(_file_form(reader),)),),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _line(row: Given) -> Line:
    return Line(
        number=row.number,
        holder=row.get("holder"),
        role=row.get("role"),
        agency=row.get("agency"),
        post=row.get("post")[:160],
        mark=row.get("mark")[:20],
        since=as_day(row.get("since")),
        instrument=row.get("instrument")[:120],
        instrument_on=as_day(row.get("instrument_on")),
    )


@require_POST
@group_page
def preview(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what each row would do; nothing is recorded."""
    taken = uploaded(request, "tep", COLUMNS)
    since = day_given(request.POST.get("tu", ""), words("Giữ từ ngày", "Since"))
    paper = instrument_given(request)
    lines = [_line(row) for row in taken.rows]
    found, left = enlisting.compared(reader.group, lines, since, paper)
    ready = [one for one in found if one.state in (NEW, CHANGED)]
    form = _commit_form(reader, ready, _kept(lines, since, paper))
    shown = {
        "head": PageHead(
            title=words("Xem trước danh sách", "Preview"),
            crumb=Link(label=words("Chọn tệp khác", "Another file"), href=reader.url("offices-import")),
            meta=(taken.file_name, words(f"{len(found)} dòng", f"{len(found)} rows")),
        ),
        "main": (_table(reader, found),),
        "side": (_commit_panel(form, len(left)),),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _kept(lines: list[Line], since: date, paper: Instrument) -> str:
    """Return what a preview was made of, signed, so that exactly that is recorded."""
    plain = {
        "lines": [_plain(one) for one in lines],
        "since": since.isoformat(),
        "paper": [paper.number, paper.on.isoformat()],
    }
    return signing.dumps(plain, salt=SALT, compress=True)


def _commit_form(reader: Reader, ready: list[Read], kept: str) -> Form | None:
    if not ready:
        return None
    return Form(
        id="ghi",
        action=reader.url("offices-import-commit"),
        button=words(f"Ghi {len(ready)} dòng", f"Record {len(ready)} rows"),
        kind="primary",
        fields=(
            Field(name="ban", kind="hidden", value=kept),
            Field(
                name="dong",
                label=words("Dòng sẽ ghi", "Rows to record"),
                kind="checks",
                value=",".join(str(one.line.number) for one in ready),
                choices=tuple((str(one.line.number), f"{one.line.number}: {one.line.holder}") for one in ready),
            ),
        ),
    )


def _commit_panel(form: Form | None, left: int) -> Panel:
    stay = words(
        f"{left} vị trí đang có người giữ không có trong tệp: giữ nguyên.",
        f"{left} seats that are held stand in no row: they stay.",
    )
    nothing = Empty(title=words("Không có dòng nào phải ghi", "No row to record"), sign="ok")
    title = words("Ghi vào hệ thống", "Record")
    return Panel(id="ghi-lai", title=title, text=stay if left else "", parts=(form or nothing,))


def _table(reader: Reader, found: list[Read]) -> Table:
    rows = []
    for one in found:
        tone, sign, vi, en = STATES[one.state]
        told = one.before or words(one.vi, one.en)
        role = charters.role_name(reader.charter, one.member.role) if one.member else one.line.role
        agency = reader.agency(one.member.agency) if one.member and one.member.agency else one.line.agency
        rows.append(
            Row(
                cells=(
                    str(one.line.number),
                    one.line.holder,
                    role,
                    agency,
                    one.line.post,
                    chip(tone, words(vi, en), with_sign=sign),
                    told,
                )
            )
        )
    return Table(
        caption=words("Các dòng của tệp", "Rows of the file"),
        columns=(
            Column(label=words("Dòng", "Row"), kind="num"),
            Column(label=words("Họ tên", "Name")),
            Column(label=words("Vai", "Role")),
            Column(label=words("Cơ quan", "Agency"), kind="text"),
            Column(label=words("Chức vụ", "Post")),
            Column(label=words("Sẽ", "Will")),
            Column(label=words("Đang giữ, hoặc vì sao", "Now, or why"), kind="text"),
        ),
        rows=tuple(rows),
        heading=1,
    )


def _plain(line: Line) -> list[Any]:
    days = [one.isoformat() if one else "" for one in (line.since, line.instrument_on)]
    return [line.number, line.holder, line.role, line.agency, line.post, line.mark, line.instrument, *days]


def _restored(plain: list[Any]) -> Line:
    number, holder, role, agency, post, mark, instrument, since, instrument_on = plain
    return Line(
        number=number,
        holder=holder,
        role=role,
        agency=agency,
        post=post,
        mark=mark,
        since=date.fromisoformat(since) if since else None,
        instrument=instrument,
        instrument_on=date.fromisoformat(instrument_on) if instrument_on else None,
    )


@require_POST
@group_page
def commit(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Record the chosen rows as they were previewed, all of them or none; compared again with what stands now."""
    try:
        kept = signing.loads(request.POST.get("ban", ""), salt=SALT, max_age=HOLDS)
    except signing.BadSignature as problem:
        raise BadInput(
            "Bản xem trước đã quá một giờ hoặc bị đổi: chọn tệp và xem trước lại.",
            "The preview is over an hour old or was changed: choose the file again.",
        ) from problem
    number, on = kept["paper"]
    paper = Instrument(number=number, on=date.fromisoformat(on))
    chosen = set(request.POST.getlist("dong"))
    lines = [_restored(one) for one in kept["lines"] if str(one[0]) in chosen]
    found, _ = enlisting.compared(reader.group, lines, date.fromisoformat(kept["since"]), paper)
    count = enlisting.enlist(reader.account, reader.group, found)
    messages.success(request, words(f"Đã ghi {count} người.", f"{count} people are recorded."))
    return HttpResponseRedirect(reader.url("offices"))
