"""Papers between two groups over a local axis, through the journeys of clerks and the rounds of the post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from dean06.charter.errors import Refused
from dean06.clock.errors import BadInput
from dean06.demo.service import DocumentExchange, System
from dean06.flows import addressing, paper_signing, receiving, reporting, sending, setup
from dean06.jobs import service as jobs
from dean06.jobs import tasks
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo, NewGroup
from dean06.papers import models
from dean06.papers.post import exchange_client as client
from dean06.papers.service import addressing as book
from dean06.papers.service import dispatching, incoming, registers, withdrawing
from dean06.papers.service.addressing import Address, Channel, Organ, Place
from dean06.papers.service.dispatching import State
from dean06.papers.service.incoming import NewIncoming
from dean06.papers.service.withdrawing import Kind, Withdraw
from flows.conftest import SINCE, at, found, seated
from flows.test_paper_life import appraised, begun
from harness.settled import settled_once

pytestmark = pytest.mark.django_db
NEAR, FAR = Organ(code="H99.1", name="Tổ công tác huyện Gần"), Organ(code="H99.2", name="Tổ công tác xã Xa")
DAY = date(2022, 8, 3)


@dataclass
class Side:
    """A group with its people and its office on the axis."""

    group: GroupInfo
    accounts: dict[str, str]
    organ: Organ

    def account(self, role: str, agency: str = "") -> str:
        return next(value for key, value in self.accounts.items() if key.startswith(f"{role}:{agency}"))

    @property
    def clerk(self) -> str:
        return self.account("clerk")

    @property
    def viewer(self):
        return offices.viewer(self.clerk, DAY)

    def connect(self, url: str) -> None:
        where = Place(url=url, system_id=f"may-{self.group.slug}", organ=self.organ)
        addressing.connect(self.clerk, self.group, where, f"khoa-cua-{self.group.slug}")

    def knows(self, name: str, channel: Channel, **said: str) -> None:
        one = Address(name=name, channel=channel, since=SINCE, **said)
        addressing.set_address(self.clerk, self.group, one)

    def issue(self) -> int:
        paper_id = begun(self)
        appraised(self, paper_id)
        return paper_signing.issue_by_hand(self.account("leader"), self.group, paper_id).id

    def states(self, paper_id: int) -> dict[str, str]:
        return {one.recipient: one.state for one in dispatching.of_paper(self.viewer, paper_id)}


@dataclass
class Two:
    near: Side
    far: Side
    axis: DocumentExchange


def _sides(folder: Path) -> tuple[Side, Side]:
    office = found("quang-ninh-2022", "gan", folder, persons=60)
    with at(2022, 5, 20):
        new = NewGroup(
            slug="xa",
            name="Tổ công tác xã Xa",
            short_name="Tổ xã Xa",
            level="commune",
            unit_code="456",
            unit_on=SINCE,
            charter_line="quang-ninh-2022",
        )
        group = setup.found_group(office.admin, new, "quang-ninh-2022")
        accounts = seated(office.admin, group, "Xa")
    return Side(office.group, office.accounts, NEAR), Side(group, accounts, FAR)


settled_sides = settled_once("two_sides", _sides)


@pytest.fixture
def two(settled_sides, db, home, monkeypatch, settings) -> Iterator[Two]:
    monkeypatch.setattr(client.time, "sleep", lambda _seconds: None)
    near, far = settled_sides.again(home)
    axis = DocumentExchange(
        *(
            System(
                system_id=f"may-{one.group.slug}",
                secret=f"khoa-cua-{one.group.slug}",
                organs={one.organ.code: one.organ.name},
            )
            for one in (near, far)
        )
    )
    with axis.serving() as url, at(2022, 8, 3):
        settings.AXES = (url,)
        near.connect(url)
        far.connect(url)
        near.knows(FAR.name, Channel.EDXML, organ_code=FAR.code)
        yield Two(near, far, axis)


def only(side: Side):
    (row,) = incoming.inbox(side.viewer, side.group.id)
    return row


def test_a_paper_goes_from_clerk_to_clerk_by_the_rounds_of_the_post(two):
    post, paper_id = jobs.Post(), two.near.issue()
    routes = sending.queue(two.near.clerk, two.near.group, paper_id, [f" {FAR.name} ", "Đài truyền thanh xã"])
    assert [one.channel for one in routes] == [Channel.EDXML, Channel.NONE]
    assert two.axis.held == []
    post.go_round()
    assert two.near.states(paper_id) == {FAR.name: "sent", "Đài truyền thanh xã": "queued"}
    assert post.go_round().taken_in == 1
    assert two.near.states(paper_id)[FAR.name] == "arrived"
    row = only(two.far)
    taken = ledger.entries_for("packet", f"xa:{row.packet_digest[:32]}")
    assert [one["action"] for one in taken] == ["incoming.take_in"]
    assert taken[0]["actor"]["account"] == "system"
    registered = receiving.register(two.far.clerk, two.far.group, row.id)
    assert registered.number == 1
    receiving.hand_on(two.far.account("deputy"), two.far.group, row.id, "Công an xã", date(2022, 8, 10))
    receiving.finish(two.far.clerk, two.far.group, row.id, "Đã trả lời")
    post.go_round()
    post.go_round()
    assert two.near.states(paper_id)[FAR.name] == "received"
    done = incoming.one(two.far.viewer, row.id)
    assert [(code, state) for code, state in done.told] == [(code, "sent") for code in ("01", "03", "04", "06")]
    assert registers.incoming(two.far.viewer, two.far.group.id, 2022).rows[0][1] == "1"


def test_what_goes_by_hand_is_marked_and_what_has_no_way_is_sent_once_it_has_one(two):
    paper_id = two.near.issue()
    sending.queue(two.near.clerk, two.near.group, paper_id, ["Các thôn"])
    (one,) = dispatching.of_paper(two.near.viewer, paper_id)
    assert "sổ địa chỉ" in one.note
    two.near.knows("Các thôn", Channel.PAPER, address="Nhà văn hóa")
    sending.retry(two.near.clerk, two.near.group, paper_id, one.id)
    sending.mark(two.near.clerk, two.near.group, paper_id, one.id, State.SENT)
    sending.mark(two.near.clerk, two.near.group, paper_id, one.id, State.RECEIVED, note="ký nhận 04/8")
    assert two.near.states(paper_id) == {"Các thôn": "received"}
    with at(2022, 8, 4):
        other = two.near.issue()
    with pytest.raises(BadInput, match="không gửi nơi nhận này"):
        sending.mark(two.near.clerk, two.near.group, other, one.id, State.RECEIVED)
    with pytest.raises(BadInput, match="không phải của tổ này"):
        sending.mark(two.far.clerk, two.far.group, paper_id, one.id, State.RECEIVED)


def test_only_a_leader_recalls_and_the_recipient_gives_it_back(two):
    post, paper_id = jobs.Post(), two.near.issue()
    sending.queue(two.near.clerk, two.near.group, paper_id, [FAR.name])
    post.go_round()
    post.go_round()
    row = only(two.far)
    receiving.register(two.far.clerk, two.far.group, row.id)
    taken_back = Withdraw(paper_id=paper_id, kind=Kind.RECALL, reason="Sai số liệu")
    with pytest.raises(Refused):
        sending.withdraw(two.near.clerk, two.near.group, taken_back)
    sending.withdraw(two.near.account("leader"), two.near.group, taken_back)
    post.go_round()
    post.go_round()
    assert incoming.one(two.far.viewer, row.id).recall_reason == "Sai số liệu"
    with pytest.raises(BadInput, match="Không có văn bản đến này"):
        receiving.agree_recall(two.near.clerk, two.near.group, row.id)
    receiving.agree_recall(two.far.clerk, two.far.group, row.id)
    post.go_round()
    post.go_round()
    assert two.near.states(paper_id) == {FAR.name: "recalled"}
    (link,) = withdrawing.chain(two.near.viewer, paper_id)
    assert [notice.confirmed for notice in link.notices] == [True]


def test_a_number_is_voided_only_while_nobody_has_the_paper(two):
    paper_id = two.near.issue()
    leader = two.near.account("leader")
    sending.withdraw(leader, two.near.group, Withdraw(paper_id=paper_id, kind=Kind.VOID, reason="Cấp nhầm số"))
    with pytest.raises(BadInput, match="không gửi nữa"):
        sending.queue(two.near.clerk, two.near.group, paper_id, [FAR.name])
    told = ledger.entries_for("paper", str(paper_id))[-1]
    assert (told["action"], told["reason"]) == ("document.void", "Cấp nhầm số")


def test_a_paper_on_paper_is_entered_and_another_group_does_not_see_it(two):
    new = NewIncoming(
        channel=Channel.PAPER,
        organ_name="UBND tỉnh",
        label="15/UBND-NC",
        dated=date(2022, 8, 1),
        kind="Công văn",
        abstract="rà soát số liệu",
    )
    one = receiving.enter(two.far.clerk, two.far.group, new)
    assert (one.number, one.status) == (1, "registered")
    assert incoming.one(two.near.viewer, one.id) is None
    with pytest.raises(BadInput, match="Hạn xử lý phải từ hôm nay"):
        receiving.hand_on(two.far.clerk, two.far.group, one.id, "Công an xã", date(2022, 8, 1))


def test_without_a_connection_nothing_is_taken_in_and_other_groups_still_are(two, tmp_path):
    assert receiving.take_in(two.near.group).papers == 0
    book._key_file("gan").unlink()
    paper_id = two.far.issue()
    two.far.knows(NEAR.name, Channel.EDXML, organ_code=NEAR.code)
    sending.queue(two.far.clerk, two.far.group, paper_id, [NEAR.name])
    assert jobs.Post().go_round().troubled == 1
    assert two.far.states(paper_id) == {NEAR.name: "sent"}


def test_a_clerk_who_does_not_want_to_wait_asks_for_a_round_and_is_told_what_is_wrong(two):
    asked = jobs.ask_post(two.far.group.id, two.far.clerk)
    assert jobs.ask_post(two.far.group.id, two.far.clerk).id == asked.id
    two.axis.faults.down = True
    tasks.post.call(asked.id)
    told = jobs.for_object(two.far.viewer, "post", str(two.far.group.id))
    assert (told.state, "rục" in told.problem_vi) == ("failed", True)


def test_an_address_is_ended_and_a_list_stands_for_many(two):
    clerk, group = two.near.clerk, two.near.group
    addressing.set_list(clerk, group, "Các nơi", [FAR.name, "Thôn Một"])
    assert [one.name for one in book.resolve(group.id, ["Các nơi"], DAY)] == [FAR.name, "Thôn Một"]
    addressing.end_address(clerk, group, FAR.name, DAY)
    assert book.resolve(group.id, [FAR.name], date(2022, 8, 4))[0].channel is Channel.NONE
    with pytest.raises(BadInput, match="không có «Nơi lạ»"):
        addressing.end_address(clerk, group, "Nơi lạ", DAY)
    with pytest.raises(Refused):
        addressing.set_list(two.near.account("member", "BHXH"), group, "Các nơi", [])


def test_letters_wait_while_no_mail_server_is_named(two, settings):
    settings.EMAIL_BACKEND = "dean06.papers.post.no_mail.NoMail"
    two.near.knows("Công an huyện", Channel.EMAIL, address="vanthu@cong-an.example")
    paper_id = two.near.issue()
    sending.queue(two.near.clerk, two.near.group, paper_id, ["Công an huyện"])
    assert sending.carry(two.near.group).waiting == 1
    (one,) = dispatching.of_paper(two.near.viewer, paper_id)
    assert (one.state, "DEAN06_MAIL" in one.note) == ("queued", True)


def test_a_reports_receipts_stand_and_its_paper_goes_to_those_the_book_reaches(two):
    secretariat, leader = two.near.account("secretariat"), two.near.account("leader")
    reporting.make(secretariat, two.near.group, "2022-08")
    paper_id = reporting.issue(leader, two.near.group, "2022-08").id
    first, *others = reporting.recipients(two.near.group).values()
    two.near.knows(first, Channel.EDXML, organ_code=FAR.code)
    receipts = reporting.send(two.near.clerk, two.near.group, "2022-08")
    assert {one["name"] for one in receipts} == {first, *others}
    assert two.near.states(paper_id) == {first: "queued"}
    jobs.Post().go_round()
    assert only(two.far).organ_name == NEAR.name


def test_a_paper_signed_digitally_is_sealed_before_it_is_sent(two):
    paper_id = two.near.issue()
    models.Paper.objects.filter(pk=paper_id).update(manner="digital", seal="PC", sealed_at=None)
    with pytest.raises(BadInput, match="đóng dấu rồi gửi"):
        sending.queue(two.near.clerk, two.near.group, paper_id, [FAR.name])
