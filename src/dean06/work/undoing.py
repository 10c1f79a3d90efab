"""The safe way back: the last thing done to a task by hand, while nothing rests on it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from dean06.charter.types import Permit
from dean06.ledger.types import digest_of
from dean06.work.errors import TaskRefused
from dean06.work.models import Extension, PlanLine, Task, TaskEvent
from dean06.work.rows import WHOLE, enter, info, locked, record, ref_of, restore
from dean06.work.types import EventInfo, Origin, Status, TaskInfo
from dean06.work.working import place

# What an agency says of its own task, and what whoever assigned it does; each is taken back by its own side.
SAID = frozenset({"progressed", "reported", "named", "asked_time"})
DECIDED = frozenset({"closed", "sent_back", "reopened", "extended", "kept_time", "coordinated", "cancelled", "opened"})

__all__ = ["DECIDED", "SAID", "opened_alone", "undo", "undo_digest", "undoable"]


def undo_digest(ref: str, event_id: int) -> str:
    """Return the SHA-256 (hex) to which the permit of taking an event back is bound."""
    return digest_of(ref=ref, undone=event_id)


def undoable(events: tuple[EventInfo, ...], task: TaskInfo) -> EventInfo | None:
    """Return the event that can be taken back: the last one by hand, with no run behind it."""
    live = [one for one in events if not one.undone and one.kind != "undone"]
    last = live[-1] if live else None
    if last is None or last.kind not in SAID | DECIDED or last.proof or (task.total and last.kind == "opened"):
        return None
    return last if task.status not in (Status.HANDED_OVER, Status.ENDED) else None


def opened_alone(task_ids: Iterable[int]) -> dict[int, int]:
    """Return the tasks to which nothing has happened but their opening, with the event of it; one query."""
    live: dict[int, list[tuple[int, str]]] = {}
    rows = TaskEvent.objects.filter(task_id__in=set(task_ids), undone=False).exclude(kind="undone")
    for task_id, event_id, kind in rows.values_list("task_id", "pk", "kind"):
        live.setdefault(task_id, []).append((event_id, kind))
    return {task_id: told[0][0] for task_id, told in live.items() if [kind for _, kind in told] == ["opened"]}


def undo(by: Permit, task_id: int, event_id: int) -> TaskInfo:
    """Take back the last thing that was done to a task by hand; refused once something came after it."""
    with transaction.atomic():
        row = locked(task_id)
        last = TaskEvent.objects.filter(task=row, undone=False).exclude(kind="undone").order_by("-pk").first()
        if last is None or last.pk != event_id or last.kind not in SAID | DECIDED or last.proof:
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: đã có việc khác sau đó hoặc có chứng minh, không hoàn tác được.",
                f"Task {row.number}: something came after it, or a run proves it; it cannot be taken back.",
            )
        _back(row, last)
        TaskEvent.objects.filter(pk=last.pk).update(undone=True)
        record(by, row, "undone", actor=by.actor.account, note=last.kind, state={})
        enter(by, row, bound=undo_digest(ref_of(row.group.slug, row.number), event_id), undone=last.kind)
    return info(locked(task_id))


def _back(row: Task, last: TaskEvent) -> None:
    match last.kind:
        case "opened":
            if row.origin == Origin.FINDING.value:
                raise TaskRefused(
                    f"Nhiệm vụ số {row.number} sửa sai lệch dữ liệu: rút lần nộp dữ liệu, không hoàn tác ở đây.",
                    f"Task {row.number} corrects data: take the delivery back, not this.",
                )
            row.status = Status.CANCELLED.value
            row.save(update_fields=["status"])
            PlanLine.objects.filter(task=row).update(task=None)
        case "coordinated":
            place(row, tuple(last.before["coordinating"]), tuple(last.before["following"]))
        case "asked_time":
            Extension.objects.filter(task=row, answer="").delete()
        case _:
            restore(row, {name: value for name, value in last.before.items() if name in WHOLE})
            row.save(update_fields=[name for name in last.before if name in WHOLE])
            _answer_back(last)


def _answer_back(last: TaskEvent) -> None:
    """Let a request for time wait again whose answer is taken back; what was given unasked goes whole."""
    if last.kind not in ("extended", "kept_time"):
        return
    answered = Extension.objects.filter(pk=last.before.get("extension"))
    asked = TaskEvent.objects.filter(task_id=last.task_id, kind="asked_time", undone=False, pk__lt=last.pk).exists()
    if asked:
        answered.update(answer="", answered_at=None, answered_by="", role="", reason="", given=None, cites=[])
    else:
        answered.delete()
