"""Tokens bound to a key (DPoP, RFC 9449): each call shows the key anew, and a token that was stolen opens nothing."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dean06.clock import service as clock
from dean06.machines.errors import NotRecognised
from dean06.machines.models import Assertion, Machine
from dean06.machines.proof_of_key import Shown, checked
from flows.conftest import Office
from machines.software import Software, encoded, installed

pytestmark = pytest.mark.either_database


@pytest.fixture
def software(office: Office) -> Software:
    made, _ = installed(office)
    answer = made.ask_bound_token()
    assert (answer.status_code, answer.json()["token_type"]) == (200, "DPoP")
    return made


def test_a_bound_token_opens_with_a_proof_of_its_key(software):
    assert software.call_bound("GET", "/orders?limit=2").status_code == 200
    assert software.call_bound("GET", "/orders").status_code == 200
    software.token = ""
    plain = software.ask_token().json()  # whoever shows no key gets what they always got
    assert plain | {"token_type": "Bearer"} == plain
    assert software.call("GET", "/orders").status_code == 200


def test_a_bound_token_alone_opens_nothing(software):
    for headers in ({}, {"DPoP": software.proof("GET", "/orders")}):
        answer = software.call("GET", "/orders", **headers)
        assert (answer.status_code, answer.json()["type"]) == (401, "urn:dean06:problem:invalid-token")
    answer = software.call("GET", "/orders", Authorization=f"DPoP {software.token}")
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:dean06:problem:invalid-proof")
    assert 'error="invalid_dpop_proof"' in answer.headers["WWW-Authenticate"]


def test_a_token_without_a_key_is_not_shown_as_bound(software):
    software.token = ""
    software.ask_token()
    assert software.call_bound("GET", "/orders").status_code == 401


def test_a_proof_serves_once(software):
    proof = software.proof("GET", "/orders")
    assert software.call_bound("GET", "/orders", proof).status_code == 200
    assert software.call_bound("GET", "/orders", proof).status_code == 401
    assert Machine.objects.get(public_id=software.client_id).refused_for == "invalid_dpop_proof"
    software.token = ""
    proof = software.proof("POST", "/token")
    assert software.ask_token(DPoP=proof).status_code == 200
    again = software.ask_token(DPoP=proof)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_dpop_proof")


def test_a_proof_is_forgotten_when_it_would_serve_no_more(software):
    held = Assertion.objects.count()
    with clock.pinned(clock.now() + timedelta(minutes=9)):
        assert software.call_bound("GET", "/orders").status_code == 200
    assert Assertion.objects.count() < held + 1


def test_another_key_does_not_serve_the_token(software):
    thief = Software(client_id=software.client_id, token=software.token)
    assert thief.call_bound("GET", "/orders").status_code == 401


SECRET_KEY = {"kty": "oct", "k": "AAAA"}
WRONG = {
    "another method": ({}, {"htm": "PUT"}),
    "method in small letters": ({}, {"htm": "get"}),
    "another path": ({}, {"htu": "http://testserver/api/v1/orders/1"}),
    "another host": ({}, {"htu": "http://elsewhere.example/api/v1/orders"}),
    "another scheme": ({}, {"htu": "https://testserver/api/v1/orders"}),
    "another port": ({}, {"htu": "http://testserver:8080/api/v1/orders"}),
    "no address": ({}, {"htu": None}),
    "an address that is none": ({}, {"htu": "http://[::1/api"}),
    "a number for an address": ({}, {"htu": 5}),
    "too old": ({}, {"iat": 1_000_000_000}),
    "of the future": ({}, {"iat": 4_000_000_000}),
    "a moment in words": ({}, {"iat": "now"}),
    "true for a moment": ({}, {"iat": True}),
    "no moment": ({}, {"iat": None}),
    "no number": ({}, {"jti": None}),
    "a short number": ({}, {"jti": "1"}),
    "a long number": ({}, {"jti": "x" * 201}),
    "no digest of the token": ({}, {"ath": None}),
    "the digest of another token": ({}, {"ath": encoded(b"0" * 32)}),
    "another type": ({"typ": "JWT"}, {}),
    "no type": ({"typ": None}, {}),
    "unsigned": ({"alg": "none"}, {}),
    "signed with a shared secret": ({"alg": "HS256"}, {}),
    "no key": ({"jwk": None}, {}),
    "a shared key": ({"jwk": SECRET_KEY}, {}),
    "extensions nobody knows": ({"crit": ["b64"], "b64": False}, {}),
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_a_proof_that_is_wrong_opens_nothing_and_is_counted(software, name):
    head, claims = WRONG[name]
    answer = software.call_bound("GET", "/orders", software.proof("GET", "/orders", head=head, **claims))
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:dean06:problem:invalid-proof"), answer.content
    assert Machine.objects.get(public_id=software.client_id).refused == 1
    assert software.call_bound("GET", "/orders").status_code == 200


def test_a_proof_that_shows_the_private_key_is_not_taken(software):
    told = software.jwk | {"d": encoded(software.key.private_bytes_raw())}
    proof = software.proof("GET", "/orders", head={"jwk": told})
    assert software.call_bound("GET", "/orders", proof).status_code == 401


def test_two_proofs_are_none(software):
    proofs = f"{software.proof('GET', '/orders')}, {software.proof('GET', '/orders')}"
    assert software.call_bound("GET", "/orders", proofs).status_code == 401


@pytest.mark.parametrize("seconds", [-59, 59])
def test_a_clock_that_is_a_little_off_is_no_matter(software, seconds):
    at = int(clock.now().timestamp()) + seconds
    assert software.call_bound("GET", "/orders", software.proof("GET", "/orders", iat=at)).status_code == 200


@pytest.mark.parametrize("address", ["HTTP://TestServer:80/api/v1/orders", "http://testserver/api/v1/orders?limit=9#x"])
def test_the_address_is_compared_without_query_and_customary_port(software, address):
    assert software.call_bound("GET", "/orders", software.proof("GET", "/orders", htu=address)).status_code == 200


def test_the_public_address_is_ours_too(software, settings):
    settings.PUBLIC_URL = "https://dean06.xa-mau.example"
    proof = software.proof("GET", "/orders", htu="https://dean06.xa-mau.example/api/v1/orders")
    assert software.call_bound("GET", "/orders", proof).status_code == 200


def test_a_proof_of_the_wrong_request_gives_no_token(software):
    said = software.assertion()
    software.token = ""
    answer = software.ask_token(said, DPoP=software.proof("POST", "/orders"))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_dpop_proof")
    assert software.ask_token(said).status_code == 200  # nothing was taken of the assertion


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_proof_in_which_anything_was_touched_is_none(data):
    software = Software(token="mã")  # noqa: S106  a made-up token
    whole = software.proof("GET", "/orders")
    shown = Shown(method="GET", addresses=("http://testserver/api/v1/orders",), proofs=(whole,))
    assert checked(shown, "mã").thumbprint
    at = data.draw(st.integers(0, len(whole) - 1))
    sign = data.draw(st.sampled_from("AZaz09-_.=é "))
    touched = whole[:at] + sign + whole[at + 1 :]
    if _bytes(touched) == _bytes(whole):
        return
    with pytest.raises(NotRecognised):
        checked(Shown(method="GET", addresses=shown.addresses, proofs=(touched,)), "mã")


def _bytes(proof: str) -> object:
    """Return what a proof comes to: the last sign of a part has bits that say nothing."""
    try:
        return [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in proof.split(".")]
    except ValueError:
        return json.dumps(proof)
