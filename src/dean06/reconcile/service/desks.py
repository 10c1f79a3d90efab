"""The review desk of a run: its doubtful rows in the order of a lot, a share of them for two readers.

The lot is a keyed hash of the result and the row: nobody chooses who reads what twice, and any beginning of the order
is a sample of the whole, so that what a few readings say may be counted before all are made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import resources
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from ruamel.yaml import YAML

from dean06.charter.types import ObjectRef, Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.orthography import sql as writing
from dean06.population import service as population
from dean06.reconcile.errors import NotYours
from dean06.reconcile.models import Desk, DeskRow, Run
from dean06.reconcile.service import runs, weighing
from dean06.reconcile.service.opening import opened
from dean06.reconcile.service.weighing import Weighed
from dean06.reconcile.types import RunInfo
from dean06.sources import service as sources

DOUBTFUL = "NGHI_VAN"
SAID = (
    *("ho_ten", "ngay_sinh", "gioi_tinh", "so_cccd", "so_giay_to", "so_cmnd"),
    *("ma_xa", "dia_chi", "ho_ten_cha", "ho_ten_me"),
)

__all__ = ["DOUBTFUL", "DeskInfo", "Settings", "desk", "desks", "open_desk", "own_run", "settings", "subject"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How desks work: the share of rows read twice and its bounds, how long a row is kept, what is a pause."""

    double_share: float
    double_least: int
    double_most: float
    held_seconds: int
    idle_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskInfo:
    """A desk and how far it is: `carried` rows were answered in an earlier run, `apart` wait for a third reader."""

    run_id: int
    group_id: int
    source: str
    period: str
    opened_at: datetime
    rows: int
    double: int
    settled: int
    carried: int
    apart: int

    @property
    def left(self) -> int:
        """Count the rows that nobody has settled yet."""
        return self.rows - self.settled


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doubt:
    """A doubtful row as it is laid on the desk."""

    stt: int
    posterior: float
    numbers: tuple[str, ...]
    commune: str
    said: str


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return how desks work, from the shipped table."""
    told = YAML(typ="safe", pure=True).load(
        resources.files("dean06.reconcile").joinpath("desk.yaml").read_text("utf-8")
    )
    return Settings(
        double_share=float(told["double_share"]),
        double_least=int(told["double_least"]),
        double_most=float(told["double_most"]),
        held_seconds=int(told["held_seconds"]),
        idle_seconds=int(told["idle_seconds"]),
    )


def subject(run: RunInfo) -> ObjectRef:
    """Return what a permit to open the desk of a run is given for."""
    digest = digest_of(result=run.result_sha256, share=str(settings().double_share))
    return ObjectRef(kind="run", id=f"{run.label}:ban-duyet", digest=digest)


def own_run(viewer: Viewer, run_id: int) -> RunInfo:
    """Return a finished run of the reader's groups; any other is refused."""
    run = runs.run(viewer, run_id)
    if run is None or run.state != Run.State.DONE or run.result is None:
        raise NotYours(
            "Không có lượt đối soát này trong tổ công tác của bạn.", "Your groups hold no such run with a result."
        )
    return run


def _listed(viewer: Viewer, **where: int) -> Iterator[DeskInfo]:
    told = Desk.objects.filter(group_id__in=viewer.groups, **where).select_related("run__delivery").order_by("-run_id")
    settled = ~Q(rows__result="")
    counted = told.annotate(
        size=Count("rows"),
        twice=Count("rows", filter=Q(rows__double=True)),
        done=Count("rows", filter=settled),
        before=Count("rows", filter=Q(rows__carried__isnull=False)),
        apart=Count("rows", filter=Q(rows__result="", rows__told__gte=2)),
    )
    for row in counted:
        yield _info(row)


def _info(row: Any) -> DeskInfo:
    return DeskInfo(
        run_id=row.run_id,
        group_id=row.group_id,
        source=row.run.delivery.source,
        period=row.run.delivery.period,
        opened_at=row.opened_at,
        rows=row.size,
        double=row.twice,
        settled=row.done,
        carried=row.before,
        apart=row.apart,
    )


def desks(viewer: Viewer, group_id: int) -> list[DeskInfo]:
    """Return the desks of a group in which the reader sits, of the newest run first."""
    return list(_listed(viewer, group_id=group_id))


def desk(viewer: Viewer, run_id: int) -> DeskInfo | None:
    """Return the desk of a run if it was opened and the reader sits in its group."""
    return next(_listed(viewer, run_id=run_id), None)


def open_desk(by: Permit, viewer: Viewer, run_id: int) -> DeskInfo:
    """Lay the doubtful rows of a run on its desk; once a run, later calls return the same desk."""
    run = own_run(viewer, run_id)
    if (there := desk(viewer, run_id)) is not None:
        return there
    found = _doubtful(run)
    if not found:
        raise BadInput(
            "Lượt này không có dòng nghi vấn nào có ứng viên để chọn.",
            "The run has no doubtful row with candidates to choose from.",
        )
    weighed = weighing.of_rows(run, [one.stt for one in found])
    with transaction.atomic():
        sources.hold_read(run.delivery_id)
        Run.objects.select_for_update().get(pk=run_id)
        if not Desk.objects.filter(run_id=run_id).exists():
            _lay(by, run, found, weighed)
    return next(_listed(viewer, run_id=run_id))


def _lay(by: Permit, run: RunInfo, found: Sequence[_Doubt], weighed: Mapping[int, Sequence[Weighed]]) -> None:
    seed, obj = ledger.commitment(f"desk\x1f{run.result_sha256}"), subject(run)
    order = _lot(seed, [one.stt for one in found])
    places = {stt: place for place, stt in enumerate(order, 1)}
    entry = ledger.append(
        by,
        scope=offices.group_by_id(run.group_id).slug,
        kind=obj.kind,
        object_id=obj.id,
        digest=digest_of(seed=seed, rows=",".join(map(str, order))),
        bound=obj.digest,
        note={"rows": len(found)},
    )
    made = Desk.objects.create(
        group_id=run.group_id,
        run_id=run.id,
        seed=seed,
        share=settings().double_share,
        opened_at=by.at,
        account=by.actor.account,
        entry=entry,
    )
    twice = frozenset(_lot(f"{seed}:doc-doi", order)[: _twice(len(found))])
    committed = ledger.committer()
    rows = [_row(made, one, weighed.get(one.stt, ()), committed) for one in found]
    before = _before(run, [row.mark for row in rows])
    for row in rows:
        row.place, row.double = places[row.stt], row.stt in twice
        _carry(row, before.get(row.mark))
    DeskRow.objects.bulk_create(sorted(rows, key=lambda row: row.place), batch_size=1000)


def _lot(seed: str, stts: Sequence[int]) -> list[int]:
    return sorted(stts, key=lambda stt: hashlib.sha256(f"{seed}:{stt}".encode()).digest())


def _twice(rows: int) -> int:
    told = settings()
    return max(ceil(told.double_share * rows), min(told.double_least, ceil(told.double_most * rows)))


def _row(made: Desk, one: _Doubt, weighed: Sequence[Weighed], committed: Any) -> DeskRow:
    scores = {each.number: each for each in weighed}
    candidates = []
    for number in one.numbers:
        told = scores.get(number)
        candidates.append(
            {"number": committed(number)}
            | ({"score": told.score, "terms": told.terms, "levels": told.levels} if told is not None else {})
        )
    mark = committed(f"{made.run.delivery.source}\x1f{one.said}\x1f{','.join(sorted(one.numbers))}")
    return DeskRow(
        group_id=made.group_id,
        desk=made,
        stt=one.stt,
        posterior=one.posterior,
        commune=one.commune,
        candidates=candidates,
        mark=mark,
    )


def _before(run: RunInfo, marks: Sequence[str]) -> dict[str, DeskRow]:
    """Return what earlier desks of the group came to on rows that say the same of the same candidates."""
    asked = DeskRow.objects.filter(group_id=run.group_id, desk__run_id__lt=run.id).exclude(result="")
    found: dict[str, DeskRow] = {}
    for at in range(0, len(marks), 500):
        for row in asked.filter(mark__in=marks[at : at + 500]).order_by("pk"):
            found[row.mark] = row
    return found


def _carry(row: DeskRow, before: DeskRow | None) -> None:
    """Give a row the answer that the same row had; the candidate is found again by the commitment to the number."""
    if before is None:
        return
    chosen = int(before.result)
    number = before.candidates[chosen - 1]["number"] if chosen else ""
    places = [place for place, one in enumerate(row.candidates, 1) if one["number"] == number]
    if chosen and not places:
        return
    row.result, row.carried = str(places[0] if chosen else 0), before


def _doubtful(run: RunInfo) -> list[_Doubt]:
    batch = sources.batch(run.delivery_id)
    register = population.register(run.register_id).directory / "register.parquet"
    given = [role for role in SAID if role in batch.roles]
    said = ", ".join(f"b.{role}" for role in given) or "null"
    commune = "coalesce(g.thuong_tru_xa, b.ma_xa, '')" if "ma_xa" in batch.roles else "coalesce(g.thuong_tru_xa, '')"
    with opened(batch.parquet) as link:
        rows = link.execute(
            f"""select k.stt, k.do_tin_cay, k.ung_vien, {commune}, to_json([{said}])
                from (select file_row_number as stt, do_tin_cay, ung_vien
                      from read_parquet({writing.quoted(str(run.result))}, file_row_number = true)
                      where ket_qua = '{DOUBTFUL}' and coalesce(ung_vien, '[]') <> '[]') k
                join read_parquet({writing.quoted(str(batch.parquet))}) b using (stt)
                left join read_parquet({writing.quoted(str(register))}) g
                  on g.so_dinh_danh = json_extract_string(k.ung_vien, '$[0].so_dinh_danh')
                order by k.stt"""
        ).fetchall()
    return [
        _Doubt(
            stt=int(stt),
            posterior=float(posterior or 0.0),
            numbers=tuple(str(one["so_dinh_danh"]) for one in json.loads(candidates or "[]")),
            commune=str(xa),
            said=str(text),
        )
        for stt, posterior, candidates, xa, text in rows
    ]
