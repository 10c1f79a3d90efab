"""OpenRefine reconciles a list of 5,000 rows through an address, and fetches a field of whom it found."""

from __future__ import annotations

import csv
import os
import time
from pathlib import Path

import pytest

from dean06.flows import looking_up
from dean06.offices import service as offices
from dean06.orthography.service import fold
from dean06.reconcile import lookup_ids
from dean06.reconcile.models import LookedUp, Lookup, LookupAddress
from flows.conftest import Office, found
from harness.installation import free_port
from openrefine.refine import missing, started

ROWS = int(os.environ.get("DEAN06_OPENREFINE_ROWS", "5000"))
COLUMNS = ("Họ tên", "Ngày sinh", "Xã")
DETAILS = (("Ngày sinh", "ngay_sinh"), ("Xã", "noi_o"))

pytestmark = [
    pytest.mark.proof,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(bool(missing()), reason=f"OpenRefine {missing()}"),
]


def people_of(office: Office) -> list[dict[str, str]]:
    """Return the living people of the office's register."""
    with (office.folder / "so-2022-06.csv").open(encoding="utf-8", newline="") as file:
        return [one for one in csv.DictReader(file) if one["tinh_trang"] in {"", "song"}]


def written(people: list[dict[str, str]], path: Path) -> None:
    """Write people as offices do: every other one without tone marks, every fifth without a birth date."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for place, one in enumerate(people):
            name = one["ho_ten"] if place % 2 else fold(one["ho_ten"]).title()
            day = "" if place % 5 == 4 else "/".join(reversed(one["ngay_sinh"].split("-")))
            out.writerow([name, day, one["thuong_tru_xa"]])


def test_openrefine_reconciles_a_list_through_an_address(transactional_db, site, home, tmp_path, record_property):
    office = found("quang-ninh-2022", "qn", tmp_path, persons=max(ROWS * 6 // 5, 300))
    office.load_register("2022-06")
    people = people_of(office)[:ROWS]
    assert len(people) == ROWS
    written(people, tmp_path / "danh-sach.csv")
    viewer = offices.viewer(office.account("leader"), office.group.unit_on)
    info, token = looking_up.open_address(
        viewer,
        office.group,
        purpose="Rà soát danh sách theo kế hoạch quý",
        source="chung",
        hours=4,
        wanted=["so_dinh_danh"],
    )
    service = f"{site.url}/openrefine/{token}/0.2/"
    (tmp_path / "data").mkdir()
    with started(tmp_path, free_port()) as refine:
        project = refine.project(tmp_path / "danh-sach.csv")
        begun = time.monotonic()
        refine.apply(project, reconciling(refine, service), 1500)
        took = time.monotonic() - begun
        rows, recons = refine.rows(project, ROWS)
        refine.apply(project, fetching(service), 300)
        columns = refine.columns(project)
        fetched, _ = refine.rows(project, ROWS)
    judged = judge(people, rows, recons, lookup_ids.key_of(token, info.public_id))
    record_property("told", f"{ROWS} rows in {took:.0f} s; {judged}")
    assert judged["errors"] == 0
    assert judged["wrong"] <= ROWS // 1000
    assert judged["right"] >= ROWS * 0.85
    assert judged["candidates"] + judged["right"] >= ROWS * 0.97
    assert "Số định danh" in columns
    place = columns["Số định danh"]
    numbers = [cell_of(row, place) for row in fetched]
    assert (
        sum(number == one["so_dinh_danh"] for number, one in zip(numbers, people, strict=True)) >= judged["right"] - 5
    )
    recorded(info.public_id)


def reconciling(refine, service: str) -> dict[str, object]:
    """Return the operation that OpenRefine's dialog makes of a service's manifest."""
    manifest = refine.client.get(service).json()
    return {
        "op": "core/recon",
        "columnName": COLUMNS[0],
        "config": {
            "mode": "standard-service",
            "service": service,
            "identifierSpace": manifest["identifierSpace"],
            "schemaSpace": manifest["schemaSpace"],
            "type": manifest["defaultTypes"][0],
            "autoMatch": True,
            "columnDetails": [
                {"column": column, "propertyName": column, "propertyID": field} for column, field in DETAILS
            ],
            "limit": 0,
        },
    }


def fetching(service: str) -> dict[str, object]:
    return {
        "op": "core/extend-reconciled-data",
        "baseColumnName": COLUMNS[0],
        "endpoint": service,
        "identifierSpace": "urn:x",
        "schemaSpace": "urn:x",
        "extension": {"properties": [{"id": "so_dinh_danh", "name": "Số định danh"}]},
        "columnInsertIndex": 1,
    }


def cell_of(row, place: int) -> str:
    """Return what a cell says; the row of a person whom nobody found is shorter."""
    cell = row["cells"][place] if place < len(row["cells"]) else None
    return str(cell["v"]) if cell and "v" in cell else ""


def judge(people, rows, recons, key: bytes) -> dict[str, int]:
    """Count what OpenRefine made of each row, by the truth that the address's ids hide from it."""
    counted = {"right": 0, "wrong": 0, "candidates": 0, "nobody": 0, "errors": 0}
    for one, row in zip(people, rows, strict=True):
        said = recons[str(row["cells"][0]["r"])]
        if said["j"] == "matched":
            number = lookup_ids.number_of(key, said["m"]["id"])
            counted["right" if number == one["so_dinh_danh"] else "wrong"] += 1
        elif said.get("e"):
            counted["errors"] += 1
        else:
            counted["candidates" if said.get("c") else "nobody"] += 1
    return counted


def recorded(public_id: str) -> None:
    """Every call and every person stand on record."""
    address = LookupAddress.objects.get(public_id=public_id)
    calls = Lookup.objects.filter(address=address)
    assert address.calls == calls.count()
    assert sum(calls.filter(operation="match").values_list("queries", flat=True)) >= ROWS * 0.5
    assert address.people == LookedUp.objects.filter(lookup__address=address).count()
