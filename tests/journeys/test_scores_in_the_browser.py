"""The map of scores leads to rows; a sample is drawn, read with two keys, and a commune's sheet is entered."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from harness.judging import sideways, violations

pytestmark = [pytest.mark.journey, pytest.mark.proof]


def test_from_the_map_to_the_rows_behind_a_cell(visit):
    leader = visit("to-truong")
    page = leader.go("bang-diem/")
    leader.shot("bang-diem")
    page.get_by_role("link", name="Bản đồ điểm").click()
    page.get_by_role("link", name=re.compile("^08.2022")).click()
    leader.shot("ban-do-diem")
    assert not violations(page)
    page.get_by_role("link", name="Sạch", exact=True).click()
    page.locator(".scoremap tbody tr.scoremap-whole td a").first.click()
    page.get_by_role("button", name="Mở các dòng").click()
    assert page.get_by_text("Chỉ các dòng chưa đạt").is_visible()
    leader.shot("dong-cua-o")


def test_the_map_on_a_phone_scrolls_by_itself(visit):
    leader = visit("to-truong", width=390)
    page = leader.go("bang-diem/ban-do/?ky=2022-08")
    leader.shot("ban-do-diem-dien-thoai")
    assert not sideways(page)


def test_a_sample_is_drawn_and_read_with_the_keyboard(visit):
    staff = visit("giup-viec")
    page = staff.go("mau/")
    staff.shot("mau")
    page.get_by_label("Loại mẫu").select_option("links")
    page.get_by_role("button", name="Bốc thăm").click()
    page.get_by_role("button", name="Mở mẫu").click()
    staff.shot("mau-mot")
    page.get_by_role("link", name=re.compile("Đọc tiếp")).click()
    staff.shot("mau-doc")
    assert not violations(page)
    form = page.locator("form[action*='/doc/']").first
    before = form.get_attribute("action") or ""
    page.keyboard.press("1")
    expect(form).not_to_have_attribute("action", before)
    assert page.get_by_text("Danh sách ghi").is_visible()


def test_a_communes_sheet_is_printed_and_entered(visit):
    staff = visit("giup-viec")
    page = staff.go("mau/")
    page.get_by_label("Loại mẫu").select_option("field")
    page.get_by_role("button", name="Bốc thăm").click()
    page.get_by_role("button", name="Mở mẫu").click()
    staff.shot("mau-xa")
    page.locator(".tbl tbody a").first.click()
    staff.shot("phieu-xa")
    assert not violations(page)
    page.emulate_media(media="print")
    assert page.locator(".print-only").first.is_visible()
    assert not page.locator("select").first.is_visible()
    staff.shot("phieu-xa-in")
    page.emulate_media(media="screen")
    row = page.locator("select").first.get_attribute("name").partition("_")[0]
    for each in page.locator(f"select[name^={row}_]").all():
        each.select_option("dung")
    page.get_by_role("button", name="Ghi kết quả").click()
    assert page.get_by_text("Đã ghi 1 dòng.").is_visible()
