"""An amendment goes to the authority above in a browser: made, edited, signed with the clause in sight, sent."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from dean06.papers.checks.checklist import check_docx
from harness.judging import pleases
from harness.signing import sign_in_browser
from journeys.house import BELOW, PASSWORD
from journeys.own_house import own_house  # noqa: F401  the fixture `house`

# A minute each: with `make proof`. Their acts and pages are tested without a browser in tests/flows and tests/web.
pytestmark = [pytest.mark.journey, pytest.mark.proof]

DRAFT = "quy-che/soan/1/"
PAPER = f"{DRAFT}to-trinh/"


def test_an_amendment_becomes_a_signed_paper(visit, tmp_path):
    write_the_paper(visit("giup-viec-duoi"))
    leader = visit("to-truong-duoi")
    page = leader.go(PAPER, BELOW)
    panel = page.locator(".sign-panel--yes")
    expect(panel).to_contain_text("Bạn được ký tờ trình này")
    expect(panel).to_contain_text("Điều 11 khoản 3")
    pleases(page)
    leader.shot("20-to-trinh-cho-ky")
    sign_in_browser(page, PASSWORD)
    expect(page.get_by_role("status")).to_contain_text("Đã ký, cấp số 01/TTr-TCTĐA")
    page.get_by_role("button", name="Ghi đã gửi").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi gửi 2 nơi nhận")
    leader.shot("21-to-trinh-da-ky")
    take_the_files(page, tmp_path)
    page = leader.go(DRAFT, BELOW)
    expect(page.locator("section", has=page.get_by_role("heading", name="Thông qua"))).to_contain_text(
        "Tờ trình số 01/TTr-TCTĐA"
    )
    leader.shot("22-ban-thao-da-trinh")
    page.get_by_role("link", name="Sổ ghi").first.click()
    expect(page.get_by_role("table")).to_contain_text("Quyết định sửa đổi quy chế")
    expect(leader.go("van-ban/", BELOW).get_by_role("table")).to_contain_text("01/TTr-TCTĐA")
    phone = visit("to-truong-duoi", width=360)
    for name, path in (("ban-thao", DRAFT), ("to-trinh", PAPER)):
        pleases(phone.go(path, BELOW))
        phone.shot(f"360-{name}")


def write_the_paper(clerk) -> None:
    page = clerk.go(DRAFT, BELOW)
    pleases(page)
    clerk.shot("18-ban-thao-chua-trinh")
    page.get_by_label("Đề nghị có hiệu lực từ ngày").fill("01/11/2022")
    page.get_by_role("button", name="Lập tờ trình").click()
    paper = page.locator("article.paper")
    for words in ("TỜ TRÌNH", "Kính gửi:", "Bổ sung", "Báo kết quả họp trong ngày.", "thêm quyền triệu tập"):
        expect(paper).to_contain_text(words)
    page.get_by_role("link", name="Câu chữ").click()
    page.get_by_label("Sự cần thiết, đoạn 2").fill("Lý do: việc gấp không chờ được phiên họp tháng.")
    pleases(page)
    clerk.shot("19-to-trinh-cau-chu")
    page.get_by_role("button", name="Lưu câu chữ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu câu chữ")
    page.get_by_role("link", name="Bản xem trước").click()
    expect(page.locator("article.paper")).to_contain_text("việc gấp không chờ được phiên họp tháng")


def take_the_files(page: Page, folder: Path) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=".docx").first.click()
    waiting.value.save_as(folder / "to-trinh.docx")
    assert [one.sentence() for one in check_docx((folder / "to-trinh.docx").read_bytes())] == []
    digest = hashlib.sha256(behind(page, "Dự thảo kèm theo")).hexdigest()
    expect(page.locator("article.paper")).to_contain_text(f"{digest[:8]} {digest[8:16]}")
    pdf = behind(page, "Mở bản PDF")
    assert pdf.startswith(b"%PDF")


def behind(page: Page, name: str) -> bytes:
    """What a link leads to."""
    href = page.get_by_role("link", name=name).first.get_attribute("href") or ""
    return page.request.get(urljoin(page.url, href)).body()
