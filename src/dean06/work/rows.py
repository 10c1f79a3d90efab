"""A task as stored, as the room hands it out, and as its events are written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.ledger.types import canonical
from dean06.orthography import service as orthography
from dean06.work.errors import NotProved, TaskNotFound
from dean06.work.models import Task, TaskEvent
from dean06.work.types import Addressed, Basis, NewTask, Origin, Part, Proof, Status, TaskInfo

AUTOMATIC = "auto"
AT_ONCE = 10_000
NO_PROOF = Proof(run_id="", done=0, total=0)
STATE = ("status", "done", "total", "closed_at", "closed_by", "reopened", "claimed", "percent", "reported_at")
TERMS = ("due", "bound", "first_due", "accountable")
WHOLE = (*STATE, *TERMS)
INSTANTS, DAYS = frozenset({"closed_at", "reported_at", "bound"}), frozenset({"due", "first_due"})
# What a task shows as it is stored.
AS_STORED = (
    "source",
    "source_paper",
    "body",
    "accountable",
    "expected",
    "important",
    "percent",
    "first_due",
    "reported_at",
)
State = dict[str, str | int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is written beside an event: a code, what was said in words, and how far the task was said to be."""

    code: str = ""
    words: str = ""
    percent: int | None = None


def ref_of(slug: str, number: int) -> str:
    """Return the id under which permits and the ledger name a task."""
    return f"{slug}:{number}"


def search_text(new: NewTask) -> str:
    """Return what the search box of the task list compares: number, title and agencies, folded."""
    return search_key(new.slot.number, new.title, new.lead, *new.coordinating, new.body, new.source)


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
        coordinating=_agencies(row, Part.COORDINATES),
        basis=_basis(row),
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
        following=_agencies(row, Part.FOLLOWS),
        addressed=Addressed(row.addressed),
        **{name: getattr(row, name) for name in AS_STORED},
    )


def _basis(row: Task) -> Basis:
    return Basis(
        article=row.article,
        clause=row.clause,
        point=row.point,
        norm=row.norm,
        charter_hash=row.charter_hash,
        reading=row.reading,
    )


def _agencies(row: Task, part: Part) -> tuple[str, ...]:
    return tuple(item.agency for item in row.coordinations.all() if item.part == part.value)


def locked(task_id: int) -> Task:
    """Return a task whose row no other act may change until this transaction ends."""
    row = Task.objects.select_for_update(of=("self",)).select_related("group").filter(pk=task_id).first()
    if row is None:
        raise not_found(task_id)
    return row


def by_ids(task_ids: Iterable[int]) -> Iterator[QuerySet[Task]]:
    """Give the rows of these tasks, at most ten thousand in a query: a database takes so many numbers at once."""
    wanted = sorted(set(task_ids))
    return (Task.objects.filter(pk__in=wanted[at : at + AT_ONCE]) for at in range(0, len(wanted), AT_ONCE))


def not_found(task_id: int) -> TaskNotFound:
    """Return the one answer for a task that is not there or not for the reader."""
    return TaskNotFound(
        f"Không có nhiệm vụ {task_id} trong phạm vi của bạn: mở lại danh sách nhiệm vụ.",
        f"There is no task {task_id} within your reach: open the list of tasks again.",
    )


def not_of_findings(row: Task) -> None:
    """Refuse to end by word what only a delivery ends."""
    if row.origin == Origin.FINDING.value:
        raise NotProved(
            f"Nhiệm vụ số {row.number} sửa sai lệch dữ liệu: chỉ lần gửi dữ liệu sau mới chứng minh đã sửa.",
            f"Task {row.number} corrects data: only the next delivery proves it.",
        )


def state_of(row: Task, names: tuple[str, ...] = STATE) -> State:
    """Return what an act may change in a task, as JSON."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: object) -> str | int | None:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) or value is None else str(value)


def restore(row: Task, state: Mapping[str, str | int | None]) -> None:
    """Put a task back into a state that `state_of` wrote down."""
    for name, value in state.items():
        if name in INSTANTS and isinstance(value, str):
            setattr(row, name, datetime.fromisoformat(value))
        elif name in DAYS and isinstance(value, str):
            setattr(row, name, date.fromisoformat(value))
        else:
            setattr(row, name, value)


def record(
    by: Permit,
    row: Task,
    kind: str,
    *,
    actor: str,
    note: str | Note = "",
    proof: Proof = NO_PROOF,
    state: Mapping[str, object],
) -> TaskEvent:
    """Write down one thing that happened to a task, with the state it found."""
    told = note if isinstance(note, Note) else Note(code=note)
    return TaskEvent.objects.create(
        group_id=row.group_id,
        task=row,
        at=by.at,
        kind=kind,
        actor=actor,
        role=by.actor.role,
        agency=by.actor.agency or "",
        note=told.code,
        words=told.words,
        percent=told.percent,
        done=proof.done,
        total=proof.total,
        proof=proof.run_id,
        file_sha256=proof.file_sha256,
        permit=by.digest(),
        before=dict(state),
    )


def enter(by: Permit, row: Task, *, digest: str = "", bound: str | None = None, **note: str | int) -> None:
    """Enter an act in the ledger; the digest is that of the task's state after it, `bound` what its permit is for."""
    ref = ref_of(row.group.slug, row.number)
    if not digest:
        digest = hashlib.sha256(canonical({"ref": ref, **state_of(row, WHOLE)}).encode()).hexdigest()
    told = {name: value for name, value in note.items() if value != ""}
    ledger.append(by, scope=row.group.slug, kind="task", object_id=ref, digest=digest, bound=bound, note=told)
