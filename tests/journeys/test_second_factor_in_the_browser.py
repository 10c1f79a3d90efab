"""Somebody sets the second factor up in a browser, keeps the codes on paper, and signs with the phone in hand."""

from __future__ import annotations

import base64
import re
import time

import pytest
from playwright.sync_api import Page, expect

from dean06.identity import one_time_codes
from harness.judging import pleases
from journeys.house import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.proof]


def typed_in(page: Page) -> bytes:
    letters = page.locator(".factor-key").inner_text().replace(" ", "")
    return base64.b32decode(letters + "=" * (-len(letters) % 8))


def code_of(secret: bytes) -> str:
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

    return TOTP(secret, 6, SHA1(), 30).generate(int(time.time())).decode()  # noqa: S303  what a phone has


def give(page: Page, code: str) -> None:
    page.get_by_label("Mật khẩu của bạn").fill(PASSWORD)
    page.get_by_label("Mã trên điện thoại").fill(code)


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.proof), 360])
def test_the_owner_sets_it_up_and_takes_it_off_again(visit, width):
    officer = visit("to-pho-that", width=width)
    page = officer.page
    page.goto(f"{officer.house.url}/tai-khoan/hai-lop/")
    pleases(page)
    officer.shot(f"{width}-hai-lop-chua-co")
    page.get_by_role("button", name="Bắt đầu cài").click()
    secret = typed_in(page)
    pleases(page)
    officer.shot(f"{width}-hai-lop-quet")
    give(page, "000000")
    page.get_by_role("button", name="Bật xác thực hai lớp").click()
    expect(page.locator(".error-summary")).to_be_focused()
    officer.shot(f"{width}-hai-lop-sai")
    give(page, code_of(secret))
    page.get_by_role("button", name="Bật xác thực hai lớp").click()
    codes = page.locator(".paper-codes code")
    expect(codes).to_have_count(one_time_codes.PAPER_CODES)
    first, second = codes.nth(0).inner_text(), codes.nth(1).inner_text()
    pleases(page)
    officer.shot(f"{width}-hai-lop-ma-du-phong")
    page.emulate_media(media="print")
    expect(codes.first).to_be_visible()
    officer.shot(f"{width}-hai-lop-in")
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Đã cất").click()
    pleases(page)
    officer.shot(f"{width}-hai-lop-dang-bat")
    assert first not in page.content()
    block = page.locator("section", has=page.get_by_role("heading", name="Bỏ, để cài trên điện thoại khác"))
    block.get_by_label("Mật khẩu của bạn").fill(PASSWORD)
    block.get_by_label("Mã trên điện thoại").fill(second)
    block.get_by_role("button", name="Bỏ xác thực hai lớp").click()
    expect(page.get_by_role("status")).to_contain_text("Đã bỏ xác thực hai lớp")


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.proof), 360])
def test_the_form_of_signing_asks_and_says_what_was_wrong(visit, width):
    clerk = visit("giup-viec")
    page = clerk.go("bao-cao/2022-08/")
    if page.get_by_role("button", name="Lập báo cáo").count():
        page.get_by_role("button", name="Lập báo cáo").click()
    leader = visit("to-truong", width=width)
    page = leader.go("bao-cao/2022-08/")
    pleases(page)
    leader.shot(f"{width}-ky-hoi-lai")
    page.get_by_label("Tôi đã đọc toàn văn").check()
    give(page, "000000")
    page.get_by_role("button", name="Ký và cấp số").click()
    expect(page.locator(".error-summary")).to_contain_text("Mật khẩu hoặc mã xác thực không đúng")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Tôi đã đọc toàn văn")).to_be_checked()
    pleases(page)
    leader.shot(f"{width}-ky-sai-ma")
    assert re.fullmatch(r"\d{6}", page.locator("#ma-trinh-dien").inner_text())
