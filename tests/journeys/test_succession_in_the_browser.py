"""A group ends in a browser: the secretariat prepares, two leaders confirm, the successor finds what it took over."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from harness.judging import pleases
from harness.signing import confirm_in_browser
from journeys.house import HEIR, PASSWORD, SLUG
from journeys.own_house import own_house  # noqa: F401  the fixture `house`

# A minute each: with `make proof`. Their acts and pages are tested without a browser in tests/flows and tests/web.
pytestmark = [pytest.mark.journey, pytest.mark.proof]

PAPER = "12/NQ-HĐND (bịa)"


def test_a_group_ends_and_its_successor_goes_on(visit):
    clerk = visit("giup-viec")
    prepare(clerk)
    phone = visit("to-truong", width=360)
    page = phone.go("ban-giao/")
    phone.shot("360-ban-giao-phuong-an")
    pleases(page, "plan on a phone")
    confirm(visit("to-truong"), "Cần thêm một người nữa")
    deputy = visit("to-pho")
    confirm(deputy, "Đã bàn giao trọn vẹn")
    page = deputy.page
    expect(page.get_by_role("heading", name="Biên bản bàn giao")).to_be_visible()
    expect(page.locator("#to-da-ket-thuc")).to_contain_text("Tổ đã kết thúc ngày 04/10/2022")
    deputy.shot("21-bien-ban-ban-giao")
    pleases(page, "record")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải .json").click()
    assert waiting.value.suggested_filename == f"ban-giao-{SLUG}.json"
    take_over(visit("xa-truong"))


def prepare(clerk) -> None:
    page = clerk.go("cai-dat/")
    page.get_by_role("link", name="Kết thúc, bàn giao").click()
    expect(page.get_by_text("Chưa có phương án kết thúc nào")).to_be_visible()
    clerk.shot("19-ban-giao-trong")
    pleases(page, "empty")
    page.get_by_label("Ngày hoạt động cuối cùng").fill("04/10/2022")
    page.get_by_label("Số, ký hiệu văn bản").fill(PAPER)
    page.get_by_label("Ngày ký văn bản").fill("01/10/2022")
    page.get_by_label("Tổ công tác Đề án 06 xã Thử Mới").check()
    page.get_by_role("button", name="Lập phương án").click()
    expect(page.get_by_role("status")).to_contain_text("chưa có gì đổi")
    expect(page.get_by_role("heading", name="Nhiệm vụ đang mở", exact=True)).to_be_visible()
    clerk.shot("20-phuong-an-ban-giao")
    pleases(page, "plan")
    page.locator("details.fold summary", has_text="nhiệm vụ").first.click()
    place = page.get_by_label("Nơi nhận: nhiệm vụ").first
    place.select_option("ket-thuc")
    page.get_by_label("Lý do kết thúc: nhiệm vụ").first.fill("Làm xong trước khi sáp nhập")
    page.get_by_role("button", name="Lưu phương án").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu phương án")
    expect(place).to_have_value("ket-thuc")


def confirm(visitor, said: str) -> None:
    page = visitor.go("ban-giao/")
    expect(page.get_by_text("không hoàn tác được")).to_be_visible()
    page.get_by_label("Tôi đã đọc bảng bàn giao").check()
    confirm_in_browser(page, PASSWORD)
    page.get_by_role("button", name="Xác nhận kết thúc và bàn giao").click()
    expect(page.get_by_role("status")).to_contain_text(said)


def take_over(heir) -> None:
    page = heir.page
    page.goto(f"{heir.house.url}/t/{HEIR}/nhiem-vu/")
    expect(page.locator(".task").first).to_contain_text("nhận từ Tổ Đề án 06 huyện Thử")
    page.locator(".task-title a").first.click()
    expect(page.get_by_text("Nhận bàn giao từ", exact=True)).to_be_visible()
    heir.shot("22-nhiem-vu-ke-thua")
    pleases(page, "inherited task")
    page.get_by_role("link", name="Tổ công tác Đề án 06 huyện Thử, nhiệm vụ số").click()
    expect(page.locator("#to-da-ket-thuc")).to_contain_text("kế thừa: Tổ công tác Đề án 06 xã Thử Mới")
    heir.shot("23-trang-to-da-ket-thuc")
    page.goto(f"{heir.house.url}/t/{HEIR}/tuan-thu/")
    expect(page.get_by_role("heading", name="Nghĩa vụ kế thừa từ tổ đã kết thúc")).to_be_visible()
    heir.shot("24-nghia-vu-ke-thua")
    pleases(page, "inherited duties")
