"""Every page that a role reaches by following links: it answers, fits both widths, and axe finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, Response

from harness.judging import sideways, violations
from harness.once import once
from journeys.conftest import House, made_by, served
from journeys.demonstration import GROUP

pytestmark = [pytest.mark.journey, pytest.mark.proof, pytest.mark.timeout(1500)]

ROLES = ("nc-to-truong", "nc-giup-viec", "nc-pho-thuong-truc", "nc-bhxh", "nc-van-thu")
# Links that give a file instead of a page.
FILES = re.compile(
    r"\.(pdf|docx|xlsx|json|ics|csv|xml|zip|edxml|ttl|rdf|yaml)(\?|$)|dang=xlsx|/(tep|phu-luc|tai-ve)(/|\.)|tep-ket-qua/\w"
)
# What differs from one page to another of the same make: numbers, periods, codes of agencies, clauses, indicators.
VARYING = (
    (r"/\d+(?=/|$)", "/1"),
    (r"/20\d\d(-\w+)?(?=/|$)", "/2026"),
    (r"/[A-Z]\w+(?=/|$)", "/A"),
    (r"/(dieu|chi-tieu|mau)/[^/]+", r"/\1/x"),
)
MOST = 400


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve the demonstration commune."""
    made = once("demonstration", lambda folder: made_by("journeys.demonstration", folder))
    with served(made, tmp_path_factory.mktemp("served")) as running:
        yield running


def make_of(address: str) -> str:
    """Return what an address has in common with the others of its make; of the query, which view is asked for."""
    parts = urlsplit(address)
    path = parts.path
    for pattern, common in VARYING:
        path = re.sub(pattern, common, path)
    view = re.search(r"(?:^|&)xem=([\w-]+)", parts.query)
    return f"{path}?{view[1]}" if view else path


def links(page: Page) -> list[str]:
    """Return where a page leads within the group or the account."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
    own = (f"/t/{GROUP}/", "/tai-khoan/")
    return [one.partition("#")[0] for one in found if one.startswith(own) and not FILES.search(one)]


def opened(page: Page, address: str) -> Response | None:
    """Open an address; None when it gives a file to keep."""
    try:
        return page.goto(address)
    except Error as problem:
        if "Download is starting" in problem.message:
            return None
        raise


def judge(page: Page) -> list[object]:
    """Return what is wrong with a page: too wide on a screen or a phone, or what axe finds."""
    wide = sideways(page)
    told = violations(page)
    page.set_viewport_size({"width": 360, "height": 800})
    narrow = sideways(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    return [*([f"{wide} px too wide at 1280"] if wide else []), *([f"{narrow} px at 360"] if narrow else []), *told]


def test_every_page_that_a_role_reaches_is_sound(visit):
    seen: set[str] = set()
    faults: dict[str, object] = {}
    for role in ROLES:
        visitor = visit(role, width=1280)
        todo, own = [f"/t/{GROUP}/"], set()
        while todo and len(own) < MOST:
            address = todo.pop(0)
            make = make_of(address)
            if make in own:
                continue
            own.add(make)
            answer = opened(visitor.page, f"{visitor.house.url}{address}")
            if answer is None:
                continue
            if answer.status >= 400:
                faults[f"{role} {address}"] = answer.status
            todo += links(visitor.page)
            if make not in seen and (wrong := judge(visitor.page)):
                faults[f"{role} {address}"] = wrong
            seen.add(make)
    assert not faults, "\n".join(f"{where}: {what}" for where, what in faults.items())
    assert len(seen) > 180
