"""What moved a task last, for the journey that takes a delivery back."""

from __future__ import annotations

from dean06.work.models import TaskEvent

# What happens beside a task's way to its end: it neither proves anything nor stands in the way of taking a proof back.
BESIDE = ("claimed", "taken_back", "asked_time", "extended", "kept_time", "coordinated", "named", "undone")


def last_moved_by(task_id: int) -> str:
    """Return the run that moved a task last, or an empty text when no run did."""
    moved = TaskEvent.objects.filter(task_id=task_id, undone=False).exclude(kind__in=BESIDE)
    last = moved.order_by("-pk").first()
    return last.proof if last is not None and last.kind not in ("opened", "inherited") else ""
