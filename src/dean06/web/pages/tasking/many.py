"""One gesture on many tasks: each asked of the charter by itself, and what was refused told row by row."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import task_work, urging
from dean06.flows.task_work import Outcome
from dean06.web import sheet, writing
from dean06.web.language import current_language, words
from dean06.web.marks import chip
from dean06.web.pages.days import day_given
from dean06.web.pages.refusals import reason_of
from dean06.web.pages.task_parts import task_sheet
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page
from dean06.work.service import tasks as work
from dean06.work.types import Filters, TaskInfo

MOST = 500

__all__ = ["many"]

Act = Callable[[int], TaskInfo]


@require_POST
@group_page
def many(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Do one thing to every task that was ticked."""
    ids = [int(one) for one in request.POST.getlist("chon") if one.isdecimal()][:MOST]
    if not ids:
        raise BadInput("Đánh dấu ít nhất một nhiệm vụ.", "Tick at least one task.")
    asked = Filters(ids=tuple(ids))
    seen = work.tasks(reader.viewer, reader.group.id, asked, see_all=reader.see_all, size=MOST).items
    match request.POST.get("viec"):
        case "xuat":
            note = words(f"{writing.number(len(seen))} nhiệm vụ đã chọn", f"{len(seen)} chosen tasks")
            return sheet.answer(request, task_sheet(reader, seen, (note,)), f"nhiem-vu-da-chon-{reader.today}")
        case "don_doc":
            made = urging.letters(reader.account, reader.group, seen)
            if len(made) == 1:
                return HttpResponseRedirect(reader.url("papers-one", made[0].id))
            return _letters(request, reader, [(one.id, one.recipients) for one in made])
        case what:
            act = _act(request, reader, what or "", {one.id: one for one in seen})
            return _told(request, reader, seen, act)


def _act(request: HttpRequest, reader: Reader, what: str, seen: dict[int, TaskInfo]) -> Act:
    """Return what is done to each task, read once from the form."""
    account, group, reason = reader.account, reader.group, reason_of(request)
    said = request.POST.get("loi", "").strip()
    match what:
        case "phoi_hop":
            code = request.POST.get("co_quan_them", "")

            def add(task_id: int) -> TaskInfo:
                task = seen[task_id]
                beside = tuple(dict.fromkeys((*task.coordinating, code)))
                following = tuple(one for one in task.following if one != code)
                return task_work.coordinate(account, group, task_id, beside, following, reason=reason)

            return add
        case "gia_han":
            day = day_given(request.POST.get("den_ngay", ""), words("Hạn mới", "New last day"))
            return lambda task_id: task_work.extend(account, group, task_id, day, said, reason=reason)
        case "dong":
            return lambda task_id: task_work.close_on_paper(account, group, task_id, said, reason=reason)
        case "nghiem_thu":
            return lambda task_id: task_work.accept(account, group, task_id, said, reason=reason)
        case _:
            raise BadInput("Chọn việc cần làm với các nhiệm vụ đã đánh dấu.", "Choose what to do with them.")


def _told(request: HttpRequest, reader: Reader, seen: tuple[TaskInfo, ...], act: Act) -> HttpResponse:
    by_id = {one.id: one for one in seen}
    outcomes = task_work.each(by_id, act)
    done = sum(one.done for one in outcomes)
    summary = words(f"{done} trên {len(outcomes)} nhiệm vụ đã làm", f"{done} of {len(outcomes)} tasks were done")
    shown = {
        "head": PageHead(
            title=words("Làm cùng lúc nhiều nhiệm vụ", "Many tasks at once"),
            crumb=Link(label=words("Nhiệm vụ", "Tasks"), href=reader.url("tasks")),
            meta=(summary,),
        ),
        "table": _outcomes(reader, by_id, outcomes, summary),
        "found": True,
    }
    return render(request, "dean06/pages/table_page.html", shown)


def _outcomes(reader: Reader, by_id: dict[int, TaskInfo], outcomes: list[Outcome], summary: str) -> Table:
    """Return what came of each task, and why where nothing did."""
    rows = []
    for one in outcomes:
        task = by_id[one.task_id]
        href = reader.url("tasks-one", task.id)
        why = one.en if current_language() == "en" else one.vi
        rows.append(
            Row(
                cells=(
                    str(task.number),
                    format_html('<a href="{}">{}</a>', href, task.title),
                    reader.agency(task.lead),
                    chip("ok", words("Đã làm", "Done"), with_sign="ok")
                    if one.done
                    else chip("warn", words("Không làm", "Not done"), with_sign="bang"),
                    why,
                )
            )
        )
    return Table(
        caption=summary,
        columns=(
            Column(label=words("Số", "No."), kind="num"),
            Column(label=words("Nhiệm vụ", "Task"), kind="text"),
            Column(label=words("Cơ quan chủ trì", "Lead agency")),
            Column(label=words("Kết quả", "Outcome"), nowrap=True),
            Column(label=words("Vì sao", "Why"), kind="text"),
        ),
        rows=tuple(rows),
        heading=1,
    )


def _letters(request: HttpRequest, reader: Reader, made: list[tuple[int, tuple[str, ...]]]) -> HttpResponse:
    summary = words(f"Đã lập {len(made)} công văn đôn đốc", f"{len(made)} urging letters were drafted")
    shown = {
        "head": PageHead(
            title=words("Công văn đôn đốc", "Urging letters"),
            crumb=Link(label=words("Nhiệm vụ", "Tasks"), href=reader.url("tasks")),
            meta=(summary,),
        ),
        "table": Table(
            caption=summary,
            columns=(Column(label=words("Kính gửi", "To")), Column(label=words("Dự thảo", "Draft"))),
            rows=tuple(
                Row(
                    cells=(
                        recipients[0] if recipients else "",
                        format_html(
                            '<a href="{}">{}</a>',
                            reader.url("papers-one", paper_id),
                            words("Mở dự thảo, trình ký", "Open the draft"),
                        ),
                    )
                )
                for paper_id, recipients in made
            ),
        ),
        "found": True,
    }
    return render(request, "dean06/pages/table_page.html", shown)
