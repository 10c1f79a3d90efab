"""The client of the axis against an axis on the loopback: it forwards, refuses, is slow, down and forgetful."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dean06.clock.errors import Unavailable
from dean06.demo.service import DocumentExchange, System
from dean06.papers.edxml.reading import read
from dean06.papers.edxml.writing import write
from dean06.papers.errors import PaperRefused
from dean06.papers.post import exchange_client as client
from dean06.papers.post.exchange_client import Axis, AxisRefused, Unsure
from papers.packets import COMMUNE, PROVINCE, edoc, status

PACKET = write(edoc())


def ours(url: str, organ: str) -> Axis:
    return Axis(url=url, system_id=f"he-thong-{organ}", secret=f"khoa-{organ}", timeout=1, tries=3, pause=0.02)


def made() -> DocumentExchange:
    return DocumentExchange(
        *(
            System(system_id=f"he-thong-{organ.code}", secret=f"khoa-{organ.code}", organs={organ.code: organ.name})
            for organ in (PROVINCE, COMMUNE)
        )
    )


@pytest.fixture
def exchange() -> DocumentExchange:
    return made()


@pytest.fixture
def url(exchange: DocumentExchange) -> Iterator[str]:
    with exchange.serving() as address:
        yield address


def give(axis: Axis, packet: bytes = PACKET) -> str:
    return client.send(axis, packet, message="edoc", sender=PROVINCE.code, to=[COMMUNE.code])


def test_a_packet_goes_and_its_receipt_comes_back(exchange, url):
    sender, receiver = ours(url, PROVINCE.code), ours(url, COMMUNE.code)
    packet_id = give(sender)
    (lying,) = client.waiting(receiver, "edoc")
    assert read(client.get(receiver, lying.packet_id)) == edoc()
    client.confirm(receiver, lying.packet_id, "done")
    assert client.waiting(receiver, "edoc") == ()
    told = write(status("03"))
    client.send(receiver, told, message="status", sender=COMMUNE.code, to=[PROVINCE.code])
    (back,) = client.waiting(sender, "status")
    assert read(client.get(sender, back.packet_id)) == status("03")
    (gone,) = client.sent(sender, "edoc")
    assert (gone.packet_id, gone.to, gone.notation) == (packet_id, COMMUNE.code, "05/BC-TCTĐA")
    assert {row.code for row in client.organs(sender)} == {PROVINCE.code, COMMUNE.code}


def test_the_axis_refuses_what_it_should(exchange, url):
    axis = ours(url, PROVINCE.code)
    with pytest.raises(AxisRefused, match="mã 02"):
        give(replace(axis, secret=axis.secret[::-1]))
    with pytest.raises(AxisRefused, match="mã 01"):
        client.waiting(replace(axis, system_id="la"), "edoc")
    del exchange.systems[f"he-thong-{COMMUNE.code}"]
    with pytest.raises(AxisRefused, match=r"chưa đăng ký: H99\.12\.5"):
        give(axis)
    with pytest.raises(AxisRefused, match="mã 11"):
        give(axis, b"khong phai xml")
    with pytest.raises(AxisRefused, match="không thuộc hệ thống"):
        give(axis, write(edoc(sender=COMMUNE)))
    with pytest.raises(AxisRefused, match="mã 31"):
        client.get(axis, "khong-co")
    assert exchange.held == []


def test_a_pause_of_the_axis_is_waited_for(exchange, url):
    exchange.faults.down = True
    with pytest.raises(Unavailable, match="sẽ gửi lại") as raised:
        give(ours(url, PROVINCE.code))
    assert not isinstance(raised.value, Unsure)
    exchange.faults.down = False
    assert give(ours(url, PROVINCE.code))


def test_a_lost_answer_is_told_and_the_packet_is_not_sent_twice(exchange, url):
    axis = ours(url, PROVINCE.code)
    exchange.faults.deaf = 1
    with pytest.raises(Unsure, match="kiểm tra rồi mới gửi lại"):
        give(axis)
    assert len(exchange.held) == 1
    assert [row.notation for row in client.sent(axis, "edoc")] == ["05/BC-TCTĐA"]


def test_a_slow_axis_is_not_waited_for_for_ever(exchange, url):
    exchange.faults.delay = 30
    with pytest.raises(Unsure):
        give(replace(ours(url, PROVINCE.code), timeout=0.1))
    with pytest.raises(Unavailable):
        client.waiting(replace(ours(url, PROVINCE.code), timeout=0.1), "edoc")


def test_nobody_at_the_address():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(Unavailable, match="không liên lạc được"):
        give(ours(f"http://127.0.0.1:{port}", PROVINCE.code))


def test_a_broken_packet_is_handed_out_as_it_is(exchange, url):
    give(ours(url, PROVINCE.code))
    receiver = ours(url, COMMUNE.code)
    exchange.faults.broken = 1
    (lying,) = client.waiting(receiver, "edoc")
    with pytest.raises(PaperRefused):
        read(client.get(receiver, lying.packet_id))
    assert read(client.get(receiver, lying.packet_id)) == edoc()


def test_the_key_is_never_shown():
    assert "khoa-" not in repr(ours("http://127.0.0.1", PROVINCE.code))


@pytest.mark.parametrize(
    "said", [b"", b"<html>bao tri</html>", b"[]", b'{"status": "OK"}', b'{"ErrorCode": "0"', b"\xff"]
)
def test_an_answer_of_another_form_is_no_answer(said):
    with pytest.raises(Unavailable):
        client._understood(said)


def test_a_list_of_another_form_is_no_list():
    answer = client._understood(b'{"status": "OK", "ErrorCode": "0", "data": [{"docId": "a b"}]}')
    with pytest.raises(Unavailable):
        client._rows(answer, client.Waiting)
