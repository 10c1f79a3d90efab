"""Runs: queue one, execute it with progress, and say how it went."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import HouseError, Unavailable
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer
from dean06.orthography import sql as writing
from dean06.places import service as places
from dean06.population import service as population
from dean06.reconcile import live
from dean06.reconcile.engine.model import kept
from dean06.reconcile.engine.options import Options, RunReport
from dean06.reconcile.errors import NotYours
from dean06.reconcile.models import Run
from dean06.reconcile.service.opening import opened
from dean06.reconcile.types import RunInfo
from dean06.sources import service as sources

Progress = Callable[[str, float], None]

__all__ = [
    "execute",
    "for_work",
    "going",
    "groups_of",
    "info",
    "latest_of_delivery",
    "options_of",
    "queue",
    "report_of",
    "run",
    "runs",
    "runs_between",
]


def info(row: Run) -> RunInfo:
    """Return a stored run as other rooms know it."""
    return RunInfo(
        id=row.pk,
        group_id=row.group_id,
        delivery_id=row.delivery_id,
        register_id=row.register_id or 0,
        source=row.delivery.source,
        period=row.delivery.period,
        state=row.state,
        step=row.step,
        share=row.share,
        queued_at=row.queued_at,
        finished_at=row.finished_at,
        seconds=row.seconds,
        rows=row.rows,
        counts=dict(row.counts),
        fields_wrong=dict(row.fields_wrong),
        result=population.vault() / row.result_path if row.result_path else None,
        result_sha256=row.result_sha256,
        problem_vi=row.problem_vi,
        problem_en=row.problem_en,
    )


def queue(by: Permit, delivery_id: int, register_id: int) -> RunInfo:
    """Queue a matching of a delivery with a snapshot: one record that answers who read every person in it."""
    delivery = sources.delivery_for_work(delivery_id)
    register = population.register(register_id)
    if register.group_id != delivery.group_id:
        raise NotYours("Sổ dân cư thuộc tổ công tác khác.", "The register belongs to another group.")
    with transaction.atomic():
        sources.hold_read(delivery_id)
        row = Run.objects.create(
            group_id=delivery.group_id,
            delivery_id=delivery_id,
            register_id=register_id,
            queued_at=by.at,
            options={"accept": 0.5},
        )
        digest = digest_of(file=delivery.file_sha256, register=register.sha256)
        ledger.append(
            by,
            scope=row.group.slug,
            kind="delivery",
            object_id=str(delivery_id),
            digest=digest,
            bound=digest,
            note={"run": row.pk, "delivery": delivery_id, "register": register_id},
        )
    return info(row)


def _units(on: date) -> dict[str, frozenset[str]]:
    """Return each unit code of earlier catalogues with its successors at the register's date."""
    return {code: frozenset(heirs) for code, heirs in places.old_codes(on).items()}


def execute(run_id: int, progress: Progress | None = None) -> RunInfo:
    """Match a queued run; a failure is kept with its sentence and can be queued again. Safe to repeat after a kill."""
    row = Run.objects.select_related("delivery", "register", "group").get(pk=run_id)
    if row.state == Run.State.DONE:
        return info(row)
    return carried(row, _match, progress)


def carried(row: Run, work: Callable[[Run, Progress], None], progress: Progress | None) -> RunInfo:
    """Do the work of a run, tell where it stands, and keep how it ended."""
    row.state, row.started_at = Run.State.RUNNING, clock.now(row.group)
    row.save(update_fields=["state", "started_at"])

    def tell(step: str, share: float) -> None:
        Run.objects.filter(pk=row.pk).update(step=step, share=share)
        if progress:
            progress(step, share)

    problem: HouseError | None = None
    try:
        work(row, tell)
    except HouseError as known:
        problem = known
    except duckdb.Error as unknown:  # what it says may quote a row; its kind alone is kept
        problem = _stopped(type(unknown).__name__)
    if problem is not None:
        row.state, row.finished_at = Run.State.FAILED, clock.now(row.group)
        row.problem_vi, row.problem_en = problem.vi[:600], problem.en[:600]
        row.save(update_fields=["state", "finished_at", "problem_vi", "problem_en"])
    return info(row)


def _stopped(kind: str) -> Unavailable:
    return Unavailable(
        f"Đối soát dừng vì một lỗi ngoài dự kiến ({kind}); không có gì bị ghi dở: chạy lại, hoặc báo người vận hành.",
        f"Matching stopped on an unexpected fault ({kind}); nothing was left half-written: run it again, or tell the"
        " operator.",
    )


def _match(row: Run, tell: Progress) -> None:
    if row.register_id is None:
        raise Unavailable("Lượt này phải hỏi dịch vụ dân cư.", "This run has to ask the population service.")
    register = population.register(row.register_id)
    population.require_whole(register)
    batch = sources.batch(row.delivery_id)
    tell("chuan-bi", 0.05)
    prepared = live.ensure_prepared(register.directory)
    directory = Path("runs") / row.group.slug
    sources.private(population.vault() / directory)
    out = directory / f"L{row.pk}.parquet"
    tell("doi-soat", 0.3)
    report = live.match(prepared, batch.parquet, population.vault() / out, read_as(row, register.as_of))
    tell("ghi-ket-qua", 0.9)
    keep(row, report, out)


def keep(row: Run, report: RunReport, out: Path) -> None:
    """Keep the result of a run, which lies at a path within the vault."""
    (population.vault() / out).chmod(0o400)
    row.state, row.finished_at = Run.State.DONE, clock.now(row.group)
    row.rows, row.counts, row.report = report.rows, dict(report.by_result), _kept(report)
    row.seconds = round(sum(report.seconds.values()), 3)
    row.result_path = str(out)
    row.result_sha256 = sources.fingerprint_file(population.vault() / out)
    row.fields_wrong = _fields_wrong(population.vault() / out)
    row.step, row.share, row.problem_vi, row.problem_en = "", 1.0, "", ""
    row.save()


def read_as(row: Run, on: date) -> Options:
    """Return how a run reads its list: as its contract and the day of its people say."""
    contract = sources.contract_of_delivery(row.delivery_id)
    return Options(
        accept=float(row.options["accept"]),
        gender_codes=contract.sex_codes,
        recurs=contract.recurs,
        date_order=contract.dates.order,
        units=_units(on),
        year=on.year,
    )


def _kept(report: RunReport) -> dict[str, object]:
    """Return what is kept of the engine's report: counts, times and weights, no value of a person."""
    return {
        "register_rows": report.register_rows,
        "by_pass": dict(report.by_pass),
        "pairs": dict(report.pairs),
        "seconds": dict(report.seconds),
        "model": report.model.saved(),
        "blocks": [asdict(one) for one in report.blocks],
    }


def report_of(run_id: int) -> dict[str, Any]:
    """Return what was kept of the engine's report of a run; empty for one from before it was kept."""
    return dict(Run.objects.values_list("report", flat=True).get(pk=run_id))


def options_of(run_id: int) -> Options:
    """Return how a run read its list, with the weights that it used; without weights where none were kept."""
    row = Run.objects.select_related("delivery", "register").get(pk=run_id)
    saved = row.report.get("model")
    on = row.register.as_of if row.register else clock.today(row.group)
    return replace(read_as(row, on), model=kept(saved) if saved else None)


def _fields_wrong(result: Path) -> dict[str, int]:
    with opened(result) as link:
        found = link.execute(
            "select field, count(*) from (select unnest(string_split(sai_truong, ';')) as field "
            f"from read_parquet({writing.quoted(str(result))}) where coalesce(sai_truong, '') <> '') "
            "group by 1 order by 2 desc, 1"
        ).fetchall()
    return {str(field): int(count) for field, count in found}


def for_work(run_id: int) -> RunInfo:
    """Return a run for the rooms above, which filter by their own viewer."""
    return info(Run.objects.select_related("delivery").get(pk=run_id))


def run(viewer: Viewer, run_id: int) -> RunInfo | None:
    """Return one run if the reader sits in its group."""
    row = Run.objects.select_related("delivery").filter(pk=run_id, group_id__in=viewer.groups).first()
    return info(row) if row else None


def runs(viewer: Viewer, group_id: int) -> list[RunInfo]:
    """Return the runs of a group in which the reader sits, newest first."""
    if not viewer.sits_in(group_id):
        return []
    return [info(row) for row in Run.objects.select_related("delivery").filter(group_id=group_id)]


def going(group_id: int) -> list[int]:
    """Return the runs of a group that wait or are being matched."""
    waiting = Run.objects.filter(group_id=group_id, state__in=[Run.State.QUEUED, Run.State.RUNNING])
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def groups_of(run_ids: Iterable[int]) -> dict[int, int]:
    """Return the group of each run, for pages that lead to runs of a group before."""
    return dict(Run.objects.filter(pk__in=set(run_ids)).values_list("pk", "group_id"))


def latest_of_delivery(delivery_id: int) -> RunInfo | None:
    """Return the newest run of a delivery."""
    row = Run.objects.select_related("delivery").filter(delivery_id=delivery_id).first()
    return info(row) if row else None


def runs_between(group_id: int, since: date, until: date) -> list[RunInfo]:
    """Return the finished runs of deliveries received in a span of days, both ends included; facts for a report."""
    rows = Run.objects.select_related("delivery").filter(
        group_id=group_id,
        state=Run.State.DONE,
        delivery__received_at__gte=clock.at_start_of(since),
        delivery__received_at__lt=clock.at_start_of(date.fromordinal(until.toordinal() + 1)),
    )
    return [info(row) for row in rows.exclude(delivery__state="undone").order_by("queued_at", "pk")]
