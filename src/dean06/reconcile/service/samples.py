"""Samples of a run: drawn by lot, read by people, and counted as the measures that no machine can make (D3, D4).

The lot is a keyed hash of the result and the row, so that nobody chooses it, nobody foresees it, and it can be drawn
again to the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from dean06.charter.types import ObjectRef, Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.orthography import sql as writing
from dean06.population import service as population
from dean06.reconcile.errors import NotYours
from dean06.reconcile.models import Reading, Run, Sample, SampleRow, Score
from dean06.reconcile.service import runs, scores
from dean06.reconcile.service.opening import opened
from dean06.reconcile.service.shares import shares_of
from dean06.reconcile.types import FALSE, FIELD, LINKS, MISSING, TRUE, WHOLE, Counted, Measure, RunInfo, SampleInfo
from dean06.sources import service as sources

Lot = tuple[int, str]  # the row's place in the file, its commune
NOTHING_LINKED = (
    "Lượt này không có dòng nào để lấy mẫu: cần dòng đã nối được với một người.",
    "The run has no row to draw from: rows linked to a person are needed.",
)
NOTHING_TO_DRAW = {
    MISSING: (
        "Lượt này không có dòng nào không tìm thấy: không có gì để lấy mẫu.",
        "Every row of the run led to somebody: there is nothing to draw from.",
    )
}

__all__ = ["carry", "communes", "count", "draw", "results", "sample", "samples", "subject"]


def subject(run: RunInfo, kind: str) -> ObjectRef:
    """Return what a permit to draw a sample is given for."""
    digest = digest_of(result=run.result_sha256, kind=kind, size=scores.sample_of(kind).size)
    return ObjectRef(kind="sample", id=f"{run.label}:{kind}", digest=digest)


def _listed() -> QuerySet[Sample]:
    """Return samples with how many rows each has, and how many are settled, in one question."""
    settled = Count("rows", filter=~Q(rows__result=""))
    return Sample.objects.select_related("run__delivery").annotate(size=Count("rows"), settled=settled)


def _info(row: Any) -> SampleInfo:
    return SampleInfo(
        id=row.pk,
        group_id=row.group_id,
        run_id=row.run_id,
        source=row.run.delivery.source,
        period=row.run.delivery.period,
        kind=row.kind,
        size=row.size,
        among=row.among,
        settled=row.settled,
        drawn_at=row.drawn_at,
        ended_at=row.ended_at,
    )


def samples(viewer: Viewer, group_id: int) -> list[SampleInfo]:
    """Return the samples of a group in which the reader sits, the newest first."""
    if not viewer.sits_in(group_id):
        return []
    return [_info(row) for row in _listed().filter(group_id=group_id).order_by("-pk")]


def sample(viewer: Viewer, sample_id: int) -> SampleInfo | None:
    """Return one sample if the reader sits in its group."""
    row = _listed().filter(pk=sample_id, group_id__in=viewer.groups).first()
    return _info(row) if row else None


def results(viewer: Viewer, told: Sequence[SampleInfo]) -> dict[int, Measure]:
    """Return what came of the samples that have ended, by sample; those of the reader's groups."""
    wanted = {(one.run_id, scores.sample_of(one.kind).measure): one.id for one in told if one.ended_at}
    rows = Score.objects.filter(
        run_id__in=[run_id for run_id, _ in wanted], commune=WHOLE, group_id__in=viewer.groups
    ).filter(measure__in=scores.given_by("sample"))
    found = {(row.run_id, row.measure): scores.judged(row.measure, row.good, row.total, row.detail) for row in rows}
    return {sample_id: found[key] for key, sample_id in wanted.items() if key in found}


def communes(viewer: Viewer, sample_id: int) -> dict[str, tuple[int, int]]:
    """Return the communes of a sample, each with how many rows it has and how many are settled."""
    rows = SampleRow.objects.filter(sample_id=sample_id, group_id__in=viewer.groups)
    told = rows.values("commune").annotate(all=Count("pk"), settled=Count("pk", filter=~Q(result="")))
    return {one["commune"]: (one["all"], one["settled"]) for one in told.order_by("commune")}


def draw(by: Permit, run_id: int, kind: str) -> SampleInfo:
    """Draw a sample of a finished run, once a run and kind; a field check once a source and quarter."""
    run = runs.for_work(run_id)
    if run.state != Run.State.DONE or run.result is None:
        raise NotYours("Lượt này chưa có kết quả.", "The run has no result yet.")
    _require_none(run, kind)
    seed = ledger.commitment(f"sample\x1f{kind}\x1f{run.result_sha256}")
    lots, among = _lots(run, kind, seed)
    if not lots:
        raise BadInput(*NOTHING_TO_DRAW.get(kind, NOTHING_LINKED))
    with transaction.atomic():
        sources.hold_read(run.delivery_id)
        Run.objects.select_for_update().get(pk=run_id)
        _require_none(run, kind)
        made = _keep(by, run, kind, seed, lots, among)
    return _info(_listed().get(pk=made.pk))


def _keep(by: Permit, run: RunInfo, kind: str, seed: str, lots: Sequence[Lot], among: int) -> Sample:
    """Keep the rows of a lot, and the entry that says which they were."""
    obj = subject(run, kind)
    entry = ledger.append(
        by,
        scope=offices.group_by_id(run.group_id).slug,
        kind=obj.kind,
        object_id=obj.id,
        digest=digest_of(seed=seed, rows=",".join(str(stt) for stt, _ in lots)),
        bound=obj.digest,
        note={"rows": len(lots)},
    )
    made = Sample.objects.create(
        group_id=run.group_id,
        run_id=run.id,
        kind=kind,
        seed=seed,
        among=among,
        drawn_at=by.at,
        account=by.actor.account,
        entry=entry,
    )
    SampleRow.objects.bulk_create(
        SampleRow(group_id=run.group_id, sample=made, place=place, stt=stt, commune=commune)
        for place, (stt, commune) in enumerate(lots, 1)
    )
    return made


def _require_none(run: RunInfo, kind: str) -> None:
    others = Sample.objects.filter(group_id=run.group_id, kind=kind)
    if others.filter(run_id=run.id).exists():
        raise BadInput("Lượt này đã lấy mẫu; mẫu không lấy lại.", "The run has its sample; none is drawn twice.")
    if scores.sample_of(kind).every != "quarter":
        return
    for other in others.filter(run__delivery__source=run.source, run__delivery__state="read").select_related("run"):
        if _quarter(runs.for_work(other.run_id).period) == _quarter(run.period):
            raise BadInput(
                f"Nguồn này đã có mẫu kiểm tra thực địa của quý (M{other.pk}).",
                f"The source has its field check of the quarter (M{other.pk}).",
            )


def _quarter(period: str) -> tuple[str, int]:
    return period[:4], (int(period[5:7]) - 1) // 3


def _lots(run: RunInfo, kind: str, seed: str) -> tuple[list[Lot], int]:
    """Return the rows drawn, in the order of the lot, and among how many: field checks in step with each commune."""
    if kind == MISSING:
        return _lots_missing(run, seed)
    size = scores.sample_of(kind).size
    batch = sources.batch(run.delivery_id)
    register = population.register(run.register_id).directory / "register.parquet"
    with opened(batch.parquet) as link:
        for name, path in (("k", run.result), ("g", register)):
            link.execute(f"create view {name} as select * from read_parquet({writing.quoted(str(path))})")
        link.execute(
            f"""create temp table lo as select stt, coalesce(g.thuong_tru_xa, '') as xa,
                  sha256({writing.quoted(seed)} || ':' || stt) as la_tham
                from (select (row_number() over ()) - 1 as stt, so_dinh_danh from k) k
                join g using (so_dinh_danh) where k.so_dinh_danh <> ''"""
        )
        if kind == LINKS:
            found = link.execute(f"select stt, xa from lo order by la_tham limit {size}").fetchall()
            among = link.execute("select count(*) from lo").fetchall()[0][0]
            return [(int(stt), str(xa)) for stt, xa in found], int(among)
        strata = link.execute("select xa, count(*) from lo where xa <> '' group by xa order by xa").fetchall()
        wanted = shares_of(size, {str(xa): int(count) for xa, count in strata})
        link.execute(
            "create temp table phan as select unnest($1::varchar[]) as xa, unnest($2::int[]) as suat",
            [list(wanted), list(wanted.values())],
        )
        found = link.execute(
            """select stt, xa from (select *, row_number() over (partition by xa order by la_tham) as thu from lo)
               join phan using (xa) where thu <= suat order by la_tham"""
        ).fetchall()
    return [(int(stt), str(xa)) for stt, xa in found], sum(int(count) for _, count in strata)


def _lots_missing(run: RunInfo, seed: str) -> tuple[list[Lot], int]:
    """Return rows that name nobody, in the order of the lot, and among how many; they are of no commune."""
    with opened(sources.batch(run.delivery_id).parquet) as link:
        found = link.execute(
            f"""select file_row_number as stt
                from read_parquet({writing.quoted(str(run.result))}, file_row_number = true)
                where ket_qua = 'KHONG_TIM_THAY' order by sha256({writing.quoted(seed)} || ':' || stt)"""
        ).fetchall()
    return [(int(stt), "") for (stt,) in found[: scores.sample_of(MISSING).size]], len(found)


# ------------------------------------------------------------ what came of it


def count(sample_id: int) -> None:
    """Count a sample whose last row was settled as its measure; until then it says nothing."""
    row = Sample.objects.select_related("run__delivery").get(pk=sample_id)
    if row.kind == MISSING:
        return  # it speaks of the run's recall, which is read from its rows
    counted = _links(row) if row.kind == LINKS else _field(row)
    code = scores.sample_of(row.kind).measure
    for run_id in _counts_for(row):
        scores.give(run_id, code, counted)


def carry(run_id: int) -> None:
    """Give a new run what the field check of its source and quarter found, if one has ended."""
    run = runs.for_work(run_id)
    ended = Sample.objects.filter(
        group_id=run.group_id, kind=FIELD, run__delivery__source=run.source, ended_at__isnull=False, run_id__lt=run_id
    )
    for row in ended.select_related("run__delivery"):
        if _quarter(row.run.delivery.period) == _quarter(run.period):
            scores.give(run_id, scores.sample_of(FIELD).measure, _field(row))


def _counts_for(row: Sample) -> list[int]:
    """Return the runs that a sample speaks of: its own, and for a field check the later ones of its quarter."""
    if row.kind == LINKS:
        return [row.run_id]
    later = Run.objects.select_related("delivery").filter(
        group_id=row.group_id, delivery__source=row.run.delivery.source, state=Run.State.DONE, pk__gte=row.run_id
    )
    return [one.pk for one in later if _quarter(one.delivery.period) == _quarter(row.run.delivery.period)]


def _links(row: Sample) -> list[Counted]:
    told = row.rows.values("commune").annotate(good=Count("pk", filter=Q(result=TRUE)), total=Count("pk"))
    return _summed(row, [(one["commune"], one["good"], one["total"]) for one in told])


def _field(row: Sample) -> list[Counted]:
    said = Reading.objects.filter(row__sample=row, said__in=[TRUE, FALSE]).values("row__commune")
    told = said.annotate(good=Count("pk", filter=Q(said=TRUE)), total=Count("pk"))
    return _summed(row, [(one["row__commune"], one["good"], one["total"]) for one in told])


def _summed(row: Sample, told: Sequence[tuple[str, int, int]]) -> list[Counted]:
    """Sum a sample by commune; where every row was read it is no sample, and its share is what it is."""
    code = scores.sample_of(row.kind).measure
    detail = {scores.EVERY_ROW: 1} if row.rows.count() == row.among else {}
    whole = (WHOLE, sum(good for _, good, _ in told), sum(total for _, _, total in told))
    return [
        Counted(commune=xa, code=code, good=good, total=total, detail=detail)
        for xa, good, total in [whole, *(one for one in told if one[0])]
    ]
