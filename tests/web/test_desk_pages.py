"""The desk in the browser: purpose first, a row that comes after a row, marks that alone differ, the run examined."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dean06.reconcile.models import DeskDecision, Look, Run
from dean06.web.language import words
from dean06.web.pages.data import desk_row
from flows.conftest import Office, at, found, kept, own
from flows.doubts import doubted
from web.neighbours import client

PAIRS = 6
ROW = 70  # questions that a row may cost: its choice, the next row, the frame around it


def build(folder) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=40)
    made.delivered["run"] = doubted(made, PAIRS)
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("trang-ban-duyet"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path):
    with at(2022, 7, 4):
        yield own(made, tmp_path)


def opened(office: Office, role: str = "secretariat", agency: str = "TEAM"):
    browser, home = client(office, role, agency), f"/t/{office.group.slug}/doi-soat/luot/{office.delivered['run']}/"
    assert browser.post(f"{home}ban-duyet/mo/", {"muc_dich": "Duyệt"}).status_code == 302
    return browser, home


def test_without_a_purpose_no_row_opens(office):
    browser, home = client(office, "secretariat", "TEAM"), f"/t/qn/doi-soat/luot/{office.delivered['run']}/"
    assert browser.get(f"{home}ban-duyet/doc/").status_code == 302
    assert browser.get(f"{home}ban-duyet/da-duyet.csv").status_code == 302
    assert not Look.objects.exists()


def test_a_choice_brings_the_next_row_as_a_part(office):
    browser, home = opened(office)
    shown = browser.get(f"{home}ban-duyet/doc/").content.decode()
    assert "Danh sách ghi" in shown
    assert 'data-key="0"' in shown
    assert "khởi điểm" in shown.lower()
    seen = [int(re.search(r"ban-duyet/doc/(\d+)/", shown).group(1))]
    for _ in range(PAIRS - 1):
        with CaptureQueriesContext(connection) as asked:
            answer = browser.post(f"{home}ban-duyet/doc/{seen[-1]}/", {"chon": "1"}, headers={"HX-Request": "true"})
        part = answer.content.decode()
        assert "<html" not in part
        assert len(asked) <= ROW
        seen.append(int(re.search(r"ban-duyet/doc/(\d+)/", part).group(1)))
    assert len(set(seen)) == PAIRS
    with at(2022, 7, 4, 10):  # a row is looked at again, later
        back = browser.post(f"{home}ban-duyet/hoan-tac/", headers={"HX-Request": "true"}).content.decode()
    assert f"ban-duyet/doc/{seen[-2]}/" in back
    stale = browser.post(f"{home}ban-duyet/doc/{seen[0]}/", {"chon": "1"}, headers={"HX-Request": "true"})
    assert "Dòng này đang ở người duyệt khác hoặc đã xong" in stale.content.decode()
    assert DeskDecision.objects.filter(undoes=None).count() == PAIRS - 1


def test_without_script_a_choice_leads_back_to_the_desk(office):
    browser, home = opened(office)
    shown = browser.get(f"{home}ban-duyet/doc/?khoang=giua").content.decode()
    place = re.search(r"ban-duyet/doc/(\d+)/\?khoang=giua", shown).group(1)
    answer = browser.post(f"{home}ban-duyet/doc/{place}/?khoang=giua", {"chon": "0"})
    assert answer["Location"].endswith("ban-duyet/doc/?khoang=giua")


def test_the_reviewed_file_and_the_diagnosis_are_handed_out(office):
    browser, home = opened(office)
    place = re.search(r"doc/(\d+)/", browser.get(f"{home}ban-duyet/doc/").content.decode()).group(1)
    browser.post(f"{home}ban-duyet/doc/{place}/", {"chon": "1"})
    text = b"".join(browser.get(f"{home}ban-duyet/da-duyet.csv").streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0].endswith("duyet,duyet_so_dinh_danh,duyet_so_nguoi,duyet_tu_luot")
    page = browser.get(f"{home}chan-doan/").content.decode()
    for said in ("chưa đo", "Không có khối nào vượt số cặp cho phép", "Trọng số", "Wilson"):
        assert said in page
    told = browser.get(f"{home}chan-doan.json").json()
    assert told["format"] == "dean06-diagnosis/1"
    assert told["review"]["rows"] == PAIRS
    assert told["precision"]["named"]["share"] is None
    listed = browser.get("/t/qn/ban-duyet/").content.decode()
    assert f"{home}ban-duyet/" in listed


def test_blocks_over_the_budget_are_shown_by_their_kind(office):
    browser, home = client(office, "secretariat", "TEAM"), f"/t/qn/doi-soat/luot/{office.delivered['run']}/"
    row = Run.objects.get(pk=office.delivered["run"])
    row.report["blocks"] = [{"step": "4", "key": "ngay_sinh", "rows": 12, "people": 3456, "pairs": 41472}]
    row.save()
    page = browser.get(f"{home}chan-doan/").content.decode()
    for said in ("Khối vượt số cặp cho phép", "ngày sinh", "3.456", "41.472"):
        assert said in page
    del row.report["blocks"]  # a run from before they were kept
    row.save()
    assert "Khối quá lớn: chưa đo" in browser.get(f"{home}chan-doan/").content.decode()


@pytest.mark.parametrize(
    ("mine", "theirs", "column", "said"),
    [
        ("Trần Thị Hoà", "Trần Thị Hoà", "ho_ten", "bằng"),
        ("Trần Thị Hoa", "Trần Thị Hòa", "ho_ten", "chỉ khác dấu, kiểu chữ"),
        ("TRẦN THỊ HÒA", "Trần Thị Hòa", "ho_ten", "chỉ khác dấu, kiểu chữ"),
        ("Trần Thị Hoan", "Trần Thị Hòa", "ho_ten", "khác"),
        ("1969", "15/07/1969", "ngay_sinh", "bằng phần đã biết"),
        ("Thôn Trung, xã Võ Ninh", "Thôn Trung", "thuong_tru_chi_tiet", "nằm trong"),
        ("", "Thôn Trung", "thuong_tru_chi_tiet", "danh sách trống"),
    ],
)
def test_how_a_value_compares_is_said_beside_it(mine, theirs, column, said):
    cell = desk_row._cell(mine, theirs, column)
    assert words(said, said) in cell.state
    assert ("<mark" in cell.value) == (said in {"khác", "chỉ khác dấu, kiểu chữ"})
