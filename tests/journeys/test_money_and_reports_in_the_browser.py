"""Two ways of a month in a browser: an agency's report up to what is sent above, and money up to its book."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from harness.judging import pleases
from harness.signing import sign_in_browser
from journeys.house import BELOW, PASSWORD
from year.pages import PICTURE

pytestmark = [pytest.mark.journey, pytest.mark.proof]

AT = "bao-cao/co-quan/2022-10/BHXH/"
MONTH = "bao-cao/2022-10/"


def press(page: Page, ending: str) -> None:
    """Send the form of an act by its own button."""
    page.locator(f'form[action$="{ending}"] button[type="submit"]').first.click()


# ------------------------------------------------------------ reports


def test_an_agencys_report_is_collected_consolidated_signed_and_sent(visit):
    written(visit("bhxh-duoi", width=390))
    collected(visit("to-pho-duoi"))
    secretary = visit("giup-viec-duoi")
    consolidated(secretary)
    signed(visit("to-truong-duoi"))
    sent(visit("van-thu-duoi"))
    page = secretary.go("bao-cao/", BELOW)
    expect(page.get_by_role("table")).to_contain_text("10/2022")
    secretary.shot("bao-cao-05-danh-sach")


def written(member) -> None:
    page = member.go(AT, BELOW)
    press(page, "/lap/")
    boxes = page.locator('textarea[name^="phan-"]')
    expect(boxes.first).to_be_visible()
    for place in range(boxes.count()):
        boxes.nth(place).fill("Đã đối chiếu danh sách thẻ với dữ liệu dân cư theo kế hoạch.")
    pleases(page)
    member.shot("bao-cao-01-co-quan-viet")
    page.locator('form[action$="/ghi/"] button[name="gui"]').click()
    expect(page.locator("main")).to_contain_text("Đã đối chiếu danh sách thẻ")
    member.shot("bao-cao-02-co-quan-da-gui")


def collected(collector) -> None:
    page = collector.go("bao-cao/co-quan/?thang=2022-10", BELOW)
    expect(page.get_by_role("table").first).to_contain_text("Bảo hiểm xã hội")
    pleases(page)
    collector.shot("bao-cao-03-thu-nhan")
    page = collector.go(AT, BELOW)
    press(page, "/nhan/")
    expect(page.locator("main")).to_contain_text(re.compile(r"iếp nhận \d"))


def consolidated(secretary) -> None:
    page = secretary.go(MONTH, BELOW)
    press(page, "/lap/")
    expect(page.locator("article.paper")).to_be_visible()
    pleases(page)
    secretary.shot("bao-cao-04-tong-hop")


def signed(leader) -> None:
    page = leader.go(MONTH, BELOW)
    sign_in_browser(page, PASSWORD)
    expect(page.locator("main")).to_contain_text("BC-TCTĐA")


def sent(clerk) -> None:
    page = clerk.go(MONTH, BELOW)
    expect(page.get_by_role("heading", level=1)).to_contain_text("10/2022")
    press(page, "/gui/")
    expect(page.locator("main")).to_contain_text("đã gửi")
    pleases(page)
    clerk.shot("bao-cao-06-da-gui")


# ------------------------------------------------------------ money


def test_money_goes_from_its_source_to_the_book(visit):
    manager = visit("to-pho")
    entered(manager)
    member = visit("bhxh")
    address = asked(member)
    approved(visit("to-truong"), address)
    paid(manager, address)
    booked(manager)
    estimated(member)


def entered(manager) -> None:
    page = manager.go("kinh-phi/?nam=2022")
    page.get_by_label("Tên nguồn").fill("Kinh phí Đề án 06 năm 2022")
    page.get_by_label("Cơ quan cấp").fill("UBND huyện")
    page.get_by_label("Số văn bản cấp").fill("1203/QĐ-UBND")
    page.get_by_label("Tên khoản 1").fill("Làm sạch dữ liệu")
    page.get_by_label("Số tiền khoản 1").fill("120.000.000")
    press(page, "/nguon/ghi/")
    expect(page.get_by_role("table").first).to_contain_text("Làm sạch dữ liệu")
    pleases(page)
    manager.shot("kinh-phi-01-nguon")


def asked(member) -> str:
    page = member.go("kinh-phi/de-nghi/moi/")
    line = page.get_by_label("Chi từ khoản").locator("option").first.get_attribute("value")
    page.get_by_label("Chi từ khoản").select_option(line)
    page.get_by_label("Chi cho việc gì").fill("Thuê số hóa hồ sơ")
    page.get_by_label("Căn cứ chi").fill("Kế hoạch năm 2022")
    for label, text in (
        ("Nội dung dòng 1", "Thuê số hóa"),
        ("Số lượng dòng 1", "1"),
        ("Đơn vị tính dòng 1", "gói"),
        ("Đơn giá dòng 1", "40000000"),
    ):
        page.get_by_label(label).fill(text)
    pleases(page)
    member.shot("kinh-phi-02-de-nghi")
    page.locator('main form[method="post"] button.btn-primary').first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thuê số hóa hồ sơ")
    return page.url


def approved(leader, address: str) -> None:
    page = leader.page
    page.goto(address)
    page.get_by_label("Khoản chi có căn cứ theo pháp luật ngân sách").check()
    pleases(page)
    leader.shot("kinh-phi-03-duyet")
    press(page, "/duyet/")
    expect(page.locator("main")).to_contain_text("Đã duyệt")


def paid(manager, address: str) -> None:
    page = manager.page
    page.goto(address)
    page.get_by_label("Số tiền, đồng").fill("25.000.000")
    page.get_by_label("Nội dung", exact=True).fill("Thanh toán đợt một")
    page.get_by_label("Số chứng từ").fill("HĐ-01")
    page.get_by_label("Tệp chứng từ").set_input_files(
        {"name": "hoa-don.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    press(page, "/chi/")
    expect(page.locator("main")).to_contain_text("HĐ-01")
    pleases(page)
    manager.shot("kinh-phi-04-da-chi")


def booked(manager) -> None:
    page = manager.go("kinh-phi/so/?nam=2022")
    expect(page.get_by_role("table").first).to_contain_text("25.000.000")
    expect(page.get_by_role("table").first).to_contain_text("HĐ-01")
    pleases(page)
    manager.shot("kinh-phi-05-so")
    page = manager.go("kinh-phi/?nam=2022")
    expect(page.get_by_role("table").first).to_contain_text("25.000.000")


def estimated(member) -> None:
    page = member.go("kinh-phi/du-toan/2023/BHXH/")
    for label, text in (
        ("Nội dung chi, dòng 1", "Duy trì kết nối"),
        ("Căn cứ, dòng 1", "Kế hoạch năm 2023"),
        ("Số lượng, dòng 1", "1"),
        ("Đơn vị, dòng 1", "gói"),
        ("Đơn giá, dòng 1", "90000000"),
        ("Số tháng, dòng 1", "1"),
    ):
        page.get_by_label(label).fill(text)
    press(page, "/ghi/")
    press(page, "/gui/")
    expect(page.locator("main")).to_contain_text("90.000.000")
    pleases(page)
    member.shot("kinh-phi-06-du-toan")
