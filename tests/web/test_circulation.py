"""A paper of restricted circulation: found, listed and opened by its circle, and by nobody else from that moment."""

from __future__ import annotations

import logging

import pytest

from dean06.charter.errors import Refused
from dean06.clock.errors import BadInput
from dean06.flows import circulating, paperwork
from dean06.offices import service as offices
from dean06.papers.models import Paper
from dean06.papers.service import documents, registers
from web.neighbours import DAY, client
from web.test_found import asked, finding, followed

ABSTRACT = "danh mục điểm giao dịch lưu động Tết"
INSIDE = (("leader", "PC"), ("secretariat", "TEAM"), ("clerk", "OFF"), ("member", "BHXH"), ("register_keeper", "POL"))
OUTSIDE = (("member", "GDDT"),)

pytestmark = pytest.mark.either_database


@pytest.fixture
def paper(office_hours, caplog):
    """A draft by the member of the insurance, and how a list, a page, a file and the search answer for it."""
    caplog.set_level(logging.CRITICAL, logger="django.request")
    ours = office_hours.ours
    facts = {"subject": ABSTRACT}
    made = paperwork.begin(ours.account("member", "BHXH"), ours.group, "official_letter", facts)
    followed()
    return made.id


def sees(office, group, paper_id: int, role: str, agency: str) -> set[str]:
    """By which of four ways somebody of an office comes to a paper of a group."""
    browser, viewer = client(office, role, agency), offices.viewer(office.account(role, agency), DAY)
    page = f"/t/{group.slug}/van-ban/"
    found = set()
    if browser.get(f"{page}{paper_id}/").status_code == 200:
        found.add("page")
    if browser.get(f"{page}{paper_id}/tep.pdf").status_code == 200:
        found.add("file")
    if f"/van-ban/{paper_id}/".encode() in browser.get(page, {"xem": "du-thao"}).content:
        found.add("list")
    if finding.search(viewer, [group], asked(group, ABSTRACT)).items:
        found.add("search")
    return found


ALL = {"page", "file", "list", "search"}


def test_a_restricted_paper_is_for_its_circle_alone(office_hours, paper):
    ours, group = office_hours.ours, office_hours.ours.group
    assert all(sees(ours, group, paper, *seat) == ALL for seat in (*INSIDE, *OUTSIDE))
    circulating.restrict(ours.account("member", "BHXH"), group, paper, ["POL"])
    for follow in (lambda: None, followed):  # at once, and when the catalogue has taken it
        follow()
        assert {seat: sees(ours, group, paper, *seat) for seat in INSIDE} == dict.fromkeys(INSIDE, ALL)
        assert {seat: sees(ours, group, paper, *seat) for seat in OUTSIDE} == {OUTSIDE[0]: set()}
        assert sees(office_hours.theirs, group, paper, "leader", "PC") == set()
    circulating.open_again(ours.account("secretariat", "TEAM"), group, paper)
    followed()
    assert all(sees(ours, group, paper, *seat) == ALL for seat in OUTSIDE)


def test_whoever_is_asked_to_sign_reads_it(office_hours, paper):
    ours, group = office_hours.ours, office_hours.ours.group
    drafter = ours.account("member", "BHXH")
    circulating.restrict(drafter, group, paper, [])
    outside = next(one for one in offices.holders(group.id, DAY) if one.role == "member" and one.agency == "GDDT")
    assert documents.paper(offices.viewer(outside.account, DAY), paper) is None
    Paper.objects.get(pk=paper).requests.create(
        group_id=group.id, seat=outside.seat_id, title="", asked_at=documents.for_work(paper).created_at
    )
    assert documents.paper(offices.viewer(outside.account, DAY), paper) is not None


def test_an_issued_one_stays_out_of_the_register_and_above(office_hours, paper):
    ours, group = office_hours.ours, office_hours.ours.group
    issued = office_hours.mine.sent
    row = Paper.objects.get(pk=issued)
    outside = offices.viewer(ours.account("member", "GDDT"), DAY)
    assert row.abstract in str(registers.outgoing(outside, group.id, row.year))
    circulating.restrict(ours.account("clerk", "OFF"), group, issued, [])
    told = str(registers.outgoing(outside, group.id, row.year))
    assert row.abstract not in told
    assert registers.CLOSED in told
    assert row.abstract in str(registers.outgoing(offices.viewer(ours.account("clerk"), DAY), group.id, row.year))
    above = offices.viewer(ours.account("clerk"), DAY)
    above = type(above)(account="khac", capacities=(), children=frozenset({group.id}))
    assert documents.paper(above, issued) is None


def test_only_its_drafter_and_the_house_of_papers_say_who_reads_it(office_hours, paper):
    ours, group = office_hours.ours, office_hours.ours.group
    with pytest.raises(Refused):
        circulating.restrict(ours.account("member", "GDDT"), group, paper, [])
    with pytest.raises(BadInput):
        circulating.restrict(ours.account("member", "BHXH"), group, paper, ["KHONG-CO"])
    page = f"/t/{group.slug}/van-ban/{paper}/"
    browser = client(ours, "member", "BHXH")
    assert "Ai đọc được" in browser.get(page).content.decode()
    answer = browser.post(f"{page}nguoi-doc/", {"muc": "han_che", "co_quan": ["POL"]})
    assert answer.status_code == 302
    assert "Hạn chế người đọc" in browser.get(page).content.decode()
    assert client(ours, "member", "GDDT").post(f"{page}nguoi-doc/", {"muc": "thuong"}).status_code == 404
