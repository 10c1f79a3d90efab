"""How offices lay out a list: titles, merged headers, totals, a sheet a hamlet, split and marked columns."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Nơi thường trú"]
PEOPLE = [
    ["1", "Nguyễn Văn Hòa", "02/03/1985", "Nam", "036085000123", "Xóm 1"],
    ["2", "Trần Thị Thương", "15/11/1990", "Nữ", "036190000456", "Xóm 2"],
    ["3", "Lê Đức Hưng", "1957", "Nam", "", "Xóm 3"],
]
NAMES = [row[1] for row in PEOPLE]


def reasons(batch):
    return Counter({item.reason_code: 0 for item in batch.skipped}) + Counter(
        {
            reason: sum(run.count for run in batch.skipped if run.reason_code == reason)
            for reason in {r.reason_code for r in batch.skipped}
        }
    )


def test_titles_above_and_totals_notes_and_signatures_below_are_not_people(workbook, taken, column):
    path = workbook(
        [
            ["ỦY BAN NHÂN DÂN XÃ MẪU"],
            ["DANH SÁCH HỘI VIÊN NĂM 2022"],
            [],
            HEAD,
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            *PEOPLE,
            ["", "Tổng cộng: 3 người"],
            ["Ghi chú: danh sách lấy theo sổ của chi hội"],
            ["", "", "", "", "Mẫu, ngày 10 tháng 5 năm 2022"],
            ["", "NGƯỜI LẬP BIỂU", "", "", "CHỦ TỊCH HỘI"],
            ["", "(Ký, ghi rõ họ tên)"],
            [],
            ["", "Phạm Thị Mẫu"],
        ],
    )
    batch = taken(path)
    assert column(batch, "ho_ten") == NAMES
    assert column(batch, "dong") == [6, 7, 8]
    assert batch.rows_in_file == 15
    assert reasons(batch) == {
        "tieu_de_bang": 2,
        "dong_trong": 2,
        "tieu_de_cot": 1,
        "danh_so_cot": 1,
        "tong_cong": 1,
        "ghi_chu": 2,
        "chu_ky": 3,
    }


def test_a_sheet_a_hamlet_keeps_the_hamlet(workbook, taken, column):
    other = ["STT", "Họ tên", "Số CCCD", "Ngày sinh"]
    path = workbook(
        {
            "Thôn Thượng": [HEAD, *PEOPLE],
            "Thôn Hạ": [["DANH SÁCH"], other, ["1", "Vũ Thị Mai", "036190000999", "01/01/1990"]],
        }
    )
    batch = taken(path)
    assert batch.sheets == ("Thôn Thượng", "Thôn Hạ")
    assert column(batch, "trang_tinh") == ["Thôn Thượng"] * 3 + ["Thôn Hạ"]
    assert column(batch, "ho_ten") == [*NAMES, "Vũ Thị Mai"]
    assert column(batch, "so_cccd") == ["036085000123", "036190000456", None, "036190000999"]
    assert column(batch, "goc_Họ tên") == [None, None, None, "Vũ Thị Mai"]
    assert batch.role_columns["ho_ten"] == ("goc_Họ và tên", "goc_Họ tên")


def test_merged_header_of_two_rows_with_split_name_date_and_marked_sex(workbook, taken, column):
    path = workbook(
        [
            ["STT", "Họ và tên", "", "Ngày sinh", "", "", "Giới tính", "", "Số CCCD/CMND"],
            ["", "Họ đệm", "Tên", "Ngày", "Tháng", "Năm", "Nam", "Nữ", ""],
            [1, "Nguyễn Văn", "Hòa", 2, 3, 1985, "x", "", 36085000123],
            [2, "Trần Thị", "Thương", "", "", 1990, "", "X", 36190000456],
        ],
        merge=["A1:A2", "B1:C1", "D1:F1", "G1:H1", "I1:I2"],
    )
    batch = taken(path)
    assert column(batch, "ho_ten") == ["Nguyễn Văn Hòa", "Trần Thị Thương"]
    assert column(batch, "ngay_sinh") == ["02/03/1985", "1990"]
    assert column(batch, "gioi_tinh") == ["Nam", "Nữ"]
    assert column(batch, "so_giay_to") == ["36085000123", "36190000456"]
    assert batch.repairs["tach_ho_ten"] == 2
    assert batch.repairs["tach_ngay_sinh"] == 2


def test_birth_year_in_a_column_of_each_sex(workbook, taken, column):
    path = workbook(
        [
            ["STT", "Họ và tên", "Năm sinh", "", "Nơi thường trú"],
            ["", "", "Nam", "Nữ", ""],
            [1, "Nguyễn Văn Hòa", 1985, "", "Xóm 1"],
            [2, "Trần Thị Thương", "", 1990, "Xóm 2"],
        ],
        merge=["C1:D1"],
    )
    batch = taken(path)
    assert column(batch, "ngay_sinh") == ["1985", "1990"]
    assert column(batch, "gioi_tinh") == ["Nam", "Nữ"]


def test_one_column_marks_women(workbook, taken, column):
    batch = taken(
        workbook(
            [
                ["TT", "Họ tên", "Ngày sinh", "Nữ (x)"],
                [1, "Nguyễn Văn Hòa", "1985", ""],
                [2, "Trần Thị Thương", "1990", "x"],
            ]
        )
    )
    assert column(batch, "gioi_tinh") == ["Nam", "Nữ"]


def test_three_columns_of_a_date_without_a_common_heading(workbook, taken, column):
    batch = taken(workbook([["Họ tên", "Ngày", "Tháng", "Năm", "CMND"], ["Nguyễn Văn Hòa", 2, 3, 1985, "162123456"]]))
    assert column(batch, "ngay_sinh") == ["02/03/1985"]


def test_parents_are_not_the_person(workbook, taken, column):
    path = workbook(
        [
            ["Họ và tên", "Ngày sinh", "Cha", "", "Mẹ", ""],
            ["", "", "Họ và tên", "Năm sinh", "Họ và tên", "Năm sinh"],
            ["Nguyễn Văn Hòa", "02/03/2015", "Nguyễn Văn Bình", 1985, "Trần Thị Yến", 1988],
        ],
        merge=["A1:A2", "B1:B2", "C1:D1", "E1:F1"],
    )
    batch = taken(path)
    assert column(batch, "ho_ten") == ["Nguyễn Văn Hòa"]
    assert column(batch, "ngay_sinh") == ["02/03/2015"]
    assert column(batch, "ho_ten_cha") == ["Nguyễn Văn Bình"]
    assert column(batch, "ho_ten_me") == ["Trần Thị Yến"]


def test_a_header_repeated_in_the_middle_and_group_headings(workbook, taken, column):
    path = workbook(
        [
            HEAD,
            ["I", "Thôn Thượng"],
            *PEOPLE,
            HEAD,
            ["", "Tổ dân phố số 5"],
            ["4", "Tô Văn Tổ", "1950"],
            ["5", "", "", "", "", ""],
        ]
    )
    batch = taken(path)
    assert column(batch, "ho_ten") == [*NAMES, "Tô Văn Tổ"]
    assert reasons(batch) == {"tieu_de_cot": 1, "tieu_de_nhom": 2, "tieu_de_lap": 1, "chua_dien": 1}


def test_a_second_table_with_other_columns_in_the_same_sheet(workbook, taken, column):
    path = workbook(
        [HEAD, PEOPLE[0], ["BẢNG 2"], ["STT", "Số CMND", "Năm sinh", "Họ tên"], [1, "162123456", 1960, "Bùi Thị Nụ"]]
    )
    batch = taken(path)
    assert column(batch, "ho_ten") == ["Nguyễn Văn Hòa", "Bùi Thị Nụ"]
    assert column(batch, "ngay_sinh") == ["02/03/1985", "1960"]
    assert column(batch, "so_cmnd") == [None, "162123456"]


def test_hidden_rows_are_rows_and_blank_columns_go(workbook, taken, column):
    path = workbook([["", *HEAD[:3], "", "Ghi chú"], ["", *PEOPLE[0][:3]], ["", *PEOPLE[1][:3], "", "vắng"]], hide=[2])
    batch = taken(path)
    assert column(batch, "ho_ten") == NAMES[:2]
    assert batch.original_columns == ("goc_STT", "goc_Họ và tên", "goc_Ngày sinh", "goc_Ghi chú")
    assert column(batch, "goc_Ghi chú") == [None, "vắng"]


def test_a_column_without_heading_is_kept_by_its_letter(workbook, taken, column):
    batch = taken(workbook([["Họ tên", "Năm sinh"], ["Nguyễn Văn Hòa", 1985, "lạc cột"]]))
    assert column(batch, "goc_Cột C") == ["lạc cột"]


def test_people_named_like_totals_stay_people(workbook, taken, column):
    path = workbook(
        [
            HEAD,
            ["1", "Tống Công Sơn", "01/01/1980"],
            ["2", "Tong Cong Son", "01/01/1980"],
            ["3", "Tô Thị Cộng"],
            ["4", "Trương Văn Bản", "", "Nam"],
        ]
    )
    batch = taken(path)
    assert column(batch, "ho_ten") == ["Tống Công Sơn", "Tong Cong Son", "Tô Thị Cộng", "Trương Văn Bản"]


def test_spreadsheet_damage_is_read_as_a_person_sees_it(workbook, taken, column):
    path = workbook(
        [
            HEAD,
            [1, "Nguyễn Văn Hòa", date(1985, 3, 2), True, 36085000123.0, "Xóm 1"],
            [2, "Trần Thị Thương", 31048, "Nữ", "3.6085E+10", "Xóm 2"],
            [3, "Lê Đức Hưng", date(1905, 5, 10), "Nam", 36085000123.5, "Xóm 3"],
        ]
    )
    batch = taken(path)
    assert column(batch, "ngay_sinh") == ["02/03/1985", "31048", "1957"]
    assert column(batch, "so_cccd") == ["36085000123", "3.6085E+10", "36085000123.5"]
    assert column(batch, "gioi_tinh")[0] == "TRUE"
    assert column(batch, "goc_Ngày sinh") == ["02/03/1985", "31048", "10/05/1905"]
    assert batch.repairs["nam_trong_o_ngay"] == 1


def test_address_in_pieces_is_joined(workbook, taken, column):
    path = workbook(
        [
            ["Họ tên", "Năm sinh", "Thôn/xóm", "Xã/thị trấn", "Huyện"],
            ["Nguyễn Văn Hòa", 1985, "Xóm 1", "Xã Mẫu", "Huyện Mẫu"],
        ]
    )
    assert column(taken(path), "dia_chi") == ["Xóm 1, Xã Mẫu, Huyện Mẫu"]


def test_a_cell_merged_over_a_household_stands_in_each_row(workbook, taken, column):
    path = workbook(
        [
            ["Mã hộ", "Họ và tên", "Ngày sinh", "Nơi thường trú"],
            ["01", "Nguyễn Văn Hòa", "02/03/1985", "Xóm 1"],
            ["", "Trần Thị Thương", "15/11/1990", ""],
            ["02", "Lê Đức Hưng", "1957", ""],
        ],
        merge=["D2:D3", "A2:A3"],
    )
    batch = taken(path)
    assert column(batch, "dia_chi") == ["Xóm 1", "Xóm 1", None]
    assert column(batch, "goc_Mã hộ") == ["01", "01", "02"]


def test_a_sum_of_thousands_is_no_year(workbook, taken, column):
    path = workbook(
        [HEAD, *PEOPLE, ["", "Tổng cộng", "1990"], ["", "Cộng", "", "", "1.250"], ["9", "Tống Thị Cộng", "1990"]]
    )
    batch = taken(path)
    assert column(batch, "ho_ten") == [*NAMES, "Tống Thị Cộng"]
    assert reasons(batch)["tong_cong"] == 2


def test_the_template_of_the_education_database(workbook, taken, column):
    head = [
        "STT",
        "Mã lớp",
        "Mã định danh Bộ GD&ĐT",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Dân tộc",
        "Tỉnh",
        "Huyện",
        "Xã",
    ]
    head += ["Họ tên cha", "Năm sinh cha", "Họ tên mẹ", "Năm sinh mẹ", "Số ĐDCN"]
    row = [1, "5A", "3601234567", "Nguyễn Văn Hòa", date(2012, 3, 2), "Nam", "Kinh", "Tỉnh Mẫu", "Huyện Mẫu", "Xã Mẫu"]
    row += ["Nguyễn Văn Bình", 1985, "Trần Thị Yến", 1988, "036212000123"]
    path = workbook(
        {"HOC_SINH": [["DANH SÁCH HỌC SINH"], head, row], "GIOI_TINH": [["Nam"], ["Nữ"]], "DAN_TOC": [["01", "Kinh"]]}
    )
    batch = taken(path, "hoc-sinh")
    expected = {
        "khoa": "3601234567", "ho_ten": "Nguyễn Văn Hòa", "ngay_sinh": "02/03/2012", "gioi_tinh": "Nam", "lop": "5A",
        "so_giay_to": "036212000123", "ho_ten_cha": "Nguyễn Văn Bình", "ho_ten_me": "Trần Thị Yến",
        "dia_chi": "Xã Mẫu, Huyện Mẫu, Tỉnh Mẫu", "nam_sinh_cha": "1985", "dan_toc": "Kinh",
    }  # fmt: skip
    assert {role: column(batch, role)[0] for role in expected} == expected


def test_a_vaccination_list_with_its_doses_side_by_side(workbook, taken, column):
    path = workbook(
        [
            [
                "STT",
                "Họ và tên",
                "Ngày sinh",
                "Giới tính",
                "CMND/CCCD/Mã định danh",
                "Số điện thoại",
                "Mũi 1",
                "",
                "Mũi 2",
                "",
            ],
            ["", "", "", "", "", "", "Ngày tiêm", "Loại vắc xin", "Ngày tiêm", "Loại vắc xin"],
            [1, "Nguyễn Văn Hòa", "02/03/1985", 1, "036085000123", "0912345678", "01/08/2021", "A", "01/09/2021", "B"],
        ],
        merge=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:F2", "G1:H1", "I1:J1"],
    )
    batch = taken(path, "tiem-chung")
    assert column(batch, "gioi_tinh") == ["1"]
    assert column(batch, "ngay_tiem") == ["01/08/2021"]
    assert column(batch, "so_giay_to") == ["036085000123"]
    assert "goc_Mũi 2 / Ngày tiêm" in batch.original_columns


def test_sheets_with_the_same_columns_in_another_order(workbook, taken, column):
    path = workbook(
        {
            "Thôn 1": [["STT", "Họ và tên", "Ngày sinh", "Số CCCD"], ["1", "Nguyễn Văn Hòa", "1985", "036085000123"]],
            "Thôn 2": [["STT", "Ngày sinh", "Họ và tên", "Số CCCD"], ["1", "1990", "Trần Thị Thương", "036190000456"]],
        }
    )
    batch = taken(path)
    assert column(batch, "ho_ten") == ["Nguyễn Văn Hòa", "Trần Thị Thương"]
    assert column(batch, "ngay_sinh") == ["1985", "1990"]
    assert len(batch.original_columns) == 4


@pytest.mark.parametrize(
    "heads", [("Sinh ngày", "Tháng", "Năm"), ("Ngày sinh", "Tháng sinh", "Năm sinh"), ("NGAY", "THANG", "NAM")]
)
def test_a_date_in_three_columns_under_any_names(heads, workbook, taken, column):
    batch = taken(
        workbook([["Họ tên", *heads, "Nữ"], ["Nguyễn Văn Hòa", 2, 3, 1985, ""], ["Trần Thị Thương", "", "", 1990, "x"]])
    )
    assert column(batch, "ngay_sinh") == ["02/03/1985", "1990"]
    assert column(batch, "gioi_tinh") == ["Nam", "Nữ"]


def test_day_and_month_beside_a_year(workbook, taken, column):
    path = workbook(
        [
            ["Họ tên", "Ngày sinh", "Năm sinh"],
            ["Nguyễn Văn Hòa", "02/3", 1985],
            ["Lê Đức Hưng", "", 1957],
            ["Vũ Thị Mai", "1/1/1960", 1960],
        ]
    )
    assert column(taken(path), "ngay_sinh") == ["02/3/1985", "1957", "1/1/1960"]
