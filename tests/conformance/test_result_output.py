"""The result contract, version 1, file by file: columns, places, input untouched, three kinds alike, same bytes."""

from __future__ import annotations

import csv
import hashlib
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from conformance.desk import (
    DAY,
    RESULT,
    columns_of,
    dean06,
    load,
    read_parquet,
    reconcile,
    write_csv,
    write_list,
)
from conformance.people import DIRT, person, soiled, written

PEOPLE = [person(at) for at in range(120)]
KINDS = (".parquet", ".csv", ".xlsx")
# Cells as they come: nothing of them may change, whatever matching makes of them.
ODD = [
    ["STT", "Họ và tên", unicodedata.normalize("NFD", "Ngày sinh"), "Số CCCD/CMND", "", 'Ghi chú "lạ"'],
    ["01", f"  {PEOPLE[0]['ho_ten']} ", "1941", f"'{PEOPLE[0]['so_dinh_danh']}", "a,b;c", "=1+1"],
    ["2", unicodedata.normalize("NFD", PEOPLE[1]["ho_ten"]), "+84", "@SUM(A1)", "\u00a0x\u200b", "-2+3"],
    ["03.0", PEOPLE[2]["ho_ten"].upper(), " 31/02/1990 ", PEOPLE[2]["so_dinh_danh"].lstrip("0"), "", "\"'\t"],
]


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    return load(tmp_path_factory.mktemp("register"), PEOPLE)


@pytest.fixture(scope="module")
def dirty(tmp_path_factory) -> Path:
    """Give a list with every kind of dirt, a stranger, and second rows."""
    rows = [soiled(written(PEOPLE[at]), [kind]) for at, kind in enumerate(DIRT)]
    rows += [written(PEOPLE[0]), {"ho_ten": "Quàng Thị Lả Ơi", "ngay_sinh": "30/06/2003"}, {"ho_ten": "Lê Văn Hai"}]
    return write_list(tmp_path_factory.mktemp("list") / "danh-sach.csv", rows)


@pytest.fixture(scope="module")
def made(register, dirty, tmp_path_factory) -> dict[str, Path]:
    """Match the list once into each kind of file."""
    folder = tmp_path_factory.mktemp("made")
    outs = {kind: folder / f"ket-qua{kind}" for kind in KINDS}
    for out in outs.values():
        assert reconcile(register, dirty, out).code == 1
    return outs


def sheet_rows(path: Path, sheet: str = "Kết quả") -> list[list[Any]]:
    return [list(row) for row in load_workbook(path)[sheet].iter_rows(values_only=True)]


def workbook(path: Path, sheets: dict[str, list[list[str]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


# ---------------------------------------------------------------- columns and places


def test_the_columns_are_the_contract_s_in_order_then_the_input_s(made, dirty):
    with dirty.open(encoding="utf-8", newline="") as handle:
        header = next(csv.reader(handle))
    expected = [*RESULT, *(f"goc_{name}" for name in header)]
    assert columns_of(made[".parquet"]) == expected
    assert sheet_rows(made[".xlsx"])[0] == expected
    with made[".csv"].open(encoding="utf-8-sig", newline="") as handle:
        assert next(csv.reader(handle)) == expected


def test_input_cells_are_untouched(register, tmp_path):
    file = write_csv(tmp_path / "la.csv", ODD[0], ODD[1:])
    reconcile(register, file, tmp_path / "ra.parquet")
    kept = [
        [value for name, value in row.items() if name.startswith("goc_")]
        for row in read_parquet(tmp_path / "ra.parquet")
    ]
    assert [[value or "" for value in row] for row in kept] == ODD[1:]
    names = [name for name in columns_of(tmp_path / "ra.parquet") if name.startswith("goc_")]
    assert names[:4] == [f"goc_{name}" for name in ODD[0][:4]]
    assert names[5] == f"goc_{ODD[0][5]}"


def test_every_row_of_the_input_is_there_once_and_in_order(made, dirty):
    with dirty.open(encoding="utf-8", newline="") as handle:
        given = list(csv.reader(handle))[1:]
    rows = read_parquet(made[".parquet"])
    assert [row["dong"] for row in rows] == list(range(2, len(given) + 2))
    assert [row["goc_STT"] for row in rows] == [row[0] for row in given]


def test_rows_are_counted_as_a_person_counts_them_sheet_by_sheet(register, tmp_path):
    head = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD"]
    rows = [
        [str(at), *(written(PEOPLE[at])[name] for name in ("ho_ten", "ngay_sinh", "gioi_tinh", "so"))]
        for at in range(1, 6)
    ]
    file = workbook(
        tmp_path / "thon.xlsx",
        {
            "Thôn Đông": [["DANH SÁCH HỘI VIÊN"], ["Tháng 6 năm 2025"], [], head, rows[0], rows[1], ["Tổng cộng", "2"]],
            "Thôn Tây": [head, rows[2], [], rows[3], rows[4]],
        },
    )
    told = reconcile(register, file, tmp_path / "ra.parquet", "--json")
    found = [(row["trang_tinh"], row["dong"], row["so_dinh_danh"]) for row in read_parquet(tmp_path / "ra.parquet")]
    places = [("Thôn Đông", 5), ("Thôn Đông", 6), ("Thôn Tây", 2), ("Thôn Tây", 4), ("Thôn Tây", 5)]
    assert found == [(*place, PEOPLE[at]["so_dinh_danh"]) for at, place in enumerate(places, 1)]
    assert told.document["file"]["sheets"] == ["Thôn Đông", "Thôn Tây"]
    assert sum(told.document["skipped"].values()) == 5 + 2  # titles, two headers, empty rows, the total
    assert told.code == 0


@pytest.mark.parametrize("kind", [".csv", ".xlsx", ".parquet"])
def test_the_same_list_in_any_kind_of_file_is_told_the_same(register, dirty, made, tmp_path, kind):
    with dirty.open(encoding="utf-8", newline="") as handle:
        table = list(csv.reader(handle))
    file = tmp_path / f"ds{kind}"
    if kind == ".xlsx":
        workbook(file, {"Sheet": table})
    elif kind == ".csv":
        file.write_bytes("\r\n".join(";".join(row) for row in table).encode("utf-16"))
    else:
        _as_parquet(dirty, file)
    reconcile(register, file, tmp_path / "ra.parquet")
    skipped = {"dong", "trang_tinh"}
    again, first = read_parquet(tmp_path / "ra.parquet"), read_parquet(made[".parquet"])
    for row, other in zip(again, first, strict=True):
        assert {key: row[key] for key in row.keys() - skipped} == {key: other[key] for key in other.keys() - skipped}


def _as_parquet(source: Path, target: Path) -> None:
    import duckdb

    with duckdb.connect() as link:
        link.execute(f"copy (select * from read_csv('{source}', all_varchar=true)) to '{target}' (format parquet)")


# ---------------------------------------------------------------- three kinds, the same content


def test_csv_workbook_and_parquet_carry_the_same(made):
    rows = [list(row.values()) for row in read_parquet(made[".parquet"])]
    cells = sheet_rows(made[".xlsx"])[1:]
    with made[".csv"].open(encoding="utf-8-sig", newline="") as handle:
        lines = list(csv.reader(handle))[1:]
    for row, in_book, in_text in zip(rows, cells, lines, strict=True):
        assert [value or None for value in in_book] == [value or None for value in row]
        assert [float(text) if at == 4 else text.removeprefix("'") for at, text in enumerate(in_text)] == [
            value if at == 4 else ("" if value is None else str(value)).removeprefix("'")
            for at, value in enumerate(row)
        ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_bytes_are_the_same_whatever_the_threads_and_the_hour(register, dirty, made, tmp_path, kind):
    for threads in (1, 3):
        out = tmp_path / f"ra-{threads}{kind}"
        reconcile(register, dirty, out, "--threads", threads)
        assert hashlib.sha256(out.read_bytes()).digest() == hashlib.sha256(made[kind].read_bytes()).digest()


def test_a_cell_that_a_spreadsheet_would_run_is_harmless(register, tmp_path):
    file = write_csv(tmp_path / "la.csv", ODD[0], ODD[1:])
    reconcile(register, file, tmp_path / "ra.csv")
    reconcile(register, file, tmp_path / "ra.xlsx")
    with (tmp_path / "ra.csv").open(encoding="utf-8-sig", newline="") as handle:
        lines = list(csv.reader(handle))[1:]
    risky = [cell for line in lines for cell in line if cell.lstrip()[:1] in ("=", "@")]
    assert risky == []
    assert lines[0][-1] == "'=1+1"
    assert lines[1][-1] == "'-2+3"
    book = load_workbook(tmp_path / "ra.xlsx")["Kết quả"]
    assert {cell.data_type for row in book.iter_rows(min_row=2) for cell in row} <= {"s", "n"}
    assert book.cell(2, len(RESULT) + 6).value == "=1+1"


def test_wrong_cells_are_coloured_and_carry_the_register_s_value(made):
    book = load_workbook(made[".xlsx"])
    assert book.sheetnames[0] == "Tóm tắt"
    page = book["Kết quả"]
    head = [cell.value for cell in page[1]]
    noted = 0
    for row in page.iter_rows(min_row=2):
        hints = json.loads(row[head.index("goi_y")].value or "{}")
        coloured = {cell.column for cell in row if cell.fill.fill_type and cell.column > len(RESULT)}
        notes = [cell.comment.text for cell in row if cell.comment]
        assert len(coloured) >= len(hints)
        assert len(notes) == len(hints)
        for field, value in hints.items():
            said = "/".join(reversed(value.split("-"))) if field == "ngay_sinh" else value
            assert any(said in note for note in notes)
            noted += 1
    assert noted > 5


def test_the_summary_counts_every_verdict(made):
    rows = sheet_rows(made[".xlsx"], "Tóm tắt")
    counts = {row[1]: row[2] for row in rows if row[1] and str(row[1]).isupper()}
    told: dict[str, int] = dict.fromkeys(counts, 0)
    for row in read_parquet(made[".parquet"]):
        told[row["ket_qua"]] += 1
    assert counts == told


# ---------------------------------------------------------------- what is said beside the file


def test_json_is_one_document_with_the_contract_s_names(register, dirty, tmp_path):
    told = reconcile(register, dirty, tmp_path / "ra.csv", "--json")
    document = told.document
    rows = read_csv(tmp_path / "ra.csv")
    assert (told.code, told.err) == (1, "")
    assert told.out.count("\n") == 1
    assert {"rows", "by_result", "seconds", "peak_rss_mb", "register", "file", "run", "engine"} <= set(document)
    assert document["rows"] == len(rows) == sum(document["by_result"].values())
    assert {"prepare", "reconcile", "write"} <= set(document["seconds"])
    assert all(isinstance(value, float) for value in document["seconds"].values())
    assert document["peak_rss_mb"] > 0
    info = dean06("register", "info", "--register", register, "--json").document["snapshots"][-1]
    assert document["register"] == {"rows": len(PEOPLE), "as_of": DAY, "sha256": info["sha256"]}
    assert document["file"] == {"sha256": sha256(dirty), "sheets": document["file"]["sheets"]}
    assert document["engine"] == "duckdb"
    again = reconcile(register, dirty, tmp_path / "ra.csv", "--json").document
    assert again["run"] != document["run"]
    for told_once in ("rows", "by_result", "register", "file", "engine"):
        assert again[told_once] == document[told_once]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_provenance_stands_beside_the_result(register, dirty, made):
    for out in made.values():
        note = json.loads(out.with_name(f"{out.name}.provenance.json").read_text(encoding="utf-8"))
        assert note["result"] == {"name": out.name, "sha256": sha256(out)}
        assert note["file"]["sha256"] == sha256(dirty)
        assert note["register"]["as_of"] == DAY
        assert (note["source"], note["accept"], note["engine"]) == ("chung", 0.5, "duckdb")
        assert note["rows"] == sum(note["by_result"].values())
        assert note["at"].endswith("+07:00")
        text = json.dumps(note, ensure_ascii=False)
        assert not any(one["ho_ten"] in text or one["so_dinh_danh"] in text for one in PEOPLE)


def test_exit_0_only_when_every_row_agrees(register, tmp_path):
    clean = write_list(tmp_path / "sach.csv", [written(PEOPLE[at]) for at in range(5)])
    told = reconcile(register, clean, tmp_path / "ra.csv")
    assert (told.code, told.err) == (0, "")
    assert "5 dòng" in told.out
    mixed = write_list(tmp_path / "ban.csv", [written(PEOPLE[0], gioi_tinh="Nữ")])
    assert reconcile(register, mixed, tmp_path / "ra.csv").code == 1


def test_rows_that_cannot_be_read_are_named_and_make_exit_1(register, tmp_path):
    head = ["STT", "Họ và tên", "Ngày sinh", "Số CCCD"]
    known = written(PEOPLE[3])
    good = ["1", known["ho_ten"], known["ngay_sinh"], known["so"]]
    file = write_csv(tmp_path / "ds.csv", head, [good, ["2", "Lê \ufffdăn", "01/01/1990", "036085000123"]])
    told = reconcile(register, file, tmp_path / "ra.csv", "--json")
    assert told.code == 1
    assert [(one["row"], bool(one["sentence"])) for one in told.document["quarantined"]] == [(3, True)]
    assert "dòng 3" in reconcile(register, file, tmp_path / "ra.csv").out
