"""The door: who is let in, what is taken, what a browser of another origin may read; and that no log tells a secret."""

from __future__ import annotations

import json
import logging
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dean06.charter.errors import Refused
from dean06.clock.errors import BadInput, RefusedByCharter
from dean06.flows import looking_up
from dean06.identity.models import Account
from dean06.offices.models import Appointment
from dean06.reconcile.errors import NotYours
from dean06.reconcile.models import Lookup, LookupAddress
from dean06.reconcile.service import lookup_addresses, lookups
from dean06.settings import WithoutWords
from flows.conftest import at
from openrefine.conftest import WHY, Address, opened, query

ANY = {"queries": {"q0": query("Nguyen Van An")}}


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    caplog.set_level(logging.CRITICAL, logger="dean06.web.reconciliation.door")


def statuses(address: Address) -> set[int]:
    """Return how every kind of call is answered."""
    one = "A" * 28
    return {
        answer.status_code
        for answer in (
            address.old(),
            address.old(**ANY),
            address.old(extend={"ids": [one], "properties": []}),
            address.old("/suggest/entity?prefix=nguyen van"),
            address.old(f"/preview?id={one}"),
            address.new(),
            address.new("/match", {"queries": []}),
            address.new("/extend", {"ids": [], "properties": []}),
            address.new("/suggest/property?prefix="),
        )
    }


def test_an_address_is_shut_by_its_hour_its_maker_or_the_leaders(groups, address):
    assert statuses(address) == {200, 404}  # 404: a preview of an id nobody was given
    with at(2022, 7, 1, 13):
        assert statuses(address) == {404}
    deputy = opened(groups.viewer("deputy"), groups.here.group)
    with pytest.raises(Refused):
        looking_up.revoke(groups.viewer("secretariat"), groups.here.group, deputy.info)
    looking_up.revoke(groups.viewer(), groups.here.group, deputy.info)
    assert statuses(deputy) == {404}
    member = opened(groups.viewer("member"), groups.here.group)
    looking_up.revoke(groups.viewer("member"), groups.here.group, member.info)
    assert statuses(member) == {404}
    assert statuses(Address(address.info, lookup_addresses.new_token())) == {404}


def test_an_address_is_shut_with_the_seat_and_with_the_account(groups, address):
    Appointment.objects.filter(account=address.info.account).update(until=date(2022, 6, 30))
    assert statuses(address) == {404}
    Appointment.objects.filter(account=address.info.account).update(until=None)
    assert statuses(address) == {200, 404}
    Account.objects.filter(public_id=address.info.account).update(is_active=False)
    assert statuses(address) == {404}
    assert not Lookup.objects.exclude(queries=0).filter(operation="match", people__gt=3).exists()


def test_only_those_who_may_read_rows_open_one_and_for_a_purpose(groups):
    clerk = groups.viewer("clerk")
    assert not looking_up.may_open(clerk, groups.here.group).allowed
    with pytest.raises(Refused):
        opened(clerk, groups.here.group)
    with pytest.raises(RefusedByCharter):
        opened(groups.stranger(), groups.here.group)
    for purpose, hours in (("", 4), ("xem", 4), (WHY, 0), (WHY, 13)):
        with pytest.raises(BadInput):
            looking_up.open_address(groups.viewer(), groups.here.group, purpose=purpose, source="chung", hours=hours)
    with pytest.raises(BadInput):
        opened(groups.viewer(), groups.here.group, source="khong-co")
    assert LookupAddress.objects.count() == 0


def test_the_secret_is_long_and_kept_nowhere(groups, address):
    assert len(address.token) >= 43
    row = LookupAddress.objects.get()
    assert address.token not in json.dumps({field.name: str(getattr(row, field.name)) for field in row._meta.fields})
    assert row.ends_at - row.made_at == timedelta(hours=lookups.limit("hours"))
    assert [one.public_id for one in lookup_addresses.addresses(groups.viewer(), groups.here.group.id)] == [
        address.info.public_id
    ]
    assert lookup_addresses.addresses(groups.viewer("deputy"), groups.here.group.id) == []
    assert lookup_addresses.addresses(groups.stranger(), groups.here.group.id) == []
    with pytest.raises(NotYours):
        lookup_addresses.address(groups.stranger(), groups.here.group.id, address.info.public_id)


def test_pages_of_any_origin_may_read_and_nothing_is_taken_by_cookie(address):
    strict = Client(enforce_csrf_checks=True, headers={"Origin": "http://127.0.0.1:3333"})
    base = f"/openrefine/{address.token}"
    asked = strict.options(f"{base}/1.0/match")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, POST, OPTIONS")
    assert "Content-Type" in asked.headers["Access-Control-Allow-Headers"]
    answers = [
        strict.get(f"{base}/0.2/"),
        strict.get(f"{base}/0.2"),
        strict.post(f"{base}/0.2/", urlencode({"queries": "{}"}), content_type="application/x-www-form-urlencoded"),
        strict.post(f"{base}/1.0/match", {"queries": []}, content_type="application/json"),
        strict.get(f"{base}/1.0/suggest/type?prefix="),
    ]
    assert [one.status_code for one in answers] == [200] * 5
    wrong = [strict.get("/openrefine/khong-co/0.2/"), strict.post(f"{base}/1.0/match", "x", content_type="text/plain")]
    for one in (*answers, *wrong, asked):
        assert one.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in one.headers
        assert one.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in one.headers["Cache-Control"]
        assert not one.cookies


def test_a_preview_may_be_framed_and_loads_nothing_but_its_style(address):
    [[one]] = address.match(query("Nguyen Van An", ngay_sinh="14/03/1990"))
    page = address.old("/preview?id=" + one["id"])
    assert "X-Frame-Options" not in page.headers
    policy = page.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in address.old().headers["Content-Security-Policy"]


def test_the_language_is_the_callers(address):
    said = address.client.get(f"/openrefine/{address.token}/0.2/", headers={"Accept-Language": "en-GB"})
    assert said.json()["defaultTypes"] == [{"id": "nguoi", "name": "Person"}]
    assert said.headers["Content-Language"] == "en"


BAD = (
    ("/0.2/", "queries=[]", 400),
    ("/0.2/", "queries={", 400),
    ("/0.2/", "queries=" + "[" * 100_000, 400),
    ("/0.2/", 'queries={"q":{"query":"A B","limit":NaN}}', 400),
    ("/0.2/", 'queries={"q":{}}', 400),
    ("/0.2/", 'queries={"q":{"query":5}}', 400),
    ("/0.2/", 'queries={"q":{"query":"A","la":1}}', 400),
    ("/0.2/", 'queries={"q":{"query":"' + "a" * 301 + '"}}', 400),
    ("/0.2/", 'queries={"q":{"properties":[{"pid":"x"}]}}', 400),
    ("/0.2/", "extend={}", 400),
    ("/0.2/", 'extend={"ids":[1],"properties":[]}', 400),
    ("/0.2/", "khac=1", 400),
    ("/0.2/", "queries=" + "%20" * 300_000, 413),
    ("/1.0/match", "[]", 400),
    ("/1.0/match", '{"queries":[{}]}', 400),
    ("/1.0/match", '{"queries":[{"conditions":[{"matchType":"ten","propertyValue":"A"}]}]}', 400),
    ("/1.0/match", '{"queries":[{"conditions":[{"matchType":"property","propertyValue":"A"}]}]}', 400),
    (
        "/1.0/match",
        '{"queries":[{"conditions":[{"matchType":"name","propertyValue":"A","matchQuantifier":"none"}]}]}',
        400,
    ),
    ("/1.0/match", b"\xff", 400),
    ("/1.0/extend", '{"ids":{},"properties":[]}', 400),
)


def test_what_is_not_of_its_form_is_refused_in_words_and_shows_nobody(address):
    for path, body, status in BAD:
        kind = "application/x-www-form-urlencoded" if path == "/0.2/" else "application/json"
        answer = address.client.post(f"/openrefine/{address.token}{path}", body, content_type=kind)
        assert (answer.status_code, path, body[:60]) == (status, path, body[:60])
        assert answer.json()["message"], body[:60]
    for path in ('/0.2/?queries={"q":{"query":"A"}}', "/1.0/match", "/0.2/?extend={}"):
        assert address.client.get(f"/openrefine/{address.token}{path}").status_code == 405
    assert address.client.post(f"/openrefine/{address.token}/0.2/", {"queries": "{}"}).status_code == 415
    for path in ("/suggest/entity?prefix=nguyen&offset=x", "/suggest/entity?prefix=a&limit=nhieu"):
        assert address.new(path).status_code == 400
    assert Lookup.objects.count() == 0


def test_too_much_at_once_too_often_or_in_all_is_refused(address, monkeypatch):
    many = {f"q{number}": query("Nguyen Van An") for number in range(51)}
    assert address.old(queries=many).status_code == 413
    assert address.new("/match", {"queries": [{"conditions": []}] * 51}).status_code == 413
    assert len(address.match(query("Nguyen Van An", limit=500))[0]) == 3
    real = lookups.limit
    monkeypatch.setattr(lookups, "limit", lambda name: {"queries": 2, "calls_a_minute": 3}.get(name) or real(name))
    assert address.old(**ANY).status_code == 200
    used_up = address.old(**ANY)
    assert (used_up.status_code, used_up.json()["error"], used_up.headers["Retry-After"]) == (429, "used-up", "60")
    address.old("/suggest/type?prefix=")
    assert address.old("/suggest/entity?prefix=").status_code == 429
    assert Lookup.objects.count() == 2
    row = LookupAddress.objects.get()
    assert (row.calls, row.queries, row.people) == (2, 2, 6)


ODD = (
    None,
    True,
    0,
    -3,
    1e308,
    "",
    "Nguyễn Văn An",
    "\x00\u2028",
    "044090000101",
    "a" * 28,
    [],
    {},
    [None],
    [[]],
    {"id": 1},
)
JSON = st.sampled_from(ODD) | st.lists(st.sampled_from(ODD), max_size=2)
QUERY = st.fixed_dictionaries({}, optional=dict.fromkeys(("query", "properties", "limit", "type"), JSON))
CONDITION = st.fixed_dictionaries(
    {},
    optional={
        "matchType": st.sampled_from(["name", "property", "id"]) | JSON,
        "propertyId": JSON,
        "propertyValue": JSON,
    },
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.dictionaries(st.text(max_size=4), QUERY | JSON, max_size=2), st.lists(CONDITION | JSON, max_size=2), JSON)
def test_no_json_breaks_it(address, batch, conditions, anything):
    for answer in (
        address.old(queries=batch),
        address.new("/match", {"queries": [{"conditions": conditions}]}),
        address.new("/extend", {"ids": anything, "properties": anything}),
        address.old(extend=anything),
    ):
        assert answer.status_code in {200, 400}, answer.content
        assert isinstance(answer.json(), dict)


def test_no_log_tells_a_secret():
    told = WithoutWords("%(message)s").format(
        logging.LogRecord("x", 30, "x", 1, "Not Found: %s", ("/openrefine/AbCdEf0123456789-_xyz/0.2/",), None)
    )
    assert told == "Not Found: /openrefine/…/0.2/"
    assert django_settings.LOGGING["handlers"]["stderr"]["formatter"] == "quiet"


def test_the_limits_say_where_they_come_from():
    for one in lookup_addresses.limits().values():
        assert one.source.vi
        assert one.source.en
