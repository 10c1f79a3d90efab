"""A charter amended twice in a browser: the second draft was overtaken, is moved, and every version stays readable."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from harness.judging import pleases
from harness.signing import confirm_in_browser, sign_in_browser
from journeys.house import BELOW, PASSWORD
from journeys.own_house import own_house  # noqa: F401  the fixture `house`
from journeys.test_submission_in_the_browser import DRAFT

# A minute each: with `make proof`. Their acts and pages are tested without a browser in tests/flows and tests/web.
pytestmark = [pytest.mark.journey, pytest.mark.proof]

DAY = "05/10/2022"
PAGES = {
    "quy-che/": "quy-che-phien-ban",
    "quy-che/?ban=1": "quy-che-ban-1",
    "quy-che/dieu/8/?ban=1": "dieu-8-ban-1",
    "quy-che/so-sanh/?ban=2&voi=v1": "so-sanh-ban",
    "tuan-thu/?o=group.meet_monthly&thang=2022-08": "tuan-thu-ban-1",
}


def begin(page: Page, why: str) -> str:
    page.get_by_label("Điều khoản đề nghị sửa").fill("8.1")
    page.get_by_label("Vì sao", exact=True).fill(why)
    page.get_by_role("button", name="Lập bản thảo").click()
    page.wait_for_url("**/soan/*/")
    return page.url.partition("/quy-che/")[2]


def adopt(page: Page) -> None:
    page.get_by_label("Số văn bản ban hành").fill("12/QĐ-THU")
    page.get_by_label("Ngày ký").fill(DAY)
    page.get_by_label("Có hiệu lực từ ngày").fill(DAY)
    confirm_in_browser(page, PASSWORD)
    page.get_by_role("button", name="Xác nhận thông qua").click()
    expect(page.get_by_role("status")).to_be_visible()


def submit(writer, leader) -> None:
    page = writer.go(DRAFT, BELOW)
    page.get_by_label("Đề nghị có hiệu lực từ ngày").fill(DAY)
    page.get_by_role("button", name="Lập tờ trình").click()
    page = leader.go(f"{DRAFT}to-trinh/", BELOW)
    sign_in_browser(page, PASSWORD)
    expect(page.get_by_role("status")).to_contain_text("Đã ký")


def test_a_draft_that_was_overtaken_is_moved_and_versions_are_read(visit):
    writer, leader, deputy = visit("giup-viec-duoi"), visit("to-truong-duoi"), visit("to-pho-duoi")
    second = begin(writer.go("quy-che/soan/", BELOW), "Sửa sau")
    submit(writer, leader)
    adopt(leader.go(DRAFT, BELOW))
    adopt(deputy.go(DRAFT, BELOW))
    page = writer.go(f"quy-che/{second}", BELOW)
    expect(page.get_by_role("heading", name="Đã có bản mới hơn")).to_be_visible()
    pleases(page)
    writer.shot("40-ban-thao-cu")
    page.get_by_role("button", name="Chuyển sang bản mới nhất").click()
    expect(page.get_by_role("status")).to_contain_text("Đã chuyển sang bản mới nhất")
    expect(page.get_by_role("heading", name="Đã có bản mới hơn")).to_have_count(0)
    for width, name in ((1366, "41"), (360, "360")):
        reader = visit("to-truong-duoi", width=width)
        for path, what in PAGES.items():
            pleases(reader.go(path, BELOW))
            reader.shot(f"{name}-{what}")
    listed = leader.go("quy-che/", BELOW).locator("#phien-ban")
    expect(listed).to_contain_text("Quyết định số 12/QĐ-THU ngày 05/10/2022")
    pleases(deputy.go("tuan-thu/", BELOW))
    deputy.shot("42-thang-chua-chot")
