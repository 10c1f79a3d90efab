"""A task as stored, as the room hands it out, and as its events are written."""

from __future__ import annotations

from datetime import datetime

from dean06.charter.types import Permit
from dean06.orthography import service as orthography
from dean06.work.errors import TaskNotFound
from dean06.work.models import Task, TaskEvent
from dean06.work.types import Basis, NewTask, Origin, Proof, Status, TaskInfo

AUTOMATIC = "auto"
NO_PROOF = Proof(run_id="", done=0, total=0)
STATE = ("status", "done", "total", "closed_at", "closed_by", "reopened", "claimed")


def ref_of(slug: str, number: int) -> str:
    """Return the id under which permits and the ledger name a task."""
    return f"{slug}:{number}"


def search_text(new: NewTask) -> str:
    """Return what the search box of the task list compares: number, title and agencies, folded."""
    return search_key(new.slot.number, new.title, new.lead, *new.coordinating)


def search_key(number: int, *words: str) -> str:
    """Return a task's number and words, folded."""
    return orthography.search_key(" ".join([str(number), *words]))[:600]


def info(row: Task) -> TaskInfo:
    """Return a stored task as other rooms know it."""
    return TaskInfo(
        id=row.pk,
        ref=ref_of(row.group.slug, row.number),
        group_id=row.group_id,
        number=row.number,
        title=row.title,
        origin=Origin(row.origin),
        origin_ref=row.origin_ref,
        lead=row.lead,
        coordinating=tuple(item.agency for item in row.coordinations.all()),
        basis=Basis(
            article=row.article,
            clause=row.clause,
            point=row.point,
            norm=row.norm,
            charter_hash=row.charter_hash,
            reading=row.reading,
        ),
        assigned_by_account=row.assigned_by_account,
        assigned_by_role=row.assigned_by_role,
        assigned_by_seat=row.assigned_by_seat,
        permit=row.permit,
        standing_permit=row.standing_permit,
        opened_at=row.opened_at,
        due=row.due,
        bound=row.bound,
        done=row.done,
        total=row.total,
        status=Status(row.status),
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        reopened=row.reopened,
        claimed=row.claimed,
        came_from=row.came_from_id,
        came_from_group=row.came_from.group_id if row.came_from is not None else None,
    )


def locked(task_id: int) -> Task:
    """Return a task whose row no other act may change until this transaction ends."""
    row = Task.objects.select_for_update(of=("self",)).select_related("group").filter(pk=task_id).first()
    if row is None:
        raise not_found(task_id)
    return row


def not_found(task_id: int) -> TaskNotFound:
    """Return the one answer for a task that is not there or not for the reader."""
    return TaskNotFound(
        f"Không có nhiệm vụ {task_id} trong phạm vi của bạn: mở lại danh sách nhiệm vụ.",
        f"There is no task {task_id} within your reach: open the list of tasks again.",
    )


def state_of(row: Task) -> dict[str, str | int | None]:
    """Return what an act may change in a task, as JSON."""
    return {name: value.isoformat() if isinstance(value := getattr(row, name), datetime) else value for name in STATE}


def restore(row: Task, state: dict[str, str | int | None]) -> None:
    """Put a task back into a state that `state_of` wrote down."""
    for name, value in state.items():
        is_time = name == "closed_at" and isinstance(value, str)
        setattr(row, name, datetime.fromisoformat(str(value)) if is_time else value)


def record(
    by: Permit,
    row: Task,
    kind: str,
    *,
    actor: str,
    note: str = "",
    proof: Proof = NO_PROOF,
    state: dict[str, str | int | None],
) -> None:
    """Write down one thing that happened to a task, with the state it found."""
    TaskEvent.objects.create(
        group_id=row.group_id,
        task=row,
        at=by.at,
        kind=kind,
        actor=actor,
        role=by.actor.role,
        agency=by.actor.agency or "",
        note=note,
        done=proof.done,
        total=proof.total,
        proof=proof.run_id,
        file_sha256=proof.file_sha256,
        permit=by.digest(),
        before=state,
    )
