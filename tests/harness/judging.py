"""Whether a page in a browser is sound: it fits its screen, and axe finds nothing."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Page, expect

AXE = Axe()  # reads its script once
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def sideways(page: Page) -> int:
    """Return by how many pixels a page is wider than its screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def violations(page: Page) -> list[tuple[str, str, str]]:
    """Return what axe finds on a page once it is whole: the rule, how grave it is, the first place."""
    page.wait_for_load_state("load")
    # No function is waited for: a page's policy lets it be evaluated once and not again.
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.evaluate("document.fonts.ready")
    found = AXE.run(page, options=RULES).response["violations"]
    return [(rule["id"], rule["impact"], rule["nodes"][0]["html"][:160]) for rule in found]


def pleases(page: Page, name: str = "") -> None:
    """Fail where the page does not fit or axe finds something."""
    found = violations(page), sideways(page)
    assert found == ([], 0), f"{name or page.url}: {found}"
