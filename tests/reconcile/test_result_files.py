"""The result as CSV and XLSX: the contract's columns, input untouched, wrong cells coloured, nothing that executes."""

from __future__ import annotations

import csv
import json

import duckdb
import pytest
from openpyxl import load_workbook

from dean06.reconcile import result_csv, result_xlsx
from dean06.reconcile.result_words import VERDICTS, WRONG_CELL

CONTRACT_LINE = "dong trang_tinh ket_qua so_dinh_danh do_tin_cay sai_truong goi_y ung_vien ly_do lop"
CONTRACT = CONTRACT_LINE.split()
INPUT = ["goc_STT", "goc_Họ và tên", "goc_Ngày sinh", "goc_Số CCCD", "goc_Số CMND", "goc_Nơi thường trú"]
SUMMARY = {
    "file": {"name": "danh-sach.xlsx", "sha256": "ab" * 32, "sheets": ["Thôn 1"]},
    "register": {"rows": 95000, "as_of": "2022-08-01", "sha256": "cd" * 32},
    "source": "chung",
    "accept": 0.5,
    "engine": "duckdb",
    "quarantined": [{"row": 9}],
    "run": "0123456789abcdef",
    "seconds": {"write": 1.5},
    "peak_rss_mb": 321,
}
WRONG = {"ho_ten": "Nguyễn Văn Hòa", "so_dinh_danh": "036085000123", "noi_o": "19207"}
HINTS = json.dumps(WRONG, ensure_ascii=False)
LINK = '=HYPERLINK("http://a")'
RIVALS = '[{"so_dinh_danh":"1"}]'
VERDICT_CELLS = [
    (4, "Thôn 1", "KHOP_SAI_LECH", "036085000123", 0.9876, ";".join(WRONG), HINTS, None, "Vì thế.", "1"),
    (5, "Thôn 1", "KHOP_HOAN_TOAN", "036190000456", 1.0, "", "", None, "Bằng nhau.", "1"),
    (6, "Thôn 1", "NGHI_VAN", None, 0.41, None, None, RIVALS, "Hai người.", "4"),
    (7, "Thôn 1", "DA_CHET", "036057000789", 0.99, "ngay_sinh", '{"ngay_sinh":null}', None, "Đã chết.", "2"),
]
INPUT_CELLS = [
    ("1", "Nguyễn Văn Hoa", "02/03/1985", None, "162123456", "Xóm 1"),
    ("2", "Trần Thị Thương", "1990", "036190000456", None, LINK),
    ("3", "@SUM(A1)", "-", "+84912345678", "-5", "- Xóm 3\nxã Mẫu"),
    ("4", "Lê Đức Hưng", "1957", "036057000789", None, "y" * 40000),
]
ROWS = [verdict + cells for verdict, cells in zip(VERDICT_CELLS, INPUT_CELLS, strict=True)]


@pytest.fixture
def result(tmp_path):
    path = tmp_path / "ket-qua.parquet"
    columns = [*CONTRACT, *INPUT]
    kinds = ["integer" if name == "dong" else "double" if name == "do_tin_cay" else "varchar" for name in columns]
    with duckdb.connect() as db:
        described = ", ".join(f'"{name}" {kind}' for name, kind in zip(columns, kinds, strict=True))
        db.execute(f"create table r ({described})")
        db.executemany(f"insert into r values ({', '.join('?' * len(columns))})", ROWS)
        db.execute(f"copy r to '{path}' (format parquet)")
    return path


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.reader(handle))


def test_csv_opens_in_a_spreadsheet_and_keeps_the_contract(result, tmp_path):
    out = tmp_path / "ket-qua.csv"
    result_csv.write(result, out, SUMMARY)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    head, *rows = read_csv(out)
    assert head == [*CONTRACT, *INPUT]
    assert [row[0] for row in rows] == ["4", "5", "6", "7"]
    assert rows[0][6] == HINTS
    assert rows[0][3] == "036085000123"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ket-qua.csv", "ket-qua.parquet"]


def test_csv_runs_no_formula_of_the_input(result, tmp_path):
    out = tmp_path / "ket-qua.csv"
    result_csv.write(result, out, SUMMARY)
    rows = read_csv(out)[1:]
    assert rows[1][15] == '\'=HYPERLINK("http://a")'
    assert rows[2][11:16] == ["'@SUM(A1)", "-", "+84912345678", "-5", "'- Xóm 3\nxã Mẫu"]
    assert rows[0][11] == "Nguyễn Văn Hoa"


def test_csv_and_workbook_are_the_same_bytes_whatever_the_run(result, tmp_path):
    for writer, name in ((result_csv, "a.csv"), (result_xlsx, "a.xlsx")):
        writer.write(result, tmp_path / name, SUMMARY)
        first = (tmp_path / name).read_bytes()
        writer.write(result, tmp_path / name, SUMMARY | {"run": "khác", "seconds": {"write": 9}, "peak_rss_mb": 1})
        assert (tmp_path / name).read_bytes() == first


def test_the_workbook_begins_with_a_summary(result, tmp_path):
    result_xlsx.write(result, tmp_path / "a.xlsx", SUMMARY)
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Tóm tắt", "Kết quả"]
    assert book.active.title == "Tóm tắt"
    cells = {str(row[0].value): [cell.value for cell in row[1:]] for row in book["Tóm tắt"].iter_rows() if row[0].value}
    assert {verdict.vi for verdict in VERDICTS.values()} <= set(cells)
    assert cells["Khớp, có sai lệch"][:2] == ["KHOP_SAI_LECH", 1]
    assert cells["Khớp, có sai lệch"][3] == 0.25
    assert cells["Cộng"][1] == 4
    assert cells["SHA-256 của tệp"][0] == "ab" * 32
    assert cells["SHA-256 của sổ"][0] == "cd" * 32
    assert cells["Sổ dân cư tính đến ngày"][0] == "01/08/2022"
    assert cells["Dòng để riêng khi nhận"][0] == 1
    assert cells["Họ và tên"][:2] == ["ho_ten", 1]
    assert "0123456789abcdef" not in json.dumps(cells, ensure_ascii=False)


def test_wrong_cells_are_coloured_with_the_register_s_value_as_a_note(result, tmp_path):
    result_xlsx.write(result, tmp_path / "a.xlsx", SUMMARY)
    page = load_workbook(tmp_path / "a.xlsx")["Kết quả"]
    head = {cell.value: cell.column for cell in page[1]}
    assert list(head) == [*CONTRACT, *INPUT]
    name = page.cell(2, head["goc_Họ và tên"])
    assert name.fill.fgColor.rgb == f"FF{WRONG_CELL[1:].upper()}"
    assert name.comment.text == "Họ và tên theo sổ dân cư: Nguyễn Văn Hòa"
    assert page.cell(2, head["goc_Số CMND"]).comment.text == "Số định danh theo sổ dân cư: 036085000123"
    assert page.cell(2, head["goc_Số CCCD"]).comment is None
    assert page.cell(2, head["goc_Nơi thường trú"]).comment.text == "Nơi ở theo sổ dân cư: 19207"
    assert page.cell(5, head["goc_Ngày sinh"]).comment.text == "Ngày sinh theo sổ dân cư: để trống"
    assert page.cell(3, head["goc_Họ và tên"]).comment is None
    assert page.cell(2, head["ket_qua"]).fill.fgColor.rgb == "FFFCEFD0"


def test_the_rows_sheet_is_ready_to_work_with(result, tmp_path):
    result_xlsx.write(result, tmp_path / "a.xlsx", SUMMARY)
    page = load_workbook(tmp_path / "a.xlsx")["Kết quả"]
    assert page.freeze_panes == "D2"
    assert page.auto_filter.ref == "A1:P5"
    assert 40 <= page.column_dimensions["I"].width <= 60
    assert page.cell(2, 1).value == 4
    assert page.cell(2, 4).value == "036085000123"
    assert page.cell(3, 16).value == LINK
    assert page.cell(3, 16).data_type in ("s", "inlineStr")
    assert len(page.cell(5, 16).value) <= 32767


def test_roles_told_by_the_batch_find_the_cells_of_any_heading(result, tmp_path):
    told = SUMMARY | {"role_columns": {"ho_ten": ["goc_STT"]}}
    result_xlsx.write(result, tmp_path / "a.xlsx", told)
    page = load_workbook(tmp_path / "a.xlsx")["Kết quả"]
    assert page.cell(2, 11).comment.text.endswith("Nguyễn Văn Hòa")
    assert page.cell(2, 12).comment is None


def test_a_full_sheet_goes_on_in_another(result, tmp_path, monkeypatch):
    monkeypatch.setattr(result_xlsx, "ROWS_A_SHEET", 3)
    monkeypatch.setattr(result_xlsx, "NOTES_A_SHEET", 2)
    result_xlsx.write(result, tmp_path / "a.xlsx", SUMMARY)
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Tóm tắt", "Kết quả", "Kết quả (2)"]
    assert [book["Kết quả"].max_row, book["Kết quả (2)"].max_row] == [4, 2]
    assert book["Kết quả (2)"].cell(2, 1).value == 7
    texts = [str(cell.value) for row in book["Tóm tắt"].iter_rows() for cell in row if cell.value]
    assert "1 ô chỉ tô màu, không kèm ghi chú; xem cột goi_y." in texts


def test_a_failure_leaves_the_result_that_was_there(result, tmp_path):
    out = tmp_path / "a.xlsx"
    result_xlsx.write(result, out, SUMMARY)
    before = out.read_bytes()
    broken = tmp_path / "hong.parquet"
    broken.write_bytes(result.read_bytes()[:200])
    for writer in (result_xlsx, result_csv):
        with pytest.raises(duckdb.Error):
            writer.write(broken, out, SUMMARY)
    assert out.read_bytes() == before
    assert not list(tmp_path.glob(".dean06-*"))
