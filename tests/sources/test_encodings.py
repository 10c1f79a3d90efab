"""Text as offices typed it: legacy encodings, mojibake, decomposed letters, look-alikes, mixed in one file."""

from __future__ import annotations

import pytest

from dean06.orthography.service import Encoding, encode

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Nơi thường trú"]
PEOPLE = [
    ["1", "Nguyễn Văn Hòa", "02/03/1985", "Nam", "036085000123", "Xóm 1, xã Mẫu"],
    ["2", "Trần Thị Thương", "15/11/1990", "Nữ", "036190000456", "Xóm Đông"],
    ["3", "Lê Đức Hưng", "1957", "Nam", "036057000789", "Thôn Thượng"],
    ["4", "Phạm Thị Ánh Tuyết", "1960", "Nữ", "036160000789", "Thôn Hạ"],
    ["5", "Đặng Hữu Phước", "1961", "Nam", "036061000789", "Tổ dân phố số 5"],
]
NAMES = [row[1] for row in PEOPLE]
LEGACY = [kind for kind in Encoding if kind is not Encoding.UNICODE]


def typed(rows, encoding):
    return [[encode(cell, encoding) for cell in row] for row in rows]


def table(rows, mark=","):
    return "".join(mark.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


@pytest.mark.parametrize("encoding", LEGACY)
def test_a_whole_sheet_in_a_legacy_encoding_header_too(encoding, workbook, taken, column):
    path = workbook(typed([HEAD, *PEOPLE], encoding))
    batch = taken(path)
    assert column(batch, "ho_ten") == NAMES
    assert column(batch, "dia_chi") == [row[5] for row in PEOPLE]
    assert column(batch, "gioi_tinh") == [row[3] for row in PEOPLE]
    assert batch.repairs[str(encoding)] > 0
    written = encode("Họ và tên", encoding)
    assert column(batch, f"goc_{written}") == [encode(name, encoding) for name in NAMES]


def test_encodings_mixed_in_one_column_are_healed_value_by_value(workbook, taken, column):
    mixed = [LEGACY[at % len(LEGACY)] for at in range(len(PEOPLE) * 4)]
    rows = [[row[0], encode(row[1], kind), *row[2:]] for row, kind in zip(PEOPLE * 4, mixed, strict=True)]
    batch = taken(workbook([HEAD, *PEOPLE * 4, *rows]))
    assert column(batch, "ho_ten") == NAMES * 8


def test_a_sheet_of_each_encoding(workbook, taken, column):
    batch = taken(workbook({kind.value[:20]: typed([HEAD, *PEOPLE], kind) for kind in LEGACY}))
    assert column(batch, "ho_ten") == NAMES * len(LEGACY)


def test_soft_hyphen_stripped_from_tcvn3(workbook, taken, column):
    rows = [[cell.replace("\u00ad", "") for cell in row] for row in typed([HEAD, *PEOPLE], Encoding.TCVN3)]
    assert column(taken(workbook(rows)), "ho_ten") == NAMES


def test_capitals_in_the_capitals_font(workbook, taken, column):
    rows = [[cell.upper() for cell in row] for row in PEOPLE]
    batch = taken(workbook(typed([HEAD, *rows], Encoding.TCVN3)))
    assert column(batch, "ho_ten") == [name.upper() for name in NAMES]


def test_lookalikes_of_d_with_stroke(workbook, taken, column):
    rows = [[row[0], row[1].replace("Đ", "Ð"), *row[2:]] for row in PEOPLE]
    batch = taken(workbook([HEAD, *rows]))
    assert column(batch, "ho_ten") == NAMES
    assert batch.repairs["chu_dong_dang"] == 2
    assert column(batch, "goc_Họ và tên")[2] == "Lê Ðức Hưng"


def test_plain_unicode_stays_as_it_is_written(workbook, taken, column):
    odd = ["NGUYỄN  VĂN HOÀ ", "Y Niê", "H'Bưng Mlô", "Ksor Rơ Châm", "José Müller", "Giàng A Páo"]
    rows = [["1", name, "1950", "Nam"] for name in odd]
    batch = taken(workbook([HEAD, *rows]))
    assert column(batch, "ho_ten") == odd
    assert batch.repairs == {}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_text_files_in_unicode_with_every_separator(codec, mark, text_file, taken, column):
    batch = taken(text_file(table([HEAD, *PEOPLE], mark), codec))
    assert column(batch, "ho_ten") == NAMES
    assert column(batch, "dia_chi") == [row[5] for row in PEOPLE]
    assert column(batch, "dong") == [2, 3, 4, 5, 6]


def test_text_file_in_cp1258(text_file, taken, column):
    from dean06.orthography.legacy import as_bytes_1252

    content = as_bytes_1252(encode(table([HEAD, *PEOPLE], ";"), Encoding.CP1258))
    batch = taken(text_file(content))
    assert column(batch, "ho_ten") == NAMES
    assert batch.repairs["nfd"] > 0


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_text_file_of_single_bytes(encoding, text_file, taken, column):
    from dean06.orthography.legacy import as_bytes_1252

    batch = taken(text_file(as_bytes_1252(encode(table([HEAD, *PEOPLE]), encoding))))
    assert column(batch, "ho_ten") == NAMES
    assert batch.repairs[str(encoding)] >= 5


def test_a_few_broken_bytes_cost_their_rows_only(text_file, taken, column):
    content = table([HEAD, *PEOPLE * 10]).encode()
    broken = content.replace("Hưng".encode(), "Hưng".encode()[:-3] + b"\xc6\xff", 1)
    batch = taken(text_file(broken))
    assert (batch.rows, column(batch, "ho_ten").count(None)) == (50, 1)
    assert [item.reason_code for item in batch.quarantined] == ["ky_tu_hong"]
