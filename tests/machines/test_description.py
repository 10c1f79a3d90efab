"""The description of the service: valid OpenAPI 3.1, and whatever is sent by it, the service answers by it."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import checks

from dean06.corrections.models import Finding
from dean06.machines.service import calls
from dean06.web import pace
from flows.conftest import Office
from flows.test_answering import wrong
from harness.tree import load_tool
from machines.software import installed

pytestmark = pytest.mark.either_database  # what is said of the service is said of both

OPERATIONS = (
    "enrol",
    "token",
    "keys",
    "listOrders",
    "getOrder",
    "listFindings",
    "getFinding",
    "getValues",
    "getDisposition",
    "putDisposition",
)
COUNT = int(os.environ.get("DEAN06_API_TRIES", "1500"))
ASKED = (
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
)


def description() -> dict:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def test_it_is_valid(db):
    told = description()
    assert told["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(told).validate()


def test_every_operation_is_described_and_tried(db):
    found = [one["operationId"] for path in description()["paths"].values() for one in path.values()]
    assert sorted(found) == sorted(OPERATIONS)


def test_what_stands_behind_the_door_asks_for_a_token_and_a_purpose(db):
    for path in description()["paths"].values():
        for one in path.values():
            named = {parameter["name"] for parameter in one.get("parameters", ())}
            assert bool(one.get("security")) is ("Dean06-Purpose" in named)


@contextmanager
def one_connection() -> Iterator[None]:
    """Keep the test's own connection over requests that come through the server's door, as Django's client does."""
    doors = (signals.request_started, signals.request_finished)
    for door in doors:
        door.disconnect(close_old_connections)
    try:
        yield
    finally:
        for door in doors:
            door.connect(close_old_connections)


def tried(office: Office, name: str, monkeypatch: pytest.MonkeyPatch, count: int) -> Counter[int]:
    """Send an operation whatever its description lets one send, half of it to what is there; returns the answers."""
    monkeypatch.setattr(calls, "MOST", 10**9)
    monkeypatch.setattr(pace, "MOST", 10**9)
    software, _ = installed(office)
    there = {"finding": wrong().fingerprint, "number": wrong().order.number}
    told: Counter[int] = Counter()
    schema = schemathesis.openapi.from_dict(description())
    schema.app = get_wsgi_application()
    operation = next(one.ok() for one in schema.get_all_operations() if one.ok().definition.raw["operationId"] == name)

    @settings(max_examples=count, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def send(case) -> None:
        if told.total() % 2 == 0 and case.path_parameters:
            case.path_parameters = {key: there[key] for key in case.path_parameters}
        response = case.call(headers={"Authorization": f"Bearer {software.token}"})
        told[response.status_code] += 1
        case.validate_response(response, checks=list(ASKED))

    with one_connection():
        send()
    return told


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_input_brings_the_service_down(office, monkeypatch, name):
    told = tried(office, name, monkeypatch, 6)
    assert told[200] or name in {"enrol", "token", "putDisposition"}  # what cannot be guessed gives nothing


@pytest.mark.proof
@pytest.mark.parametrize("name", OPERATIONS)
def test_no_input_brings_the_service_down_in_the_long_run(office, monkeypatch, name):
    tried(office, name, monkeypatch, COUNT)
    assert Finding.objects.filter(status="proved").count() == 0  # whatever was said, nothing was closed


def test_the_description_holds_no_name_of_a_person_or_a_group(office):
    assert office.group.slug not in json.dumps(description()["paths"])


def test_the_page_of_the_service_is_up_to_date(db):
    tool = load_tool("api_reference")
    assert tool.PAGE.read_text(encoding="utf-8") == tool.reference(), "run `make docs`"
