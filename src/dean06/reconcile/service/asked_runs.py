"""Runs of a group that holds no register: its list is matched by asking the population service about each row.

Each question that was put about a row is kept beside the run by place, time and id, with a keyed commitment to the
number: so a person who asks who read them is told also where the answer was no.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import Unavailable
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.population import service as population
from dean06.reconcile.live.inquiry import Call, InquiryReport, match_by_asking
from dean06.reconcile.models import Run
from dean06.reconcile.service.runs import Progress, carried, info, keep, read_as
from dean06.reconcile.types import RunInfo
from dean06.sources import service as sources
from dean06.sources.live.inquiry import End
from dean06.sources.service import inquiries
from dean06.sources.service.inquiries import Inquiry

STEP = "hoi-dich-vu"

__all__ = ["STEP", "calls_about", "carry", "queue", "session", "subject_digest"]


def subject_digest(file_sha256: str, inquiry: Inquiry) -> str:
    """Return what a permit to ask is bound to: the list, the service and the purpose."""
    return digest_of(file=file_sha256, inquiry=inquiry.digest())


def session(run: RunInfo) -> str:
    """Return the name under which permits and the ledger know the asking of a run."""
    return f"{run.label}:hoi"


def queue(by: Permit, delivery_id: int, inquiry: Inquiry) -> RunInfo:
    """Queue a run that asks; one record that answers for which purpose every person in the list is asked about.

    The permit is for object kind `delivery`, id the delivery's number, digest `subject_digest`.
    """
    delivery = sources.delivery_for_work(delivery_id)
    digest = subject_digest(delivery.file_sha256, inquiry)
    with transaction.atomic():
        sources.hold_read(delivery_id)
        row = Run.objects.create(
            group_id=delivery.group_id, delivery_id=delivery_id, queued_at=by.at, options={"accept": 0.5}
        )
        note: dict[str, str | int] = {"run": row.pk, "delivery": delivery_id, "procedure": inquiry.purpose.procedure}
        ledger.append(
            by,
            scope=row.group.slug,
            kind="delivery",
            object_id=str(delivery_id),
            digest=digest,
            bound=digest,
            note=note,
        )
    return info(row)


def carry(by: Permit, run_id: int, inquiry: Inquiry, progress: Progress | None = None) -> RunInfo:
    """Ask until all is asked, and match; a run that comes to no end keeps its answers and is carried on another time.

    The permit is for object kind `run`, id `session`, digest `subject_digest`: it is given anew each time.
    """
    row = Run.objects.select_related("delivery", "register", "group").get(pk=run_id)
    if row.state == Run.State.DONE:
        return info(row)
    return carried(row, lambda of, tell: _ask(by, of, inquiry, tell), progress)


def _ask(by: Permit, row: Run, inquiry: Inquiry, tell: Progress) -> None:
    delivery = sources.delivery_for_work(row.delivery_id)
    batch = sources.batch(row.delivery_id)
    directory = Path("runs") / row.group.slug
    shelf = sources.private(population.vault() / directory)
    out = directory / f"L{row.pk}.parquet"
    on = clock.today(row.group)
    work = Path(tempfile.mkdtemp(prefix=".hoi-", dir=shelf))
    try:
        options = replace(read_as(row, on), temp=work / "rieng")
        with inquiries.opened(inquiry) as asking:
            report, asked = match_by_asking(
                asking,
                batch.parquet,
                work / "ket-qua.parquet",
                options,
                lambda done, total: tell(STEP, 0.05 + 0.8 * done / total),
            )
            until = asking.book.keeping.until(clock.now())
        _record_calls(by, row, subject_digest(delivery.file_sha256, inquiry), asked)
        _require_whole(asked)
        tell("ghi-ket-qua", 0.9)
        register = population.take_answers(by, row.group_id, asked.register, on, until)
        row.register_id = register.id
        (work / "ket-qua.parquet").replace(population.vault() / out)
        keep(row, report, out)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _require_whole(asked: InquiryReport) -> None:
    """Refuse to make a result of a list that was not asked about to its end: it would be measured as if it were."""
    if asked.ended.end is End.DONE:
        return
    said = asked.ended.sentence
    left = asked.open_rows
    raise Unavailable(
        f"{said.vi if said else ''} Còn {left} dòng chưa hỏi; câu trả lời đã có được giữ. Bấm chạy lại để hỏi tiếp.",
        f"{said.en if said else ''} {left} rows are not asked about yet; what was answered is kept. Run it again.",
    )


def _record_calls(by: Permit, row: Run, digest: str, asked: InquiryReport) -> None:
    """Record who was asked about, also where asking came to no end."""
    with transaction.atomic():
        _write_calls(row, asked.made)
        ledger.append(
            by,
            scope=row.group.slug,
            kind="run",
            object_id=session(info(row)),
            digest=digest,
            bound=digest,
            note={"run": row.pk, "calls": asked.calls, "answers": asked.fresh, "ended": asked.ended.end.value},
        )


def _calls_file(group: str, run_id: int) -> Path:
    return population.vault() / "runs" / group / f"L{run_id}.hoi.jsonl"


def _write_calls(row: Run, made: Sequence[Call]) -> None:
    commit = ledger.committer()
    path = _calls_file(row.group.slug, row.pk)
    draft = path.with_name(f"{path.name}.part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        for one in made:
            told = {"stt": one.stt, "nguoi": commit(one.number), **one.told()}
            out.write(json.dumps(told, ensure_ascii=False) + "\n")
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)


def calls_about(run_id: int, number: str) -> tuple[tuple[int, datetime], ...]:
    """Return the rows of a run about which the service was asked with a number, and when."""
    row = Run.objects.select_related("group").get(pk=run_id)
    found: list[tuple[int, datetime]] = []
    wanted = ledger.commitment(number)
    with suppress(FileNotFoundError), _calls_file(row.group.slug, row.pk).open(encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            if told["nguoi"] == wanted:
                found.append((int(told["stt"]), datetime.fromisoformat(told["at"])))
    return tuple(found)
