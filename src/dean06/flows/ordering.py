"""From findings to tasks and back: one cause, one order, one task; and the next delivery proves or reopens them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Citation, ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import CauseGroup, NewOrder, OrderInfo, Outcome
from dean06.flows import correcting, disputing
from dean06.flows.authority import Act, bind, permit, system_permit
from dean06.offices.types import GroupInfo
from dean06.reconcile.service import faulty_rows
from dean06.reports.service import months as reports
from dean06.sources import service as sources
from dean06.sources.live import Contract
from dean06.sources.types import AssignmentInfo, DeliveryInfo, NewAssignment
from dean06.work.service import tasks as work
from dean06.work.types import Basis, NewTask, Origin, Proof, Step, TaskInfo

# Which act of the installation's charter carries each step of a proof, and the fact it rests on.
PROOFS = {
    Step.PROGRESS: ("finding.close_by_delivery", "finding.proved_by_delivery"),
    Step.CLOSE: ("task.close_automatic", "finding.proved_by_delivery"),
    Step.REOPEN: ("finding.reopen_by_delivery", "finding.contradicted_by_delivery"),
}
ACTS = {Step.PROGRESS: work.progress, Step.CLOSE: work.close_by_proof, Step.REOPEN: work.reopen_by_proof}

PermitMaker = Callable[[ObjectRef], Permit]

EMPTIED = "no_rows_left"

__all__ = [
    "Answering",
    "assign_source",
    "due_for",
    "order_automatically",
    "order_by_hand",
    "prove",
    "recount",
    "reevaluate",
    "task_of",
]


class Answering(Protocol):
    """Who answers for a source, under which clause: the leader's standing assignment, or the charter's own word."""

    @property
    def source(self) -> str: ...
    @property
    def agency(self) -> str: ...
    @property
    def coordinators(self) -> tuple[str, ...]: ...
    @property
    def citation(self) -> Mapping[str, str | None]: ...
    @property
    def norm_key(self) -> str: ...
    @property
    def reading(self) -> str: ...


def _answering(group: GroupInfo, source: str) -> NewAssignment:
    """Return whom the group's charter makes answerable for a source; refused where it names nobody."""
    contract = sources.contracts(group.id, clock.today(group)).contract(source)
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    answer = charters.answerable(charter, contract.system) if contract.system else None
    if answer is None and contract.owner:
        return _by_contract(contract)
    if answer is None:
        raise BadInput(
            f"Quy chế không có điều khoản nào về nguồn «{contract.title.vi}»: Tổ trưởng giao bằng quy ước của tổ.",
            f"The charter has no clause on the source {contract.title.en!r}: the leader gives it by a local rule.",
        )
    return NewAssignment(
        source=source,
        agency=answer.agency,
        coordinators=answer.coordinators,
        citation=answer.citation.as_json(),
        citation_label=charters.clause_label(answer.citation),
        norm_key=answer.norm,
        reading=answer.reading.vi if answer.reading else "",
    )


def _by_contract(contract: Contract) -> NewAssignment:
    """Return whom a contract makes answerable, where no clause of the charter names anybody."""
    named = f"Hợp đồng dữ liệu «{contract.title.vi}» bản {contract.version} nêu cơ quan trả lời"
    return NewAssignment(
        source=contract.id,
        agency=contract.owner or "",
        coordinators=(),
        citation={"article": "", "clause": None, "point": None},
        citation_label="hợp đồng dữ liệu",
        norm_key="",
        reading=named,
    )


def assign_source(account: str, group: GroupInfo, source: str, *, reason: str | None = None) -> AssignmentInfo:
    """Make the leader's standing assignment of a source to the agency its charter makes answerable."""
    new = _answering(group, source)
    obj = ObjectRef(kind="source", id=f"{group.slug}:{source}", digest=new.digest())
    act = Act(account=account, group=group, action="source.assign", obj=obj, reason=reason)
    return sources.assign(permit(act), group.id, new)


def due_for(group: GroupInfo, severity: int) -> date:
    """Return the last day for corrections of a severity: working days from the group's rule, else the default table."""
    today = clock.today(group)
    rule = adoption.local_rule(group.id, "G-20", today)
    local = (
        {int(key): int(str(days)) for key, days in rule.value.items()} if rule and isinstance(rule.value, dict) else {}
    )
    return adoption.calendar(today).add_working_days(today, corrections.working_days(severity, local))


def order_automatically(group: GroupInfo, delivery: DeliveryInfo) -> list[OrderInfo]:
    """Open one order and task for each new cause, under the leader's standing assignment; without one, nothing."""
    standing = sources.assignment(group.id, delivery.source)
    if standing is None:
        return []

    def by(obj: ObjectRef) -> Permit:
        return system_permit(group, "task.open_automatic", obj, standing=standing.permit_digest)

    waiting = corrections.groups_to_order(group.id, delivery.source, paused=disputing.resting(group))
    return [_open(group, standing, cause, by, standing.permit_digest) for cause in waiting]


def order_by_hand(account: str, group: GroupInfo, source: str, cause: str, *, reason: str | None = None) -> OrderInfo:
    """Assign the corrections of one cause by hand; who may do so is for the charter's clause on assigning tasks.

    It gives this one cause and sets up nothing: only the leader's standing assignment lets later ones go by themselves.
    """
    answering = sources.assignment(group.id, source) or _answering(group, source)
    waiting = corrections.groups_to_order(group.id, source, paused=disputing.resting(group))
    wanted = [one for one in waiting if one.cause == cause]
    if not wanted:
        raise BadInput("Không còn sai lệch nào của nguyên nhân này chờ giao.", "No finding of this cause waits.")

    def by(obj: ObjectRef) -> Permit:
        return permit(Act(account=account, group=group, action="task.assign", obj=obj, reason=reason))

    return _open(group, answering, wanted[0], by, "")


def _open(group: GroupInfo, standing: Answering, cause: CauseGroup, by: PermitMaker, standing_permit: str) -> OrderInfo:
    """Open the order and its task in one transaction, under the clause by which the agency answers."""
    due = due_for(group, cause.severity)
    cited = _address(standing)
    with transaction.atomic():
        order = NewOrder(
            slot=corrections.reserve(group.id),
            source=standing.source,
            cause=cause.cause,
            agency=standing.agency,
            due=due,
            article=cited.article,
            clause=cited.clause or "",
            point=cited.point or "",
            reading=standing.reading,
        )
        allowed = by(ObjectRef(kind="order", id=order.slot.ref, digest=order.digest()))
        opened = corrections.open_order(allowed, order, paused=disputing.resting(group))
        task = task_of(group, standing, opened, standing_permit)
        made = work.open_task(by(ObjectRef(kind="task", id=task.slot.ref, digest=task.digest())), task)
        return corrections.attach_task(by(bind("order", opened.ref, task=made.id)), opened.id, made.id)


def _address(standing: Answering) -> Citation:
    return Citation(
        article=str(standing.citation["article"]),
        clause=standing.citation.get("clause"),
        point=standing.citation.get("point"),
    )


def task_of(group: GroupInfo, standing: Answering, order: OrderInfo, standing_permit: str) -> NewTask:
    """Return the task that carries an order."""
    cause, count = corrections.causes()[order.cause], reports.number(order.count)
    contract = sources.contracts(group.id, clock.today(group)).contract(standing.source)
    return NewTask(
        slot=work.reserve(group.id),
        title=f"{cause.vi}: sửa {count} dòng, {contract.title.vi}",
        origin=Origin.FINDING,
        lead=standing.agency,
        due=order.due,
        bound=clock.at_start_of(date.fromordinal(order.due.toordinal() + 1)),
        basis=Basis(
            article=order.article,
            clause=order.clause,
            point=order.point,
            norm=standing.norm_key,
            charter_hash=adoption.charter_of(group.charter_line, clock.today(group)).hash,
            reading=standing.reading,
        ),
        coordinating=tuple(code for code in standing.coordinators if code != standing.agency),
        total=order.count,
        origin_ref=order.ref,
        standing_permit=standing_permit,
    )


def prove(group: GroupInfo, delivery: DeliveryInfo, outcome: Outcome) -> int:
    """Carry what a run proved or contradicted to the tasks of its orders; returns how many tasks moved."""
    standing = sources.assignment(group.id, delivery.source)
    moved = 0
    for count in outcome.by_order:
        if count.task_id is None:
            continue
        task = work.task_for_flow(count.task_id)
        proof = Proof(run_id=outcome.run_id, done=count.proved, total=count.total, file_sha256=delivery.file_sha256)
        moved += _carry(group, task, proof, standing.permit_digest if standing else task.permit)
    return moved


def _carry(group: GroupInfo, task: TaskInfo, proof: Proof, standing: str) -> bool:
    step = task.next_step(proof)
    if step is Step.NOTHING:
        return False
    action, fact = PROOFS[step]
    obj = bind("task", task.ref, run=proof.run_id, done=proof.done, total=proof.total)
    ACTS[step](system_permit(group, action, obj, standing=standing, facts={fact: True}), task.id, proof)
    return True


def recount(group: GroupInfo, source: str) -> int:
    """Bring the tasks of a source's orders to the rows that these hold now; an order that lost every row has no task.

    Rows leave an order where the value at the source is another one, or where they go to another agency.
    """
    run_id, moved = corrections.last_recorded(group.id, source), 0
    if not run_id:
        return 0
    for order in corrections.orders_of_source(group.id, source):
        task = work.task_for_flow(order.task_id) if order.task_id is not None else None
        if task is None or not task.is_open or (task.done, task.total) == (order.proved, order.total):
            continue
        proof = Proof(run_id=run_id, done=order.proved, total=order.total)
        moved += _carry(group, task, proof, task.permit)
        if not order.total:
            obj = bind("task", task.ref, emptied=run_id)
            facts = {"finding.contradicted_by_delivery": True}
            by = system_permit(group, "finding.reopen_by_delivery", obj, standing=task.permit, facts=facts)
            work.cancel(by, task.id, EMPTIED)
    return moved


def reevaluate(group: GroupInfo, delivery: DeliveryInfo, run_label: str) -> int:
    """Void the orders of rows whose value at the source is no longer the one handed over; returns how many rows.

    The fault is still there under another value, so it is judged anew and waits for an order of its own.
    """
    handed = [
        (found, mark)
        for found, mark in corrections.handed_marks(group.id, delivery.source)
        if found.last_run == run_label and mark
    ]
    known = sources.contracts(group.id, clock.today(group))
    fixes = [(found.fingerprint, correcting.to_fix(known, found, "")) for found, _ in handed]
    now = faulty_rows.marks(group.id, fixes)
    changed = [found for found, mark in handed if now.get(found.fingerprint, mark) != mark]
    if not changed:
        return 0
    standing = sources.assignment(group.id, delivery.source)
    first = corrections.permit_of_order(changed[0].order_id)
    obj = bind("findings", f"{group.slug}:{delivery.source}", run=run_label, changed=len(changed))
    facts = {"finding.contradicted_by_delivery": True}
    permit_digest = standing.permit_digest if standing else first
    by = system_permit(group, "finding.reopen_by_delivery", obj, standing=permit_digest, facts=facts)
    return corrections.released(by, group.id, delivery.source, [found.id for found in changed])
