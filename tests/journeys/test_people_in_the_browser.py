"""A leader delegates in a browser and takes it back; a member is invited by a slip, comes in, and reads the charter."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from harness.judging import pleases

pytestmark = [pytest.mark.journey, pytest.mark.proof]

PAGES = (
    "",
    "so-do/",
    "co-quan/",
    "co-quan/BHXH/",
    "con-dau/",
    "dieu-hanh/",
    "da-doc/",
    "tai-khoan/",
    "thay/",
    "nhap/",
    "them/",
)


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.proof), 360])
def test_pages_of_people_fit_and_please_axe(visit, width):
    leader = visit("to-truong", width=width)
    for path in PAGES:
        pleases(leader.go(f"nhan-su/{path}"))


def test_a_delegation_is_made_shown_and_taken_back(visit):
    leader = visit("to-truong")
    page = leader.go("nhan-su/dieu-hanh/")
    panel = page.locator("section", has=page.get_by_role("heading", name="Lập ủy quyền"))
    panel.get_by_label("Từ ngày", exact=True).fill("04/10/2022")
    panel.get_by_label("Đến ngày", exact=True).fill("20/10/2022")
    panel.get_by_label("Lý do").fill("Tổ trưởng đi học")
    panel.get_by_role("button", name="Ủy quyền").click()
    now = page.locator("section", has=page.get_by_role("heading", name="Lúc này"))
    expect(now).to_contain_text("Trần Quốc Hải")
    expect(now).to_contain_text("Điều 3 khoản 4")
    pleases(page)
    leader.shot("uy-quyen")
    page.get_by_label("Lý do thu hồi").fill("Đã về")
    page.get_by_role("button", name="Thu hồi từ lúc này").click()
    expect(page.get_by_role("status")).to_contain_text("Đã thu hồi")
    expect(now).not_to_contain_text("Trần Quốc Hải")


def test_somebody_new_comes_in_by_a_slip_and_reads_the_charter(visit, browser):
    secretary = visit("giup-viec")
    page = secretary.go("nhan-su/them/")
    page.get_by_label("Vai trong tổ").select_option(label="Thành viên")
    page.get_by_label("Cơ quan", exact=True).select_option("TP")
    page.get_by_label("Họ và tên").fill("Đặng Thị Mới")
    page.get_by_label("Số, ký hiệu văn bản").fill("77/QĐ-UBND")
    page.get_by_role("button", name="Ghi vào vị trí").click()
    page.get_by_role("button", name="Mời, lấy đường dẫn").click()
    link = page.locator("#duong-dan").inner_text()
    pleases(page)
    secretary.shot("phieu-moi")
    guest = browser.new_context().new_page()
    guest.goto(link)
    for label in ("Mật khẩu mới", "Gõ lại mật khẩu"):
        guest.get_by_label(label).fill("sáng mai trời đẹp lắm")
    pleases(guest)
    guest.get_by_role("button", name="Đặt mật khẩu và vào").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    guest.get_by_role("link", name="Đọc và xác nhận").click()
    guest.get_by_label("Tôi đã đọc toàn văn").check()
    guest.get_by_role("button", name="Tôi đã đọc bản này").click()
    expect(guest.get_by_role("status")).to_contain_text("Đã ghi xác nhận")
    expect(guest.get_by_role("row", name="Đặng Thị Mới")).to_contain_text("Tự xác nhận")
    guest.goto(link)
    expect(guest.get_by_role("heading", level=1)).to_have_text("Đường dẫn không mở được")
