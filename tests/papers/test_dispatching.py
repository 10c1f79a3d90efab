"""The address book and the ways that are not the axis: e-mail with its link, the page of published papers, by hand."""

from __future__ import annotations

import json
import re
import stat
from datetime import date, timedelta

import pytest
from django.core import mail

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.papers import models
from dean06.papers.edxml.types import Organ
from dean06.papers.errors import PaperRefused
from dean06.papers.post import portal
from dean06.papers.service import addressing, dispatching, documents, withdrawing
from dean06.papers.service.addressing import Address, Channel
from dean06.papers.service.dispatching import State
from dean06.papers.service.withdrawing import Kind, Withdraw
from dean06.papers.writing.document import Secrecy
from ledger.permits import Thing
from papers.offices import NOON, Office, office, permit, viewer
from papers.packets import PROVINCE

pytestmark = pytest.mark.django_db

MAIL, WEB, HAND, AXIS = "Công an huyện", "Trang thông tin điện tử", "Các xã, thị trấn", "UBND tỉnh"
EVERY = (MAIL, WEB, HAND, AXIS)


@pytest.fixture
def house(home):
    with clock.pinned(NOON):
        made = office("tinh", PROVINCE, "http://127.0.0.1:9")
        made.knows(MAIL, Channel.EMAIL, "vanthu@cong-an.example")
        made.knows(WEB, Channel.PORTAL)
        made.knows(HAND, Channel.PAPER, "Số 1 đường Làng")
        made.knows(AXIS, Channel.EDXML, organ="H99")
        yield made


def resolved(house: Office, *names: str, on: date | None = None):
    return addressing.resolve(house.group.id, names, on or NOON.date())


def set_list(house: Office, name: str, *names: str) -> None:
    addressing.set_list(permit(addressing.list_ref(house.group.slug, name, names)), house.group.id, name, names)


def test_recipients_are_found_in_the_book_and_lists_are_opened(house):
    set_list(house, "Thành viên tổ", MAIL, HAND)
    found = resolved(house, f"{AXIS};", "Thành viên tổ", MAIL, "Ban Chỉ huy lạ.")
    assert [(one.name, one.channel) for one in found] == [
        (AXIS, Channel.EDXML),
        (MAIL, Channel.EMAIL),
        (HAND, Channel.PAPER),
        ("Ban Chỉ huy lạ", Channel.NONE),
    ]
    assert "thêm nơi nhận này vào sổ địa chỉ" in found[-1].hint
    assert addressing.lists(house.viewer, house.group.id) == {"Thành viên tổ": (MAIL, HAND)}
    set_list(house, "Thành viên tổ")
    assert addressing.lists(house.viewer, house.group.id) == {}


def test_an_address_holds_from_its_day_until_the_next(house):
    day = NOON.date()
    one = Address(name=MAIL, channel=Channel.PAPER, since=day)
    addressing.set_address(permit(addressing.entry_ref("tinh", one)), house.group.id, one)
    assert resolved(house, MAIL, on=day - timedelta(days=1))[0].channel is Channel.EMAIL
    assert resolved(house, MAIL)[0].channel is Channel.PAPER
    ended = Address(name=MAIL, channel=Channel.PAPER, since=day, until=day)
    addressing.set_address(permit(addressing.entry_ref("tinh", ended)), house.group.id, ended)
    assert resolved(house, MAIL, on=day + timedelta(days=1))[0].channel is Channel.NONE
    assert {one.name for one in addressing.book(house.viewer, house.group.id, day)} == set(EVERY)
    early = Address(name=MAIL, channel=Channel.PAPER, since=day - timedelta(days=9))
    with pytest.raises(BadInput, match="đã có địa chỉ từ ngày 03/08/2022"):
        addressing.set_address(permit(addressing.entry_ref("tinh", early)), house.group.id, early)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"channel": Channel.EDXML}, "mã định danh cơ quan"),
        ({"channel": Channel.EMAIL, "address": "khong phai thu"}, "thư điện tử viết sai"),
        ({"channel": Channel.RECORD}, "chọn một kênh"),
        ({"channel": Channel.PAPER, "name": " . "}, "Tên nơi nhận"),
        ({"channel": Channel.PAPER, "until": date(2021, 1, 1)}, "Ngày cuối"),
    ],
)
def test_a_useless_address_is_refused(changes, told):
    with pytest.raises(BadInput, match=told):
        Address(**({"name": "Nơi nào đó", "since": date(2022, 1, 1)} | changes))


def test_the_key_lies_in_a_file_of_its_own(house, home):
    path = home / "keys" / "axis-tinh.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = path.read_text()
    assert addressing.axis(house.group.id).secret == key
    assert key not in str(list(models.Connection.objects.values()))
    path.unlink()
    with pytest.raises(BadInput, match="nhập lại khóa"):
        addressing.axis(house.group.id)
    where = addressing.place(house.group.id)
    with pytest.raises(BadInput, match="từ 8 ký tự"):
        addressing.connect(permit(addressing.connection_ref("tinh", where)), house.group.id, where, "ngan")
    with pytest.raises(BadInput, match="https"):
        addressing.Place(url="file:///etc", system_id="a", organ=where.organ)
    with pytest.raises(PaperRefused, match="mã định danh"):
        Organ(code="?", name="a")


def test_a_letter_brings_the_paper_and_its_link_confirms(house):
    paper = house.issue()
    house.send(paper, MAIL)
    (letter,) = mail.outbox
    assert letter.to == ["vanthu@cong-an.example"]
    assert letter.subject.startswith(f"[{paper.label}] ")
    (name, content, kind) = letter.attachments[0]
    assert (name, kind) == (f"{paper.label.replace('/', '_')}.pdf", "application/pdf")
    assert content == documents.file(house.viewer, paper.id, "pdf").read_bytes()
    token = re.search(r"xac-nhan/(\S+)/", letter.body).group(1)
    assert house.states(paper) == {MAIL: "sent"}
    assert dispatching.confirm_by_link(token) == dispatching.confirm_by_link(token) == paper.label
    (row,) = dispatching.of_paper(house.viewer, paper.id)
    assert [step.state for step in row.steps] == ["queued", "sent", "received"]
    with pytest.raises(BadInput, match="Đường dẫn xác nhận"):
        dispatching.confirm_by_link(token[:-1])
    assert letter.extra_headers["Message-ID"].endswith(".local>")


def test_a_mail_server_that_refuses_leaves_the_letter_queued(house, monkeypatch):
    paper = house.issue()

    def refuse(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        house.send(paper, MAIL)
    assert house.states(paper) == {MAIL: "queued"}
    with clock.pinned(NOON + timedelta(minutes=5)):
        house.deliver()
    assert house.states(paper) == {MAIL: "sent"}


def test_a_recall_reaches_letters_and_the_page_and_paper(house):
    paper = house.issue()
    house.send(paper, MAIL, WEB, HAND)
    hand = next(one for one in dispatching.of_paper(house.viewer, paper.id) if one.recipient == HAND)
    dispatching.mark(permit(dispatching.mark_ref(hand.id, State.SENT)), hand.id, State.SENT)
    one = Withdraw(paper_id=paper.id, kind=Kind.RECALL, reason="ban hành nhầm")
    withdrawing.withdraw(permit(withdrawing.ref(one)), one)
    house.deliver()
    assert mail.outbox[-1].subject == f"[Thu hồi] {paper.label}"
    assert "ban hành nhầm" in mail.outbox[-1].body
    dispatching.confirm_by_link(re.search(r"xac-nhan/(\S+)/", mail.outbox[-1].body).group(1))
    (link,) = withdrawing.chain(house.viewer, paper.id)
    told = {notice.recipient: notice for notice in link.notices}
    assert {name: notice.confirmed for name, notice in told.items()} == {MAIL: True, WEB: True, HAND: False}
    by_hand = told[HAND].id
    withdrawing.mark_notice(permit(withdrawing.notice_ref(by_hand)), by_hand, "Đã nhận lại bản giấy ngày 05/8.")
    with pytest.raises(BadInput, match="đã xác nhận"):
        withdrawing.mark_notice(permit(withdrawing.notice_ref(by_hand)), by_hand, "lần nữa")
    feed = json.loads((portal.folder("tinh") / "feed.json").read_text())
    assert [(item["state"], item["file"]) for item in feed["items"]] == [("recall", "")]


def test_the_page_of_published_papers(house):
    first = house.issue()
    second = house.issue(abstract="kết quả <b>tháng 8</b> & ghi chú")
    house.send(first, WEB)
    house.send(second, WEB)
    folder = portal.folder("tinh")
    feed = json.loads((folder / "feed.json").read_text())
    assert [item["number"] for item in feed["items"]] == [second.label, first.label]
    for item in feed["items"]:
        assert (folder / item["file"]).read_bytes().startswith(b"%PDF")
        assert item["date"] == "2022-08-03"
    page = (folder / "index.html").read_text()
    assert "kết quả &lt;b&gt;tháng 8&lt;/b&gt; &amp; ghi chú" in page
    assert not list(folder.glob("*.part"))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    portal.publish(house.group.id, "tinh", house.group.name)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_by_hand_and_without_a_channel(house):
    paper = house.issue()
    house.send(paper, HAND, "Nơi chưa biết")
    assert house.states(paper) == {HAND: "queued", "Nơi chưa biết": "queued"}
    rows = {one.recipient: one for one in dispatching.unsettled(house.viewer, house.group.id)}
    assert "Chưa có kênh" in rows["Nơi chưa biết"].note
    assert rows["Nơi chưa biết"].channel is Channel.NONE
    hand = rows[HAND].id
    with pytest.raises(BadInput, match="không ghi được bước này"):
        dispatching.mark(permit(dispatching.mark_ref(hand, State.RECEIVED)), hand, State.RECEIVED)
    for state in (State.SENT, State.RECEIVED):
        dispatching.mark(permit(dispatching.mark_ref(hand, state)), hand, state)
    house.knows("Nơi chưa biết", Channel.EMAIL, "moi@noi-khac.example")
    house.queue(paper, "Nơi chưa biết")
    house.deliver()
    assert house.states(paper) == {HAND: "received", "Nơi chưa biết": "sent"}


def test_a_secret_paper_leaves_by_hand_alone(house):
    paper = house.issue(secrecy=Secrecy.MAT)
    house.send(paper, MAIL, WEB, AXIS, HAND)
    assert mail.outbox == []
    assert not portal.folder("tinh").exists()
    assert {one.channel for one in dispatching.of_paper(house.viewer, paper.id)} == {Channel.PAPER}


def test_a_paper_for_inner_use_is_not_published(house):
    paper = house.issue(circulation="Lưu hành nội bộ")
    (route,) = house.queue(paper, WEB)
    assert (route.channel, "không công bố" in route.hint) == (Channel.NONE, True)


def test_writing_down_a_dispatch_works_as_before(house):
    paper = house.issue()
    ref = Thing("paper", str(paper.id), documents.dispatch_digest(paper.id, ["A", "B"]))
    assert documents.dispatch(permit(ref), paper.id, ["A", "B"]) == [("A", NOON), ("B", NOON)]
    house.queue(paper, HAND, AXIS)
    assert [name for name, _ in documents.dispatches(paper.id)] == ["A", "B"]
    both = Thing("paper", str(paper.id), documents.dispatch_digest(paper.id, ["A", HAND]))
    with clock.pinned(NOON + timedelta(hours=1)):
        assert [name for name, _ in documents.dispatch(permit(both), paper.id, ["A", HAND])] == ["A", "B", HAND]
    assert house.states(paper)[AXIS] == "queued"


def test_a_group_without_a_place_on_the_axis_keeps_its_packets(house):
    paper = house.issue()
    house.queue(paper, AXIS)
    tally = dispatching.deliver(house.group.id, dispatching.Post())
    assert (tally.taken_up, tally.waiting, tally.failed) == (1, 1, 0)
    (row,) = dispatching.of_paper(house.viewer, paper.id)
    assert "chưa kết nối trục" in row.note
    assert dispatching.of_paper(viewer(), paper.id) == ()


def test_a_draft_cannot_be_sent(house):
    paper = house.issue()
    models.Paper.objects.filter(pk=paper.id).update(number=None)
    with pytest.raises(BadInput, match="đã ký và cấp số"):
        house.queue(paper, MAIL)
