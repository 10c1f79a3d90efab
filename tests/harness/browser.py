"""A page of headless Chromium for journeys."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, ViewportSize, sync_playwright

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
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]",
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


@dataclass  # Playwright writes on the object whose method it calls
class Seen:
    """What a page did that it must not: requests off the machine, script errors, refusals by its own policy."""

    strayed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def watch(self, request: Request) -> None:
        """Note a request off the machine; Chromium itself lets none out."""
        where = urlsplit(request.url)
        if where.scheme in {"http", "https", "ws", "wss"} and where.hostname not in LOOPBACK:
            self.strayed.append(request.url)

    def hear(self, text: str) -> None:
        if "Content Security Policy" in text or text.startswith("Uncaught"):
            self.faults.append(text)


@pytest.fixture
def watched_page(browser: Browser) -> Iterator[tuple[Page, Seen]]:
    """Give a fresh page and what it did that it must not, for a test that expects a fault."""
    size = ViewportSize(width=1280, height=900)
    context = browser.new_context(viewport=size, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(15_000)
    seen = Seen()
    context.on("request", seen.watch)
    context.on("weberror", lambda error: seen.faults.append(str(error.error)))
    context.on("console", lambda message: seen.hear(message.text))
    yield context.new_page(), seen
    context.close()


@pytest.fixture
def browser_page(watched_page: tuple[Page, Seen]) -> Iterator[Page]:
    """Give a fresh page, 1280 × 900, in Vietnamese; a script error, a CSP refusal, a request off the machine fail."""
    page, seen = watched_page
    yield page
    assert not seen.strayed, f"the page asked for addresses off this machine: {seen.strayed}"
    assert not seen.faults, f"the page reported faults: {seen.faults}"


@pytest.fixture
def site(live_server: object) -> object:
    """Serve the pages on a free port of 127.0.0.1 with the test database; `site.url` is the address."""
    return live_server
