"""Every page for eye, hand and ear: it fits at 1366 and 360 px, pleases axe, and works by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from harness.judging import sideways, violations
from journeys.house import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.long]

PAGES = {
    "viec": "",
    "nhiem-vu": "nhiem-vu/",
    "mot-nhiem-vu": "nhiem-vu/1/",
    "doi-soat": "doi-soat/",
    "nop": "doi-soat/nop/",
    "luot": "doi-soat/luot/1/?ket_qua=KHOP_SAI_LECH",
    "sai-lech": "sai-lech/",
    "don-sua": "sai-lech/?xem=don",
    "bang-diem": "bang-diem/",
    "cac-bao-cao": "bao-cao/",
    "bao-cao": "bao-cao/2022-10/",
    "bao-cao-cau-chu": "bao-cao/2022-10/?xem=cau-chu",
    "bao-cao-so-lieu": "bao-cao/2022-10/?xem=so-lieu",
    "van-ban": "van-ban/",
    "soan-van-ban": "van-ban/moi/plan/",
    "mau-van-ban": "van-ban/mau/plan/",
    "khoa-ky": "van-ban/khoa-ky/",
    "ho-so": "ho-so/",
    "nop-luu": "ho-so/nop-luu/",
    "quy-che": "quy-che/",
    "dieu-4": "quy-che/dieu/4/?khoan=4.4",
    "so-ghi": "so-ghi/?kiem=1",
    "cai-dat": "cai-dat/",
    "phan-mem": "ung-dung/",
    "tra-cuu": "openrefine/",
    "ngay": "ngay/",
    "tim": "tim/?q=bao+hiem",
    "tin-bao": "tin-bao/",
    "cach-nhan-tin": "tin-bao/cach-nhan/",
    "dieu-hanh": "dieu-hanh/",
    "lan-xem": "doi-soat/luot/1/lan-xem/",
    "tep-ket-qua": "doi-soat/luot/1/tep-ket-qua/",
    "khong-co": "nhiem-vu/99999/",
}


# On a phone the same parts stand in other places: these pages hold every part between them.
JUDGED_ON_A_PHONE = {"viec", "mot-nhiem-vu", "luot", "bang-diem", "bao-cao", "bao-cao-cau-chu", "dieu-4", "cai-dat"}


def settle(visitor) -> None:
    """A report to look at, and rows opened for a purpose."""
    page = visitor.go("bao-cao/2022-10/")
    if page.get_by_role("button", name="Lập báo cáo").count():
        page.get_by_role("button", name="Lập báo cáo").click()
        expect(page.locator("article.paper")).to_be_visible()
    page = visitor.go("doi-soat/luot/1/")
    page.get_by_role("button", name="Mở các dòng").click()
    expect(page.locator("tr[data-row]").first).to_be_visible()


@pytest.mark.parametrize("width", [pytest.param(1366, marks=pytest.mark.proof), 360])
def test_every_page_fits_and_pleases_axe(visit, width):
    settle(visit("giup-viec"))
    visitor = visit("to-truong", width=width)
    settle(visitor)
    faults = {}
    for name, path in PAGES.items():
        page = visitor.go(path)
        if name == "luot":
            page.locator("tr[data-row] a").first.click()
            expect(page.locator("tr.is-detail")).to_be_visible()
        visitor.shot(f"{width}-{name}")
        wide = sideways(page)
        judged = width > 500 or name in JUDGED_ON_A_PHONE
        told = violations(page) if judged else []
        if wide or told:
            faults[name] = (wide, told)
    assert not faults, "\n".join(f"{name}: {what}" for name, what in faults.items())


def test_the_keyboard_alone_is_enough(visit, browser_page):
    page = browser_page
    page.goto(visit("van-thu").house.url)
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
    page.keyboard.type("to-truong")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/t/**")
    expect(page.locator("html.js")).to_be_attached()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    expect(page.locator("[data-row]").first.locator("a").first).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("/")
    expect(page.locator("#tim")).to_be_focused()
    page.keyboard.type("bao hiem")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim/**")
    expect(page.get_by_role("heading", name="Nhiệm vụ")).to_be_visible()


def test_rows_of_a_run_by_keyboard(visit):
    page = visit("to-truong").go("doi-soat/luot/1/")
    page.locator("#muc-dich-chon").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-row]").first).to_be_visible()
    expect(page.locator("html.js")).to_be_attached()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("tr.is-detail")).to_be_visible()
    expect(page.locator("tr.is-open a")).to_be_focused()
    assert page.locator("tr[data-row]").nth(1).get_attribute("class") == "is-open"
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("tr.is-detail")).to_have_count(2)


def test_without_script_a_row_still_opens(browser, house):
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(house.url)
    page.get_by_label("Tên đăng nhập").fill("to-truong")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.goto(house.page("doi-soat/luot/1/"))
    page.get_by_role("button", name="Mở các dòng").click()
    page.locator("tr[data-row] a").first.click()
    expect(page.locator("tr.is-detail")).to_be_visible()
    page.get_by_label("Tìm trong tệp").fill("Nguyễn")
    page.get_by_role("button", name="Lọc").click()
    page.wait_for_url("**/luot/1/?tim=1")
    expect(page.get_by_label("Tìm trong tệp")).to_have_value("Nguyễn")
    context.close()


def test_english_reads_english(visit):
    leader = visit("to-truong")
    page = leader.page
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="My work")).to_be_visible()
    for path in ("nhiem-vu/", "sai-lech/", "bang-diem/", "cai-dat/"):
        shown = leader.go(path).locator("main").inner_text()
        assert not {"Tải .xlsx", "Hạn", "Căn cứ", "Mở"} & set(shown.split("\n")), path
    leader.shot("1366-english")
    page.get_by_role("button", name="Tiếng Việt").click()


def test_paper_has_no_buttons(visit):
    leader = visit("to-truong")
    page = leader.go("bang-diem/")
    page.emulate_media(media="print")
    expect(page.locator(".topbar")).to_be_hidden()
    expect(page.get_by_role("link", name="Tải .xlsx")).to_be_hidden()
    leader.shot("in-bang-diem")
    page.emulate_media(media="screen")
