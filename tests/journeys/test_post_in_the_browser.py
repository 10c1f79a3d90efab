"""A paper goes from one group's clerk to another's in a browser, over a local axis, by the worker of a real house."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from dean06.demo.service import DocumentExchange, System
from harness.judging import pleases
from harness.signing import sign_in_browser
from journeys.house import BELOW, PASSWORD
from journeys.own_house import own_house  # noqa: F401  the fixture `house`

pytestmark = [pytest.mark.journey, pytest.mark.proof]

NEAR, FAR = "Tổ công tác huyện Thử", "Tổ công tác huyện Xuân Trường"
BOOK, CAME = "van-ban/dia-chi/", "van-ban/den/"


@pytest.fixture(scope="module", autouse=True)
def axis() -> Iterator[str]:
    """Serve an axis that the house may connect to; it stands before the house does."""
    exchange = DocumentExchange(
        System(system_id="may-gan", secret="khoa-cua-gan", organs={"H99.1": NEAR}),  # noqa: S106  of a made-up office
        System(system_id="may-xa", secret="khoa-cua-xa", organs={"H99.2": FAR}),  # noqa: S106  of a made-up office
    )
    with exchange.serving() as url:
        os.environ["DEAN06_AXIS"] = url
        yield url
        del os.environ["DEAN06_AXIS"]


def connect(page: Page, code: str, name: str, system: str) -> None:
    page.get_by_label("Mã định danh của cơ quan mình").fill(code)
    page.get_by_label("Tên cơ quan trên trục").fill(name)
    page.get_by_label("Mã hệ thống kết nối").fill(f"may-{system}")
    page.get_by_label("Khóa kết nối").fill(f"khoa-cua-{system}")
    page.get_by_role("button", name="Kết nối", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Đã kết nối trục")


def issue_the_report(visit) -> None:
    page = visit("giup-viec").go("bao-cao/2022-10/")
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.locator("article.paper")).to_be_visible()
    page = visit("to-truong").go("bao-cao/2022-10/")
    sign_in_browser(page, PASSWORD)
    expect(page.locator(".sign-panel--yes")).to_contain_text("Đã phát hành số 01/BC-TCTĐA")


def until(page: Page, words: str, *, gone: bool = False) -> None:
    """Open the page again until the worker has done its part: the words are there, or gone."""
    for _ in range(40):
        if bool(page.get_by_text(words).count()) != gone:
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{words} after 20 s: {page.locator('main').inner_text()}")


def keep_the_address(page: Page) -> None:
    page.get_by_label("Tên, như ở phần Nơi nhận").fill(FAR)
    page.get_by_label("Mã định danh cơ quan", exact=False).first.fill("H99.2")
    page.get_by_role("button", name="Ghi địa chỉ").click()
    page.get_by_role("link", name="Kiểm tra kết nối").click()
    expect(page.get_by_text("Trục trả lời tốt")).to_be_visible()
    pleases(page)


def send(page: Page) -> None:
    page.get_by_role("link", name="01/BC-TCTĐA").click()
    expect(page.get_by_role("heading", name="Gửi văn bản")).to_be_visible()
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_text("Thêm nơi nhận khác").click()
    page.get_by_label("Mỗi dòng một nơi").fill(FAR)
    page.get_by_role("button", name="Gửi văn bản").click()
    expect(page.get_by_role("status")).to_contain_text("Đã xếp hàng gửi 1 nơi nhận")
    until(page, "Đã gửi")
    pleases(page)


def receive(page: Page) -> None:
    page.get_by_role("button", name="Lấy văn bản trên trục").click()
    until(page, NEAR)
    pleases(page)
    page.locator("[data-row] a").first.click()
    page.get_by_role("button", name="Vào sổ, cấp số đến").click()
    expect(page.get_by_role("status")).to_contain_text("số đến 1")
    page.get_by_label("Cơ quan hoặc người xử lý").fill("Công an huyện")
    page.get_by_role("button", name="Chuyển", exact=True).click()
    expect(page.get_by_text("Đã chuyển xử lý").first).to_be_visible()
    until(page, "chờ gửi", gone=True)
    pleases(page)


def test_a_paper_is_sent_received_and_confirmed_from_clerk_to_clerk(visit):
    issue_the_report(visit)
    clerk, other = visit("van-thu"), visit("van-thu-duoi")
    connect(clerk.go(BOOK), "H99.1", NEAR, "gan")
    connect(other.go(BOOK, BELOW), "H99.2", FAR, "xa")
    keep_the_address(clerk.page)
    clerk.shot("50-so-dia-chi")
    send(clerk.go("van-ban/"))
    clerk.shot("51-gui-van-ban")
    receive(other.go(CAME, BELOW))
    other.shot("52-mot-van-ban-den")
    clerk.go(CAME).get_by_role("button", name="Lấy văn bản trên trục").click()
    clerk.go("van-ban/").get_by_role("link", name="01/BC-TCTĐA").click()
    until(clerk.page, "Đã tiếp nhận")
    phone = visit("van-thu-duoi", width=360)
    for name, path in (("van-ban-den", f"{CAME}?xem=tat-ca"), ("so-den", "van-ban/so/den/"), ("so-dia-chi", BOOK)):
        pleases(phone.go(path, BELOW))
        phone.shot(f"360-{name}")
