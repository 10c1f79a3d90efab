"""What an agency's software reads and answers: its own orders, by cursor and ETag, once for each key of repetition."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from dean06.corrections.models import Disposition, Finding, Order
from dean06.flows import machine_accounts
from dean06.ledger import service as ledger
from dean06.machines.models import Answer, Call, Machine
from dean06.machines.service import accounts, calls
from dean06.machines.types import Scope
from dean06.reconcile.models import Look
from flows.conftest import Office, at
from flows.test_answering import next_list, wrong
from machines.software import Software, installed


@pytest.fixture
def software(office: Office) -> Software:
    return installed(office)[0]


def listed(software: Software, path: str) -> list[dict]:
    """Follow a list to its end, two at a time."""
    items, cursor = [], ""
    while True:
        answer = software.call("GET", f"{path}{'&' if '?' in path else '?'}limit=2&cursor={cursor}")
        assert answer.status_code == 200, answer.content
        items += answer.json()["items"]
        if not (cursor := answer.json()["next"]):
            return items


def disposition(software: Software, finding: str) -> str:
    return software.call("GET", f"/findings/{finding}/disposition").headers["ETag"]


def put(software: Software, body: object, *, key: str = "lan-thu-1", etag: str = "*", finding: str = ""):
    path = f"/findings/{finding or wrong().fingerprint}/disposition"
    return software.call("PUT", path, body, Idempotency_Key=key, If_Match=etag)


def test_a_list_is_followed_by_its_cursor_to_the_end(office, software):
    orders = listed(software, "/orders")
    assert [one["number"] for one in orders] == sorted(Order.objects.values_list("number", flat=True))
    assert {one["agency"] for one in orders} == {"BHXH"}
    for one in orders:
        found = listed(software, f"/orders/{one['number']}/findings")
        assert {each["finding"] for each in found} == set(
            Finding.objects.filter(order__number=one["number"]).values_list("fingerprint", flat=True)
        )
        assert len(found) == one["findings"]


def test_an_order_says_its_clause_its_day_and_how_far_it_is(office, software):
    number = wrong().order.number
    one = software.call("GET", f"/orders/{number}").json()
    assert (one["source"], one["state"], one["proved"]) == ("bhyt", "open", 0)
    assert "Điều 7" in one["clause"]
    next_list(office, mended=True)
    software.ask_token()
    assert software.call("GET", f"/orders/{number}").json()["proved"] == 1


def test_lists_are_narrowed(office, software):
    whole = listed(software, "/orders")
    assert listed(software, "/orders?state=open") == whole
    assert listed(software, "/orders?state=done") == listed(software, "/orders?state=void") == []
    assert listed(software, "/orders?source=khai-sinh") == []
    first = min(one["due"] for one in whole)
    assert listed(software, f"/orders?due_before={first}") == []
    assert software.call("GET", "/orders?state=closed").status_code == 400


def test_what_the_caller_has_already_is_not_sent_again(software):
    for path in ("/orders", f"/orders/{wrong().order.number}", f"/findings/{wrong().fingerprint}"):
        first = software.call("GET", path)
        again = software.call("GET", path, If_None_Match=first.headers["ETag"])
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
        assert software.call("GET", path, If_None_Match='"other"').status_code == 200


def test_no_value_of_a_person_is_told_by_a_list_or_a_finding(office, software):
    people = [
        json.dumps(one, ensure_ascii=False) for one in listed(software, f"/orders/{wrong().order.number}/findings")
    ]
    told = " ".join(people)
    assert not re.search(r"(?<![0-9a-f])\d{12}(?![0-9a-f])", told)
    assert set(json.loads(people[0])) == {
        *("finding", "order", "field", "rule", "cause", "severity", "sheet", "row", "status"),
        *("opened_at", "reopened", "disposition"),
    }


def test_another_agency_finds_nothing_of_it(office, software):
    other, _ = installed(office, "GDDT")
    assert other.call("GET", "/orders").json()["items"] == []
    for path in (
        f"/orders/{wrong().order.number}",
        f"/orders/{wrong().order.number}/findings",
        f"/findings/{wrong().fingerprint}",
        f"/findings/{wrong().fingerprint}/disposition",
    ):
        answer = other.call("GET", path)
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:dean06:problem:not-found")
    assert put(other, {"kind": "fixed"}).status_code == 404
    assert Disposition.objects.count() == 0


def test_an_answer_is_kept_under_the_permit_of_whoever_made_the_account(office, software):
    answer = put(software, {"kind": "fixed"}, etag=disposition(software, wrong().fingerprint))
    assert answer.status_code == 200, answer.content
    assert (answer.json()["kind"], answer.json()["version"], answer.json()["outcome"]) == ("fixed", 1, "waiting")
    row = Disposition.objects.get()
    assert (str(row.by), row.way, row.agency) == (software.client_id, "service", "BHXH")
    entry = ledger.entries_for("order", f"qn:{wrong().order.number}")[-1]
    assert entry["action"] == "machine.dispose"
    assert wrong().status == "open"  # to say so is not to close


def test_an_answer_names_what_was_read(office, software):
    finding = wrong().fingerprint
    etag = disposition(software, finding)
    bare = software.call("PUT", f"/findings/{finding}/disposition", {"kind": "fixed"}, Idempotency_Key="khoa-so-1")
    assert (bare.status_code, bare.json()["type"]) == (428, "urn:dean06:problem:precondition-required")
    assert put(software, {"kind": "fixed"}, etag='"another"').status_code == 412
    first = put(software, {"kind": "fixed"}, key="khoa-so-2", etag=etag)
    assert first.status_code == 200
    late = put(software, {"kind": "needs_paper"}, key="khoa-so-3", etag=etag)
    assert late.status_code == 412
    assert put(software, {"kind": "needs_paper"}, key="khoa-so-4", etag=first.headers["ETag"]).status_code == 200
    assert [row.kind for row in Disposition.objects.order_by("pk")] == ["fixed", "needs_paper"]


def test_the_same_key_and_body_get_the_same_answer_and_nothing_twice(office, software):
    etag = disposition(software, wrong().fingerprint)
    first = put(software, {"kind": "fixed"}, etag=etag)
    again = put(software, {"kind": "fixed"}, etag=etag)
    assert (first.status_code, first.content, first.headers["ETag"]) == (200, again.content, again.headers["ETag"])
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert Disposition.objects.count() == Answer.objects.count() == 1
    other = put(software, {"kind": "needs_paper"}, etag=etag)
    assert (other.status_code, other.json()["type"]) == (422, "urn:dean06:problem:key-reused")


def test_a_key_serves_again_after_its_day(office, software):
    assert put(software, {"kind": "fixed"}).status_code == 200
    with at(2022, 7, 2, 10):
        software.ask_token()
        assert put(software, {"kind": "needs_paper"}).status_code == 200
        calls.sweep()
    assert Answer.objects.count() == 1


def test_what_was_refused_is_not_kept_under_its_key(office, software):
    assert put(software, {"kind": "refused"}).status_code == 422  # it wants a reason
    assert put(software, {"kind": "fixed"}).status_code == 200


@pytest.mark.parametrize(
    "body",
    [{"kind": "done"}, {"kind": "fixed", "note": "x"}, {}, [], "fixed", {"kind": "fixed", "reference": "x" * 81}, None],
)
def test_a_body_of_another_form_is_refused_whole(office, software, body):
    answer = put(software, body)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert {"title", "detail", "title_en", "detail_en", "status", "type"} == set(answer.json())


def test_a_number_of_a_person_has_no_place_in_a_reference(office, software):
    assert put(software, {"kind": "fixed", "reference": "022190001234"}).status_code == 422


def test_a_finding_that_is_proved_takes_no_answer(office, software):
    next_list(office, mended=True)
    software.ask_token()
    answer = put(software, {"kind": "fixed"}, finding=Finding.objects.get(status="proved").fingerprint)
    assert answer.status_code == 409


def test_each_call_has_a_purpose_and_is_recorded(office, software):
    answer = software.call("GET", "/orders", Dean06_Purpose=None)
    assert (answer.status_code, answer.json()["status"]) == (400, 400)
    assert software.call("GET", "/orders", Dean06_Purpose="%ff%fe").status_code == 400
    number = wrong().order.number
    software.call("GET", f"/orders/{number}")
    last = Call.objects.order_by("-pk")[0]
    assert (last.operation, last.object_id, last.status, last.purpose) == (
        "api-order",
        str(number),
        200,
        "sửa sai lệch",
    )
    assert [row.status for row in Call.objects.order_by("pk")] == [400, 400, 200]


def test_whoever_calls_too_fast_waits(office, software, monkeypatch):
    monkeypatch.setattr(calls, "MOST", 3)
    for left in (2, 1, 0):
        assert f"r={left};" in software.call("GET", "/orders").headers["RateLimit"]
    answer = software.call("GET", "/orders")
    assert (answer.status_code, answer.json()["status"]) == (429, 429)
    assert int(answer.headers["Retry-After"]) <= 60
    assert Machine.objects.get().refused_for == "too_many_requests"
    assert Call.objects.count() == 3
    with at(2022, 7, 1, 10):
        software.ask_token()
        assert software.call("GET", "/orders").status_code == 200


def test_no_session_is_taken_here_and_no_token_on_a_page(office, software):
    person = Client()
    person.force_login(_account(office))
    assert person.get("/api/v1/orders", headers={"Dean06-Purpose": "xem thu"}).status_code == 401
    page = Client().get("/t/qn/sai-lech/", headers={"Authorization": f"Bearer {software.token}"})
    assert (page.status_code, page.headers["Location"].split("?")[0]) == (302, "/dang-nhap/")


def _account(office: Office):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(public_id=office.account("member", "BHXH"))


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.e30"])
def test_rubbish_is_no_token(office, token):
    answer = Software(token=token).call("GET", "/orders")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("cursor", ["x", "%00", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
def test_a_cursor_of_ones_own_is_refused(software, cursor):
    assert software.call("GET", f"/orders?cursor={cursor}").status_code == 400


def test_an_account_that_may_only_read_cannot_answer(office):
    reader, _ = installed(office, scopes=(Scope.ORDERS,))
    assert put(reader, {"kind": "fixed"}).status_code == 403


def test_the_software_of_a_revoked_account_answers_nothing(office, software):
    made = accounts.of_id(software.client_id)
    machine_accounts.revoke(office.account("leader"), office.group, made)
    assert put(software, {"kind": "fixed"}).status_code == 401
    assert Disposition.objects.count() == 0


def test_values_are_read_one_by_one_with_a_purpose_and_the_look_is_recorded(office, software):
    finding = wrong()
    answer = software.call("GET", f"/findings/{finding.fingerprint}/values")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["field"], told["finding"]) == ("ngay_sinh", finding.fingerprint)
    assert told["listed"]
    assert told["registered"]
    assert told["listed"] != told["registered"]
    look = Look.objects.order_by("-pk")[0]
    assert (str(look.account), look.action, look.purpose, look.stts) == (
        software.client_id,
        "machine.read_values",
        "sửa sai lệch",
        [finding.stt],
    )
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_values_want_a_scope_of_their_own_and_an_order_of_ones_own(office):
    reader, _ = installed(office, scopes=(Scope.ORDERS, Scope.DISPOSITIONS))
    assert reader.call("GET", f"/findings/{wrong().fingerprint}/values").status_code == 403
    other, _ = installed(office, "GDDT")
    assert other.call("GET", f"/findings/{wrong().fingerprint}/values").status_code == 404
    assert not Look.objects.filter(action="machine.read_values").exists()
