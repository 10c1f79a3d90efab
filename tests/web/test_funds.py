"""The pages of the group's money, as its people use them from an allotment to the closed year."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dean06.flows import setup
from dean06.funds.models import Movement, SpendingRequest
from dean06.funds.service import sources
from dean06.jobs import service as jobs
from dean06.ledger import service as ledger
from flows.conftest import Office, assigned, at, found, own
from flows.money import FINANCE, pdf, seat, source
from harness.settled import settled_once
from web.neighbours import client

pytestmark = pytest.mark.django_db
SUM = 40_000_000
settled_money = settled_once("money", assigned)


@pytest.fixture
def office(settled_money, db, home, tmp_path) -> Office:
    """Give a group under the charter of Quảng Ninh."""
    return own(settled_money.again(home), tmp_path)


def page(office: Office, path: str = "") -> str:
    return f"/t/{office.group.slug}/kinh-phi/{path}"


def text_of(answer) -> str:
    return answer.content.decode()


def asked(office: Office, amount: str = "3.000.000") -> int:
    """Ask for money through the page; returns the request's number in its address."""
    line = sources.of_flow(office.group.id)[0].lines[0].id
    said = {
        "khoan": line,
        "ten": "Tập huấn làm sạch dữ liệu",
        "can_cu": "Kế hoạch 67/KH-UBND",
        "noi_dung": ["Tài liệu", ""],
        "so_luong": ["2", ""],
        "don_vi": ["bộ", ""],
        "don_gia": [amount, ""],
    }
    answer = client(office, "member", "BHXH").post(page(office, "de-nghi/moi/"), said)
    assert answer.status_code == 302, text_of(answer)
    return int(answer.url.rstrip("/").rpartition("/")[2])


def test_a_source_is_entered_by_the_agency_that_the_clause_names(office):
    said = {
        "nam": "2022",
        "loai": "budget",
        "ten": "Ngân sách huyện",
        "cap_boi": "UBND huyện",
        "so": "1203/QĐ-UBND",
        "ngay": "01/06/2022",
        "khoan": ["Số hóa hồ sơ", "Tập huấn", ""],
        "so_tien": ["15.000.000", "5000000", ""],
    }
    with at(2022, 6, 10):
        police = client(office, "standing_deputy", "POL")
        assert "Năm 2022 chưa ghi nguồn kinh phí nào" in text_of(police.get(page(office)))
        wrong = police.post(page(office, "nguon/ghi/"), said | {"so_tien": ["15 triệu", "5000000", ""]})
        assert wrong.status_code == 422
        assert "Số hóa hồ sơ: ghi số đồng nguyên" in text_of(wrong)
        assert 'value="Tập huấn"' in text_of(wrong)
        shown = text_of(police.post(page(office, "nguon/ghi/"), said, follow=True))
        assert "Đã ghi nguồn «Ngân sách huyện»" in shown
        assert "20.000.000" in shown
        assert "Điều 10 khoản 1" in shown
        stranger = client(office, "secretariat")
        assert "nguon/ghi/" not in text_of(stranger.get(page(office)))
        refused = stranger.post(page(office, "nguon/ghi/"), said)
        assert refused.status_code == 403
        assert "Điều 10 khoản 1" in text_of(refused)
        assert 'name="ly_do"' in text_of(refused)
    assert Movement.objects.count() == 2


def test_a_request_is_asked_approved_paid_and_settled_on_its_page(office):
    with at(2022, 6, 10):
        source(office, office.account("standing_deputy"), SUM)
        number = asked(office)
        one = page(office, f"de-nghi/{number}/")
        member, leader = client(office, "member", "BHXH"), client(office)
        shown = text_of(member.get(one))
        assert "Bạn lập đề nghị này: người khác duyệt" in shown
        assert "Sáu triệu đồng chẵn" in shown
        own = member.post(f"{one}duyet/", {"dung_luat": "1"})
        assert own.status_code == 403
        assert "Đề nghị do chính người này lập" in text_of(own)
        unsaid = leader.post(f"{one}duyet/")
        assert unsaid.status_code == 403
        assert "căn cứ theo pháp luật ngân sách" in text_of(unsaid)
        assert "Điều 10 khoản 2" in text_of(leader.get(one))
        assert "Đã duyệt; tiền đã được giữ" in text_of(leader.post(f"{one}duyet/", {"dung_luat": "1"}, follow=True))
    with at(2022, 6, 20):
        police = client(office, "standing_deputy", "POL")
        bill = {
            "so_tien": "5.500.000",
            "ngay_chi": "20/06/2022",
            "noi_dung": "In tài liệu",
            "so": "HĐ 123",
            "ngay": "19/06/2022",
        }
        unsafe = police.post(f"{one}chi/", bill | {"tep": SimpleUploadedFile("hoa-don.xlsm", b"PK")})
        assert unsafe.status_code == 422
        paid = police.post(f"{one}chi/", bill | {"tep": SimpleUploadedFile("hoa-don.pdf", pdf())}, follow=True)
        shown = text_of(paid)
        assert "Đã ghi khoản chi" in shown
        document = re.search(r'href="([^"]+/chung-tu/\d+/)"', shown)[1]
        assert b"".join(member.get(document).streaming_content) == pdf()
        settled = text_of(police.post(f"{one}quyet-toan/", follow=True))
        assert "Đã quyết toán" in settled
        for clause in ("Điều 10 khoản 1", "Điều 10 khoản 2", "Nội quy hệ thống, Điều 17 khoản 2"):
            assert clause in settled
        journal = text_of(police.get(page(office, "so/")))
        assert journal.count("<tr") == 5  # head, allotted, reserved, spent, released
        board = text_of(police.get(page(office)))
        assert "34.500.000" in board


def test_the_lists_are_workbooks_with_numbers_and_days(office):
    with at(2022, 6, 10):
        source(office, office.account("standing_deputy"), SUM)
        asked(office)
        for path, sum_ in (("", SUM), ("so/", SUM), ("de-nghi/", 6_000_000)):
            answer = client(office).get(f"{page(office, path)}?dang=xlsx")
            sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
            cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
            assert sum_ in cells, path
            assert office.group.name in cells[0], path


def test_requests_are_found_without_tone_marks_and_by_state(office):
    with at(2022, 6, 10):
        source(office, office.account("standing_deputy"), SUM)
        asked(office)
        browser = client(office)
        assert "Tập huấn làm sạch dữ liệu" in text_of(browser.get(page(office, "de-nghi/?q=tap+huan+lam+sach")))
        assert "Không có đề nghị chi nào" in text_of(browser.get(page(office, "de-nghi/?q=khong+co+gi")))
        assert "Không có đề nghị chi nào" in text_of(browser.get(page(office, "de-nghi/?xem=da-duyet")))
        ledger.sequence()
        jobs.follow()
        assert "Tập huấn làm sạch" in text_of(browser.get(f"/t/{office.group.slug}/tim/?q=lam+sach"))


def test_an_estimate_is_taken_from_a_workbook_sent_and_put_together(office):
    finance = seat(office, *FINANCE)
    assert finance
    book = openpyxl.Workbook()
    for row in (
        ["DỰ TOÁN NĂM 2023"],
        ["TT", "Nội dung chi", "Căn cứ", "Số lượng", "ĐVT", "Đơn giá", "Số tháng"],
        [1, "Đường truyền số liệu", "Hợp đồng 12", 1, "kênh", 350000, 12],
        [2, "Máy quét", "Kế hoạch 67", 2, "cái", 5000000, None],
        ["", "Tổng cộng", "", "", "", 14200000, ""],
    ):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    one = page(office, "du-toan/2023/BHXH/")
    with at(2022, 7, 1):
        member, clerk = client(office, "member", "BHXH"), client(office, "member", "TCKH")
        shown = text_of(
            member.post(f"{one}tep/", {"tep": SimpleUploadedFile("du-toan.xlsx", file.getvalue())}, follow=True)
        )
        assert "Đã lấy 2 dòng từ tệp" in shown
        assert "14.200.000" in shown
        assert "dòng 3" in shown
        assert "Đã gửi dự toán" in text_of(member.post(f"{one}gui/", follow=True))
        assert client(office, "member", "GDDT").get(one).status_code == 404
        budget = page(office, "tong-hop/2023/")
        assert "Điều 7 khoản 2 điểm b" in text_of(clerk.get(budget))
        made = text_of(clerk.post(f"{budget}lap/", follow=True))
        assert "Đã tổng hợp bản 1" in made
        number = re.search(r'action="[^"]+/ban/(\d+)/trinh/"', made)[1]
        done = clerk.post(
            page(office, f"tong-hop/ban/{number}/trinh/"), {"so": "45/TTr-TCKH", "ngay": "01/07/2022"}, follow=True
        )
        assert "Đã trình: 45/TTr-TCKH" in text_of(done)
        board = text_of(client(office).get(f"/t/{office.group.slug}/tuan-thu/?xem=tat-ca"))
        assert "tổng hợp trình dự toán" in board.lower()


def test_lines_typed_on_the_form_are_kept_and_what_is_wrong_is_said_at_its_row(office):
    one = page(office, "du-toan/2023/BHXH/")
    typed = {
        "noi_dung": ["Máy quét", "Máy in"],
        "can_cu": ["Kế hoạch 67", "Kế hoạch 67"],
        "so_luong": ["2", "hai"],
        "don_vi": ["cái", "cái"],
        "don_gia": ["5.000.000", "3.000.000"],
        "so_thang": ["", ""],
        "nguon_goc": ["", ""],
    }
    with at(2022, 7, 1):
        member = client(office, "member", "BHXH")
        wrong = member.post(f"{one}ghi/", typed)
        assert wrong.status_code == 422
        assert "Dòng 2, số lượng: ghi một số nguyên" in text_of(wrong)
        assert 'value="Máy in"' in text_of(wrong)
        done = member.post(f"{one}ghi/", typed | {"so_luong": ["2", "1"]}, follow=True)
        assert "13.000.000" in text_of(done)


def test_the_year_is_closed_on_its_page_and_takes_nothing_more(office):
    with at(2022, 6, 10):
        made = source(office, office.account("standing_deputy"), SUM)
    with at(2022, 12, 31):
        police = client(office, "standing_deputy", "POL")
        assert "40.000.000" in text_of(police.get(page(office, "khoa-so/")))
        said = {"nam": "2022", "so": "31/BB", "ngay": "31/12/2022", "chuyen": [made.lines[0].id]}
        shown = text_of(police.post(page(office, "khoa-so/ghi/"), said, follow=True))
        assert "Năm này đã khóa sổ" in shown
        late = police.post(
            page(office, f"nguon/{made.id}/cap/"), {"khoan": "Khoản 1", "so_tien": "1", "so": "9", "ngay": "31/12/2022"}
        )
        assert late.status_code == 422
        assert "đã khóa sổ theo 31/BB" in text_of(late)
        assert "40.000.000" in text_of(police.get(f"{page(office)}?nam=2023"))


def test_where_the_charter_names_no_manager_the_page_says_so_and_the_leader_sets_one(db, home, tmp_path):
    office = found("xuan-truong-2022", "xt", tmp_path)
    with at(2022, 5, 20):
        for role in ("leader:PC", "standing_deputy:POL"):
            setup.confirm_instrument(office.accounts[role], office.group, "06/QĐ-THU", date(2022, 5, 20))
    with at(2022, 6, 10):
        leader, police = client(office), client(office, "standing_deputy", "POL")
        assert "Quy chế không nêu ai quản lý kinh phí (G-07)" in text_of(police.get(page(office)))
        assert "quan-ly/" not in text_of(police.get(page(office)))
        shown = text_of(leader.post(page(office, "quan-ly/"), {"co_quan": "POL"}, follow=True))
        assert "tổ giao" in shown
        assert "quy ước số 1" in shown
        assert police.post(page(office, "quan-ly/"), {"co_quan": "TCKH"}).status_code == 403


def test_what_stands_on_no_page_is_not_found(office):
    with at(2022, 6, 10):
        source(office, office.account("standing_deputy"), SUM)
        asked(office)
        browser = client(office)
        for path in (
            "de-nghi/999999/",
            "de-nghi/1/chung-tu/99/",
            "du-toan/2023/KHONG/",
            "de-nghi/99999999999999999999/",
        ):
            assert browser.get(page(office, path)).status_code == 404, path
        assert browser.get(f"{page(office)}?nam=abcd").status_code == 200
        assert browser.get(page(office, "so/?khoan=abc&trang=²")).status_code == 200
    assert SpendingRequest.objects.count() == 1
