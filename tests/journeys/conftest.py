"""A real `dean06 serve` over a small house of its own, and people who sign in to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from harness import tables
from harness.browser import Seen
from harness.installation import Installation, free_port
from harness.once import once
from harness.tree import ROOT
from journeys.house import PASSWORD, SLUG

QUIET = ("Failed to load resource: the server responded with a status of 4",)


@dataclass(frozen=True)
class House:
    """A running house: its address, and the files lying ready to be handed in."""

    url: str
    files: Path
    running: Installation

    def page(self, path: str = "", group: str = SLUG) -> str:
        """Return the address of a page of a group."""
        return f"{self.url}/t/{group}/{path}"


def made_by(module: str, folder: Path) -> None:
    """Make a house by a process of its own: `python -m MODULE HOME`."""
    (folder / "home").mkdir()
    tables.lay(folder / "home")
    places = [str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(place for place in places if place)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", module, str(folder / "home")]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr


@contextmanager
def served(pattern: Path, folder: Path) -> Iterator[House]:
    """Serve a copy of a house that was made."""
    shutil.copytree(pattern, folder, dirs_exist_ok=True)
    port = free_port()
    running = Installation(url=f"http://127.0.0.1:{port}", home=folder / "home", log=folder / "serve.log")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    running.begin(["serve", "--port", str(port)], environment)
    try:
        running.wait()
        yield House(url=running.url, files=folder / "to-nop", running=running)
    finally:
        running.end()


@pytest.fixture(scope="session")
def pattern() -> Path:
    """Give the house as it was made once a run; those who visit it visit a copy."""
    return once("house", lambda folder: made_by("journeys.house", folder))


@pytest.fixture(scope="session")
def house(pattern: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve a copy of the house for all journeys but those of a module that has a `house` of its own."""
    with served(pattern, tmp_path_factory.mktemp("served")) as running:
        yield running


@dataclass
class Visitor:
    """Somebody signed in, and what their browser did that it must not."""

    page: Page
    house: House
    context: BrowserContext
    seen: Seen
    complaints: list[str]

    def go(self, path: str = "", group: str = SLUG) -> Page:
        """Open a page of a group."""
        self.page.goto(self.house.page(path, group))
        return self.page

    def shot(self, name: str) -> None:
        """Keep a picture of the page as it stands, for a person to look at, where DEAN06_SHOTS names a folder."""
        shot(self.page, name)


def shot(page: Page, name: str) -> None:
    """Keep a picture of a page in the folder that DEAN06_SHOTS names."""
    if folder := os.environ.get("DEAN06_SHOTS"):
        page.screenshot(path=Path(folder, f"{name}.png"), full_page=True)


@pytest.fixture
def visit(browser: Browser, house: House) -> Iterator[Callable[..., Visitor]]:
    """Give a function that signs somebody in; script errors, strays and complaints of the console fail the test."""
    visitors: list[Visitor] = []

    def sign_in(username: str, *, width: int = 1366) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            accept_downloads=True,
            has_touch=width < 500,
        )
        context.set_default_timeout(20_000)
        seen, complaints = Seen(), []
        context.on("request", seen.watch)
        context.on("weberror", lambda error: seen.faults.append(str(error.error)))
        context.on("console", lambda message: hear(message.type, message.text, seen, complaints))
        page = context.new_page()
        page.goto(house.url)
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url("**/t/**")
        visitors.append(Visitor(page=page, house=house, context=context, seen=seen, complaints=complaints))
        return visitors[-1]

    yield sign_in
    for visitor in visitors:
        visitor.context.close()
    for visitor in visitors:
        assert not visitor.seen.strayed, f"asked for addresses off this machine: {visitor.seen.strayed}"
        assert not visitor.seen.faults, f"faults: {visitor.seen.faults}"
        assert not visitor.complaints, f"the console complained: {visitor.complaints}"


def hear(kind: str, text: str, seen: Seen, complaints: list[str]) -> None:
    """Note what the console says; a page that answers 4xx on purpose is no fault."""
    seen.hear(text)
    if kind in {"error", "warning"} and not text.startswith(QUIET):
        complaints.append(text)
