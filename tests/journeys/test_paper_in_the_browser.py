"""A paper in a browser: from its form to its archive, signed with a key, sealed, verified and proved by a stranger."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from harness.judging import pleases
from harness.signing import sign_in_browser
from journeys.conftest import shot
from journeys.house import PASSWORD

pytestmark = pytest.mark.journey

FACTS = {
    "Kính gửi": "Bảo hiểm xã hội huyện\nPhòng Giáo dục và Đào tạo",
    "Đôn đốc việc gì": "chỉnh sửa sai lệch dữ liệu bảo hiểm y tế",
    "Căn cứ giao việc": "Kế hoạch triển khai Đề án 06 năm 2022",
    "Tình hình": "Đến nay còn hai cơ quan chưa hoàn thành.",
    "Việc chậm": "Bảo hiểm xã hội | Sửa ngày sinh | 15/9/2022 | 312",
    "Yêu cầu": "Hoàn thành trước ngày 20 tháng 10 năm 2022.\nBáo cáo nguyên nhân chậm.",
}


def told(page: Page, sentence: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(sentence)


def test_a_letter_from_its_form_to_its_proof(visit, browser, tmp_path):
    drafter = visit("giup-viec")
    address = drafted(drafter)
    restricted(drafter, visit("giao-duc", width=390), address)
    appraised(visit("to-pho-that"), address)
    clerk = visit("giup-viec").page
    clerk.goto(address)
    clerk.get_by_label("Nguyễn Minh Tâm, Tổ trưởng").check()
    clerk.get_by_role("button", name="Trình ký").click()
    told(clerk, "Đã trình Tổ trưởng")
    pdf = signed_and_sealed(visit("to-truong"), visit("van-thu"), address)
    (tmp_path / "cong-van.pdf").write_bytes(pdf)
    verified(browser, address, tmp_path / "cong-van.pdf")


def drafted(clerk) -> str:
    page = clerk.go("van-ban/")
    page.get_by_role("link", name="Soạn văn bản").click()
    page.get_by_role("link", name="Công văn đôn đốc").click()
    for label, text in FACTS.items():
        page.get_by_label(label).first.fill(text)
    page.get_by_label("Hạn thực hiện").fill("32/10/2022")
    page.get_by_role("button", name="Lập dự thảo").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_label("Hạn thực hiện").fill("20/10/2022")
    page.get_by_role("button", name="Lập dự thảo").click()
    told(page, "Đã lập dự thảo")
    expect(page.locator("article.paper")).to_contain_text("312")
    page.get_by_role("link", name="Câu chữ").click()
    page.get_by_label("Lời kết").fill("Đề nghị các cơ quan khẩn trương thực hiện")
    pleases(page)
    clerk.shot("30-van-ban-cau-chu")
    page.get_by_role("button", name="Lưu câu chữ").click()
    told(page, "Đã lưu câu chữ")
    page.get_by_role("link", name="Thông tin").click()
    page.get_by_role("checkbox", name="Văn bản nhằm đôn đốc công việc").check()
    page.get_by_role("button", name="Lưu thông tin").click()
    page.get_by_role("link", name="Bản xem trước").click()
    expect(page.locator("article.paper")).to_contain_text("khẩn trương thực hiện./.")
    clerk.shot("31-van-ban-du-thao")
    return page.url.partition("?")[0]


def restricted(drafter, outsider, address: str) -> None:
    """Keep the paper to its drafter, its signers and the house of papers: a member beside it finds nothing."""
    outsider.page.goto(address)
    expect(outsider.page.get_by_role("heading", level=1)).to_contain_text("Công văn đôn đốc")
    page = drafter.page
    page.get_by_text("Đổi người đọc").click()
    page.get_by_label("Hạn chế người đọc").check()
    page.get_by_label("Bảo hiểm xã hội", exact=False).first.check()
    pleases(page)
    drafter.shot("31b-van-ban-nguoi-doc")
    page.get_by_role("button", name="Lưu người đọc").click()
    told(page, "Đã hạn chế người đọc")
    drafter.shot("31c-van-ban-han-che")
    beside = outsider.page.request.get(address)
    assert beside.status == 404
    looked = outsider.go("tim/?q=chỉnh+sửa+sai+lệch+dữ+liệu+bảo+hiểm")
    expect(looked.locator("main")).not_to_contain_text("đôn đốc chỉnh sửa sai lệch")


def appraised(deputy, address: str) -> None:
    page = deputy.page
    page.goto(f"{address}?xem=gop-y")
    page.get_by_label("Lời góp ý").fill("Nêu rõ cơ quan nhận báo cáo.")
    page.get_by_role("button", name="Gửi góp ý").click()
    told(page, "Đã ghi góp ý")
    page.get_by_text("Ghi ý kiến thẩm định").click()
    page.get_by_label("Đồng ý trình").check()
    page.get_by_label("Ý kiến").fill("Đúng thẩm quyền, thể thức.")
    page.get_by_role("button", name="Ghi ý kiến").click()
    told(page, "Đã ghi ý kiến thẩm định")


def signed_and_sealed(leader, clerk, address: str) -> bytes:
    page = leader.go("van-ban/cho-ky/")
    expect(page.get_by_role("table")).to_contain_text("đôn đốc chỉnh sửa sai lệch")
    page.get_by_role("link", name="đôn đốc chỉnh sửa").click()
    expect(page.locator(".sign-panel--yes")).to_contain_text("Bạn được ký văn bản này")
    pleases(page)
    leader.shot("32-van-ban-ky")
    page.get_by_label("Mật khẩu của tệp khóa").fill(PASSWORD)
    sign_in_browser(page, PASSWORD)
    told(page, "Đã ký, cấp số 01/TCTĐA-CA")
    page = clerk.page
    page.goto(address)
    again = page.get_by_label("Mật khẩu của bạn")
    again.fill(PASSWORD)
    page.get_by_label("Mã trên điện thoại").fill(re.sub(r"\D", "", page.locator("#ma-trinh-dien").inner_text()))
    page.get_by_label("Mật khẩu của tệp khóa").fill(PASSWORD)
    page.get_by_role("button", name="Đóng dấu").click()
    told(page, "Đã đóng dấu")
    pleases(page)
    clerk.shot("33-van-ban-da-dong-dau")
    href = page.get_by_role("link", name="Mở bản PDF").get_attribute("href") or ""
    return page.request.get(urljoin(page.url, href)).body()


def verified(browser: Browser, address: str, pdf: Path) -> None:
    """Let a stranger look at the file, and at its proof."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(urljoin(address, "/dang-nhap/"))
    page.get_by_role("link", name="Kiểm tra chữ ký số").click()
    page.get_by_label("Tệp PDF đã ký số").set_input_files(pdf)
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_role("heading", name="Chữ ký số hợp lệ")).to_be_visible()
    for signer in ("Nguyễn Minh Tâm", "Ủy ban nhân dân huyện Quảng Ninh"):
        expect(page.get_by_role("heading", name=signer)).to_be_visible()
    pleases(page)
    shot(page, "34-kiem-tra-chu-ky")
    page.get_by_role("link", name="Mở trang xác thực").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xác thực văn bản số 01/TCTĐA-CA")
    expect(page.locator("main")).not_to_contain_text("chỉnh sửa sai lệch")
    context.close()
