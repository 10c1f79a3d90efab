"""Nhiệm vụ: lists by state and agency, one task with its history, and the agency's word that rows are fixed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.flows import correcting
from dean06.flows.desk import overseers
from dean06.offices import service as offices
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import clause
from dean06.web.pages.clauses import address_of, label_of
from dean06.web.pages.desk import task_part
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Facet, Facets, Pager
from dean06.web.parts.work import Event, Fact, SummaryList, TaskGroup, Timeline
from dean06.web.reader import Reader, group_page
from dean06.work import service as work
from dean06.work.types import OPEN_STATES, EventInfo, Filters, Status, TaskInfo

SIZE = 25
VIEWS = (
    ("mo", "Đang mở", "Open"),
    ("qua-han", "Quá hạn", "Overdue"),
    ("xong", "Đã xong", "Done"),
    ("", "Tất cả", "All"),
)
HAPPENED = {
    "opened": ("pen", "", "Giao nhiệm vụ", "Task set"),
    "progress": ("ok", "", "Lần nộp chứng minh thêm", "A delivery proved more"),
    "closed": ("ok2", "ok", "Đóng: mọi dòng đã có chứng minh", "Closed: every row proved"),
    "reopened": ("warn", "warn", "Mở lại: sai lệch xuất hiện trở lại", "Reopened: faults came back"),
    "claimed": ("eye", "", "Cơ quan báo đã sửa", "The agency says it is fixed"),
    "taken_back": ("left", "", "Rút lần nộp", "Delivery taken back"),
    "cancelled": ("no", "", "Hủy", "Cancelled"),
}

__all__ = ["claim", "handover", "one", "tasks"]


def _filters(reader: Reader, chosen: str, text: str) -> Filters:
    match chosen:
        case "mo":
            return Filters(statuses=OPEN_STATES, text=text)
        case "qua-han":
            return Filters(statuses=OPEN_STATES, overdue_at=clock.now(reader.group), text=text)
        case "xong":
            return Filters(statuses=frozenset({Status.DONE}), text=text)
        case _:
            return Filters(text=text)


def _see_all(reader: Reader) -> frozenset[str]:
    return overseers(adoption.charter_of(reader.group.charter_line))


@group_page
def tasks(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the group's tasks that the reader may see."""
    chosen = request.GET.get("xem", "mo")
    text = request.GET.get("q", "").strip()
    number = int(request.GET.get("trang", "1")) if request.GET.get("trang", "1").isdigit() else 1
    see_all = _see_all(reader)
    page = work.tasks(
        reader.viewer, reader.group.id, _filters(reader, chosen, text), see_all=see_all, number=number, size=SIZE
    )
    counts = {
        code: work.tasks(reader.viewer, reader.group.id, _filters(reader, code, text), see_all=see_all, size=1).total
        for code, _, _ in VIEWS
    }
    shown = {
        "head": PageHead(
            title=words("Nhiệm vụ", "Tasks"),
            meta=(words(f"{writing.number(page.total)} nhiệm vụ", f"{writing.number(page.total)} tasks"),),
        ),
        "facets": Facets(
            label=words("Lọc nhiệm vụ", "Filter tasks"),
            items=tuple(
                Facet(
                    label=words(vi, en),
                    count=writing.number(counts[code]),
                    href=f"?{urlencode({'xem': code, 'q': text})}",
                    current=code == chosen,
                )
                for code, vi, en in VIEWS
            ),
        ),
        "group": TaskGroup(
            title=words("Nhiệm vụ", "Tasks"), tasks=tuple(task_part(reader, task) for task in page.items)
        ),
        "pager": Pager(
            text=words(f"{writing.number(page.total)} nhiệm vụ", f"{writing.number(page.total)} tasks"),
            page=number,
            pages=max(1, -(-page.total // SIZE)),
            query=urlencode({"xem": chosen, "q": text}),
        ),
        "empty": Empty(
            title=words("Không có nhiệm vụ nào ở mục này", "No task here"),
            text=words(
                "Nhiệm vụ sửa sai lệch mở ra sau mỗi lần đối soát, theo điều khoản giao nguồn dữ liệu.",
                "Tasks open after each matching, under the clause that gives the source to an agency.",
            ),
        ),
        "text": text,
        "chosen": chosen,
    }
    return render(request, "dean06/pages/tasks.html", shown)


def _event(event: EventInfo) -> Event:
    sign, tone, vi, en = HAPPENED.get(event.kind, ("dots", "", event.kind, event.kind))
    note = words(f"{event.done} trên {event.total} dòng", f"{event.done} of {event.total} rows") if event.total else ""
    if event.proof:
        note = f"{note}, {words('lượt', 'run')} {event.proof}".strip(", ")
    return Event(
        text=words(vi, en), when=writing.instant(event.at), iso=event.at.isoformat(), sign=sign, tone=tone, note=note
    )


def _facts(reader: Reader, task: TaskInfo) -> SummaryList:
    names = offices.agencies(reader.group.id)
    chip = clause(label_of(task.basis), address_of(reader, task.basis), kind="reading" if task.basis.reading else "")
    facts = [
        Fact(term=words("Cơ quan chủ trì", "Lead agency"), value=names.get(task.lead, task.lead), aside=chip),
        Fact(
            term=words("Phối hợp", "Coordinating"),
            value=", ".join(names.get(code, code) for code in task.coordinating) or words("không", "none"),
        ),
        Fact(term=words("Hạn", "Last day"), value=writing.day(task.due)),
        Fact(
            term=words("Giao bởi", "Set by"),
            value=words("Hệ thống, theo phân công của Tổ trưởng", "The system, under the leader's standing assignment")
            if task.standing_permit
            else task.assigned_by_role,
        ),
    ]
    if task.basis.reading:
        facts.append(Fact(term=words("Cách hiểu", "Reading"), value=task.basis.reading))
    return SummaryList(facts=tuple(facts))


@group_page
def one(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Show one task: who answers, how far it is, what happened, and the file to hand over."""
    task = work.task(reader.viewer, task_id, see_all=_see_all(reader))
    events = work.events(reader.viewer, task_id, see_all=_see_all(reader))
    order = corrections.order_of_task(task.id)
    actions = []
    if order is not None and task.is_open:
        actions = [
            Action(label=words("Nộp lần sửa", "Hand in the fix"), href=reader.url("deliveries-new"), kind="primary"),
            Action(
                label=words("Tải bảng sửa .xlsx", "Correction file .xlsx"),
                href=reader.url("tasks-handover", task.id),
                sign="save",
            ),
        ]
    shown = {
        "head": PageHead(
            title=task.title,
            crumb=Link(label=words("Nhiệm vụ", "Tasks"), href=reader.url("tasks")),
            meta=(task.ref,),
            actions=tuple(actions),
        ),
        "task": task_part(reader, task),
        "facts": _facts(reader, task),
        "timeline": Timeline(events=tuple(_event(event) for event in reversed(events))),
        "can_claim": order is not None and task.is_open,
        "total": task.total,
        "claim_href": reader.url("tasks-claim", task.id),
    }
    return render(request, "dean06/pages/task.html", shown)


@require_POST
@group_page
def claim(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Take the agency's word that rows are fixed; only the next delivery proves it."""
    work.task(reader.viewer, task_id, see_all=_see_all(reader))
    given = request.POST.get("so_dong", "")
    if not given.isdigit():
        raise BadInput("Số dòng phải là một số.", "The number of rows must be a number.")
    correcting.claim(reader.account, reader.group, task_id, int(given))
    messages.info(
        request,
        words(
            "Đã ghi lời báo. Nhiệm vụ vẫn mở cho đến khi lần nộp sau chứng minh.",
            "Noted. The task stays open until the next delivery proves it.",
        ),
    )
    return HttpResponseRedirect(reader.url("tasks-one", task_id))


@group_page
def handover(_request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Hand over the correction file of a task: place, field, value as delivered, value of the register, clause."""
    work.task(reader.viewer, task_id, see_all=_see_all(reader))
    content, name = correcting.handover(reader.viewer, reader.group, task_id)
    response = HttpResponse(content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
