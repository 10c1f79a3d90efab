"""An agency's software and its account: a key shown by a code that serves once, tokens that end, revoked at will."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.test import Client

from dean06.charter.errors import Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, RefusedByCharter
from dean06.flows import machine_accounts
from dean06.ledger import service as ledger
from dean06.machines.errors import MachineInvalid, MachineNotFound
from dean06.machines.models import Machine
from dean06.machines.service import accounts
from dean06.machines.types import Scope
from dean06.offices import service as offices
from flows.conftest import Office, at
from machines.software import Software, encoded, installed, new


def refused(office: Office) -> tuple[int, str]:
    row = Machine.objects.get()
    return row.refused, row.refused_for


def test_the_code_is_kept_as_a_digest_and_serves_once(office):
    made, code = machine_accounts.make(office.account("leader"), office.group, new())
    row = Machine.objects.get()
    assert code not in json.dumps({name: str(value) for name, value in vars(row).items()})
    first, second = Software(), Software()
    assert first.enrol(code).status_code == 200
    again = second.enrol(code)
    assert again.status_code == 401
    assert again.headers["Content-Type"] == "application/problem+json"
    row.refresh_from_db()
    assert row.key == first.jwk
    assert [one["action"] for one in ledger.entries_for("machine", made.public_id)] == ["machine.set", "machine.enrol"]


def test_a_code_grows_too_old(office):
    _, code = machine_accounts.make(office.account("leader"), office.group, new())
    with at(2022, 7, 9):
        assert Software().enrol(code).status_code == 401


def test_a_private_key_is_not_taken_and_the_code_still_serves(office):
    _, code = machine_accounts.make(office.account("leader"), office.group, new())
    software = Software()
    raw = software.key.private_bytes_raw()
    body = json.dumps({"code": code, "jwk": software.jwk | {"d": encoded(raw)}})
    answer = Client().post("/api/v1/enrolment", body, content_type="application/json")
    assert answer.status_code == 422
    assert "khóa riêng" in answer.json()["detail"]
    assert software.enrol(code).status_code == 200


@pytest.mark.parametrize(
    "jwk",
    [
        {"kty": "oct", "k": "AAAA"},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        {"kty": "EC", "crv": "secp256k1", "x": "AA", "y": "AA"},
        {"kty": "OKP", "crv": "X25519", "x": "AA"},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
        {"kty": "OKP"},
    ],
)
def test_a_weak_or_broken_key_is_not_taken(office, jwk):
    _, code = machine_accounts.make(office.account("leader"), office.group, new())
    body = json.dumps({"code": code, "jwk": jwk})
    answer = Client().post("/api/v1/enrolment", body, content_type="application/json")
    assert answer.status_code == 422
    assert Machine.objects.get().key is None


def test_a_signed_assertion_gives_a_token_and_nothing_of_it_is_stored(office):
    software, made = installed(office)
    assert software.call("GET", "/orders").status_code == 200
    row = Machine.objects.get(public_id=made.public_id)
    assert software.token not in str(vars(row))
    assert row.called_at is not None


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://elsewhere.example/token"},
        {"aud": None},
        {"exp": None},
        {"jti": None},
        {"jti": "short"},
        {"iss": "somebody"},
        {"exp": 1},
        {"exp": "tomorrow"},
        {"exp": 4_000_000_000},
    ],
)
def test_an_assertion_that_is_wrong_gives_nothing_and_is_counted(office, changed):
    software, _ = installed(office)
    answer = software.ask_token(software.assertion(**changed))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert refused(office) == (1, "invalid_client")


def test_an_assertion_serves_once(office):
    software, _ = installed(office)
    said = software.assertion()
    assert software.ask_token(said).status_code == 200
    assert software.ask_token(said).status_code == 401


def test_another_key_is_not_recognised(office):
    software, _ = installed(office)
    thief = Software(client_id=software.client_id)
    assert thief.ask_token().status_code == 401


@pytest.mark.parametrize("assertion", ["", "x", "a.b.c", "é.é.é", "e30.e30.e30", "x" * 9000])
def test_rubbish_is_no_assertion(office, assertion):
    answer = Software().ask_token(assertion or "..")
    assert answer.status_code in {400, 401}


def test_an_unsigned_assertion_is_nothing(office):
    software, _ = installed(office)
    head = encoded(json.dumps({"alg": "none"}).encode())
    assert software.ask_token(f"{head}.{software.assertion().split('.')[1]}.").status_code == 401


def test_a_scope_is_asked_within_those_of_the_account(office):
    software, _ = installed(office, scopes=(Scope.ORDERS, Scope.DISPOSITIONS))
    assert software.ask_token(scope="values.read").json()["error"] == "invalid_scope"
    narrow = software.ask_token(scope="orders.read")
    assert narrow.json()["scope"] == "orders.read"
    answer = software.call("PUT", f"/findings/{'0' * 64}/disposition", {"kind": "fixed"}, Idempotency_Key="k" * 12)
    assert answer.status_code == 403
    assert "insufficient_scope" in answer.headers["WWW-Authenticate"]


def test_a_token_ends_by_itself(office):
    software, _ = installed(office)
    with clock.pinned(clock.now() + timedelta(minutes=12)):
        assert software.call("GET", "/orders").status_code == 401


def test_a_revoked_account_and_every_token_of_it_serve_no_more(office):
    software, made = installed(office)
    machine_accounts.revoke(office.account("member", "BHXH"), office.group, made)  # the agency's own member
    assert software.call("GET", "/orders").status_code == 401
    assert software.ask_token().status_code == 401
    assert Machine.objects.get().refused == 2


def test_a_new_key_ends_the_tokens_of_the_old_one(office):
    software, made = installed(office)
    code = machine_accounts.renew(office.account("secretariat"), office.group, made)
    assert software.call("GET", "/orders").status_code == 200
    assert Software().enrol(code).status_code == 200
    assert software.call("GET", "/orders").status_code == 401


def test_the_last_day_is_the_last(office):
    software, _ = installed(office)
    with at(2022, 12, 31, 23):
        assert software.ask_token().status_code == 200
    with at(2023, 1, 1):
        assert software.ask_token().status_code == 401


def test_who_may_make_one_is_said_by_the_house_rules(office):
    with pytest.raises(Refused, match="29"):
        machine_accounts.make(office.account("member", "BHXH"), office.group, new())
    _, made = installed(office)
    with pytest.raises(RefusedByCharter):
        machine_accounts.revoke(office.account("member", "GDDT"), office.group, made)


@pytest.mark.parametrize("until", [date(2022, 6, 30), date(2030, 1, 1)])
def test_the_last_day_lies_within_two_years(office, until):
    with pytest.raises(MachineInvalid, match="Ngày hết hạn"):
        machine_accounts.make(office.account("leader"), office.group, new(until=until))


def test_it_is_made_for_an_agency_of_the_group_with_a_name_of_its_own(office):
    with pytest.raises(BadInput, match="cơ quan"):
        machine_accounts.make(office.account("leader"), office.group, new("KHONG"))
    machine_accounts.make(office.account("leader"), office.group, new())
    with pytest.raises(MachineInvalid, match="tên khác"):
        machine_accounts.make(office.account("leader"), office.group, new())


def test_an_agency_sees_its_own_alone(office):
    _, made = installed(office)
    for role, agency, sees in (("member", "BHXH", True), ("member", "GDDT", False)):
        viewer = offices.viewer(office.account(role, agency), date(2022, 7, 1))
        assert bool(accounts.machines(viewer, office.group.id)) is sees
        if not sees:
            with pytest.raises(MachineNotFound):
                accounts.machine(viewer, office.group.id, made.public_id)
