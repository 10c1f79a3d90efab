"""Reading a sample: one row after another beside the register, answered once by each reader, settled by agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from dean06.charter.types import ObjectRef, Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer
from dean06.orthography import sql as writing
from dean06.population import service as population
from dean06.reconcile.errors import NotYours
from dean06.reconcile.models import Reading, Sample, SampleRow
from dean06.reconcile.service import looks, runs, samples, weighing
from dean06.reconcile.service.opening import glanced
from dean06.reconcile.types import ABSENT, FALSE, FIELD, MISSING, READ, TRUE, Drawn, RunInfo
from dean06.sources import service as sources
from dean06.sources.types import Batch

READERS = 2
# What a commune checks of a row, by the roles that hold it.
VALUES: Mapping[str, tuple[str, ...]] = {
    "so_dinh_danh": ("so_cccd", "so_giay_to", "so_cmnd"),
    "ho_ten": ("ho_ten",),
    "ngay_sinh": ("ngay_sinh",),
    "gioi_tinh": ("gioi_tinh",),
    "noi_o": ("ma_xa", "dia_chi"),
}
DELIVERED = ("ho_ten", "ngay_sinh", "gioi_tinh", "so_cccd", "so_giay_to", "so_cmnd", "ma_xa", "dia_chi")
DELIVERED_KIN = ("ho_ten_cha", "ho_ten_me")
REGISTERED = ("so_dinh_danh", "so_cmnd", "ho_ten", "ngay_sinh", "gioi_tinh", "thuong_tru_xa", "thuong_tru_chi_tiet")
REGISTERED_KIN = ("ho_ten_cha", "ho_ten_me")
SAID = (TRUE, FALSE)
NOTHING_TO_READ = 0

__all__ = ["VALUES", "answer", "check", "next_for", "pair", "sheet", "subject", "waiting_for"]


def subject(sample_id: int, place: int, said: Mapping[str, str]) -> ObjectRef:
    """Return what a permit to answer is given for: this row of this sample, and what is said of it or its values."""
    told = {field or "link": word for field, word in said.items()}
    return ObjectRef(kind="row", id=f"M{sample_id}:{place}", digest=digest_of(**told))


def _own(viewer: Viewer, sample_id: int, *kinds: str) -> Sample:
    found = Sample.objects.select_related("run__delivery", "group").filter(
        pk=sample_id, group_id__in=viewer.groups, kind__in=kinds
    )
    row = found.first()
    if row is None:
        raise NotYours("Tổ công tác của bạn không có mẫu này.", "Your groups hold no such sample.")
    return row


def waiting_for(viewer: Viewer, sample_id: int) -> int:
    """Count the rows of a sample that the reader may still answer."""
    return _open_to(viewer, sample_id).count()


def next_for(viewer: Viewer, sample_id: int) -> int:
    """Return the place of the next row for this reader: begun by another first, then in the order drawn; 0 for none."""
    rows = _open_to(viewer, sample_id).annotate(told=Count("readings")).order_by("-told", "place")
    first = rows.first()
    return first.place if first else NOTHING_TO_READ


def _open_to(viewer: Viewer, sample_id: int) -> QuerySet[SampleRow]:
    rows = SampleRow.objects.filter(sample_id=sample_id, group_id__in=viewer.groups, result="")
    return rows.exclude(readings__account=viewer.account)


def pair(by: Permit, viewer: Viewer, sample_id: int, place: int, *, purpose: str) -> Drawn:
    """Return one row of a sample to be read blind; the look is recorded first."""
    sample = _own(viewer, sample_id, *READ)
    run, row = runs.for_work(sample.run_id), _row(sample, place)
    looks.require(by, viewer, purpose)
    near = weighing.nearest(run, row.stt) if sample.kind == MISSING else ()
    drawn = _looked(by, viewer, run, [row], f"mau-{place}", purpose, near)[0]
    return replace(drawn, nearest=tuple(_registered(run, near))) if near else drawn


def sheet(by: Permit, viewer: Viewer, sample_id: int, commune: str, *, purpose: str) -> list[Drawn]:
    """Return the rows of a field check that one commune visits; the look is recorded first."""
    row = _own(viewer, sample_id, FIELD)
    rows = list(row.rows.filter(commune=commune).order_by("place"))
    if not rows:
        raise NotYours("Mẫu này không có dòng của xã đó.", "The sample has no row of that commune.")
    return _looked(by, viewer, runs.for_work(row.run_id), rows, f"mau-xa-{commune}", purpose)


def _row(sample: Sample, place: int) -> SampleRow:
    row = sample.rows.filter(place=place).first()
    if row is None:
        raise NotYours("Mẫu này không có dòng đó.", "The sample has no such row.")
    return row


def _looked(
    by: Permit,
    viewer: Viewer,
    run: RunInfo,
    rows: Sequence[SampleRow],
    what: str,
    purpose: str,
    people: Sequence[str] = (),
) -> list[Drawn]:
    looks.record(by, viewer, run, what, purpose, [one.stt for one in rows], people)
    batch = sources.batch(run.delivery_id)
    told = {int(str(one["stt"])): one for one in _fetched(run, batch, [one.stt for one in rows])}
    return [_drawn(one, told[one.stt]) for one in rows if one.stt in told]


def _fetched(run: RunInfo, batch: Batch, stts: Sequence[int]) -> list[dict[str, object]]:
    register = population.register(run.register_id).directory / "register.parquet"
    given = [role for role in (*DELIVERED, *DELIVERED_KIN) if role in batch.roles]
    mine = "".join(f", b.{role} as nop_{role}" for role in given)
    theirs = "".join(f", g.{name} as so_{name}" for name in (*REGISTERED, *REGISTERED_KIN))
    listed = ", ".join(map(str, stts))
    with glanced(batch.parquet) as link:
        cursor = link.execute(
            f"""select k.stt, k.trang_tinh, k.dong{mine}{theirs}
                from (select file_row_number as stt, trang_tinh, dong, so_dinh_danh
                      from read_parquet({writing.quoted(str(run.result))}, file_row_number = true)) k
                join read_parquet({writing.quoted(str(batch.parquet))}) b using (stt)
                left join read_parquet({writing.quoted(str(register))}) g on g.so_dinh_danh = k.so_dinh_danh
                where k.stt in ({listed})"""
        )
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def _registered(run: RunInfo, numbers: Sequence[str]) -> list[dict[str, str]]:
    """Return what the register says of a few people, in the order of their numbers: that of likeness would tell."""
    columns = (*REGISTERED, *REGISTERED_KIN)
    register = population.register(run.register_id).directory / "register.parquet"
    with glanced(register) as link:
        rows = link.execute(
            f"""select {", ".join(columns)} from read_parquet({writing.quoted(str(register))})
                where so_dinh_danh in (select unnest($1::varchar[])) order by so_dinh_danh""",
            [list(numbers)],
        ).fetchall()
    return [{name: str(value) for name, value in zip(columns, row, strict=True) if value} for row in rows]


def _drawn(one: SampleRow, told: Mapping[str, object]) -> Drawn:
    def texts(prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): str(value)
            for name, value in told.items()
            if name.startswith(prefix) and value not in {None, ""}
        }

    return Drawn(
        id=one.pk,
        place=one.place,
        stt=one.stt,
        sheet=str(told["trang_tinh"] or ""),
        dong=int(str(told["dong"])),
        commune=one.commune,
        delivered=texts("nop_"),
        registered=texts("so_"),
        settled=bool(one.result),
    )


def answer(by: Permit, viewer: Viewer, sample_id: int, place: int, said: str) -> None:
    """Say whether a link is true, or whether the person of a row that names nobody is in the register; once a reader.

    Two who agree settle it, where they differ a third decides.
    """
    if said not in SAID:
        raise BadInput("Chọn một trong hai câu trả lời.", "Choose one of the two answers.")
    with transaction.atomic():
        row, sample = _held(viewer, sample_id, place, *READ)
        _say(by, sample, row, {"": said})
        told = list(row.readings.values_list("said", flat=True))
        if len(told) > READERS or (len(told) == READERS and len(set(told)) == 1):
            _settle(row, max(SAID, key=told.count))
            _end(by, sample)


def check(by: Permit, viewer: Viewer, sample_id: int, place: int, said: Mapping[str, str]) -> None:
    """Say what was found at the door of each value of a row; `khong_gap` counts neither way. Said once."""
    if not said or not set(said) <= set(VALUES) or not set(said.values()) <= {*SAID, ABSENT}:
        raise BadInput(
            "Ghi kết quả cho từng giá trị: đúng, sai hoặc không gặp.", "Say of each value: right, wrong or not met."
        )
    with transaction.atomic():
        row, sample = _held(viewer, sample_id, place, FIELD)
        _say(by, sample, row, said)
        _settle(row, ABSENT if set(said.values()) == {ABSENT} else TRUE if FALSE not in said.values() else FALSE)
        _end(by, sample)


def _held(viewer: Viewer, sample_id: int, place: int, *kinds: str) -> tuple[SampleRow, Sample]:
    """Hold a row until the caller's transaction ends; one that is settled, or answered by this reader, is refused."""
    sample = _own(viewer, sample_id, *kinds)
    _row(sample, place)
    row = SampleRow.objects.select_for_update().get(sample_id=sample_id, place=place)
    if row.result:
        raise BadInput(f"Dòng {place} của mẫu đã xong.", f"Row {place} of the sample is settled.")
    if row.readings.filter(account=viewer.account).exists():
        raise BadInput(
            f"Bạn đã đọc dòng {place}: mỗi người một lần, người khác đọc tiếp.",
            f"You have read row {place}: once each; somebody else reads it next.",
        )
    return row, sample


def _say(by: Permit, sample: Sample, row: SampleRow, said: Mapping[str, str]) -> None:
    obj = subject(sample.pk, row.place, said)
    ledger.append(by, scope=sample.group.slug, kind=obj.kind, object_id=obj.id, digest=obj.digest, bound=obj.digest)
    Reading.objects.bulk_create(
        Reading(group_id=row.group_id, row=row, field=field, said=word, at=by.at, account=by.actor.account)
        for field, word in said.items()
    )


def _settle(row: SampleRow, result: str) -> None:
    row.result = result
    row.save(update_fields=["result"])


def _end(by: Permit, sample: Sample) -> None:
    """Count the sample when its last row is settled."""
    held = Sample.objects.select_for_update().get(pk=sample.pk)
    if held.ended_at is None and not held.rows.filter(Q(result="")).exists():
        held.ended_at = by.at
        held.save(update_fields=["ended_at"])
        samples.count(sample.pk)
