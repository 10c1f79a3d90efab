"""Every row of a file is data, set aside with a reason, or passed over with one; originals stay untouched."""

from __future__ import annotations

import json

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from dean06.clock.errors import BadInput
from dean06.sources import live

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Địa chỉ"]
PEOPLE = [
    ["1", "Nguyễn Văn Hòa", "02/03/1985", "036085000123", "Xóm 1"],
    ["2", "Trần Thị Thương", "15/11/1990", "036190000456", "Xóm 2"],
]


def lines(*rows):
    return "".join(",".join(row) + "\r\n" for row in rows)


def places(batch):
    return [(item.row, item.reason_code) for item in batch.quarantined]


def test_a_formula_that_failed_sets_the_row_aside(workbook, taken, column):
    path = workbook(
        {
            "Thôn 1": [
                HEAD,
                *PEOPLE,
                ["3", "Lê Đức Hưng", "=#REF!", "036057000789"],
                ["4", "Vũ Thị Mai", "1990", "", "=#N/A"],
            ]
        }
    )
    batch = taken(path)
    assert [(item.sheet, item.row, item.reason_code) for item in batch.quarantined] == [
        ("Thôn 1", 4, "o_loi_cong_thuc")
    ]
    assert "Hưng" not in batch.quarantined[0].sentence
    assert column(batch, "ho_ten") == ["Nguyễn Văn Hòa", "Trần Thị Thương", None, "Vũ Thị Mai"]
    assert column(batch, "goc_Họ và tên")[2:] == ["Lê Đức Hưng", "Vũ Thị Mai"]
    assert column(batch, "dia_chi") == ["Xóm 1", "Xóm 2", None, None]
    assert column(batch, "goc_Địa chỉ")[3] == "#N/A"
    assert batch.repairs["o_loi_bo_qua"] == 1


def test_a_row_with_more_cells_than_the_header_has_slipped(text_file, taken, column):
    batch = taken(text_file(lines(HEAD, PEOPLE[0], [*PEOPLE[1], "xã Mẫu"], [*PEOPLE[1], ""])))
    assert places(batch) == [(3, "thua_cot")]
    assert column(batch, "dong") == [2, 3, 4]
    assert column(batch, "goc_Cột F") == [None, "xã Mẫu", None]


def test_control_characters_set_the_row_aside(text_file, taken):
    batch = taken(text_file(lines(HEAD, PEOPLE[0], ["2", "Trần\x01Thị", "1990", "", ""])))
    assert places(batch) == [(3, "ky_tu_dieu_khien")]


def test_line_breaks_inside_quoted_cells(text_file, taken, column):
    text = lines(HEAD) + '1,"Nguyễn Văn\nHòa",1985,,"Xóm 1\r\nXã Mẫu"\r\n' + lines(PEOPLE[1])
    batch = taken(text_file(text))
    assert column(batch, "ho_ten") == ["Nguyễn Văn\nHòa", "Trần Thị Thương"]
    assert column(batch, "dong") == [2, 5]


@pytest.mark.parametrize("many", [3, 400])
def test_a_stray_quotation_mark_cannot_swallow_its_neighbours(many, text_file, taken, column):
    text = lines(HEAD, PEOPLE[0], ["2", '"Trần Thị Thương', "1990", "", "Xóm 2"], *[PEOPLE[0]] * many)
    batch = taken(text_file(text))
    assert places(batch) == [(3, "ngoac_kep_ho")]
    assert [name is None for name in column(batch, "ho_ten")] == [False, True, *[False] * many]


def test_two_stray_marks_some_rows_apart(text_file, taken, column):
    stray = ["2", '"Trần Thị Thương', "1990", "", "Xóm 2"]
    batch = taken(text_file(lines(HEAD, PEOPLE[0], stray, PEOPLE[0], PEOPLE[1], stray, PEOPLE[1])))
    assert places(batch) == [(3, "ngoac_kep_ho"), (6, "ngoac_kep_ho")]
    assert column(batch, "dong") == [2, 3, 4, 5, 6, 7]
    assert column(batch, "goc_Họ và tên")[1] == '"Trần Thị Thương'


def test_a_very_long_swallowed_text(text_file, taken, column):
    text = lines(
        HEAD, ["1", '"Nguyễn Văn Hòa', "1985", "", "x"], *[["2", "Trần Thị Thương", "1990", "", "y" * 500]] * 900
    )
    batch = taken(text_file(text))
    assert places(batch) == [(2, "ngoac_kep_ho")]
    assert batch.rows == 901


def test_a_mark_open_at_the_end_of_the_file(text_file, taken, column):
    batch = taken(text_file(lines(HEAD, PEOPLE[0]) + '2,"Trần Thị Thương,1990'))
    assert places(batch) == [(3, "ngoac_kep_ho")]
    assert column(batch, "goc_Họ và tên") == ["Nguyễn Văn Hòa", '"Trần Thị Thương']


def test_a_cell_longer_than_any_office_writes(text_file, taken, column):
    long = ["2", "Trần Thị Thương", "1990", "", "y" * 200_000]
    batch = taken(text_file(lines(HEAD, PEOPLE[0], long, PEOPLE[1])))
    assert [len(text) for text in column(batch, "goc_Địa chỉ")] == [5, 200_000, 5]


def test_separator_said_in_the_first_line(text_file, taken, column):
    batch = taken(text_file("sep=;\r\n" + lines(HEAD, *PEOPLE).replace(",", ";")))
    assert column(batch, "ho_ten") == ["Nguyễn Văn Hòa", "Trần Thị Thương"]


def test_originals_are_untouched(text_file, taken, column):
    odd = ["1", "  nguyễn  văn HÒA ", " 02-3-85", "'036085000123", "\u00a0"]
    batch = taken(text_file(lines(HEAD, odd)))
    assert [column(batch, f"goc_{name}")[0] for name in HEAD] == odd
    assert column(batch, "ho_ten") == ["  nguyễn  văn HÒA "]
    assert column(batch, "dia_chi") == [None]


def test_the_batch_is_exactly_what_matching_expects(text_file, taken):
    batch = taken(text_file(lines([*HEAD, "Mã số BHXH", "Nơi KCB"], [*PEOPLE[0], "3620123456", "TTYT"])), "bhyt")
    with duckdb.connect() as db:
        described = db.execute("describe from read_parquet($1)", [str(batch.parquet)]).fetchall()
        facts = db.execute(
            "select decode(value) from parquet_kv_metadata($1) where decode(key) = 'dean06'", [str(batch.parquet)]
        ).fetchall()
    columns = {name: kind for name, kind, *_ in described}
    assert list(columns)[:3] == ["stt", "trang_tinh", "dong"]
    assert (columns["stt"], columns["trang_tinh"], columns["dong"]) == ("BIGINT", "VARCHAR", "INTEGER")
    assert {kind for name, kind in columns.items() if name not in ("stt", "dong")} == {"VARCHAR"}
    assert tuple(columns)[3:] == (*batch.roles, *batch.original_columns)
    assert set(batch.roles) == {"ho_ten", "ngay_sinh", "so_cccd", "dia_chi", "khoa", "noi_kcb"}
    assert json.loads(facts[0][0])["role_columns"]["khoa"] == ["goc_Mã số BHXH"]


def test_a_batch_can_be_opened_again(text_file, taken, tmp_path):
    batch = taken(text_file(lines(HEAD, *PEOPLE, ["x", "y\x02", "1990", "", ""])))
    assert live.open_batch(tmp_path / "lo") == batch
    with pytest.raises(BadInput, match="đọc tệp nguồn"):
        live.open_batch(tmp_path)


def test_a_refusal_leaves_the_batch_that_was_there(text_file, taken, tmp_path):
    batch = taken(text_file(lines(HEAD, *PEOPLE)))
    with pytest.raises(BadInput):
        taken(text_file("không,phải\r\n", name="sai.csv"))
    assert live.open_batch(tmp_path / "lo") == batch
    assert {path.name for path in (tmp_path / "lo").iterdir()} == {"batch.json", batch.parquet.name}


def test_progress_runs_from_start_to_end(text_file, tmp_path):
    told = []
    live.read_batch(text_file(lines(HEAD, *PEOPLE)), live.contract("chung"), tmp_path / "lo", progress=told.append)
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
ROW = st.one_of(
    st.lists(CELL, max_size=7),
    st.just([]),
    st.just(HEAD),
    st.just(PEOPLE[0]),
    st.sampled_from(
        [["", "Tổng cộng", "3"], ["I", "Thôn Một"], ["Ghi chú: x"], ["", "Người lập biểu"], ["9", "Lê Thị Lan", "1950"]]
    ),
)


@settings(max_examples=40)
@given(rows=st.lists(ROW, max_size=25))
def test_every_row_is_accounted_for(rows, tmp_path_factory):
    import csv

    folder = tmp_path_factory.mktemp("so")
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([HEAD, PEOPLE[0], *rows])
    batch = live.read_batch(folder / "a.csv", live.contract("chung"), folder / "lo")
    with (folder / "a.csv").open(encoding="utf-8", newline="") as handle:
        lines_in_file = sum(1 for _ in handle)
    seen = batch.rows_in_file
    assert len(rows) + 2 <= seen <= lines_in_file
    with duckdb.connect() as db:
        order = db.execute("select stt, dong from read_parquet($1) order by stt", [str(batch.parquet)]).fetchall()
    assert [stt for stt, _ in order] == list(range(batch.rows))
    assert [dong for _, dong in order] == sorted(dong for _, dong in order)


def test_a_formula_never_worked_out_sets_the_row_aside(tmp_path, taken, column):
    book = Workbook()
    for row in [
        HEAD,
        PEOPLE[0],
        ["2", "Trần Thị Thương", '="15/11/"&1990', "", ""],
        ["3", "Lê Đức Hưng", "1957", "", "=1+1"],
    ]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    batch = taken(tmp_path / "a.xlsx")
    assert places(batch) == [(3, "o_loi_cong_thuc")]
    assert column(batch, "ho_ten") == ["Nguyễn Văn Hòa", None, "Lê Đức Hưng"]
