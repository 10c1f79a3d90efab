"""The pages of people at work: a list goes out and comes in again, hats are switched, acts tell their hat and power."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dean06.flows import setup
from dean06.flows.setup import Member
from dean06.ledger.models import Entry
from dean06.offices import service as offices
from flows.conftest import at
from web.neighbours import client

PAPER = {"tu": "20/08/2022", "so_vb": "88/QĐ-UBND", "ngay_vb": "15/08/2022"}
DAY = date(2022, 8, 20)


def page(two, path: str) -> str:
    return f"/t/{two.ours.group.slug}/nhan-su/{path}"


def exported(browser, two) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(browser.get(page(two, "?dang=xlsx")).content))


def upload(book: openpyxl.Workbook) -> SimpleUploadedFile:
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("nhan-su.xlsx", file.getvalue())


def kept(answer) -> str:
    return re.search(r'name="ban" value="([^"]+)"', answer.content.decode())[1]


def holder_of(two, agency: str) -> str:
    return offices.holders(two.ours.group.id, DAY, role="member", agency=agency)[0].holder


def test_a_list_taken_out_and_in_again_changes_nothing(office_hours):
    browser = client(office_hours.ours, "secretariat")
    shown = browser.post(page(office_hours, "nhap/xem/"), {**PAPER, "tep": upload(exported(browser, office_hours))})
    text = shown.content.decode()
    assert shown.status_code == 200
    assert text.count("Không đổi") >= 8
    assert "Không có dòng nào phải ghi" in text


def test_only_what_was_changed_in_the_list_is_recorded_and_only_the_chosen_rows(office_hours):
    browser = client(office_hours.ours, "secretariat")
    book = exported(browser, office_hours)
    rows = [row for row in book.active.iter_rows() if row[1].value in ("Lê Ngọc Hoa", "Vũ Đình Khoa")]
    for row in rows:
        row[1].value = f"{row[1].value} Mới"
    before = Entry.objects.count()
    shown = browser.post(page(office_hours, "nhap/xem/"), {**PAPER, "tep": upload(book)})
    assert "Đổi người giữ" in shown.content.decode()
    assert Entry.objects.count() == before  # a preview records nothing
    chosen = {"ban": kept(shown), "dong": [str(rows[0][0].row)]}
    done = browser.post(page(office_hours, "nhap/ghi/"), chosen, follow=True)
    assert "Đã ghi 1 người" in done.content.decode()
    assert (holder_of(office_hours, "BHXH"), holder_of(office_hours, "GDDT")) == ("Lê Ngọc Hoa Mới", "Vũ Đình Khoa")


def test_a_wrong_row_says_why_and_a_preview_that_was_changed_is_refused(office_hours):
    browser = client(office_hours.ours, "secretariat")
    book = openpyxl.Workbook()
    for row in (("Họ và tên", "Vai trong tổ", "Đơn vị"), ("", "Thành viên", "BHXH"), ("Ai Đó", "Vua", "BHXH")):
        book.active.append(row)
    book.active.append(("Ai Đó", "Thành viên", "Cơ quan không có"))
    text = browser.post(page(office_hours, "nhap/xem/"), {**PAPER, "tep": upload(book)}).content.decode()
    assert "không có vai «Vua» trong quy chế" in text
    assert "không có cơ quan «Cơ quan không có»" in text
    refused = browser.post(page(office_hours, "nhap/ghi/"), {"ban": "gia:mao:chu-ky", "dong": ["2"]})
    assert refused.status_code == 422


def test_a_member_takes_no_list_in(office_hours):
    browser = client(office_hours.ours, "member", "BHXH")
    book = exported(browser, office_hours)
    row = next(row for row in book.active.iter_rows() if row[1].value == "Vũ Đình Khoa")
    row[1].value = "Người Của Tôi"
    shown = browser.post(page(office_hours, "nhap/xem/"), {**PAPER, "tep": upload(book)})
    answer = browser.post(page(office_hours, "nhap/ghi/"), {"ban": kept(shown), "dong": [str(row[0].row)]})
    assert answer.status_code == 403
    assert holder_of(office_hours, "GDDT") == "Vũ Đình Khoa"


@pytest.fixture
def two_hats(office_hours):
    """Let the clerk sit in the support apparatus too."""
    ours = office_hours.ours
    with at(2022, 8, 19):
        second = Member(
            role="secretariat", agency="OFF", holder="Mai Thị Tám", account=ours.account("clerk"), since=DAY, mark="2"
        )
        return setup.seat(ours.admin, ours.group, second)


def test_who_holds_several_seats_chooses_and_sees_the_hat_before_and_after_an_act(office_hours, two_hats):
    browser = client(office_hours.ours, "clerk")
    desk = f"/t/{office_hours.ours.group.slug}/"
    assert 'name="ghe"' in browser.get(desk).content.decode()
    browser.post(f"{desk}vai/", {"ghe": str(two_hats.seat_id)})
    shown = browser.get(desk).content.decode()
    assert re.search(r'switch-value">Bộ máy giúp việc', shown)
    said = {"co_quan": "OFF", "ten": "Dấu mới", "nguoi_giu": "Ai", "tu": "20/08/2022"}
    done = browser.post(page(office_hours, "con-dau/ghi/"), said, follow=True).content.decode()
    assert "Ghi theo vai Bộ máy giúp việc" in done
    assert Entry.objects.filter(object_kind="seal").latest("pk").body.count('"role":"secretariat"') == 1


def test_a_seat_that_is_not_one_s_own_is_no_hat(office_hours):
    other = offices.holders(office_hours.ours.group.id, DAY, role="leader")[0]
    browser = client(office_hours.ours, "clerk")
    answer = browser.post(f"/t/{office_hours.ours.group.slug}/vai/", {"ghe": str(other.seat_id)})
    assert answer.status_code == 404


def test_an_agency_page_tells_what_is_owed_and_keeps_former_names(office_hours):
    browser = client(office_hours.ours, "secretariat")
    where = page(office_hours, "co-quan/BHXH/")
    assert "Còn nợ ở từng tổ" in browser.get(where).content.decode()
    said = {"ten": "Bảo hiểm xã hội khu vực", "tu": "01/09/2022", "so_vb": "5/QĐ", "ngay_vb": "15/08/2022"}
    shown = browser.post(f"{where}ten/", said, follow=True).content.decode()
    assert "Bảo hiểm xã hội khu vực" in shown
    assert "Bảo hiểm xã hội huyện" in shown
    theirs = client(office_hours.theirs).get(f"/t/{office_hours.theirs.group.slug}/nhan-su/co-quan/").content.decode()
    assert "Bảo hiểm xã hội khu vực" not in theirs
