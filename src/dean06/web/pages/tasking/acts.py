"""What is done to one task from its page: each act is a form of one thing, asked of the charter, and told in a line."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import correcting, task_work
from dean06.web import sheet
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.refusals import reason_of
from dean06.web.pages.slips import Misfilled, slips_of
from dean06.web.pages.tasking.one import own_task, page
from dean06.web.reader import Reader, group_page
from dean06.work.service import tasks as work
from dean06.work.types import Said

MOST_MB = 20

__all__ = [
    "answer",
    "begin",
    "beside",
    "cancel",
    "claim",
    "close",
    "handover",
    "person",
    "reopen",
    "report",
    "time",
    "time_answer",
    "undo",
]


def _words(request: HttpRequest, name: str = "loi") -> str:
    return request.POST.get(name, "").replace("\r\n", "\n").strip()[:2000]


def _day(request: HttpRequest, name: str, what: tuple[str, str]) -> date:
    return day_given(request.POST.get(name, ""), words(*what))


def _back(request: HttpRequest, reader: Reader, task_id: int, vi: str, en: str) -> HttpResponseRedirect:
    messages.success(request, words(vi, en))
    return HttpResponseRedirect(reader.url("tasks-one", task_id))


def _files(request: HttpRequest) -> list[tuple[bytes, str]]:
    given = request.FILES.getlist("tep")
    if any((one.size or 0) > MOST_MB << 20 for one in given):
        raise BadInput(f"Tệp lớn hơn {MOST_MB} MB: gửi tệp nhỏ hơn.", f"A file is over {MOST_MB} MB.")
    return [(bytes(one.read()), str(one.name)) for one in given if one.size]


def _said(request: HttpRequest) -> Said:
    typed, finished = request.POST.get("phan_tram", "").strip(), bool(request.POST.get("xong"))
    if not typed.isdecimal() and not finished:
        raise Misfilled("bc-phan-tram", "Tiến độ là một số từ 0 đến 100.", "Progress is a number from 0 to 100.")
    return Said(
        percent=100 if finished else int(typed),
        words=_words(request),
        finished=finished,
        files=task_work.keep(_files(request)),
    )


@require_POST
@group_page
def report(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Take the agency's progress, or its result with what shows it."""
    own_task(reader, task_id)
    try:
        said = _said(request)
        made = task_work.report(reader.account, reader.group, task_id, said)
    except BadInput as problem:
        return page(request, reader, task_id, request.POST.dict(), slips_of(problem, "bc-tep"))
    if not said.finished:
        return _back(
            request, reader, task_id, f"Đã ghi tiến độ {made.percent} %.", f"Progress noted: {made.percent} %."
        )
    if made.is_open:
        return _back(request, reader, task_id, "Đã báo kết quả, chờ nghiệm thu.", "Reported; it waits to be accepted.")
    return _back(request, reader, task_id, "Đã ghi kết quả và đóng việc.", "The result is noted and the task closed.")


@require_POST
@group_page
def begin(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Take the agency's word that it has begun: the first percent."""
    own_task(reader, task_id)
    task_work.report(reader.account, reader.group, task_id, Said(percent=1, words=""))
    messages.success(request, words("Đã chuyển sang Đang làm.", "Moved to In progress."))
    return HttpResponseRedirect(f"{reader.url('tasks-board')}#dang")


@require_POST
@group_page
def answer(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Accept a reported result, or send it back."""
    own_task(reader, task_id)
    given, reason = _words(request), reason_of(request)
    if request.POST.get("tra_loi") == "tra_lai":
        task_work.send_back(reader.account, reader.group, task_id, given, reason=reason)
        return _back(request, reader, task_id, "Đã trả lại kết quả.", "The result is sent back.")
    task_work.accept(reader.account, reader.group, task_id, given, reason=reason)
    return _back(request, reader, task_id, "Đã nghiệm thu, nhiệm vụ hoàn thành.", "Accepted; the task is done.")


@require_POST
@group_page
def time(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Ask for more time; whoever decides gives it at once."""
    own_task(reader, task_id)
    day = _day(request, "den_ngay", ("Hạn mới", "New last day"))
    if request.POST.get("cho"):
        task_work.extend(reader.account, reader.group, task_id, day, _words(request), reason=reason_of(request))
        return _back(request, reader, task_id, "Đã gia hạn.", "More time is given.")
    task_work.ask_extension(reader.account, reader.group, task_id, day, _words(request))
    return _back(request, reader, task_id, "Đã gửi đề nghị gia hạn.", "The request for time is sent.")


@require_POST
@group_page
def time_answer(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Grant the time that was asked for, or refuse it."""
    own_task(reader, task_id)
    day, granted = _day(request, "den_ngay", ("Hạn mới", "New last day")), request.POST.get("tra_loi") != "khong"
    task_work.answer_extension(
        reader.account, reader.group, task_id, day, _words(request), granted=granted, reason=reason_of(request)
    )
    vi, en = ("Đã đồng ý gia hạn.", "Time is granted.") if granted else ("Đã từ chối gia hạn.", "Time is refused.")
    return _back(request, reader, task_id, vi, en)


@require_POST
@group_page
def beside(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Say which agencies coordinate and which follow."""
    own_task(reader, task_id)
    coordinating = tuple(dict.fromkeys(request.POST.getlist("phoi_hop")))
    following = tuple(code for code in dict.fromkeys(request.POST.getlist("theo_doi")) if code not in coordinating)
    task_work.coordinate(reader.account, reader.group, task_id, coordinating, following, reason=reason_of(request))
    return _back(request, reader, task_id, "Đã đổi cơ quan phối hợp, theo dõi.", "The agencies beside are changed.")


@require_POST
@group_page
def person(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Name the one person who answers."""
    own_task(reader, task_id)
    task_work.name(reader.account, reader.group, task_id, _words(request, "nguoi"), reason=reason_of(request))
    return _back(request, reader, task_id, "Đã ghi người chịu trách nhiệm.", "The accountable person is noted.")


@require_POST
@group_page
def reopen(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Open a task again."""
    own_task(reader, task_id)
    typed = request.POST.get("den_ngay", "").strip()
    due = _day(request, "den_ngay", ("Hạn mới", "New last day")) if typed else None
    task_work.reopen(reader.account, reader.group, task_id, _words(request), due, reason=reason_of(request))
    return _back(request, reader, task_id, "Đã mở lại nhiệm vụ.", "The task is open again.")


@require_POST
@group_page
def cancel(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Take a task off the list."""
    own_task(reader, task_id)
    task_work.cancel(reader.account, reader.group, task_id, _words(request), reason=reason_of(request))
    return _back(request, reader, task_id, "Đã hủy nhiệm vụ.", "The task is cancelled.")


@require_POST
@group_page
def close(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Close a task on the paper that reports its result."""
    own_task(reader, task_id)
    task_work.close_on_paper(
        reader.account, reader.group, task_id, _words(request, "van_ban"), reason=reason_of(request)
    )
    return _back(request, reader, task_id, "Đã đóng theo văn bản báo cáo.", "Closed on the reporting paper.")


@require_POST
@group_page
def undo(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Take back the last thing done by hand."""
    task = own_task(reader, task_id)
    events = work.events(reader.viewer, task_id, see_all=reader.see_all)
    last = work.undoable(events, task)
    if last is None or str(last.id) != request.POST.get("viec"):
        raise BadInput("Đã có việc khác sau đó: mở lại trang để xem.", "Something came after it: open the page again.")
    task_work.undo(reader.account, reader.group, task_id, last, reason=reason_of(request))
    return _back(request, reader, task_id, "Đã hoàn tác.", "It is taken back.")


@require_POST
@group_page
def claim(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Take the agency's word that rows are fixed; only the next delivery proves it."""
    own_task(reader, task_id)
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
    own_task(reader, task_id)
    content, name = correcting.handover(reader.viewer, reader.group, task_id)
    response = HttpResponse(content, content_type=sheet.TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
