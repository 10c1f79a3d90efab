"""What is typed is offered and walked through by arrows; the board fits a sheet; how one is told is chosen."""

from __future__ import annotations

import io

import pypdf
import pytest
from playwright.sync_api import expect

from harness.judging import pleases

pytestmark = pytest.mark.journey


def test_what_is_typed_is_offered_and_walked_through_by_arrows(visit):
    page = visit("to-truong").go("")
    page.keyboard.press("Control+k")
    expect(page.locator("#tim")).to_be_focused()
    page.keyboard.type("7.2.k")
    offered = page.locator(".find-menu a").first
    expect(offered).to_contain_text("Điều 7 khoản 2 điểm k")
    page.keyboard.press("ArrowDown")
    expect(offered).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#tim")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/quy-che/dieu/7/**")


def test_the_board_fits_one_sheet_and_a_phone(visit):
    for width in (1280, 360):
        page = visit("to-truong", width=width).go("dieu-hanh/")
        expect(page.get_by_role("heading", name="Bảng điều hành")).to_be_visible()
        pleases(page)
    page = visit("to-truong").go("dieu-hanh/")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert len(printed.pages) == 1
    page.locator("a[href*='xem=qua-han']").first.click()
    page.wait_for_url("**/nhiem-vu/**")


def test_how_one_is_told_is_chosen_by_hand(visit):
    page = visit("bhxh").go("tin-bao/cach-nhan/")
    expect(page.get_by_text("Luôn hiện, theo").first).to_be_visible()
    page.get_by_label("Gửi thư: Việc khác").select_option("never")
    page.get_by_role("button", name="Ghi cách nhận tin").click()
    expect(page.get_by_text("Đã ghi cách nhận tin")).to_be_visible()
    expect(page.get_by_label("Gửi thư: Việc khác")).to_have_value("never")
