"""A row that cannot be taken is a row of the result all the same: at its place, as written, with the reason."""

from __future__ import annotations

import csv
import hashlib
import random
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter
from openpyxl import load_workbook

from conformance.desk import RESULT, columns_of, load, read_parquet, reconcile, write_csv
from conformance.people import person, written
from dean06.sources.rows import QUARANTINED

PEOPLE = [person(at) for at in range(40)]
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Ghi chú"]
# What each kind of file can suffer, as the cells of one row; the row carries a real person's number and date.
DAMAGE = {
    "thua_cot": lambda row: [*row, "xã Mẫu", "", "x"],
    "ky_tu_dieu_khien": lambda row: [row[0], f"{row[1]}\x01", *row[2:]],
    "ky_tu_hong": lambda row: [row[0], f"{row[1][:-1]}\ufffd", *row[2:]],
    "o_loi_cong_thuc": lambda row: [*row[:2], "#REF!", *row[3:]],
    "ngoac_kep_ho": lambda row: [row[0], f'"{row[1]}', *row[2:]],
}
ANYWHERE = ("ky_tu_dieu_khien", "ky_tu_hong", "o_loi_cong_thuc")
CASES = [(reason, ".csv") for reason in DAMAGE] + [
    (reason, kind) for reason in ANYWHERE for kind in (".xlsx", ".parquet")
]


def sound(at: int) -> list[str]:
    row = written(PEOPLE[at])
    return [str(at), row["ho_ten"], row["ngay_sinh"], row["so"], f"ghi {at}"]


def write(path: Path, rows: list[list[str]]) -> Path:
    """Write rows under the heading as a file of the path's kind."""
    if path.suffix == ".csv":  # no quotes are added: a stray one must stay stray
        path.write_text("".join(",".join(row) + "\r\n" for row in [HEAD, *rows]), encoding="utf-8", newline="")
    elif path.suffix == ".xlsx":
        with xlsxwriter.Workbook(str(path)) as book:
            page = book.add_worksheet("Thôn 1")
            for at, row in enumerate([HEAD, *rows]):
                page.write_row(at, 0, row)
    else:
        with duckdb.connect() as link:
            columns = ", ".join(f'"{name}" varchar' for name in HEAD)
            link.execute(f"create table t ({columns})")
            link.executemany(f"insert into t values ({', '.join('?' * len(HEAD))})", rows)
            link.execute(f"copy t to '{path}' (format parquet)")
    return path


def listed(reason: str) -> list[list[str]]:
    """Give eight rows; the second, the third and the last are damaged, and the first person comes again."""
    return [
        DAMAGE[reason](sound(at)) if place in (1, 2, 7) else sound(at)
        for place, at in enumerate([0, 0, 1, 2, 0, 3, 4, 5])
    ]


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    return load(tmp_path_factory.mktemp("register"), PEOPLE)


@pytest.mark.parametrize(("reason", "kind"), CASES)
def test_one_row_of_result_for_each_row_of_input(register, tmp_path, reason, kind):
    rows = listed(reason)
    told = reconcile(register, write(tmp_path / f"ds{kind}", rows), tmp_path / "ra.parquet", "--json")
    found = read_parquet(tmp_path / "ra.parquet")
    first = 1 if kind == ".parquet" else 2
    assert [row["dong"] for row in found] == list(range(first, first + 8))
    assert {row["trang_tinh"] for row in found} == {"Thôn 1" if kind == ".xlsx" else ""}
    assert [[row[f"goc_{name}"] for name in HEAD] for row in found] == [row[: len(HEAD)] for row in rows]
    assert [row["ket_qua"] for row in found] == [
        *("KHOP_HOAN_TOAN", "SAI_DINH_DANG", "SAI_DINH_DANG", "KHOP_HOAN_TOAN"),
        *("TRUNG", "KHOP_HOAN_TOAN", "KHOP_HOAN_TOAN", "SAI_DINH_DANG"),
    ]
    for row in (found[1], found[2], found[7]):
        assert row["ly_do"] == QUARANTINED[reason]
        assert [row[name] for name in ("so_dinh_danh", "sai_truong", "goi_y", "ung_vien")] == [None] * 4
        assert (row["do_tin_cay"], row["lop"]) == (0.0, "0")
    assert "cach_ly" not in found[0]
    document = told.document
    assert (told.code, document["rows"], sum(document["by_result"].values())) == (1, 8, 8)
    assert document["by_result"]["SAI_DINH_DANG"] == 3
    assert [(one["row"], one["reason"]) for one in document["quarantined"]] == [
        (first + at, reason) for at in (1, 2, 7)
    ]


def test_cells_beyond_the_heading_are_kept_too(register, tmp_path):
    reconcile(register, write(tmp_path / "ds.csv", listed("thua_cot")), tmp_path / "ra.parquet")
    assert columns_of(tmp_path / "ra.parquet") == [*RESULT, *(f"goc_{name}" for name in [*HEAD, "Cột F", "Cột H"])]
    found = read_parquet(tmp_path / "ra.parquet")
    assert [(row["goc_Cột F"], row["goc_Cột H"]) for row in found][:3] == [(None, None), *[("xã Mẫu", "x")] * 2]


def test_a_row_of_a_thousand_cells_costs_no_more_than_itself(register, tmp_path):
    rows = [sound(0), [*sound(1), *["x"] * 1000], sound(2)]
    told = reconcile(register, write(tmp_path / "ds.csv", rows), tmp_path / "ra.parquet", "--json")
    assert told.document["by_result"] == {"KHOP_HOAN_TOAN": 2, "SAI_DINH_DANG": 1}


@pytest.mark.parametrize("kind", [".csv", ".parquet"])
def test_a_nul_and_every_other_control_character(register, tmp_path, kind):
    marks = [chr(code) for code in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F)]
    rows = [[str(at), f"Lê{mark}Văn", "1990", "", ""] for at, mark in enumerate(marks)]
    told = reconcile(register, write(tmp_path / f"ds{kind}", [sound(0), *rows]), tmp_path / "ra.parquet", "--json")
    assert told.document["by_result"] == {"KHOP_HOAN_TOAN": 1, "SAI_DINH_DANG": len(marks)}
    found = read_parquet(tmp_path / "ra.parquet")
    assert [row["goc_Họ và tên"] for row in found[1:]] == [row[1] for row in rows]
    reconcile(register, tmp_path / f"ds{kind}", tmp_path / "ra.csv")
    with (tmp_path / "ra.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert [line["goc_Họ và tên"] for line in csv.DictReader(handle)][1:] == [row[1] for row in rows]
    reconcile(register, tmp_path / f"ds{kind}", tmp_path / "ra.xlsx")
    page = load_workbook(tmp_path / "ra.xlsx")["Kết quả"]
    assert page.max_row == len(marks) + 2
    assert page.cell(3, 3).value == "SAI_DINH_DANG"


def test_a_file_of_nothing_but_damaged_rows(register, tmp_path):
    rows = [DAMAGE["ky_tu_hong"](sound(at)) for at in range(3)]
    for kind in (".csv", ".xlsx", ".parquet"):
        told = reconcile(register, write(tmp_path / f"ds{kind}", rows), tmp_path / "ra.parquet", "--json")
        assert (told.document["rows"], told.document["by_result"]) == (3, {"SAI_DINH_DANG": 3})


def mixed() -> list[list[str]]:
    """Give sixty numbered rows, a third of them damaged in every way."""
    ways = list(DAMAGE)
    rows = [DAMAGE[ways[at % 5]](sound(at % 40)) if at % 3 == 0 else sound(at % 40) for at in range(60)]
    return [[f"s{at}", *row[1:]] for at, row in enumerate(rows)]


def test_the_bytes_are_the_same_whatever_the_threads(register, tmp_path):
    file = write(tmp_path / "ds.csv", mixed())
    for kind in (".csv", ".xlsx", ".parquet"):
        made = []
        for threads in (1, 3):
            reconcile(register, file, tmp_path / f"ra{kind}", "--threads", threads)
            made.append(hashlib.sha256((tmp_path / f"ra{kind}").read_bytes()).hexdigest())
        assert made[0] == made[1], kind


def test_permuting_the_input_permutes_the_output(register, tmp_path):
    def told(rows: list[list[str]]) -> dict[str, dict[str, Any]]:
        reconcile(register, write(tmp_path / "ds.csv", rows), tmp_path / "ra.parquet")
        found = read_parquet(tmp_path / "ra.parquet")
        assert [row["goc_STT"] for row in found] == [row[0] for row in rows]
        return {row.pop("goc_STT"): {key: value for key, value in row.items() if key != "dong"} for row in found}

    rows = [row for row in mixed() if int(row[0][1:]) < 40]
    shuffled = random.Random(3).sample(rows, len(rows))  # noqa: S311  nothing is kept secret by it
    assert told(rows) == told(shuffled)


def test_a_list_without_damage_has_no_trace_of_it(register, tmp_path):
    file = write_csv(tmp_path / "ds.csv", HEAD, [sound(0), sound(1)])
    assert reconcile(register, file, tmp_path / "ra.csv", "--json").code == 0
