"""The calendar of days off in the browser: holidays by name, one calendar for every group, an entry taken back."""

from __future__ import annotations

from flows.conftest import at
from web.neighbours import client

PAGE = "/t/to-a/cai-dat/ngay-nghi/"


def text_of(answer) -> str:
    return answer.content.decode()


def test_holidays_bear_their_names(office_hours):
    shown = text_of(client(office_hours.ours).get(PAGE, {"nam": "2022"}))
    assert "Quốc khánh" in shown
    assert "dùng chung cho mọi tổ" in shown


def test_an_entry_is_seen_by_every_group_and_taken_back_with_a_reason(office_hours):
    clerk = client(office_hours.ours, "clerk")
    with at(2022, 8, 20):
        plain = {"ngay": "22/08/2022", "lam": "1", "can_cu": "Thông báo 12/TB (bịa)"}
        assert clerk.post(f"{PAGE}ghi/", plain).status_code == 422
        assert clerk.post(f"{PAGE}ghi/", plain | {"lam": "0"}).status_code == 302
        there = PAGE.replace("to-a", office_hours.theirs.group.slug)
        assert "Thông báo 12/TB" in text_of(client(office_hours.theirs).get(there, {"nam": "2022"}))
        asking = text_of(clerk.get(PAGE, {"nam": "2022", "bo": "2022-08-22"}))
        assert 'name="ly_do"' in asking
        assert clerk.post(f"{PAGE}bo/", {"ngay": "2022-08-22"}).status_code == 422
        assert clerk.post(f"{PAGE}bo/", {"ngay": "2022-08-22", "ly_do": "ghi nhầm"}).status_code == 302
        assert "Thông báo 12/TB" not in text_of(clerk.get(PAGE, {"nam": "2022"}))
