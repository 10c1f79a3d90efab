"""What goes wrong on an ordinary day: a damaged file, a file of no source, two uploads at once, a page left open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from harness.signing import sign_in_browser
from journeys.house import PASSWORD
from journeys.own_house import own_house  # noqa: F401  the fixture `house`

pytestmark = [pytest.mark.journey, pytest.mark.proof]


def hand_in(page: Page, path, month: str) -> None:
    page.get_by_label("Kỳ", exact=True).select_option(month)
    page.get_by_label("Tệp", exact=True).set_input_files(path)
    page.get_by_role("button", name="Nộp và đối soát").click()
    page.wait_for_url("**/lan-nop/*/")


@pytest.mark.parametrize(("name", "says"), [("hong.xlsx", "hong.xlsx"), ("la.xlsx", "la.xlsx")])
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(visit, name, says):
    officer = visit("bhxh")
    page = officer.go("doi-soat/nop/")
    hand_in(page, officer.house.files / name, "2022-10")
    panel = page.locator(".sign-panel--no")
    expect(panel).to_contain_text("Chưa đối soát được tệp này", timeout=60_000)
    expect(panel).to_contain_text(says)
    assert len(panel.locator("p").inner_text()) > 30
    officer.shot(f"20-{name.removesuffix('.xlsx')}")
    page.get_by_role("link", name="Nộp tệp khác").click()
    expect(page.get_by_label("Kỳ", exact=True)).to_have_value("2022-10")


def test_two_uploads_at_once_both_come_through(visit):
    one, other = visit("bhxh"), visit("giao-duc")
    one.go("doi-soat/nop/")
    other.go("doi-soat/nop/?nguon=hoc-sinh")
    for visitor, file, month in (
        (one, "bhyt-thang-9.xlsx", "2022-09"),
        (other, "hoc-sinh-thang-7.xlsx", "2022-07"),
    ):
        visitor.page.get_by_label("Kỳ", exact=True).select_option(month)
        visitor.page.get_by_label("Tệp", exact=True).set_input_files(visitor.house.files / file)
    for visitor in (one, other):
        visitor.page.get_by_role("button", name="Nộp và đối soát").click()
    for visitor in (one, other):
        visitor.page.wait_for_url("**/luot/*/", timeout=90_000)
        expect(visitor.page.locator("#tom-tat")).to_contain_text("dòng tìm được một người")
    assert one.page.url != other.page.url


def test_the_same_file_again_is_told_at_its_field_without_losing_what_was_typed(visit):
    officer = visit("bhxh")
    page = officer.go("doi-soat/nop/")
    hand_in(page, officer.house.files / "bhyt-thang-9.xlsx", "2022-08")
    page.wait_for_url("**/luot/*/", timeout=90_000)
    page = officer.go("doi-soat/nop/")
    page.get_by_label("Kỳ", exact=True).select_option("2022-08")
    page.get_by_label("Tệp", exact=True).set_input_files(officer.house.files / "bhyt-thang-9.xlsx")
    page.get_by_role("button", name="Nộp và đối soát").click()
    expect(page.locator(".error-summary")).to_contain_text("đã nộp cho kỳ 08/2022")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Kỳ", exact=True)).to_have_value("2022-08")
    officer.shot("21-nop-lai-tep-cu")


def test_a_second_tab_signs_out_and_the_first_is_led_to_sign_in(visit):
    leader = visit("to-truong")
    page = leader.go("doi-soat/")
    page.locator("tbody tr a").first.click()
    page.get_by_role("button", name="Mở các dòng").click()
    second = leader.context.new_page()
    second.goto(leader.house.page("nhiem-vu/"))
    leader.context.clear_cookies()
    page.locator("tr[data-row] a").first.click()
    page.wait_for_url("**/dang-nhap/?next=**")
    expect(page.get_by_label("Mật khẩu")).to_be_visible()
    second.reload()
    expect(second.get_by_label("Mật khẩu")).to_be_visible()


def test_a_draft_changed_in_another_tab_is_not_signed_unread(visit):
    leader, clerk = visit("to-truong"), visit("giup-viec")
    clerk.go("bao-cao/2022-09/")
    clerk.page.get_by_role("button", name="Lập báo cáo").click()
    read = leader.go("bao-cao/2022-09/")
    page = clerk.go("bao-cao/2022-09/?xem=cau-chu")
    page.locator("#doan-v\\.1").fill("Không có kiến nghị nào khác.")
    page.get_by_role("button", name="Lưu câu chữ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu")
    sign_in_browser(read, PASSWORD)
    expect(read.locator("main")).to_contain_text("Báo cáo vừa đổi sau khi bạn mở trang")
    read.get_by_role("link", name="Quay lại").click()
    expect(read.locator(".sign-panel--yes")).to_contain_text("Bạn được ký")
