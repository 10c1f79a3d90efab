"""Who is told, once, as they chose; and who may read it afterwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dean06.charter.types import Citation
from dean06.clock.errors import BadInput
from dean06.flows import setup, telling
from dean06.flows.setup import Member
from dean06.flows.telling import Address, Said, To
from dean06.notices.models import Notice
from dean06.notices.service import choices, inbox
from dean06.notices.types import ChoiceInfo, Mail
from dean06.offices import service as offices
from flows.conftest import at

DAY = date(2022, 8, 18)
CLAUSE = Citation(article="7", clause="2", point="k")


def told(office, to: To, key: str = "a", kind: str = "task_assigned", **more) -> int:
    said = Said(vi="Giao cơ quan bạn nhiệm vụ 12.", en="Task 12 is yours.")
    address = Address(route="tasks")
    return telling.tell(office.group, to, kind, said, clause=CLAUSE, address=address, key=key, **more)


def seen(office, role: str, agency: str = ""):
    return offices.viewer(office.account(role, agency), DAY)


def test_an_agency_is_told_and_nobody_else(house):
    assert told(house, To(agencies=("BHXH",))) == 1
    (one,) = inbox.of(seen(house, "member", "BHXH")).items
    assert (one.vi, one.clause.article, one.clause.point, one.read_at) == (
        "Giao cơ quan bạn nhiệm vụ 12.",
        "7",
        "k",
        None,
    )
    assert inbox.unread_count(seen(house, "member", "BHXH")) == 1
    assert inbox.of(seen(house, "member", "GDDT")).items == ()


def test_the_same_key_tells_nobody_twice(house):
    everybody = To(agencies=("BHXH", "GDDT"), roles=("leader",))
    assert told(house, everybody) == 3
    assert told(house, everybody) == 0
    assert told(house, To(agencies=("BHXH",), roles=("deputy",))) == 1  # the one who was not told before
    assert Notice.objects.count() == 4


def test_whoever_did_it_is_not_told(house):
    assert told(house, To(roles=("leader", "deputy"), besides=(house.account("leader"),))) == 1


def test_what_is_read_is_read_and_another_reader_cannot_mark_it(house):
    told(house, To(agencies=("BHXH",)))
    owner, other = seen(house, "member", "BHXH"), seen(house, "leader")
    (one,) = inbox.of(owner).items
    with pytest.raises(BadInput):
        inbox.mark_read(other, one.id)
    assert inbox.mark_all_read(other) == 0
    assert inbox.mark_read(owner, one.id).read_at is not None
    assert inbox.unread_count(owner) == 0
    assert inbox.of(owner, unread=True).items == ()


def test_what_was_told_in_a_seat_is_gone_with_the_seat(house):
    """A member who moves to another agency's seat reads no more what was told in the old one."""
    told(house, To(agencies=("BHXH",)))
    account = house.account("member", "BHXH")
    with at(2022, 8, 19):
        heir = Member(role="member", agency="BHXH", holder="Người Sau", account=None, since=date(2022, 8, 20))
        setup.seat(house.admin, house.group, heir)
        there = Member(role="member", agency="GDDT", holder="Lê Ngọc Hoa", account=account, since=date(2022, 8, 20))
        setup.seat(house.admin, house.group, there)
    moved = offices.viewer(account, date(2022, 8, 21))
    assert moved.sits_in(house.group.id)
    assert (inbox.of(moved).total, inbox.unread_count(moved), inbox.mark_all_read(moved)) == (0, 0, 0)


def test_a_duty_cannot_be_switched_off_and_another_matter_can(house):
    account = house.account("member", "BHXH")
    off = [ChoiceInfo(kind=kind, in_app=False, mail=Mail.NEVER) for kind in ("task_assigned", "paper_issued")]
    choices.choose(account, off)
    assert "member" in telling.owed(house.group, "task_assigned")
    assert telling.owed(house.group, "paper_issued") == frozenset()
    told(house, To(agencies=("BHXH",)))
    told(house, To(agencies=("BHXH",)), key="b", kind="paper_issued")
    assert [one.kind for one in inbox.of(seen(house, "member", "BHXH")).items] == ["task_assigned"]


def test_pages_of_notices_stand_newest_first(house):
    for number in range(5):
        told(house, To(roles=("leader",)), key=str(number), at=_at(number))
    page = inbox.of(seen(house, "leader"), number=2, size=2)
    assert (page.total, [one.at for one in page.items]) == (5, [_at(2), _at(1)])


def _at(number: int):
    from dean06.clock import service as clock

    return clock.now() - timedelta(days=10 - number)


def test_an_unknown_kind_is_refused_by_name(house):
    with pytest.raises((BadInput, KeyError)):
        told(house, To(roles=("leader",)), kind="hoa_hong")


def test_an_address_is_confirmed_by_its_owner_alone(house):
    account, other = house.account("leader"), house.account("deputy")
    choices.enter_mailbox(account, "truong@xa-mau.example")
    given = choices.token(account, "truong@xa-mau.example")
    with pytest.raises(BadInput):
        choices.confirm_mailbox(other, given)
    with pytest.raises(BadInput):
        choices.confirm_mailbox(account, given[:-1] + ("a" if given[-1] != "a" else "b"))
    assert choices.mailbox(account).confirmed_at is None
    assert choices.confirm_mailbox(account, given) == "truong@xa-mau.example"
    assert choices.mailbox(account).confirmed_at is not None
    with pytest.raises(BadInput):
        choices.enter_mailbox(account, "không phải thư")
