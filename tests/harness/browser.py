"""A page of headless Chromium for journeys."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
    "--no-first-run",
    "--no-default-browser-check",
    "--font-render-hinting=none",
]


def chromium() -> str | None:
    """Return the path of Debian's Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@cache
def sandbox_flags(executable: str) -> tuple[str, ...]:
    """Ask Chromium itself whether it can draw a page inside its sandbox here; without the sandbox only when not."""
    with tempfile.TemporaryDirectory(prefix="d06cr-") as profile:
        probe = subprocess.run(
            [executable, "--headless", *QUIET, f"--user-data-dir={profile}", "--dump-dom", "about:blank"],
            capture_output=True,
            timeout=60,
            check=False,
        )
    return () if probe.returncode == 0 and b"<html" in probe.stdout else ("--no-sandbox",)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once for the run."""
    executable = chromium()
    if executable is None:
        pytest.fail("Chromium is not installed: run `make test`, or `apt-get install chromium`.")
    with sync_playwright() as playwright:
        flags = [*QUIET, *sandbox_flags(executable)]
        running = playwright.chromium.launch(executable_path=executable, args=flags)
        yield running
        running.close()


@pytest.fixture
def browser_page(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Give a fresh page, 1280 × 900; a script error, a CSP refusal or a request off the machine fails the test."""
    monkeypatch.setenv(
        "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
    )  # Playwright's loop lives in this thread; the ORM is used beside it
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", accept_downloads=True
    )
    context.set_default_timeout(15_000)
    strayed: list[str] = []
    faults: list[str] = []

    def fence(route: Route, request: Request) -> None:
        if urlsplit(request.url).hostname in LOOPBACK:
            route.continue_()
        else:
            strayed.append(request.url)
            route.abort()

    context.route("http://**", fence)
    context.route("https://**", fence)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if _is_fault(message.text) else None)
    yield page
    context.close()
    assert not strayed, f"the page asked for addresses off this machine: {strayed}"
    assert not faults, f"the page reported faults: {faults}"


def _is_fault(text: str) -> bool:
    return "Content Security Policy" in text or text.startswith("Uncaught")


@pytest.fixture
def site(live_server: object) -> object:
    """Serve the pages on a free port of 127.0.0.1 with the test database; `site.url` is the address."""
    return live_server
