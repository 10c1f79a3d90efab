"""Nhiệm vụ: lists by state and agency, one task with its history, and the agency's word that rows are fixed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import OrderInfo
from dean06.flows import correcting
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.pages.clauses import cite_task
from dean06.web.pages.listing import page_number
from dean06.web.pages.succession.handed import handed_facts
from dean06.web.pages.task_parts import task_part, task_sheet
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Facet, Facets, Pager
from dean06.web.parts.work import Event, Fact, SummaryList, TaskGroup, Timeline
from dean06.web.reader import Reader, group_page
from dean06.work.service import tasks as work
from dean06.work.types import OPEN_STATES, EventInfo, Filters, Page, Status, TaskInfo

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
    "handed_over": ("out", "", "Bàn giao cho tổ kế thừa", "Handed over to a successor"),
    "inherited": ("pen", "", "Nhận bàn giao", "Taken over"),
    "ended": ("end", "", "Kết thúc cùng tổ", "Ended with the group"),
}

TOLD = ("inherited",)

__all__ = ["claim", "handover", "one", "tasks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the reader narrowed the list to."""

    view: str
    text: str
    agency: str

    def query(self, **changed: str) -> str:
        """Return the choice as an address, some of it changed."""
        given = {"xem": self.view, "q": self.text, "co_quan": self.agency} | changed
        return urlencode({key: value for key, value in given.items() if value or key == "xem"})

    def filters(self, reader: Reader, view: str) -> Filters:
        """Return what the list is asked for under a view."""
        match view:
            case "mo":
                return Filters(statuses=OPEN_STATES, text=self.text, agency=self.agency)
            case "qua-han":
                return Filters(statuses=OPEN_STATES, overdue_at=reader.now, text=self.text, agency=self.agency)
            case "xong":
                return Filters(statuses=frozenset({Status.DONE}), text=self.text, agency=self.agency)
            case _:
                return Filters(text=self.text, agency=self.agency)


def _chosen(request: HttpRequest, reader: Reader) -> Chosen:
    agency = request.GET.get("co_quan", "")
    return Chosen(
        view=request.GET.get("xem", "mo"),
        text=" ".join(request.GET.get("q", "").split()),
        agency=agency if agency in reader.agencies else "",
    )


def _page(reader: Reader, filters: Filters, *, number: int = 1, size: int = SIZE) -> Page:
    return work.tasks(reader.viewer, reader.group.id, filters, see_all=reader.see_all, number=number, size=size)


def _facets(reader: Reader, chosen: Chosen) -> Facets:
    return Facets(
        label=words("Lọc nhiệm vụ", "Filter tasks"),
        items=tuple(
            Facet(
                label=words(vi, en),
                count=writing.number(_page(reader, chosen.filters(reader, code), size=0).total),
                href=f"?{chosen.query(xem=code)}",
                current=code == chosen.view,
            )
            for code, vi, en in VIEWS
        ),
    )


EMPTY = (
    "Nhiệm vụ sửa sai lệch mở ra sau mỗi lần đối soát, theo điều khoản giao nguồn dữ liệu.",
    "Tasks open after each matching, under the clause that gives the source to an agency.",
)


@group_page
def tasks(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the group's tasks that the reader may see."""
    chosen = _chosen(request, reader)
    filters = chosen.filters(reader, chosen.view)
    if sheet.asked(request):
        listed = _page(reader, filters, size=sheet.MOST).items
        made = task_sheet(reader, listed, (words(f"Ngày {writing.day(reader.today)}", f"{reader.today}"),))
        return sheet.answer(made, f"nhiem-vu-{reader.group.slug}-{reader.today}")
    number = page_number(request)
    page = _page(reader, filters, number=number)
    total = words(f"{writing.number(page.total)} nhiệm vụ", f"{writing.number(page.total)} tasks")
    shown = {
        "head": PageHead(title=words("Nhiệm vụ", "Tasks"), meta=(total,), actions=(sheet.offer(request),)),
        "facets": _facets(reader, chosen),
        "group": TaskGroup(
            title=words("Nhiệm vụ", "Tasks"), tasks=tuple(task_part(reader, task) for task in page.items)
        ),
        "pager": Pager(text=total, page=number, pages=max(1, -(-page.total // SIZE)), query=chosen.query()),
        "empty": Empty(
            title=words(
                "Không có nhiệm vụ nào ở mục này, trong phạm vi của bạn", "No task here, within what you may see"
            ),
            text=words(*EMPTY),
        ),
        "chosen": chosen,
        "agencies": _leading(reader) if reader.oversees else [],
    }
    return render(request, "dean06/pages/tasks.html", shown)


def _leading(reader: Reader) -> list[tuple[str, str]]:
    """Return the agencies that a source is given to, for the filter."""
    codes = sorted({held.agency for held in reader.standing.values()}, key=reader.agency)
    return [(code, reader.agency(code)) for code in codes]


def _event(reader: Reader, event: EventInfo) -> Event:
    sign, tone, vi, en = HAPPENED.get(event.kind, ("dots", "", event.kind, event.kind))
    said = event.kind == "claimed"
    note = words(f"{event.done} trên {event.total} dòng", f"{event.done} of {event.total} rows") if event.total else ""
    if said and event.agency:
        note = f"{reader.agency(event.agency)}: {note}"
    if event.kind in TOLD and event.note:
        note = words(f"từ {event.note}", f"from {event.note}")
    if event.proof:
        note = f"{note}, {words('lượt', 'run')} {event.proof}".strip(", ")
    return Event(
        text=words(vi, en), when=writing.instant(event.at), iso=event.at.isoformat(), sign=sign, tone=tone, note=note
    )


def _facts(reader: Reader, task: TaskInfo) -> SummaryList:
    facts = [
        Fact(
            term=words("Cơ quan chủ trì", "Lead agency"),
            value=reader.agency(task.lead),
            aside=cite_task(reader, task),
        ),
        Fact(
            term=words("Phối hợp", "Coordinating"),
            value=", ".join(reader.agency(code) for code in task.coordinating) or words("không", "none"),
        ),
        Fact(term=words("Hạn", "Last day"), value=writing.day(task.due)),
        Fact(term=words("Giao bởi", "Set by"), value=_set_by(reader, task)),
    ]
    if task.basis.reading and not task.came_from:
        facts.append(Fact(term=words("Cách hiểu", "Reading"), value=task.basis.reading))
    return SummaryList(facts=(*facts, *handed_facts(reader, task)))


def _set_by(reader: Reader, task: TaskInfo) -> str:
    if task.came_from:
        return words("Biên bản bàn giao", "The record of the hand-over")
    if task.standing_permit:
        return words("Hệ thống, theo phân công của Tổ trưởng", "The system, under the leader's standing assignment")
    known = reader.charter.roles.get(task.assigned_by_role)
    return known.title if known else task.assigned_by_role


def _actions(reader: Reader, task: TaskInfo, order: OrderInfo) -> tuple[Action, ...]:
    next_delivery = urlencode({"nguon": order.source, "co_quan": order.agency})
    return (
        Action(
            label=words("Nộp lần sửa", "Hand in the fix"),
            href=f"{reader.url('deliveries-new')}?{next_delivery}",
            kind="primary",
        ),
        Action(
            label=words("Tải bảng sửa .xlsx", "Correction file .xlsx"),
            href=reader.url("tasks-handover", task.id),
            sign="save",
        ),
    )


@group_page
def one(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Show one task: who answers, how far it is, what happened, and the file to hand over."""
    task = _own(reader, task_id)
    events = work.events(reader.viewer, task_id, see_all=reader.see_all)
    order = corrections.order_of_task(task.id)
    owed = order if task.is_open else None
    shown = {
        "head": PageHead(
            title=task.title,
            crumb=Link(label=words("Nhiệm vụ", "Tasks"), href=reader.url("tasks")),
            meta=(words(f"Nhiệm vụ số {task.number}", f"Task no. {task.number}"),),
            actions=_actions(reader, task, owed) if owed else (),
        ),
        "task": task_part(reader, task),
        "facts": _facts(reader, task),
        "timeline": Timeline(events=tuple(_event(reader, event) for event in reversed(events))),
        "can_claim": owed is not None and task.lead in reader.own_agencies,
        "owed": owed,
        "lead": reader.agency(task.lead),
        "left": task.total - task.done,
        "total": task.total,
        "claim_href": reader.url("tasks-claim", task.id),
    }
    return render(request, "dean06/pages/task.html", shown)


def _own(reader: Reader, task_id: int) -> TaskInfo:
    """Return a task of this group; one of another group is not there."""
    task = work.task(reader.viewer, task_id, see_all=reader.see_all)
    if task.group_id != reader.group.id:
        raise Http404
    return task


@require_POST
@group_page
def claim(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Take the agency's word that rows are fixed; only the next delivery proves it."""
    _own(reader, task_id)
    given = request.POST.get("so_dong", "")
    if not given.isdecimal():
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
    _own(reader, task_id)
    content, name = correcting.handover(reader.viewer, reader.group, task_id)
    response = HttpResponse(content, content_type=sheet.TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
