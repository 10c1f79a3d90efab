"""Examining a delivery that was read: its rows against the rules of its contract, kept by place beside the batch."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from dean06.clock import service as clock
from dean06.clock.errors import Unavailable
from dean06.offices.types import Viewer
from dean06.orthography import sql
from dean06.sources import live
from dean06.sources.checking import check
from dean06.sources.disputes import suspended_rules
from dean06.sources.keeping import vault
from dean06.sources.models import Delivery
from dean06.sources.profiling import profile, read
from dean06.sources.types import BrokenRow, BrokenRows, Checked, Profile, RuleCount
from dean06.sources.versions import read_by

BROKEN = "trai-luat.parquet"
PROFILE = "ho-so-cot.json"
SIZE = 50

__all__ = [
    "broken_file",
    "broken_rows",
    "examine",
    "examined",
    "examined_for_work",
    "profiled",
]


def _shelf(row: Delivery) -> Path:
    return vault() / row.directory


def examine(delivery_id: int) -> Checked:
    """Check a delivery that was read against its contract, as of the day it came; once more says the same."""
    row = Delivery.objects.select_related("group").get(pk=delivery_id)
    day = row.received_at.astimezone(clock.TZ).date()
    contract = read_by(row)
    known = _told(row.checked)
    if known and (known.version, known.day) == (contract.version, day) and (_shelf(row) / BROKEN).exists():
        return known
    batch = live.open_batch(_shelf(row))
    found = None
    with suppress(duckdb.Error):  # told below: what DuckDB says may quote a row, and goes no further
        profile(batch, contract, day, _shelf(row) / PROFILE)
        found = check(batch, contract, day, _shelf(row) / BROKEN)
        found = replace(found, paused=tuple(sorted(suspended_rules(row.group_id, day).get(row.source, ()))))
    if found is None:
        raise Unavailable(
            f"Chưa kiểm tra được luật của lần nộp {row.pk}: bộ kiểm tra dừng giữa chừng. Báo người vận hành.",
            f"Delivery {row.pk} could not be checked against its rules: tell the operator.",
        )
    Delivery.objects.filter(pk=row.pk).update(checked=asdict(found) | {"day": day.isoformat()})
    return found


def _told(kept: Mapping[str, Any]) -> Checked | None:
    if not kept:
        return None
    return Checked(
        **{
            **kept,
            "day": date.fromisoformat(kept["day"]),
            "rules": tuple(RuleCount(**one) for one in kept["rules"]),
            "untested": tuple(kept["untested"]),
            "paused": tuple((rule, field) for rule, field in kept.get("paused", ())),
        }
    )


def examined(viewer: Viewer, delivery_id: int) -> Checked | None:
    """Return the counts of a delivery in whose group the reader sits; None where it was not examined."""
    row = Delivery.objects.filter(pk=delivery_id, group_id__in=viewer.groups).first()
    return _told(row.checked) if row else None


def examined_for_work(delivery_id: int) -> Checked | None:
    """Return the counts of a delivery for the rooms above, which filter by their own viewer."""
    return _told(Delivery.objects.get(pk=delivery_id).checked)


def profiled(viewer: Viewer, delivery_id: int) -> Profile | None:
    """Return the profile of a delivery in whose group the reader sits; None where it was not examined."""
    row = Delivery.objects.filter(pk=delivery_id, group_id__in=viewer.groups).first()
    return read(_shelf(row) / PROFILE) if row else None


def broken_file(delivery_id: int) -> Path | None:
    """Return the file of (stt, luat, truong) of a delivery; None where it was not examined."""
    path = _shelf(Delivery.objects.get(pk=delivery_id)) / BROKEN
    return path if path.exists() else None


def broken_rows(viewer: Viewer, delivery_id: int, *, rule: str = "", number: int = 1) -> BrokenRows:
    """Return one page of the rows that break a rule of a delivery in whose group the reader sits."""
    row = Delivery.objects.filter(pk=delivery_id, group_id__in=viewer.groups).first()
    path = _shelf(row) / BROKEN if row else None
    if row is None or path is None or not path.exists():
        return BrokenRows(rows=(), total=0, number=1, size=SIZE)
    batch = live.open_batch(_shelf(row))
    asked = f"from read_parquet({sql.quoted(str(path))}) where $1 in ('', luat)"
    with duckdb.connect() as link:
        total = int(link.execute(f"select count(*) {asked}", [rule]).fetchall()[0][0])
        listed = link.execute(
            f"""select trang_tinh, dong, luat, truong from (select * {asked} order by stt, luat, truong
                limit {SIZE} offset {(max(1, number) - 1) * SIZE}) join (select stt, trang_tinh, dong
                from read_parquet({sql.quoted(str(batch.parquet))})) using (stt) order by stt, luat, truong""",
            [rule],
        ).fetchall()
    rows = tuple(
        BrokenRow(sheet=sheet or "", row=int(dong), rule=luat, field=field) for sheet, dong, luat, field in listed
    )
    return BrokenRows(rows=rows, total=total, number=max(1, number), size=SIZE)
