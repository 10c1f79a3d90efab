"""Faulty rows for those who correct or visit: read by place for a stated purpose, the look recorded first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import transaction

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.orthography import sql as writing
from dean06.reconcile.errors import NotYours
from dean06.reconcile.service import looks, runs
from dean06.reconcile.service.opening import opened
from dean06.reconcile.types import FaultyRow, RunInfo, ToFix
from dean06.sources import service as sources
from dean06.sources.types import Batch

FIELDS = {
    "so_dinh_danh": ("Số định danh", ("so_cccd", "so_giay_to", "so_cmnd")),
    "ho_ten": ("Họ và tên", ("ho_ten",)),
    "ngay_sinh": ("Ngày sinh", ("ngay_sinh",)),
    "gioi_tinh": ("Giới tính", ("gioi_tinh",)),
    "noi_o": ("Nơi thường trú", ("ma_xa", "dia_chi")),
}
WHOLE_RECORD = "Cả bản ghi"

__all__ = ["FIELDS", "addresses", "looked", "marked", "marks", "run_of", "wanted_digest"]


def wanted_digest(wanted: Iterable[ToFix], purpose: str) -> str:
    """Return the SHA-256 (hex) of the rows that are read and the purpose, to which their permit is bound."""
    rows = ";".join(f"{one.run}/{one.stt}/{one.field}" for one in wanted)
    return digest_of(rows=rows, purpose=ledger.commitment(purpose))


def looked(
    by: Permit,
    viewer: Viewer,
    group_id: int,
    purpose: str,
    wanted: Sequence[ToFix],
    *,
    beside: Sequence[str] = (),
) -> list[FaultyRow]:
    """Return rows in the order asked for; the look at them is recorded before they are read.

    The permit is for the object that the rows are read for, digest `wanted_digest`. `beside`: roles that are read too.
    """
    looks.require(by, viewer, purpose)
    if not viewer.sits_in(group_id):
        raise NotYours("Các dòng này thuộc tổ công tác khác.", "These rows belong to another group.")
    grouped = [(run_of(label, group_id), some) for label, some in _by_run(wanted).items()]
    bound = wanted_digest(wanted, purpose)
    with transaction.atomic():
        entry = ledger.append(
            by,
            scope=offices.group_by_id(group_id).slug,
            kind=by.obj.kind,
            object_id=by.obj.id,
            digest=bound,
            bound=bound,
            note={"rows": len(wanted)},
        )
        seen = {run.id: (run, sorted({one.stt for one in some})) for run, some in grouped}
        looks.keep(by, entry, seen, purpose)
    found = {
        (row.fix.run, row.fix.stt, row.fix.field): row for run, some in grouped for row in _read(run, some, beside)
    }
    return [found[key] for one in wanted if (key := (one.run, one.stt, one.field)) in found]


def marks(group_id: int, wanted: Sequence[tuple[str, ToFix]]) -> dict[str, str]:
    """Return by fingerprint the keyed mark of what each row says now; no value leaves, so no look is told."""
    grouped: dict[str, list[tuple[str, ToFix]]] = defaultdict(list)
    for fingerprint, fix in wanted:
        grouped[fix.run].append((fingerprint, fix))
    told: dict[str, str] = {}
    for label, some in grouped.items():
        rows = {
            (row.fix.stt, row.fix.field): row for row in _read(run_of(label, group_id), [fix for _, fix in some], ())
        }
        there = [(fingerprint, rows.get((fix.stt, fix.field))) for fingerprint, fix in some]
        told |= dict(_marked((fingerprint, row.value) for fingerprint, row in there if row))
    return told


def addresses(group_id: int, wanted: Sequence[ToFix]) -> dict[tuple[str, int], str]:
    """Return the address of each row by its run and place, for this room's own use: hamlets are read out of it."""
    told: dict[tuple[str, int], str] = {}
    for label, some in _by_run(wanted).items():
        for row in _read(run_of(label, group_id), some, ("dia_chi",)):
            told[row.fix.run, row.fix.stt] = row.beside["dia_chi"]
    return told


def marked(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the keyed mark of each value, bound to the fingerprint of its finding: equal values show no equality."""
    return dict(_marked(rows))


def _marked(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    commit = ledger.committer()
    for fingerprint, value in rows:
        yield fingerprint, commit(f"{fingerprint}\x1f{value}")


def _by_run(listed: Iterable[ToFix]) -> dict[str, list[ToFix]]:
    grouped: dict[str, list[ToFix]] = defaultdict(list)
    for one in listed:
        grouped[one.run].append(one)
    return grouped


def _role(batch: Batch, roles: Iterable[str]) -> str:
    there = ", ".join(f"b.{role}" for role in roles if role in batch.roles)
    return f"coalesce({there}, '')" if there else "''"


def _read(run: RunInfo, wanted: Sequence[ToFix], beside: Sequence[str]) -> list[FaultyRow]:
    batch = sources.batch(run.delivery_id)
    values = ", ".join(f"{_role(batch, roles)} as {field}" for field, (_, roles) in _read_of(wanted).items())
    extra = "".join(f", {_role(batch, (role,))} as kem_{role}" for role in beside)
    key = _role(batch, ("khoa",))
    with opened(batch.parquet) as link:
        link.execute("create table muon (stt bigint)")
        link.executemany("insert into muon values (?)", [[one.stt] for one in wanted])
        cursor = link.execute(
            f"""select r.stt, r.trang_tinh, r.dong, r.goi_y, r.ly_do, {key} as khoa, {values}{extra} from (
                  select (row_number() over ()) - 1 as stt, * from read_parquet({writing.quoted(str(run.result))})) r
                join read_parquet({writing.quoted(str(batch.parquet))}) b using (stt)
                where r.stt in (select stt from muon)"""
        )
        names = [column[0] for column in cursor.description or []]
        found = {int(row[0]): dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
    return [_row(one, found[one.stt]) for one in wanted if one.stt in found]


def _read_of(wanted: Iterable[ToFix]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the fields that are read: what matching compares, and the contract's own that are at fault."""
    own = {one.field: (one.title, (one.field,)) for one in wanted if one.title}
    return own | FIELDS


def _row(one: ToFix, row: Mapping[str, object]) -> FaultyRow:
    suggested = json.loads(str(row["goi_y"])) if row["goi_y"] else {}
    name, _ = FIELDS.get(one.field, (one.title or WHOLE_RECORD, ()))
    return FaultyRow(
        fix=one,
        sheet=str(row["trang_tinh"] or ""),
        dong=int(str(row["dong"])),
        key=str(row["khoa"] or ""),
        field=name,
        value=str(row.get(one.field) or ""),
        registered=str(suggested.get(one.field, "")),
        reason=str(row["ly_do"] or ""),
        beside={name.removeprefix("kem_"): str(row[name] or "") for name in row if name.startswith("kem_")},
    )


def run_of(label: str, group_id: int) -> RunInfo:
    """Return the run that saw a row: the group's own, or one of a group whose corrections it took over."""
    run = runs.for_work(int(label.removeprefix("L")))
    own = {group_id, *(one.id for one in offices.predecessors(group_id))}
    if run.group_id not in own or run.result is None:
        raise NotYours("Lượt đối soát này không thuộc tổ công tác.", "This run is not the group's.")
    return run
