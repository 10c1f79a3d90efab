"""Drawing, reading and entering a sample in the browser."""

from __future__ import annotations

import re

import pytest

from dean06.reconcile.models import Look, Reading, SampleRow
from dean06.reconcile.service import scores
from dean06.reconcile.types import FIELD, LINKS, MISSING
from flows.conftest import Office, at, found, kept, own
from flows.strangers import write_strangers
from web.neighbours import client


def build(folder) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=30)
    made.load_register("2022-06")
    made.delivered["run"] = made.deliver("bhyt", "BHXH", "2022-06")
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("trang-mau"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path):
    with at(2022, 7, 4):
        yield own(made, tmp_path)


@pytest.fixture
def strangers(made, db, tmp_path):
    made.delivered["strangers"] = made.hand_in("bhyt", "BHXH", "2022-06", write_strangers(made, "2022-06", 3))
    with at(2022, 7, 4):
        yield own(made, tmp_path)


def draw(office: Office, kind: str):
    browser, home = client(office, "secretariat", "TEAM"), f"/t/{office.group.slug}/mau/"
    assert "Bốc thăm" in browser.get(home).content.decode()
    answer = browser.post(f"{home}lap/", {"luot": str(office.delivered["run"]), "loai": kind})
    assert answer.status_code == 302
    page = answer["Location"]
    assert "Mở từng dòng: nêu mục đích xem" in browser.get(page).content.decode()
    return browser, page


def opened(office: Office, role: str, agency: str, page: str):
    browser = client(office, role, agency)
    browser.post(f"{page}muc-dich/", {"muc_dich": "Đọc mẫu"})
    return browser


def test_two_readers_read_blind_one_row_after_another(office):
    _, page = draw(office, LINKS)
    count = SampleRow.objects.count()
    for role, agency in (("secretariat", "TEAM"), ("member", "BHXH")):
        browser = opened(office, role, agency, page)
        for _ in range(count):
            shown = browser.get(f"{page}doc/").content.decode()
            assert "Danh sách ghi" in shown
            assert 'data-key="1"' in shown
            assert not re.search(r"Tin cậy|do_tin_cay|người đọc kia nói", shown)
            place = re.search(rf"{page}doc/(\d+)/", shown).group(1)
            answer = browser.post(f"{page}doc/{place}/", {"tra_loi": "dung"})
            assert answer.status_code == 302
    assert Look.objects.count() == Reading.objects.count() == 2 * count
    assert "xong 04/07/2022" in browser.get(page).content.decode()
    told = scores.for_work(office.delivered["run"])["D3"]
    assert (told.good, told.total) == (count, count)
    assert browser.get(f"{page}doc/").status_code == 302  # nothing is left to read


def test_rows_not_found_are_read_beside_the_most_alike(strangers):
    run = strangers.delivered["strangers"]
    browser, home = client(strangers, "secretariat", "TEAM"), f"/t/{strangers.group.slug}/mau/"
    page = browser.post(f"{home}lap/", {"luot": str(run), "loai": MISSING})["Location"]
    assert "Máy không tìm thấy ai cho các dòng này" in browser.get(page).content.decode()
    browser = opened(strangers, "secretariat", "TEAM", page)
    shown = browser.get(f"{page}doc/").content.decode()
    for said in ("người này có trong sổ không?", "xếp theo số định danh", "Có trong sổ", "Không có"):
        assert said in shown
    place = re.search(rf"{page}doc/(\d+)/", shown).group(1)
    assert browser.post(f"{page}doc/{place}/", {"tra_loi": "sai"}).status_code == 302
    assert "trong chẩn đoán của lượt" in browser.get(page).content.decode()
    diagnosed = browser.get(f"/t/{strangers.group.slug}/doi-soat/luot/{run}/chan-doan/").content.decode()
    assert "Không tìm thấy mà có trong sổ" in diagnosed


def test_without_a_purpose_no_row_opens(office):
    browser, page = draw(office, LINKS)
    assert browser.get(f"{page}doc/").status_code == 302
    assert not Look.objects.exists()


def test_a_commune_prints_its_sheet_and_enters_it_whole_or_row_by_row(office):
    _, page = draw(office, FIELD)
    browser = opened(office, "member", "BHXH", page)
    sheets = sorted(set(re.findall(rf"{page}xa/\d+/", browser.get(page).content.decode())))
    assert sheets
    shown = browser.get(sheets[0]).content.decode()
    assert "☐ đúng" in shown
    names = re.findall(r'<select [^>]*name="(d\d+_[a-z_]+)"', shown)
    half = dict.fromkeys(names, "") | {names[0]: "dung"}
    assert "mọi giá trị" in browser.post(f"{sheets[0]}ghi/", half).content.decode()
    assert not Reading.objects.exists()
    row = names[0].partition("_")[0]
    one = {name: "dung" if name.partition("_")[0] == row else "" for name in names}
    assert browser.post(f"{sheets[0]}ghi/", one).status_code == 302
    with at(2022, 7, 4, 10):
        again = browser.get(sheets[0]).content.decode()
    assert "Đã ghi 1 dòng" in again
    assert "đã ghi" in again
    with at(2022, 7, 4, 11):
        for sheet in sheets:
            left = re.findall(r'<select [^>]*name="(d\d+_[a-z_]+)"', browser.get(sheet).content.decode())
            if left:
                browser.post(f"{sheet}ghi/", dict.fromkeys(left, "dung"))
    told = scores.for_work(office.delivered["run"])["D4"]
    assert told.good == told.total == Reading.objects.count() > 0


def test_the_leader_is_told_who_draws(office):
    shown = client(office, "leader", "PC").get(f"/t/{office.group.slug}/mau/").content.decode()
    assert 'name="luot"' not in shown
    assert "Người làm được ngay" in shown
