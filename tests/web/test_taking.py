"""A table that comes with a form: found under its headings as offices write them, or refused by name."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.clock.errors import BadInput
from dean06.web.taking import LIMIT_MB, Column, as_day, take

COLUMNS = (
    Column(code="task", label="Nhiệm vụ", spellings=("Nội dung công việc", "Tên nhiệm vụ"), needed=True),
    Column(code="lead", label="Cơ quan chủ trì", spellings=("Chủ trì", "Đơn vị chủ trì"), needed=True),
    Column(code="others", label="Cơ quan phối hợp", spellings=("Phối hợp",)),
    Column(code="due", label="Thời hạn", spellings=("Hạn hoàn thành", "Thời gian hoàn thành")),
)


def workbook(*rows: tuple[object, ...], merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for span in merged:
        book.active.merge_cells(span)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


HEAD = ("STT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn")
ONE = (1, "Rà soát dữ liệu", "Công an huyện", "Văn phòng", date(2022, 6, 30))


def test_a_table_is_found_below_its_title_and_a_day_stands_as_a_person_reads_it():
    taken = take(workbook(("KẾ HOẠCH 67",), (), HEAD, ONE), "ke-hoach.xlsx", COLUMNS)
    assert taken.headings == {
        "task": "Nội dung công việc",
        "lead": "Cơ quan chủ trì",
        "others": "Cơ quan phối hợp",
        "due": "Thời hạn",
    }
    assert taken.others == ("STT",)
    (row,) = taken.rows
    assert row.number == 4
    assert row.cells == {
        "task": "Rà soát dữ liệu",
        "lead": "Công an huyện",
        "others": "Văn phòng",
        "due": "30/06/2022",
    }


@pytest.mark.parametrize(
    "head",
    [
        ("noi dung cong viec", "CO QUAN CHU TRI", "phoi hop", "thoi han"),
        ("Tên nhiệm vụ", "Đơn vị chủ trì thực hiện", "Đơn vị phối hợp", "Thời hạn hoàn thành"),
        ("NHIỆM VỤ, GIẢI PHÁP", "Chủ trì", "Phối hợp", "Hạn hoàn thành"),
    ],
)
def test_headings_are_recognised_with_and_without_tone_marks(head):
    (row,) = take(workbook(head, ONE[1:]), "a.xlsx", COLUMNS).rows
    assert (row.get("task"), row.get("lead"), row.get("others")) == ("Rà soát dữ liệu", "Công an huyện", "Văn phòng")


def test_a_heading_over_two_columns_is_read_with_the_line_below():
    rows = (("TT", "Nhiệm vụ", "Cơ quan", None), (None, None, "Chủ trì", "Phối hợp"), (1, "Việc A", "POL", "TP"))
    (row,) = take(workbook(*rows, merged=("C1:D1", "B1:B2")), "a.xlsx", COLUMNS).rows
    assert row.cells == {"task": "Việc A", "lead": "POL", "others": "TP"}


def test_a_cell_merged_over_rows_stands_in_each_and_a_counting_row_is_none():
    rows = (HEAD, (1, 2, 3, 4, 5), ONE, (2, "Việc khác", None, None, None))
    taken = take(workbook(*rows, merged=("C3:C4",)), "a.xlsx", COLUMNS)
    assert [(row.number, row.get("task"), row.get("lead")) for row in taken.rows] == [
        (3, "Rà soát dữ liệu", "Công an huyện"),
        (4, "Việc khác", "Công an huyện"),
    ]


def test_the_sheet_that_has_the_columns_is_taken():
    book = openpyxl.load_workbook(io.BytesIO(workbook(("Bìa",))))
    second = book.create_sheet("Phụ lục")
    second.append(HEAD)
    second.append(ONE)
    file = io.BytesIO()
    book.save(file)
    assert take(file.getvalue(), "a.xlsx", COLUMNS).sheet == "Phụ lục"


def test_a_text_file_is_taken_too():
    data = "﻿Nhiệm vụ;Chủ trì;Hạn hoàn thành\nViệc A;POL;30/6/2022\n".encode()
    (row,) = take(data, "a.csv", COLUMNS).rows
    assert row.cells == {"task": "Việc A", "lead": "POL", "due": "30/6/2022"}


def test_a_formula_is_text_and_what_it_came_to_counts():
    data = workbook(HEAD, (1, "Việc", "POL", None, "=DATE(2022,6,30)"))
    (row,) = take(data, "a.xlsx", COLUMNS).rows
    assert "=" not in row.get("due")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "rỗng"),
        (b"x" * ((LIMIT_MB << 20) + 1), "lớn hơn"),
        (b"PK\x03\x04 a workbook cut off", "đã hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, ".xls"),
        ("Nhiệm vụ;Chủ trì\n".encode("utf-16-le"), "UTF-8"),
        ("Nhiệm vụ\x00;Chủ trì\n".encode(), "hỏng"),
        (b"\x93\xfa\x96{", "UTF-8"),
        (b"cot la,cot khac\n1,2\n", "«Nhiệm vụ»"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data, said):
    with pytest.raises(BadInput, match=said) as refused:
        take(data, "ke-hoach.xlsx", COLUMNS)
    assert "ke-hoach.xlsx" in refused.value.vi


def _with(data: bytes, name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part.filename, old.read(part))
        new.writestr(name, content)
    return target.getvalue()


def test_macros_and_bombs_are_refused():
    whole = workbook(HEAD, ONE)
    with pytest.raises(BadInput, match="macro"):
        take(_with(whole, "xl/vbaProject.bin", b"x"), "a.xlsx", COLUMNS)
    with pytest.raises(BadInput, match="bung ra"):
        take(_with(whole, "xl/media/anh.bin", b"\x00" * 60_000_000), "a.xlsx", COLUMNS)
    far = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    far += b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData></worksheet>'
    with pytest.raises(BadInput, match="xóa ô thừa"):
        take(_with(whole, "xl/worksheets/sheet1.xml", far), "a.xlsx", COLUMNS)


def test_a_bomb_that_lies_about_its_size_does_not_go_further():
    whole = _with(workbook(HEAD, ONE), "xl/sharedStrings.xml", b"<sst>" + b" " * 50_000_000 + b"</sst>")
    at = whole.rindex(b"PK\x01\x02")
    lying = bytearray(whole)
    lying[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(BadInput):
        take(bytes(lying), "a.xlsx", COLUMNS)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/6/2022", date(2022, 6, 30)),
        ("30-06-22", date(2022, 6, 30)),
        (" 1.7.2022 ", date(2022, 7, 1)),
        ("2022-06-30", date(2022, 6, 30)),
        ("30/06/2022 17:00", date(2022, 6, 30)),
        ("31/6/2022", None),
        ("Quý II", None),
        ("", None),
    ],
)
def test_days_are_read_as_offices_write_them(text, day):
    assert as_day(text) == day


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data):
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        with pytest.raises(BadInput):
            take(start + data, "a.xlsx", COLUMNS)
