"""What people are told of tasks: given, beside, reported, answered, more time asked and given, reopened, taken off."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dean06.charter.types import Citation
from dean06.clock import service as clock
from dean06.flows.bearers import seats_with
from dean06.flows.news.passing_on import Story, pass_on
from dean06.flows.telling import Address, Said, To
from dean06.ledger.service import Followed
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.work.service import tasks as work
from dean06.work.types import Addressed, TaskInfo

GIVING = "task.assign"
SECRETARIAT = "secretariat"
BY_REPORT = "report"

__all__ = ["cited", "tell_of_task"]


def tell_of_task(group: GroupInfo, act: Followed) -> None:
    """Tell of what an act did to a task, whomever it concerns; progress and claims are for its page alone."""
    _, _, number = act.object_id.partition(":")
    task = work.by_number(group.id, int(number)) if number.isdecimal() else None
    if task is None:
        return
    rule = next((one for noted, one in NOTED.items() if act.note.get(noted)), _known_by_its_act)
    rule(group, act, task)


def _known_by_its_act(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    """Tell of what a delivery or a paper proved, which notes no step of its own."""
    if act.action == "finding.reopen_by_delivery":
        _reopened_by_delivery(group, act, task)
    elif act.action == "task.close_automatic" or "paper" in act.note:
        _closed(group, act, task)


def cited(task: TaskInfo) -> Citation | None:
    """Return the clause that a task rests on."""
    basis = task.basis
    if not basis.article:
        return None
    return Citation(article=basis.article, clause=basis.clause or None, point=basis.point or None)


def _tell(group: GroupInfo, act: Followed, task: TaskInfo, to: To, kind: str, said: Said, key: str = "") -> None:
    """Tell of a task under the clause that it rests on, leading to its page."""
    address = Address(route="tasks-one", args=(task.id,))
    told = key or f"task:{task.ref}:{act.leaf}"
    pass_on(group, act, to, Story(kind=kind, said=said, address=address, clause=cited(task), key=told))


def _giver(group: GroupInfo, task: TaskInfo) -> To:
    """Return whoever gave a task; whoever may give tasks where that person sits here no more."""
    held = offices.holders(group.id, clock.today(group))
    if any(seat.account == task.assigned_by_account for seat in held):
        return To(accounts=(task.assigned_by_account,))
    return To(seats=seats_with(group, GIVING))


def _hands(task: TaskInfo) -> To:
    """Return the agencies that work on a task."""
    return To(agencies=(task.lead, *task.coordinating))


def _given(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    if task.addressed is Addressed.OUTSIDE:
        _requested(group, act, task)
        return
    due = f"{task.due:%d/%m/%Y}"
    lead = Said(
        vi=f"Cơ quan bạn chủ trì nhiệm vụ {task.number}: {task.title}. Hạn {due}.",
        en=f"Your agency leads task {task.number}: {task.title}. Due {due}.",
    )
    _tell(group, act, task, To(agencies=(task.lead,)), "task_assigned", lead)
    _beside(group, act, task)


def _requested(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    """Tell a body that is asked where its people sit here; whoever writes letters for the group where they do not."""
    due, seats = f"{task.due:%d/%m/%Y}", offices.holders(group.id, clock.today(group), agency=task.lead)
    if any(seat.account for seat in seats):
        said = Said(
            vi=f"{group.short_name} đề nghị cơ quan bạn: {task.title}. Mong trả lời trước hết ngày {due}.",
            en=f"{group.short_name} asks your agency: {task.title}. An answer is hoped for by {due}.",
        )
        _tell(group, act, task, To(agencies=(task.lead,)), "request_made", said)
        return
    said = Said(
        vi=f"Đề nghị {task.body}: {task.title}, trước hết ngày {due}. Nơi này không nhận tin ở đây: gửi công văn.",
        en=f"{task.body} is asked: {task.title}, by {due}. It reads no notices here: send a letter.",
    )
    _tell(group, act, task, To(roles=(SECRETARIAT,)), "request_made", said)


def _beside(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    """Tell agencies that they take part or follow, each once a task, however often the list is written."""
    due = f"{task.due:%d/%m/%Y}"
    leading = tuple(
        seat.account for seat in offices.holders(group.id, clock.today(group), agency=task.lead) if seat.account
    )
    for agencies, vi, en, mark in (
        (task.coordinating, "phối hợp", "takes part in", "beside"),
        (task.following, "theo dõi", "follows", "following"),
    ):
        if agencies:
            said = Said(
                vi=f"Cơ quan bạn {vi} nhiệm vụ {task.number}: {task.title}. Hạn {due}.",
                en=f"Your agency {en} task {task.number}: {task.title}. Due {due}.",
            )
            to = To(agencies=agencies, besides=leading)
            _tell(group, act, task, to, "task_beside", said, f"task:{task.ref}:{mark}")


def _reported(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    lead = offices.agency_name(group.id, task.lead)
    if not task.is_open:  # what an agency took up by itself ends with its report; the rest was answered meanwhile
        if task.closed_by == BY_REPORT:
            _closed(group, act, task)
        return
    said = Said(
        vi=f"{lead} báo xong nhiệm vụ {task.number}, chờ nghiệm thu: {task.title}.",
        en=f"{lead} reports task {task.number} done; its result waits for acceptance: {task.title}.",
    )
    _tell(group, act, task, _giver(group, task), "task_reported", said)


def _answered(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    match act.note["answer"]:
        case "accept":
            _accepted(group, act, task)
        case "send_back":
            _sent_back(group, act, task)
        case answer:
            _time_answered(group, act, task, granted=answer == "granted")


def _accepted(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    said = Said(
        vi=f"Kết quả nhiệm vụ {task.number} được nghiệm thu: {task.title}.",
        en=f"The result of task {task.number} is accepted: {task.title}.",
    )
    _tell(group, act, task, _hands(task), "task_accepted", said)


def _sent_back(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    said = Said(
        vi=f"Kết quả nhiệm vụ {task.number} bị trả lại: {task.title}. Lý do ghi ở trang nhiệm vụ.",
        en=f"The result of task {task.number} is sent back: {task.title}. Its page has the reason.",
    )
    _tell(group, act, task, _hands(task), "task_returned", said)


def _time_asked(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    lead = offices.agency_name(group.id, task.lead)
    said = Said(
        vi=f"{lead} xin gia hạn nhiệm vụ {task.number}, hạn {task.due:%d/%m/%Y}: {task.title}.",
        en=f"{lead} asks for more time for task {task.number}, due {task.due:%d/%m/%Y}: {task.title}.",
    )
    _tell(group, act, task, _giver(group, task), "extension_asked", said)


def _time_answered(group: GroupInfo, act: Followed, task: TaskInfo, *, granted: bool) -> None:
    due = f"{task.due:%d/%m/%Y}"
    vi = f"được gia hạn đến {due}" if granted else f"không được gia hạn, hạn vẫn là {due}"
    en = f"has time until {due}" if granted else f"gets no more time and is due {due}"
    said = Said(vi=f"Nhiệm vụ {task.number} {vi}: {task.title}.", en=f"Task {task.number} {en}: {task.title}.")
    _tell(group, act, task, _hands(task), "extension_answered", said)


def _reopened(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    said = Said(
        vi=f"Nhiệm vụ {task.number} mở lại: {task.title}. Hạn {task.due:%d/%m/%Y}.",
        en=f"Task {task.number} is open again: {task.title}. Due {task.due:%d/%m/%Y}.",
    )
    _tell(group, act, task, _hands(task), "task_reopened", said)


def _reopened_by_delivery(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    if not task.is_open:
        return
    left = task.total - task.done
    said = Said(
        vi=f"Nhiệm vụ {task.number} mở lại: {task.title}. Lần nộp sau cho thấy còn {left} dòng.",
        en=f"Task {task.number} is open again: {task.title}. {left} rows are left.",
    )
    _tell(group, act, task, To(agencies=(task.lead,)), "task_reopened", said)


def _closed(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    if task.is_open:
        return
    said = Said(vi=f"Nhiệm vụ {task.number} đã xong: {task.title}.", en=f"Task {task.number} is done: {task.title}.")
    to = To(agencies=(task.lead, *task.coordinating), accounts=(task.assigned_by_account,))
    _tell(group, act, task, to, "task_closed", said)


def _taken_off(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    said = Said(
        vi=f"Nhiệm vụ {task.number} không phải làm nữa: {task.title}. Lý do ghi ở trang nhiệm vụ.",
        en=f"Task {task.number} is off the list: {task.title}. Its page has the reason.",
    )
    _tell(group, act, task, _hands(task), "task_changed", said)


def _step_undone(group: GroupInfo, act: Followed, task: TaskInfo) -> None:
    """Tell the other side that the last step was taken back."""
    said = Said(
        vi=f"Một bước của nhiệm vụ {task.number} vừa được rút lại: {task.title}. Xem trang nhiệm vụ.",
        en=f"A step of task {task.number} was taken back: {task.title}. Its page says which.",
    )
    to = To(agencies=(task.lead,), accounts=(task.assigned_by_account,))
    _tell(group, act, task, to, "task_changed", said)


# What an entry notes tells which step it was; the first that stands in it counts.
NOTED: Mapping[str, Callable[[GroupInfo, Followed, TaskInfo], None]] = {
    "lead": _given,
    "answer": _answered,
    "day": _time_asked,
    "finished": _reported,
    "beside": _beside,
    "reopened": _reopened,
    "reason": _taken_off,
    "voided": _taken_off,
    "undone": _step_undone,
}
