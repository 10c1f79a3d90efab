"""Ten doubtful rows by the keyboard alone, a step back, a second reader, and the run examined."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from harness.judging import sideways, violations
from journeys.doubtful_house import RUN, doubtful_house  # noqa: F401  the fixture `house`

pytestmark = [pytest.mark.journey, pytest.mark.proof]

FORM = "#ban-duyet form"


def opened(visitor) -> Page:
    """Lead from the run that has doubts to its desk, and open it for a purpose."""
    page = visitor.go(f"doi-soat/luot/{(visitor.house.files / RUN).read_text()}/")
    page.get_by_role("link", name=re.compile("Duyệt .* dòng nghi vấn")).click()
    page.get_by_role("button", name="Mở bàn duyệt").click()
    return page


def pressed(page: Page, key: str) -> None:
    """Press a key and wait for the next row."""
    before = page.locator(FORM).get_attribute("action") or ""
    page.keyboard.press(key)
    expect(page.locator(FORM)).not_to_have_attribute("action", before)


def test_ten_rows_are_decided_by_the_keyboard_with_a_step_back(visit):
    staff = visit("giup-viec")
    page = opened(staff)
    staff.shot("ban-duyet")
    assert not violations(page)
    page.get_by_role("link", name=re.compile("Duyệt tiếp")).click()
    staff.shot("ban-duyet-dong")
    assert not violations(page)
    seen = []
    for key in ("1", "2", "0", "1", "?", "1", "1", "2", "1", "1"):
        seen.append(page.locator(FORM).get_attribute("action"))
        pressed(page, key)
    assert len(set(seen)) == 10
    pressed(page, "Backspace")
    assert page.locator(FORM).get_attribute("action") == seen[-1]
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name=re.compile("^Ứng viên 1"))).to_be_focused()
    pressed(page, "Enter")
    assert page.get_by_text("hôm nay bạn duyệt 9 dòng").is_visible()
    staff.shot("ban-duyet-dong-sau")
    second = visit("bhxh")
    other = opened(second)
    other.get_by_role("link", name=re.compile("Duyệt tiếp")).click()
    assert other.locator(FORM).get_attribute("action") != page.locator(FORM).get_attribute("action")
    other.keyboard.press("1")
    expect(other.get_by_text("hôm nay bạn duyệt 1 dòng")).to_be_visible()
    page.get_by_role("link", name="Bàn duyệt", exact=True).click()
    staff.shot("ban-duyet-tien-do")
    page.get_by_role("link", name="Chẩn đoán").click()
    staff.shot("chan-doan")
    assert not violations(page)


def test_the_desk_and_the_diagnosis_on_a_phone(visit):
    staff = visit("giu-so", width=390)
    page = opened(staff)
    page.get_by_role("link", name=re.compile("Duyệt tiếp")).click()
    staff.shot("ban-duyet-dien-thoai")
    assert not sideways(page)
    page.get_by_role("button", name=re.compile("Không ai")).tap()
    expect(page.get_by_text("hôm nay bạn duyệt 1 dòng")).to_be_visible()
    page.get_by_role("link", name="Bàn duyệt", exact=True).click()
    page.get_by_role("link", name="Chẩn đoán").click()
    staff.shot("chan-doan-dien-thoai")
    assert not sideways(page)
