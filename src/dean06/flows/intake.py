"""From an agency's file to proved and ordered corrections: receive, read, match, record, prove, order.

Every step is safe to repeat after a kill: a delivery is received once, a run is executed until it is done, and a run is
recorded once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import FoundItem, Outcome, RunFindings
from dean06.flows import ordering
from dean06.flows.authority import Act, bind, permit, system_permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.population import service as population
from dean06.reconcile.service import findings, runs, scores
from dean06.reconcile.types import RunInfo
from dean06.sources import live as contracts
from dean06.sources import service as sources
from dean06.sources.types import DeliveryInfo, NewDelivery
from dean06.work import service as work

Progress = Callable[[str, float], None]

__all__ = ["HandIn", "hand_in", "process", "start_run", "take_back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """What a person says when handing a file in."""

    source: str
    period: str
    agency: str
    file: Path
    file_name: str
    complete: bool = False


def _own_agency(account: str, group: GroupInfo, agency: str) -> bool:
    return any(seat.agency == agency for seat in offices.capacities(account, group.id, clock.today(group)))


def hand_in(account: str, group: GroupInfo, given: HandIn) -> DeliveryInfo:
    """Receive a file from an agency; it is read and matched by `process`, which a job may run later."""
    contracts.contract(given.source)
    digest = sources.fingerprint_file(given.file)
    act = Act(
        account=account,
        group=group,
        action="delivery.receive",
        obj=bind("delivery", f"{group.slug}:{given.source}:{given.period}:{digest[:12]}", sha256=digest),
        facts={"delivery.from_own_agency": _own_agency(account, group, given.agency)},
    )
    new = NewDelivery(
        group_id=group.id,
        source=given.source,
        period=given.period,
        agency=given.agency,
        file_name=given.file_name,
        complete=given.complete,
    )
    return sources.receive(permit(act), new, given.file)


def start_run(account: str, group: GroupInfo, delivery: DeliveryInfo) -> RunInfo:
    """Queue the matching of a delivery that was read with the newest snapshot of the group's day."""
    register = population.latest(group.id, clock.today(group))
    act = Act(
        account=account,
        group=group,
        action="run.start",
        obj=bind("delivery", f"{delivery.id}", file=delivery.file_sha256, register=register.sha256),
    )
    return runs.queue(permit(act), delivery.id, register.id)


def process(account: str, delivery_id: int, progress: Progress | None = None) -> RunInfo | None:
    """Carry a received delivery through to its corrections; returns the run, or None when the file was refused."""
    tell = progress or (lambda _step, _share: None)
    delivery = sources.delivery_for_work(delivery_id)
    group = offices.group_by_id(delivery.group_id)
    tell("doc-tep", 0.05)
    if delivery.state == "received":
        delivery = sources.read(delivery_id, lambda share: tell("doc-tep", 0.05 + 0.25 * share))
    if delivery.state != "read":
        return None
    run = runs.latest_of_delivery(delivery_id) or start_run(account, group, delivery)
    if run.state != "done":
        run = runs.execute(run.id, lambda step, share: tell(step, 0.3 + 0.5 * share))
    if run.state != "done":
        return run
    scores.record(run.id)
    tell("ghi-sai-lech", 0.85)
    outcome = _record(account, group, delivery, run)
    ordering.prove(group, delivery, outcome)
    tell("giao-sua", 0.95)
    ordering.order_automatically(group, delivery)
    tell("xong", 1.0)
    return run


def _record(account: str, group: GroupInfo, delivery: DeliveryInfo, run: RunInfo) -> Outcome:
    keyring = corrections.Keyring(run.source)

    def items() -> list[FoundItem]:
        found = []
        for one in findings.differences_of(run.id):
            details = {one.field: frozenset(one.details)}
            wrong = () if one.field == "ho_so" else (one.field,)
            for field, cause in corrections.causes_of(one.rule, wrong, details):
                record = keyring.record(one.record)
                found.append(
                    FoundItem(
                        fingerprint=keyring.finding(record, one.rule, field),
                        record=record,
                        field=field,
                        rule=one.rule,
                        cause=cause.code,
                        severity=cause.severity,
                        commune=one.commune,
                        sheet=one.sheet,
                        dong=one.dong,
                        stt=one.stt,
                    )
                )
        return found

    return corrections.record_run(
        _recording_permit(account, group, delivery, run),
        RunFindings(
            group_id=group.id,
            source=run.source,
            run_id=run.label,
            complete=delivery.complete,
            items=items(),
            seen=(keyring.record(record) for record in findings.records_of(run.id)),
        ),
    )


def _recording_permit(account: str, group: GroupInfo, delivery: DeliveryInfo, run: RunInfo) -> Permit:
    """Under a standing assignment the run speaks for itself; without one, the person who started it answers."""
    obj = bind("run", run.label, result=run.result_sha256)
    standing = sources.assignment(group.id, delivery.source)
    if standing is None:
        return permit(Act(account=account, group=group, action="run.start", obj=obj))
    return system_permit(
        group,
        "finding.close_by_delivery",
        obj,
        standing=standing.permit_digest,
        facts={"finding.proved_by_delivery": True},
    )


def take_back(account: str, delivery_id: int) -> DeliveryInfo:
    """Undo the newest delivery of a source: its findings return to what they were; the file stays in the vault."""
    delivery = sources.delivery_for_work(delivery_id)
    group = offices.group_by_id(delivery.group_id)
    own = {"delivery.from_own_agency": _own_agency(account, group, delivery.agency)}
    obj = bind("delivery", f"{group.slug}:{delivery.source}:{delivery.period}:{delivery.file_sha256[:12]}", undo=True)
    allowed = permit(Act(account=account, group=group, action="delivery.undo", obj=obj, facts=own))
    run = runs.latest_of_delivery(delivery_id)
    if run is not None and run.state == "running":
        raise BadInput(
            "Lần nộp đang được đối soát: chờ xong rồi rút.", "The delivery is being matched: wait, then take it back."
        )
    if run is not None and run.state == "done":
        _undo_findings(account, group, delivery, run)
    return sources.undo(allowed, delivery_id)


def _undo_findings(account: str, group: GroupInfo, delivery: DeliveryInfo, run: RunInfo) -> None:
    """Put findings back first, then the tasks that the run had moved."""
    own = {"delivery.from_own_agency": _own_agency(account, group, delivery.agency)}

    def by(kind: str, object_id: str) -> Permit:
        obj = bind(kind, object_id, undo=delivery.file_sha256)
        return permit(Act(account=account, group=group, action="delivery.undo", obj=obj, facts=own))

    moved = corrections.outcome_of(group.id, run.label)
    with transaction.atomic():
        back = by("run", run.label)
        voided = corrections.undo_run(back, group.id, delivery.source, run.label, void_orders=True)
        gone = {order.task_id for order in voided}
        for count in moved.by_order if moved else ():
            if count.task_id is None or count.task_id in gone or work.last_moved_by(count.task_id) != run.label:
                continue
            task = work.task_for_flow(count.task_id)
            work.take_back(by("task", task.ref), task.id, run.label)
        for task_id in gone:
            if task_id is not None:
                work.void(by("task", work.task_for_flow(task_id).ref), task_id, run.label)
