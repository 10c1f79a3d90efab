"""The look in a real browser: nothing scrolls sideways, nothing leaves the machine, nothing offends axe or the CSP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from harness.judging import sideways, violations

pytestmark = pytest.mark.journey

PAGES = ["", "viec/", "doi-soat/", "dang-nhap/", "403/"]
JUDGED = {1366: {"", "403/"}, 360: {"", "doi-soat/", "dang-nhap/"}}  # every part at both widths, once


def focused(page: Page, script: str = "e => e.textContent") -> str:
    return page.evaluate(f"({script})(document.activeElement)")


@pytest.fixture
def errors(browser_page: Page) -> list[str]:
    """Whatever the console calls an error, but for the status of a page that says no."""
    heard: list[str] = []
    browser_page.on(
        "console",
        lambda message: (
            heard.append(message.text) if message.type == "error" and "status of 403" not in message.text else None
        ),
    )
    return heard


@pytest.mark.parametrize("width", [1366, 360])
def test_pages_fit_and_please_axe(style_url: str, browser_page: Page, errors: list[str], width: int):
    browser_page.set_viewport_size({"width": width, "height": 800})
    for name in PAGES:
        browser_page.goto(style_url + name)
        assert sideways(browser_page) == 0, (name, width)
        loaded = "document.fonts.ready.then(() => document.fonts.check('1rem \"Be Vietnam Pro\"', 'Ếộẫ'))"
        assert browser_page.evaluate(loaded)
        if name not in JUDGED[width]:
            continue
        assert violations(browser_page) == [], (name, width)
    assert errors == []


def test_the_policy_has_no_gap(style_url: str, browser_page: Page):
    policy = browser_page.goto(style_url).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_rows_are_walked_and_answered_by_keyboard(style_url: str, browser_page: Page):
    browser_page.goto(style_url + "doi-soat/")
    browser_page.keyboard.press("j")
    assert focused(browser_page) == "412"
    browser_page.keyboard.press("k")
    browser_page.keyboard.press("k")
    assert focused(browser_page) == "218"
    browser_page.keyboard.press("2")
    assert browser_page.locator("input[name=xl]:checked").get_attribute("value") == "2"
    browser_page.keyboard.press("/")
    assert focused(browser_page, "e => e.id") == "tim"
    browser_page.keyboard.type("j2")
    assert browser_page.locator("#tim").input_value() == "j2"


def test_single_letters_can_be_switched_off_and_stay_off(style_url: str, browser_page: Page):
    browser_page.goto(style_url + "doi-soat/")
    browser_page.locator(".keys [data-keys-toggle]").click()
    assert browser_page.locator(".keys [data-keys-toggle]").text_content() == "Bật phím tắt"
    browser_page.reload()
    browser_page.keyboard.press("2")
    assert browser_page.locator("input[name=xl]:checked").get_attribute("value") == "1"


def test_ctrl_enter_sends_the_open_row(style_url: str, browser_page: Page):
    browser_page.goto(style_url + "doi-soat/")
    browser_page.locator("input[name=xl]").first.focus()
    with browser_page.expect_request(lambda request: request.method == "POST") as sent:
        browser_page.keyboard.press("Control+Enter")
    assert "xl=1" in (sent.value.post_data or "")


def test_menus_open_by_keyboard_and_close_with_escape(style_url: str, browser_page: Page):
    browser_page.goto(style_url + "viec/")
    browser_page.locator(".switch-hat summary").focus()
    browser_page.keyboard.press("Enter")
    assert browser_page.locator(".switch-hat .menu").is_visible()
    browser_page.keyboard.press("Escape")
    assert not browser_page.locator(".switch-hat .menu").is_visible()
    assert focused(browser_page, "e => e.tagName") == "SUMMARY"


def test_the_first_tab_skips_to_the_content(style_url: str, browser_page: Page):
    browser_page.goto(style_url + "viec/")
    browser_page.keyboard.press("Tab")
    assert focused(browser_page) == "Đến nội dung"


def test_the_summary_of_errors_takes_focus(style_url: str, browser_page: Page):
    browser_page.goto(style_url)
    assert focused(browser_page, "e => e.className").startswith("error-summary")
    browser_page.locator(".error-summary a").first.click()
    assert browser_page.url.endswith("#id_due")


def test_english_is_one_press_away(style_url: str, browser_page: Page):
    browser_page.goto(style_url + "viec/")
    browser_page.locator(".foot-language button").click()
    browser_page.wait_for_url(style_url + "viec/")
    assert browser_page.locator("html").get_attribute("lang") == "en"
    assert browser_page.locator(".foot-language button").text_content() == "Tiếng Việt"


def test_running_work_moves_on_by_itself_and_stops_asking(style_url: str, browser_page: Page, errors: list[str]):
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url) if "buoc=" in request.url else None)
    browser_page.goto(style_url + "chay/")
    browser_page.get_by_role("heading", name="Đã đối soát").wait_for()
    assert browser_page.locator(".job [role=status]").text_content() == "4.812 trên 4.812 dòng"
    assert browser_page.locator(".job .bar-info").get_attribute("width") == "100"
    assert [url[-1] for url in asked] == ["1", "2", "3"]
    assert errors == []


def test_an_upload_leads_on_with_and_without_script(style_url: str, browser_page: Page, bare_phone: Page):
    listing = {"name": "danh-sach.csv", "mimeType": "text/csv", "buffer": b"STT\n" * 40_000}
    for page in (browser_page, bare_phone):
        page.goto(style_url + "nop/")
        assert not page.locator("[data-upload-progress]").is_visible()
        page.locator("input[type=file]").set_input_files(listing)
        page.locator("main button[type=submit]").click()
        page.wait_for_url(style_url + "chay/")


def test_a_server_that_fails_is_said_on_the_page(style_url: str, browser_page: Page):
    browser_page.route("**/chay/?buoc=1", lambda route: route.fulfill(status=500, body="x"))
    browser_page.goto(style_url + "chay/")
    browser_page.locator(".cut-off").wait_for(state="visible")
    assert browser_page.locator(".job").count() == 1


@pytest.fixture
def bare_phone(browser: Browser) -> Iterator[Page]:
    """A phone that runs no script."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="vi-VN")
    yield context.new_page()
    context.close()


def test_a_phone_without_script_has_its_menu_and_its_rows(style_url: str, bare_phone: Page):
    bare_phone.goto(style_url + "doi-soat/")
    assert not bare_phone.locator("#muc").is_visible()
    bare_phone.locator(".menu-button").click()
    assert bare_phone.locator("#muc a", has_text="Quy chế").is_visible()
    assert bare_phone.locator("#muc button", has_text="Thoát").is_visible()
    assert not bare_phone.locator(".keys").is_visible()


def test_paper_leaves_out_what_can_only_be_pressed(style_url: str, browser_page: Page):
    browser_page.goto(style_url + "doi-soat/")
    browser_page.emulate_media(media="print")
    for hidden in (".topbar", ".mainnav", ".pagehead-actions", ".pager", ".keys", "form[data-send]"):
        assert not browser_page.locator(hidden).first.is_visible(), hidden
    assert browser_page.locator(".compare-table").is_visible()
