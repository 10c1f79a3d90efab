"""A day's work on the desk: a tab for each kind of seat, a line each with its door, few questions whatever is shown."""

from __future__ import annotations

import re

import pytest

from dean06.sources import service as sources
from flows.conftest import at
from web.neighbours import client, viewer
from web.test_pages import counted, grow, text_of

pytestmark = [pytest.mark.long, pytest.mark.either_database]  # its facts are asked on both in flows

# Who has which day, and the most questions its page may put to the database.
DAYS = {
    "du-lieu": ("member", "BHXH", 30),
    "cong-an": ("register_keeper", "POL", 30),
    "vuong": ("leader", "PC", 30),
}
TITLES = {
    "du-lieu": "Dữ liệu của cơ quan",
    "cong-an": "Công an: xác nhận, đi thực địa",
    "vuong": "Điểm nghẽn của tổ",
}


def desk(two) -> str:
    return f"/t/{two.ours.group.slug}/"


def title_of(shown: str) -> str:
    return re.search(r"<h1[^>]*>(.*?)</h1>", shown, re.DOTALL)[1].strip()


@pytest.mark.parametrize("day", DAYS)
def test_a_day_has_its_page_and_every_line_of_it_a_door_that_opens(office_hours, day):
    role, agency, _ = DAYS[day]
    browser = client(office_hours.ours, role, agency)
    shown = text_of(browser.get(desk(office_hours), {"xem": day}))
    assert title_of(shown) == TITLES[day]
    body = shown.split("<main")[1].split("</main>")[0]
    doors = sorted(set(re.findall(r'href="(/t/[^"#]*)', body)))
    assert len(doors) > 3
    for door in doors:
        assert browser.get(door.replace("&amp;", "&"), follow=True).status_code == 200, door
    browser.post("/ngon-ngu/", {"language": "en"})
    assert 'lang="en"' in text_of(browser.get(desk(office_hours), {"xem": day}))


@pytest.mark.parametrize("day", DAYS)
def test_a_day_asks_few_questions_whatever_it_shows(office_hours, day):
    role, agency, most = DAYS[day]
    browser, page = client(office_hours.ours, role, agency), f"{desk(office_hours)}?xem={day}"
    browser.get(page)
    before = counted(browser, page)
    assert before <= most
    grow(office_hours.ours.group.id)
    assert counted(browser, page) == before


def test_a_seat_has_its_own_days_and_no_other(office_hours):
    def offered(role: str, agency: str) -> set[str]:
        shown = text_of(client(office_hours.ours, role, agency).get(desk(office_hours)))
        return {day for day in DAYS if f"?xem={day}" in shown}

    assert offered("member", "BHXH") == {"du-lieu"}
    assert offered("register_keeper", "POL") == {"cong-an"}
    assert offered("standing_deputy", "POL") == {"cong-an", "vuong"}
    assert offered("leader", "PC") == {"vuong"}
    assert offered("member", "GDDT") == set()


def test_a_day_that_the_seat_does_not_give_is_the_desk(office_hours):
    browser = client(office_hours.ours, "member", "GDDT")
    for day in (*DAYS, "khac"):
        assert title_of(text_of(browser.get(desk(office_hours), {"xem": day}))) == "Việc của tôi"


def test_the_officer_hands_in_with_one_button_filled_in(office_hours):
    browser = client(office_hours.ours, "member", "BHXH")
    with at(2022, 9, 12):
        shown = text_of(browser.get(desk(office_hours), {"xem": "du-lieu"}))
        (door,) = re.findall(r'href="([^"]*doi-soat/nop/\?[^"]*)"', shown)
        form = text_of(browser.get(door.replace("&amp;", "&")))
    assert "quá hạn từ 10/09/2022" in shown
    assert re.search(r'<option value="bhyt" selected', form)
    assert 'value="2022-08"' in form
    assert re.search(r'<option value="BHXH" selected', form)
    held = sources.deliveries(viewer(office_hours.ours), office_hours.ours.group.id)
    assert max(one.period for one in held) == "2022-07"
