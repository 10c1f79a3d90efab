"""One task: who answers under which clause, the five points, how far it is, what happened, what can be done now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode

from dean06.charter.types import Citation
from dean06.corrections import service as corrections
from dean06.corrections.types import OrderInfo
from dean06.flows import task_work
from dean06.papers.service import evidence
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.clauses import cite, cite_task
from dean06.web.pages.slips import UNUSABLE, Slip
from dean06.web.pages.succession.handed import handed_facts
from dean06.web.pages.task_parts import task_part, who_leads
from dean06.web.pages.tasking.choosing import ORIGINS
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.work import Check, Checklist, Event, Fact, SummaryList, Timeline
from dean06.web.reader import Reader, group_page
from dean06.work.service import tasks as work
from dean06.work.types import Addressed, EventInfo, ExtensionInfo, Origin, Status, TaskInfo

HAPPENED = {
    "opened": ("pen", "", "Giao nhiệm vụ", "Task set"),
    "progress": ("ok", "", "Lần nộp chứng minh thêm", "A delivery proved more"),
    "progressed": ("dots", "", "Báo tiến độ", "Progress reported"),
    "reported": ("eye", "now", "Báo kết quả, chờ nghiệm thu", "Result reported, to be accepted"),
    "sent_back": ("left", "warn", "Trả lại kết quả", "Result sent back"),
    "closed": ("ok2", "ok", "Đóng: mọi dòng đã có chứng minh", "Closed: every row proved"),
    "reopened": ("warn", "warn", "Mở lại", "Reopened"),
    "claimed": ("eye", "", "Cơ quan báo đã sửa", "The agency says it is fixed"),
    "taken_back": ("left", "", "Rút lần nộp", "Delivery taken back"),
    "cancelled": ("no", "", "Hủy", "Cancelled"),
    "handed_over": ("out", "", "Bàn giao cho tổ kế thừa", "Handed over to a successor"),
    "inherited": ("pen", "", "Nhận bàn giao", "Taken over"),
    "ended": ("end", "", "Kết thúc cùng tổ", "Ended with the group"),
    "asked_time": ("clock", "", "Xin gia hạn", "More time asked for"),
    "extended": ("ok", "", "Gia hạn", "More time given"),
    "kept_time": ("no", "", "Không gia hạn", "No more time"),
    "coordinated": ("pen", "", "Đổi cơ quan phối hợp, theo dõi", "Agencies beside changed"),
    "named": ("pen", "", "Cử người chịu trách nhiệm", "Somebody named to answer"),
    "undone": ("left", "", "Hoàn tác", "Taken back"),
}
CLOSED = {
    "accepted": ("Nghiệm thu, đóng nhiệm vụ", "Accepted and closed"),
    "by_report": ("Đóng theo báo cáo kết quả", "Closed on the reported result"),
}
TOLD = ("inherited",)
NOTHING: Mapping[str, str] = {}

__all__ = ["file", "one", "own_task", "page"]


def own_task(reader: Reader, task_id: int) -> TaskInfo:
    """Return a task of this group; one of another group is not there."""
    task = work.task(reader.viewer, task_id, see_all=reader.see_all)
    if task.group_id != reader.group.id:
        raise Http404
    return task


def _note(reader: Reader, event: EventInfo) -> str:
    parts = []
    if event.kind == "claimed" and event.agency:
        parts.append(reader.agency(event.agency))
    if event.total:
        parts.append(words(f"{event.done} trên {event.total} dòng", f"{event.done} of {event.total} rows"))
    if event.percent is not None:
        parts.append(f"{event.percent} %")
    if event.kind in ("asked_time", "extended") and event.note:
        parts.append(words(f"đến {writing.day(event.note)}", f"until {writing.day(event.note)}"))
    if event.kind in TOLD and event.note:
        parts.append(words(f"từ {event.note}", f"from {event.note}"))
    if event.words:
        parts.append(event.words)
    if event.proof:
        by_run = event.total > 0
        parts.append(f"{words('lượt', 'run') if by_run else words('văn bản', 'paper')} {event.proof}")
    if event.undone:
        parts.append(words("đã hoàn tác", "taken back"))
    return ", ".join(parts)


def _event(reader: Reader, event: EventInfo) -> Event:
    sign, tone, vi, en = HAPPENED.get(event.kind, ("dots", "", event.kind, event.kind))
    if event.kind == "closed" and not event.total:
        vi, en = CLOSED.get(event.note, ("Đóng nhiệm vụ", "Closed"))
    known = reader.charter.roles.get(event.role)
    who = known.title if known and event.actor != "auto" else ""
    at = reader.agency(event.agency) if event.agency and event.kind != "claimed" else ""
    note = _note(reader, event)
    return Event(
        text=words(vi, en),
        when=writing.instant(event.at),
        iso=event.at.isoformat(),
        sign=sign,
        tone="" if event.undone else tone,
        note=". ".join(part for part in (", ".join(one for one in (who, at) if one), note) if part),
    )


def _facts(reader: Reader, task: TaskInfo) -> SummaryList:
    facts = [
        Fact(
            term=words("Cơ quan được đề nghị", "Body asked")
            if task.addressed is Addressed.OUTSIDE
            else words("Cơ quan chủ trì", "Lead agency"),
            value=who_leads(reader, task),
            aside=cite_task(reader, task),
        ),
        Fact(term=words("Phối hợp", "Coordinating"), value=_names(reader, task.coordinating)),
        Fact(term=words("Theo dõi", "Following"), value=_names(reader, task.following)),
        Fact(term=words("Hạn", "Last day"), value=_last_day(task)),
        Fact(term=words("Nguồn", "Source"), value=_source(reader, task)),
        Fact(term=words("Giao bởi", "Set by"), value=_set_by(reader, task)),
    ]
    if task.basis.reading and not task.came_from:
        facts.append(Fact(term=words("Cách hiểu", "Reading"), value=task.basis.reading))
    return SummaryList(facts=(*facts, *handed_facts(reader, task)))


def _names(reader: Reader, codes: tuple[str, ...]) -> str:
    return ", ".join(reader.agency(code) for code in codes) or words("không", "none")


def _last_day(task: TaskInfo) -> str:
    day = writing.day(task.due)
    if task.first_due is None or task.first_due == task.due:
        return day
    return words(
        f"{day} (đã gia hạn, hạn đầu {writing.day(task.first_due)})",
        f"{day} (extended, first {writing.day(task.first_due)})",
    )


def _source(reader: Reader, task: TaskInfo) -> str:
    kind = words(*ORIGINS[task.origin])
    if task.source_paper is not None:
        href = reader.url("papers-one", task.source_paper)
        return format_html('{}: <a href="{}">{}</a>', kind, href, task.source or words("văn bản", "paper"))
    return f"{kind}: {task.source}" if task.source else kind


def _set_by(reader: Reader, task: TaskInfo) -> str:
    if task.came_from:
        return words("Biên bản bàn giao", "The record of the hand-over")
    if task.standing_permit:
        return words("Hệ thống, theo phân công của Tổ trưởng", "The system, under the leader's standing assignment")
    known = reader.charter.roles.get(task.assigned_by_role)
    title = known.title if known else task.assigned_by_role
    if task.assigned_by_role == "standing_deputy" and task.origin is not Origin.OWN:
        return words(f"{title} (thay Tổ trưởng)", f"{title} (for the leader)")
    return title


def _clear(task: TaskInfo) -> Checklist:
    return Checklist(
        items=tuple(
            Check(
                text=words(one.vi, one.en),
                tone="ok" if one.met else "warn",
                sign="ok" if one.met else "bang",
                note="" if one.met else words(one.missing_vi, one.missing_en),
            )
            for one in work.clarity(task)
        )
    )


def _actions(reader: Reader, order: OrderInfo) -> tuple[Action, ...]:
    next_delivery = urlencode({"nguon": order.source, "co_quan": order.agency})
    return (
        Action(
            label=words("Nộp lần sửa", "Hand in the fix"),
            href=f"{reader.url('deliveries-new')}?{next_delivery}",
            kind="primary",
        ),
        Action(
            label=words("Trả lời từng dòng", "Answer row by row"),
            href=f"{reader.url('answers')}?{urlencode({'don': order.id})}",
        ),
        Action(
            label=words("Tải bảng sửa .xlsx", "Correction file .xlsx"),
            href=reader.url("tasks-handover", order.task_id),
            sign="save",
        ),
    )


def _asked(reader: Reader, one: ExtensionInfo) -> dict[str, object]:
    cited = [cite(reader, Citation(*_split(label)), text=one.charter_hash) for label in one.cites[:1]]
    return {
        "wanted": writing.day(one.wanted),
        "typed": writing.day(one.wanted),
        "ground": one.ground,
        "asked": writing.instant(one.asked_at),
        "agency": reader.agency(one.agency) if one.agency else "",
        "answer": one.answer,
        "given": writing.day(one.given) if one.given else "",
        "reason": one.reason,
        "when": writing.instant(one.answered_at),
        "cites": cited,
    }


def _split(dotted: str) -> tuple[str, str | None, str | None]:
    article, _, rest = dotted.partition(".")
    clause, _, point = rest.partition(".")
    return article, clause or None, point or None


@group_page
def one(request: HttpRequest, reader: Reader, task_id: int) -> HttpResponse:
    """Show one task whole."""
    return page(request, reader, task_id)


def page(
    request: HttpRequest, reader: Reader, task_id: int, typed: Mapping[str, str] = NOTHING, slips: tuple[Slip, ...] = ()
) -> HttpResponse:
    """Return the page of a task; a report that could not be taken stands in its form again, with what was wrong."""
    task = own_task(reader, task_id)
    events = work.events(reader.viewer, task_id, see_all=reader.see_all)
    order = corrections.order_of_task(task.id) if task.origin is Origin.FINDING else None
    owed = order if task.is_open else None
    asked = work.extensions(task.id)
    shown = {
        "head": PageHead(
            title=task.title,
            crumb=Link(label=words("Nhiệm vụ", "Tasks"), href=reader.url("tasks")),
            meta=(words(f"Nhiệm vụ số {task.number}", f"Task no. {task.number}"),),
            actions=_actions(reader, owed) if owed else (),
        ),
        "task": task_part(reader, task),
        "info": task,
        "facts": _facts(reader, task),
        "waits_chip": chip("ask", words("Chờ nghiệm thu", "To accept"), with_sign="eye"),
        "clear": _clear(task),
        "clear_source": work.clarity_source(),
        "timeline": Timeline(events=tuple(_event(reader, event) for event in reversed(events))),
        "can_claim": owed is not None and task.lead in reader.own_agencies,
        "owed": owed,
        "lead": who_leads(reader, task),
        "left": task.total - task.done,
        "total": task.total,
        "claim_href": reader.url("tasks-claim", task.id),
        "files": _files(reader, task),
        "extensions": [_asked(reader, one_) for one_ in asked],
        "waiting": next((_asked(reader, one_) for one_ in asked if not one_.answer), None),
        "undo": _undo(reader, task, events),
        **_doable(reader, task),
        "slips": slips,
        "typed": typed,
    }
    return render(request, "dean06/pages/task.html", shown, status=UNUSABLE if slips else 200)


def _files(reader: Reader, task: TaskInfo) -> list[dict[str, str]]:
    return [
        {
            "name": one_.name,
            "size": writing.number(max(1, one_.size // 1024)),
            "when": writing.instant(one_.at),
            "href": reader.url("tasks-file", task.id, one_.id),
        }
        for one_ in work.files(reader.viewer, task.id, see_all=reader.see_all)
    ]


def _undo(reader: Reader, task: TaskInfo, events: tuple[EventInfo, ...]) -> dict[str, object] | None:
    """Return the last thing that can be taken back; nothing where the group has ended."""
    back = work.undoable(events, task) if not reader.ending else None
    if back is None:
        return None
    return {"label": words(*_named(back)), "href": reader.url("tasks-undo", task.id), "event": back.id}


def _named(event: EventInfo) -> tuple[str, str]:
    _, _, vi, en = HAPPENED.get(event.kind, ("", "", event.kind, event.kind))
    if event.kind == "closed":
        vi, en = CLOSED.get(event.note, ("Đóng nhiệm vụ", "Closed"))
    return f"Hoàn tác: {vi.lower()}", f"Take back: {en.lower()}"


def _doable(reader: Reader, task: TaskInfo) -> dict[str, object]:
    """Return what the reader can do now: speak for the agency, decide, neither; asked of the charter once each."""
    speaks = task.is_open and not reader.ending and task_work.may_report(reader.account, reader.group, task).allowed
    decides = not reader.ending and _decides(reader, task)
    by_hand = not task.total
    return {
        "speaks": speaks and by_hand and task.status is not Status.REPORTED,
        "asks_time": speaks,
        "names": speaks,
        "needs_proof": speaks and task.lead not in reader.own_agencies,
        "accepts": decides and task.status is Status.REPORTED,
        "decides": decides and task.is_open,
        "reopens": decides and by_hand and task.status is Status.DONE,
        "agencies": sorted(reader.agencies.items(), key=lambda pair: pair[1]) if decides and task.is_open else [],
        "urls": {
            name: reader.url(f"tasks-{name}", task.id)
            for name in ("report", "answer", "time", "time_answer", "beside", "person", "reopen", "cancel", "close")
        },
        "today": writing.day(reader.today),
    }


def _decides(reader: Reader, task: TaskInfo) -> bool:
    if task.origin is Origin.OWN and task.assigned_by_account == reader.account:
        return True
    if task.origin is Origin.REQUEST:
        return reader.oversees
    return task_work.may_answer(reader.account, reader.group).allowed


@group_page
def file(_request: HttpRequest, reader: Reader, task_id: int, shown_id: int) -> FileResponse:
    """Hand out a file that shows how far a task is, its checksum verified."""
    own_task(reader, task_id)
    found = next(
        (one_ for one_ in work.files(reader.viewer, task_id, see_all=reader.see_all) if one_.id == shown_id),
        None,
    )
    if found is None:
        raise Http404
    path: Path = evidence.path_of(found.sha256, found.suffix)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=found.name)
    response["Cache-Control"] = "no-store"
    return response
