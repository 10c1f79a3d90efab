from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.clock.errors import BadInput, HouseError, Unavailable
from dean06.population import live
from population.registers import AS_OF, COLUMNS, people, write_csv


@pytest.fixture
def shelf(tmp_path):
    return tmp_path / "so dan cu"


def load(file: Path, shelf: Path, as_of: date = AS_OF) -> live.SnapshotInfo:
    return live.load_snapshot(file, as_of, shelf)


def refused(file: Path, shelf: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        load(file, shelf)
    assert live.snapshots(shelf) == []
    return caught.value


def test_a_csv_becomes_a_version_named_by_day_and_bytes(tmp_path, shelf):
    file = write_csv(tmp_path / "so.csv", people(40))
    info = load(file, shelf)
    assert (info.rows, info.as_of, info.sha256) == (40, AS_OF, live.sha256_of(file))
    assert info.directory.name == f"2022-07-01_{info.sha256[:12]}"
    assert live.latest(shelf) == info == live.open_snapshot(info.directory)
    assert live.verify(info) == ()
    with duckdb.connect() as link:
        kept = link.execute(f"select so_dinh_danh, ho_ten, gioi_tinh from '{info.register}'").fetchall()
    assert kept == [(row[0], row[2], row[4] or None) for row in people(40)]


def test_the_same_people_come_out_of_every_kind_of_file(tmp_path, shelf):
    csv_file = write_csv(tmp_path / "so.csv", people(30))
    book = xlsxwriter.Workbook(tmp_path / "so.xlsx")
    sheet = book.add_worksheet()
    for at, row in enumerate([COLUMNS, *people(30)]):
        sheet.write_row(at, 0, row)
    book.close()
    with duckdb.connect() as link:
        link.execute(
            "copy (select * replace (so_dinh_danh::bigint as so_dinh_danh, ngay_sinh::date as ngay_sinh)"
            f" from read_csv('{csv_file}', all_varchar = true)) to '{tmp_path / 'so.parquet'}' (format parquet)"
        )
        tables = [
            link.execute(f"select * from '{load(tmp_path / name, shelf).register}'").fetchall()
            for name in ("so.csv", "so.xlsx", "so.parquet")
        ]
    assert tables[0] == tables[1] == tables[2]


def test_the_same_file_again_changes_nothing_and_a_later_day_is_another_version(tmp_path, shelf):
    file = write_csv(tmp_path / "so.csv", people(10))
    first = load(file, shelf)
    assert load(file, shelf) == first
    later = load(file, shelf, date(2022, 8, 1))
    assert [info.as_of for info in live.snapshots(shelf)] == [AS_OF, date(2022, 8, 1)]
    assert live.latest(shelf) == later


def test_a_column_outside_the_contract_is_passed_over_and_said(tmp_path, shelf):
    rows = [(*row, "x") for row in people(5)]
    assert load(write_csv(tmp_path / "so.csv", rows, (*COLUMNS, "ghi_chu")), shelf).ignored_columns == ("ghi_chu",)


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("so_dinh_danh", "4401", "12 chữ số"),
        ("so_dinh_danh", "", "để trống"),
        ("so_cmnd", "12345", "9 chữ số"),
        ("ho_ten", "", "để trống"),
        ("ho_ten", "123", "họ tên"),
        ("ngay_sinh", "31/12/1990", "yyyy-mm-dd"),
        ("ngay_sinh", "1990-02-30", "lịch"),
        ("ngay_sinh", "2031-01-01", "khoảng hợp lý"),
        ("gioi_tinh", "nam", "Nam, Nữ"),
        ("thuong_tru_xa", "1920", "5 chữ số"),
        ("tinh_trang", "đã chết", "song, chet"),
        ("so_dinh_danh_cu", "abc", "«;»"),
    ],
)
def test_one_bad_cell_refuses_the_whole_file_and_names_row_and_column(tmp_path, shelf, column, value, says):
    rows = [list(row) for row in people(8)]
    rows[4][COLUMNS.index(column)] = value
    problem = refused(write_csv(tmp_path / "so.csv", [tuple(row) for row in rows]), shelf)
    assert f"cột {column}" in problem.vi
    assert "dòng 6" in problem.vi
    assert says in problem.vi
    assert "row 6" in problem.en
    assert not value or value not in problem.en.replace(COLUMNS[0], "")


def test_a_day_after_the_registers_own_is_kept_and_counted(tmp_path, shelf):
    rows = [list(row) for row in people(8)]
    rows[4][COLUMNS.index("ngay_sinh")] = f"{AS_OF.year}-12-31"
    info = load(write_csv(tmp_path / "so.csv", [tuple(row) for row in rows]), shelf)
    assert (info.rows, info.late_days) == (8, 1)
    assert live.latest(shelf).late_days == 1


def test_duplicate_numbers_are_refused_with_their_rows_and_without_the_number(tmp_path, shelf):
    rows = people(9)
    problem = refused(write_csv(tmp_path / "so.csv", [*rows, rows[2]]), shelf)
    assert "dòng 4, 11" in problem.vi
    assert rows[2][0] not in problem.vi + problem.en


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("so.csv", b"", "rỗng"),
        ("so.csv", b"so_dinh_danh,ho_ten,ngay_sinh\n", "không có dòng dữ liệu"),
        ("so.csv", b"ho_ten,ngay_sinh\nA,1990\n", "so_dinh_danh"),
        ("so.csv", "so_dinh_danh,ho_ten,ngay_sinh\n1,Nguyễn,1990\n".encode("utf-16"), "UTF-8"),
        ("so.csv", b'so_dinh_danh,ho_ten,ngay_sinh\n1,2,3,4,5\n"x', "cột"),
        ("so.xlsx", b"PK\x03\x04 not a workbook", "hỏng"),
        ("so.parquet", b"PAR1 not a parquet", "hỏng"),
        ("so.pdf", b"%PDF", ".csv"),
    ],
)
def test_a_file_that_is_no_register_is_one_sentence(tmp_path, shelf, name, content, says):
    file = tmp_path / name
    file.write_bytes(content)
    assert says in refused(file, shelf).vi


def test_a_missing_file_is_one_sentence(tmp_path, shelf):
    assert "không có tệp" in refused(tmp_path / "khong-co.csv", shelf).vi


def test_any_changed_byte_is_found(tmp_path, shelf):
    info = load(write_csv(tmp_path / "so.csv", people(20)), shelf)
    for path in (info.register, info.twin, info.directory / "manifest.json"):
        assert path.stat().st_mode & 0o222 == 0
        good = path.read_bytes()
        path.chmod(0o600)
        path.write_bytes(good[:-9] + bytes([good[-9] ^ 1]) + good[-8:])
        assert live.verify(info) == (path.name,)
        path.write_bytes(good)
    assert live.verify(info) == ()


def test_a_damaged_version_is_made_again_by_the_same_file(tmp_path, shelf):
    file = write_csv(tmp_path / "so.csv", people(20))
    info = load(file, shelf)
    info.register.chmod(0o600)
    info.register.write_bytes(b"")
    assert live.verify(load(file, shelf)) == ()


def test_one_person_by_number_needs_a_purpose(tmp_path, shelf):
    info = load(write_csv(tmp_path / "so.csv", people(20)), shelf)
    number = people(20)[7][0]
    found = live.lookup(info, number, "2.000815, hồ sơ 12, một cửa")
    assert found is not None
    assert (found["so_dinh_danh"], found["ho_ten"]) == (number, people(20)[7][2])
    assert live.lookup(info, "001099999999", "2.000815") is None
    for bad in ("", "  "):
        with pytest.raises(BadInput, match="mục đích"):
            live.lookup(info, number, bad)
    with pytest.raises(BadInput, match="12 chữ số"):
        live.lookup(info, "1' or '1'='1", "2.000815")


def test_a_cancelled_number_leads_to_its_person(tmp_path, shelf):
    info = load(write_csv(tmp_path / "so.csv", people(20)), shelf)
    found = live.lookup(info, people(20)[5][-1], "2.000815")
    assert found is not None
    assert found["so_dinh_danh"] == people(20)[5][0]


LOADER = """
import sys
from datetime import date
from pathlib import Path
from dean06.population import live
def tell(share, what):
    print(what, flush=True)
    if what == sys.argv[3]:
        sys.stdin.readline()
live.load_snapshot(Path(sys.argv[1]), date(2022, 7, 1), Path(sys.argv[2]), tell)
"""


def loading(file: Path, shelf: Path, until: str) -> subprocess.Popen[str]:
    """Start a load in a process of its own and return when it has reached a step, where it waits."""
    command = [sys.executable, "-c", LOADER, str(file), str(shelf), until]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == until:
            break
    return process


@pytest.mark.parametrize("step", ["kiểm tra từng dòng", "ghi bản tra cứu", "niêm phong"])
def test_a_kill_in_the_middle_leaves_nothing_in_view_and_the_next_load_sweeps(tmp_path, shelf, step):
    before = load(write_csv(tmp_path / "cu.csv", people(5)), shelf, date(2022, 6, 1))
    file = write_csv(tmp_path / "so.csv", people(60))
    process = loading(file, shelf, step)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert list(shelf.glob(".loading-*"))
    assert live.snapshots(shelf) == [before]
    assert load(file, shelf).rows == 60
    assert not list(shelf.glob(".loading-*"))


def test_a_second_load_at_the_same_time_is_told_to_wait(tmp_path, shelf):
    file = write_csv(tmp_path / "so.csv", people(60))
    process = loading(file, shelf, "ghi sổ")
    with pytest.raises(Unavailable, match="đang chạy") as caught:
        load(file, shelf)
    assert caught.value.exit_code == 5
    process.communicate("\n")
    assert live.latest(shelf).rows == 60


def test_a_full_disk_leaves_nothing(tmp_path, shelf, monkeypatch):
    def full(*_: object) -> None:
        raise duckdb.IOException("could not write: No space left on device")

    file = write_csv(tmp_path / "so.csv", people(5))
    monkeypatch.setattr("dean06.population.twin.build", full)
    with pytest.raises(HouseError, match="chỗ trống"):
        load(file, shelf)
    assert live.snapshots(shelf) == []
    assert not list(shelf.glob(".loading-*"))


def test_no_register_yet_says_how_to_load_one(shelf):
    with pytest.raises(BadInput, match="register load"):
        live.latest(shelf)
    assert live.snapshots(shelf) == []


@settings(max_examples=10)
@given(st.sets(st.integers(0, 59), min_size=1, max_size=12))
def test_every_bad_row_is_counted_and_at_most_twenty_are_listed(tmp_path_factory, bad):
    folder = tmp_path_factory.mktemp("xau")
    rows = [("x", *row[1:]) if at in bad else row for at, row in enumerate(people(60))]
    with pytest.raises(BadInput) as caught:
        load(write_csv(folder / "so.csv", rows), folder / "so")
    assert ", ".join(str(at + 2) for at in sorted(bad)) in caught.value.vi
    shutil.rmtree(folder)
