"""Bad input: a clear sentence that names the file, sheet, row and what to do; nothing half-written; never a crash."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest
import xlwt
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from dean06.clock.errors import BadInput, Unavailable
from dean06.sources import live

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Số CCCD"]
PERSON = ["1", "Nguyễn Văn Hòa", "02/03/1985", "036085000123"]
# The first sector and directory of an encrypted workbook, as Excel wraps one; the stream's name is what tells.
ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 1016 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2048


def refused(taken, path, source="chung"):
    with pytest.raises(BadInput) as caught:
        taken(path, source)
    assert path.name in caught.value.vi
    assert path.name in caught.value.en
    assert caught.value.vi.endswith(".")
    assert not list(path.parent.glob("lo/*"))
    return caught.value.vi


def test_a_damaged_workbook(workbook, text_file, taken):
    whole = workbook([HEAD, PERSON]).read_bytes()
    assert "bị hỏng" in refused(taken, text_file(whole[: len(whole) // 2], name="hong.xlsx"))
    holed = whole[:400] + b"\xff" * 200 + whole[600:]
    with pytest.raises(BadInput):
        taken(text_file(holed, name="hong.xlsx"))


def test_a_damaged_old_workbook(text_file, taken):
    assert "bị hỏng" in refused(taken, text_file(bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 5000, name="hong.xls"))


def test_a_workbook_under_a_password(text_file, taken):
    assert "mật khẩu" in refused(taken, text_file(ENCRYPTED, name="khoa.xlsx"))


def test_an_empty_file_and_an_empty_workbook(workbook, text_file, taken):
    assert "rỗng" in refused(taken, text_file(b"", name="rong.xlsx"))
    assert "không có ô nào" in refused(taken, workbook([[]], name="trang.xlsx"))
    assert "không có ô nào" in refused(taken, text_file("\r\n\r\n", name="trang.csv"))


def test_a_header_without_rows(workbook, taken):
    assert "không có dòng dữ liệu" in refused(taken, workbook({"Thôn 1": [HEAD]}))


def test_no_file_and_an_unknown_suffix(tmp_path, text_file, taken):
    assert "Không có tệp" in refused(taken, tmp_path / "vang.xlsx")
    assert "dùng .xlsx, .xls, .csv hoặc .parquet" in refused(taken, text_file("x", name="anh.pdf"))


@pytest.mark.parametrize(
    ("name", "advice"),
    [("sai.csv", "đổi đuôi thành .xlsx"), ("sai.xls", "đổi đuôi thành .xlsx"), ("sai.parquet", "đổi đuôi thành .xlsx")],
)
def test_a_workbook_under_another_suffix(name, advice, workbook, text_file, taken):
    assert advice in refused(taken, text_file(workbook([HEAD, PERSON]).read_bytes(), name=name))


def test_text_and_web_pages_named_as_workbooks(text_file, taken):
    assert "đổi đuôi thành .csv" in refused(taken, text_file("Họ tên,Năm sinh\r\nA,1\r\n", name="sai.xlsx"))
    assert "trang web" in refused(taken, text_file("<html><table></table></html>", name="xuat.xls"))


def test_another_archive_named_as_a_workbook(tmp_path, taken):
    import zipfile

    path = tmp_path / "nen.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("thu.txt", "x")
    assert "tệp nén khác" in refused(taken, path)


def test_an_archive_that_unpacks_without_end(tmp_path, taken, monkeypatch):
    monkeypatch.setattr("dean06.sources.file_kind.MOST_UNPACKED", 1000)
    book = Workbook()
    book.active.append(HEAD)
    book.save(tmp_path / "lon.xlsx")
    assert "vượt giới hạn" in refused(taken, tmp_path / "lon.xlsx")


def test_too_large_and_too_long(text_file, taken, monkeypatch):
    path = text_file(",".join(HEAD) + "\r\n" + (",".join(PERSON) + "\r\n") * 50)
    monkeypatch.setattr("dean06.sources.file_kind.MOST_BYTES", 1000)
    assert "vượt giới hạn 200 MB" in refused(taken, path)
    monkeypatch.undo()
    monkeypatch.setattr("dean06.sources.delimited.MOST_ROWS", 40)
    assert "1.048.576 dòng" in refused(taken, path)


def test_a_header_nobody_knows_names_sheet_row_and_what_would_be_known(workbook, taken):
    path = workbook({"Thôn 1": [["DANH SÁCH"], [], ["Cột lạ", "Cột hay", "Cột khác"], ["a", "b", "c"]]})
    sentence = refused(taken, path)
    assert "trang «Thôn 1»" in sentence
    assert "dòng 3" in sentence
    assert "Họ và tên" in sentence
    assert "Số CCCD" in sentence


def test_a_hamlet_without_a_header_is_not_passed_over(workbook, taken):
    people = [["1", "Trần Thị Thương", "15/11/1990", "036190000456"], ["2", "Lê Đức Hưng", "01/01/1957", ""]]
    path = workbook({"Thôn 1": [HEAD, PERSON], "Thôn 2": people})
    assert "trang «Thôn 2»" in refused(taken, path)


def test_a_sheet_of_codes_is_passed_over_and_counted(workbook, taken):
    batch = taken(workbook({"Danh sách": [HEAD, PERSON], "DAN_TOC": [["01", "Kinh"], ["02", "Tày"], ["03", "Thái"]]}))
    assert batch.rows == 1
    assert [(run.sheet, run.count) for run in batch.skipped if run.reason_code == "trang_khong_co_bang"] == [
        ("DAN_TOC", 3)
    ]


def test_two_columns_claim_to_be_the_name(workbook, taken):
    sentence = refused(
        taken, workbook({"Thôn 1": [["Họ và tên", "Họ tên", "Năm sinh"], ["Nguyễn Văn Hòa", "Hòa", "1985"]]})
    )
    assert "«Họ và tên» và «Họ tên»" in sentence
    assert "trang «Thôn 1» dòng 1" in sentence


def test_two_columns_claim_to_be_the_key(workbook, taken):
    sentence = refused(
        taken, workbook([["Họ tên", "Mã số BHXH", "Số BHXH", "Năm sinh"], ["A", "1", "2", "1985"]]), "bhyt"
    )
    assert "Mã số BHXH" in sentence


def test_a_signature_list_has_nothing_to_search_with(workbook, taken):
    assert "không nhận ra" in refused(taken, workbook([["STT", "Họ và tên", "Ký nhận"], ["1", "Nguyễn Văn Hòa", ""]]))


def test_an_old_workbook_is_read(tmp_path, taken, column):
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Thôn 1")
    for at, row in enumerate([["DANH SÁCH"], HEAD, PERSON]):
        for place, value in enumerate(row):
            page.write(at, place, value)
    book.save(str(tmp_path / "cu.xls"))
    batch = taken(tmp_path / "cu.xls")
    assert column(batch, "ho_ten") == ["Nguyễn Văn Hòa"]
    assert column(batch, "trang_tinh") == ["Thôn 1"]
    assert column(batch, "dong") == [3]


def test_an_unknown_source_names_the_known_ones():
    with pytest.raises(BadInput, match="chung, bao-tro-xa-hoi"):
        live.contract("khong-co")


MAGIC = st.sampled_from(
    [b"", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), b"PAR1", b"\xff\xfe", b"\xef\xbb\xbf", b"\x09\x08\x10\x00"]
)


@settings(max_examples=60)
@given(head=MAGIC, junk=st.binary(max_size=600), suffix=st.sampled_from([".xlsx", ".xls", ".csv", ".parquet"]))
@example(head=b"", junk=b'"', suffix=".csv")
@example(head=b"\xff\xfe", junk=b"\x00\xd8", suffix=".csv")
def test_junk_is_refused_and_never_crashes(head, junk, suffix, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rac")
    path = folder / f"rac{suffix}"
    path.write_bytes(head + junk)
    with pytest.raises(BadInput):
        live.read_batch(path, live.contract("chung"), folder / "lo")


@settings(max_examples=60)
@given(cut=st.integers(0, 5000), byte=st.integers(0, 255))
def test_a_changed_workbook_is_read_or_refused(cut, byte, tmp_path_factory):
    folder = tmp_path_factory.mktemp("doi")
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(PERSON)
    book.save(folder / "a.xlsx")
    content = bytearray((folder / "a.xlsx").read_bytes())
    content[cut % len(content)] = byte
    (folder / "a.xlsx").write_bytes(bytes(content))
    try:
        batch = live.read_batch(folder / "a.xlsx", live.contract("chung"), folder / "lo")
    except BadInput:
        return
    assert batch.rows_in_file >= batch.rows


@pytest.mark.parametrize(
    "fault", [OSError(errno.ENOSPC, "No space left on device"), duckdb.IOException("No space left on device")]
)
def test_a_full_disk_is_said_and_leaves_nothing(fault, workbook, tmp_path, monkeypatch):
    path = workbook([HEAD, PERSON])

    def full(*_, **__):
        raise fault

    monkeypatch.setattr("dean06.sources.intake.write_parquet", full)
    with pytest.raises(Unavailable, match="ổ đĩa đầy"):
        live.read_batch(path, live.contract("chung"), tmp_path / "lo")
    assert list((tmp_path / "lo").iterdir()) == []


def test_what_a_killed_read_left_is_swept_and_a_living_one_is_not(workbook, taken, tmp_path):
    dead = subprocess.Popen([sys.executable, "-c", "pass"])
    dead.wait()
    for owner in (dead.pid, os.getpid()):
        (tmp_path / "lo" / f".intake-{owner}-x").mkdir(parents=True)
    taken(workbook([HEAD, PERSON]))
    left = sorted(path.name for path in (tmp_path / "lo").iterdir() if path.suffix != ".parquet")
    assert left == [
        f".intake-{os.getpid()}-x",
        "batch.json",
    ]


def test_two_reads_into_one_folder_at_once(workbook, tmp_path):
    paths = [workbook([HEAD, *[PERSON] * count], name=f"{count}.xlsx") for count in (3, 5)]
    with ThreadPoolExecutor(2) as pool:
        read = list(pool.map(lambda path: live.read_batch(path, live.contract("chung"), tmp_path / "lo"), paths * 2))
    assert {batch.rows for batch in read} == {3, 5}
    kept = live.open_batch(tmp_path / "lo")
    with duckdb.connect() as db:
        found = db.execute("select count(*) from read_parquet($1)", [str(kept.parquet)]).fetchall()
    assert found == [(kept.rows,)]


def test_a_forgotten_cell_far_away_is_said_before_it_fills_the_memory(tmp_path, taken):
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(PERSON)
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "xa.xlsx")
    assert "dòng 1048576, cột 16384" in refused(taken, tmp_path / "xa.xlsx")
