"""Parquet stays where it is: read by SQL alone, under the same rules."""

from __future__ import annotations

import duckdb
import pytest

from dean06.clock.errors import BadInput
from dean06.orthography.service import Encoding, encode


@pytest.fixture
def parquet(tmp_path):
    def write(query, name="danh-sach.parquet"):
        path = tmp_path / name
        duckdb.sql(f"copy ({query}) to '{path}' (format parquet)")
        return path

    return write


def test_types_become_text_as_a_person_reads_them(parquet, taken, column):
    path = parquet(
        """select * from (values
        ('Nguyễn Văn Hòa', date '1985-03-02', 36085000123.0::double, 1), ('Trần Thị Thương', null, null, 2),
        (null, null, null, null), ('Lê Đức Hưng', date '1957-01-01', 36057000789.0::double, 1))
        t("Họ và tên", "Ngày sinh", "Số CCCD", "Giới tính")"""
    )
    batch = taken(path, "bhyt")
    assert column(batch, "ho_ten") == ["Nguyễn Văn Hòa", "Trần Thị Thương", "Lê Đức Hưng"]
    assert column(batch, "ngay_sinh") == ["02/03/1985", None, "01/01/1957"]
    assert column(batch, "so_cccd") == ["36085000123", None, "36057000789"]
    assert column(batch, "gioi_tinh") == ["1", "2", "1"]
    assert column(batch, "dong") == [1, 2, 4]
    assert column(batch, "stt") == [0, 1, 2]
    assert batch.rows_in_file == 4


def test_machine_names_are_headings_too(parquet, taken):
    batch = taken(
        parquet(
            "select 'Nguyễn Văn Hòa' as ho_ten, '1985' as ngay_sinh, '036085000123' as so_dinh_danh, 'Nam' as gioi_tinh"
        )
    )
    assert set(batch.roles) == {"ho_ten", "ngay_sinh", "so_giay_to", "gioi_tinh"}


def test_legacy_text_and_damaged_rows(parquet, taken, column):
    name = encode("Nguyễn Văn Hòa", Encoding.TCVN3)
    path = parquet(f"""select '{name}' as "Họ tên", '1985' as "Năm sinh" from range(3)
        union all select 'Lê' || chr(1), '1957' union all select 'Y Niê', '1960'""")
    batch = taken(path)
    assert column(batch, "ho_ten") == ["Nguyễn Văn Hòa"] * 3 + [None, "Y Niê"]
    assert [(item.row, item.reason_code) for item in batch.quarantined] == [(4, "ky_tu_dieu_khien")]
    assert batch.repairs == {"tcvn3": 3}


def test_refusals(parquet, taken, text_file):
    with pytest.raises(BadInput, match="không nhận ra"):
        taken(parquet("select 1 as a, 2 as b"))
    with pytest.raises(BadInput, match="cùng là Họ và tên"):
        taken(parquet("""select 'A' as "Họ tên", 'B' as "Họ và tên", 1985 as nam_sinh"""))
    with pytest.raises(BadInput, match="không có dòng dữ liệu"):
        taken(parquet("""select 'A' as "Họ tên", 1985 as nam_sinh where false"""))
    with pytest.raises(BadInput, match="bị hỏng"):
        taken(text_file(b"PAR1" + b"x" * 100, name="hong.parquet"))
