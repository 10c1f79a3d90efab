"""Both versions of the Reconciliation API as published: their examples, and our answers, by their own schemas."""

from __future__ import annotations

import json
import zipfile
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from openrefine.conftest import Address, query

SPECS = Path(__file__).with_name("reconciliation-api-specs.zip")
OLD, NEW = "0.2", "1.0-draft"


@cache
def documents() -> dict[str, object]:
    with zipfile.ZipFile(SPECS) as packed:
        return {name: json.loads(packed.read(name)) for name in packed.namelist()}


@cache
def validator(version: str, schema: str) -> Draft7Validator:
    kept = {name: one for name, one in documents().items() if name.startswith(f"{version}/schemas/") and "$id" in one}
    resources = [(one["$id"], Resource.from_contents(one, DRAFT7)) for one in kept.values()]
    registry = Registry().with_resources(resources)
    # Ids of sister files are of an earlier folder: each is found by its last part too.
    base = documents()[f"{version}/schemas/{schema}.json"]["$id"].rpartition("/")[0]
    siblings = [
        (f"{base}/{name.rpartition('/')[2]}", Resource.from_contents(one, DRAFT7)) for name, one in kept.items()
    ]
    return Draft7Validator(
        documents()[f"{version}/schemas/{schema}.json"],
        registry=Registry().with_resources([*siblings]).combine(registry),
    )


def examples() -> list[tuple[str, str, str]]:
    with zipfile.ZipFile(SPECS) as packed:
        names = [name.split("/") for name in packed.namelist() if "/examples/" in name]
    schemas = {tuple(name.split("/")[::2]) for name in documents() if "/schemas/" in name}
    return [
        (version, schema, f"{kind}/{name}")
        for version, _, schema, kind, name in names
        if (version, f"{schema}.json") in schemas
    ]


@pytest.mark.parametrize(("version", "schema", "name"), examples())
def test_the_published_examples_are_judged_as_published(version, schema, name):
    told = documents()[f"{version}/examples/{schema}/{name}"]
    assert validator(version, schema).is_valid(told) is name.startswith("valid/")


def checked(version: str, schema: str, answer: object) -> object:
    assert answer.status_code == 200, answer.content
    told = answer.json()
    validator(version, schema).validate(told)
    return told


QUERIES = (
    query("Nguyen Van An"),
    query("Nguyễn Văn An", ngay_sinh="14/03/1990", gioi_tinh="Nam"),
    query("Không Có Ai", ngay_sinh="01/02/1903"),
)
PROPERTIES = [{"id": name} for name in ("ngay_sinh", "dan_toc", "noi_o")]


def test_version_0_2_answers_by_its_schemas(address: Address):
    manifest = checked(OLD, "manifest", address.old())
    assert manifest["versions"] == ["0.2"]
    asked = {f"q{place}": one for place, one in enumerate(QUERIES)}
    validator(OLD, "reconciliation-query-batch").validate(asked)
    found = checked(OLD, "reconciliation-result-batch", address.old(queries=asked))
    assert [len(found[key]["result"]) for key in asked] == [3, 1, 0]
    wanted = {"ids": [found["q1"]["result"][0]["id"], "khong-co"], "properties": PROPERTIES}
    validator(OLD, "data-extension-query").validate(wanted)
    rows = checked(OLD, "data-extension-response", address.old(extend=wanted))["rows"]
    assert list(rows) == wanted["ids"]
    assert checked(OLD, "suggest-entities-response", address.old("/suggest/entity?prefix=nguyen van"))["result"]
    fields = checked(OLD, "suggest-properties-response", address.old("/suggest/property?prefix=sinh"))["result"]
    assert [one["id"] for one in fields] == ["ngay_sinh"]
    assert checked(
        OLD,
        "suggest-types-response" if f"{OLD}/schemas/suggest-types-response.json" in documents() else "type",
        address.old("/suggest/type?prefix=ng"),
    )["result"]
    proposed = checked(OLD, "data-extension-property-proposal", address.old("/extend/propose?type=nguoi&limit=3"))
    assert len(proposed["properties"]) == 3


def test_the_services_of_0_2_stand_where_the_manifest_says(address: Address):
    manifest = address.old().json()
    paths = [one["service_url"] + one["service_path"] + "?prefix=nguyen van" for one in manifest["suggest"].values()]
    proposing = manifest["extend"]["propose_properties"]
    paths.append(proposing["service_url"] + proposing["service_path"] + "?type=nguoi")
    [found] = address.match(query("Nguyen Van An", ngay_sinh="14/03/1990"))
    paths += [manifest[one]["url"].replace("{{id}}", found[0]["id"]) for one in ("view", "preview")]
    assert [address.client.get(one).status_code for one in paths] == [200] * 6


CONDITIONS = [
    {"matchType": "name", "propertyValue": "Nguyen Van An"},
    {"matchType": "property", "propertyId": "ngay_sinh", "propertyValue": "14/03/1990", "required": True},
]


def test_version_1_0_answers_by_its_schemas(address: Address):
    manifest = checked(NEW, "manifest", address.new())
    assert (manifest["versions"], manifest["standardizedScore"]) == (["1.0-draft"], True)
    asked = {"queries": [{"conditions": CONDITIONS[:1]}, {"conditions": CONDITIONS, "type": "nguoi", "limit": 1}]}
    validator(NEW, "reconciliation-query-batch").validate(asked)
    results = checked(NEW, "reconciliation-result-batch", address.new("/match", asked))["results"]
    assert [[one["match"] for one in own["candidates"]] for own in results] == [[False] * 3, [True]]
    one = results[1]["candidates"][0]["id"]
    wanted = {"ids": [one], "properties": PROPERTIES}
    validator(NEW, "data-extension-query").validate(wanted)
    told = checked(NEW, "data-extension-response", address.new("/extend", wanted))
    assert told["rows"][0]["id"] == one
    by_id = {"queries": [{"conditions": [{"matchType": "id", "propertyValue": one}]}]}
    assert address.new("/match", by_id).json()["results"][0]["candidates"][0]["id"] == one
    assert checked(NEW, "suggest-entities-response", address.new("/suggest/entity?prefix=nguyen van&limit=1"))["result"]
    assert (
        checked(NEW, "suggest-entities-response", address.new(f"/suggest/entity?prefix={one}"))["result"][0]["id"]
        == one
    )
    assert checked(NEW, "suggest-properties-response", address.new("/suggest/property?prefix="))["result"]
    assert checked(NEW, "suggest-types-response", address.new("/suggest/type?prefix="))["result"]
    assert checked(NEW, "data-extension-property-proposal", address.new("/extend/propose?type=nguoi"))["properties"]
    assert address.new(f"/preview?id={one}").headers["Content-Type"].startswith("text/html")


def test_a_required_condition_keeps_out_whoever_differs(address: Address):
    apart = [CONDITIONS[0], {**CONDITIONS[1], "propertyValue": "14/03/1991"}]
    loose = [CONDITIONS[0], {**apart[1], "required": False}]
    told = address.new("/match", {"queries": [{"conditions": apart}, {"conditions": loose}]}).json()["results"]
    assert told[0]["candidates"] == []
    assert told[1]["candidates"]


def test_another_type_is_nobodys(address: Address):
    other = {"conditions": CONDITIONS, "type": "thua_dat"}
    assert address.new("/match", {"queries": [other]}).json() == {"results": [{"candidates": []}]}
    assert address.match({**QUERIES[1], "type": "thua_dat"}) == [[]]
    assert address.match({**QUERIES[1], "type": ["thua_dat", "nguoi"]})[0]
