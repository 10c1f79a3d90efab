"""The page of a clause: who it reaches today, and what the group's own rule and the channel add to a duty."""

from __future__ import annotations

from collections.abc import Iterator

from dean06.adoption import service as adoption
from dean06.charter.types import Citation
from dean06.flows import setup
from flows.conftest import at
from web.neighbours import DAY, client


def page(office, path: str) -> str:
    return client(office, "clerk").get(f"/t/{office.group.slug}/quy-che/{path}").content.decode()


def test_a_norm_for_members_reaches_every_seat_that_is_a_member_too(office_hours):
    shown = page(office_hours.ours, "dieu/2/?khoan=2.4")
    for name in ("Trần Quốc Hải", "Phạm Thu Thủy", "Lê Ngọc Hoa", "Vũ Đình Khoa"):
        assert name in shown
    assert "Nguyễn Minh Tâm" not in shown


def test_a_local_rule_stands_on_the_clause_with_what_it_says(office_hours):
    office = office_hours.ours
    with at(2022, 8, 3):
        rule = setup.set_local_rule(office.account("leader"), office.group, "G-08", {"day": 17})
        shown = page(office, "dieu/9/?khoan=9.6")
    assert f"quy ước số {rule.number} của tổ: trước ngày 17" in shown


def test_a_norm_says_what_shows_that_it_was_done(office_hours):
    shown = " ".join(page(office_hours.ours, "dieu/2/?khoan=2.1").split())
    assert "Chứng cứ" in shown
    assert "Kết quả kiểm phiếu" in shown


def test_what_goes_for_several_norms_of_a_clause_is_told_once_under_them(office_hours):
    shown = page(office_hours.ours, "dieu/3/?khoan=3.1")
    assert shown.count("Ngày đến hạn của các báo cáo và chương trình không ghi ngày") == 1


def clauses(provisions) -> Iterator[Citation]:
    for one in provisions:
        if one.cite and one.cite.clause:
            yield one.cite
        yield from clauses(one.children)


def test_every_clause_opens_also_one_that_asks_nothing(office_hours):
    office, browser = office_hours.ours, client(office_hours.ours)
    charter = adoption.charter_of(office.group.charter_line, DAY)
    addresses = list(clauses(charter.provisions))
    assert len(addresses) > 30
    silent = [one for one in addresses if not any(norm.cite == one for norm in charter.norms)]
    assert silent
    for cited in addresses:
        path = f"/t/{office.group.slug}/quy-che/dieu/{cited.article}/?khoan={cited.dotted}"
        assert browser.get(path).status_code == 200, cited.dotted
