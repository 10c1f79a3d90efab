"""From an agency's file to proved and ordered corrections: receive, read, match, record, prove, order.

Every step is safe to repeat after a kill: a delivery is received once, a run is executed until it is done, and a run is
recorded once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import Cause, FoundItem, Outcome, RunFindings
from dean06.flows import disputing, doubting, enriching, ordering, scoring, taking_in
from dean06.flows.authority import Act, bind, permit, system_permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.population import service as population
from dean06.reconcile.service import asked_runs, contradictions, field_sheets, findings, runs
from dean06.reconcile.types import Difference, RunInfo
from dean06.sources import service as sources
from dean06.sources.service import inquiries, pulls
from dean06.sources.service.inquiries import Inquiry
from dean06.sources.types import Checked, DeliveryInfo, NewDelivery, delivery_ref
from dean06.work.service import tasks as work

Progress = Callable[[str, float], None]
PERIOD = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")

__all__ = ["HandIn", "examine", "hand_in", "process", "start_run", "take_back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """What a person says when handing a file in."""

    source: str
    period: str
    agency: str
    file: Path
    file_name: str
    complete: bool = False


def hand_in(account: str, group: GroupInfo, given: HandIn) -> DeliveryInfo:
    """Receive a file from an agency; it is read and matched by `process`, which a job may run later."""
    _require_said(group, given)
    new = NewDelivery(
        group_id=group.id,
        source=given.source,
        period=given.period,
        agency=given.agency,
        file_name=given.file_name,
        complete=given.complete,
    )

    def allow(obj: ObjectRef) -> Permit:
        return permit(Act(account=account, group=group, agency=given.agency, action="delivery.receive", obj=obj))

    return taking_in.receive(group, new, given.file, allow)


def _require_said(group: GroupInfo, given: HandIn) -> None:
    """Refuse a source, period or agency that does not exist, before anything is kept under its name."""
    taking_in.require_list(group, given.source)
    if not PERIOD.fullmatch(given.period):
        raise BadInput(
            f"Kỳ «{given.period}» phải viết như 2022-09.", f"Write the period {given.period!r} like 2022-09."
        )
    if given.agency not in offices.agency_names(group.id):
        raise BadInput(
            f"Cơ quan «{given.agency}» không thuộc tổ công tác.", f"The agency {given.agency!r} is not of the group."
        )


def start_run(account: str, group: GroupInfo, delivery: DeliveryInfo) -> RunInfo:
    """Queue the matching of a delivery that was read: with the newest snapshot of the group's day, or by asking.

    A group that holds no snapshot asks the population service, where the operator gave it one to ask.
    """
    if inquiry := _inquiry(group, delivery):
        digest = asked_runs.subject_digest(delivery.file_sha256, inquiry)
        obj = ObjectRef(kind="delivery", id=f"{delivery.id}", digest=digest)
        return asked_runs.queue(_starting_permit(account, group, delivery, obj), delivery.id, inquiry)
    register = population.latest(group.id, clock.today(group))
    obj = bind("delivery", f"{delivery.id}", file=delivery.file_sha256, register=register.sha256)
    return runs.queue(_starting_permit(account, group, delivery, obj), delivery.id, register.id)


def _inquiry(group: GroupInfo, delivery: DeliveryInfo) -> Inquiry | None:
    if population.holds_snapshot(group.id, clock.today(group)) or not inquiries.is_configured(group.slug):
        return None
    return inquiries.of_group(group.slug, delivery.source, delivery.period)


def _executed(account: str, group: GroupInfo, delivery: DeliveryInfo, run: RunInfo, tell: Progress) -> RunInfo:
    """Carry a run to its end; one that asks is decided again, however long ago it was queued."""
    if run.register_id:
        return runs.execute(run.id, tell)
    inquiry = inquiries.of_group(group.slug, delivery.source, delivery.period)
    digest = asked_runs.subject_digest(delivery.file_sha256, inquiry)
    obj = ObjectRef(kind="run", id=asked_runs.session(run), digest=digest)
    return asked_runs.carry(_starting_permit(account, group, delivery, obj), run.id, inquiry, tell)


def _starting_permit(account: str, group: GroupInfo, delivery: DeliveryInfo, obj: ObjectRef) -> Permit:
    """What came by itself is carried on by itself, under whoever set that up; else the person answers."""
    if by_itself := pulls.standing_of(delivery.beside or delivery.id):
        return system_permit(group, "run.start", obj, standing=by_itself)
    return permit(Act(account=account, group=group, action="run.start", obj=obj))


def examine(account: str, group: GroupInfo, delivery: DeliveryInfo) -> Checked:
    """Check a delivery that was read before there were rules; its findings come with the next one, as always."""
    if delivery.state != "read":
        raise BadInput("Lần nộp này chưa đọc xong.", "This delivery is not read yet.")
    rules = sources.contract_of_delivery(delivery.id).version
    obj = bind("delivery", f"{delivery.id}", file=delivery.file_sha256, rules=rules)
    permit(Act(account=account, group=group, action="run.start", obj=obj))
    with sources.alone(delivery.id, wait=False):
        return sources.examine(delivery.id)


def process(account: str, delivery_id: int, progress: Progress | None = None) -> RunInfo | None:
    """Carry a received delivery through to its corrections; returns the run, or None when the file was refused.

    The lists that read the same file for another person of its rows are carried through after it.
    """
    told = progress or (lambda _step, _share: None)
    every = [delivery_id, *sources.companions_of(delivery_id)]
    done = [_carried(account, one, told, at, len(every)) for at, one in enumerate(every)]
    return done[0]


def _carried(account: str, delivery_id: int, told: Progress, at: int, of: int) -> RunInfo | None:
    with sources.alone(delivery_id):
        return _process(account, delivery_id, lambda step, share: told(step, (at + share) / of))


def _process(account: str, delivery_id: int, tell: Progress) -> RunInfo | None:
    delivery = sources.delivery_for_work(delivery_id)
    group = offices.group_by_id(delivery.group_id)
    tell("doc-tep", 0.05)
    if delivery.state == "received":
        delivery = sources.read(delivery_id, lambda share: tell("doc-tep", 0.05 + 0.25 * share))
    if delivery.state != "read":
        return None
    sources.examine(delivery_id)
    run = runs.latest_of_delivery(delivery_id) or start_run(account, group, delivery)
    if run.state != "done":
        run = _executed(account, group, delivery, run, lambda step, share: tell(step, 0.3 + 0.5 * share))
    if run.state != "done":
        return run
    if not delivery.partial:  # what changed says nothing of the list as a whole
        scoring.measure(run)
    enriching.fill_automatically(group, run)
    tell("ghi-sai-lech", 0.85)
    outcome = _record(account, group, delivery, run)
    if outcome is not None:
        ordering.prove(group, delivery, outcome)
        doubting.settle(group, run.source, run.id, run.label)
        if ordering.reevaluate(group, delivery, run.label):
            ordering.recount(group, delivery.source)
        tell("giao-sua", 0.95)
        ordering.order_automatically(group, delivery)
    tell("xong", 1.0)
    return run


def _record(account: str, group: GroupInfo, delivery: DeliveryInfo, run: RunInfo) -> Outcome | None:
    """Record what a run found; None when it was recorded before and a later list has spoken since."""
    last = corrections.last_recorded(group.id, run.source)
    if last != run.label:
        if corrections.outcome_of(group.id, run.label) is not None:
            return None
        _require_newest(delivery, last)
    keyring = corrections.Keyring(run.source)
    found = RunFindings(
        group_id=group.id,
        source=run.source,
        run_id=run.label,
        complete=delivery.complete,
        items=_items(keyring, run),
        # Of a list declared complete every record that is gone was removed, so nothing hangs on those that are there.
        seen=() if delivery.complete else [keyring.record(record) for record in findings.records_of(run.id)],
        uncompared=findings.untested_fields(run.id),
        tested=findings.tested_rules(run.id),
        paused=disputing.resting_in(delivery.id),
    )
    by = _recording_permit(account, group, delivery, run)
    with transaction.atomic():
        sources.hold_read(delivery.id)
        return corrections.record_run(by, found)


def _require_newest(delivery: DeliveryInfo, last: str) -> None:
    """Refuse a list that was received before the one recorded last: it would reopen what that one proved."""
    newest = runs.for_work(int(last.removeprefix("L"))).delivery_id if last else 0
    if newest > delivery.id:
        raise BadInput(
            f"Nguồn này đã ghi kết quả của lần nộp sau (lần {newest}): rút lần nộp {delivery.id}, hoặc nộp lại danh"
            " sách mới nhất.",
            f"A later delivery of this source (no. {newest}) is recorded: take delivery {delivery.id} back, or hand in"
            " the newest list again.",
        )


def _items(keyring: corrections.Keyring, run: RunInfo) -> list[FoundItem]:
    found = []
    ruled = (*sources.contract_of_delivery(run.delivery_id).rules, *contradictions.rules())
    graver = {rule.code: rule.severity for rule in ruled}
    paused = disputing.resting_in(run.delivery_id)
    for one in findings.differences_of(run.id):
        if (one.rule, one.field) in paused:
            continue
        for field, cause in _causes(one):
            record = keyring.record(one.record)
            found.append(
                FoundItem(
                    fingerprint=keyring.finding(record, one.rule, field),
                    record=record,
                    field=field,
                    rule=one.rule,
                    cause=cause.code,
                    severity=graver.get(one.rule, cause.severity),
                    commune=one.commune,
                    sheet=one.sheet,
                    dong=one.dong,
                    stt=one.stt,
                )
            )
    return found


def _causes(one: Difference) -> tuple[tuple[str, Cause], ...]:
    """Return the field and cause of each finding that a difference makes."""
    if one.kind:
        return ((one.field, corrections.cause_of_rule(one.kind)),)
    wrong = () if one.field == "ho_so" else (one.field,)
    return corrections.causes_of(one.rule, wrong, {one.field: frozenset(one.details)})


def _recording_permit(account: str, group: GroupInfo, delivery: DeliveryInfo, run: RunInfo) -> Permit:
    """Under a standing assignment the run speaks for itself; without one, the person who started it answers."""
    obj = bind("run", run.label, result=run.result_sha256)
    standing = sources.assignment(group.id, delivery.source)
    if standing is None:
        return _starting_permit(account, group, delivery, obj)
    return system_permit(
        group,
        "finding.close_by_delivery",
        obj,
        standing=standing.permit_digest,
        facts={"finding.proved_by_delivery": True},
    )


def take_back(account: str, delivery_id: int) -> DeliveryInfo:
    """Undo the newest delivery of a source, whole or not at all: its findings return to what they were.

    What was received with it of the same file is taken back with it. The file stays in the vault.
    """
    first = sources.delivery_for_work(delivery_id).beside
    if first is not None:
        raise BadInput(
            f"Lần nộp này đọc cùng tệp của lần nộp {first}: rút lần nộp đó, lần này rút theo.",
            f"This delivery reads the file of delivery {first}: take that one back, and this goes with it.",
        )
    every = [delivery_id, *sources.companions_of(delivery_id)]
    with ExitStack() as held:
        for one in every:
            held.enter_context(sources.alone(one, wait=False))
        with transaction.atomic():
            undone, *_ = [_taken_back(account, one) for one in every]
    return undone


def _taken_back(account: str, delivery_id: int) -> DeliveryInfo:
    delivery = sources.delivery_for_work(delivery_id)
    group = offices.group_by_id(delivery.group_id)

    def by(kind: str, object_id: str) -> Permit:
        obj = bind(kind, object_id, undo=delivery.file_sha256)
        act = Act(account=account, group=group, agency=delivery.agency, action="delivery.undo", obj=obj)
        return permit(act)

    ref = delivery_ref(group.slug, delivery.source, delivery.period, delivery.file_sha256)
    allowed = by("delivery", ref)
    run = runs.latest_of_delivery(delivery_id)
    if run is not None and run.state == "done":
        _undo_findings(by, group, delivery, run)
    undone = sources.undo(allowed, delivery_id)
    if run is not None:
        enriching.forget(by, group, run)
    return undone


def _undo_findings(by: Callable[[str, str], Permit], group: GroupInfo, delivery: DeliveryInfo, run: RunInfo) -> None:
    """Put findings back first, then the tasks that the run had moved."""
    moved = corrections.outcome_of(group.id, run.label)
    if moved is None:
        return
    allowed = by("run", run.label)
    voided = corrections.undo_run(allowed, group.id, delivery.source, run.label, void_orders=True)
    field_sheets.void(allowed, group.id, [order.id for order in voided])
    gone = {order.task_id for order in voided}
    for count in moved.by_order:
        if count.task_id is None or count.task_id in gone or work.last_moved_by(count.task_id) != run.label:
            continue
        task = work.task_for_flow(count.task_id)
        work.take_back(by("task", task.ref), task.id, run.label)
    for task_id in gone:
        if task_id is not None:
            work.void(by("task", work.task_for_flow(task_id).ref), task_id, run.label)
    ordering.recount(group, delivery.source)
