"""The desk of a script author: made-up registers and lists written as files, and the command line run on them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dean06.cli.main import main

# The contract's own names, written out again here: a renamed column must fail a test.
REGISTER_LINE = (
    "so_dinh_danh so_cmnd ho_ten ngay_sinh gioi_tinh dan_toc thuong_tru_xa thuong_tru_chi_tiet"
    " ho_ten_cha ho_ten_me tinh_trang ngay_chet so_dinh_danh_cu"
)
RESULT_LINE = "dong trang_tinh ket_qua so_dinh_danh do_tin_cay sai_truong goi_y ung_vien ly_do lop"
REGISTER, RESULT = REGISTER_LINE.split(), RESULT_LINE.split()
HEADINGS = {
    "stt": "STT",
    "ho_ten": "Họ và tên",
    "ngay_sinh": "Ngày sinh",
    "gioi_tinh": "Giới tính",
    "so": "Số CCCD/CMND",
    "ma_xa": "Mã xã",
    "ho_ten_cha": "Họ tên cha",
    "ho_ten_me": "Họ tên mẹ",
}
DAY = "2025-12-31"

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Return the one JSON document on stdout; anything beside it is an error."""
        return json.loads(self.out)


def dean06(*words: object) -> Told:
    """Run one command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(word) for word in words])
    return Told(code, out.getvalue(), err.getvalue())


def write_csv(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header, *rows])
    return path


def write_register(path: Path, people: Sequence[Row]) -> Path:
    return write_csv(path, REGISTER, [[person.get(name, "") for name in REGISTER] for person in people])


def write_list(path: Path, rows: Sequence[Row]) -> Path:
    """Write numbered rows under the usual headings; a column nobody fills is left out."""
    rows = [{"stt": str(at), **row} for at, row in enumerate(rows, 1)]
    used = [name for name in HEADINGS if any(row.get(name) for row in rows)]
    return write_csv(path, [HEADINGS[name] for name in used], [[row.get(name, "") for name in used] for row in rows])


def load(folder: Path, people: Sequence[Row], day: str = DAY) -> Path:
    """Load a register of these people and return its directory."""
    told = dean06(
        "register", "load", write_register(folder / "so.csv", people), "--as-of", day, "--register", folder / "so"
    )
    assert told.code == 0, told.err
    return folder / "so"


def reconcile(register: Path, file: Path, out: Path, *more: object, source: str = "chung") -> Told:
    return dean06("reconcile", file, "--source", source, "--register", register, "--out", out, *more)


def matched(register: Path, rows: Sequence[Row], folder: Path, *more: object) -> list[dict[str, Any]]:
    """Write a list, match it, and return the result's rows."""
    out = folder / "ket-qua.parquet"
    told = reconcile(register, write_list(folder / "danh-sach.csv", rows), out, *more)
    assert told.code in (0, 1), told.err
    return read_parquet(out)


def read_parquet(path: Path) -> list[dict[str, Any]]:
    with duckdb.connect() as link:
        cursor = link.execute("select * from read_parquet($1)", [str(path)])
        names = [str(column[0]) for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def columns_of(path: Path) -> list[str]:
    with duckdb.connect() as link:
        described = link.execute("describe select * from read_parquet($1)", [str(path)]).fetchall()
    return [str(row[0]) for row in described]
