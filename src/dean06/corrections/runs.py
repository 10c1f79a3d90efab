"""Runs: a delivery's findings are recorded whole, and the last one can be taken back whole."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from dean06.charter.types import Permit
from dean06.corrections import judging, proposals
from dean06.corrections.causes import causes
from dean06.corrections.comparing import Comparison, Known, compare
from dean06.corrections.errors import NotTheLast, RunRefused
from dean06.corrections.models import Dataset, Finding, Order, Run
from dean06.corrections.rows import order_infos, progress_by_order
from dean06.corrections.storing import STATE, Cell, State, batches, insert, restate
from dean06.corrections.tallies import outcome, tally
from dean06.corrections.types import FoundItem, OrderInfo, Outcome, RunFindings, Status
from dean06.ledger import service as ledger
from dean06.ledger.types import canonical

BATCH = 5000
SHEET = 120


def lock(group_id: int, source: str) -> Dataset:
    """Hold a source of a group until the transaction ends; its findings change under one hand at a time."""
    Dataset.objects.get_or_create(group_id=group_id, source=source)
    return Dataset.objects.select_for_update().get(group_id=group_id, source=source)


def _known(group_id: int, source: str) -> Iterator[Known]:
    rows = Finding.objects.filter(group_id=group_id, source=source)
    names = ("pk", "fingerprint", "record", "rule", "field", "order_id", "withdrawn_until", *STATE)
    for pk, fingerprint, record, rule, field, order_id, until, *state in rows.values_list(*names).iterator(
        chunk_size=BATCH
    ):
        yield Known(
            id=pk,
            fingerprint=fingerprint,
            record=record,
            rule=rule,
            field=field,
            status=state[0],
            cause=state[1],
            severity=state[2],
            commune=state[3],
            reopened=state[10],
            ordered=order_id is not None,
            withdrawn_until=until,
            state=tuple(state),
        )


def record_run(by: Permit, found: RunFindings) -> Outcome:
    """Record what a run found: open what is new, prove what is gone, open again what came back.

    The permit is for object kind `run`, id the run's. Recording the same run again changes nothing and says the same.
    """
    with transaction.atomic():
        dataset = lock(found.group_id, found.source)
        recorded = Run.objects.filter(group_id=found.group_id, run_id=found.run_id).first()
        if recorded is not None:
            if recorded.source != found.source:
                raise RunRefused(
                    f"Lần đối soát {found.run_id} thuộc nguồn {recorded.source}, không phải {found.source}.",
                    f"Run {found.run_id} belongs to source {recorded.source}, not {found.source}.",
                )
            return outcome(recorded)
        known = {finding.fingerprint: finding for finding in _known(found.group_id, found.source)}
        result = compare(known, found, _checked(found), by.at.date())
        run = _write(by, found, result)
        told = outcome(run)
        _enter(by, dataset, run)
    return told


def _checked(found: RunFindings) -> Iterator[FoundItem]:
    allowed = causes()
    for item in found.items:
        if item.cause not in allowed:
            raise RunRefused(
                f"Lần đối soát {found.run_id}, {item.sheet} dòng {item.dong}: không có nguyên nhân «{item.cause}».",
                f"Run {found.run_id}, {item.sheet} row {item.dong}: there is no cause {item.cause!r}.",
            )
        yield item if _fits(item) else replace(item, commune=_code(item.commune), sheet=item.sheet[:SHEET])


def _fits(item: FoundItem) -> bool:
    return item.commune == _code(item.commune) and len(item.sheet) <= SHEET


def _code(commune: str) -> str:
    """Return a unit code, or nothing for what is none: whatever a list wrote there is a person's value."""
    return commune if len(commune) == 5 and commune.isascii() and commune.isdigit() else ""


def _write(by: Permit, found: RunFindings, result: Comparison) -> Run:
    Run.objects.filter(group_id=found.group_id, source=found.source).update(before=None)
    touched = [(k.id, *k.state) for k, _, _ in result.again] + [(k.id, *k.state) for k in result.proved]
    run = Run.objects.create(
        group_id=found.group_id,
        source=found.source,
        run_id=found.run_id,
        at=by.at,
        complete=found.complete,
        tally={},
        before=_pack(touched),
        permit=by.digest(),
    )
    insert(_new_rows(run, result.new))
    restate(_again_rows(run, result))
    for batch in batches(finding.id for finding in result.proved):
        Finding.objects.filter(pk__in=batch).update(status=Status.PROVED.value, closed_at=run.at, closed_by=run)
    judging.judge(run)
    orders = Order.objects.filter(group_id=run.group_id, source=run.source)
    run.tally = tally(result.counts, progress_by_order(orders.values_list("pk", flat=True)))
    run.save(update_fields=["tally"])
    return run


def _new_rows(run: Run, items: Iterable[FoundItem]) -> Iterator[tuple[Cell, ...]]:
    for item in items:
        given = (run.group_id, run.source, item.fingerprint, item.record, item.field, item.rule, run.pk, run.at)
        yield (*given, *_state(run, item, Status.OPEN, item.cause, item.severity, 0))


def _again_rows(run: Run, result: Comparison) -> Iterator[tuple[Cell, ...]]:
    for before, item, status in result.again:
        # An ordered finding keeps the cause it was handed over under: one order, one cause.
        cause, severity = (before.cause, before.severity) if before.ordered else (item.cause, item.severity)
        reopened = before.reopened + (status == Status.REOPENED != before.status)
        yield (*_state(run, item, status, cause, severity, reopened), before.id)


def _state(run: Run, item: FoundItem, status: Status, cause: str, severity: int, reopened: int) -> State:
    """Return a finding's STATE as the run leaves it, open or withdrawn."""
    where = (item.commune, item.sheet, item.dong, item.stt)
    return (status.value, cause, severity, *where, run.pk, None, None, reopened)


def last_run(group_id: int, source: str) -> Run | None:
    """Return the last run recorded of a source."""
    return Run.objects.filter(group_id=group_id, source=source).defer("before").order_by("-pk").first()


def undo_run(
    by: Permit, group_id: int, source: str, run_id: str, *, void_orders: bool = False
) -> tuple[OrderInfo, ...]:
    """Take back the last run of a source: every finding stands again as the run found it.

    Refused once a later run or a withdrawal rests on it. Orders opened since make it a refusal too, unless the caller
    voids them; those are returned, and their tasks are the caller's to void.
    """
    with transaction.atomic():
        dataset = lock(group_id, source)
        run = Run.objects.filter(group_id=group_id, source=source, run_id=run_id).first()
        since = list(Order.objects.filter(group_id=group_id, source=source, after_run=run_id, voided_at=None))
        if run is None or run.before is None or (since and not void_orders) or proposals.rests_on(run):
            raise NotTheLast(
                f"Không rút lại được lần đối soát {run_id}: đã có việc dựa trên kết quả ấy, hoặc không phải lần cuối.",
                f"Run {run_id} cannot be taken back: it is not the last of {source}, or something rests on it.",
            )
        proposals.open_again(by, run)
        judging.unjudge(run, since)
        Finding.objects.filter(order__in=since).update(order=None)
        Order.objects.filter(pk__in=[order.pk for order in since]).update(voided_at=by.at)
        Finding.objects.filter(group_id=group_id, source=source, first_run=run).delete()
        restate(_unpack(bytes(run.before)))
        _enter(by, dataset, run, undone=1, voided=len(since))
        run.delete()
        return tuple(order_infos(Order.objects.select_related("group").filter(pk__in=[order.pk for order in since])))


def _pack(states: list[tuple[object, ...]]) -> bytes:
    return zlib.compress(json.dumps(states, default=_time, separators=(",", ":")).encode(), 1)


def _time(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _unpack(packed: bytes) -> Iterator[tuple[Cell, ...]]:
    closed_at = STATE.index("closed_at")
    for pk, *state in json.loads(zlib.decompress(packed)):
        if state[closed_at] is not None:
            state[closed_at] = datetime.fromisoformat(state[closed_at])
        yield (*state, pk)


def _enter(by: Permit, dataset: Dataset, run: Run, **more: int) -> None:
    whole = outcome(run).whole
    digest = hashlib.sha256(canonical({"run": run.run_id, "tally": run.tally}).encode()).hexdigest()
    note: dict[str, str | int] = {
        "source": dataset.source,
        "new": whole.new,
        "proved": whole.proved,
        "reopened": whole.reopened,
        "open": whole.open_after,
        **more,
    }
    ledger.append(by, scope=dataset.group.slug, kind="run", object_id=run.run_id, digest=digest, note=note)
