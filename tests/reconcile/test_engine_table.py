"""A table at hand is matched in one call: rows, a file, or whatever DuckDB reads."""

from __future__ import annotations

import pytest

from dean06.reconcile import engine
from reconcile.matching import write_register
from reconcile.test_engine_verdicts import person

PEOPLE = [person(at) for at in range(20, 60)]
ROWS = [{"Tên": one["ho_ten"], "ngay_sinh": one["ngay_sinh"], "Ghi chú": "x"} for one in PEOPLE[:3]]


@pytest.fixture
def register(tmp_path):
    return write_register(tmp_path / "register.parquet", PEOPLE)


def test_rows_come_back_in_order_with_their_columns_and_nothing_of_them_is_shown(register):
    found = engine.match(register, ROWS, {"Tên": "ho_ten"})
    rows = found.rows()
    assert [row["so_dinh_danh"] for row in rows] == [one["so_dinh_danh"] for one in PEOPLE[:3]]
    assert [(row["dong"], row["goc_Ghi chú"]) for row in rows] == [(1, "x"), (2, "x"), (3, "x")]
    assert found.report.rows == 3
    shown = repr(found) + found._repr_html_()
    assert not any(str(one["ho_ten"]) in shown or str(one["so_dinh_danh"]) in shown for one in PEOPLE)


def test_a_file_and_a_prepared_directory_say_the_same(register, tmp_path):
    whole = engine.match(register, ROWS, {"Tên": "ho_ten"})
    listed = tmp_path / "list.csv"
    columns = '"goc_Tên" as "Tên", goc_ngay_sinh as ngay_sinh, "goc_Ghi chú" as "Ghi chú"'
    whole.relation().project(columns).write_csv(str(listed))
    again = engine.match(tmp_path / "register.parquet.prepared", listed, {"Tên": "ho_ten"})
    assert again.rows() == whole.rows()


def test_the_rows_leave_the_disk_with_their_result(register):
    found = engine.match(register, ROWS, {"Tên": "ho_ten"})
    path = found.path
    assert path.is_file()
    del found
    assert not path.exists()


@pytest.mark.parametrize(
    ("columns", "said"), [({"Tên": "ten"}, "vai trò «ten»"), ({"Họ": "ho_ten"}, "không có cột «Họ»")]
)
def test_what_cannot_be_matched_is_refused_in_a_sentence(register, columns, said):
    with pytest.raises(ValueError, match=said):
        engine.match(register, ROWS, columns)


def test_a_list_without_roles_says_what_to_do(register):
    with pytest.raises(ValueError, match="columns"):
        engine.match(register, [{"a": "b"}])
