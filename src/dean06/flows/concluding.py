"""From a point of a conclusion to a task in one gesture, and its state seen back where it was concluded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter.types import Citation, ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, permit
from dean06.flows.meeting_permits import own_meeting, to
from dean06.meetings.service import meetings, sittings
from dean06.meetings.types import ConclusionInfo, MeetingInfo, obj
from dean06.offices.types import GroupInfo
from dean06.work.service import tasks as work
from dean06.work.types import Basis, NewTask, Origin, TaskInfo

CARRY_OUT = "conclusion.carry_out"
MOST_LETTERS = 300

__all__ = ["Followed", "assign", "followed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A point of a conclusion with the task it became, where it became one."""

    conclusion: ConclusionInfo
    task: TaskInfo | None


def assign(account: str, group: GroupInfo, meeting_id: int, conclusion_id: int, reason: str | None = None) -> TaskInfo:
    """Make a task of a point of the conclusion: lead, last day and who coordinates are those it names."""
    meeting = own_meeting(group, meeting_id)
    found = next((one for one in meetings.conclusions(meeting_id) if one.id == conclusion_id), None)
    if found is None or not found.agency or found.due is None:
        raise BadInput(
            "Kết luận cần cơ quan chủ trì và hạn thì mới giao thành nhiệm vụ được.",
            "A conclusion needs a lead agency and a last day to become a task.",
        )
    with transaction.atomic():
        task = _task(group, meeting, found)
        what = ObjectRef(kind="task", id=task.slot.ref, digest=task.digest())
        made = work.open_task(
            permit(Act(account=account, group=group, action="task.assign", obj=what, reason=reason)), task
        )
        told = {"conclusion": conclusion_id, "task": made.id}
        by = to(account, group, obj(meeting.ref, "conclusion_assigned", **told), "task.assign", reason=reason)
        sittings.attach_task(by, meeting_id, conclusion_id, made.id)
    return made


def _task(group: GroupInfo, meeting: MeetingInfo, found: ConclusionInfo) -> NewTask:
    if found.due is None:
        raise BadInput("Kết luận chưa có hạn.", "The conclusion has no last day.")
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    norm = next((one for one in charter.norms if one.action == CARRY_OUT), None)
    held = norm or next((one for one in charter.norms if one.action == "task.assign"), None)
    cited = held.cite if held is not None else Citation(article="")
    words = f"Kết luận {found.number} của cuộc họp số {meeting.label}"
    return NewTask(
        slot=work.reserve(group.id),
        title=" ".join(found.text.split())[:MOST_LETTERS],
        origin=Origin.CONCLUSION,
        origin_ref=found.ref,
        lead=found.agency,
        coordinating=found.coordinating,
        due=found.due,
        bound=clock.at_start_of(found.due.fromordinal(found.due.toordinal() + 1)),
        basis=Basis(
            article=cited.article,
            clause=cited.clause or "",
            point=cited.point or "",
            norm=held.key if held is not None else "",
            charter_hash=charter.hash,
            reading="" if norm is not None else words,
        ),
    )


def followed(conclusions: Iterable[ConclusionInfo]) -> tuple[Followed, ...]:
    """Return points of conclusions with their tasks; two queries whatever their number."""
    listed = list(conclusions)
    tasks = work.tasks_for_flow(one.task_id for one in listed if one.task_id)
    return tuple(Followed(conclusion=one, task=tasks.get(one.task_id or 0)) for one in listed)
