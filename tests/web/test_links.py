"""No link of a page leads nowhere: whoever follows them from their desk meets a page, whatever their seat."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve

from dean06.clock import service as clock
from web.neighbours import client

pytestmark = pytest.mark.long

LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
PURPOSE = re.compile(r'action="([^"]*/muc-dich/[^"]*)"')
NOON = datetime(2022, 8, 20, 12, tzinfo=clock.TZ)
EACH = 3  # pages of one route that are opened


def looked(browser, address: str, second: int, later: int = 0):
    """Ask for a page, each time a little later: a permit to look is used once."""
    with clock.pinned(NOON + timedelta(seconds=2 * second + later)):
        return browser.get(address)


def text_of(answer) -> str:
    """A page's text; a file or a redirect has none."""
    is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    return answer.content.decode() if is_page else ""


# Whoever sees all, whoever leads tasks, and whoever reads of tasks that others lead.
READERS = [("leader", "PC"), ("member", "BHXH"), ("member", "GDDT")]


@pytest.mark.parametrize(
    ("role", "agency"), [READERS[0], *(pytest.param(*one, marks=pytest.mark.proof) for one in READERS[1:])]
)
def test_every_link_from_the_desk_opens(office_hours, role, agency):
    browser = client(office_hours.ours, role, agency)
    start = f"/t/{office_hours.ours.group.slug}/"
    waiting, known, opened, broken = [start], {start}, {}, []
    while waiting:
        address = waiting.pop(0)
        seen = partial(looked, browser, address, sum(opened.values()))
        route = resolve(urlsplit(address).path).route
        if opened.setdefault(route, 0) >= EACH:
            continue
        opened[route] += 1
        answer = seen()
        if asked := PURPOSE.search(text_of(answer)):
            browser.post(asked[1], {"muc_dich": "Kiểm tra kết quả đối soát"})
            answer = seen(later=1)
        if answer.status_code >= 400:
            broken.append((address, answer.status_code))
        for href in LINK.findall(text_of(answer)):
            target = urljoin(address, href.replace("&amp;", "&")).partition("#")[0]
            if target.startswith(start) and target not in known:
                known.add(target)
                waiting.append(target)
    assert broken == []
    assert len(opened) > 20
