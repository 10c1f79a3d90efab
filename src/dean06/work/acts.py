"""Acts on tasks: each takes a permit, and its entry goes to the ledger in the act's own transaction."""

from __future__ import annotations

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock.service import at_start_of
from dean06.ledger.errors import PermitMisused
from dean06.offices import service as offices
from dean06.work.errors import NotProved, TaskRefused
from dean06.work.models import Coordination, Counter, Task, TaskEvent
from dean06.work.rows import (
    AUTOMATIC,
    STATE,
    Note,
    enter,
    info,
    locked,
    not_of_findings,
    record,
    ref_of,
    restore,
    search_text,
    state_of,
)
from dean06.work.tracing import BESIDE
from dean06.work.types import (
    OPEN_STATES,
    Addressed,
    NewTask,
    Origin,
    Part,
    Proof,
    Slot,
    Status,
    Step,
    TaskInfo,
)

__all__ = [
    "cancel",
    "claim",
    "close_by_proof",
    "close_by_report",
    "hold",
    "open_task",
    "progress",
    "reopen_by_proof",
    "reserve",
    "take_back",
    "void",
]


def hold(group_id: int) -> Counter:
    """Let nobody open a task of a group until the caller's transaction ends."""
    Counter.objects.get_or_create(group_id=group_id)
    return Counter.objects.select_for_update().get(group_id=group_id)


def reserve(group_id: int) -> Slot:
    """Keep the next number of a group for a task about to be opened.

    Inside the caller's transaction a refusal gives the number back, and two offices never get the same one.
    """
    with transaction.atomic():
        row = hold(group_id)
        group = offices.group_by_id(group_id)
        if group.ending is not None:
            raise TaskRefused(
                f"«{group.name}» đã kết thúc: giao nhiệm vụ ở tổ kế thừa.",
                f"{group.name} has ended: tasks are assigned in its successors.",
            )
        row.last += 1
        row.save(update_fields=["last"])
    return Slot(group_id=group_id, number=row.last, ref=ref_of(group.slug, row.last))


def open_task(by: Permit, new: NewTask) -> TaskInfo:
    """Assign a task to the agency that leads it, under the clause that makes it answerable.

    The permit must be given for object kind `task`, id `new.slot.ref`, digest `new.digest()`.
    """
    _check(by, new)
    with transaction.atomic():
        row = _made(by, new)
        Coordination.objects.bulk_create(
            Coordination(group_id=row.group_id, task=row, agency=code, part=part.value)
            for part, codes in ((Part.COORDINATES, new.coordinating), (Part.FOLLOWS, new.following))
            for code in codes
        )
        record(by, row, "opened", actor=by.actor.account, state={})
        enter(by, row, digest=new.digest(), lead=new.lead, total=new.total, standing=new.standing_permit)
    return info(row)


def _made(by: Permit, new: NewTask) -> Task:
    return Task.objects.create(
        group_id=new.slot.group_id,
        number=new.slot.number,
        title=new.title,
        search=search_text(new),
        origin=new.origin.value,
        origin_ref=new.origin_ref,
        source=new.source,
        source_paper=new.source_paper,
        addressed=new.addressed.value,
        body=new.body,
        lead=new.lead,
        accountable=new.accountable,
        expected=new.expected,
        important=new.important,
        article=new.basis.article,
        clause=new.basis.clause,
        point=new.basis.point,
        norm=new.basis.norm,
        charter_hash=new.basis.charter_hash,
        reading=new.basis.reading,
        assigned_by_account=by.actor.account,
        assigned_by_role=by.actor.role,
        assigned_by_seat=by.actor.seat,
        permit=by.digest(),
        standing_permit=new.standing_permit,
        opened_at=by.at,
        due=new.due,
        bound=new.bound,
        total=new.total,
    )


def _check(by: Permit, new: NewTask) -> None:
    if by.obj.digest != new.digest():
        raise PermitMisused(
            f"Giấy phép không phải cho đúng nội dung của nhiệm vụ {new.slot.ref}.",
            f"The permit was not given for this content of task {new.slot.ref}.",
        )
    if not new.title.strip() or not new.lead:
        raise TaskRefused(
            f"Nhiệm vụ {new.slot.ref} cần tên và đúng một cơ quan chủ trì.",
            f"Task {new.slot.ref} needs a title and exactly one leading agency.",
        )
    beside = (*new.coordinating, *new.following)
    if new.lead in beside or len(set(beside)) != len(beside):
        raise TaskRefused(
            f"Nhiệm vụ {new.slot.ref}: cơ quan phối hợp, theo dõi trùng nhau hoặc trùng cơ quan chủ trì {new.lead}.",
            f"Task {new.slot.ref}: an agency beside the leading one stands twice, or is that one ({new.lead}).",
        )
    if new.due < by.at.astimezone(new.bound.tzinfo).date() or new.bound <= at_start_of(new.due):
        raise TaskRefused(
            f"Nhiệm vụ {new.slot.ref}: hạn {new.due:%d/%m/%Y} phải từ ngày giao trở đi và trước mốc hết hạn.",
            f"Task {new.slot.ref}: the last day {new.due} must not lie before the assignment or at its own bound.",
        )
    if new.addressed is Addressed.OUTSIDE and (new.origin is not Origin.REQUEST or not new.body):
        raise TaskRefused(
            f"Việc {new.slot.ref} gửi cơ quan ngoài tổ là đề nghị, không phải giao việc: ghi tên cơ quan được đề nghị.",
            f"Task {new.slot.ref} goes to a body outside the group, which is asked, not given it: name the body.",
        )
    if not (new.basis.article or new.basis.reading):
        raise TaskRefused(
            f"Nhiệm vụ {new.slot.ref} chưa dẫn điều khoản nào: nêu điều, khoản, điểm hoặc cách hiểu làm căn cứ.",
            f"Task {new.slot.ref} cites no clause: give article, clause and point, or the reading it rests on.",
        )


def progress(by: Permit, task_id: int, proof: Proof) -> TaskInfo:
    """Write down how many of a task's rows a run has proved; the status stays."""
    return _prove(by, task_id, proof, Step.PROGRESS)


def close_by_proof(by: Permit, task_id: int, proof: Proof) -> TaskInfo:
    """Close a task whose every row a run has proved. A task of findings has no other end."""
    return _prove(by, task_id, proof, Step.CLOSE)


def reopen_by_proof(by: Permit, task_id: int, proof: Proof) -> TaskInfo:
    """Open a closed task again because a run found its faults back; its old last day stands."""
    return _prove(by, task_id, proof, Step.REOPEN)


def _prove(by: Permit, task_id: int, proof: Proof, step: Step) -> TaskInfo:
    with transaction.atomic():
        row = locked(task_id)
        if not proof.run_id or not 0 <= proof.done <= proof.total:
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: minh chứng phải nêu lần đối soát và số dòng không vượt tổng số.",
                f"Task {row.number}: a proof names its run, and proves no more rows than there are.",
            )
        if info(row).next_step(proof) != step:
            raise NotProved(
                f"Nhiệm vụ số {row.number}: lần đối soát {proof.run_id} ({proof.done}/{proof.total} dòng đã đúng) "
                "không cho phép việc này.",
                f"Task {row.number}: run {proof.run_id} ({proof.done} of {proof.total} rows proved) does not allow it.",
            )
        before = state_of(row)
        row.done, row.total = proof.done, proof.total
        if step is Step.CLOSE:
            row.status, row.closed_at, row.closed_by = Status.DONE.value, by.at, proof.run_id
        elif step is Step.REOPEN:
            row.status, row.closed_at, row.closed_by = Status.REOPENED.value, None, ""
            row.reopened += 1
        row.save(update_fields=before.keys())
        record(by, row, _WORDS[step], actor=AUTOMATIC, proof=proof, state=before)
        enter(by, row, run=proof.run_id, done=proof.done, total=proof.total, standing=row.standing_permit)
    return info(row)


_WORDS = {Step.PROGRESS: "progress", Step.CLOSE: "closed", Step.REOPEN: "reopened"}


def take_back(by: Permit, task_id: int, run_id: str) -> TaskInfo:
    """Put a task back where it stood before a run that is taken back; refused once something newer happened to it."""
    with transaction.atomic():
        row = locked(task_id)
        moved = TaskEvent.objects.filter(task=row, undone=False).exclude(kind__in=BESIDE)
        last = moved.order_by("-pk").first()
        if last is None or last.proof != run_id or last.kind in ("opened", "inherited"):
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: lần đối soát {run_id} không phải lần ghi nhận cuối cùng.",
                f"Task {row.number}: run {run_id} is not the last that moved it.",
            )
        before, claimed = state_of(row), row.claimed
        restore(row, {name: value for name, value in last.before.items() if name in STATE})
        row.claimed = claimed
        row.save(update_fields=before.keys())
        TaskEvent.objects.filter(pk=last.pk).update(undone=True)
        record(by, row, "taken_back", actor=by.actor.account, note=run_id, state=before)
        enter(by, row, run=run_id, done=row.done, total=row.total)
    return info(row)


def claim(by: Permit, task_id: int, count: int) -> TaskInfo:
    """Record that the agency says `count` rows are corrected so far; the status stays until a delivery shows it."""
    with transaction.atomic():
        row = locked(task_id)
        if row.status not in (Status.OPEN, Status.REOPENED) or not 0 < count <= row.total:
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: báo đã sửa từ 1 đến {row.total} dòng, khi nhiệm vụ còn mở.",
                f"Task {row.number}: between 1 and {row.total} rows can be reported, while the task is open.",
            )
        before = state_of(row)
        row.claimed = count
        row.save(update_fields=["claimed"])
        said = Proof(run_id="", done=count, total=row.total)
        record(by, row, "claimed", actor=by.actor.account, proof=said, state=before)
        enter(by, row, claimed=count, total=row.total)
    return info(row)


def close_by_report(by: Permit, task_id: int, paper: str) -> TaskInfo:
    """Close a task that is not one of findings on the paper that reports its result."""
    with transaction.atomic():
        row = locked(task_id)
        not_of_findings(row)
        if not paper or row.status not in OPEN_STATES:
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: cần số văn bản báo cáo kết quả, và nhiệm vụ phải còn mở.",
                f"Task {row.number}: the reporting paper is needed, and the task must be open.",
            )
        before = state_of(row)
        row.status, row.closed_at, row.closed_by = Status.DONE.value, by.at, paper
        row.save(update_fields=before.keys())
        reported = Proof(run_id=paper, done=row.done, total=row.total)
        record(by, row, "closed", actor=by.actor.account, proof=reported, state=before)
        enter(by, row, paper=paper)
    return info(row)


def cancel(by: Permit, task_id: int, reason: str, words: str = "") -> TaskInfo:
    """Take a task off the list for a reason code, and in words; one of findings only once no row is left in it."""
    with transaction.atomic():
        row = locked(task_id)
        if row.total > 0:
            not_of_findings(row)
        if not reason or row.status not in OPEN_STATES:
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: nêu lý do hủy; chỉ hủy được khi còn mở.",
                f"Task {row.number}: give the reason; only an open task can be cancelled.",
            )
        before = state_of(row)
        row.status = Status.CANCELLED.value
        row.save(update_fields=["status"])
        record(by, row, "cancelled", actor=by.actor.account, note=Note(code=reason, words=words), state=before)
        enter(by, row, reason=reason)
    return info(row)


def void(by: Permit, task_id: int, run_id: str) -> TaskInfo:
    """Take a task of findings off the list because the run that gave rise to it was taken back.

    Refused once any run has moved the task: then its rows were there, and only a delivery ends it.
    """
    with transaction.atomic():
        row = locked(task_id)
        if not run_id or row.status != Status.OPEN or TaskEvent.objects.filter(task=row).exclude(proof="").exists():
            raise TaskRefused(
                f"Nhiệm vụ số {row.number}: không hủy theo lần đối soát {run_id} được, vì đã có lần khác ghi nhận.",
                f"Task {row.number} cannot be voided with run {run_id}: another run has moved it, or it is not open.",
            )
        before = state_of(row)
        row.status = Status.CANCELLED.value
        row.save(update_fields=["status"])
        record(by, row, "cancelled", actor=by.actor.account, note=run_id, state=before)
        TaskEvent.objects.filter(task=row).update(undone=True)  # no report counts what was never there
        enter(by, row, run=run_id, voided=1)
    return info(row)
