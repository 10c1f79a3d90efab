"""Nhiệm vụ: the list by state, agency, source and day; filters that people keep; the board; the calendar."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.charter.types import ObjectRef
from dean06.flows.authority import Act, permit
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.pages.listing import page_number
from dean06.web.pages.task_parts import task_part, task_sheet
from dean06.web.pages.tasking.choosing import ORIGINS, ROLES, Chosen, chosen, facets, of_query
from dean06.web.parts.page import Action, Empty, PageHead
from dean06.web.parts.tables import Facets, Pager
from dean06.web.reader import Reader, group_page
from dean06.work.service import tasks as work
from dean06.work.types import OPEN_STATES, DueOn, Filters, Page, Status, TaskInfo

SIZE = 25
SHOWN_A_DAY = 4
SHOWN_A_COLUMN = 20
EMPTY = (
    "Giao nhiệm vụ từ nút trên đầu trang, từ kế hoạch hoặc ý kiến chỉ đạo; nhiệm vụ sửa sai lệch tự mở sau đối soát.",
    "Give a task from the button above, from a plan or a directive; those of findings open after each matching.",
)

__all__ = ["board", "forget", "keep", "month_view", "tasks"]


def _page(reader: Reader, filters: Filters, *, page: int = 1, size: int = SIZE) -> Page:
    return work.tasks(reader.viewer, reader.group.id, filters, see_all=reader.see_all, number=page, size=size)


def _around(request: HttpRequest, reader: Reader, picked: Chosen, shape: str) -> dict[str, object]:
    """Return what stands around the tasks in each of the three shapes."""
    tally = work.tally(reader.viewer, reader.group.id, picked.filters(reader), reader.now, see_all=reader.see_all)
    return {
        "head": _head(request, reader, tally.of()),
        "facets": Facets(label=words("Lọc nhiệm vụ", "Filter tasks"), items=facets(picked, tally)),
        "chosen": picked,
        "agencies": _agencies(reader),
        "origins": [(one.value, words(*said)) for one, said in ORIGINS.items()],
        "roles": [(one.value, words(*said)) for one, said in ROLES.items()],
        "shapes": _shapes(reader, picked, shape),
        "saved": _saved(reader, picked),
        "keep_href": reader.url("tasks-filter-keep"),
        "query": picked.query(),
        "shape": shape,
    }


def _head(request: HttpRequest, reader: Reader, count: int) -> PageHead:
    return PageHead(
        title=words("Nhiệm vụ", "Tasks"),
        meta=(words(f"{writing.number(count)} nhiệm vụ", f"{writing.number(count)} tasks"),),
        actions=(
            Action(
                label=words("Giao nhiệm vụ", "Give a task"),
                href=reader.url("tasks-new"),
                kind="primary",
                key="n",
            ),
            Action(label=words("Nhập từ Excel", "Import from Excel"), href=reader.url("tasks-import"), sign="up"),
            Action(label=words("Giao lại tháng trước", "Last month's again"), href=reader.url("tasks-copy")),
            Action(label=words("Kế hoạch", "Plans"), href=reader.url("tasks-plans")),
            Action(label=words("Ý kiến chỉ đạo", "Directives"), href=reader.url("tasks-directives")),
            Action(label=words("Việc cần quyết", "Matters"), href=reader.url("tasks-matters")),
            *sheet.offers(request),
        ),
    )


def _saved(reader: Reader, picked: Chosen) -> list[dict[str, object]]:
    kept = work.saved_filters(reader.viewer, reader.group.id)
    return [
        {
            "id": one.id,
            "name": one.name,
            "href": f"{reader.url('tasks')}?{one.query}",
            "own": one.own,
            "shared": one.shared,
            "current": one.query == picked.query(),
        }
        for one in kept
    ]


def _agencies(reader: Reader) -> list[tuple[str, str]]:
    return sorted(reader.agencies.items(), key=lambda one: one[1])


def _shapes(reader: Reader, picked: Chosen, shape: str) -> list[tuple[str, str, bool]]:
    named = (
        ("tasks", "Danh sách", "List"),
        ("tasks-board", "Bảng", "Board"),
        ("tasks-calendar", "Lịch", "Calendar"),
    )
    return [(words(vi, en), f"{reader.url(name)}?{picked.query()}", name == shape) for name, vi, en in named]


@group_page
def tasks(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the group's tasks that the reader may see."""
    picked = chosen(request, reader)
    filters = picked.filters(reader, picked.xem)
    if sheet.asked(request):
        listed = _page(reader, filters, size=sheet.MOST).items
        made = task_sheet(reader, listed, (words(f"Ngày {writing.day(reader.today)}", f"{reader.today}"),))
        return sheet.answer(request, made, f"nhiem-vu-{reader.group.slug}-{reader.today}")
    number = page_number(request)
    page = _page(reader, filters, page=number)
    total = words(f"{writing.number(page.total)} nhiệm vụ", f"{writing.number(page.total)} tasks")
    shown = _around(request, reader, picked, "tasks") | {
        "tasks": [(task.id, task_part(reader, task)) for task in page.items],
        "pager": Pager(text=total, page=number, pages=max(1, -(-page.total // SIZE)), query=picked.query()),
        "empty": Empty(
            title=words(
                "Không có nhiệm vụ nào ở mục này, trong phạm vi của bạn", "No task here, within what you may see"
            ),
            text=words(*EMPTY),
        ),
        "many_href": reader.url("tasks-many"),
    }
    return render(request, "dean06/pages/tasks.html", shown)


# ------------------------------------------------------------ filters that people keep


@require_POST
@group_page
def keep(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Keep the filter of the list under a name."""
    picked = of_query(QueryDict(request.POST.get("loc", "")), reader)
    name, shared = request.POST.get("ten", ""), bool(request.POST.get("chung"))
    query = picked.query()
    digest = work.filter_digest(" ".join(name.split())[:80], query, shared=shared)
    obj = ObjectRef(kind="filter", id=f"{reader.group.slug}:bo-loc", digest=digest)
    by = permit(Act(account=reader.account, group=reader.group, action="filter.keep", obj=obj))
    work.keep_filter(by, reader.group.id, name, query, shared=shared)
    messages.success(request, words("Đã lưu bộ lọc.", "The filter is kept."))
    return HttpResponseRedirect(f"{reader.url('tasks')}?{query}")


@require_POST
@group_page
def forget(request: HttpRequest, reader: Reader, filter_id: int) -> HttpResponse:
    """Drop one's own filter."""
    kept = next((one for one in work.saved_filters(reader.viewer, reader.group.id) if one.id == filter_id), None)
    if kept is None or not kept.own:
        raise Http404
    digest = work.filter_digest(kept.name, kept.query, shared=kept.shared, dropped=True)
    obj = ObjectRef(kind="filter", id=f"{reader.group.slug}:bo-loc", digest=digest)
    by = permit(Act(account=reader.account, group=reader.group, action="filter.keep", obj=obj))
    work.forget_filter(by, reader.group.id, filter_id)
    messages.info(request, words("Đã bỏ bộ lọc.", "The filter is dropped."))
    return HttpResponseRedirect(reader.url("tasks"))


# ------------------------------------------------------------ board


@group_page
def board(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the tasks by how far they are, each with the step that comes next."""
    picked = chosen(request, reader)
    plain = picked.filters(reader)
    owed = OPEN_STATES - {Status.REPORTED}
    asked = (
        ("chua", "Chưa làm", "Not begun", _with(plain, owed, started=False)),
        ("dang", "Đang làm", "In progress", _with(plain, owed, started=True)),
        ("cho", "Chờ nghiệm thu", "To accept", _with(plain, {Status.REPORTED})),
        ("xong", "Đã xong", "Done", _with(plain, {Status.DONE})),
    )
    columns = []
    for code, vi, en, filters in asked:
        page = _page(reader, filters, size=SHOWN_A_COLUMN)
        columns.append(
            {
                "code": code,
                "title": words(vi, en),
                "count": writing.number(page.total),
                "more": max(0, page.total - len(page.items)),
                "cards": [
                    {"task": one, "part": task_part(reader, one), "moves": _moves(reader, code, one)}
                    for one in page.items
                ],
            }
        )
    shown = _around(request, reader, picked, "tasks-board") | {"columns": columns}
    return render(request, "dean06/pages/tasks_board.html", shown)


def _with(plain: Filters, statuses: set[Status] | frozenset[Status], *, started: bool | None = None) -> Filters:
    return replace(plain, statuses=frozenset(statuses), started=started)


def _moves(reader: Reader, column: str, task: TaskInfo) -> list[Action]:
    """Return the step that comes next for a card; one of findings moves by its deliveries alone."""
    page, mine = reader.url("tasks-one", task.id), task.lead in reader.own_agencies
    if task.total:
        return []
    match column:
        case "chua" if mine:
            return [Action(label=words("Bắt đầu", "Begin"), href=reader.url("tasks-begin", task.id), post=True)]
        case "dang" if mine:
            return [Action(label=words("Báo kết quả", "Report result"), href=f"{page}#bao-cao-viec")]
        case "cho":
            return [Action(label=words("Nghiệm thu", "Accept"), href=f"{page}#nghiem-thu")]
        case _:
            return []


# ------------------------------------------------------------ calendar


@group_page
def month_view(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the tasks of a month by their last day."""
    picked = chosen(request, reader)
    first = _month(request.GET.get("thang", ""), reader.today)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    filters = replace(picked.filters(reader, picked.xem), due_from=weeks[0][0], due_to=weeks[-1][-1])
    listed = work.by_day(reader.viewer, reader.group.id, filters, see_all=reader.see_all)
    by_day: dict[date, list[DueOn]] = {}
    for one in listed:
        by_day.setdefault(one.due, []).append(one)
    days = [[_day(reader, day, first, by_day.get(day, []), picked) for day in week] for week in weeks]
    shown = _around(request, reader, picked, "tasks-calendar") | {
        "weeks": days,
        "weekdays": [words(vi, en) for vi, en in writing.WEEKDAYS],
        "month": f"{first:%m/%Y}",
        "months": [
            (words("Tháng trước", "Month before"), _month_href(picked, first - timedelta(days=1))),
            (words("Tháng này", "This month"), _month_href(picked, reader.today)),
            (words("Tháng sau", "Month after"), _month_href(picked, first + timedelta(days=32))),
        ],
    }
    return render(request, "dean06/pages/tasks_calendar.html", shown)


def _month_href(picked: Chosen, day: date) -> str:
    return f"?{picked.query()}&{urlencode({'thang': f'{day:%m-%Y}'})}"


def _month(text: str, today: date) -> date:
    month, _, year = text.partition("-")
    if month.isdecimal() and year.isdecimal() and 1 <= int(month) <= 12 and abs(int(year) - today.year) < 10:
        return date(int(year), int(month), 1)
    return today.replace(day=1)


def _mark(reader: Reader, one: DueOn) -> tuple[str, str]:
    if one.status is Status.DONE:
        return "ok", "ok"
    late = one.status in OPEN_STATES - {Status.REPORTED} and one.bound <= reader.now
    return ("bad", "warn") if late else ("info", "clock")


def _day(reader: Reader, day: date, first: date, due: list[DueOn], picked: Chosen) -> dict[str, object]:
    written = f"{day:%d/%m/%Y}"
    return {
        "number": day.day,
        "label": writing.weekday(day),
        "other": day.month != first.month,
        "today": day == reader.today,
        "items": [
            {
                "title": one.title,
                "lead": reader.agency(one.lead),
                "href": reader.url("tasks-one", one.id),
                "tone": _mark(reader, one)[0],
                "sign": _mark(reader, one)[1],
            }
            for one in due[:SHOWN_A_DAY]
        ],
        "more": max(0, len(due) - SHOWN_A_DAY),
        "href": f"{reader.url('tasks')}?{picked.query(tu=written, den=written)}",
    }
