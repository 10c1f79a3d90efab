"""Two groups exchange papers over an axis: sent, arrived, received, recalled, replaced; faults; kills."""

from __future__ import annotations

import functools
import os

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.demo.service import DocumentExchange
from dean06.papers import models
from dean06.papers.edxml.codes import Business, standard
from dean06.papers.edxml.writing import write
from dean06.papers.keeping import store
from dean06.papers.models import State
from dean06.papers.post import carrying, intake
from dean06.papers.post import exchange_client as client
from dean06.papers.service import addressing, archive, dispatching, incoming, withdrawing
from dean06.papers.service.addressing import Channel
from dean06.papers.service.withdrawing import Kind, Withdraw
from harness.threads import at_once
from papers.offices import NOON, Office, Pair, later, office, permit, systems, viewer
from papers.packets import COMMUNE, PROVINCE, edoc, status
from papers.samples import letter

pytestmark = pytest.mark.django_db

TO = "UBND xã Cồn Xanh"


@pytest.fixture
def pair(home):
    with clock.pinned(NOON):
        exchange = DocumentExchange(*systems(tinh=PROVINCE, xa=COMMUNE))
        with exchange.serving() as url:
            made = Pair(office("tinh", PROVINCE, url), office("xa", COMMUNE, url), exchange)
            made.province.knows(TO, Channel.EDXML, organ=COMMUNE.code)
            yield made


def only(reader: Office):
    (row,) = incoming.inbox(reader.viewer, reader.group.id)
    return row


def register(reader: Office, incoming_id: int):
    return incoming.register(permit(incoming.ref(incoming_id, "register")), incoming_id)


def recall(sender: Office, paper, reason="sai số liệu", by=None, kind=Kind.RECALL):
    one = Withdraw(paper_id=paper.id, kind=kind, reason=reason, by_paper_id=by.id if by else None)
    withdrawing.withdraw(permit(withdrawing.ref(one)), one)


def agree(reader: Office, incoming_id: int):
    return incoming.agree_recall(permit(incoming.ref(incoming_id, "agree_recall")), incoming_id)


def test_a_paper_is_sent_arrives_and_is_received(pair):
    province, commune = pair.province, pair.commune
    paper = province.issue()
    assert [route.channel for route in province.queue(paper, TO)] == [Channel.EDXML]
    assert province.states(paper) == {TO: "queued"}
    assert pair.exchange.held == []
    assert province.deliver().waiting == 0
    assert province.states(paper) == {TO: "sent"}

    assert commune.take_in().papers == 1
    row = only(commune)
    assert (row.label, row.organ_code, row.number, row.kind) == (paper.label, PROVINCE.code, None, "Báo cáo")
    body = incoming.file(commune.viewer, row.id, row.files[0].sha256)
    assert body.read_bytes() == store.path_of(paper.pdf_sha256, "pdf").read_bytes()
    commune.deliver()
    assert province.take_in().statuses == 1
    assert province.states(paper) == {TO: "arrived"}

    assert register(commune, row.id).number == 1
    commune.deliver()
    province.take_in()
    assert province.states(paper) == {TO: "received"}
    assert archive.verify_all().sound


def test_a_packet_larger_than_the_axis_takes_is_told(pair, monkeypatch):
    paper = pair.province.issue()
    table = standard().model_copy(update={"limits": standard().limits.model_copy(update={"packet_bytes": 1000})})
    monkeypatch.setattr(carrying, "standard", lambda: table)
    pair.province.send(paper, TO)
    (row,) = dispatching.of_paper(pair.province.viewer, paper.id)
    assert (row.state, "lớn hơn mức" in row.note) == ("failed", True)


def test_a_paper_is_called_back_and_that_is_confirmed(pair):
    province, commune = pair.province, pair.commune
    paper = province.issue()
    province.send(paper, TO)
    commune.take_in()
    row = only(commune)
    register(commune, row.id)
    recall(province, paper)
    province.deliver()
    commune.take_in()
    asked = incoming.one(commune.viewer, row.id)
    assert (asked.recall_reason, asked.recalled_at, asked.number) == ("sai số liệu", None, 1)
    given_back = agree(commune, row.id)
    assert (given_back.status, given_back.number, given_back.files) == ("recalled", 1, ())
    commune.deliver()
    province.take_in()
    assert province.states(paper) == {TO: "recalled"}
    (link,) = withdrawing.chain(province.viewer, paper.id)
    assert (link.kind, link.reason, link.decided_by) == (Kind.RECALL, "sai số liệu", "leader")
    assert [notice.confirmed for notice in link.notices] == [True]
    (sent,) = dispatching.of_paper(province.viewer, paper.id)
    assert [step.state for step in sent.steps] == ["queued", "sent", "arrived", "received", "recalled"]
    assert models.Paper.objects.get(pk=paper.id).number == paper.number


def test_what_is_given_back_is_destroyed(pair, django_capture_on_commit_callbacks):
    """The paper is a stranger's, so that nothing else of the house has the same file."""
    commune, axis = pair.commune, pair.province.axis
    client.send(axis, write(edoc()), message="edoc", sender=PROVINCE.code, to=[COMMUNE.code])
    commune.take_in()
    (file,) = only(commune).files
    assert store.lies(file.sha256, file.suffix)
    back = status("13", sender=PROVINCE, to=COMMUNE.code, description="gửi nhầm")
    client.send(axis, write(back), message="status", sender=PROVINCE.code, to=[COMMUNE.code])
    commune.take_in()
    with django_capture_on_commit_callbacks(execute=True):
        agree(commune, only(commune).id)
    assert not store.lies(file.sha256, file.suffix)


def test_a_replacement_shows_the_chain_and_keeps_both_numbers(pair):
    province, commune = pair.province, pair.commune
    first, second = province.issue(), province.issue(abstract="kết quả tháng 7, bản thay thế")
    province.send(first, TO)
    commune.take_in()
    register(commune, only(commune).id)
    recall(province, first, "sót phụ lục", second, Kind.REPLACEMENT)
    province.queue(second, TO)
    province.deliver()
    assert len(pair.exchange.held) == 2
    assert province.states(second) == {TO: "sent"}
    commune.take_in()
    newer = only(commune)
    assert (newer.business, newer.reason, newer.label) == (3, "sót phụ lục", second.label)
    assert register(commune, newer.id).number == 2
    (older,) = [row for row in incoming.of_year(commune.viewer, commune.group.id, 2022) if row.number == 1]
    assert older.replaced_by == newer.id
    commune.deliver()
    province.take_in()
    assert province.states(second) == {TO: "received"}
    links = withdrawing.chain(province.viewer, second.id)
    assert [(link.label, link.kind, link.by_label) for link in links] == [
        (first.label, Kind.REPLACEMENT, second.label),
        (second.label, None, ""),
    ]
    assert links[0].notices[0].confirmed
    assert (first.number, second.number) == (1, 2)


def test_a_recall_by_a_paper_brings_that_paper(pair):
    province, commune = pair.province, pair.commune
    paper = province.issue()
    province.send(paper, TO)
    commune.take_in()
    register(commune, only(commune).id)
    notice = province.issue(letter(), abstract="thu hồi báo cáo")
    recall(province, paper, "ban hành nhầm", notice)
    province.deliver()
    commune.take_in()
    came = only(commune)
    assert (came.business, came.label, len(came.files)) == (1, notice.label, 1)
    (older,) = incoming.of_year(commune.viewer, commune.group.id, 2022)
    assert older.recall_reason == "ban hành nhầm"
    assert province.states(notice) == {TO: "sent"}


def test_a_receiver_may_refuse_and_may_keep(pair):
    province, commune = pair.province, pair.commune
    first, second = province.issue(), province.issue()
    province.send(first, TO)
    province.send(second, TO)
    commune.take_in()
    rows = {row.label: row for row in incoming.inbox(commune.viewer, commune.group.id)}
    refused = rows[first.label].id
    ref = incoming.ref(refused, "refuse", reason="không thuộc địa bàn")
    incoming.refuse(permit(ref), refused, "không thuộc địa bàn")
    kept = rows[second.label].id
    register(commune, kept)
    recall(province, second)
    province.deliver()
    commune.take_in()
    incoming.decline_recall(permit(incoming.ref(kept, "decline_recall", reason="đã thi hành")), kept, "đã thi hành")
    commune.deliver()
    province.take_in()
    assert province.states(first) == {TO: "refused"}
    assert province.states(second) == {TO: "received"}
    (link,) = withdrawing.chain(province.viewer, second.id)
    assert [(notice.state, "đã thi hành" in notice.note) for notice in link.notices] == [("refused", True)]
    assert incoming.one(commune.viewer, refused).number is None


def test_what_was_not_sent_yet_is_never_sent_once_withdrawn(pair):
    paper = pair.province.issue()
    pair.province.queue(paper, TO)
    recall(pair.province, paper)
    pair.province.deliver()
    assert pair.exchange.held == []
    assert pair.province.states(paper) == {TO: "recalled"}
    with pytest.raises(BadInput, match="không gửi nữa"):
        pair.province.queue(paper, "nơi khác")
    with pytest.raises(BadInput, match="đã được thu hồi"):
        recall(pair.province, paper)


def test_a_kill_before_the_line_and_after_it_sends_one_packet(pair, monkeypatch):
    province, commune = pair.province, pair.commune
    paper = province.issue()
    province.queue(paper, TO)
    for target, name in ((client, "send"), (carrying, "settle")):
        with monkeypatch.context() as killed:
            killed.setattr(target, name, lambda *_a, **_k: (_ for _ in ()).throw(SystemExit))
            with later(10 if name == "settle" else 0), pytest.raises(SystemExit):
                province.deliver()
    assert len(pair.exchange.held) == 1
    with later(11):
        assert province.deliver().taken_up == 0
    with later(20):
        province.deliver()
    assert len(pair.exchange.held) == 1
    (sent,) = dispatching.of_paper(province.viewer, paper.id)
    assert (sent.state, sent.packet_id) == ("sent", pair.exchange.held[0].given_id)
    assert commune.take_in().papers == 1


def test_a_paper_withdrawn_while_its_packet_is_unsure_and_there(pair):
    province = pair.province
    paper = province.issue()
    pair.exchange.faults.deaf = 1
    province.send(paper, TO)
    recall(province, paper)
    for minutes in (5, 10):
        with later(minutes):
            province.deliver()
    assert [held.message for held in pair.exchange.held] == ["edoc", "status"]
    assert province.states(paper) == {TO: "sent"}
    (link,) = withdrawing.chain(province.viewer, paper.id)
    assert [notice.state for notice in link.notices] == ["sent"]


def test_a_paper_withdrawn_while_its_packet_is_unsure_and_not_there(pair, monkeypatch):
    province = pair.province
    paper = province.issue()
    province.queue(paper, TO)
    with monkeypatch.context() as killed:
        killed.setattr(client, "send", lambda *_a, **_k: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            province.deliver()
    recall(province, paper)
    for minutes in (5, 10):
        with later(minutes):
            province.deliver()
    assert pair.exchange.held == []
    assert province.states(paper) == {TO: "recalled"}
    (link,) = withdrawing.chain(province.viewer, paper.id)
    assert [(notice.state, "chưa từng" in notice.note) for notice in link.notices] == [("recalled", True)]


def test_a_lost_answer_does_not_double_the_packet(pair):
    paper = pair.province.issue()
    pair.exchange.faults.deaf = 1
    pair.province.send(paper, TO)
    assert pair.province.states(paper) == {TO: "queued"}
    with later(5):
        pair.province.deliver()
    assert len(pair.exchange.held) == 1
    assert pair.province.states(paper) == {TO: "sent"}


def test_an_axis_that_is_down_is_tried_again_with_longer_pauses(pair):
    paper = pair.province.issue()
    pair.exchange.faults.down = True
    pair.province.send(paper, TO)
    for minutes, taken in ((0.5, 0), (1.5, 1), (2.5, 0), (4, 1)):
        with later(minutes):
            assert pair.province.deliver().taken_up == taken
    pair.exchange.faults.down = False
    with later(60):
        pair.province.deliver()
    assert pair.province.states(paper) == {TO: "sent"}


def test_an_office_that_the_axis_does_not_know_is_told_and_can_be_tried_again(pair):
    province = pair.province
    province.knows("UBND xã Lạ", Channel.EDXML, organ="H99.9.9")
    paper = province.issue()
    province.send(paper, "UBND xã Lạ", TO)
    assert province.states(paper) == {"UBND xã Lạ": "failed", TO: "sent"}
    (failed,) = dispatching.unsettled(province.viewer, province.group.id)
    assert "chưa đăng ký: H99.9.9" in failed.note
    province.knows("UBND xã Lạ", Channel.EMAIL, "vanthu@xa-la.example")
    dispatching.retry(permit(dispatching.mark_ref(failed.id, dispatching.State.QUEUED)), failed.id)
    province.deliver()
    assert province.states(paper)["UBND xã Lạ"] == "sent"


def test_doubled_forgotten_and_broken_packets(pair):
    province, commune = pair.province, pair.commune
    pair.exchange.faults.twice, pair.exchange.faults.forgetful = 1, 1
    paper = province.issue()
    province.send(paper, TO)
    assert len(pair.exchange.held) == 2
    first = commune.take_in()
    assert (first.papers, first.repeats) == (1, 1)
    assert (commune.take_in().repeats, commune.take_in().repeats) == (1, 0)
    assert len(incoming.inbox(commune.viewer, commune.group.id)) == 1

    second = province.issue()
    province.send(second, TO)
    pair.exchange.faults.broken = 1
    assert commune.take_in().papers == 1
    third = province.issue()
    province.send(third, TO)
    pair.exchange.faults.broken = 2
    assert commune.take_in().aside == 1
    (aside,) = incoming.aside(commune.viewer, commune.group.id)
    assert "XML" in aside.vi
    assert commune.take_in() == incoming.Taken()


def test_a_kill_between_taking_in_and_confirming_takes_the_packet_in_once(pair, monkeypatch):
    pair.province.send(pair.province.issue(), TO)
    with monkeypatch.context() as killed:
        killed.setattr(client, "confirm", lambda *_a: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            pair.commune.take_in()
    assert pair.commune.take_in().repeats == 1
    assert len(incoming.inbox(pair.commune.viewer, pair.commune.group.id)) == 1


def test_the_same_paper_sent_anew_is_noticed(pair):
    province, commune = pair.province, pair.commune
    paper = province.issue()
    province.send(paper, TO)
    commune.take_in()
    row = only(commune)
    with later(30):
        models.Dispatch.objects.update(state="failed", handed_over=False)
        province.send(paper, TO)
    commune.take_in()
    (again,) = [one for one in incoming.inbox(commune.viewer, commune.group.id) if one.id != row.id]
    assert again.duplicate_of == row.id


def test_a_stranger_cannot_speak_for_another(pair):
    """A status is believed of the office that it comes from alone, and a recall of the office that sent the paper."""
    province, commune = pair.province, pair.commune
    paper = province.issue()
    province.send(paper, TO)
    models.Dispatch.objects.update(organ_code="H99.7.7")
    commune.take_in()
    commune.deliver()
    assert province.take_in().aside == 1
    assert province.states(paper) == {TO: "sent"}
    models.Incoming.objects.update(organ_code="H99.8.8")
    models.Dispatch.objects.update(organ_code=COMMUNE.code)
    recall(province, paper)
    province.deliver()
    assert commune.take_in().aside == 1
    assert only(commune).recall_asked_at is None


@given(st.lists(st.sampled_from([State.ARRIVED, State.RECEIVED]), max_size=6), st.randoms())
def test_receipts_may_come_in_any_order(told, chance):
    def end(statuses: list[State]) -> State:
        return functools.reduce(intake.after, statuses, State.SENT)

    mixed = chance.sample(told, len(told))
    assert end(told) is end(mixed)
    assert end([*told, State.REFUSED]) is (State.RECEIVED if State.RECEIVED in told else State.REFUSED)
    assert end([State.REFUSED, *told]) is State.REFUSED
    assert intake.after(State.RECALLED, State.RECEIVED) is State.RECALLED


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_packet(home):
    with clock.pinned(NOON):
        exchange = DocumentExchange(*systems(tinh=PROVINCE, xa=COMMUNE))
        with exchange.serving() as url:
            province = office("tinh", PROVINCE, url)
            province.knows(TO, Channel.EDXML, organ=COMMUNE.code)
            issued = [province.issue() for _ in range(3)]
            for paper in issued:
                province.queue(paper, TO)
            exchange.faults.delay = 0.05

            def work() -> None:
                with clock.pinned(NOON):
                    province.deliver()

            assert at_once(work, work, work) == []
            assert sorted(held.notation for held in exchange.held) == sorted(paper.label for paper in issued)
            assert {state for paper in issued for state in province.states(paper).values()} == {"sent"}


DEATHS = [
    (carrying, "begin", 0),
    (client, "send", 0),
    (client, "send", 1),
    (carrying, "settle", 0),
    (carrying, "settle", 1),
]


def dying(target: object, name: str, sender: Office, *, after: bool) -> None:
    """Carry what is queued until a step, and end the process before or after it."""
    step = getattr(target, name)

    def die(*args: object, **named: object) -> None:
        if after:
            step(*args, **named)
        os._exit(9)

    try:
        setattr(target, name, die)
        sender.deliver()
    finally:
        os._exit(0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("target", "name", "after"), DEATHS, ids=lambda part: getattr(part, "__name__", str(part)))
def test_a_process_that_dies_sends_no_packet_twice(home, target, name, after):
    """The worker is a process of its own that ends without a word, before or after a step; another takes over."""
    with clock.pinned(NOON):
        exchange = DocumentExchange(*systems(tinh=PROVINCE, xa=COMMUNE))
        with exchange.serving() as url:
            province = office("tinh", PROVINCE, url)
            province.knows(TO, Channel.EDXML, organ=COMMUNE.code)
            paper = province.issue()
            province.queue(paper, TO)
            connection.close()
            if (child := os.fork()) == 0:
                dying(target, name, province, after=bool(after))
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
            with later(5):
                province.deliver()
            assert len(exchange.held) == 1
            assert province.states(paper) == {TO: "sent"}


def test_a_packet_in_anothers_name_is_set_aside(pair):
    pair.province.send(pair.province.issue(), TO)
    pair.exchange.held[0].sender = "H99.6"
    assert pair.commune.take_in().aside == 1
    (aside,) = incoming.aside(pair.commune.viewer, pair.commune.group.id)
    assert "khác đơn vị mà trục biết" in aside.vi


def test_organs_that_the_axis_does_not_have_are_told(pair):
    pair.province.knows("UBND xã Lạ", Channel.EDXML, organ="H99.9.9")
    assert addressing.strangers(pair.province.group.id) == ("UBND xã Lạ",)


def test_a_lost_key_holds_packets_and_not_letters(pair, home):
    province = pair.province
    province.knows("Công an", Channel.EMAIL, "vanthu@cong-an.example")
    paper = province.issue()
    province.queue(paper, TO, "Công an")
    (home / "keys" / "axis-tinh.key").unlink()
    dispatching.deliver(province.group.id)
    assert province.states(paper) == {TO: "queued", "Công an": "sent"}
    (row,) = dispatching.unsettled(province.viewer, province.group.id)
    assert "nhập lại khóa" in row.note


def test_an_update_stands_in_the_place_of_the_earlier(pair):
    commune, axis = pair.commune, pair.province.axis
    first = edoc()
    newer = edoc(number="06", business=Business.UPDATE, amends=first.paper)
    for packet in (first, newer):
        client.send(axis, write(packet), message="edoc", sender=PROVINCE.code, to=[COMMUNE.code])
    commune.take_in()
    rows = {row.label: row for row in incoming.inbox(commune.viewer, commune.group.id)}
    assert rows["05/BC-TCTĐA"].replaced_by == rows["06/BC-TCTĐA"].id


def test_others_see_nothing(pair):
    province, commune = pair.province, pair.commune
    paper = province.issue()
    province.send(paper, TO)
    commune.take_in()
    stranger = viewer()
    row = only(commune)
    assert dispatching.of_paper(stranger, paper.id) == ()
    assert dispatching.unsettled(stranger, province.group.id) == ()
    assert withdrawing.chain(stranger, paper.id) == ()
    assert incoming.inbox(stranger, commune.group.id) == ()
    assert incoming.one(province.viewer, row.id) is None
    assert incoming.file(province.viewer, row.id, row.files[0].sha256) is None
    assert incoming.aside(stranger, commune.group.id) == ()
    assert addressing.book(stranger, province.group.id, NOON.date()) == ()


def test_a_permit_for_one_packet_takes_no_other(pair):
    pair.province.send(pair.province.issue(), TO)
    (arrived,) = incoming.arrivals(pair.commune.axis)
    other = intake.Arrived(packet_id="x", sender="", sha256="0" * 64, opened=arrived.opened, problem=None)
    with pytest.raises(Exception, match="không dùng được"), transaction.atomic():
        incoming.take(permit(incoming.packet_ref("xa", other)), pair.commune.group.id, arrived)
    assert incoming.inbox(pair.commune.viewer, pair.commune.group.id) == ()
