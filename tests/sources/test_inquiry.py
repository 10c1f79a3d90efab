"""Asking row by row: each person once, at the agreed pace, patiently, and kept for one purpose as long as may be."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dean06.clock import service as clock
from dean06.clock.errors import HouseError, Unavailable
from dean06.demo.simulators.population import API_KEY, MEMBER, SECRET, SIGNED_URL, USER, Population
from dean06.demo.simulators.serving import Fault
from dean06.demo.types import Person
from dean06.sources.inquiry.sealed_log import KEY_BYTES, SealedLog
from dean06.sources.live.inquiry import (
    Ask,
    Asked,
    Asking,
    End,
    Fallback,
    Keeping,
    PurposeFile,
    ServiceFile,
    Step,
    opened_asking,
    rule_on,
    sweep,
)
from dean06.sources.service.population import Secret
from sources.stand_ins import registry

ACCOUNT = Secret(json.dumps({"user": USER, "secret": SECRET, "api_key": API_KEY}))
PURPOSE = {
    "format": "dean06-muc-dich/1",
    "thu_tuc": "1.001193",
    "tich_hop": "037",
    "ho_so": "DS-2022-06",
    "can_cu": "Kế hoạch làm sạch dữ liệu",
    "can_bo": "044085000001",
    "don_vi": "H46.31.12",
    "tai_khoan": "can-bo",
}
QUICK = {"moi_giay": 1000, "cho_giay": 0.4, "so_lan_thu": 2, "cho_dau": 0.01, "cho_lau_nhat": 1}


@pytest.fixture
def population() -> Population:
    return Population(registry(), most=12)


@pytest.fixture
def address(population) -> Iterator[str]:
    with population.serving() as url:
        yield url


def purpose(**changed: str) -> PurposeFile:
    return PurposeFile.model_validate(PURPOSE | changed)


@contextmanager
def asking(address: str, home: Path, why: PurposeFile | None = None, **settings: Any) -> Iterator[Asking]:
    told = {"dia_chi": address, "dia_chi_ky": SIGNED_URL, "thanh_vien": MEMBER, **QUICK, **settings}
    with opened_asking(ServiceFile.model_validate(told), why or purpose(), ACCOUNT, home) as found:
        yield found


def ask(one: Person) -> Ask:
    born = one.born if one.day else f"{one.year}"
    return Ask((Step(asked=Asked(number=one.number, name=one.name, born=born)),))


def everybody(population: Population) -> list[Ask]:
    return [ask(one) for one in population.people]


def states(found: Asking, wanted: list[Ask]) -> list[str]:
    return [told.answer.outcome if told.answer else told.state for told in map(found.told, wanted)]


def test_each_person_is_asked_about_once_however_often_they_stand_there(population, address, tmp_path):
    wanted = everybody(population) * 3
    with asking(address, tmp_path, cung_luc=5) as found:
        assert found.ask(wanted).end is End.DONE
        assert states(found, wanted) == ["found"] * 36
        assert (found.calls, found.fresh) == (12, 12)
    with asking(address, tmp_path) as found:
        assert found.ask(wanted).end is End.DONE
        assert (found.calls, found.fresh) == (0, 0)
    assert len({one.number for one in population.asked}) == len(population.asked) == 12


def test_what_is_asked_after_a_no_is_asked_once_too(population, address, tmp_path):
    one = next(one for one in population.people if one.day)
    year = Step(asked=Asked(number=one.number, name=one.name, born=f"{one.year}"), fallback=Fallback.YEAR)
    days = [day for day in (11, 12, 13, 14) if day != one.day]
    wrong = [Asked(number=one.number, name=one.name, born=f"{one.year}-{one.month:02d}-{day}") for day in days]
    wanted = [Ask((Step(asked=asked), year)) for asked in wrong]
    with asking(address, tmp_path, cung_luc=4) as found:
        found.ask(wanted)
        told = [found.told(one) for one in wanted]
        assert {known.step.fallback for known in told} == {Fallback.YEAR}
        assert [len(known.calls) for known in told] == [2] * len(days)
    assert [one.born for one in population.asked].count(f"{one.year}") == 1


ENDS = {
    Fault.DOWN: (End.UNAVAILABLE, "đang lỗi (mã 503)"),
    Fault.QUOTA: (End.UNAVAILABLE, "yêu cầu chờ 2 giây"),
    Fault.SLOW: (End.UNAVAILABLE, "Không liên lạc được"),
    Fault.BROKEN: (End.UNAVAILABLE, "Không liên lạc được"),
    Fault.GARBAGE: (End.UNAVAILABLE, "không đúng dạng"),
    Fault.WEB_PAGE: (End.UNAVAILABLE, "không đúng dạng"),
    Fault.EXPIRED: (End.REFUSED, "không nhận quyền truy cập (mã 401)"),
    Fault.REVOKED: (End.REFUSED, "không nhận tài khoản"),
    Fault.CODE: (End.UNAVAILABLE, "đang lỗi ở trục kết nối"),
}


@pytest.mark.parametrize("fault", ENDS)
def test_each_fault_has_its_sentence_and_loses_nothing(population, address, tmp_path, fault):
    population.replays = True
    population.faults.set(fault, after=5, said="Server.ClientProxy.NetworkError")
    population.faults.rest = 2
    wanted = everybody(population)
    with asking(address, tmp_path) as found:
        ended = found.ask(wanted)
        end, sentence = ENDS[fault]
        assert ended.end is end
        assert sentence in ended.sentence.vi
        assert states(found, wanted)[:5] == ["found"] * 5
        assert not {"found", "not_found"} & set(states(found, wanted)[5:])
    population.faults.set(None)
    with asking(address, tmp_path) as found:
        assert found.ask(wanted).end is End.DONE
        assert states(found, wanted) == ["found"] * 12
    assert len({one.number for one in population.asked}) == len(population.asked) == 12


@pytest.mark.parametrize("fault", [Fault.DOWN, Fault.EXPIRED, Fault.BROKEN, Fault.GARBAGE, Fault.QUOTA])
def test_what_passes_is_waited_out(population, address, tmp_path, fault):
    population.replays = True
    population.faults.rest = 1
    population.faults.set(fault, after=4, times=1)
    with asking(address, tmp_path) as found:
        assert found.ask(everybody(population)).end is End.DONE
        assert (found.calls, found.fresh) == (13, 12)


def test_one_person_without_an_answer_holds_nobody_up(population, address, tmp_path):
    population.replays = True
    population.faults.set(Fault.GARBAGE, after=4, times=2)
    wanted = everybody(population)
    with asking(address, tmp_path) as found:
        assert found.ask(wanted).end is End.DONE
        assert states(found, wanted) == ["found"] * 4 + ["khong_doc_duoc"] + ["found"] * 7


def test_a_service_that_takes_no_question_twice_costs_an_answer_and_asks_nobody_twice(population, address, tmp_path):
    population.faults.set(Fault.BROKEN, after=4, times=1)
    wanted = everybody(population)
    with asking(address, tmp_path) as found:
        assert found.ask(wanted).end is End.DONE
        assert states(found, wanted).count("mat") == 1
    assert len(population.asked) == 12
    with asking(address, tmp_path) as found:
        found.ask(wanted)
        assert found.calls == 0
        assert found.book.forgive_lost() == 1
        assert found.ask(wanted).end is End.DONE
        assert states(found, wanted) == ["found"] * 12
    assert len(population.asked) == 13


def test_no_more_a_second_than_agreed_over_all_lines(population, address, tmp_path):
    population.quotas.per_second = 8
    with asking(address, tmp_path, moi_giay=8, cung_luc=6) as found:
        assert found.ask(everybody(population)).end is End.DONE
    assert population.quotas.turned_away == 0
    assert population.quotas.busiest <= 8


def test_the_day_is_one_for_all_purposes(population, address, tmp_path):
    population.quotas.in_all = 10
    for why, end in (("a", End.DONE), ("b", End.DAY_FULL), ("c", End.DAY_FULL)):
        with asking(address, tmp_path, purpose(ho_so=why), moi_ngay=10) as found:
            assert found.ask(everybody(population)[:6]).end is end
    assert (population.quotas.taken, population.quotas.turned_away) == (10, 0)


@pytest.mark.parametrize("name", ["ho_so", "thu_tuc", "can_cu", "don_vi", "tai_khoan", "can_bo"])
def test_an_answer_serves_its_own_purpose_alone(population, address, tmp_path, name):
    other = purpose(**{name: "044085000002" if name == "can_bo" else "khac"})
    for why, calls in ((purpose(), 3), (purpose(), 0), (other, 3), (other, 0), (purpose(dien_thoai="1"), 0)):
        with asking(address, tmp_path, why) as found:
            found.ask(everybody(population)[:3])
            assert found.calls == calls


def test_an_answer_goes_when_its_time_is_over_and_that_is_recorded(population, address, tmp_path):
    wanted, now = everybody(population), clock.now()
    population.now = lambda: now
    with clock.pinned(now), asking(address, tmp_path, giu_ngay=10) as found:
        found.ask(wanted[:4])
    population.now = lambda: now + timedelta(days=9)
    with clock.pinned(now + timedelta(days=9)), asking(address, tmp_path, giu_ngay=10) as found:
        assert found.book.deleted is None
        found.ask(wanted[:6])
        assert found.calls == 2
    with clock.pinned(now + timedelta(days=10)):
        (made,) = sweep(tmp_path, Keeping(10))
        assert made.answers == 4
        assert sweep(tmp_path, Keeping(10)) == []
        with asking(address, tmp_path, giu_ngay=10) as found:
            assert states(found, wanted[:6]) == ["chua_hoi"] * 4 + ["found"] * 2
    (note,) = [json.loads(line) for path in tmp_path.rglob("xoa.jsonl") for line in path.read_text().splitlines()]
    assert (note["answers"], note["rule"]["days"]) == (4, 10)
    assert "khoản 1 Điều 14" in note["rule"]["source"]


def test_a_description_shortens_the_rule_and_never_lengthens_it():
    at = clock.now()
    assert Keeping(400).until(at) - at == timedelta(days=rule_on(at.date()).days)
    assert Keeping(7).until(at) - at == timedelta(days=7)


def test_two_do_not_ask_for_one_purpose_at_once(population, address, tmp_path):
    with (
        asking(address, tmp_path),
        pytest.raises(Unavailable, match="Một lượt khác"),
        asking(address, tmp_path),
    ):
        pass


def test_the_disk_holds_no_value_and_nothing_that_others_can_read(population, address, tmp_path):
    with asking(address, tmp_path, cach_hoi="tra-cuu") as found:
        found.ask(everybody(population))
        told = found.told(ask(population.people[0]))
        assert told.answer.person["number"] == population.people[0].number
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    text = b"".join(path.read_bytes() for path in files).decode(errors="replace")
    assert not [one for one in population.people if one.number in text or one.name.upper() in text]
    assert {path.stat().st_mode & 0o077 for path in tmp_path.rglob("*")} == {0}


def test_another_key_opens_nothing(population, address, tmp_path):
    with asking(address, tmp_path) as found:
        found.ask(everybody(population)[:2])
    (log,) = tmp_path.rglob("so.bin")
    with pytest.raises(Unavailable, match="không mở được"):
        SealedLog(log, os.urandom(KEY_BYTES), log.parent.name)


@given(
    records=some.lists(some.binary(max_size=60), min_size=2, max_size=8),
    cut=some.integers(min_value=1, max_value=60),
    turn=some.integers(min_value=0),
)
def test_a_log_gives_back_what_was_written_or_says_that_it_is_damaged(tmp_path_factory, records, cut, turn):
    path, key = tmp_path_factory.mktemp("so") / "so.bin", bytes(KEY_BYTES)
    log = SealedLog(path, key, "một")
    for one in records:
        log.append(one)
    log.close()
    whole = path.read_bytes()
    assert list(SealedLog(path, key, "một").held) == records
    with pytest.raises(HouseError):
        SealedLog(path, key, "khác")
    last = len(records[-1]) + 32  # its length, nonce and tag
    path.write_bytes(whole[: -min(cut, last - 1)])
    cut_short = SealedLog(path, key, "một")
    assert list(cut_short.held) == records[:-1], "what was cut off is the last alone"
    cut_short.append(b"sau")
    cut_short.close()
    assert list(SealedLog(path, key, "một").held) == [*records[:-1], b"sau"]
    at = 8 + turn % (len(whole) - 8 - last)  # some byte before the last record
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    with suppress(HouseError):
        held = list(SealedLog(path, key, "một").held)
        assert held == records[: len(held)], "nothing that was not written is ever read"
