"""A meeting as it goes: opened, item by item, concluded, closed; and the ways back before its minutes are signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from dean06.charter.types import Permit
from dean06.meetings.errors import MeetingRefused
from dean06.meetings.models import Conclusion, Item, Meeting, Presence, Vote
from dean06.meetings.preparing import own_item
from dean06.meetings.rows import happened, item_info, locked, meeting_info, plain, ref_of, require
from dean06.meetings.types import Cited, ConclusionInfo, ItemInfo, ItemState, MeetingInfo, NewConclusion, State

HELD = (State.OPEN, State.CLOSED)

__all__ = [
    "attach_task",
    "begin_item",
    "close",
    "conclude",
    "conclusion_info",
    "defer_item",
    "drop_conclusion",
    "end_item",
    "note_item",
    "open_meeting",
    "reopen",
    "reopen_item",
    "reword_conclusion",
]


def open_meeting(by: Permit, meeting_id: int, presiding: Cited) -> MeetingInfo:
    """Open a convened meeting; `presiding` names the clauses under which its chair presides."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.CONVENED)
        row.state, row.opened_at, row.presiding, row.changed_at = State.OPEN.value, by.at, plain(presiding), by.at
        row.save(update_fields=["state", "opened_at", "presiding", "changed_at"])
        happened(by, row, "opened", {"chair": row.chair_seat}, row.chair_name)
    return meeting_info(row)


def begin_item(by: Permit, meeting_id: int, item_id: int) -> ItemInfo:
    """Turn to an item; the one that was current is done."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.OPEN)
        item = own_item(row, item_id)
        if item.state not in (ItemState.WAITING, ItemState.DEFERRED):
            raise MeetingRefused("Nội dung này đã bắt đầu.", "This item has begun already.")
        _end_current(row, by.at)
        item.state, item.started_at, item.ended_at = ItemState.CURRENT.value, item.started_at or by.at, None
        item.save(update_fields=["state", "started_at", "ended_at"])
        happened(by, row, "item_begun", {"item": item_id}, item.title)
    return item_info(item)


def _end_current(row: Meeting, at: datetime) -> None:
    _no_open_vote(row)
    row.items.filter(state=ItemState.CURRENT).update(state=ItemState.DONE.value, ended_at=at)


def _no_open_vote(row: Meeting) -> None:
    if Vote.objects.filter(meeting=row, is_open=True).exists():
        raise MeetingRefused(
            "Đang biểu quyết: chốt hoặc hủy lần biểu quyết trước.", "A vote is open: close or void it first."
        )


def end_item(by: Permit, meeting_id: int, item_id: int) -> ItemInfo:
    """End the current item."""
    return _leave_item(by, meeting_id, item_id, ItemState.DONE, "item_done")


def defer_item(by: Permit, meeting_id: int, item_id: int) -> ItemInfo:
    """Leave an item for the next meeting."""
    return _leave_item(by, meeting_id, item_id, ItemState.DEFERRED, "item_deferred")


def _leave_item(by: Permit, meeting_id: int, item_id: int, to: ItemState, kind: str) -> ItemInfo:
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.OPEN)
        item = own_item(row, item_id)
        if item.state == ItemState.DONE or (to is ItemState.DONE and item.state != ItemState.CURRENT):
            raise MeetingRefused("Nội dung này không ở bước ấy.", "The item does not stand at that step.")
        if item.state == ItemState.CURRENT:
            _no_open_vote(row)
        item.state, item.ended_at = to.value, by.at if item.started_at else None
        item.save(update_fields=["state", "ended_at"])
        happened(by, row, kind, {"item": item_id}, item.title)
    return item_info(item)


def reopen_item(by: Permit, meeting_id: int, item_id: int, reason: str) -> ItemInfo:
    """Turn back to an item that was done, for a reason."""
    why = " ".join(reason.split())[:200]
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.OPEN)
        item = own_item(row, item_id)
        if item.state != ItemState.DONE or not why:
            raise MeetingRefused(
                "Nêu lý do mở lại; chỉ mở lại nội dung đã xong.", "Give the reason; only an item that is done reopens."
            )
        _end_current(row, by.at)
        item.state, item.ended_at = ItemState.CURRENT.value, None
        item.save(update_fields=["state", "ended_at"])
        happened(by, row, "item_reopened", {"item": item_id, "reason": why}, f"{item.title}: {why}")
    return item_info(item)


def note_item(by: Permit, meeting_id: int, item_id: int, notes: str) -> ItemInfo:
    """Write down the discussion of an item."""
    said = notes.strip()[:20_000]
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *HELD)
        item = own_item(row, item_id)
        item.notes = said
        item.save(update_fields=["notes"])
        happened(by, row, "item_noted", {"item": item_id, "notes": said}, item.title)
    return item_info(item)


def close(by: Permit, meeting_id: int) -> MeetingInfo:
    """Close a meeting: whoever is in the room goes out, items that never began stay unfinished for the next one."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.OPEN)
        _end_current(row, by.at)
        for one in Presence.objects.select_for_update().filter(meeting=row, until=None):
            one.until = max(by.at, one.since)
            one.save(update_fields=["until"])
        row.state, row.closed_at, row.changed_at = State.CLOSED.value, by.at, by.at
        row.save(update_fields=["state", "closed_at", "changed_at"])
        happened(by, row, "closed", {}, str(Presence.objects.filter(meeting=row).values("invitee").distinct().count()))
    return meeting_info(row)


def reopen(by: Permit, meeting_id: int, reason: str) -> MeetingInfo:
    """Open a meeting again that was closed by mistake; the caller has seen that no minutes of it are signed."""
    why = " ".join(reason.split())[:200]
    if not why:
        raise MeetingRefused("Nêu lý do mở lại cuộc họp.", "Give the reason for opening the meeting again.")
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.CLOSED)
        ended = row.closed_at
        row.state, row.closed_at, row.changed_at = State.OPEN.value, None, by.at
        row.save(update_fields=["state", "closed_at", "changed_at"])
        Presence.objects.filter(meeting=row, until=ended).update(until=None)
        happened(by, row, "reopened", {"reason": why}, why)
    return meeting_info(row)


# ------------------------------------------------------------------ conclusions


def conclusion_info(row: Conclusion) -> ConclusionInfo:
    """Return a point of a conclusion as other rooms know it."""
    meeting = row.meeting
    return ConclusionInfo(
        id=row.pk,
        ref=f"{ref_of(meeting.group.slug, meeting.year, meeting.number)}:{row.number}",
        meeting_id=row.meeting_id,
        item_id=row.item_id,
        number=row.number,
        text=row.text,
        agency=row.agency,
        coordinating=tuple(row.coordinating),
        due=row.due,
        task_id=row.task_id,
        at=row.at,
    )


def told_of(new: NewConclusion) -> Mapping[str, object]:
    """Return what the permit of a point of a conclusion is bound to."""
    return {
        "text": new.text,
        "item": new.item_id,
        "agency": new.agency,
        "with": ",".join(new.coordinating),
        "due": new.due.isoformat() if new.due else "",
    }


def _sound(new: NewConclusion) -> None:
    if not new.text.strip() or new.agency in new.coordinating:
        raise MeetingRefused(
            "Kết luận cần nội dung; cơ quan chủ trì không đồng thời là cơ quan phối hợp.",
            "A conclusion needs words; its lead agency does not also coordinate.",
        )


def conclude(by: Permit, meeting_id: int, new: NewConclusion) -> ConclusionInfo:
    """Write down a point of the chair's conclusion."""
    _sound(new)
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *HELD)
        item: Item | None = own_item(row, new.item_id) if new.item_id else None
        last = row.conclusions.order_by("-number").values_list("number", flat=True).first() or 0
        made = Conclusion.objects.create(
            group_id=row.group_id,
            meeting=row,
            item=item,
            number=last + 1,
            text=new.text.strip(),
            agency=new.agency,
            coordinating=list(new.coordinating),
            due=new.due,
            at=by.at,
        )
        happened(by, row, "concluded", told_of(new), new.text)
    return conclusion_info(made)


def own_conclusion(row: Meeting, conclusion_id: int) -> Conclusion:
    """Return a point of a meeting's conclusion that has no task yet."""
    found = row.conclusions.select_for_update().filter(pk=conclusion_id).first()
    if found is None:
        raise MeetingRefused("Kết luận này không còn.", "This conclusion is not there any more.")
    if found.task_id is not None:
        raise MeetingRefused(
            f"Kết luận {found.number} đã thành nhiệm vụ: sửa ở nhiệm vụ ấy.",
            f"Conclusion {found.number} is a task already: change the task.",
        )
    return found


def reword_conclusion(by: Permit, meeting_id: int, conclusion_id: int, new: NewConclusion) -> ConclusionInfo:
    """Change a point of a conclusion that has no task yet."""
    _sound(new)
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *HELD)
        found = own_conclusion(row, conclusion_id)
        found.text, found.agency, found.due = new.text.strip(), new.agency, new.due
        found.coordinating = list(new.coordinating)
        found.save(update_fields=["text", "agency", "due", "coordinating"])
        happened(by, row, "conclusion_reworded", {"conclusion": conclusion_id, **told_of(new)}, new.text)
    return conclusion_info(found)


def drop_conclusion(by: Permit, meeting_id: int, conclusion_id: int) -> None:
    """Take a point of a conclusion back that has no task yet; its number is not given again."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *HELD)
        found = own_conclusion(row, conclusion_id)
        text = found.text
        found.delete()
        happened(by, row, "conclusion_dropped", {"conclusion": conclusion_id}, text)


def attach_task(by: Permit, meeting_id: int, conclusion_id: int, task_id: int) -> ConclusionInfo:
    """Note the task that a point of a conclusion became; one point becomes one task."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *HELD)
        found = own_conclusion(row, conclusion_id)
        found.task_id = task_id
        found.save(update_fields=["task_id"])
        happened(by, row, "conclusion_assigned", {"conclusion": conclusion_id, "task": task_id}, found.text)
    return conclusion_info(found)
