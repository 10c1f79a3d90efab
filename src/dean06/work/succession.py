"""Tasks of a group that ends: each goes on in a successor, or ends with the group; the old one stays as it stood."""

from __future__ import annotations

from collections.abc import Iterable

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.work.errors import TaskRefused
from dean06.work.models import Coordination, Task
from dean06.work.rows import NO_PROOF, info, locked, record, ref_of, search_key, state_of
from dean06.work.types import OPEN_STATES, Share, Status, TaskInfo


def hand_over(by: Permit, task_id: int, shares: Iterable[Share]) -> list[TaskInfo]:
    """Let a task go on in successors: it keeps its title, clause and last day, and names the task it came from.

    A part of the hand-over of its group, whose one entry must stand already.
    """
    row = _leaving(by, task_id)
    made = [_going_on(by, row, share) for share in shares]
    _leave(by, row, Status.HANDED_OVER)
    return made


def end_with_group(by: Permit, task_id: int) -> None:
    """Let a task end with its group; the reason stands in the record of the hand-over.

    A part of that hand-over, whose one entry must stand already.
    """
    _leave(by, _leaving(by, task_id), Status.ENDED)


def _leaving(by: Permit, task_id: int) -> Task:
    row = locked(task_id)
    ledger.require_recorded(by, row.group.slug)
    if row.status not in OPEN_STATES:
        raise TaskRefused(
            f"Nhiệm vụ số {row.number} không còn mở: mở lại trang rồi xác nhận.",
            f"Task {row.number} is not open any more: open the page again, then confirm.",
        )
    return row


def _leave(by: Permit, row: Task, status: Status) -> None:
    before = state_of(row)
    row.status = status.value
    row.save(update_fields=["status"])
    record(by, row, status.value, actor=by.actor.account, state=before)


def _going_on(by: Permit, row: Task, share: Share) -> TaskInfo:
    made = Task.objects.create(
        group_id=share.slot.group_id,
        number=share.slot.number,
        title=row.title,
        search=search_key(share.slot.number, row.title, share.lead, *share.coordinating),
        origin=row.origin,
        origin_ref=share.origin_ref or row.origin_ref,
        source=row.source,
        source_paper=row.source_paper,
        addressed=row.addressed,
        body=row.body,
        expected=row.expected,
        important=row.important,
        lead=share.lead,
        article=row.article,
        clause=row.clause,
        point=row.point,
        norm=row.norm,
        charter_hash=row.charter_hash,
        reading=share.reading,
        assigned_by_account=by.actor.account,
        assigned_by_role=by.actor.role,
        assigned_by_seat=by.actor.seat,
        permit=by.digest(),
        opened_at=by.at,
        due=row.due,
        bound=row.bound,
        first_due=row.first_due,
        percent=row.percent,
        total=share.total,
        came_from=row,
    )
    Coordination.objects.bulk_create(
        Coordination(group_id=made.group_id, task=made, agency=code) for code in share.coordinating
    )
    record(
        by, made, "inherited", actor=by.actor.account, note=ref_of(row.group.slug, row.number), proof=NO_PROOF, state={}
    )
    return info(made)
