"""Giao theo danh sách: a list out of Excel, or the tasks of a month before; each row shown before any task is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import plan_lists, task_lists, tasking
from dean06.flows.task_lists import TaskRow
from dean06.flows.tasking import Wanted
from dean06.web import sheet, taking, writing
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.planning.importing import COLUMNS
from dean06.web.pages.refusals import question, reason_of
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.pages.task_parts import task_part, task_sheet
from dean06.web.pages.tasking.new import BY_HAND, clauses_of
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.reader import Reader, group_page
from dean06.work.types import Origin

SALT = "dean06.nhiem-vu.danh-sach"
HOLDS = 3600
LISTED = (Origin.DIRECTIVE, Origin.CONCLUSION, Origin.PLAN, Origin.REPORT)

__all__ = ["batch", "copy", "import_list", "take_back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A list as it is shown before its tasks are given; `days` lets the last days be changed, `origins` asks whence."""

    head: PageHead
    rows: list[TaskRow]
    href: str
    days: bool = False
    origins: bool = False
    about: tuple[str, ...] = ()
    months: tuple[tuple[str, str], ...] = ()


def _head(reader: Reader, vi: str, en: str) -> PageHead:
    return PageHead(title=words(vi, en), crumb=Link(label=words("Nhiệm vụ", "Tasks"), href=reader.url("tasks")))


def _check(request: HttpRequest, reader: Reader, shown: Shown, slips: tuple[Slip, ...] = ()) -> HttpResponse:
    """Show the rows of a list, what is wrong with each, and the tick that takes it."""
    good = [row for row in shown.rows if row.wanted is not None]
    packed = signing.dumps([_plain(row.number, row.wanted) for row in good if row.wanted], salt=SALT, compress=True)
    page = {
        "head": shown.head,
        "slips": slips,
        "rows": [_row(reader, row) for row in shown.rows],
        "good": len(good),
        "bad": sum(bool(row.faults) for row in shown.rows),
        "shown": shown,
        "packed": packed,
        "origins": [(one.value, words(vi, en)) for one, vi, en in BY_HAND if one in LISTED] if shown.origins else [],
        "clauses": clauses_of(reader.charter) if shown.origins else [],
        "answer": question(reader, tasking.may_assign(reader.account, reader.group)),
        "most": task_lists.MOST,
    }
    return render(request, "dean06/pages/task_list_check.html", page, status=UNUSABLE if slips else 200)


def _row(reader: Reader, row: TaskRow) -> dict[str, object]:
    wanted = row.wanted
    return {
        "number": row.number,
        "title": row.title,
        "heading": row.heading,
        "takes": wanted is not None,
        "ticked": wanted is not None and not row.again,
        "lead": reader.agency(wanted.lead) if wanted else "",
        "beside": ", ".join(reader.agency(code) for code in wanted.coordinating) if wanted else "",
        "due": writing.day(wanted.due) if wanted else "",
        "product": wanted.expected if wanted else "",
        "faults": [words(*fault) for fault in row.faults],
    }


def _plain(number: int, wanted: Wanted) -> dict[str, Any]:
    return {
        "row": number,
        "title": wanted.title,
        "lead": wanted.lead,
        "due": wanted.due.isoformat(),
        "origin": wanted.origin.value,
        "beside": list(wanted.coordinating),
        "follow": list(wanted.following),
        "clause": wanted.clause,
        "product": wanted.expected,
        "person": wanted.accountable,
        "important": wanted.important,
        "source": wanted.source,
    }


def _wanted(plain: Mapping[str, Any]) -> Wanted:
    return Wanted(
        title=plain["title"],
        lead=plain["lead"],
        due=date.fromisoformat(plain["due"]),
        origin=Origin(plain["origin"]),
        coordinating=tuple(plain["beside"]),
        following=tuple(plain["follow"]),
        clause=plain["clause"],
        expected=plain["product"],
        accountable=plain["person"],
        important=plain["important"],
        source=plain["source"],
    )


def _chosen(request: HttpRequest) -> list[tuple[int, Wanted]]:
    """Return the rows that were ticked, as they were shown."""
    try:
        packed = signing.loads(request.POST["da_doc"], salt=SALT, max_age=HOLDS)
    except signing.BadSignature as problem:
        raise BadInput("Danh sách đã cũ: mở lại trang.", "What was shown is too old: open the page again.") from problem
    ticked = {int(one) for one in request.POST.getlist("chon") if one.isdecimal()}
    listed = [(one["row"], _wanted(one)) for one in packed if one["row"] in ticked]
    if not listed:
        raise BadInput("Chọn ít nhất một dòng.", "Choose at least one row.")
    return listed


def _given(request: HttpRequest, reader: Reader, listed: Sequence[tuple[int, Wanted]]) -> HttpResponse:
    """Give the tasks and lead to them."""
    name = task_lists.batch_of(request.POST["da_doc"])
    made = task_lists.give(reader.account, reader.group, listed, name, reason=reason_of(request))
    messages.success(request, words(f"Đã giao {len(made)} nhiệm vụ.", f"{len(made)} tasks were given."))
    return HttpResponseRedirect(reader.url("tasks-batch", name))


# ------------------------------------------------------------ out of Excel


@group_page
def import_list(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the form, then what was read with its faults, then give the tasks that were chosen."""
    if request.method != "POST":
        return _form(request, reader, ())
    try:
        if request.POST.get("da_doc"):
            return _given(request, reader, [(row, _with_source(request, one)) for row, one in _chosen(request)])
        return _check(request, reader, _read(request, reader))
    except BadInput as problem:
        return _form(request, reader, slips_of(problem, "tep"))


def _form(request: HttpRequest, reader: Reader, slips: tuple[Slip, ...]) -> HttpResponse:
    shown = {
        "head": _head(reader, "Nhập nhiệm vụ từ Excel", "Import tasks from Excel"),
        "slips": slips,
        "href": reader.url("tasks-import"),
        "columns": [(one.label, ", ".join(one.spellings[:3]), one.needed) for one in COLUMNS],
        "limit": taking.LIMIT_MB,
    }
    return render(request, "dean06/pages/plan_import.html", shown, status=UNUSABLE if slips else 200)


def _read(request: HttpRequest, reader: Reader) -> Shown:
    taken = taking.uploaded(request, "tep", COLUMNS)
    declared = {code: (one.name, one.short) for code, one in reader.charter.agencies.items()}
    names = plan_lists.names_of(reader.agencies, declared)
    read = plan_lists.read_rows(((row.number, row.cells) for row in taken.rows), names, reader.today.year)
    rows = task_lists.of_rows(read, reader.viewer, reader.group, see_all=reader.see_all)
    if not any(row.wanted for row in rows):
        faults = "; ".join(f"{row.number}: {', '.join(vi for vi, _ in row.faults)}" for row in rows[:5] if row.faults)
        raise BadInput(
            f"Tệp không có dòng nào giao được thành nhiệm vụ ({faults}).",
            "The file has no row that can become a task.",
        )
    headings = [f"{one.label}: «{taken.headings[one.code]}»" for one in COLUMNS if one.code in taken.headings]
    return Shown(
        head=_head(reader, "Nhập nhiệm vụ từ Excel", "Import tasks from Excel"),
        rows=rows,
        href=reader.url("tasks-import"),
        origins=True,
        about=(", ".join(part for part in (taken.file_name, taken.sheet) if part), "; ".join(headings)),
    )


def _with_source(request: HttpRequest, wanted: Wanted) -> Wanted:
    """Return a row with what the whole list says: what it comes of, in which words, under which clause."""
    given = request.POST.get("nguon", "")
    if given not in {one.value for one in LISTED}:
        raise BadInput("Chọn nguồn giao việc.", "Choose what the tasks come of.")
    return replace(
        wanted,
        origin=Origin(given),
        source=" ".join(request.POST.get("nguon_ghi", "").split()),
        clause=request.POST.get("dieu_khoan", "").strip(),
    )


# ------------------------------------------------------------ after a month before


@group_page
def copy(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the tasks of a month with a day to come for each, and give those that were chosen again."""
    if request.method != "POST":
        return _check(request, reader, _month(request.GET.get("thang", ""), reader))
    try:
        return _given(request, reader, [(row, _with_day(request, reader, row, one)) for row, one in _chosen(request)])
    except BadInput as problem:
        return _check(request, reader, _month(request.GET.get("thang", ""), reader), slips_of(problem))


def _with_day(request: HttpRequest, reader: Reader, row: int, wanted: Wanted) -> Wanted:
    """Return a row with the last day that was typed for it."""
    due = day_given(request.POST.get(f"han-{row}", ""), words(f"Hạn của nhiệm vụ số {row}", f"Last day of task {row}"))
    if due < reader.today:
        raise BadInput(
            f"Dòng {row}: hạn phải từ hôm nay, {writing.day(reader.today)}, trở đi.",
            f"Row {row}: the last day is today, {writing.day(reader.today)}, or later.",
        )
    return replace(wanted, due=due)


def _month(text: str, reader: Reader) -> Shown:
    month, _, year = text.partition("-")
    first = (reader.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    if month.isdecimal() and year.isdecimal() and 1 <= int(month) <= 12 and abs(int(year) - reader.today.year) < 10:
        first = date(int(year), int(month), 1)
    rows = task_lists.as_before(first, reader.viewer, reader.group, reader.agencies, see_all=reader.see_all)
    before, after = first - timedelta(days=1), first + timedelta(days=32)
    head = _head(reader, f"Giao lại nhiệm vụ tháng {first:%m/%Y}", f"Give the tasks of {first:%m/%Y} again")
    return Shown(
        head=head,
        rows=rows,
        href=f"{reader.url('tasks-copy')}?thang={first:%m-%Y}",
        days=True,
        months=(
            (words(f"Tháng {before:%m/%Y}", f"{before:%m/%Y}"), f"?thang={before:%m-%Y}"),
            (words(f"Tháng {after:%m/%Y}", f"{after:%m/%Y}"), f"?thang={after:%m-%Y}"),
        ),
    )


# ------------------------------------------------------------ what was given together


@group_page
def batch(request: HttpRequest, reader: Reader, batch: str) -> HttpResponse:
    """Show the tasks of a list that was given in one gesture, and the way back while it is open."""
    tasks = task_lists.batch(reader.viewer, reader.group.id, batch, see_all=reader.see_all)
    if not tasks:
        raise Http404
    count = words(f"{len(tasks)} nhiệm vụ giao cùng lúc", f"{len(tasks)} tasks given together")
    if sheet.asked(request):
        return sheet.answer(request, task_sheet(reader, tasks, (count,)), f"nhiem-vu-{batch}-{reader.today}")
    back = task_lists.whole_again(tasks) and not reader.ending
    way = Action(
        label=words("Rút cả danh sách", "Take the list back"), href=reader.url("tasks-batch-back", batch), post=True
    )
    shown = {
        "head": PageHead(
            title=words("Danh sách vừa giao", "The list that was given"),
            crumb=Link(label=words("Nhiệm vụ", "Tasks"), href=reader.url("tasks")),
            meta=(count, writing.instant(tasks[0].opened_at)),
            actions=(*((way,) if back else ()), *sheet.offers(request)),
        ),
        "tasks": [task_part(reader, task) for task in tasks],
        "back": back,
    }
    return render(request, "dean06/pages/task_batch.html", shown)


@require_POST
@group_page
def take_back(request: HttpRequest, reader: Reader, batch: str) -> HttpResponse:
    """Take a list back that was given in one gesture."""
    tasks = task_lists.batch(reader.viewer, reader.group.id, batch, see_all=reader.see_all)
    if not tasks:
        raise Http404
    count = task_lists.take_back(reader.account, reader.group, tasks, reason=reason_of(request))
    messages.success(request, words(f"Đã rút {count} nhiệm vụ.", f"{count} tasks were taken back."))
    return HttpResponseRedirect(reader.url("tasks"))
