"""The population service asked about one person, and pulled page by page, from a stand-in that speaks QCVN 109."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree

from dean06.clock.errors import BadInput, HouseError, Unavailable, UsageError
from dean06.clock.service import TZ
from dean06.demo.simulators.population import API_KEY, MEMBER, SECRET, SIGNED_URL, USER, Population
from dean06.demo.simulators.serving import Fault
from dean06.demo.types import Person
from dean06.sources import live
from dean06.sources.connectors import soap
from dean06.sources.connectors.citizens import citizens
from dean06.sources.connectors.types import AccessRefused, Opening, Reader, Secret, TryLater
from dean06.sources.rule import Words
from dean06.sources.service import population as face
from dean06.sources.service.population import Asked, NameForm, Outcome, PopulationService, Purpose
from sources.stand_ins import FULL, UNTIL, registry

TITLE = Words(vi="Dịch vụ dân cư", en="Population service")
PURPOSE = Purpose(
    procedure="1.001193", integration="037", officer="044085000001", unit="H46.31.12", account="can-bo", phone="0"
)
DATA = {"user": USER, "secret": SECRET, "api_key": API_KEY}


@pytest.fixture
def population() -> Population:
    return Population(registry())


@pytest.fixture
def address(population) -> Iterator[str]:
    with population.serving() as url:
        yield url


def asking(
    address: str, *, names: NameForm = NameForm.BARE, per_minute: int = 6_000_000, **changed: str
) -> PopulationService:
    data = DATA | {name: value for name, value in changed.items() if name in DATA}
    return face.opened(
        Secret(json.dumps(data)),
        url=address,
        signed_url=changed.get("signed_url", SIGNED_URL),
        member=MEMBER,
        names=names,
        per_minute=per_minute,
        timeout=1,
    )


def born(one: Person) -> str:
    return one.born if one.day else f"{one.year}"


def asked(one: Person) -> Asked:
    return Asked(number=one.number, name=one.name, born=born(one))


def test_everybody_is_looked_up_and_verified(population, address):
    service = asking(address)
    for one in population.people:
        found = service.lookup(asked(one), PURPOSE)
        assert found.outcome is Outcome.FOUND
        assert found.citizen is not None
        assert (found.citizen.number, found.citizen.name) == (one.number, one.name.upper())
        assert found.citizen.born == one.born
        assert found.citizen.sex == ("Nam" if one.male else "Nữ")
        assert found.citizen.home.commune == registry().commune(one)
        assert found.citizen.father == one.father_name.upper()
        assert service.verify(asked(one), PURPOSE).outcome is Outcome.FOUND
    assert {bool(service.lookup(asked(one), PURPOSE).citizen.home.district) for one in population.people[:6]} == {
        True,
        False,
    }


def test_an_old_card_is_asked_under_its_own_name(population, address):
    one = next(one for one in population.people if one.old_card)
    found = asking(address).lookup(Asked(number=one.old_card, name=one.name, born=born(one)), PURPOSE)
    assert found.outcome is Outcome.FOUND
    assert found.citizen.number == one.number


def test_whoever_is_not_there_is_not_found(address):
    nobody = Asked(number="044199999999", name="Nguyễn Văn Không", born="1999")
    service = asking(address)
    assert service.lookup(nobody, PURPOSE).outcome is Outcome.NOT_FOUND
    assert service.verify(nobody, PURPOSE).outcome is Outcome.NOT_FOUND


def test_a_verification_that_says_which_field_disagrees_is_a_mismatch(population):
    population.detailed = True
    one = population.people[0]
    with population.serving() as address:
        service = asking(address)
        assert service.verify(asked(one), PURPOSE).outcome is Outcome.FOUND
        for wrong, field in (
            (replace(asked(one), name="Tên Khác"), "ho_ten"),
            (replace(asked(one), born="1801"), "ngay_sinh"),
        ):
            found = service.verify(wrong, PURPOSE)
            assert (found.outcome, found.differs) == (Outcome.MISMATCH, (field,))
            assert service.lookup(wrong, PURPOSE).outcome is Outcome.NOT_FOUND


def test_a_person_who_is_not_the_one_asked_about_is_a_mismatch(population, address, monkeypatch):
    first, second = population.people[:2]
    monkeypatch.setattr(population, "_holder", lambda _text: (1, second))
    monkeypatch.setattr(population, "_disagreeing", lambda *_: [])
    found = asking(address).lookup(asked(first), PURPOSE)
    assert found.outcome is Outcome.MISMATCH
    assert found.citizen is None
    assert "so_dinh_danh" in found.differs


@pytest.mark.parametrize(("bare", "form"), [(True, NameForm.BARE), (False, NameForm.CAPITALS)])
def test_the_form_of_names_is_a_setting_of_the_adapter(bare, form):
    population = Population(registry(), bare=bare)
    with population.serving() as address:
        one = next(one for one in population.people if not one.name.isascii())
        for tried in NameForm:
            service = asking(address, names=tried)
            expected = Outcome.FOUND if tried is form else Outcome.NOT_FOUND
            assert service.lookup(asked(one), PURPOSE).outcome is expected


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Nguyễn Văn A", "NGUYENVANA"),
        ("đặng  thị Đào", "DANGTHIDAO"),
        ("H'Hen Niê", "HHENNIE"),
        ("Nguye\u0302\u0303n", "NGUYEN"),
        ("Trần-Lê (Bé)", "TRANLEBE"),
    ],
)
def test_a_bare_name(name, bare):
    assert NameForm.BARE.of(name) == bare


@given(some.text(max_size=30))
def test_a_bare_name_is_capitals_and_digits_and_stays_itself(name):
    bare = NameForm.BARE.of(name)
    assert all(sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" for sign in bare)
    assert NameForm.BARE.of(bare) == bare


def test_the_purpose_goes_with_each_question_and_no_request_is_used_twice(population, address):
    service = asking(address)
    answers = [service.verify(asked(one), PURPOSE) for one in population.people[:20]]
    assert len({one.request for one in answers}) == 20
    assert [told["MaYeuCau"] for told in population.purposes] == [one.request for one in answers]
    assert all(len(one.request) <= 40 for one in answers)
    assert population.purposes[0] | {"MaYeuCau": ""} == {
        "MaYeuCau": "",
        "MaDVC": "1.001193",
        "MaTichHop": "037",
        "MaCanBo": "044085000001",
        "MaDonVi": "H46.31.12",
        "TaiKhoan": "can-bo",
    }


@pytest.mark.parametrize(
    "lack",
    [
        {"procedure": ""},
        {"procedure": "x" * 21},
        {"integration": "abc"},
        {"officer": "123"},
        {"unit": ""},
        {"account": ""},
    ],
)
def test_without_a_whole_purpose_nothing_is_asked(population, address, lack):
    with pytest.raises(UsageError, match="mục đích"):
        asking(address).lookup(asked(population.people[0]), replace(PURPOSE, **lack))
    assert population.faults.asked == 0


@pytest.mark.parametrize(
    "lack", [{"number": "123"}, {"number": ""}, {"name": " . "}, {"born": ""}, {"born": "02/03/1985"}]
)
def test_number_name_and_birth_are_all_needed(population, address, lack):
    found = asking(address).verify(replace(asked(population.people[0]), **lack), PURPOSE)
    assert (found.outcome, found.settled) == (Outcome.INCOMPLETE, True)
    assert population.faults.asked == 0


OUTCOMES = {
    Fault.DOWN: Outcome.UNAVAILABLE,
    Fault.SLOW: Outcome.UNAVAILABLE,
    Fault.BROKEN: Outcome.UNAVAILABLE,
    Fault.QUOTA: Outcome.UNAVAILABLE,
    Fault.WEB_PAGE: Outcome.UNAVAILABLE,
    Fault.GARBAGE: Outcome.UNAVAILABLE,
    Fault.FEWER: Outcome.UNAVAILABLE,
    Fault.ODD_CODE: Outcome.UNAVAILABLE,
    Fault.EXPIRED: Outcome.REFUSED,
    Fault.REVOKED: Outcome.REFUSED,
}


@pytest.mark.parametrize("fault", OUTCOMES)
def test_a_fault_is_an_outcome_and_quotes_nobody(population, address, fault):
    one = population.people[0]
    population.faults.set(fault)
    found = asking(address).lookup(asked(one), PURPOSE)
    assert (found.outcome, found.settled, found.citizen) == (OUTCOMES[fault], False, None)
    assert found.wait == (30 if fault is Fault.QUOTA else 0)
    told = found.sentence.vi + found.sentence.en + repr(found)
    assert not [text for text in (one.name, one.name.upper(), one.number, SECRET, API_KEY) if text in told]
    population.faults.set(None)
    assert asking(address).lookup(asked(one), PURPOSE).outcome is Outcome.FOUND


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("Server.ServerProxy.AccessDenied", Outcome.REFUSED),
        ("server.serverproxy.access_denied", Outcome.REFUSED),
        ("Server.ServerProxy.UnknownService", Outcome.REFUSED),
        ("server.serverproxy.service_disabled", Outcome.REFUSED),
        ("Server.ClientProxy.NetworkError", Outcome.UNAVAILABLE),
        ("server.serverproxy.service_failed.http_error", Outcome.UNAVAILABLE),
        ("soapenv:Client", Outcome.UNAVAILABLE),
    ],
)
def test_fault_codes_of_the_exchange_layer_in_both_spellings(population, address, code, outcome):
    population.faults.set(Fault.CODE, said=code)
    assert asking(address).verify(asked(population.people[0]), PURPOSE).outcome is outcome


@pytest.mark.parametrize(
    "wrong", [{"user": "ai-khac"}, {"secret": "sai"}, {"api_key": "sai"}, {"signed_url": "https://khac.example"}]
)
def test_an_account_that_is_not_the_services_is_refused(population, address, wrong):
    assert asking(address, **wrong).verify(asked(population.people[0]), PURPOSE).outcome is Outcome.REFUSED


def test_a_question_signed_long_ago_is_refused(population, address):
    population.now = lambda: datetime(2022, 6, 24, 8, 0, tzinfo=TZ)
    assert asking(address).verify(asked(population.people[0]), PURPOSE).outcome is Outcome.REFUSED


def test_no_more_questions_a_minute_than_allowed(population, address):
    service = asking(address, per_minute=600)
    began = time.monotonic()
    for one in population.people[:4]:
        service.verify(asked(one), PURPOSE)
    assert time.monotonic() - began >= 0.3


def test_nobody_there():
    population = Population(registry())
    with population.serving() as address:
        pass
    assert asking(address).verify(asked(population.people[0]), PURPOSE).outcome is Outcome.UNAVAILABLE


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<a/>", "không có danh sách"),
        ("", "không có danh sách"),
    ],
)
def test_an_answer_without_a_collection_is_refused(inside, told):
    with pytest.raises(BadInput, match=told):
        citizens(TITLE, etree.fromstring(f"<b>{inside}</b>"))


# Pulled page by page --------------------------------------------------------------------------------------------------


def open_reader(address: str, **said: str) -> Reader:
    settings = {one.code: one.default for one in soap.KIND.settings}
    settings |= {"dia_chi": address, "dia_chi_ky": SIGNED_URL, "thanh_vien": MEMBER, "so_ban_ghi": "15"}
    settings |= {"tu_ngay": "01/06/2022", "cho_giay": "1"} | said
    soap.KIND.check(settings)
    return soap.KIND.open(Opening(settings=settings, secret=Secret(json.dumps(DATA)), contract=live.contract("chung")))


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("size", ["2", "3", "15", "200"])
def test_a_full_pull_is_the_stand_ins_truth(population, address, size, closed):
    population.closed = closed
    found = [dict(row) for piece in open_reader(address, so_ban_ghi=size).pieces(FULL, {}) for row in piece.rows]
    assert len(found) == population.most
    assert found == population.truth()


@pytest.mark.parametrize("size", ["3", "200"])
def test_a_pull_broken_off_after_any_piece_goes_on_to_the_same_rows(population, address, size):
    whole = list(open_reader(address, so_ban_ghi=size).pieces(FULL, {}))
    assert len({one.key for one in whole}) == len(whole)
    for broken in range(0, len(whole), max(1, len(whole) // 6)):
        kept = whole[: broken + 1]
        after = list(open_reader(address, so_ban_ghi=size).pieces(FULL, {one.key: one.mark for one in kept}))
        assert [row for one in (*kept, *after) for row in one.rows] == population.truth()
        assert not {one.key for one in kept} & {one.key for one in after}


def test_whoever_changes_meanwhile_is_missed_alone(population, address):
    truth = population.truth()
    pieces = open_reader(address, so_ban_ghi="4").pieces(FULL, {})
    found = [dict(row) for _ in range(6) for row in next(pieces).rows]
    late = max(range(population.most), key=population.changed)
    missed = population.people[late].number
    population.moved[late] = UNTIL + timedelta(minutes=5)
    found += [dict(row) for piece in pieces for row in piece.rows]
    assert found == [row for row in truth if row["so_cccd"] != missed]
    delta = replace(FULL, extent="delta", since=UNTIL, until=UNTIL + timedelta(hours=1))
    (row,) = (row for piece in open_reader(address).pieces(delta, {}) for row in piece.rows)
    assert row["so_cccd"] == missed


@pytest.mark.parametrize("size", ["7", "14", "70"])
def test_everybody_may_have_changed_at_one_instant(population, address, size):
    population.at_once = True
    found = [dict(row) for piece in open_reader(address, so_ban_ghi=size).pieces(FULL, {}) for row in piece.rows]
    assert found == population.truth()


def test_a_delta_asks_for_what_changed_since(population, address):
    since = datetime(2022, 6, 14, 17, 0, tzinfo=UTC)  # the first hour of the fifteenth here
    window = replace(FULL, extent="delta", since=since, until=UNTIL.astimezone(UTC))
    found = [dict(row) for piece in open_reader(address).pieces(window, {}) for row in piece.rows]
    fresh = [at for at in range(population.most) if population.changed(at) >= since]
    assert len(found) == len(fresh) > 0
    assert found == population.truth()[-len(fresh) :]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.DOWN, Unavailable),
        (Fault.SLOW, Unavailable),
        (Fault.BROKEN, Unavailable),
        (Fault.QUOTA, TryLater),
        (Fault.REVOKED, AccessRefused),
        (Fault.EXPIRED, AccessRefused),
        (Fault.WEB_PAGE, BadInput),
        (Fault.GARBAGE, BadInput),
        (Fault.FEWER, BadInput),
        (Fault.ODD_CODE, BadInput),
    ],
)
def test_a_fault_in_a_pull_is_an_error_of_its_kind(population, address, fault, error):
    population.faults.set(fault, after=2)
    kept = []
    with pytest.raises(error):
        kept.extend(open_reader(address).pieces(FULL, {}))
    population.faults.set(None)
    after = list(open_reader(address).pieces(FULL, {one.key: one.mark for one in kept}))
    assert [row for one in (*kept, *after) for row in one.rows] == population.truth()


def test_a_connection_is_tried_by_one_question(population, address):
    assert "trả lời đúng dạng" in open_reader(address).test()
    assert population.faults.asked == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"dia_chi": "http://dancu.example"},
        {"so_ban_ghi": "0"},
        {"so_ban_ghi": "100000"},
        {"thanh_vien": "mot-phan"},
        {"cho_giay": "x"},
        {"tu_ngay": "hôm qua"},
    ],
)
def test_settings_that_are_wrong_are_refused(address, wrong):
    with pytest.raises(HouseError):
        open_reader(address, **wrong)


@pytest.mark.parametrize("secret", ["", "user:secret", "{}", '{"user": "a:b", "secret": "c"}', "[]"])
def test_a_secret_that_is_no_account_is_refused_and_not_quoted(address, secret):
    said = {"dia_chi": address, "loai": "1"}
    with pytest.raises(BadInput) as told:
        soap.KIND.open(Opening(settings=said, secret=Secret(secret), contract=live.contract("chung")))
    assert not secret or secret not in told.value.vi
