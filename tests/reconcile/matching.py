"""Match small made-up lists against small made-up registers, in memory of nobody."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from dean06.reconcile import engine

REGISTER = (
    "so_dinh_danh",
    "so_cmnd",
    "ho_ten",
    "ngay_sinh",
    "gioi_tinh",
    "thuong_tru_xa",
    "thuong_tru_chi_tiet",
    "ho_ten_cha",
    "ho_ten_me",
    "tinh_trang",
    "so_dinh_danh_cu",
)
PLACE = ("stt", "trang_tinh", "dong")
Row = Mapping[str, str | None]


def write_register(path: Path, people: Sequence[Row]) -> Path:
    return _write(path, REGISTER, [[person.get(name) for name in REGISTER] for person in people])


def write_batch(path: Path, rows: Sequence[Row]) -> Path:
    """Write a batch as the door hands it over; `goc_…` columns may stand among the roles."""
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["ho_ten"]
    filled = [[str(at), "Trang 1", str(at + 2), *(row.get(name) for name in names)] for at, row in enumerate(rows)]
    return _write(path, (*PLACE, *names), filled)


def _write(path: Path, names: Sequence[str], rows: Sequence[Sequence[str | None]]) -> Path:
    kinds = {"stt": "bigint", "dong": "int"}
    with duckdb.connect() as link:
        columns = ", ".join(f'"{name}" {kinds.get(name, "varchar")}' for name in names)
        link.execute(f"create table t ({columns})")
        if rows:
            link.executemany(f"insert into t values ({', '.join('?' * len(names))})", [list(row) for row in rows])
        link.execute(f"copy (select * from t order by 1) to '{path}' (format parquet)")
    return path


def prepare(folder: Path, people: Sequence[Row]) -> Path:
    return engine.prepare(write_register(folder / "register.parquet", people), folder / "prepared")


def match(prepared: Path, rows: Sequence[Row], folder: Path, **options: Any) -> list[dict[str, Any]]:
    out = folder / "result.parquet"
    engine.run(prepared, write_batch(folder / "batch.parquet", rows), out, engine.Options(**options))
    return read_result(out)


def read_result(out: Path) -> list[dict[str, Any]]:
    with duckdb.connect() as link:
        cursor = link.execute(f"select * from read_parquet('{out}')")
        names = [column[0] for column in cursor.description or []]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in found:
        row["goi_y"] = json.loads(row["goi_y"]) if row["goi_y"] else {}
        row["ung_vien"] = json.loads(row["ung_vien"]) if row["ung_vien"] else []
        row["sai_truong"] = set(row["sai_truong"].split(";")) if row["sai_truong"] else set()
    return found
